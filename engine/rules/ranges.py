"""What a figure can be, and which figures keep a promise at the year's end."""

import re
from collections.abc import Sequence
from fractions import Fraction

from engine.exact.intervals import Interval
from engine.model.book import Book
from engine.model.quantity import Quantity
from engine.model.rule import Indicator, Rule
from engine.model.target import Change, Kind, Target

#: Names of shares of a whole, in both scripts: none of them can exceed 100 %.
_SHARE_NAME = re.compile(
    r"(?:覆[蓋盖]|普及|合格|[達达][標标]|失[業业]|就[業业]|入[學学]|入[園园]|[參参]保|收集|[處处]理|[辦办][結结]|優良|优良|[開开]工|成功|及格"
    r"|[滿满]意|知[曉晓]|接[種种]|[綠绿]化|城[鎮镇]化)(?:率|度)|比重|[佔占]比|比例"
)

#: Words that make a growth of any name; without its sign, which only the reading knows, it has no bounds.
_GROWTH_NAME = re.compile(r"增[速長长幅]|[漲涨升降]幅|[漲涨]|[產产][銷销]")

#: Base units of the whole: shares count in per mille.
WHOLE = Fraction(1000)

#: Kinds whose figure at the year's end is a number that an interval can hold.
NUMBERED = (Kind.TOTAL, Kind.LEVEL, Kind.RATE, Kind.ALWAYS, Kind.COVERAGE)


def indicator_ranges(book: Book) -> dict[str, Interval]:
    """The numbers that the figures of every indicator can be.

    Units: base units of the indicator's dimension.
    """
    uses: dict[str, list[tuple[Rule, Target]]] = {}
    targets = book.targets
    for rule in book.rules:
        uses.setdefault(rule.indicator, []).append((rule, targets[rule.target]))
    return {name: _range(indicator, uses.get(name, ())) for name, indicator in book.indicators.items()}


def _range(indicator: Indicator, uses: Sequence[tuple[Rule, Target]]) -> Interval:
    """By the unit of measure, the parts, the name and the promises about it.

    A growth is never below -100 %, and the size of a reduction never above 100 %, of what cannot be negative.
    """
    parts = indicator.parts
    changes = {target.change for _, target in uses if target.change}
    net = indicator.net or any(rule.net for rule, _ in uses)
    share = indicator.unit.dimension == "share"
    if changes or (parts and parts.form == "growth"):
        if not share or net or len(changes) > 1:
            return Interval()
        return Interval(high=WHOLE) if Change.DECREASE in changes else Interval(-WHOLE)
    if _GROWTH_NAME.search(indicator.name):
        return Interval()
    if share:
        whole = parts is not None and parts.form == "ratio" and not parts.may_exceed
        if whole or (parts is None and _SHARE_NAME.search(indicator.name)):
            return Interval(Fraction(0), WHOLE)
        return Interval()
    return Interval() if net else Interval(Fraction(0))


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
        return rule.tolerance * WHOLE / 100
    return rule.tolerance * (rule.threshold or threshold).unit.factor


def relative_slack(rule: Rule, indicator: Indicator) -> Fraction:
    """The tolerance of a relative rule in base units."""
    return rule.tolerance * (rule.threshold or indicator).unit.factor
