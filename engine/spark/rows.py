"""Submitted rows as the engine reads them: every row with the number of its file and its place, and the plain ones."""

from collections.abc import Sequence
from pathlib import Path

from engine.bulk.inventory import MOST, ROW_BITS, SPECIAL, TEXT_DECIMALS, Batch, Inventory, numbered_text
from engine.bulk.store import copy_text, fill, open_store
from engine.spark.session import Engine, decoded

#: The cells of a row that anything is asked of, but for those that a plain row leaves empty.
_CELLS = ("organization", "indicator", "unit", "period", "value")

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
    """SQL: the rows that hold one written number and nothing special, as digits of `inventory.decimals` decimals.

    As `engine.bulk.inventory.plain_text` has it, in the words of this engine and without a number that might not fit.
    """
    parts = [
        _plain(batch, inventory.decimals, _ALL.format(number=number))
        for number, batch in enumerate(inventory.batches)
        if batch.plain
    ]
    empty = (
        "SELECT '' AS organization, '' AS indicator, '' AS unit, '' AS period, 0 AS folder,"
        " CAST(0 AS BIGINT) AS digits, CAST(1 AS BIGINT) AS steps, CAST(0 AS BIGINT) AS source WHERE false"
    )
    return " UNION ALL ".join(parts) or empty


def _plain(batch: Batch, decimals: int, name: str) -> str:
    wanted = [f"({each} IS NULL OR CAST({each} AS STRING) = '')" for each in SPECIAL if each in batch.columns]
    if batch.decimals is None:
        # Whole numbers alone: the sign and the digits without their point, and as many zeros as are left to write.
        places = "CASE WHEN position('.' IN value) = 0 THEN 0 ELSE length(value) - position('.' IN value) END"
        powers = " ".join(f"WHEN {count} THEN {10 ** (decimals - count)}" for count in range(decimals + 1))
        steps = f"CAST(CASE {places} {powers} END AS BIGINT)"
        # The last sign is asked for by itself: some engines let a line's end follow what a pattern ends with.
        written = (
            f"value RLIKE '^-?[0-9]{{1,11}}([.][0-9]{{1,{TEXT_DECIMALS}}})?$' AND right(value, 1) BETWEEN '0' AND '9'"
        )
        digits = f"CASE WHEN {written} THEN CAST(replace(value, '.', '') AS BIGINT) * {steps} END"
        wanted.append(written)
    else:
        number = f"CAST(value AS DECIMAL(38,{batch.decimals}))"
        digits = f"CASE WHEN value BETWEEN -{MOST} AND {MOST} THEN CAST({number} * {10**decimals} AS BIGINT) END"
        steps = f"CAST({10 ** (decimals - batch.decimals)} AS BIGINT)"
    period = "period" if "period" in batch.columns else "''"
    if batch.folder and "period" in batch.columns:
        period = "COALESCE(period, '')"
    unit = "unit" if "unit" in batch.columns else "CAST(NULL AS STRING)"
    where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
    return (
        f"SELECT organization, indicator, {unit} AS unit, {period} AS period, {batch.folder} AS folder,"
        f" {digits} AS digits, {steps} AS steps, source FROM {name}{where}"
    )
