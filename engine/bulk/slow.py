"""Rows that are not plain: whole series of them go through the reader of single files, with all that it checks."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import field
from fractions import Fraction
from math import inf

import duckdb

from engine.bulk.inventory import ROW_BITS, Batch, Inventory, Span, written_text
from engine.bulk.measures import Understood
from engine.bulk.store import fill
from engine.evaluate.duckdb import Row
from engine.evaluate.operands import figure_row
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.source import Source
from engine.submissions.convert import MOST_FINDINGS, Converter, index_figures
from engine.submissions.history import check_history, inherit_baselines
from engine.submissions.rounding import is_counted
from engine.submissions.tableform import TableRow, read_rows

_ROW = (1 << ROW_BITS) - 1


@dataclass(slots=True)
class Reread:
    """What the reader made of some rows: figures by key, what is wrong, and which rows gave none.

    `series` are keys of whole series, without their months.
    """

    rows: int = 0
    figures: list[Figure] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    refused: int = 0
    not_needed: int = 0
    series: set[int] = field(default_factory=set)


def reread(
    connection: duckdb.DuckDBPyConnection,
    book: Book,
    inventory: Inventory,
    understood: Understood,
    span: Span,
    indicators: Collection[int] | None,
    repeated: bool = False,
) -> Reread:
    """Read all series of the tile in which some row did not become a figure, or with `repeated` became a second one.

    A series is what one body reports of one indicator. The tables of the tile stand in `connection`; `others` are its
    plain rows of other years, which nothing is judged by.
    """
    fill_known(connection, understood, indicators)
    count = len(understood.order)
    doubled = "UNION SELECT figure >> 4 FROM figures GROUP BY figure HAVING count(*) > 1" if repeated else ""
    batches = _batches(inventory, span)
    odd = " UNION ALL ".join(
        f"""SELECT CAST(o.organization AS BIGINT) * {count} + k.indicator AS series, s.source
        FROM ({written_text(batch, span)}) AS s
        INNER JOIN organizations AS o ON o.name = s.organization
        INNER JOIN known AS k ON k.name = s.indicator
        {_timely(batch)}
        ANTI JOIN figures AS f ON f.source = s.source
        ANTI JOIN others AS n ON n.source = s.source"""
        for batch in batches
    )
    connection.execute(f"CREATE OR REPLACE TABLE odd AS {odd}")
    connection.execute(
        f"CREATE OR REPLACE TABLE series AS SELECT DISTINCT series FROM odd WHERE series IS NOT NULL {doubled}"
    )
    return read_series(connection, book, inventory, understood, span)


def fill_known(
    connection: duckdb.DuckDBPyConnection, understood: Understood, indicators: Collection[int] | None
) -> None:
    """Make the tables of the indicators to look for, and of the periods that are none.

    Rows of unknown indicators and periods belong to no tile: what is said of them once is said of a whole file.
    """
    known = [
        (name, place) for name, place in understood.indicators.items() if indicators is None or place in indicators
    ]
    fill(connection, "known", (("name", "VARCHAR"), ("indicator", "INTEGER")), known)
    fill(connection, "untimely", (("name", "VARCHAR"), ("folder", "INTEGER")), understood.untimely)


def _timely(batch: Batch) -> str:
    """SQL: a join that leaves rows out of which nobody can say for when they are."""
    return f"ANTI JOIN untimely AS u ON u.folder = {batch.folder} AND u.name = {_period(batch)}"


def _period(batch: Batch) -> str:
    return "COALESCE(s.period, '')" if "period" in batch.columns else "''"


def read_series(
    connection: duckdb.DuckDBPyConnection,
    book: Book,
    inventory: Inventory,
    understood: Understood,
    span: Span,
) -> Reread:
    """Read the series that stand in `series`, whole.

    Tables in `connection`: organizations, known, untimely, series.
    """
    count = len(understood.order)
    batches = _batches(inventory, span)
    result = Reread()
    converter = Converter(book, result.findings)
    for batch in batches:
        cursor = connection.execute(
            f"""SELECT s.* FROM ({written_text(batch, span)}) AS s
            INNER JOIN organizations AS o ON o.name = s.organization
            INNER JOIN known AS k ON k.name = s.indicator
            INNER JOIN series AS e ON e.series = CAST(o.organization AS BIGINT) * {count} + k.indicator
            {_timely(batch)}
            ORDER BY s.source"""
        )
        rows = cursor.fetchall()
        result.rows += len(rows)
        result.figures.extend(
            convert_rows(converter, inventory, tuple(batch.columns), rows, batch.folder, result.findings)
        )
    _account(result, converter, book.plan.year)
    result.series = {row[0] for row in connection.execute("SELECT series FROM series").fetchall()}
    figures = index_figures(result.figures, result.findings, book.indicators)
    figures = inherit_baselines(book, figures, list(figures.values()), result.findings)
    periods = sorted({figure.period.key for figure in figures.values() if figure.period.year == book.plan.year})
    check_history(book, figures, periods, result.findings)
    result.figures = list(figures.values())
    return result


def _batches(inventory: Inventory, span: Span) -> list[Batch]:
    return [batch for batch in inventory.batches if not batch.plain or span.within(batch)]


def _account(result: Reread, converter: Converter, year: int) -> None:
    """Count the rows that were refused, and those that nothing is judged by: blank ones, and other years'."""
    cells = 0
    for each in converter.read:
        entry = each.entry
        own = len([cell for cell in (entry.value, entry.stage, *entry.parts.values()) if cell]) or 1
        cells += own
        if not each.figures or all(figure.fault for figure in each.figures):
            result.refused += own
        elif all(figure.period.year != year for figure in each.figures):
            result.not_needed += own
    result.not_needed += max(result.rows - cells, 0)


