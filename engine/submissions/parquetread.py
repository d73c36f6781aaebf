"""A Parquet submission → entries: for bulk. Text, whole numbers and decimals are read, binary fractions refused."""

import re
from typing import TYPE_CHECKING

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.model.source import Source
from engine.submissions.read import MAX_BYTES, SubmittedFile, digest_whole, file_state, read_end
from engine.submissions.tableform import TableRow, read_header, read_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Rows that are read at most; and how many rows and characters a byte of the file may stand for above the first ones,
#: because a column that says one thing over and over takes no room in the file and much of it when it is read.
_MAX_ROWS, _FREE_ROWS, _FREE_CHARACTERS = 1_000_000, 100_000, 5_000_000
_ROWS_PER_BYTE, _CHARACTERS_PER_BYTE = 1, 100

#: Bytes of the list of row groups: a million rows need a hundredth of it.
_MAX_LIST = 1_000_000

#: Types that are read as they are written; of decimals the precision follows.
_READ = re.compile(r"VARCHAR|U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DECIMAL\(\d+,\d+\)|BOOLEAN|DATE")
_FLOATS = ("FLOAT", "DOUBLE")

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "1",
    # A file decides how much it unpacks to, and neither memory nor a disk how much that may be.
    "memory_limit": "200MB",
    "temp_directory": "",
}

_Rows = list[tuple[str | None, ...]]


def read_parquet_submission(file: SubmittedFile, found: list[Diagnostic]) -> list[Entry]:
    """The entries of a Parquet file; a figure's line is the number of its row, its cell the column's name.

    Errors: parquet-broken, parquet-float, parquet-column, file-too-large, too-many-rows, file-changed, submission-empty
    and those of tables.
    """
    # Imported here: few submissions are Parquet.
    import duckdb

    # A name is no pattern, whatever signs it holds.
    path = re.sub(r"([*?\[])", r"[\1]", file.path.as_posix())
    before = file_state(file, found)
    if before is None:
        return []
    size = before[0]
    if size > MAX_BYTES:
        found.append(Diagnostic("file-too-large", Source(file.name), {"limit": str(MAX_BYTES)}))
        return []
    digest_whole(file)
    # The file ends with the length of its list of row groups, which is read whole, and four letters.
    listed = int.from_bytes(read_end(file, 8)[:4], "little")
    if _MAX_LIST < listed < MAX_BYTES:
        problem = f"a list of row groups of {listed} bytes"
        found.append(Diagnostic("parquet-broken", Source(file.name), {"problem": problem}))
        return []
    columns: dict[str, str] = {}
    rows: _Rows | None = None
    problem = ""
    try:
        with duckdb.connect(":memory:", config=_CONFIG) as connection:
            described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()
            columns = {str(row[0]): str(row[1]) for row in described}
            rows = _fetch(connection, path, columns, size)
    except (duckdb.Error, RuntimeError, ValueError) as error:
        problem = str(error).replace(path, file.name).splitlines()[0]
    if file_state(file, []) != before:
        # What was found in it, or found to be wrong with it, is of no file that anybody sent.
        found.append(Diagnostic("file-changed", Source(file.name), {}))
        return []
    if problem:
        found.append(Diagnostic("parquet-broken", Source(file.name), {"problem": problem}))
        return []
    if rows is None:
        found.append(Diagnostic("too-many-rows", Source(file.name), {"limit": str(_MAX_ROWS)}))
        return []
    return _entries(columns, rows, file.name, found)


def _fetch(connection: "DuckDBPyConnection", path: str, columns: dict[str, str], size: int) -> _Rows | None:
    """The rows as text, None where they are too many; nothing of a column whose type is not read."""
    chosen = [
        f"CAST({_quoted(name)} AS VARCHAR)"
        if _is_read(kind)
        else f"CASE WHEN {_quoted(name)} IS NULL THEN NULL ELSE '' END"
        for name, kind in columns.items()
    ]
    (count,) = connection.execute("SELECT count(*) FROM read_parquet(?)", [path]).fetchall()[0]
    if count > min(_MAX_ROWS, max(_FREE_ROWS, size * _ROWS_PER_BYTE)):
        return None
    lengths = " + ".join(f"coalesce(sum(strlen({each})), 0)" for each in chosen)
    (characters,) = connection.execute(f"SELECT {lengths} FROM read_parquet(?)", [path]).fetchall()[0]
    if characters > max(_FREE_CHARACTERS, size * _CHARACTERS_PER_BYTE):
        return None
    return connection.execute(f"SELECT {', '.join(chosen)} FROM read_parquet(?)", [path]).fetchall()


def _is_read(kind: str) -> bool:
    return kind in _FLOATS or _READ.fullmatch(kind) is not None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _entries(kinds: dict[str, str], rows: _Rows, file: str, found: list[Diagnostic]) -> list[Entry]:
    def place(line: int, index: int, column: str) -> Source:
        return Source(file, line, index + 1 if line else 0, column or None)

    columns = read_header(TableRow(0, list(kinds)), place, found)
    if columns is None:
        return []
    if not rows:
        found.append(Diagnostic("submission-empty", Source(file), {}))
    faults: dict[int, str] = {}
    for name, index in columns.items():
        kind = list(kinds.values())[index]
        lines = [line for line, row in enumerate(rows, start=1) if row[index] is not None]
        if not lines:
            continue
        at = place(lines[0], index, name)
        params = {"column": name, "type": kind[:60], "count": str(len(lines))}
        if not _is_read(kind):
            faults[index] = "parquet-column"
            found.append(Diagnostic("parquet-column", at, params))
        elif kind in _FLOATS and name in ("value", "baseline"):
            faults[index] = "parquet-float"
            found.append(Diagnostic("parquet-float", at, params))
    table = (
        TableRow(
            line,
            ["" if value is None else value for value in row],
            {index: code for index, code in faults.items() if row[index] is not None},
        )
        for line, row in enumerate(rows, start=1)
    )
    return read_rows(columns, len(kinds), table, place, found, most=_MAX_ROWS)
