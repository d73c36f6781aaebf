"""What a cell's own course says of it: how much less strange its figure were, if the contradictions were mended there.

A figure is strange by the factor that lies between it and what is due, times the one between it and what the figure
before leads to expect. A cell that is wrong is usually strange, and is not any more with the number that the other
cells leave to it; a sound cell that is made to explain an error becomes strange.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from fractions import Fraction

from engine.exact.intervals import Interval
from engine.exact.linear import System, Variable
from engine.model.figure import Figure, FigureKey, Form
from engine.model.noun import dataclass
from engine.model.rule import share_due
from engine.model.target import Kind
from engine.model.verdict import Obligation
from engine.submissions.cells import Cell, Sheet

#: The factor between a number and one of another sign, or zero, and the most that one reference can say.
_MOST = Fraction(1000)

#: Kinds whose figures grow with the year.
_GROWING = (Kind.TOTAL, Kind.COVERAGE)


@dataclass(slots=True)
class Courses:
    """The courses of all figures; `doubted` are those that take part in a contradiction and say nothing of others."""

    obligations: Sequence[Obligation]
    figures: Mapping[FigureKey, Figure]
    doubted: Collection[FigureKey]
    _owed: dict[tuple[str, str], Obligation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index what is owed by body and indicator."""
        for each in self.obligations:
            if each.threshold is not None or each.rule.stages:
                self._owed.setdefault((each.organization, each.indicator.id), each)

    def gain(self, sheet: Sheet, part: System, claim: int) -> Fraction:
        """How many times less strange the figure of a cell were with the number that all other cells leave to it.

        1 where nothing can be said: of a baseline, and of a cell without any course.
        """
        cell = sheet.cells[claim]
        references = [] if cell.baseline else list(self._references(cell.figure))
        written = {sheet.names[each]: _middle(sheet.cells[each]) for each in part.claims}
        value = written[sheet.names[claim]]
        if not references or value is None:
            return Fraction(1)
        room = _room(part, {name: each for name, each in written.items() if each is not None}, sheet.names[claim])
        mended = min(_strangeness(_nearest(room, each), references) for each in (*references, value))
        return _strangeness(value, references) / mended

    def _references(self, figure: Figure) -> Iterator[Fraction]:
        """What is due of a figure, and what the latest figure before it that nobody doubts leads to expect."""
        owed = self._owed.get((figure.organization, figure.indicator))
        kind = owed.rule.judging_kind if owed else None
        if owed is not None and kind is Kind.MILESTONE:
            yield Fraction(sum(stage.due <= figure.period.end for stage in owed.rule.stages))
        elif owed is not None and kind is Kind.COVERAGE and figure.y is not None:
            yield figure.y * (share_due(owed.rule, figure.period) if owed.rule.eligible == "fixed-list" else 1)
        elif owed is not None and owed.threshold is not None:
            base, share = owed.threshold.base, share_due(owed.rule, figure.period)
            if kind is Kind.TOTAL:
                yield base * share
            elif kind is not Kind.LEVEL or figure.y is None:
                yield base
            else:
                yield figure.y + (base - figure.y) * share
        for month in range(figure.period.month - 1, 0, -1):
            key = (figure.organization, figure.indicator, figure.period.year * 100 + month, figure.member)
            before = self.figures.get(key)
            if before is None or before.fault or before.form is not figure.form or key in self.doubted:
                continue
            if before.x is not None and before.form is not Form.PARTS:
                yield before.x * (figure.period.share / before.period.share if kind in _GROWING else 1)
            return


def _middle(cell: Cell) -> Fraction | None:
    """The number of a cell, as it is written."""
    figure = cell.figure
    if cell.baseline:
        return figure.y
    return figure.x if figure.form is not Form.PARTS else None


def _room(part: System, written: Mapping[Variable, Fraction], name: Variable) -> Interval:
    """The numbers that one variable can have, with all others as they are written."""
    room = part.ranges.get(name, Interval())
    for each in part.linear:
        terms = dict(each.terms)
        others = [other for other in terms if other != name]
        # What a cell itself claims is what is given up, and what nobody wrote could be anything.
        if name not in terms or not others or any(other not in written for other in others):
            continue
        rest = sum((terms[other] * written[other] for other in others), each.constant)
        end = -rest / terms[name]
        room = room.common(Interval(low=end) if terms[name] > 0 else Interval(high=end))
    for product in part.products:
        above, below = written.get(product.numerator), written.get(product.denominator)
        if product.rate == name and above is not None and below:
            exact = product.scale * above / below
            room = room.common(Interval(exact, exact))
    return room


def _nearest(room: Interval, wanted: Fraction) -> Fraction:
    if room.low is not None and wanted < room.low:
        return room.low
    if room.high is not None and wanted > room.high:
        return room.high
    return wanted


def _strangeness(value: Fraction, references: Sequence[Fraction]) -> Fraction:
    product = Fraction(1)
    for each in references:
        apart = max(value / each, each / value) if value * each > 0 else _MOST
        product *= min(apart, _MOST)
    return product
