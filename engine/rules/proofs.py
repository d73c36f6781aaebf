"""Proofs about rules: what holds for every figure that could ever come in, shown exactly, none sampled."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from engine.exact.intervals import Interval, show_interval
from engine.exact.linear import Decide
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.limit import Edge, Gap
from engine.model.period import Period
from engine.model.quantity import Quantity
from engine.model.rule import Rule
from engine.model.source import Source
from engine.model.target import Kind
from engine.model.verdict import Obligation
from engine.rules.claims import number_place
from engine.rules.compile import compile_limits
from engine.rules.conflicts import prove_together
from engine.rules.obligations import bound_quantity, list_obligations
from engine.rules.ranges import NUMBERED, WHOLE, indicator_ranges, wanted_of


def prove_rules(book: Book, solver: Decide | None = None) -> list[Diagnostic]:
    """What can be said of the rules and relations of a bound book before any figure comes in.

    `solver` decides what interval reasoning leaves open.
    Errors: edges-cross, threshold-impossible, rule-never-fails, rules-conflict, rule-implied, not-proven.
    """
    year_end = Period(book.plan.year, 12, f"{book.plan.year}Q4")
    obligations = list_obligations(book, year_end)
    numbered = [
        obligation
        for obligation in obligations
        if obligation.threshold is not None and obligation.rule.judging_kind in NUMBERED
    ]
    ranges = list(_ranges(book, numbered))
    impossible = {finding.params["rule"] for finding in ranges if finding.code == "threshold-impossible"}
    return [*_edges(book, numbered), *ranges, *prove_together(book, obligations, impossible, solver)]


# --- the bands, on the compiled edges --------------------------------------------------------------------------


def _edges(book: Book, obligations: Sequence[Obligation]) -> Iterator[Diagnostic]:
    """For every rule, number and period: what passes would not have failed, so the bands cover the line."""
    thresholds: dict[str, dict[Fraction | None, Quantity | None]] = {}
    for obligation in obligations:
        assert obligation.threshold is not None, "obligations without a number were left out"
        thresholds.setdefault(obligation.rule.id, {})[obligation.threshold.base] = obligation.threshold
    for rule in book.rules:
        numbers = thresholds.get(rule.id, {})
        own = bound_quantity(rule)
        numbers[own.base if own else None] = own
        if own is None and rule.judging_kind not in (Kind.RELATIVE, Kind.MILESTONE):
            del numbers[None]
        for period in _periods(book, rule):
            if any(not _nested(book, rule, base, period) for base in numbers):
                yield Diagnostic("edges-cross", rule.source, {"rule": rule.id, "period": period.label})


def _periods(book: Book, rule: Rule) -> list[Period]:
    """The quarters, and the months in which the rule's own pace or stages take a step."""
    months = {3, 6, 9, 12} | {day.month for day, _ in rule.pace} | {stage.due.month for stage in rule.stages}
    return [Period.ending(book.plan.year, month) for month in sorted(months)]


def _nested(book: Book, rule: Rule, base: Fraction | None, period: Period) -> bool:
    limits = compile_limits(rule, book.indicators[rule.indicator], base, period, book.policy, rule.id)
    return all(lies_inside(limit.passing, limit.risk, limit.gap) for limit in limits)


def lies_inside(inner: Edge, outer: Edge, gap: Gap) -> bool:
    """Whether every figure inside one edge lies inside the other, wherever the gap's divisor is above 0.

    Both are half-planes q·x + p·y ≥ c. Scaled so that x counts alike, the outer one less the inner one is a
    function of y alone, which has to be at or above 0 for every y with dp·y + dc > 0.
    """
    if inner.q == 0 or outer.q == 0 or (inner.q > 0) is not (outer.q > 0):
        return False
    slope = Fraction(outer.p, abs(outer.q)) - Fraction(inner.p, abs(inner.q))
    level = Fraction(inner.c, abs(inner.q)) - Fraction(outer.c, abs(outer.q))
    if gap.dp == 0:
        above, equal = slope == 0 and level >= 0, level == 0
    else:
        # At the end of the ray dp·y + dc > 0, and outwards from it.
        at_end = slope * Fraction(-gap.dc, gap.dp) + level
        above, equal = at_end >= 0 and slope * gap.dp >= 0, slope == 0 and level == 0
    return above and not (equal and outer.strict and not inner.strict)


# --- the range of an indicator ---------------------------------------------------------------------------------


def _ranges(book: Book, obligations: Sequence[Obligation]) -> Iterator[Diagnostic]:
    """Thresholds outside what the indicator can take, and rules that every possible figure keeps."""
    seen: set[tuple[str, Fraction]] = set()
    possible = indicator_ranges(book)
    for rule, threshold, place in _numbers(book, obligations):
        if (rule.id, threshold.base) in seen:
            continue
        seen.add((rule.id, threshold.base))
        share = rule.judging_kind is Kind.COVERAGE
        can_be = Interval(Fraction(0), WHOLE) if share else possible[rule.indicator]
        recorded = threshold is (rule.threshold if rule.bound == "upper" else rule.upper)
        wanted = wanted_of(rule, threshold)
        params = {"rule": rule.id, "found": threshold.text, "range": show_interval(can_be, threshold)}
        if not can_be.holds(threshold.base) or not (recorded or wanted.meets(can_be)):
            yield Diagnostic("threshold-impossible", place, params)
        elif not recorded and can_be.within(wanted):
            yield Diagnostic("rule-never-fails", place, params)


def _numbers(book: Book, obligations: Sequence[Obligation]) -> Iterator[tuple[Rule, Quantity, Source]]:
    """Every number that binds somebody at some time, and the other end of a range, each with its place."""
    amendments: dict[str, list[tuple[Quantity, Source]]] = {}
    for amendment in book.amendments:
        amendments.setdefault(amendment.target, []).append((amendment.threshold, amendment.source))
    for rule in book.rules:
        if rule.judging_kind in NUMBERED:
            for key, number in (("threshold", rule.threshold), ("upper", rule.upper)):
                if number is not None:
                    yield rule, number, rule.place(key)
            for number, place in amendments.get(rule.target, ()):
                yield rule, number, place
    for obligation in obligations:
        for number in (obligation.threshold, obligation.original):
            if number is not None:
                yield obligation.rule, number, number_place(book, obligation)
