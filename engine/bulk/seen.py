"""What stood in files that were looked at before: each is known by the digest of its bytes, wherever it lies."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from engine.bulk.store import fill, own_rows
from engine.model.tables import Columns
from engine.rules.cache import KeptFiles
from engine.submissions.read import SubmittedFile

#: Rows by organization and period, by indicator and unit of measure as written, and the blocks in which names lie.
TABLES: dict[str, Columns] = {
    "seen_bodies": (
        ("digest", "VARCHAR"), ("organization", "VARCHAR"), ("period", "VARCHAR"), ("count", "BIGINT"),
    ),
    "seen_measures": (("digest", "VARCHAR"), ("indicator", "VARCHAR"), ("unit", "VARCHAR"), ("count", "BIGINT")),
    "seen_blocks": (
        ("digest", "VARCHAR"), ("name", "VARCHAR"), ("low", "VARCHAR"), ("high", "VARCHAR"), ("rows", "BIGINT"),
    ),
}  # fmt: skip


class Seen:
    """The tables of what was seen, in a database; `known` are the digests of the files that they speak of.

    `kinds` are the columns of a file and their types, by its digest.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, cache: Path | None, files: Sequence[SubmittedFile]
    ) -> None:
        """Load what an earlier run kept of the same folders, if any."""
        self._connection = connection
        self._kept = KeptFiles(cache, "seen", tuple(TABLES)) if cache else None
        # Files come and go: what is kept belongs to the folders in which they lie.
        self._told = (duckdb.__version__, *sorted({str(file.path.absolute().parent) for file in files}))
        self.kinds: dict[str, dict[str, str]] = {}
        self.known: set[str] = set()
        self._changed = False
        found = self._kept.find(self._told) if self._kept else None
        for place, (name, columns) in enumerate(TABLES.items()):
            listed = ", ".join(f"{column} {kind}" for column, kind in columns)
            connection.execute(f"CREATE TABLE {name} ({listed})")
            if found is not None:
                connection.execute(f"INSERT INTO {name} FROM {own_rows(found[1][place])}")
        if found is not None:
            self.kinds = found[0]["kinds"]
            self.known = set(found[0]["known"])

    def add(self, digests: Iterable[str]) -> None:
        """Note that the tables speak of these files now."""
        self.known.update(digests)
        self._changed = True

    def keep(self, digests: Iterable[str]) -> None:
        """Keep what was seen in these files for the next run, if there is anything new."""
        if self._kept is None or not self._changed:
            return
        there = set(digests) & self.known
        fill(self._connection, "there", (("digest", "VARCHAR"),), [(digest,) for digest in sorted(there)])
        kinds = {digest: kinds for digest, kinds in self.kinds.items() if digest in there}
        self._kept.keep(self._told, {"kinds": kinds, "known": sorted(there)}, self._write)

    def _write(self, paths: Sequence[Path]) -> None:
        for name, path in zip(TABLES, paths, strict=True):
            place = path.as_posix().replace("'", "''")
            self._connection.execute(
                f"COPY (SELECT * FROM {name} SEMI JOIN there USING (digest) ORDER BY ALL) TO '{place}' (FORMAT parquet)"
            )
