"""What hostile submissions do to those who read our outputs, and what happens to files while they are read.

That each of them alone is found, and what it may cost, is held by tests/test_broken.py.
"""

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from engine.submissions import gather, read
from tests.brokencases import CASES
from tests.conftest import Ran, RunCli
from tests.measured import MOST_MEMORY, Command, run_all
from tests.workbooks import table

SOUND = "organization: 市人社局\nfigures:\n  trained-care-workers: 1000 人\n"

#: Cases whose texts or names are meant for the program that shows them.
NASTY = (
    "script", "bidi", "isolate", "escape", "bell", "formula", "command", "equals", "plus", "minus", "-at.", "newline",
    "markdown", "pipes", "path", "zero-width", "tag-", "name-", "::", "@", "=", "-rf", "surrogate",
)  # fmt: skip

#: What a terminal obeys: controls, and turns of direction.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a period."""
    made = tmp_path / "submissions" / "2025Q2"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def nasty(folder: Path) -> Path:
    """All cases that were written for the program that shows them, and evidence and remarks with markup."""
    chosen = [case for case in CASES if any(word in case.name for word in NASTY)]
    assert len(chosen) >= 60
    for case in chosen:
        case.put(folder)
    text = SOUND.replace("1000 人", '{value: 1000 人, note: "<script>", evidence: ["=cmd", "../../x", "<b>"]}')
    (folder / "sound.yaml").write_text(text, encoding="utf-8")
    return folder


def checked(run_cli: RunCli, repo: Path, path: Path, form: str, *options: str) -> Ran:
    ran = run_cli("check", path, "--book", repo, "--format", form, "--lang", "en", *options)
    assert ran.exit_code == 3
    return ran


def harmless(cell: str) -> bool:
    """Whether a spreadsheet shows this cell as text or as a plain number."""
    return re.fullmatch(r"-?[\d./]+", cell) is not None or not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r]", cell)


