import csv
import io
from typing import Any

import pytest

from engine.report.csvtext import to_csv


def cell(value: Any) -> str:
    """One value as it stands in the file, read again."""
    return list(csv.reader(io.StringIO(to_csv([{"a": value, "b": "x"}], ["a", "b"]))))[1][0]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("131 家", "131 家"),
        (None, ""),
        (True, "true"),
        (False, "false"),
        (5, "5"),
        (["食品", "電子"], "食品；電子"),
        ([], ""),
        ({"file": "a.yaml", "line": 3, "column": 9, "cell": None}, "a.yaml:3:9"),
        ({"file": "a.yaml", "line": None, "column": None, "cell": None}, "a.yaml"),
        ({"target_value": "222", "verdict": "pass"}, "target_value 222；verdict pass"),
    ],
)
def test_values_are_written_in_one_cell(value: Any, expected: str) -> None:
    assert cell(value) == expected


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x")',
        "+1",
        "-1+1",
        "--1",
        "@SUM(A1)",
        "\t=1+1",
        "-",
        "-1 家",
        "-1.",
        "-1e5",
        "-1/2/3",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize("text", ["-8.0", "-1", "-1/3", "0", "7.00", "a=1", "2025Q2"])
def test_plain_numbers_and_texts_stay(text: str) -> None:
    assert cell(text) == text


def test_a_list_and_a_place_are_made_harmless_too() -> None:
    assert (cell(["=1", "2"]), cell({"file": "=a.yaml", "line": 1, "column": 1})) == ("'=1；2", "'=a.yaml:1:1")


def test_commas_and_quotes_survive_and_lines_become_blanks() -> None:
    assert cell('a,"b"\nc') == 'a,"b" c'


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_line_end_begins_neither_a_row_nor_a_formula(end: str) -> None:
    text = to_csv([{"a": f"1 家{end}=1+1", "b": f"{end}=1+1"}, {"a": "2 家", "b": "x"}], ["a", "b"])
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert text.splitlines() == ["a,b", "1 家 =1+1,' =1+1", "2 家,x"]
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []


def test_columns_keep_their_order_and_lines_end_alike() -> None:
    rows = [{"b": "2", "a": "1", "c": "3"}, {"a": "4"}]
    assert to_csv(rows, ["a", "b"]) == "a,b\n1,2\n4,\n"


def test_without_rows_the_header_stands_alone() -> None:
    assert to_csv([], ["a", "b"]) == "a,b\n"
