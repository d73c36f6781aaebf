from pathlib import Path

from engine.bulk.slow import read_strays
from engine.bulk.store import open_store
from tests.unit.bulk.desk import PLAIN, Rows, prepared


def strays(tmp_path: Path, rows: Rows, by_indicator: bool) -> tuple[int, list[str]]:
    plan = prepared(tmp_path, rows).plan
    with open_store(None) as connection:
        count, found = read_strays(connection, plan.book, plan.inventory, plan.understood, by_indicator)
    return count, [finding.code for finding in found]


def test_rows_of_unknown_bodies_are_counted_and_named(tmp_path: Path) -> None:
    assert strays(tmp_path, [*PLAIN, ("無名縣", "firms", "2025Q1", "1", "家")], False) == (1, ["unknown-organization"])


def test_rows_of_unknown_indicators_belong_to_no_tile_of_indicators(tmp_path: Path) -> None:
    rows = [*PLAIN, ("咸安區", "無此指標", "2025Q1", "1", "家")]
    assert strays(tmp_path, rows, True) == (1, ["unknown-indicator"])
    assert strays(tmp_path, rows, False) == (0, [])