def test_csv_runs_nothing(nasty: Path, run_cli: RunCli, repo: Path) -> None:
    ran = checked(run_cli, repo, nasty, "csv")
    rows = list(csv.reader(io.StringIO(ran.stdout), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [cell for row in rows for cell in row if not harmless(cell)] == []
    assert OBEYED.search(ran.stderr.replace("\n", "")) is None


@pytest.mark.parametrize("sign", "=+-@\t＝＋")
def test_csv_names_a_file_that_is_a_formula_harmlessly(sign: str, run_cli: RunCli, repo: Path, folder: Path) -> None:
    name = f"{sign}cmd.yaml"
    (folder / name).write_text(SOUND.replace("1000 人", "5 人"), encoding="utf-8")
    ran = run_cli("check", f"./{name}", "--book", repo, "--format", "csv", "--period", "2025Q2", cwd=folder)
    cells = [cell for row in csv.reader(io.StringIO(ran.stdout)) for cell in row]
    assert any(cell.startswith(f"'{sign}cmd.yaml") for cell in cells)
    assert [cell for cell in cells if not harmless(cell)] == []


def test_json_is_json_and_loses_no_character(nasty: Path, run_cli: RunCli, repo: Path) -> None:
    document = json.loads(checked(run_cli, repo, nasty, "json").stdout)
    said = " ".join(finding["message"] for finding in document["findings"])
    assert "<script>" in said
    assert {finding["source"]["file"] for finding in document["findings"]} >= {
        (nasty / "name-\ufffd.yaml").as_posix(),
        (nasty / "name-of\ntwo lines.yaml").as_posix(),
    }


def test_markdown_stays_text(nasty: Path, run_cli: RunCli, repo: Path) -> None:
    text = checked(run_cli, repo, nasty, "markdown").stdout
    assert OBEYED.search(text.replace("\n", "")) is None
    assert re.findall(r"(?<!\\)<\w", text) == []
    assert re.findall(r"(?<!\\)\]\(", text) == []
    for block in re.split(r"\n\n", text):
        lines = [line for line in block.splitlines() if line.startswith("|")]
        bars = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
        assert len(bars) <= 1, lines[:3]


def test_sarif_holds_no_control_and_no_link(nasty: Path, run_cli: RunCli, repo: Path) -> None:
    text = checked(run_cli, repo, nasty, "sarif").stdout
    document = json.loads(text)
    assert OBEYED.search(text.replace("\n", "")) is None
    results = document["runs"][0]["results"]
    assert len(results) >= 60
    assert [
        each["message"]["text"] for each in results if re.search(r"(?<!\\)\[[^\]\n]*\]\(", each["message"]["text"])
    ] == []
    places = [place for each in results for place in each["locations"]]
    uris = [place["physicalLocation"]["artifactLocation"]["uri"] for place in places]
    assert [uri for uri in uris if not re.fullmatch(r"[A-Za-z0-9\-._~/%:]+", uri)] == []


def test_junit_is_xml_and_holds_no_markup(nasty: Path, run_cli: RunCli, repo: Path) -> None:
    text = checked(run_cli, repo, nasty, "junit").stdout
    assert OBEYED.search(text.replace("\n", "")) is None
    tags = {element.tag for element in ElementTree.fromstring(text).iter()}
    assert tags <= {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "error",
        "skipped",
        "system-out",
        "properties",
        "property",
    }


def test_github_sees_our_commands_only(nasty: Path, run_cli: RunCli, repo: Path) -> None:
    text = checked(run_cli, repo, nasty, "github").stdout
    assert OBEYED.search(text.replace("\n", "")) is None
    commands = [line for line in text.splitlines() if line.startswith("::")]
    assert len(commands) >= 60
    # The last one is about all files.
    assert commands[-1].startswith("::notice title=biaochi::")
    assert [
        line
        for line in commands[:-1]
        if not re.match(r"::(error|warning|notice) file=[^:\n]*(,[a-zA-Z]+=[^:\n]*)*::", line)
    ] == []


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_terminal_obeys_nothing(lang: str, nasty: Path, run_cli: RunCli, repo: Path) -> None:
    ran = checked(run_cli, repo, nasty, "table", "--color", "never", "--lang", lang)
    assert [line for line in ran.stdout.splitlines() if OBEYED.search(line)] == []
    assert (ran.stdout.count("<script>") > 3, ran.stderr) == (True, "")


def test_our_workbooks_hold_no_formula_of_others(run_cli: RunCli, repo: Path, tmp_path: Path) -> None:
    """Forms show last period's figures: nothing of what stood beside those may come to stand in a formula."""
    import shutil

    for name in ("targets.yaml", "organizations.yaml", "policy.yaml", "relations.yaml", "rules", "allocations"):
        source = repo / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    before = tmp_path / "submissions" / "2025Q1"
    before.mkdir(parents=True)
    evil = "=cmd|' /C calc'!A0"
    rows = [("市人社局", "trained-care-workers", "500", "人", evil), ("市人社局", evil, evil, "人", evil)]
    (before / "a.xlsx").write_bytes(table(*rows, header=("organization", "indicator", "value", "unit", "note")))
    ran = run_cli("form", "2025Q2", "--book", tmp_path, "-o", tmp_path / "forms", "--org", "市人社局")
    assert ran.exit_code in (0, 3)
    (made,) = (tmp_path / "forms").glob("*.xlsx")
    with zipfile.ZipFile(made) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
    assert any("500" in text for text in texts)
    assert [text for text in texts if "cmd" in text] == []


# --- files that do not stay as they are ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.yaml", "a.csv", "a.xlsx", "a.parquet"])
def test_file_that_is_written_while_it_is_read(
    name: str, run_cli: RunCli, repo: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = {".yaml": "yaml-tab.yaml", ".csv": "csv-date.csv", ".xlsx": "xlsx-with-macros.xlsx",
              ".parquet": "parquet-value-date.parquet"}[Path(name).suffix]  # fmt: skip
    path = folder / name
    path.write_bytes((repo / "tests" / "broken" / source).read_bytes())
    (folder / "sound.yaml").write_text(SOUND, encoding="utf-8")

    class System:
        """The functions of the system; after the first look at the file somebody writes into it."""

        def fstat(self, descriptor: int) -> os.stat_result:
            state = os.fstat(descriptor)
            if Path(os.readlink(f"/proc/self/fd/{descriptor}")) == path:
                write()
            return state

        def __getattr__(self, other: str) -> Any:
            return getattr(os, other)

    def write() -> None:
        with path.open("ab") as stream:
            stream.write(b"\n")

    end = read.read_end

    def read_end(file: read.SubmittedFile, count: int) -> bytes:
        write()
        return end(file, count)

    monkeypatch.setattr(read, "os", System())
    monkeypatch.setattr("engine.submissions.parquetread.read_end", read_end)
    document = json.loads(checked(run_cli, repo, folder, "json").stdout)
    errors = [
        (each["code"], Path(each["source"]["file"]).name)
        for each in document["findings"]
        if each["severity"] == "error"
    ]
    assert errors == [("file-changed", name)]
    assert document["account"]["total"] == {"read": 1, "judged": 1, "not-needed": 0, "refused": 0}


@pytest.mark.parametrize("name", ["a.yaml", "a.parquet"])
def test_file_that_vanishes_between_listing_and_reading(
    name: str, run_cli: RunCli, repo: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / name).write_bytes(b"PAR1")
    (folder / "sound.yaml").write_text(SOUND, encoding="utf-8")
    reading = gather.read_figures

    def vanish(*args: Any) -> Any:
        (folder / name).unlink(missing_ok=True)
        return reading(*args)

    monkeypatch.setattr("engine.pipeline.read_figures", vanish)
    document = json.loads(checked(run_cli, repo, folder, "json").stdout)
    errors = [
        (each["code"], Path(each["source"]["file"]).name)
        for each in document["findings"]
        if each["severity"] == "error"
    ]
    assert errors == [("file-unreadable", name)]
    assert document["account"]["total"]["judged"] == 1


def test_pipe_that_takes_the_place_of_a_file(tmp_path: Path) -> None:
    """Between listing and reading: it is not waited for."""
    found: list[Any] = []
    os.mkfifo(tmp_path / "a.yaml")
    assert read.read_binary(read.SubmittedFile("a.yaml", tmp_path / "a.yaml", None), found) is None
    assert [each.code for each in found] == ["not-a-regular-file"]


# --- ten thousand files ----------------------------------------------------------------------------------------


def _many(folder: Path, count: int) -> Iterator[Path]:
    for number in range(count):
        path = folder / f"{number:05}.yaml"
        path.write_text(
            f"organization: 市人社局{number}\nfigures:\n  trained-care-workers: 1000 人\n", encoding="utf-8"
        )
        yield path


def test_folder_of_ten_thousand_files(repo: Path, folder: Path, tmp_path: Path) -> None:
    """One finding for each: all are reported, and the one sound file is judged."""
    assert len(list(_many(folder, 10_000))) == 10_000
    (folder / "sound.yaml").write_text(SOUND, encoding="utf-8")
    command = Command("many", ["check", str(folder), "--book", str(repo), "--format", "json"], fresh=True)
    ran = run_all([command], tmp_path / "ran")["many"]
    document = json.loads(ran.stdout)
    assert (ran.exit_code, ran.stderr) == (3, "")
    assert document["account"]["total"] == {"read": 10_001, "judged": 1, "not-needed": 0, "refused": 10_000}
    assert ran.seconds <= 15, ran.seconds
    assert ran.memory <= MOST_MEMORY, ran.memory
