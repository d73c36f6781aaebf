"""Rows that hold one written number and nothing special, as digits: one text, in the words of either engine."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from engine.bulk.inventory import (
    INTEGERS,
    MOST,
    ROW_BITS,
    SPECIAL,
    TEXT_DECIMALS,
    Batch,
    Inventory,
    Span,
    listed,
    quoted,
)
from engine.model.noun import dataclass

#: Up to so many decimals a number of 18 digits leaves room for ten thousand millions.
_NARROW_DECIMALS = 4

#: A number as it is written; nothing else becomes digits.
_WRITTEN = f"^-?[0-9]{{1,11}}([.][0-9]{{1,{TEXT_DECIMALS}}})?$"

_EMPTY = (
    "SELECT '' AS organization, '' AS indicator, '' AS unit, '' AS period, 0 AS folder,"
    " CAST(0 AS BIGINT) AS digits, CAST(1 AS BIGINT) AS steps, CAST(0 AS BIGINT) AS source WHERE false"
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """What engines say otherwise: `matches` is a pattern held against a value.

    With `narrow` a product of short decimals is known to keep their type.
    """

    matches: str
    narrow: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows of a batch are read: each of our columns as SQL, their number, and which of them are in question.

    `cells` holds the columns that the batch has.
    """

    cells: Mapping[str, str]
    source: str
    table: str
    wanted: Sequence[str] = ()


DUCKDB = Dialect("regexp_matches({value}, '{pattern}')", narrow=True)


def plain_text(inventory: Inventory, span: Span) -> str:
    """SQL for DuckDB: the plain rows of a tile as digits of `inventory.decimals` decimals."""

    def rows(batch: Batch) -> Rows:
        files = span.within(batch)
        return Rows(
            {name: quoted(column) for name, column in batch.columns.items()},
            f"CAST(file_index + {batch.first + files.start} AS BIGINT) * {1 << ROW_BITS} + file_row_number",
            f"read_parquet({listed(batch, files)})",
            (span.condition(batch),),
        )

    return all_plain([batch for batch in inventory.batches if span.within(batch)], inventory.decimals, rows, DUCKDB)


def all_plain(batches: Sequence[Batch], decimals: int, rows_of: Callable[[Batch], Rows], dialect: Dialect) -> str:
    """SQL: the plain rows of these batches.

    Columns: organization, indicator, unit, period, folder, digits, steps, source.
    """
    parts = [plain_rows(batch, decimals, rows_of(batch), dialect) for batch in batches if batch.plain]
    return " UNION ALL ".join(parts) or _EMPTY


def plain_rows(batch: Batch, decimals: int, rows: Rows, dialect: Dialect) -> str:
    """SQL: the plain rows of a batch; where a number might not fit, `digits` is null."""
    cells = rows.cells
    value = cells["value"]
    wanted = [f"({cells[name]} IS NULL OR CAST({cells[name]} AS STRING) = '')" for name in SPECIAL if name in cells]
    if batch.decimals is None:
        # Whole numbers alone: the sign and the digits without their point, and as many zeros as are left to write.
        places = f"CASE WHEN position('.' IN {value}) = 0 THEN 0 ELSE length({value}) - position('.' IN {value}) END"
        powers = " ".join(f"WHEN {count} THEN {10 ** (decimals - count)}" for count in range(decimals + 1))
        steps = f"CAST(CASE {places} {powers} END AS BIGINT)"
        # The last sign is asked for by itself: some engines let a line's end follow what a pattern ends with.
        matches = dialect.matches.format(value=value, pattern=_WRITTEN)
        written = f"{matches} AND right({value}, 1) BETWEEN '0' AND '9'"
        digits = f"CASE WHEN {written} THEN CAST(replace({value}, '.', '') AS BIGINT) * {steps} END"
        wanted.append(written)
    else:
        # A product of 18 digits keeps its decimals and so has less room; a wider one has enough, and takes longer.
        narrow = (
            dialect.narrow and decimals <= _NARROW_DECIMALS and batch.kinds[batch.columns["value"]] in _narrow_kinds()
        )
        most = 10 ** (18 - 2 * decimals) - 1 if narrow else MOST
        number = value if narrow else f"CAST({value} AS DECIMAL(38,{batch.decimals}))"
        digits = f"CASE WHEN {value} BETWEEN -{most} AND {most} THEN CAST({number} * {10**decimals} AS BIGINT) END"
        steps = f"CAST({10 ** (decimals - batch.decimals)} AS BIGINT)"
    period = cells.get("period", "''")
    if batch.folder and "period" in cells:
        period = f"COALESCE({period}, '')"
    conditions = [*wanted, *rows.wanted]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return (
        f"SELECT {cells['organization']} AS organization, {cells['indicator']} AS indicator,"
        f" {cells.get('unit', 'CAST(NULL AS STRING)')} AS unit, {period} AS period, {batch.folder} AS folder,"
        f" {digits} AS digits, {steps} AS steps, {rows.source} AS source FROM {rows.table}{where}"
    )


@cache
def _narrow_kinds() -> frozenset[str]:
    """Types of numbers with at most 18 digits."""
    decimals = (f"DECIMAL({digits},{places})" for digits in range(1, 19) for places in range(digits + 1))
    return frozenset((*INTEGERS, *decimals))
