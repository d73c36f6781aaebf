import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.submissions.tableform import COLUMNS, TableRow, name_column, read_header, read_rows
from tests.unit.small import codes


def place(line: int, index: int, column: str) -> Source:
    return Source("a", line, index + 1, column)


@pytest.mark.parametrize(
    ("written", "column"),
    [("單位", "organization"), ("单位", "organization"), ("計量單位", "unit"), ("Value ", "value"), ("序號", None)],
)
def test_a_column_is_named_in_english_or_chinese(written: str, column: str | None) -> None:
    assert name_column(written) == column


def test_every_column_names_itself() -> None:
    assert tuple(name_column(column) for column in COLUMNS) == COLUMNS


def test_a_header_gives_the_places_of_its_columns() -> None:
    found: list[Diagnostic] = []
    header = TableRow(1, ["數值", "單位", "指標"])
    assert read_header(header, place, found) == {"value": 0, "organization": 1, "indicator": 2}
    assert found == []


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["organization", "value"], "column-missing"),
        (["organization", "indicator", "value", "數值"], "column-repeated"),
        (["organization", "indicator", "value", "序號"], "column-unknown"),
    ],
)
def test_a_header_that_leaves_doubt_is_refused(names: list[str], code: str) -> None:
    found: list[Diagnostic] = []
    read_header(TableRow(1, names), place, found)
    assert codes(found) == [code]


def test_a_fault_of_a_cell_refuses_its_row_alone() -> None:
    columns = {"organization": 0, "indicator": 1, "value": 2}
    rows = [TableRow(2, ["甲", "firms", ""], {2: "parquet-float"}), TableRow(3, ["甲", "land", "5 畝"])]
    entries = read_rows(columns, 3, rows, place, [])
    assert [(entry.source.line, entry.fault) for entry in entries] == [(2, "parquet-float"), (3, None)]


def test_a_row_can_revise_an_earlier_period() -> None:
    columns = {name: index for index, name in enumerate(COLUMNS)}
    values = ["甲", "a", "60", "公里"] + [""] * 7 + ["2025Q2", "41 公里", "39 公里", "驗收"]
    (entry,) = read_rows(columns, len(values), [TableRow(2, values)], place, [])
    assert entry.revises is not None
    assert (entry.revises.period, entry.revises.before, entry.revises.after, entry.revises.reason) == tuple(values[11:])


def test_a_figure_and_its_parts_in_rows_of_their_own_are_one_entry() -> None:
    columns = {"organization": 0, "indicator": 1, "value": 2, "part": 3}
    rows = [["甲", "a", "1", "done"], ["甲", "a", "5", ""], ["甲", "a", "2", "eligible"], ["甲", "a", "6", ""]]
    listed = [TableRow(line, row) for line, row in enumerate(rows, start=2)]
    first, second = read_rows(columns, 4, listed, place, [])
    assert first.value is not None
    assert second.value is not None
    assert (first.value.text, list(first.parts), second.value.text) == ("5", ["done", "eligible"], "6")


def test_columns_are_named_as_they_are_written_in_chinese_too() -> None:
    found: list[Diagnostic] = []
    assert read_header(TableRow(5, ["organization", "指標"]), lambda *_: Source("a.xlsx", 5, 1, "表!A5"), found) is None
    assert [(each.source.cell, each.params["columns"]) for each in found] == [("表!A5", "value（數值）")]
