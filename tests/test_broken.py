"""Submissions that are broken in exactly one way: what is found, where, in which words, and what is judged still.

Every case of tests/broken/ declares itself, in remarks at its beginning or beside it in `<name>.expect`:

    # expect: CODE PLACE "WORD" ...     PLACE is LINE, LINE:COLUMN, FILE:LINE:COLUMN, or - for the whole file
    # way out: "WORD" ...               words of the hint
    # sound: ORGANIZATION INDICATOR     what is judged all the same; nothing else may be
    # exit: 0                           where it is not 3
"""

import json
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.model.codes import CODES
from tests.conftest import Ran, RunCli

BROKEN = Path(__file__).resolve().parent / "broken"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One file or folder of tests/broken/, and what it declares."""

    path: Path
    code: str
    file: str
    line: int | None
    column: int | None
    words: tuple[str, ...]
    way_out: tuple[str, ...]
    sound: frozenset[tuple[str, str]]
    exit_code: int

    @property
    def name(self) -> str:
        return self.path.name

    def copy(self, folder: Path) -> list[Path]:
        """Put the files of the case into `folder`; their paths there."""
        sources = sorted(self.path.iterdir()) if self.path.is_dir() else [self.path]
        names = [f"{self.name}-{source.name}" if self.path.is_dir() else source.name for source in sources]
        return [Path(shutil.copy(source, folder / name)) for source, name in zip(sources, names, strict=True)]

    def written(self) -> str:
        """What stands in the files but for remarks."""
        sources = sorted(self.path.iterdir()) if self.path.is_dir() else [self.path]
        lines = "\n".join(source.read_text(encoding="utf-8", errors="replace") for source in sources).splitlines()
        return "\n".join(line for line in lines if not line.startswith("#"))


def _read_case(path: Path) -> Case:
    beside = path.with_name(f"{path.name}.expect")
    text = (beside if beside.exists() else path).read_text(encoding="utf-8", errors="replace")
    declared: dict[str, list[str]] = {}
    for match in re.finditer(r"^# (expect|way out|sound|exit): (.*)$", text, re.MULTILINE):
        declared.setdefault(match[1], []).append(match[2])
    assert len(declared.get("expect", [])) == 1, f"{path.name} declares not exactly one finding"
    code, place, *_ = declared["expect"][0].split()
    file, line, column = re.fullmatch(r"(?:(\D[^:]*):)?(\d+)?(?::(\d+))?|-", place).groups()  # type: ignore[union-attr]
    return Case(
        path=path,
        code=code,
        file=f"{path.name}-{file}" if file else path.name,
        line=int(line) if line else None,
        column=int(column) if column else None,
        words=tuple(re.findall(r'"([^"]*)"', declared["expect"][0])),
        way_out=tuple(word for line in declared.get("way out", []) for word in re.findall(r'"([^"]*)"', line)),
        sound=frozenset((each.split()[0], each.split()[1]) for each in declared.get("sound", [])),
        exit_code=int(declared.get("exit", ["3"])[0]),
    )


CASES = [_read_case(path) for path in sorted(BROKEN.iterdir()) if path.suffix != ".expect"]

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
        and source["line"] == case.line
        and (case.column is None or source["column"] == case.column)
        and all(word in finding["message"] for word in case.words)
        and all(word in finding["hint"] for word in case.way_out)
    )


def _shown(findings: Iterable[Json]) -> str:
    return "\n".join(f"{each['code']} {each['source']} {each['message']} | {each['hint']}" for each in findings)


def _judged(document: Json) -> set[tuple[str, str]]:
    return {
        (verdict["organization"], verdict["indicator"])
        for verdict in document["verdicts"]
        if verdict["verdict"] != "undecided"
    }


@pytest.mark.parametrize("case", _params())
def test_broken_file(case: Case, run_cli: RunCli, repo: Path, folder: Path) -> None:
    ran, document = _check(run_cli, repo, case.copy(folder), "--lang", "en")
    severity = CODES[case.code].severity.value
    found = _of_severity(document, severity)
    assert len(found) == 1, _shown(found)
    assert _is_expected(found[0], case), _shown(found)
    if severity != "error":
        assert not _of_severity(document, "error"), _shown(document["findings"])
    for text in (found[0]["message"], found[0]["hint"]):
        assert "{" not in text, "a param of the message has no value"
        assert text == text.strip(), "a message or hint that breaks off"
    assert _judged(document) == case.sound
    assert ran.exit_code == case.exit_code
    assert document["complete"] is (case.exit_code != 3)


# What may stand in a Chinese message in Latin letters: names of formats and the keys of submissions.
_LATIN = frozenset(
    re.findall(
        r"\w+",
        "YAML CSV UTF GB Parquet parquet yaml yml csv xlsx "
        "baseline done eligible evidence figures form from indicator measure member "
        "biaochi schema list obligations organizations "
        "percent members note organization part parts period reason revises stage to unit value",
    )
)


def test_broken_files_in_chinese(run_cli: RunCli, repo: Path, folder: Path) -> None:
    """No English but codes, keys and what the file itself says; and every error names a way out."""
    cases = {path.name: case for case in CASES for path in case.copy(folder)}
    _, document = _check(run_cli, repo, [folder], "--lang", "zh-Hant")
    ids = {word for indicator in _indicators(repo) for word in _words(indicator)}
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
    """No fault hides another, and none keeps a sound figure from being judged."""
    for case in CASES:
        case.copy(folder)
    ran, document = _check(run_cli, repo, [folder], "--lang", "en")
    assert ran.exit_code == 3
    well = [case for case in CASES if case.name not in WRONG]
    lost = [case.name for case in well if not any(_is_expected(each, case) for each in document["findings"])]
    assert not lost
    files = {case.file for case in CASES if case.name in WRONG} | {case.name for case in CASES if case.name in WRONG}
    others = [
        finding
        for finding in _of_severity(document, "error")
        if Path(finding["source"]["file"]).name not in files and not any(_is_expected(finding, case) for case in well)
    ]
    assert not others, _shown(others)
    assert not {pair for case in well for pair in case.sound} - _judged(document)


def test_no_finding_hides_that_the_answer_is_incomplete(run_cli: RunCli, repo: Path, folder: Path) -> None:
    """What an office sees: the place, the code, a way out, and that something is missing."""
    paths = [path for case in CASES if case.code == "unit-mismatch" for path in case.copy(folder)]
    ran = run_cli("check", *paths, "--book", repo, "--lang", "zh-Hant", "--color", "never")
    assert ran.exit_code == 3
    assert ran.stderr == ""
    assert ran.stdout.count("錯誤 [unit-mismatch]") == len(paths)
    assert ran.stdout.count("處理辦法") >= len(paths)
    assert "以上結果不完整" in ran.stdout


def test_cases_are_many_and_use_every_code_of_submissions() -> None:
    assert len(CASES) >= 60
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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
@pytest.mark.parametrize("alone", [True, False])
def test_pipe(alone: bool, run_cli: RunCli, repo: Path, folder: Path) -> None:
    """A pipe is not opened: reading would wait for ever."""
    _sound_file(folder)
    os.mkfifo(folder / "pipe.yaml")
    ran, document = _check(run_cli, repo, [folder / "pipe.yaml" if alone else folder])
    assert ran.exit_code == 3
    assert _only_error(document)["code"] == "not-a-regular-file"


def _link(link: Path, target: str) -> Path:
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("no symbolic links on this system")
    return link


@pytest.mark.parametrize(
    "alone",
    [
        True,
        False,
    ],
)
def test_link_to_itself(alone: bool, run_cli: RunCli, repo: Path, folder: Path) -> None:
    _sound_file(folder)
    link = _link(folder / "loop.yaml", "loop.yaml")
    ran, document = _check(run_cli, repo, [link if alone else folder])
    assert ran.exit_code == 3
    assert _only_error(document)["code"] == "file-unreadable"


@pytest.mark.parametrize("alone", [True, False])
def test_link_to_nothing(alone: bool, run_cli: RunCli, repo: Path, folder: Path) -> None:
    _sound_file(folder)
    link = _link(folder / "dangling.yaml", "nowhere.yaml")
    ran, document = _check(run_cli, repo, [link if alone else folder])
    assert ran.exit_code == 3
    assert _only_error(document)["code"] == "file-unreadable"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads every file")
def test_file_without_permission(run_cli: RunCli, repo: Path, folder: Path) -> None:
    _sound_file(folder)
    (folder / "sound.yaml").chmod(0)
    ran, document = _check(run_cli, repo, [folder])
    assert ran.exit_code == 3
    assert _only_error(document)["code"] == "file-unreadable"
