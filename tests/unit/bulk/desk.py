"""A small bulk desk: the small book of the unit tests, and Parquet files for it."""

from pathlib import Path

from engine.bulk.run import Prepared, prepare
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.submissions.read import find_files
from tests.bulkdesk import COLUMNS, write_parquet
from tests.unit.small import book_of

SAME = "indicator: firms, kind: total, threshold: 120 家, judged: {lead: none, responsible: {same: [各縣市區]}}"
LEAD = "indicator: growth, kind: rate, threshold: 7 %"

Rows = list[tuple[str, str, str, str, str]]

PLAIN: Rows = [
    ("咸安區", "firms", "2025Q1", "30", "家"),
    ("咸安區", "firms", "2025Q2", "59", "家"),
    ("嘉魚縣", "規上企業", "2025Q1", "10", "家"),
]


def prepared(
    folder: Path, rows: Rows, book: Book | None = None, kind: str = "DECIMAL(18,4)", size: int | None = None
) -> Prepared:
    """A run that is ready to start, over one file."""
    write_parquet(folder / "in" / "figures.parquet", rows, COLUMNS[:5], kind)
    found: list[Diagnostic] = []
    return prepare(book or book_of(SAME), find_files([folder / "in"], found), found, rows_per_tile=size)
