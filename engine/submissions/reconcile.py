"""The city's figure against the sum of the counties' figures, and figures established on site."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from engine.exact.intervals import Interval
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey, Form
from engine.model.noun import dataclass
from engine.model.rule import Rule
from engine.model.verdict import Obligation, Role
from engine.quantities import format_decimal
from engine.submissions.rounding import add, figure_range, negative


def reconcile(
    book: Book,
    obligations: Sequence[Obligation],
    figures: Mapping[FigureKey, Figure],
    found: list[Diagnostic],
) -> None:
    """Compare the city's figure of an additive indicator with the sum of the bodies that have a quota of it.

    What did not come in could be anything: the others must not exceed the city's figure, unless the missing one may
    be negative. What may lie between them is the rule's tolerance; where it states none, what rounding explains. The
    lead's figure stays the one that is judged.
    Units: sums in base units, the tolerance is the rule's.
    Errors: sum-differs, against both sides.
    """
    for each in reported_sums(obligations, figures):
        city, slack = each.city, each.rule.reconcile_tolerance
        ranges = [_stands_for(book, figure, slack) for figure in (city, *each.counted)]
        short = add([ranges[0], *map(negative, ranges[1:])])
        if city.x is None or short.meets(Interval(-slack, slack if each.complete else None)):
            continue
        total = sum((figure.x for figure in each.counted if figure.x is not None), Fraction(0))
        unit = book.indicators[city.indicator].unit
        params = {
            "organization": city.organization,
            "indicator": book.indicators[city.indicator].name,
            "city": format_decimal(city.x / unit.factor),
            "sum": format_decimal(total / unit.factor),
            "unit": unit.symbol,
            "count": str(len(each.counted)),
        }
        others = tuple(figure.source for figure in each.counted)
        found.append(Diagnostic("sum-differs", city.source, params, others))


def _stands_for(book: Book, figure: Figure, slack: Fraction) -> Interval:
    """The number as it is written where a tolerance allows for rounding, else all numbers that round to it."""
    return Interval(figure.x, figure.x) if slack else figure_range(book, figure) or Interval()


@dataclass(frozen=True, slots=True)
class ReportedSum:
    """The city's figure of an additive indicator and those of the bodies that have a quota of it.

    `complete`: all of them reported, so that they come to the city's figure; else they come to no more.
    """

    rule: Rule
    city: Figure
    counted: tuple[Figure, ...]
    complete: bool


def reported_sums(obligations: Sequence[Obligation], figures: Mapping[FigureKey, Figure]) -> Iterator[ReportedSum]:
    """What came in of every sum; nothing where the city's figure is missing, or a missing part could be negative."""
    by_rule: dict[tuple[str, int], list[Obligation]] = {}
    for obligation in obligations:
        if obligation.indicator.additive:
            by_rule.setdefault((obligation.rule.id, obligation.period.key), []).append(obligation)
    for group in by_rule.values():
        leads = [obligation for obligation in group if obligation.role is Role.LEAD]
        parts = [obligation for obligation in group if obligation.role is Role.RESPONSIBLE]
        city = next(filter(None, (_figure(figures, obligation) for obligation in leads)), None)
        reported = [(obligation, _figure(figures, obligation)) for obligation in parts]
        owing = [figure for obligation, figure in reported if obligation.owed]
        counted = tuple(figure for _, figure in reported if figure is not None and figure.x is not None)
        complete = None not in owing
        net = leads and (leads[0].rule.net or leads[0].indicator.net)
        if city is None or city.x is None or not owing or not counted or (net and not complete):
            continue
        yield ReportedSum(leads[0].rule, city, counted, complete)


def _figure(figures: Mapping[FigureKey, Figure], obligation: Obligation) -> Figure | None:
    for name in obligation.reporters:
        figure = figures.get((name, obligation.indicator.id, obligation.period.key, ""))
        if figure and figure.fault is None and figure.form is Form.VALUE:
            return figure
    return None


def apply_inspections(
    book: Book, figures: dict[FigureKey, Figure], established: Iterable[Figure], found: list[Diagnostic]
) -> dict[FigureKey, Figure]:
    """Put the figures established on site in the place of the submitted ones; both stay visible.

    Errors: overstated where the submission was better than what was found, beyond the rule's tolerance.
    """
    replaced = dict(figures)
    ceilings = {rule.indicator for rule in book.rules if rule.direction.sign < 0}
    tolerances = {rule.indicator: rule.reconcile_tolerance for rule in book.rules}
    for figure in established:
        before = replaced.get(figure.key)
        if figure.fault:
            continue
        notes = ("inspected", *(before.notes if before else ()))
        submitted = before.submitted if before else ""
        y = figure.y if figure.y is not None else (before.y if before and before.form is figure.form else None)
        replaced[figure.key] = replace(figure, notes=notes, submitted=submitted, y=y)
        reported = _comparable(book, before) if before else None
        found_on_site = _comparable(book, figure)
        if before is None or reported is None or found_on_site is None:
            continue
        better = found_on_site - reported if figure.indicator in ceilings else reported - found_on_site
        if better > tolerances.get(figure.indicator, 0):
            params = {
                "organization": figure.organization,
                "indicator": book.indicators[figure.indicator].name,
                "submitted": before.submitted,
                "established": figure.submitted,
            }
            found.append(Diagnostic("overstated", before.source, params, (figure.source,)))
    return replaced


def _comparable(book: Book, figure: Figure) -> Fraction | None:
    """One number for any form, so that a rate can be held against its parts; in base units of what it measures."""
    if figure.fault or figure.x is None:
        return None
    if figure.form not in (Form.PARTS, Form.COUNTED):
        return figure.x
    if not figure.y:
        return None
    parts = book.indicators[figure.indicator].parts
    growth = figure.form is Form.PARTS and parts is not None and parts.form == "growth"
    return 1000 * (figure.x / figure.y - (1 if growth else 0))
