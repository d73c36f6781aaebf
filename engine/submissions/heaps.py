"""Figures that heap just over their lines: each may be true, so many of them hardly."""

from collections.abc import Iterator, Sequence

from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure
from engine.model.suspicion import Heaped
from engine.model.target import Kind
from engine.model.verdict import Outcome, Verdict
from engine.quantities import format_decimal

#: The unit of gaps that can be compared across rules.
_POINTS = "percentage point"

#: Base units of the whole: nothing can stand above a line there.
_WHOLE = 1000

_KINDS = (Kind.TOTAL, Kind.LEVEL, Kind.RATE)


def find_heaps(verdicts: Sequence[Verdict], wanted: Heaped) -> Iterator[Diagnostic]:
    """The periods in which so many figures stand just over their lines and so few just under, across bodies and rules.

    Counted once per figure and rule, whoever answers for it. A soft line, and one that nothing can exceed, is no
    line to heap over.
    Errors: none; the note heaped-over-line.
    """
    by_period: dict[str, dict[object, Verdict]] = {}
    for verdict in verdicts:
        if _has_sharp_line(verdict) and verdict.figure is not None:
            key = (verdict.obligation.rule.id, verdict.figure.key)
            by_period.setdefault(verdict.obligation.period.label, {}).setdefault(key, verdict)
    for period, judged in by_period.items():
        near = [each for each in judged.values() if each.gap is not None and -wanted.within <= each.gap < wanted.within]
        over = [each for each in near if each.gap is not None and each.gap >= 0]
        under = len(near) - len(over)
        if len(over) < wanted.figures or len(over) < wanted.times * under:
            continue
        figures = sorted((each.figure for each in over if each.figure), key=_place)
        params = {
            "period": period,
            "count": str(len(over)),
            "under": str(under),
            "within": format_decimal(wanted.within),
            "bodies": str(len({figure.organization for figure in figures})),
            "rules": str(len({each.obligation.rule.id for each in over})),
        }
        related = tuple(figure.source for figure in figures[1:])
        yield Diagnostic("heaped-over-line", figures[0].source, params, related)


def _place(figure: Figure) -> tuple[str, int, int]:
    return (figure.source.file, figure.source.line, figure.source.column)


def _has_sharp_line(verdict: Verdict) -> bool:
    rule, figure, target = verdict.obligation.rule, verdict.figure, verdict.obligation.threshold
    if (
        verdict.outcome is Outcome.UNDECIDED
        or verdict.gap_unit != _POINTS
        or figure is None
        or "inspected" in figure.notes
    ):
        return False
    whole = target is not None and target.unit.dimension == "share" and target.base >= _WHOLE
    return rule.judging_kind in _KINDS and not rule.soft and not verdict.members and not whole
