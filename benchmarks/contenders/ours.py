"""Ours: the texts of a bulk check, lanes.sql to align and verdicts.sql to judge, unchanged, into tables in memory."""

from pathlib import Path
from typing import Any


class Ours:
    """One tile of the bulk path, without the Parquet that it writes.

    It reads its Parquet again in every run, which the peers need not; that is how a bulk check has its figures. What is
    owed is a table of its own, as the peers have it; of the verdicts only the outcome is asked for.
    """

    package = "duckdb"
    name = "Biaochi"
    columns = "obligation, outcome"

    def __init__(self, folder: Path) -> None:
        from engine.bulk.run import prepare
        from engine.bulk.store import open_store
        from engine.bulk.tile import Worker
        from engine.model.tables import SHORT
        from engine.pipeline import open_book
        from engine.submissions.read import find_files

        book = open_book(folder, [])
        assert book is not None
        delivery = find_files([folder / "figures"], [])
        prepared = prepare(book, delivery, [], rows_per_tile=1 << 40)
        (self._tile,) = prepared.tiles
        self._plan = prepared.plan
        self._connection = open_store(None, threads=2)
        self._worker = Worker(self._plan, self._connection)
        self._worker._open(self._tile)
        self._worker._use(SHORT, self._tile)

    def load(self) -> None:
        from engine.bulk.plain import plain_text

        plain = plain_text(self._plan.inventory, self._tile.span)
        self._connection.execute(f"CREATE VIEW plain AS {plain}")
        self._connection.execute("CREATE TABLE owed AS SELECT * FROM obligations ORDER BY obligation")
        self._connection.execute("DROP VIEW obligations; ALTER TABLE owed RENAME TO obligations")

    def align(self) -> None:
        self._worker._read_plain()

    def judge(self) -> None:
        self._connection.execute(f"CREATE OR REPLACE TABLE verdicts AS SELECT {self.columns} FROM judged")

    def letters(self) -> str:
        # Keys of figures count bodies, indicators and months in the order in which the others list what is owed.
        text = "SELECT left(outcome, 1) FROM verdicts INNER JOIN obligations USING (obligation) ORDER BY figure"
        rows: Any = self._connection.execute(text).fetchall()
        return "".join(letter for (letter,) in rows)


class OursWhole(Ours):
    """The same with everything that the text says: reason, progress, exact gap, notes."""

    name = "Biaochi, every column of a verdict"
    columns = "*"
