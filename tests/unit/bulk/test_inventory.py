from pathlib import Path

from engine.bulk.inventory import place_of_row, take_inventory
from engine.bulk.store import open_store
from engine.model.diagnostic import Diagnostic
from engine.submissions.read import find_files
from tests.bulkdesk import COLUMNS, write_parquet
from tests.unit.bulk.desk import PLAIN


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
