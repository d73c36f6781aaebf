"""What earlier periods say about a figure: baselines, and totals that may not fall."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from engine.exact.intervals import Interval
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey, Form
from engine.model.period import Period
from engine.model.target import Kind
from engine.submissions.rounding import add, figure_range, negative

_NOT_BELOW_ZERO = Interval(Fraction(0))


def inherit_baselines(
    book: Book, figures: dict[FigureKey, Figure], current: Collection[Figure], found: list[Diagnostic]
) -> dict[FigureKey, Figure]:
    """Give levels without a baseline of their own the one of an earlier period, or last year's end.

    Errors: baseline-changed where a `current` submission states another baseline than an earlier one of the year.
    """
    periods = {figure.period.key for figure in current}
    levels = {rule.indicator for rule in book.rules if rule.judging_kind is Kind.LEVEL}
    completed = dict(figures)
    for key in sorted(figures):
        figure = figures[key]
        if figure.indicator not in levels or figure.form is not Form.VALUE or figure.fault:
            continue
        known = known_baseline(completed, *figure.key[:2], figure.period, figure.member)
        if known is None:
            continue
        baseline, half, stated_by = known
        if figure.y is None:
            completed[key] = replace(figure, y=baseline, halves=(figure.halves[0], half))
        elif figure.y != baseline and figure.period.key in periods:
            params = {
                "organization": figure.organization,
                "indicator": book.indicators[figure.indicator].name,
            }
            params |= {"period": stated_by.period.label}
            found.append(Diagnostic("baseline-changed", figure.source, params, (stated_by.source,)))
    return completed


def known_baseline(
    figures: Mapping[FigureKey, Figure], organization: str, indicator: str, period: Period, member: str
) -> tuple[Fraction, Fraction, Figure] | None:
    """The baseline that the latest earlier period of the year states; else the figure of last year's end.

    With it goes half of its last written digit, and who states it.
    """
    for month in range(period.month - 1, 0, -1):
        earlier = figures.get((organization, indicator, period.year * 100 + month, member))
        if earlier and earlier.fault is None and earlier.y is not None:
            return earlier.y, earlier.halves[1], earlier
    last_year = (period.year - 1) * 100 + 12
    before = figures.get((organization, indicator, last_year, member))
    if before and before.fault is None and before.x is not None:
        return before.x, before.halves[0], before
    return None


def check_history(
    book: Book, figures: Mapping[FigureKey, Figure], current: Iterable[int], found: list[Diagnostic]
) -> None:
    """Hold the year to date against earlier periods; `figures` hold the revisions that were declared with their reason.

    Year-to-date figures may not fall: totals, what is done of all that is eligible, finished stages. Net totals,
    levels, rates and what stands at a moment may; so may what rounding explains (3.5 and then 3.46). A list that is
    fixed for the year stays as long as it was.
    Errors: year-to-date-falls, list-changed.
    """
    adding = adding_indicators(book)
    courses = {rule.indicator: rule for rule in book.rules if rule.judging_kind in (Kind.COVERAGE, Kind.MILESTONE)}
    periods = set(current)
    for key in sorted(figures):
        figure = figures[key]
        if figure.period.key not in periods or figure.x is None or figure.fault:
            continue
        earlier = _latest_before(figures, figure)
        if earlier is None or earlier.x is None:
            continue
        if figure.indicator in adding and falls(book, figure, earlier):
            found.append(_before_and_now(book, "year-to-date-falls", figure, earlier))
        rule = courses.get(figure.indicator)
        # A revision of a list or of stages is declared in words that only people can weigh.
        if rule is None or _revises(figure, earlier) or figure.form is not earlier.form:
            continue
        if figure.x < earlier.x:
            found.append(_before_and_now(book, "year-to-date-falls", figure, earlier))
        if rule.eligible == "fixed-list" and figure.y != earlier.y:
            found.append(_before_and_now(book, "list-changed", figure, earlier))


def _before_and_now(book: Book, code: str, figure: Figure, earlier: Figure) -> Diagnostic:
    member = f"（{figure.member}）" if figure.member else ""
    params = {
        "organization": figure.organization,
        "indicator": book.indicators[figure.indicator].name + member,
        "now": figure.submitted,
        "before": earlier.submitted,
        "period": earlier.period.label,
    }
    return Diagnostic(code, figure.source, params, (earlier.source,))


def _revises(figure: Figure, earlier: Figure) -> bool:
    return bool(figure.revises) and Period.parse(figure.revises[0]) == earlier.period


def falls(book: Book, figure: Figure, earlier: Figure) -> bool:
    """Whether a figure is below an earlier one, whatever both round from."""
    now, before = figure_range(book, figure), figure_range(book, earlier) or Interval()
    return now is not None and not add([now, negative(before)]).meets(_NOT_BELOW_ZERO)


def adding_indicators(book: Book) -> frozenset[str]:
    """The indicators whose figures add up over the year and may not fall."""
    return frozenset(
        rule.indicator
        for rule in book.rules
        if rule.judging_kind is Kind.TOTAL and not rule.net and not book.indicators[rule.indicator].net
    )


def _latest_before(figures: Mapping[FigureKey, Figure], figure: Figure) -> Figure | None:
    for month in range(figure.period.month - 1, 0, -1):
        earlier = figures.get((figure.organization, figure.indicator, figure.period.year * 100 + month, figure.member))
        if earlier and earlier.fault is None:
            return earlier
    return None
