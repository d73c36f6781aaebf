"""What came in: Parquet files, their columns and rows, and every name in them, counted before anything is judged."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path

import duckdb

from engine.bulk.read import digest_file
from engine.bulk.seen import Seen
from engine.bulk.store import escape, fill, name_files
from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.source import Source
from engine.submissions.read import SubmittedFile
from engine.submissions.tableform import TableRow, read_header

#: Columns that a plain row leaves empty.
SPECIAL = (
    "part", "member", "baseline", "measure", "revises", "revises_from", "revises_to", "revises_reason",
)  # fmt: skip

#: Types of whole numbers in a file.
INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")

#: Decimals of a number that is written as text.
TEXT_DECIMALS = 6

#: Numbers beyond are read one by one.
MOST = 10**11

#: A source counts files above this bit, and rows below it.
ROW_BITS = 40


@dataclass(frozen=True, slots=True)
class Batch:
    """Files with the same columns in folders of the same period; `first` is the number of the first among all files.

    `columns` names the Parquet column of each of ours, `kind` is the type of the values. `decimals` is how many the
    values are written with, None where each row says so itself; a batch that is not `plain` is left to the reader.
    """

    files: tuple[SubmittedFile, ...]
    first: int
    columns: Mapping[str, str]
    kinds: Mapping[str, str]
    folder: int
    decimals: int | None
    plain: bool


@dataclass(slots=True)
class Inventory:
    """All files in order, and what stands in them: rows by organization and file, by indicator and unit, by period."""

    batches: list[Batch]
    files: list[SubmittedFile]
    digests: list[str]
    decimals: int
    by_organization: dict[str, Counter[int]] = field(default_factory=dict)
    periods_of: dict[str, set[tuple[int, str]]] = field(default_factory=dict)
    by_measure: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_period: Counter[tuple[int, str]] = field(default_factory=Counter)
    clustered: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows came in."""
        return sum(self.by_measure.values())

    @property
    def wordy(self) -> bool:
        """Whether numbers may stand in texts, with any unit of measure beside them."""
        return any(
            batch.kinds.get(batch.columns.get(name, ""), "") == "VARCHAR"
            for batch in self.batches
            for name in ("value", "baseline")
        )


def take_inventory(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[SubmittedFile],
    found: list[Diagnostic],
    cache: Path | None = None,
) -> Inventory:
    """Look at every file: its columns, and the names that its rows hold.

    A file that was looked at before is known by its digest, where the folder `cache` holds what was seen then.
    Errors: parquet-broken, parquet-float and those of table headers; such files are refused as a whole.
    """
    digests = {file: digest_file(file) for file in files}
    seen = Seen(connection, cache, files)
    grouped: dict[tuple[int, tuple[tuple[str, str], ...]], list[SubmittedFile]] = {}
    for file in files:
        kinds = seen.kinds.get(digests[file]) or _describe(connection, file, found)
        if kinds:
            seen.kinds[digests[file]] = kinds
            folder = file.folder_period.key if file.folder_period else 0
            grouped.setdefault((folder, tuple(kinds.items())), []).append(file)
    inventory = Inventory([], [], [], 0)
    for (folder, pairs), group in grouped.items():
        batch = _batch(dict(pairs), folder, group, len(inventory.files), found)
        if batch is not None:
            inventory.batches.append(batch)
            inventory.files.extend(group)
    inventory.digests = [digests[file] for file in inventory.files]
    decimals = [TEXT_DECIMALS if batch.decimals is None else batch.decimals for batch in inventory.batches]
    inventory.decimals = max(decimals, default=0)
    for batch in inventory.batches:
        _look_at(connection, batch, digests, seen)
    seen.keep(digests.values())
    for batch in inventory.batches:
        _add_up(connection, batch, inventory)
    filled = {file for files in inventory.by_organization.values() for file in files}
    for place, file in enumerate(inventory.files):
        if place not in filled:
            found.append(Diagnostic("submission-empty", Source(file.name), {}))
    return inventory


def _describe(
    connection: duckdb.DuckDBPyConnection, file: SubmittedFile, found: list[Diagnostic]
) -> dict[str, str] | None:
    try:
        rows = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [escape(file.path)]).fetchall()
    except (duckdb.Error, RuntimeError, ValueError) as error:
        problem = str(error).replace(file.path.as_posix(), file.name).splitlines()[0]
        found.append(Diagnostic("parquet-broken", Source(file.name), {"problem": problem}))
        return None
    return {str(row[0]): str(row[1]) for row in rows}


