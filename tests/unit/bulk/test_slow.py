from pathlib import Path

import pytest

from engine.bulk.slow import read_strays
from engine.bulk.store import open_store
from tests.unit.bulk.desk import PLAIN, Rows, prepared


def strays(tmp_path: Path, rows: Rows) -> tuple[int, list[str]]:
    plan = prepared(tmp_path, rows).plan
    with open_store(None) as connection:
        count, found = read_strays(connection, plan.book, plan.inventory, plan.understood)
    return count, [finding.code for finding in found]


def test_nothing_strays_where_all_is_known(tmp_path: Path) -> None:
    assert strays(tmp_path, PLAIN) == (0, [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("無名縣", "firms", "2025Q1", "1", "家"), "unknown-organization"),
        (("咸安區", "無此指標", "2025Q1", "1", "家"), "unknown-indicator"),
        (("咸安區", "firms", "2025Q9", "1", "家"), "period-unreadable"),
        (("咸安區", "firms", "", "1", "家"), "period-missing"),
    ],
)
def test_rows_of_unknown_names_and_periods_are_in_no_tile(
    tmp_path: Path, row: tuple[str, str, str, str, str], code: str
) -> None:
    assert strays(tmp_path, [*PLAIN, row, row]) in [(2, [code]), (2, [code, code])]


def test_of_a_file_so_much_is_said_and_no_more(tmp_path: Path) -> None:
    count, codes = strays(tmp_path, [("咸安區", "無此指標", "2025Q1", "1", "家")] * 5_010)
    assert (count, codes.count("unknown-indicator"), codes[-1]) == (5_010, 5_001, "too-many-findings")
