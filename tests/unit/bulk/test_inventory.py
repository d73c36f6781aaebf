from pathlib import Path

import pytest

from engine.bulk.inventory import Span, place_of_row, plain_text, take_inventory
from engine.bulk.store import open_store
from engine.model.diagnostic import Diagnostic
from engine.submissions.read import find_files
from tests.bulkdesk import COLUMNS, write_parquet
from tests.unit.bulk.desk import PLAIN

EVERYWHERE = Span("organization", "", "\uffff", 0, 9)


def test_names_are_counted_before_anything_is_judged(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a.parquet", PLAIN, COLUMNS[:5], "DECIMAL(9,2)")
    write_parquet(tmp_path / "b.parquet", PLAIN[:1], COLUMNS[:5], "BIGINT")
    found: list[Diagnostic] = []
    with open_store(None) as connection:
        inventory = take_inventory(connection, find_files([tmp_path], found).files, found)
    assert (inventory.rows, inventory.decimals, found) == (4, 2, [])
    assert {name: sum(files.values()) for name, files in inventory.by_organization.items()} == {
        "咸安區": 3,
        "嘉魚縣": 1,
    }
    assert inventory.by_measure == {("firms", "家"): 3, ("規上企業", "家"): 1}
    assert inventory.by_period == {(0, "2025Q1"): 3, (0, "2025Q2"): 1}


@pytest.mark.parametrize(
    ("kind", "values", "digits"),
    [
        ("DECIMAL(18,4)", ["1.5", "-2"], [(15000, 1), (-20000, 1)]),
        ("BIGINT", ["7"], [(7, 1)]),
        ("VARCHAR", ["7", "7.0", "-1.25"], [(7000000, 1000000), (7000000, 100000), (-1250000, 10000)]),
        ("VARCHAR", ["七", "1,000", "1e3", "7 家", "0.1234567"], []),
        ("DECIMAL(38,2)", ["99999999999.99", "100000000000.01"], [(9999999999999, 1)]),
    ],
)
def test_plain_numbers_become_digits_and_others_are_left(
    tmp_path: Path, kind: str, values: list[str], digits: list[tuple[int, int]]
) -> None:
    rows = [("咸安區", "firms", "2025Q1", value, "家") for value in values]
    write_parquet(tmp_path / "a.parquet", rows, COLUMNS[:5], kind)
    with open_store(None) as connection:
        inventory = take_inventory(connection, find_files([tmp_path], []).files, [])
        text = (
            f"SELECT digits, steps FROM ({plain_text(inventory, EVERYWHERE)}) WHERE digits IS NOT NULL ORDER BY source"
        )
        assert connection.execute(text).fetchall() == digits


def test_binary_fractions_are_refused(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a.parquet", PLAIN, COLUMNS[:5], "DOUBLE")
    found: list[Diagnostic] = []
    with open_store(None) as connection:
        inventory = take_inventory(connection, find_files([tmp_path], []).files, found)
    assert ([finding.code for finding in found], inventory.files) == (["parquet-float"], [])


def test_what_is_no_parquet_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 nothing")
    found: list[Diagnostic] = []
    with open_store(None) as connection:
        take_inventory(connection, find_files([tmp_path], []).files, found)
    assert [finding.code for finding in found] == ["parquet-broken"]


def test_rows_are_counted_from_one(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a.parquet", PLAIN, COLUMNS[:5], "BIGINT")
    with open_store(None) as connection:
        inventory = take_inventory(connection, find_files([tmp_path], []).files, [])
    assert (place_of_row(inventory, 2).line, Path(place_of_row(inventory, 2).file).name) == (3, "a.parquet")


def test_a_file_without_rows_is_named(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a.parquet", [], COLUMNS[:5], "BIGINT")
    found: list[Diagnostic] = []
    with open_store(None) as connection:
        take_inventory(connection, find_files([tmp_path], []).files, found)
    assert [finding.code for finding in found] == ["submission-empty"]
