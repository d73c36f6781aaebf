"""Submissions that are broken in exactly one way: what is found, where, in which words, and what is judged still.

The cases are declared in tests/brokencases.py: the files of tests/broken/, and what no file in a repository can be.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from engine.model.codes import CODES
from tests import brokenfiles
from tests.brokencases import BROKEN, CASES, FILES, Case
from tests.conftest import Ran, RunCli
from tests.measured import MOST_MEMORY, MOST_SECONDS, Command, Measured, run_all
from tests.test_account import balance

Json = dict[str, Any]

#: Cases of several files, whose names begin with the case's.
FOLDERS = {path.name for path in BROKEN.iterdir() if path.is_dir()}

#: Defects of the engine that are reported and not yet mended: name of the case → what is wrong. An entry is
#: taken out with the defect (the mark is strict).
WRONG: dict[str, str] = {}

#: The same for what a reader of Chinese sees: English words, or no way out.
NOT_CHINESE: dict[str, str] = {}


def _params() -> list[Any]:
    assert WRONG.keys() | NOT_CHINESE.keys() <= {case.name for case in CASES}, "a defect of a case that is not there"
    params = []
    for case in CASES:
        reason = WRONG.get(case.name)
        marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)] if reason else []
        params.append(pytest.param(case, id=case.name, marks=marks))
    return params


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for the submissions of 2025Q2, with no earlier period beside it."""
    made = tmp_path / "submissions" / "2025Q2"
    made.mkdir(parents=True)
    return made


@pytest.fixture(scope="session")
def measured(tmp_path_factory: pytest.TempPathFactory, repo: Path) -> dict[str, Measured]:
    """Every case checked alone, in a process of its own."""
    home = tmp_path_factory.mktemp("broken")
    commands = []
    for number, case in enumerate(CASES):
        folder = home / str(number) / "2025Q2"
        folder.mkdir(parents=True)
        paths = [str(path) for path in case.put(folder)]
        options = ["--book", str(repo), "--format", "json", "--lang", "en"]
        commands.append(Command(case.name, ["check", *paths, *options], fresh=case.hostile is not None))
    return run_all(commands, home / "ran")


def _check(run_cli: RunCli, repo: Path, paths: Iterable[Path], *options: str) -> tuple[Ran, Json]:
    ran = run_cli("check", *paths, "--book", repo, "--format", "json", *options)
    assert ran.stderr == ""
    document: Json = json.loads(ran.stdout)
    return ran, document


def _of_severity(document: Json, severity: str) -> list[Json]:
    return [finding for finding in document["findings"] if finding["severity"] == severity]


def _is_expected(finding: Json, case: Case) -> bool:
    source = finding["source"]
    return (
        finding["code"] == case.code
        and Path(source["file"]).name == case.file
        and (case.cell is not None or source["line"] == case.line)
        and (case.column is None or source["column"] == case.column)
        and (case.cell is None or source["cell"] == case.cell)
        and all(word in finding["message"] for word in case.words)
        and all(word in finding["hint"] for word in case.way_out)
    )


def _follows(finding: Json, case: Case) -> bool:
    return finding["code"] in case.also and Path(finding["source"]["file"]).name == case.file


def _shown(findings: Iterable[Json]) -> str:
    return "\n".join(f"{each['code']} {each['source']} {each['message']} | {each['hint']}" for each in findings)


def _judged(document: Json) -> set[tuple[str, str]]:
    return {
        (verdict["organization"], verdict["indicator"])
        for verdict in document["verdicts"]
        if verdict["verdict"] != "undecided"
    }


@pytest.mark.parametrize("case", _params())
def test_broken_file(case: Case, measured: dict[str, Measured]) -> None:
    ran = measured[case.name]
    assert ran.stderr == ""
    document: Json = json.loads(ran.stdout)
    severity = CODES[case.code].severity.value
    every = _of_severity(document, severity)
    found = [finding for finding in every if finding["code"] not in case.also or _is_expected(finding, case)]
    assert len(found) == 1, _shown(every)
    assert _is_expected(found[0], case), _shown(found)
    if severity != "error":
        assert not _of_severity(document, "error"), _shown(document["findings"])
    for text in (found[0]["message"], found[0]["hint"]):
        assert "{" not in text, "a param of the message has no value"
        assert text == text.strip(), "a message or hint that breaks off"
    assert _judged(document) == case.sound
    assert ran.exit_code == case.exit_code
    assert document["complete"] is (case.exit_code != 3)
    _balance(document)
    assert ran.seconds <= MOST_SECONDS
    assert ran.memory <= MOST_MEMORY


# What may stand in a Chinese message in Latin letters: names of formats and the keys of submissions.
_LATIN = frozenset(
    re.findall(
        r"\w+",
        "YAML CSV UTF GB TRUE BLOB VARCHAR TIMESTAMP Parquet parquet xls yaml yml csv xlsx "
        "baseline done eligible evidence figures form from indicator measure member "
        "biaochi schema list obligations organizations "
        "percent members note organization part parts period reason revises stage to unit value",
    )
)


