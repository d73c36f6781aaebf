"""Which type holds every product: 64 bits only where that is proven."""

from pathlib import Path

import duckdb
import pytest

from engine.bulk.tile import Plan
from engine.model.tables import NUMBER, SHORT
from engine.spark.tables import VERDICTS, kind_of, settle_empty
from tests.unit.bulk.desk import PLAIN, prepared


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return prepared(tmp_path, PLAIN).plan


def test_short_where_every_product_fits(plan: Plan) -> None:
    assert kind_of(plan, {("firms", "家"): (600_000, 1)}) == SHORT


def test_the_largest_figure_decides(plan: Plan) -> None:
    """On both sides of the last one that fits."""
    factor, constant = plan.owed.widest
    largest = (2**63 - 1 - constant) // factor
    assert kind_of(plan, {}, largest) == SHORT
    assert kind_of(plan, {}, largest + 1) == NUMBER


def test_digits_count_with_their_worth_and_their_rounding(plan: Plan) -> None:
    (worth,) = {int(str(row[4])) for row in plan.understood.measures if row[:2] == ("firms", "家")}
    (half,) = {int(str(row[6])) for row in plan.understood.measures if row[:2] == ("firms", "家")}
    factor, constant = plan.owed.widest
    largest = (2**63 - 1 - constant) // factor
    digits = (largest - half) // worth
    assert kind_of(plan, {("firms", "家"): (digits, 1)}) == SHORT
    assert kind_of(plan, {("firms", "家"): (digits + 1, 1)}) == NUMBER
    assert kind_of(plan, {("firms", "家"): (digits, 10**12)}) == NUMBER


def test_measures_that_nobody_used_decide_nothing(plan: Plan) -> None:
    assert kind_of(plan, {("nobody", "家"): (2**62, 1)}) == SHORT


def test_where_nothing_was_written_stands_a_file_without_rows(tmp_path: Path) -> None:
    settle_empty(tmp_path / "out", VERDICTS)
    settle_empty(tmp_path / "out", VERDICTS)
    (path,) = (tmp_path / "out").iterdir()
    with duckdb.connect() as connection:
        columns = connection.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
        rows = connection.execute(f"SELECT count(*) FROM '{path}'").fetchall()
    assert [(name, kind) for name, kind, *_ in columns][-2:] == [("file", "VARCHAR"), ("line", "BIGINT")]
    assert rows == [(0,)]