def convert_rows(
    converter: Converter,
    inventory: Inventory,
    columns: Sequence[str],
    rows: Sequence[tuple[object, ...]],
    folder: int,
    found: list[Diagnostic] | None = None,
    told: Counter[int] | None = None,
) -> list[Figure]:
    """Rows as written, the last cell their number, through the reader of tables; a file at a time.

    `told` counts what was said of each file before, of which no more is read once it is too much. Without it all is
    said: what is too much in a part would depend on how the work is cut.
    """
    found = [] if found is None else found
    by_file: dict[int, list[TableRow]] = {}
    for *cells, source in rows:
        number = int(str(source))
        values = ["" if cell is None else str(cell) for cell in cells]
        by_file.setdefault(number >> ROW_BITS, []).append(TableRow((number & _ROW) + 1, values))
    places = {name: place for place, name in enumerate(columns)}
    figures: list[Figure] = []
    period = Period.ending(folder // 100, folder % 100) if folder else None
    for file, listed in by_file.items():
        name = inventory.files[file].name

        def place(line: int, index: int, column: str, name: str = name) -> Source:
            return Source(name, line, index + 1 if line else 0, column or None)

        entries = read_rows(places, len(columns), listed, place, found, most=len(listed) + 1)
        before = len(found)
        most = inf if told is None else MOST_FINDINGS - told[file]
        figures.extend(converter.convert(entries, period, None, most))
        if told is not None:
            told[file] += len(found) - before
    return figures


def rows_of(book: Book, figures: Sequence[Figure], inventory: Inventory, understood: Understood) -> list[Row]:
    """The figures as rows of the tile's table, each on the grid of its indicator; last what its rounding may hide."""
    bodies = {name: place for place, name in enumerate(book.organizations)}
    numbers = {name: place for place, name in enumerate(understood.order)}
    files = {file.name: place for place, file in enumerate(inventory.files)}
    rows = []
    for figure in figures:
        key = (bodies[figure.organization] * len(numbers) + numbers[figure.indicator]) * 16 + figure.period.month
        source = (files[figure.source.file] << ROW_BITS) + figure.source.line - 1
        grid = understood.grids[figure.indicator]
        half = figure.halves[0]
        if is_counted(book.indicators[figure.indicator].unit) and half <= Fraction(1, 2):
            half = Fraction(0)
        rows.append((*figure_row(figure, str(key), grid, str(source)), str(half / grid)))
    return rows


def read_strays(
    connection: duckdb.DuckDBPyConnection, book: Book, inventory: Inventory, understood: Understood
) -> tuple[int, list[Diagnostic]]:
    """Rows of bodies, indicators and periods that nobody knows, which are in no tile: none is lost.

    How many they are, and what is to be said of them: of each file in the order of its rows, and so much at most.
    """
    fill(connection, "bodies", (("name", "VARCHAR"),), [(name,) for name in understood.bodies])
    fill(connection, "known", (("name", "VARCHAR"),), [(name,) for name in understood.indicators])
    fill(connection, "untimely", (("name", "VARCHAR"), ("folder", "INTEGER")), understood.untimely)
    found: list[Diagnostic] = []
    count = 0
    strange = len(understood.bodies) < len(inventory.by_organization)
    unknown = len(understood.indicators) < len({name for name, _ in inventory.by_measure})
    if not (strange or unknown or understood.untimely):
        return 0, []
    told: Counter[int] = Counter()
    converter = Converter(book, found)
    for batch in inventory.batches:
        cursor = connection.execute(
            f"""SELECT s.* FROM ({written_text(batch)}) AS s
            LEFT JOIN bodies AS o ON o.name = s.organization LEFT JOIN known AS k ON k.name = s.indicator
            LEFT JOIN untimely AS u ON u.folder = {batch.folder} AND u.name = {_period(batch)}
            WHERE o.name IS NULL OR k.name IS NULL OR u.name IS NOT NULL ORDER BY s.source"""
        )
        while rows := cursor.fetchmany(100_000):
            count += len(rows)
            convert_rows(converter, inventory, tuple(batch.columns), rows, batch.folder, found, told)
            converter.read.clear()
    return count, found