def _batch(
    kinds: dict[str, str], folder: int, files: list[SubmittedFile], first: int, found: list[Diagnostic]
) -> Batch | None:
    def place(line: int, index: int, column: str) -> Source:
        return Source(files[0].name, line, index + 1 if line else 0, column or None)

    places = read_header(TableRow(0, list(kinds)), place, found)
    if places is None:
        return None
    columns = {name: list(kinds)[index] for name, index in places.items()}
    kind = kinds[columns["value"]]
    if kind in ("FLOAT", "DOUBLE"):
        for file in files:
            params = {"column": "value", "type": kind, "count": ""}
            found.append(Diagnostic("parquet-float", Source(file.name), params))
        return None
    decimals: int | None = 0
    if kind.startswith("DECIMAL("):
        decimals = int(kind[8:-1].split(",")[1])
    elif kind == "VARCHAR":
        decimals = None
    texts = all(
        kinds[columns[name]] == "VARCHAR" for name in ("organization", "indicator", "unit", "period") if name in columns
    )
    known = kind.startswith("DECIMAL(") or kind == "VARCHAR" or kind in INTEGERS
    return Batch(
        tuple(files), first, columns, kinds, folder, decimals, texts and known and (decimals or 0) <= TEXT_DECIMALS
    )


def quoted(name: str) -> str:
    """A column's name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def listed(batch: Batch, places: range | None = None) -> str:
    """The files of a batch as SQL, or those at some places in it."""
    return listed_files(batch.files if places is None else batch.files[places.start : places.stop])


def listed_files(files: Iterable[SubmittedFile]) -> str:
    """Files as SQL."""
    return name_files([file.path for file in files])


def _look_at(
    connection: duckdb.DuckDBPyConnection, batch: Batch, digests: Mapping[SubmittedFile, str], seen: Seen
) -> None:
    """Count the names in the files of a batch that were not seen before."""
    # The same content twice is looked at once.
    new = list({digests[file]: file for file in batch.files if digests[file] not in seen.known}.values())
    if not new:
        return
    columns = {name: f"CAST({quoted(column)} AS VARCHAR)" for name, column in batch.columns.items()}
    period = columns.get("period", "''")
    unit = columns.get("unit", "''")
    paths = listed_files(new)
    source = f"read_parquet({paths})"
    numbered = [(place, digests[file], file.path.as_posix()) for place, file in enumerate(new)]
    kinds = (("file_index", "BIGINT"), ("digest", "VARCHAR"), ("path", "VARCHAR"))
    fill(connection, "looked_at", kinds, numbered)
    connection.execute(
        f"""INSERT INTO seen_bodies
        SELECT n.digest, s.* EXCLUDE (file_index) FROM (
          SELECT file_index, COALESCE({columns["organization"]}, ''), COALESCE({period}, ''), count(*)
          FROM {source} GROUP BY ALL
        ) AS s INNER JOIN looked_at AS n USING (file_index)"""
    )
    connection.execute(
        f"""INSERT INTO seen_measures
        SELECT n.digest, s.* EXCLUDE (file_index) FROM (
          SELECT file_index, COALESCE({columns["indicator"]}, ''), COALESCE({unit}, ''), count(*)
          FROM {source} GROUP BY ALL
        ) AS s INNER JOIN looked_at AS n USING (file_index)"""
    )
    connection.execute(
        f"""INSERT INTO seen_blocks
        SELECT n.digest, CASE WHEN b.path_in_schema = ? THEN 'organization' ELSE 'indicator' END,
          b.stats_min_value, b.stats_max_value, b.num_values
        FROM parquet_metadata({paths}) AS b INNER JOIN looked_at AS n ON n.path = b.file_name
        WHERE b.path_in_schema IN (?, ?) AND b.stats_min_value IS NOT NULL""",
        [batch.columns["organization"], batch.columns["organization"], batch.columns["indicator"]],
    )
    # A file that was exchanged meanwhile may have been counted as what it was not before: nothing of it is kept.
    seen.add(digests[file] for file in new if digest_file(file) == digests[file])


def _add_up(connection: duckdb.DuckDBPyConnection, batch: Batch, inventory: Inventory) -> None:
    """What stands in the files of a batch, all together."""
    own = [(batch.first + place, inventory.digests[batch.first + place]) for place in range(len(batch.files))]
    fill(connection, "here", (("file", "BIGINT"), ("digest", "VARCHAR")), own)
    own_rows = "FROM seen_bodies AS s INNER JOIN here AS h USING (digest) GROUP BY ALL ORDER BY ALL"
    for file, name, count in connection.execute(
        f"SELECT h.file, s.organization, CAST(sum(s.count) AS BIGINT) {own_rows}"
    ).fetchall():
        inventory.by_organization.setdefault(name, Counter())[file] += count
    # Most bodies report for the same periods: each list of them is read once.
    for names, periods in connection.execute(
        f"""SELECT list(organization), periods FROM (
          SELECT s.organization, list_sort(list(DISTINCT s.period)) AS periods {own_rows}
        ) GROUP BY ALL ORDER BY ALL"""
    ).fetchall():
        for name in names:
            inventory.periods_of.setdefault(name, set()).update((batch.folder, written) for written in periods)
    for written, count in connection.execute(f"SELECT s.period, CAST(sum(s.count) AS BIGINT) {own_rows}").fetchall():
        inventory.by_period[batch.folder, written] += count
    for name, measure, count in connection.execute(
        """SELECT s.indicator, s.unit, CAST(sum(s.count) AS BIGINT)
        FROM seen_measures AS s INNER JOIN here AS h USING (digest) GROUP BY ALL ORDER BY ALL"""
    ).fetchall():
        inventory.by_measure[name, measure] += count
    for column in ("organization", "indicator"):
        spans = connection.execute(
            """SELECT s.low, s.high, s.rows FROM seen_blocks AS s INNER JOIN here AS h USING (digest)
            WHERE s.name = ? ORDER BY h.file, s.low, s.high, s.rows""",
            [column],
        ).fetchall()
        inventory.clustered.setdefault(column, []).extend(spans)


@dataclass(frozen=True, slots=True)
class Span:
    """Where the rows of a tile lie: in these files, and between the least and the greatest of its names.

    It only says where to look: what is between the two and not of the tile is left out by its name.
    """

    column: str
    low: str
    high: str
    first: int
    last: int

    def within(self, batch: Batch) -> range:
        """The places in a batch of the files in question."""
        start, stop = max(self.first - batch.first, 0), min(self.last + 1 - batch.first, len(batch.files))
        return range(start, max(start, stop))

    def condition(self, batch: Batch) -> str:
        """SQL that lets a reader skip blocks of rows."""
        low, high = (end.replace("'", "''") for end in (self.low, self.high))
        return f"{quoted(batch.columns[self.column])} BETWEEN '{low}' AND '{high}'"


def written_text(batch: Batch, span: Span | None = None) -> str:
    """SQL: every row of a batch as it is written, all cells as text; with a span only where its rows may lie."""
    cells = ", ".join(f"CAST({quoted(column)} AS VARCHAR) AS {name}" for name, column in batch.columns.items())
    files = span.within(batch) if span and batch.plain else range(len(batch.files))
    where = f" WHERE {span.condition(batch)}" if span and batch.plain else ""
    return (
        f"SELECT {cells}, CAST(file_index + {batch.first + files.start} AS BIGINT) * {1 << ROW_BITS} + file_row_number"
        f" AS source FROM read_parquet({listed(batch, files)}){where}"
    )


def numbered_text(batch: Batch) -> str:
    """SQL: a batch as it is, and the number of every row."""
    return (
        f"SELECT {', '.join(map(quoted, batch.columns.values()))}, CAST(file_index + {batch.first} AS BIGINT)"
        f" * {1 << ROW_BITS} + file_row_number AS source FROM read_parquet({listed(batch)})"
    )


def place_of_row(inventory: Inventory, source: int) -> Source:
    """Where a row stands: its file, its number counted from 1, and the column of the figure."""
    file, row = source >> ROW_BITS, source & ((1 << ROW_BITS) - 1)
    return Source(inventory.files[file].name, row + 1, 0, "value")
