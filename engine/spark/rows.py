"""Submitted rows as the engine reads them: every row with the number of its file and its place, and the plain ones."""

from collections.abc import Sequence
from pathlib import Path

from engine.bulk.inventory import ROW_BITS, SPECIAL, Batch, Inventory, numbered_text
from engine.bulk.plain import Dialect, Rows, all_plain
from engine.bulk.store import copy_text, fill, open_store
from engine.spark.session import Engine, decoded

#: The cells of a row that anything is asked of, but for those that a plain row leaves empty.
_CELLS = ("organization", "indicator", "unit", "period", "value")

#: What this engine says otherwise; its products of short decimals are not known to stay short.
SPARK = Dialect("{value} RLIKE '{pattern}'", narrow=False)

_ALL = "rows_{number}"


def show_rows(engine: Engine, inventory: Inventory, work: Path) -> None:
    """Name the rows of every batch in the engine: cells under our names, and `source`.

    An engine that cannot say where a row stands is given a copy that says it, made by the driver in `work`.

    Errors: EngineError with engine-blind, where the engine sees other rows than the driver does.
    """
    for number, batch in enumerate(inventory.batches):
        frame = engine.read([file.path for file in batch.files])
        name = _ALL.format(number=number)
        if engine.knows_rows(frame):
            engine.name(f"raw_{number}", frame, [*_cells(batch), "_metadata.file_path AS path", "_metadata.row_index"])
            _name_files(engine, f"paths_{number}", batch, engine.files(frame), work)
            engine.view(
                name,
                f"""SELECT r.*, p.file * {1 << ROW_BITS} + r.row_index AS source
                FROM raw_{number} AS r INNER JOIN paths_{number} AS p ON p.path = r.path""",
            )
        else:
            copy = work / f"{name}.parquet"
            with open_store(work) as connection:
                copy_text(connection, numbered_text(batch), copy)
            engine.name(name, engine.read([copy]), [*_cells(batch), "source"])
    text = " UNION ALL ".join(f"SELECT source FROM {_ALL.format(number=n)}" for n in range(len(inventory.batches)))
    seen = int(engine.rows(f"SELECT count(*) FROM ({text})")[0][0]) if text else 0
    if seen != inventory.rows:
        raise engine.blind(f"{seen} rows, and {inventory.rows} are there")


def _name_files(engine: Engine, name: str, batch: Batch, places: Sequence[str], work: Path) -> None:
    """A table from what the engine calls a file to its number: rows name it with one slash or with three."""
    numbers = {file.path.absolute().as_posix(): batch.first + place for place, file in enumerate(batch.files)}
    rows = []
    for place in places:
        number = numbers.get(decoded(place))
        if number is not None:
            path = place.removeprefix("file:").lstrip("/")
            rows += [(f"file:{slashes}{path}", number) for slashes in ("/", "///")]
    table = work / f"{name}.parquet"
    columns = (("path", "VARCHAR"), ("file", "BIGINT"))
    with open_store(None) as connection:
        fill(connection, "named", columns, rows)
        copy_text(connection, "FROM named", table)
    engine.load(name, table, columns)


def _cells(batch: Batch) -> list[str]:
    """The cells of a batch under our names."""
    wanted = [name for name in (*_CELLS, *SPECIAL) if name in batch.columns]
    return [f"{_quoted(batch.columns[name])} AS {name}" for name in wanted]


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def all_rows_text(inventory: Inventory) -> str:
    """SQL: every row with its names and its place."""
    return " UNION ALL ".join(
        f"""SELECT CAST(organization AS STRING) AS organization, CAST(indicator AS STRING) AS indicator, source
        FROM {_ALL.format(number=number)}"""
        for number in range(len(inventory.batches))
    )


def plain_text(inventory: Inventory) -> str:
    """SQL: the plain rows of all files as digits, in the words of this engine and without a number that may not fit."""
    names = {batch.first: _ALL.format(number=number) for number, batch in enumerate(inventory.batches)}

    def rows(batch: Batch) -> Rows:
        return Rows({name: name for name in batch.columns}, "source", names[batch.first])

    return all_plain(inventory.batches, inventory.decimals, rows, SPARK)
