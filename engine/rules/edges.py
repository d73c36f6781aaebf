"""The edges of a rule, and which of their positions a worked case tries.

During the year a rule has the edge of `pass` and, where its band has any width, that of `at-risk`; at the year's end
only that of the kept promise. A level's edges are those of a figure with its baseline.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from engine.model.book import Book
from engine.model.case import Case, EdgePosition
from engine.model.figure import Figure, FigureKey, Form
from engine.model.limit import Edge, Limit, LimitedObligation
from engine.model.period import Period
from engine.model.quantity import Quantity
from engine.model.rule import Indicator, Rule
from engine.model.target import Kind
from engine.model.verdict import Obligation, Role, Verdict
from engine.quantities import read_quantity
from engine.rules.cases import owed_limits

UNDER, AT, OVER = "under", "at", "over"

#: The whole of a share in base units: a part cannot be more than all of it.
_WHOLE = 1000


def tried_positions(
    limited: LimitedObligation, verdict: Verdict, step: Fraction, figures: Mapping[FigureKey, Figure]
) -> tuple[EdgePosition, ...]:
    """The positions at which the figure stands that decided this verdict; `step` is its last written digit.

    Units: `step` in base units. A verdict that an earlier breach or a gap in the data decided tries none.
    Those of a body on a quota are at the edges of another number than the rule's (`on_quota`).
    """
    figure, obligation = verdict.figure, limited.obligation
    if figure is None or figure.x is None or figure.fault or verdict.gap is None:
        return ()
    if any(note.startswith("breached-in:") for note in verdict.notes):
        return ()
    y = figure.y
    if obligation.rule.partner:
        y = figures[figure.organization, obligation.rule.partner, figure.period.key, ""].x
    limit = _limit_of(limited.limits, figure, obligation.rule)
    if limit is None:
        return ()
    positions = []
    for phase, name, edge in _named_edges(limit, obligation.period):
        distance = edge.q * figure.x + edge.p * (y or Fraction(0)) - edge.c
        if abs(distance) <= abs(edge.q) * step:
            position = AT if distance == 0 else UNDER if distance < 0 else OVER
            positions.append(EdgePosition(obligation.rule.id, phase, name, position))
    return tuple(positions)


def on_quota(obligation: Obligation) -> bool:
    """Whether a body is held to a number of its own beside the one that the lead is held to."""
    judged = obligation.rule.judged
    return judged.lead and judged.quota is not None and obligation.role is Role.RESPONSIBLE


def list_positions(book: Book, rule: Rule, cases: Collection[Case], step: Fraction | None) -> list[EdgePosition]:
    """Every position that a figure of this rule can take, over the quarters and all bodies held to the same number.

    `step` is the finest digit that its cases write, in base units: an edge that no such number meets has no
    position `at`. Nothing stands under zero accidents or over all of a list.
    """
    number = next((case.number for case in cases if case.number), None)
    found: dict[EdgePosition, None] = {}
    for month in sorted({3, 6, 9, 12, *(key % 100 for key in rule.due_in)}):
        period = Period.ending(book.plan.year, month)
        for limited in owed_limits(book, rule, period, number):
            if on_quota(limited.obligation):
                continue
            limit = limited.limits[0]
            grid = step or _written_step(limited)
            for phase, name, edge in _named_edges(limit, period):
                for position in _possible(edge, limit, limited, grid):
                    found.setdefault(EdgePosition(rule.id, phase, name, position))
    return sorted(found, key=_reading_order)


def reporting_step(case: Case, verdict: Verdict, definitions: str) -> Fraction:
    """What the last written digit of the deciding figure is worth; one stage of a milestone.

    Units: base units, of a figure from parts those of its first part.
    """
    figure, indicator = verdict.figure, case.obligation.indicator
    if figure is None or figure.form is Form.STAGE:
        return Fraction(1)
    if figure.x_half:
        return 2 * figure.x_half
    first = indicator.parts.names[0] if indicator.parts else "done"
    for entry in case.entries:
        cell = entry.parts.get(first)
        if cell and figure.source in [each.source for each in entry.parts.values()]:
            quantity = read_quantity(cell.text, unit=cell.unit, definitions=definitions)
            if isinstance(quantity, Quantity):
                return 2 * quantity.half_step
    return Fraction(indicator.unit.factor)


def _limit_of(limits: Sequence[Limit], figure: Figure, rule: Rule) -> Limit | None:
    """The limit that the figure was held against; for levels only with a baseline that leaves a way to go."""
    if rule.judging_kind is Kind.LEVEL:
        limit = limits[0]
        unmet = figure.y is not None and limit.meets is not None and not limit.meets.holds(figure.y, Fraction(0))
        return limit if unmet else None
    if rule.partner:
        return limits[0]
    return next((limit for limit in limits if limit.form == figure.form.value), None)


def _named_edges(limit: Limit, period: Period) -> Iterator[tuple[str, str, Edge]]:
    if period.is_year_end:
        yield "year-end", "pass", limit.passing
        return
    yield "year", "pass", limit.passing
    if limit.risk != limit.passing:
        yield "year", "at-risk", limit.risk


def _possible(edge: Edge, limit: Limit, limited: LimitedObligation, step: Fraction) -> Iterator[str]:
    """The positions at this edge that a figure can take at all."""
    rule, indicator = limited.obligation.rule, limited.obligation.indicator
    least: Fraction | None
    most: Fraction | None
    if edge.p:
        # Two numbers make the figure: some pair of them meets the edge, and only a part of a whole is bounded.
        counted = limit.form == Form.COUNTED.value
        line = Fraction(-edge.p, edge.q)
        least, most, on_grid = (Fraction(0), Fraction(1), True) if counted else (None, None, True)
    else:
        line = Fraction(edge.c, edge.q)
        least, most = _bounds(rule, indicator)
        on_grid = (line / step).denominator == 1
    below, above = (UNDER, OVER) if edge.q > 0 else (OVER, UNDER)
    if least is None or line > least:
        yield below
    if on_grid and (least is None or line >= least) and (most is None or line <= most):
        yield AT
    if most is None or line < most:
        yield above


def _bounds(rule: Rule, indicator: Indicator) -> tuple[Fraction | None, Fraction | None]:
    """Between which numbers every figure of the rule lies."""
    if rule.judging_kind is Kind.MILESTONE:
        return Fraction(0), Fraction(len(rule.stages))
    part = indicator.parts is not None and indicator.parts.form == "ratio"
    if indicator.unit.dimension == "share" and not part:
        return None, None
    least = None if rule.net or indicator.net else Fraction(0)
    whole = part and indicator.parts is not None and not indicator.parts.may_exceed
    return least, Fraction(_WHOLE) if whole else None


def _written_step(limited: LimitedObligation) -> Fraction:
    threshold = limited.obligation.threshold
    return 2 * threshold.half_step if threshold else Fraction(1)


def _reading_order(position: EdgePosition) -> tuple[int, ...]:
    return (
        ("year", "year-end").index(position.phase),
        ("pass", "at-risk").index(position.edge),
        (UNDER, AT, OVER).index(position.position),
    )
