"""The account balances: every cell read has one fate and a reason. Of broken files tests/test_broken.py holds it."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.verdict import Reason
from engine.pipeline import check, open_book
from engine.report.documents import account_document
from tests.conftest import RunCli
from tests.workbooks import HEADER, Raw, rows_xml, workbook

Json = dict[str, Any]

#: Reasons for which a cell is no part of any verdict.
NAMED = {*CODES, *(reason.value for reason in Reason)}


def balance(account: Json) -> None:
    """Fail unless the sums agree with each other and with the cells, and each cell says why."""
    by_file: dict[str, Counter[str]] = {row["file"]: Counter() for row in account["files"]}
    places = set()
    for cell in account["cells"]:
        by_file[cell["source"]["file"]][cell["fate"]] += 1
        assert (cell["because"] is None) == (cell["fate"] == "judged")
        assert cell["because"] is None or cell["because"] in NAMED
        places.add(tuple(cell["source"].values()))
    assert len(places) == len(account["cells"]), "a cell that is counted twice"
    for row in [*account["files"], account["total"]]:
        assert row["read"] == row["judged"] + row["not-needed"] + row["refused"]
    for row in account["files"]:
        assert {fate: row[fate] for fate in ("judged", "not-needed", "refused")} == {
            fate: by_file[row["file"]][fate] for fate in ("judged", "not-needed", "refused")
        }
    assert account["total"]["read"] == len(account["cells"]) == sum(row["read"] for row in account["files"])


@pytest.mark.parametrize("form", ["table", "csv", "markdown", "junit", "github"])
def test_check_ends_with_the_account(form: str, run_cli: RunCli, repo: Path, tmp_path: Path) -> None:
    text = (
        "organization: 市農業農村局\nperiod: 2025Q2\n"
        "figures: {high-standard-farmland: 39000 畝, net-new-enterprises: 1 個}\n"
    )
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    ran = run_cli("check", tmp_path / "a.yaml", "--book", repo, "--format", form, "--lang", "en")
    said = ran.stderr if form == "csv" else ran.stdout
    assert "Cells read: 2 = 1 judged + 0 not needed + 1 refused" in said.replace("\\", "")
    if form == "markdown":
        assert "| total | 2 | 1 | 0 | 1 |" in said


def test_a_scanner_s_result_carries_the_account(run_cli: RunCli, repo: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("organization,indicator,value,unit\n市商務局,trade-growth,1,個\n", encoding="utf-8")
    arguments = (tmp_path / "a.csv", "--book", repo, "--period", "2025Q2")
    account = json.loads(run_cli("check", *arguments, "--format", "json").stdout)["account"]
    (run,) = json.loads(run_cli("check", *arguments, "--format", "sarif").stdout)["runs"]
    assert run["properties"]["account"] == {key: account[key] for key in ("total", "files")}
    assert account["total"]["refused"] == 1


ORGANIZATIONS = ["市農業農村局", "市經信局", "咸安區", "市經濟局", ""]
INDICATORS = ["high-standard-farmland", "net-new-enterprises", "gdp-growth", "newborn-screening", "no-such", ""]
VALUES = [
    "39000",
    "131",
    "7.0",
    "-5",
    "七",
    "待定",
    "",
    "1,2",
    Raw("|<v>131</v>"),
    Raw("|<f>A1</f>"),
    Raw('s="1"|<v>1</v>'),
]
UNITS = ["畝", "家", "%", "斤", ""]
PERIODS = ["", "2025Q2", "2025Q1", "2024Q2", "soon"]
ROWS = st.tuples(*(st.sampled_from(each) for each in (ORGANIZATIONS, INDICATORS, VALUES, UNITS, PERIODS)))


@cache
def _book(repo: Path) -> Book:
    book = open_book(repo, [])
    assert book is not None
    return book


def test_a_mistake_that_is_named_once_refuses_every_cell_it_is_about(
    run_cli: RunCli, repo: Path, tmp_path: Path
) -> None:
    rows = "".join(
        f"{name},high-standard-farmland,39000,畝\n" for name in ("", "", "甲局", "甲局", "各縣市區", "各縣市區")
    )
    (tmp_path / "a.csv").write_text("organization,indicator,value,unit\n" + rows, encoding="utf-8")
    ran = run_cli("check", tmp_path / "a.csv", "--book", repo, "--format", "json", "--period", "2025Q2")
    document = json.loads(ran.stdout)
    refused = [cell["because"] for cell in document["account"]["cells"]]
    assert len(refused) == 6
    assert refused[::2] == refused[1::2] == ["name-missing", "unknown-organization", refused[4]]
    assert set(refused) == {finding["code"] for finding in document["findings"]}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sheets=st.lists(st.lists(ROWS, max_size=8), min_size=1, max_size=3),
    merged=st.lists(st.sampled_from(["A2:A4", "C2:C3", "B3:B5", "A1:B1", "C5:D5"]), max_size=2, unique=True),
    folder=st.booleans(),
)
def test_random_workbooks_balance(
    sheets: list[list[tuple[str, ...]]], merged: list[str], folder: bool, repo: Path, tmp_path: Path
) -> None:
    book = _book(repo)
    home = tmp_path / "2025Q2"
    home.mkdir(exist_ok=True)
    made = {f"s{at}": rows_xml([(*HEADER, "period"), *rows]) for at, rows in enumerate(sheets)}
    (home / "a.xlsx").write_bytes(workbook(made, merged=merged, formats=["0,"]))
    result = check(book, [], [home if folder else home / "a.xlsx"])
    account = account_document(result.account)
    balance(account)
    codes = {finding.code for finding in result.findings}
    assert {cell["because"] for cell in account["cells"] if cell["fate"] == "refused"} <= codes
