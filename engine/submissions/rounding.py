"""What a written figure stands for: every number that rounds to it. A contradiction is what no such number explains."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from engine.exact.intervals import Interval
from engine.model.book import Book
from engine.model.figure import Figure, Form
from engine.model.quantity import Unit

#: Base units of the whole: shares count in per mille.
WHOLE = 1000

#: A dimension in Chinese words that is no count of things.
_NO_COUNT = "倍"


def written_range(value: Fraction, half: Fraction, counted: bool = False) -> Interval:
    """The numbers that are written so: half a digit on either side, away from zero the end is not met.

    `counted`: things are counted, so what is written to the last one is exact.

    >>> written_range(Fraction(70), Fraction(1, 2))
    Interval(low=Fraction(139, 2), high=Fraction(141, 2), low_open=False, high_open=True)
    """
    if counted and half <= Fraction(1, 2):
        half = Fraction(0)
    return Interval(value - half, value + half, half > 0 and value <= 0, half > 0 and value >= 0)


def is_counted(unit: Unit) -> bool:
    """Whether a unit of measure counts things: those have dimensions of their own, in Chinese words."""
    dimension = unit.dimension
    return not dimension.isascii() and not {"/", "·"} & set(dimension) and dimension != _NO_COUNT


def figure_range(book: Book, figure: Figure) -> Interval | None:
    """The numbers that a usable figure stands for; of a rate in parts, those of the quotient. None where it has none.

    Units: base units of the indicator's dimension.
    """
    if figure.fault or figure.x is None:
        return None
    indicator = book.indicators[figure.indicator]
    if figure.form is Form.VALUE:
        return written_range(figure.x, figure.halves[0], is_counted(indicator.unit))
    if figure.form is not Form.PARTS or indicator.parts is None or figure.y is None:
        return None
    counted = is_counted(indicator.parts.unit)
    above, below = (
        written_range(number, half, counted) for number, half in zip((figure.x, figure.y), figure.halves, strict=True)
    )
    quotient = divide(above, below)
    growth = Interval(Fraction(-WHOLE), Fraction(-WHOLE))
    return add([quotient, growth]) if quotient and indicator.parts.form == "growth" else quotient


def list_ends(book: Book, figure: Figure) -> list[tuple[bool, Figure]]:
    """The figure at either end of its rounding: the less (False) and the more (True) that it may stand for.

    An end that is not met counts as if it were. What is exact, and what cannot be used, has no ends. Of parts the one
    stands at one end and the other at the other, so that their quotient is the least and the most.
    """
    if figure.fault or figure.x is None or figure.form is Form.STAGE:
        return []
    indicator = book.indicators[figure.indicator]
    if figure.form is Form.VALUE:
        written = written_range(figure.x, figure.halves[0], is_counted(indicator.unit))
        both = ((False, written.low), (True, written.high))
        return [(high, replace(figure, x=end)) for high, end in both if end != figure.x]
    if figure.y is None:
        return []
    parts = indicator.parts
    counted = is_counted(parts.unit if parts is not None and figure.form is Form.PARTS else indicator.unit)
    above, below = (
        written_range(number, half, counted) for number, half in zip((figure.x, figure.y), figure.halves, strict=True)
    )
    ends = []
    for high, x in ((False, above.low), (True, above.high)):
        assert x is not None
        y = below.low if high == (x >= 0) else below.high
        if y is None or y <= 0 or (x, y) == (figure.x, figure.y):
            continue
        # More than all cannot be done.
        ends.append((high, replace(figure, x=min(x, y) if figure.form is Form.COUNTED else x, y=y)))
    return ends


def baseline_range(book: Book, figure: Figure) -> Interval | None:
    """The numbers that the baseline of a level stands for; None where it has none."""
    if figure.fault or figure.form is not Form.VALUE or figure.y is None:
        return None
    return written_range(figure.y, figure.halves[1], is_counted(book.indicators[figure.indicator].unit))


def negative(interval: Interval) -> Interval:
    """The interval mirrored at zero."""
    low = None if interval.high is None else -interval.high
    high = None if interval.low is None else -interval.low
    return Interval(low, high, interval.high_open, interval.low_open)


def add(intervals: Iterable[Interval]) -> Interval:
    """All sums of one number of each."""
    low: Fraction | None = Fraction(0)
    high: Fraction | None = Fraction(0)
    low_open = high_open = False
    for each in intervals:
        low = None if low is None or each.low is None else low + each.low
        high = None if high is None or each.high is None else high + each.high
        low_open, high_open = low_open or each.low_open, high_open or each.high_open
    return Interval(low, high, low_open and low is not None, high_open and high is not None)


def divide(above: Interval, below: Interval) -> Interval | None:
    """All rates of a number by a positive one of `below`, in per mille; None where nothing is above zero there.

    Where the divisor may come as near to zero as it likes, the quotient has no end on that side.
    """
    if above.low is None or above.high is None or below.high is None or below.high <= 0:
        return None
    smallest = (below.low, below.low_open) if below.low is not None and below.low > 0 else None
    largest = (below.high, below.high_open)
    low = _end(above.low, above.low_open, largest if above.low >= 0 else smallest)
    high = _end(above.high, above.high_open, smallest if above.high >= 0 else largest)
    if low is None and high is None:
        return Interval()
    return Interval(low and low[0], high and high[0], bool(low and low[1]), bool(high and high[1]))


def _end(end: Fraction, is_open: bool, divisor: tuple[Fraction, bool] | None) -> tuple[Fraction, bool] | None:
    if end == 0:
        return end, is_open
    if divisor is None:
        return None
    return WHOLE * end / divisor[0], is_open or divisor[1]
