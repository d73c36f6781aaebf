"""Workbooks, Parquet files and CSV encodings that are broken in one way each, made when they are needed.

What tests/test_broken.py does for files that can lie in the repository: one finding, its code, its place and its key
words, what is judged all the same, and nothing else.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from engine.model.codes import CODES
from tests.conftest import RunCli
from tests.workbooks import HEADER, Raw, archive, rows_xml, table, workbook

Json = dict[str, Any]

SOUND = ("市農業農村局", "high-standard-farmland", "39000", "畝")
OTHER = ("通山縣", "school-places", "5", "個")
CSV = "organization,indicator,value,unit\n市農業農村局,high-standard-farmland,39000,畝\n"


@dataclass(frozen=True, slots=True)
class Case:
    """A file, the one finding of its weight, the cell it names (or its line), key words, and whether all is judged."""

    name: str
    content: bytes
    code: str
    cell: str | int | None = None
    words: str = ""
    sound: bool = True


def _faulty(value: str, unit: str = "個", **options: Any) -> bytes:
    """A sound figure, and one whose value stands as given in C3."""
    return workbook({"Sheet1": rows_xml([HEADER, SOUND, (*OTHER[:2], value, unit)])}, **options)


def _sound(**options: Any) -> bytes:
    return workbook({"Sheet1": rows_xml([HEADER, SOUND])}, **options)


CASES = [
    Case(
        "header-merged.xlsx",
        workbook({"S": rows_xml([(*HEADER[:3], ""), SOUND])}, merged=["C1:D1"]),
        "column-repeated",
        "S!D1",
        "value",
        sound=False,
    ),
    Case("header-twice.xlsx", table(SOUND, HEADER), "unknown-organization", "Sheet1!A3", "organization"),
    Case(
        "header-missing.xlsx", workbook({"S": rows_xml([SOUND])}), "column-missing", None, "organization", sound=False
    ),
    Case("formula-without-value.xlsx", _faulty(Raw("|<f>B9*2</f>")), "formula-without-value", "Sheet1!C3", "=B9*2"),
    Case(
        "formula-error.xlsx", _faulty(Raw('t="e"|<f>1/0</f><v>#DIV/0!</v>')), "number-unreadable", "Sheet1!C3", "#DIV"
    ),
    Case("text-with-currency.xlsx", _faulty("¥5", ""), "number-unreadable", "Sheet1!C3", "¥"),
    Case(
        "date-cell.xlsx",
        _faulty(Raw('s="1"|<v>45838</v>'), formats=["yyyy-mm-dd"]),
        "number-unreadable",
        "Sheet1!C3",
        "2025-06-30",
    ),
    Case(
        "thousands-format.xlsx",
        _faulty(Raw('s="1"|<v>5000</v>'), formats=["0,"]),
        "number-format-doubtful",
        "Sheet1!C3",
        "5000",
    ),
    Case("no-unit.xlsx", _faulty(Raw("|<v>5</v>"), ""), "unit-missing", "Sheet1!C3", "5"),
    Case("true.xlsx", _faulty(Raw('t="b"|<v>1</v>')), "number-unreadable", "Sheet1!C3", "TRUE"),
    Case("truncated.xlsx", _sound()[:-100], "workbook-broken", None, "zip", sound=False),
    Case("csv-renamed.xlsx", CSV.encode(), "workbook-broken", None, "zip", sound=False),
    Case("no-workbook.xlsx", archive({"a.txt": b"x"}), "workbook-broken", None, "xl/workbook.xml", sound=False),
    Case(
        "entities.xlsx",
        _sound(parts={"xl/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "workbook-broken",
        None,
        "DOCTYPE",
        sound=False,
    ),
    Case(
        "password.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "workbook-protected",
        None,
        "password",
        sound=False,
    ),
    Case(
        "bomb.xlsx",
        _sound(parts={"xl/media/bomb.bin": bytes(100_000_001)}),
        "workbook-too-large",
        None,
        "unpacks",
        sound=False,
    ),
    Case("empty.xlsx", workbook({"S": ""}), "submission-empty", sound=False),
    Case("external-link.xlsx", _sound(parts={"xl/externalLinks/externalLink1.xml": b"<a/>"}), "links-not-followed"),
    Case("macros-renamed.xlsx", _sound(parts={"xl/vbaProject.bin": b"x"}), "macros-not-run"),
    Case("hidden-row.xlsx", workbook({"S": rows_xml([HEADER, SOUND], hidden=[2])}), "hidden-cells", None, "1 hidden"),
    Case("hidden-sheet.xlsx", _sound(hidden_sheets=["Sheet1"]), "hidden-cells", None, "Sheet1"),
    Case("gb18030.csv", CSV.encode("gb18030"), "read-as-gb18030", None, "GB18030"),
    Case("utf-16.csv", CSV.encode("utf-16"), "encoding-doubtful", 1, "UTF-8", sound=False),
    Case(
        "mixed.csv", CSV.encode() + CSV.splitlines()[1].encode("gb18030"), "encoding-doubtful", 3, "UTF-8", sound=False
    ),
    Case("broken.parquet", b"PAR1", "parquet-broken", None, "Parquet", sound=False),
]


def _checked(run_cli: RunCli, repo: Path, path: Path, lang: str = "en") -> tuple[int, Json]:
    ran = run_cli("check", path, "--book", repo, "--format", "json", "--lang", lang, "--fail-on", "never")
    assert ran.stderr == ""
    return ran.exit_code, json.loads(ran.stdout)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_broken_table(case: Case, run_cli: RunCli, repo: Path, tmp_path: Path) -> None:
    path = tmp_path / "2025Q2" / case.name
    path.parent.mkdir()
    path.write_bytes(case.content)
    code, document = _checked(run_cli, repo, path)
    shown = json.dumps(document["findings"], ensure_ascii=False, indent=1)
    (finding,) = [each for each in document["findings"] if each["code"] == case.code] or pytest.fail(shown)
    assert case.words in finding["message"], shown
    if isinstance(case.cell, int):
        assert finding["source"]["line"] == case.cell, shown
    elif case.cell:
        assert finding["source"]["cell"] == case.cell, shown
    judged = {each["indicator"] for each in document["verdicts"] if each["verdict"] != "undecided"}
    assert judged == ({SOUND[1]} if case.sound else set())
    assert code == (3 if CODES[case.code].incomplete else 0)
    _, chinese = _checked(run_cli, repo, path, "zh-Hant")
    assert all(re.search("[\u4e00-\u9fff]", each["message"]) and each["hint"] for each in chinese["findings"])


def test_binary_fractions_in_parquet(run_cli: RunCli, repo: Path, tmp_path: Path) -> None:
    path = tmp_path / "2025Q2" / "a.parquet"
    path.parent.mkdir()
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT '{SOUND[0]}' AS organization, '{SOUND[1]}' AS indicator, 39000.5::DOUBLE AS value, "
            f"'畝' AS unit) TO '{path}' (FORMAT parquet)"
        )
    code, document = _checked(run_cli, repo, path)
    (finding,) = [each for each in document["findings"] if each["severity"] == "error"]
    assert (code, finding["code"], finding["source"]["line"]) == (3, "parquet-float", 1)
    assert document["account"]["total"] == {"read": 1, "judged": 0, "not-needed": 0, "refused": 1}


@pytest.mark.parametrize("sign", "=+-@\t")
def test_a_formula_in_a_submission_is_harmless_in_our_csv(
    sign: str, run_cli: RunCli, repo: Path, tmp_path: Path
) -> None:
    path = tmp_path / "2025Q2" / "a.xlsx"
    path.parent.mkdir()
    path.write_bytes(table((*SOUND[:2], f"{sign}cmd|' /C calc'!A0", "畝"), (*SOUND[:2], "39000", "畝")))
    ran = run_cli("check", path, "--book", repo, "--format", "csv", "--lang", "en")
    assert "cmd" in ran.stderr
    assert not re.search(r'(?:^|,)"?[=+@\t]', ran.stdout, re.MULTILINE)
    assert not re.search(r'(?:^|,)"?-(?!\d)', ran.stdout, re.MULTILINE)
