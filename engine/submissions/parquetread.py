"""A Parquet submission → entries: for bulk. Text, whole numbers and decimals are read, binary fractions refused."""

import re

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.model.source import Source
from engine.submissions.read import SubmittedFile
from engine.submissions.tableform import TableRow, read_header, read_rows

_MAX_ROWS = 1_000_000


def read_parquet_submission(file: SubmittedFile, found: list[Diagnostic]) -> list[Entry]:
    """The entries of a Parquet file; a figure's line is the number of its row, its cell the column's name.

    Errors: parquet-broken, parquet-float, file-too-large, submission-empty and those of tables.
    """
    # Imported here: few submissions are Parquet.
    import duckdb

    # A name is no pattern, whatever signs it holds.
    path = re.sub(r"([*?\[])", r"[\1]", file.path.as_posix())
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "threads": "1",
    }
    try:
        with duckdb.connect(":memory:", config=config) as connection:
            described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()
            names = [str(row[0]) for row in described]
            floats = [index for index, row in enumerate(described) if row[1] in ("FLOAT", "DOUBLE")]
            rows = connection.execute(
                f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet(?) LIMIT {_MAX_ROWS + 1}", [path]
            ).fetchall()
    except duckdb.Error as error:
        problem = str(error).replace(path, file.name).splitlines()[0]
        found.append(Diagnostic("parquet-broken", Source(file.name), {"problem": problem}))
        return []
    if len(rows) > _MAX_ROWS:
        found.append(Diagnostic("file-too-large", Source(file.name), {"limit": str(_MAX_ROWS)}))
        return []
    return _entries(names, floats, rows, file.name, found)


def _entries(
    names: list[str], floats: list[int], rows: list[tuple[str | None, ...]], file: str, found: list[Diagnostic]
) -> list[Entry]:
    def place(line: int, index: int, column: str) -> Source:
        return Source(file, line, index + 1 if line else 0, column or None)

    columns = read_header(TableRow(0, names), place, found)
    if columns is None:
        return []
    if not rows:
        found.append(Diagnostic("submission-empty", Source(file), {}))
    figures = {columns[name]: name for name in ("value", "baseline") if columns.get(name) in floats}
    for index, name in figures.items():
        lines = [line for line, row in enumerate(rows, start=1) if row[index] is not None]
        if lines:
            found.append(Diagnostic("parquet-float", place(lines[0], index, name), {"count": str(len(lines))}))
    table = (
        TableRow(
            line,
            ["" if value is None else value for value in row],
            {index: "parquet-float" for index in figures if row[index] is not None},
        )
        for line, row in enumerate(rows, start=1)
    )
    return read_rows(columns, len(names), table, place, found)
