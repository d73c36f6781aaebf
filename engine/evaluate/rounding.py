"""What a figure as written stands for, and between which gaps the true one lies.

7.0 stands for everything that rounds to it: from 6.95, which belongs to it, up to 7.05, which does not; below zero
it is the other way round. The ends are those that the engine's SQL takes.
"""

from collections.abc import Iterator
from fractions import Fraction

from engine.evaluate.judged import Judged, is_decided
from engine.model.derivation import Step, equal
from engine.model.figure import Figure


def list_stands_for(judged: Judged) -> Iterator[Step]:
    """The least and the most that the figure, and the one it is compared with, may be."""
    if not _matters(judged):
        return
    for figure, key in ((judged.figure, "stands"), (judged.partner, "partner-stands")):
        if figure is None or figure.x is None or not figure.x_half:
            continue
        value, half, unit = figure.x / judged.step, figure.x_half / judged.step, judged.unit.symbol
        low, high = ("from" if figure.x_sign > 0 else "above"), ("to" if figure.x_sign < 0 else "below")
        yield equal("figure", f"{key}-{low}", (value, "-", half), value - half, unit)
        yield equal("figure", f"{key}-{high}", (value, "+", half), value + half, unit)


def list_gap_ends(judged: Judged) -> Iterator[Step]:
    """The least and the greatest gap that the figures may have, as they are written."""
    if not _matters(judged):
        return
    gap = judged.verdict.gap
    assert gap is not None
    edge = judged.limit.passing
    moved = [(figure, factor) for figure, factor in ((judged.figure, edge.q), (judged.partner, edge.p)) if factor]
    reach = sum((figure.x_half for figure, _ in moved if figure), Fraction(0)) / judged.step
    if not reach:
        return
    unit = judged.verdict.gap_unit or ""
    low = "least" if _meets(moved, 1) else "above"
    high = "most" if _meets(moved, -1) else "below"
    yield equal("comparison", f"gap-{low}", (gap, "-", reach), gap - reach, unit)
    yield equal("comparison", f"gap-{high}", (gap, "+", reach), gap + reach, unit)


def _matters(judged: Judged) -> bool:
    return judged.limit.rounding and is_decided(judged.verdict)


def _meets(moved: list[tuple[Figure | None, int]], end: int) -> bool:
    """Whether the gap at this end is one of a number that is written so."""
    return all(figure is not None and factor * figure.x_sign * end > 0 for figure, factor in moved)
