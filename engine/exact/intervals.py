"""Intervals of the number line, with open and closed ends: what a figure can be, and what keeps a promise."""

from fractions import Fraction

from engine.model.noun import dataclass
from engine.model.quantity import Quantity
from engine.quantities import format_decimal


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval of the number line; a bound is None where it has none, and open where it is not met itself.

    Units: base units of a dimension.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    def holds(self, point: Fraction) -> bool:
        """Whether a point lies in it."""
        return Interval(point, point).within(self)

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
