"""What the driver knows, as tables in the engine: written as Parquet files that it reads, so no row goes by wire."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from engine.bulk.apart import VERDICT_ROWS
from engine.bulk.read import list_names
from engine.bulk.store import Cell, copy_text, fill, open_store
from engine.bulk.tables import DUTIES, HELD, MEASURES, ORGANIZATIONS, PERIODS, SCOPE
from engine.bulk.tile import Plan
from engine.model.tables import FIGURES, LIMITS, NUMBER, SHORT, SHORT_MOST, Columns, short
from engine.report.write import make_folder
from engine.spark.session import Engine

#: Obligations that are worked on at the same time by one core.
_PER_PART = 500_000

#: Figures that the reader of single files made, as rows; `slack` is what their rounding may hide.
SINGLY: Columns = (*FIGURES, ("slack", NUMBER))

#: Figures of plain rows, as engine/bulk/lanes.sql makes them.
LANES: Columns = (*SINGLY, ("adds", "BOOLEAN"))

#: Verdicts as they are written.
VERDICTS: Columns = (*VERDICT_ROWS[:-1], ("file", "VARCHAR"), ("line", "BIGINT"))


def kind_of(plan: Plan, most: Mapping[tuple[str, str], tuple[int, int]], largest: int = 0) -> str:
    """The type in which every product of the texts fits: 64 bits where that is proven.

    `most` bounds digits and steps by indicator and unit of measure as written, `largest` the other figures in steps of
    their grids. Not every engine raises an error where a product leaves 64 bits, so none ever may.
    """
    names = [name for name, _ in MEASURES]
    for row in plan.understood.measures:
        measure = dict(zip(names, row, strict=True))
        digits, steps = most.get((str(measure["name"]), str(measure["unit"])), (0, 0))
        factor, shift, half, exact, bound = (
            int(measure[name] or 0) for name in ("factor", "shift", "half", "exact", "most")
        )
        if max(map(abs, (factor, shift, half, exact, bound))) > SHORT_MOST:
            return NUMBER
        largest = max(largest, min(digits, bound) * factor + abs(shift) + steps * half)
    factor, constant = plan.owed.widest
    return SHORT if max(factor, 1) * largest + constant <= SHORT_MOST else NUMBER


def load_tables(engine: Engine, plan: Plan, kind: str, obligations: int, work: Path) -> None:
    """Put everything that the texts join into the engine."""
    names = tuple(plan.book.organizations)
    classes, months = plan.owed.classes, plan.understood.months
    counts = (plan.owed.duties, len(plan.understood.order))
    duties, limits = plan.owed.tables.rows()
    tables: dict[str, tuple[Columns, Sequence[Sequence[Cell]]]] = {
        "organizations": (ORGANIZATIONS, list(plan.understood.bodies.items())),
        "known": ((("name", "VARCHAR"), ("indicator", "INTEGER")), list(plan.understood.indicators.items())),
        "measures": (_typed(MEASURES, kind), plan.understood.measures),
        "periods": (PERIODS, plan.understood.periods),
        "duties": (_typed(DUTIES, kind), duties),
        "limits": (_typed(LIMITS, kind), limits),
        "numbers": ((("duties", "BIGINT"), ("indicators", "BIGINT")), [counts]),
        "labels": (
            (("period", "INTEGER"), ("label", "VARCHAR")),
            plan.owed.labels,
        ),
        "files": (
            (("file", "BIGINT"), ("name", "VARCHAR")),
            [(place, file.name) for place, file in enumerate(plan.inventory.files)],
        ),
        "scope": (_typed(SCOPE, kind), [(place, name, classes[place]) for place, name in enumerate(names)]),
        "held": (HELD, [(place, month) for place in sorted(months) for month in sorted(months[place])]),
    }
    with open_store(None) as connection:
        for name, (columns, rows) in tables.items():
            fill(connection, "given", columns, rows)
            copy_text(connection, "FROM given", work / f"{name}.parquet")
    for name, (columns, _) in tables.items():
        # All obligations spring from the bodies: these are dealt out, or one core would make all of them.
        parts = min(-(-obligations // _PER_PART), max(len(names), 1)) if name == "scope" else 0
        engine.load(name, work / f"{name}.parquet", columns, parts)


def settle_empty(folder: Path, columns: Columns) -> None:
    """Put a file without rows where the engine wrote none at all, as some do who have nothing to write."""
    if any(name.endswith(".parquet") for name in list_names(folder)):
        return
    make_folder(folder)
    with open_store(None) as connection:
        fill(connection, "nothing", columns, [])
        copy_text(connection, "FROM nothing", folder / "part-00000.parquet")


def _typed(columns: Columns, kind: str) -> Columns:
    """The columns with names as texts, and numbers of this type."""
    plain = tuple((name, "VARCHAR" if each.endswith("_name") else each) for name, each in columns)
    return short(plain) if kind == SHORT else plain
