"""The text that reads plain rows; what it yields is compared in tests/test_spark.py."""

from pathlib import Path

import pytest

from engine.spark.rows import all_rows_text, plain_text
from tests.unit.bulk.desk import PLAIN, prepared


def test_numbers_are_made_of_whole_numbers_alone(tmp_path: Path) -> None:
    text = plain_text(prepared(tmp_path, PLAIN, kind="VARCHAR").plan.inventory)
    assert "replace(value, '.', '')" in text
    assert "WHEN 0 THEN 1000000 WHEN 1 THEN 100000" in text
    assert "DECIMAL" not in text


@pytest.mark.parametrize("kind", ["DECIMAL(18,4)", "BIGINT"])
def test_decimals_are_wide_before_they_are_multiplied(tmp_path: Path, kind: str) -> None:
    places = 4 if kind.startswith("DECIMAL") else 0
    text = plain_text(prepared(tmp_path, PLAIN, kind=kind).plan.inventory)
    assert f"CAST(CAST(value AS DECIMAL(38,{places})) * {10**places} AS BIGINT)" in text


def test_every_batch_is_read(tmp_path: Path) -> None:
    inventory = prepared(tmp_path, PLAIN).plan.inventory
    assert all_rows_text(inventory).count("FROM rows_0") == 1


def test_nothing_is_read_where_nothing_came(tmp_path: Path) -> None:
    inventory = prepared(tmp_path, PLAIN).plan.inventory
    inventory.batches.clear()
    assert plain_text(inventory).endswith("WHERE false")
