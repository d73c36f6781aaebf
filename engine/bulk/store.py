"""A DuckDB of its own for every worker: bounded memory, one thread, no network, rows in the order of the text."""

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from pkgutil import get_data
from typing import Any

import duckdb

from engine.model.tables import Columns

#: What all workers together may hold of their tiles, and each at least; beyond it they spill to the disk.
_ALL_MEGABYTES, _LEAST_MEGABYTES = 1_800, 300

#: What a disk may say of a place that is written, and of these what is never said of one that is read.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)
_TROUBLES = (*_FULL, errno.EACCES, errno.EPERM, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG)

Cell = str | int | bool | None


def open_store(spill: Path | None, threads: int = 1, workers: int = 1) -> duckdb.DuckDBPyConnection:
    """A database in memory, one of so many at a time.

    Joins stay as they are written: the side that streams is the first, so that rows come out in its order, whatever
    the counts. That is what makes the same input the same bytes.
    """
    config: dict[str, Any] = {
        "threads": threads,
        "memory_limit": f"{max(_ALL_MEGABYTES // workers, _LEAST_MEGABYTES)}MB",
        "temp_directory": str(spill) if spill else "",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "preserve_insertion_order": "true",
    }
    connection = duckdb.connect(":memory:", config=config)
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    return connection


@contextlib.contextmanager
def disk_trouble(path: Path) -> Iterator[None]:
    """Tell in the words of the system what DuckDB calls an error of its own: a full disk, a broken one.

    `path` is the file or folder that is written. Errors: OSError that names it; one that names nothing where the
    trouble is another's, as that of a file that is read and went away meanwhile.
    """
    try:
        yield
    except duckdb.IOException as error:
        said = str(error).splitlines()[0]
        number = next((each for each in _TROUBLES if os.strerror(each) in said), errno.EIO)
        reason = said if number == errno.EIO else os.strerror(number)
        own = number in _FULL or path.name in said
        raise OSError(number, reason if own else said, str(path) if own else None) from error


def fill(connection: duckdb.DuckDBPyConnection, name: str, columns: Columns, rows: Sequence[Sequence[Cell]]) -> None:
    """Make or replace a table; numbers travel as text, so that no float touches them."""
    if not rows:
        listed = ", ".join(f"{column} {kind}" for column, kind in columns)
        connection.execute(f"CREATE OR REPLACE TABLE {name} ({listed})")
        return
    values = ", ".join(
        f"CAST(unnest(CAST(${place + 1} AS VARCHAR[])) AS {kind}) AS {column}"
        for place, (column, kind) in enumerate(columns)
    )
    by_column = [[_text(cell) for cell in column] for column in zip(*rows, strict=True)]
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {values}", by_column)


def escape(path: Path) -> str:
    """The path as a name and not as a pattern, whatever signs it holds."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in path.as_posix())


def name_files(paths: Iterable[Path]) -> str:
    """Files to read, as SQL: each by its name."""
    return "[" + ", ".join("'" + escape(path).replace("'", "''") + "'" for path in paths) + "]"


def own_rows(*paths: Path) -> str:
    """Rows of files that this program wrote, as SQL: of `a=b` in the name of a folder no column is made."""
    return f"read_parquet({name_files(paths)}, hive_partitioning = false)"


def copy_text(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the rows of a query to a Parquet file.

    Errors: OSError where it cannot be written.
    """
    place = path.as_posix().replace("'", "''")
    with disk_trouble(path):
        connection.execute(f"COPY ({query}) TO '{place}' (FORMAT parquet)")


def _text(cell: Cell) -> str | None:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return None if cell is None else str(cell)


def text(name: str) -> str:
    """One of the SQL texts of this folder."""
    content = get_data("engine.bulk", name)
    assert content is not None, f"the package ships {name}"
    return content.decode("utf-8")
