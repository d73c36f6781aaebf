from pathlib import Path

from engine.bulk.store import open_store
from engine.bulk.tile import Judged, Worker, widest
from engine.model.book import Book
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


def test_what_nobody_asks_for_is_counted(tmp_path: Path) -> None:
    rows = [*PLAIN, ("咸安區", "capital", "2025Q1", "1", "美元")]
    assert judged(tmp_path, rows, book_of(SAME)).unasked == [(4, 3, 1)]


def test_the_widest_limit_bounds_all(tmp_path: Path) -> None:
    factor, constant = widest(prepared(tmp_path, PLAIN).plan.limit_rows)
    assert factor == 1
    # 120 enterprises in steps of half a ten-thousandth.
    assert constant == 120 * 20_000
