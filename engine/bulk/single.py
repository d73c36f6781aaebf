"""The verdicts of an ordinary check as one Parquet file, in the columns of a bulk check."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.bulk.apart import VERDICT_ROWS
from engine.bulk.store import Cell, disk_trouble, fill, open_store
from engine.model.tables import Columns
from engine.model.verdict import Verdict
from engine.report.write import written_apart

#: The columns of a bulk check; where it counts rows, this names the cell, too.
SINGLE: Columns = (*VERDICT_ROWS[:-1], ("file", "VARCHAR"), ("line", "BIGINT"), ("cell", "VARCHAR"))


def write_verdicts(verdicts: Sequence[Verdict], path: Path) -> None:
    """Write the verdicts in their order, whole or not at all.

    Errors: OSError where it cannot be written.
    """
    with written_apart(path) as part, open_store(None) as connection:
        fill(connection, "verdicts", SINGLE, [row for verdict in verdicts for row in single_rows(verdict)])
        place = part.as_posix().replace("'", "''")
        with disk_trouble(path):
            connection.execute(f"COPY verdicts TO '{place}' (FORMAT parquet)")


def single_rows(verdict: Verdict) -> Iterator[tuple[Cell, ...]]:
    """A verdict and, where its number was amended, the one under the number before."""
    owed = verdict.obligation
    for each, original in ((verdict, False), (verdict.under_original, True)):
        if each is None:
            continue
        source = each.figure.source if each.figure else None
        yield (
            owed.organization, owed.role.value, owed.rule.id, owed.period.label, each.outcome.value,
            each.reason.value if each.reason else None, each.progress,
            None if each.gap is None else each.gap.numerator, None if each.gap is None else each.gap.denominator,
            ";".join(each.notes) or None, original, source.file if source else None,
            source.line if source else None, source.cell if source else None,
        )  # fmt: skip
