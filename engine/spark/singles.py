"""Rows that are not plain: the engine says which series they stand in, the reader of single files reads those."""

from collections.abc import Iterator
from dataclasses import field
from pathlib import Path

from engine.bulk.read import list_parquet
from engine.bulk.slow import fill_known, read_series, rows_of
from engine.bulk.store import Cell, copy_text, fill, open_store, own_rows
from engine.bulk.tables import ORGANIZATIONS
from engine.bulk.tile import Plan
from engine.bulk.tiling import MOST_SINGLES, span_of
from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.spark.rows import all_rows_text
from engine.spark.session import Engine
from engine.spark.tables import SINGLY


@dataclass(slots=True)
class Singles:
    """What the reader of single files made: `largest` bounds its figures in steps of their grids.

    `series` says that some series were read, whose figures stand in `singly.parquet` and whose keys in `own.parquet`.
    """

    rows: int = 0
    refused: int = 0
    not_needed: int = 0
    largest: int = 0
    series: bool = False
    findings: list[Diagnostic] = field(default_factory=list)


def find_odd(engine: Engine, plan: Plan, work: Path, repeated: bool) -> None:
    """Have the engine write which rows of known bodies are no figures, with `repeated` also which came twice."""
    count = len(plan.understood.order)
    engine.view("all_rows", all_rows_text(plan.inventory))
    doubled = f"""
        UNION ALL SELECT CAST((figure div 16) div {count} AS INT) AS organization, figure div 16 AS series,
          CAST(NULL AS BIGINT) AS source
        FROM lanes WHERE figure % 16 <> 0 GROUP BY figure HAVING count(*) > 1"""
    engine.write(
        f"""SELECT o.organization, CAST(o.organization AS BIGINT) * {count} + k.indicator AS series, s.source
        FROM all_rows AS s
        INNER JOIN organizations AS o ON o.name = s.organization
        INNER JOIN known AS k ON k.name = s.indicator
        LEFT ANTI JOIN lanes AS f ON f.source = s.source{doubled if repeated else ""}""",
        work / "odd",
    )


def read_singles(plan: Plan, work: Path) -> Singles:
    """Read every series that `find_odd` named, some bodies at a time."""
    result = Singles()
    written = list_parquet(work / "odd")
    if not written:
        return result
    columns = ", ".join(name for name, _ in SINGLY)
    with open_store(work) as connection:
        connection.execute(f"CREATE TABLE all_odd AS FROM {own_rows(*written)}")
        fill(connection, "all_singly", SINGLY, [])
        fill_known(connection, plan.understood, None)
        bodies = connection.execute("SELECT DISTINCT organization FROM all_odd ORDER BY ALL").fetchall()
        for names, places in _chunks(plan, {int(row[0]) for row in bodies}):
            fill(connection, "organizations", ORGANIZATIONS, [(name, plan.understood.bodies[name]) for name in names])
            of = f"organization IN ({', '.join(map(str, places))})"
            connection.execute(f"CREATE OR REPLACE TABLE odd AS FROM all_odd WHERE {of}")
            connection.execute(
                "CREATE OR REPLACE TABLE series AS SELECT DISTINCT series FROM odd WHERE series IS NOT NULL"
            )
            span = span_of(plan.inventory, "organization", names)
            read = read_series(connection, plan.book, plan.inventory, plan.understood, span)
            year = plan.book.plan.year
            current = [each for each in read.figures if each.period.year == year and not each.member]
            rows: list[tuple[Cell, ...]] = list(rows_of(plan.book, current, plan.inventory, plan.understood))
            fill(connection, "singly", SINGLY, rows)
            connection.execute(f"INSERT INTO all_singly SELECT {columns} FROM singly")
            result.largest = max(result.largest, *(_size(row) for row in rows), 0)
            result.rows += read.rows
            result.refused += read.refused
            result.not_needed += read.not_needed
            result.findings.extend(read.findings)
        copy_text(connection, "FROM all_singly", work / "singly.parquet")
        own = "SELECT DISTINCT series FROM all_odd WHERE series IS NOT NULL"
        copy_text(connection, own, work / "own.parquet")
    result.series = True
    return result


def _size(row: tuple[Cell, ...]) -> int:
    """A bound of a figure's numbers, rounding included."""
    x, y, half = (abs(int(row[place] or 0)) for place in (2, 3, 4))
    return max(x, y) + max(half, int(row[-1] or 0))


def _chunks(plan: Plan, bodies: set[int]) -> Iterator[tuple[list[str], list[int]]]:
    """Bodies and their names as written, so many that not too many rows are read at once."""
    written = sorted((name, place) for name, place in plan.understood.bodies.items() if place in bodies)
    by_body: dict[int, list[str]] = {}
    for name, place in written:
        by_body.setdefault(place, []).append(name)
    names: list[str] = []
    places: list[int] = []
    rows = 0
    for place, listed in by_body.items():
        own = sum(sum(plan.inventory.by_organization[name].values()) for name in listed)
        if names and rows + own > MOST_SINGLES:
            yield names, places
            names, places, rows = [], [], 0
        names, places, rows = [*names, *listed], [*places, place], rows + own
    if names:
        yield names, places
