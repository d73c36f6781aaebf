from datetime import date
from pathlib import Path

import pytest

from engine.bulk.measures import Understood
from engine.bulk.owed import KeptTables, Owed, Tables, owe
from engine.bulk.store import open_store
from engine.model.book import Book
from tests.unit.bulk.desk import LEAD, PLAIN, SAME, prepared
from tests.unit.small import book_of, period_of

QUARTERS = [period_of("2025Q1"), period_of("2025Q2")]


@pytest.fixture
def understood(tmp_path: Path) -> Understood:
    return prepared(tmp_path, PLAIN).plan.understood


def owed_by(book: Book, understood: Understood, cache: Path | None = None, as_of: date | None = None) -> Owed:
    return owe(book, QUARTERS, as_of, understood, cache)


def rows(owed: Owed) -> list[list[tuple[object, ...]]]:
    with open_store(None) as connection:
        for name, labels in (("rule_name", ["rule"]), ("role_name", ["lead", "responsible"]), ("period_name", [])):
            listed = ", ".join(f"'{label}'" for label in (labels or [label for _, label in owed.labels]))
            connection.execute(f"CREATE TYPE {name} AS ENUM ({listed})")
        owed.tables.load(connection, "duties", "limits")
        return [connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in ("duties", "limits")]


def test_what_is_kept_is_what_was_made(tmp_path: Path, understood: Understood) -> None:
    book, cache = book_of(SAME), tmp_path / "cache"
    made = owed_by(book, understood, cache)
    kept = owed_by(book, understood, cache)
    assert isinstance(made.tables, Tables)
    assert isinstance(kept.tables, KeptTables)
    assert repr(made) == repr(kept)
    assert rows(made) == rows(kept)
    assert all(rows(kept))


@pytest.mark.parametrize("ending", [".owed", "-duties.owed", "-limits.owed"])
def test_what_is_spoilt_is_made_anew(tmp_path: Path, understood: Understood, ending: str) -> None:
    book, cache = book_of(SAME), tmp_path / "cache"
    owed_by(book, understood, cache)
    (path,) = (each for each in cache.iterdir() if each.name.endswith(ending) and ("-" in each.name) == ("-" in ending))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert isinstance(owed_by(book, understood, cache).tables, Tables)


def test_another_day_has_tables_of_its_own(tmp_path: Path, understood: Understood) -> None:
    book, cache = book_of(SAME), tmp_path / "cache"
    owed_by(book, understood, cache)
    assert isinstance(owed_by(book, understood, cache, date(2025, 3, 1)).tables, Tables)


def test_a_class_is_marked_by_what_it_owes(understood: Understood) -> None:
    lead, same = owed_by(book_of(LEAD), understood), owed_by(book_of(SAME), understood)
    assert set(lead.marks) != set(same.marks)
    assert lead.marks == owed_by(book_of(LEAD), understood).marks


def test_duties_are_counted_by_month(understood: Understood) -> None:
    owed = owed_by(book_of(SAME), understood)
    (number,) = {place for place, own in enumerate(owed.months) if own}
    assert (owed.count(number), owed.count(number, [3]), owed.count(number, [4])) == (2, 1, 0)


def test_rows_are_those_of_the_tables(tmp_path: Path, understood: Understood) -> None:
    book, cache = book_of(SAME), tmp_path / "cache"
    made, kept = owed_by(book, understood, cache).tables.rows(), owed_by(book, understood, cache).tables.rows()
    assert [[tuple(map(str, row[:10])) for row in rows] for rows in made] == [
        [tuple(map(str, row[:10])) for row in rows] for rows in kept
    ]
    assert all(made)
