from pathlib import Path

import pytest

from engine.bulk.store import open_store
from engine.bulk.tile import Judged, Worker
from engine.model.book import Book
from tests.bulkdesk import check_singly
from tests.unit.bulk.desk import PLAIN, SAME, Rows, prepared
from tests.unit.small import book_of


def judged(folder: Path, rows: Rows, book: Book | None = None) -> Judged:
    ready = prepared(folder, rows, book)
    with open_store(None) as connection:
        return Worker(ready.plan, connection).judge(ready.tiles[0], folder / "out.parquet", "mark")


def test_plain_rows_need_no_reader(tmp_path: Path) -> None:
    result = judged(tmp_path, PLAIN)
    assert (result.rows, result.read_singly, result.verdicts, result.refused) == (3, 0, 3, 0)


def test_one_odd_row_sends_its_series_to_the_reader(tmp_path: Path) -> None:
    result = judged(tmp_path, [*PLAIN, ("咸安區", "firms", "2025Q3", "-1", "家")])
    assert (result.read_singly, result.refused) == (3, 1)
    assert [finding.code for finding in result.findings] == ["negative-figure"]


def test_a_total_that_falls_is_found_over_a_gap(tmp_path: Path) -> None:
    rows = [("咸安區", "firms", "2025-01", "9", "家"), ("咸安區", "firms", "2025-04", "8", "家")]
    (fall,) = judged(tmp_path, rows).falls
    assert (fall.key & 15, fall.earlier_key & 15) == (4, 1)


@pytest.mark.parametrize(
    ("unit", "values", "falls"),
    [
        ("家", ("9", "9"), False),
        ("家", ("9", "8"), True),
        # 0.9 may be 0.85, and 0.8 anything below it.
        ("萬家", ("0.9000", "0.9000"), False),
        ("萬家", ("0.9000", "0.8999"), True),
    ],
)
def test_what_stays_has_not_fallen(tmp_path: Path, unit: str, values: tuple[str, str], falls: bool) -> None:
    rows = [("咸安區", "firms", f"2025-0{month}", value, unit) for month, value in enumerate(values, start=1)]
    assert bool(judged(tmp_path, rows).falls) is falls
    _, findings = check_singly(book_of(SAME), [tmp_path / "in"])
    assert ("year-to-date-falls" in {code for code, *_ in findings}) is falls


def test_figures_of_other_years_alone_are_judged_by_nothing(tmp_path: Path) -> None:
    result = judged(tmp_path, [("咸安區", "firms", "2024Q4", "9", "家")])
    assert (result.verdicts, result.not_needed) == (0, 1)


def test_figures_of_other_years_are_counted_once_beside_an_odd_row(tmp_path: Path) -> None:
    years = [("咸安區", "firms", "2024Q4", "9", "家"), ("嘉魚縣", "firms", "2024Q4", "9", "家")]
    result = judged(tmp_path, [*PLAIN, *years, ("咸安區", "firms", "2025Q3", "-1", "家")])
    assert (result.rows, result.refused, result.not_needed) == (6, 1, 2)
    # The series of the odd row alone goes to the reader, the year before with it.
    assert result.read_singly == 4


def test_what_nobody_asks_for_is_counted(tmp_path: Path) -> None:
    rows = [*PLAIN, ("咸安區", "capital", "2025Q1", "1", "美元")]
    assert judged(tmp_path, rows, book_of(SAME)).unasked == [(4, 3, 1)]


def test_the_widest_limit_bounds_all(tmp_path: Path) -> None:
    factor, constant = prepared(tmp_path, PLAIN).plan.owed.widest
    assert factor == 1
    # 120 enterprises in steps of half a ten-thousandth.
    assert constant == 120 * 20_000
