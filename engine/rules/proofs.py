"""Proofs about rules: what holds for every figure that could ever come in, shown exactly, none sampled.

A figure of an indicator lies in its range (a count is never negative, a share of a whole never above 100 %); at
the year's end a rule wants it in an interval. In one dimension two intervals without a common point are the
smallest set that conflicts: wherever several rules cannot hold at once, two of them already cannot.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.limit import Edge, Gap
from engine.model.period import Period
from engine.model.quantity import Quantity
from engine.model.rule import Indicator, Rule
from engine.model.target import Kind, Target
from engine.model.verdict import Obligation
from engine.quantities import format_decimal
from engine.rules.compile import compile_limits
from engine.rules.obligations import bound_quantity, list_obligations

#: Names of shares of a whole, in both scripts: none of them can exceed 100 %.
_SHARE_NAME = re.compile(
    r"(?:覆[蓋盖]|普及|合格|[達达][標标]|失[業业]|就[業业]|入[學学]|入[園园]|[參参]保|收集|[處处]理|[辦办][結结]|優良|优良|[開开]工|成功|及格"
    r"|[滿满]意|知[曉晓]|接[種种]|[綠绿]化|城[鎮镇]化)(?:率|度)|比重|[佔占]比|比例"
)

#: Words that make a growth of any name, which has no bounds.
_GROWTH_NAME = re.compile(r"增[速長长幅]|[漲涨升降]幅|[漲涨]|[產产][銷销]")

#: Base units of the whole: shares count in per mille.
_WHOLE = Fraction(1000)

#: Kinds whose figure at the year's end is a number that an interval can hold.
_NUMBERED = (Kind.TOTAL, Kind.LEVEL, Kind.RATE, Kind.ALWAYS, Kind.COVERAGE)


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval of the number line; a bound is None where it has none, and open where it is not met itself.

    Units: base units of a dimension.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    def meets(self, other: "Interval") -> bool:
        """Whether the two have a common point."""
        return _below(self, other) and _below(other, self)

    def within(self, other: "Interval") -> bool:
        """Whether every point of this one lies in the other."""
        low = other.low is None or (
            self.low is not None
            and (self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open)))
        )
        high = other.high is None or (
            self.high is not None
            and (self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open)))
        )
        return low and high

    def common(self, other: "Interval") -> "Interval":
        """The points of both."""
        lows = [(each.low, each.low_open) for each in (self, other) if each.low is not None]
        highs = [(-each.high, each.high_open) for each in (self, other) if each.high is not None]
        low, low_open = max(lows, default=(None, False))
        high, high_open = max(highs, default=(None, False))
        return Interval(low, None if high is None else -high, low_open, high_open)


def _below(left: Interval, right: Interval) -> bool:
    """Whether `left` begins before `right` ends."""
    if left.low is None or right.high is None:
        return True
    return left.low < right.high or (left.low == right.high and not (left.low_open or right.high_open))


def prove_rules(book: Book) -> list[Diagnostic]:
    """What can be said of the rules of a bound book before any figure comes in.

    Errors: edges-cross, threshold-impossible, rule-never-fails, rules-contradict, rule-implied.
    """
    year_end = Period(book.plan.year, 12, f"{book.plan.year}Q4")
    obligations = [
        obligation
        for obligation in list_obligations(book, year_end)
        if obligation.threshold is not None and obligation.rule.judging_kind in _NUMBERED
    ]
    return [*_edges(book, obligations), *_ranges(book, obligations), *_pairs(book, obligations)]


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


def range_of(rule: Rule, indicator: Indicator, target: Target) -> Interval:
    """The numbers that a figure of this rule can be.

    Units: base units of the threshold's dimension.
    """
    kind = rule.judging_kind
    if kind is Kind.COVERAGE:
        return Interval(Fraction(0), _WHOLE)
    parts = indicator.parts
    if target.change or _GROWTH_NAME.search(indicator.name) or (parts and parts.form == "growth"):
        return Interval()
    if indicator.unit.dimension == "share":
        whole = parts is not None and parts.form == "ratio" and not parts.may_exceed
        if whole or (parts is None and _SHARE_NAME.search(indicator.name)):
            return Interval(Fraction(0), _WHOLE)
        return Interval()
    return Interval() if indicator.net or rule.net else Interval(Fraction(0))


def wanted_of(rule: Rule, threshold: Quantity) -> Interval:
    """The numbers that keep a promise at the year's end, with the tolerance of a soft one.

    Units: base units of the threshold's dimension.
    """
    slack = _slack(rule, threshold)
    strict = rule.direction.strict and not rule.soft
    if rule.direction.sign > 0:
        return Interval(low=threshold.base - slack, low_open=strict)
    return Interval(high=threshold.base + slack, high_open=strict)


def _slack(rule: Rule, threshold: Quantity) -> Fraction:
    """The tolerance in base units: points are of the number itself where the gap is counted in points of it."""
    kind = rule.judging_kind
    if kind in (Kind.TOTAL, Kind.LEVEL):
        return rule.tolerance * abs(threshold.base) / 100
    if kind is Kind.COVERAGE:
        return rule.tolerance * _WHOLE / 100
    return rule.tolerance * (rule.threshold or threshold).unit.factor


def _ranges(book: Book, obligations: Sequence[Obligation]) -> Iterator[Diagnostic]:
    """Thresholds outside what the indicator can take, and rules that every possible figure keeps."""
    seen: set[tuple[str, Fraction]] = set()
    targets = book.targets
    for obligation in obligations:
        rule, threshold = obligation.rule, obligation.threshold
        assert threshold is not None, "obligations without a number were left out"
        if (rule.id, threshold.base) in seen:
            continue
        seen.add((rule.id, threshold.base))
        possible = range_of(rule, obligation.indicator, targets[rule.target])
        wanted = wanted_of(rule, threshold)
        point = Interval(threshold.base, threshold.base)
        place = rule.place("threshold")
        params = {"rule": rule.id, "found": threshold.text, "range": show_interval(possible, threshold)}
        if not point.within(possible) or not wanted.meets(possible):
            yield Diagnostic("threshold-impossible", place, params)
        elif possible.within(wanted):
            yield Diagnostic("rule-never-fails", place, params)


def show_interval(interval: Interval, like: Quantity) -> str:
    """An interval as it is written in mathematics, in the unit of measure of a quantity.

    >>> from decimal import Decimal
    >>> from engine.model.quantity import Unit
    >>> show_interval(Interval(Fraction(0), low_open=True), Quantity(Decimal(3), 0, Unit("家", "家", 1), "3 家"))
    '(0, ∞) 家'
    """
    unit = like.unit
    low = "-∞" if interval.low is None else format_decimal(interval.low / unit.factor + unit.offset)
    high = "∞" if interval.high is None else format_decimal(interval.high / unit.factor + unit.offset)
    left = "(" if interval.low is None or interval.low_open else "["
    right = ")" if interval.high is None or interval.high_open else "]"
    return f"{left}{low}, {high}{right} {unit.symbol}"


# --- several rules on one indicator ----------------------------------------------------------------------------


def _pairs(book: Book, obligations: Sequence[Obligation]) -> Iterator[Diagnostic]:
    """Rules that judge one body on one indicator, two at a time."""
    groups: dict[tuple[str, str], list[Obligation]] = {}
    for obligation in obligations:
        groups.setdefault((obligation.organization, obligation.indicator.id), []).append(obligation)
    said: set[tuple[str, str]] = set()
    targets = book.targets
    for group in groups.values():
        for place, later in enumerate(group):
            for earlier in group[:place]:
                pair = (earlier.rule.id, later.rule.id)
                finding = None if pair in said or pair[0] == pair[1] else _pair(targets, earlier, later)
                if finding:
                    said.add(pair)
                    yield finding


def _pair(targets: dict[str, Target], earlier: Obligation, later: Obligation) -> Diagnostic | None:
    if earlier.threshold is None or later.threshold is None:
        return None
    if earlier.threshold.unit.dimension != later.threshold.unit.dimension:
        return None
    possible = range_of(later.rule, later.indicator, targets[later.rule.target])
    first = wanted_of(earlier.rule, earlier.threshold).common(possible)
    second = wanted_of(later.rule, later.threshold).common(possible)
    params = {
        "rule": later.rule.id,
        "other": earlier.rule.id,
        "indicator": later.indicator.id,
        "organization": later.organization,
        "wanted": show_interval(second, later.threshold),
        "others": show_interval(first, earlier.threshold),
    }
    places = later.rule.place("threshold"), earlier.rule.place("threshold")
    if not first.meets(second):
        return Diagnostic("rules-contradict", places[0], params, (places[1],))
    if earlier.rule.judging_kind is not later.rule.judging_kind:
        return None
    if first.within(second):
        return Diagnostic("rule-implied", places[0], params, (places[1],))
    if second.within(first):
        turned = {**params, "rule": earlier.rule.id, "other": later.rule.id}
        turned |= {"wanted": params["others"], "others": params["wanted"]}
        return Diagnostic("rule-implied", places[1], turned, (places[0],))
    return None