def test_broken_files_in_chinese(run_cli: RunCli, repo: Path, folder: Path) -> None:
    """No English but codes, keys and what the file itself says; and every error names a way out."""
    few = [case for case in CASES if case.hostile is None or case.name.startswith(("pipe", "link", "name"))]
    for case in few:
        case.put(folder)
    cases = {case.file: case for case in few}
    cases |= {path.name: case for case in few if case.name in FOLDERS for path in folder.glob(f"{case.name}-*")}
    _, document = _check(run_cli, repo, [folder], "--lang", "zh-Hant")
    ids = {word for indicator in _indicators(repo) for word in _words(indicator)}
    # The letters of the book's digest, as a form of another book is told, are no English.
    ids |= set(_words(document["book"]["digest"].rpartition(":")[2][:12]))
    faults: dict[str, str] = {}
    for finding in document["findings"]:
        case = cases[Path(finding["source"]["file"]).name]
        allowed = _LATIN | ids | set(_words(case.written())) | set(_words(case.name))
        english = set(_words(finding["message"] + " " + finding["hint"])) - allowed
        chinese = re.search(r"[\u4e00-\u9fff]", finding["message"])
        if english or not chinese or not finding["hint"].strip():
            faults.setdefault(case.name, _shown([finding]))
    new = "\n".join(text for name, text in faults.items() if name not in NOT_CHINESE)
    assert not new, new
    mended = NOT_CHINESE.keys() - faults.keys()
    assert not mended, f"take out of NOT_CHINESE: {sorted(mended)}"


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]{2,}", text)


def _indicators(repo: Path) -> set[str]:
    rules = "\n".join(path.read_text(encoding="utf-8") for path in (repo / "rules").glob("*.yaml"))
    rules += (repo / "relations.yaml").read_text(encoding="utf-8")
    named = re.findall(r"^- id: (\S+)$|^  name: (.+)$|^  parts: (.+)$", rules, re.MULTILINE)
    return {name for names in named for name in names}


def test_all_broken_files_at_once(run_cli: RunCli, repo: Path, folder: Path) -> None:
    """No fault hides another, none keeps a sound figure from being judged, and the account still balances."""
    for case in CASES:
        case.put(folder)
    ran, document = _check(run_cli, repo, [folder], "--lang", "en")
    assert ran.exit_code == 3
    by_file: dict[str, list[Json]] = {}
    for finding in document["findings"]:
        by_file.setdefault(Path(finding["source"]["file"]).name, []).append(finding)
    well = [case for case in CASES if case.name not in WRONG]
    lost = [case.name for case in well if not any(_is_expected(each, case) for each in by_file.get(case.file, []))]
    assert not lost
    expected = {case.file: case for case in well}
    others = [
        finding
        for name, findings in by_file.items()
        for finding in findings
        if finding["severity"] == "error"
        and name not in {case.file for case in CASES if case.name in WRONG}
        and not (name in expected and (_is_expected(finding, expected[name]) or _follows(finding, expected[name])))
    ]
    assert not others, _shown(others)
    assert not {pair for case in well for pair in case.sound} - _judged(document)
    _balance(document)
    assert document["account"]["total"]["judged"] > 0


def _balance(document: Json) -> None:
    """Cells read = judged + not needed + refused, and a finding of the same run says why each was refused."""
    balance(document["account"])
    refused = {cell["because"] for cell in document["account"]["cells"] if cell["fate"] == "refused"}
    assert refused <= {finding["code"] for finding in document["findings"]}


def test_no_finding_hides_that_the_answer_is_incomplete(run_cli: RunCli, repo: Path, folder: Path) -> None:
    """What an office sees: the place, the code, a way out, and that something is missing."""
    paths = [path for case in CASES if case.code == "unit-mismatch" for path in case.put(folder)]
    ran = run_cli("check", *paths, "--book", repo, "--lang", "zh-Hant", "--color", "never")
    assert ran.exit_code == 3
    assert ran.stderr == ""
    assert ran.stdout.count("錯誤 [unit-mismatch]") == len(paths)
    assert ran.stdout.count("處理辦法") >= len(paths)
    assert "以上結果不完整" in ran.stdout


def test_cases_are_many_and_use_every_code_of_submissions() -> None:
    assert len(CASES) >= 300
    used = {case.code for case in CASES}
    text = (BROKEN.parent.parent / "engine" / "model" / "codes.py").read_text(encoding="utf-8")
    sections = re.split(r"^    # (.*)$", text, flags=re.MULTILINE)
    titles = ("YAML and CSV", "Numbers and units of measure", "Submissions")
    wanted = {
        code
        for title, section in zip(sections[1::2], sections[2::2], strict=True)
        if title in titles
        for code in re.findall(r'^    "([a-z0-9-]+)": _(?:unusable|error)', section, re.MULTILINE)
    }
    # Too large a text costs 20 MB; units.txt belongs to the book; inside its folder every period is known and due.
    assert wanted - used <= {"yaml-too-large", "units-broken", "period-missing", "period-outside-plan"}


# --- what no file in a repository can be -----------------------------------------------------------------------


