from pathlib import Path

import pytest

from engine.bulk.inventory import Span, take_inventory
from engine.bulk.plain import plain_text
from engine.bulk.store import open_store
from engine.submissions.read import find_files
from tests.bulkdesk import COLUMNS, write_parquet

EVERYWHERE = Span("organization", "", "\uffff", 0, 9)


@pytest.mark.parametrize(
    ("kind", "values", "digits"),
    [
        ("DECIMAL(18,4)", ["1.5", "-2"], [(15000, 1), (-20000, 1)]),
        ("BIGINT", ["7"], [(7, 1)]),
        ("VARCHAR", ["7", "7.0", "-1.25"], [(7000000, 1000000), (7000000, 100000), (-1250000, 10000)]),
        ("VARCHAR", ["七", "1,000", "1e3", "7 家", "0.1234567", "7\n", "1.", "--1"], []),
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