def _only_error(document: Json) -> Json:
    found = _of_severity(document, "error")
    assert len(found) == 1, _shown(found)
    return found[0]


def _sound_file(folder: Path) -> None:
    text = "organization: 市農業農村局\nfigures:\n  high-standard-farmland: 39000 畝\n"
    (folder / "sound.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("lang", ["en", "zh-Hant"])
def test_empty_folder(lang: str, run_cli: RunCli, repo: Path, folder: Path) -> None:
    ran, document = _check(run_cli, repo, [folder], "--lang", lang)
    assert ran.exit_code == 3
    assert _only_error(document)["code"] == "folder-empty"
    assert {verdict["verdict"] for verdict in document["verdicts"]} == {"undecided"}


def test_path_that_is_not_there(run_cli: RunCli, repo: Path, folder: Path) -> None:
    _sound_file(folder)
    ran, document = _check(run_cli, repo, [folder / "sound.yaml", folder / "absent.yaml"])
    assert ran.exit_code == 3
    assert _only_error(document)["code"] == "path-missing"
    assert _judged(document) == {("市農業農村局", "high-standard-farmland")}


def test_period_that_nobody_names(run_cli: RunCli, repo: Path, tmp_path: Path) -> None:
    _sound_file(tmp_path)
    ran, document = _check(run_cli, repo, [tmp_path / "sound.yaml"], "--lang", "en")
    assert ran.exit_code == 3
    assert _only_error(document)["code"] == "period-missing"
    assert "--period" in _only_error(document)["hint"]


def test_period_of_another_year(run_cli: RunCli, repo: Path, tmp_path: Path) -> None:
    text = "organization: 市農業農村局\nperiod: 2024Q2\nfigures:\n  high-standard-farmland: 39000 畝\n"
    (tmp_path / "old.yaml").write_text(text, encoding="utf-8")
    ran, document = _check(run_cli, repo, [tmp_path / "old.yaml"], "--lang", "en")
    assert ran.exit_code == 3
    assert _only_error(document)["code"] == "period-outside-plan"
    assert "2024Q2" in _only_error(document)["message"]
    assert not document["verdicts"]


def test_folder_under_the_name_of_a_file(run_cli: RunCli, repo: Path, folder: Path) -> None:
    """Its own name says that a submission was meant; beside others it may not vanish."""
    _sound_file(folder)
    (folder / "finance.yaml").mkdir()
    ran, document = _check(run_cli, repo, [folder])
    assert ran.exit_code == 3
    assert _only_error(document)["source"]["file"].endswith("finance.yaml")
    assert ("市農業農村局", "high-standard-farmland") in _judged(document)


def test_link_that_is_named_is_followed(run_cli: RunCli, repo: Path, folder: Path) -> None:
    """Whoever names a link on the command line means what it leads to."""
    _sound_file(folder)
    link = folder.parent / "named.yaml"
    link.symlink_to(folder / "sound.yaml")
    ran, document = _check(run_cli, repo, [link], "--period", "2025Q2", "--fail-on", "never")
    assert (ran.exit_code, document["findings"]) == (0, [])
    assert _judged(document) == {("市農業農村局", "high-standard-farmland")}


def test_link_within_the_folder_is_read(run_cli: RunCli, repo: Path, folder: Path) -> None:
    _sound_file(folder)
    (folder / "again.yaml").symlink_to("sound.yaml")
    _, document = _check(run_cli, repo, [folder])
    assert [finding["code"] for finding in document["findings"]] == ["figure-repeated"]


def test_inspections_behind_a_link_are_not_passed_over(run_cli: RunCli, repo: Path, folder: Path) -> None:
    _sound_file(folder)
    (folder / "inspections.yaml").symlink_to("/etc/hostname")
    ran, document = _check(run_cli, repo, [folder])
    assert ran.exit_code == 3
    assert _only_error(document)["code"] == "link-not-followed"


def test_device_that_is_named(run_cli: RunCli, repo: Path) -> None:
    ran, document = _check(run_cli, repo, [Path(os.devnull)], "--period", "2025Q2")
    assert ran.exit_code == 3
    assert _only_error(document)["code"] == "not-a-regular-file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads every file")
def test_file_without_permission(run_cli: RunCli, repo: Path, folder: Path) -> None:
    _sound_file(folder)
    (folder / "sound.yaml").chmod(0)
    ran, document = _check(run_cli, repo, [folder])
    assert ran.exit_code == 3
    assert _only_error(document)["code"] == "file-unreadable"


# --- the table itself ------------------------------------------------------------------------------------------


def test_files_that_are_made_are_what_lies_in_the_folder() -> None:
    """`python -m tests.brokenfiles --write` renews them."""
    made = brokenfiles.contents()
    assert {name for name, content in made.items() if (BROKEN / name).read_bytes() != content} == set()


def test_every_format_is_broken_in_many_ways() -> None:
    """The folder of the repository alone: what is made when it is needed comes on top."""
    endings = Counter(Path(case.file).suffix for case in FILES)
    assert len(FILES) >= 220
    assert min(endings[ending] for ending in (".yaml", ".csv", ".xlsx", ".parquet")) >= 25
