"""Intervals: their points, and how they are shown."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.exact.intervals import Interval, show_interval
from engine.model.quantity import Quantity, Unit

BOUND = st.none() | st.integers(-4, 4).map(Fraction)
INTERVALS = st.builds(Interval, BOUND, BOUND, st.booleans(), st.booleans())
POINTS = [Fraction(number, 2) for number in range(-12, 13)]


def holds(interval: Interval, point: Fraction) -> bool:
    low = interval.low is None or point > interval.low or (point == interval.low and not interval.low_open)
    high = interval.high is None or point < interval.high or (point == interval.high and not interval.high_open)
    assert interval.holds(point) is (low and high)
    return low and high


@given(INTERVALS, INTERVALS)
def test_intervals_agree_with_their_points(left: Interval, right: Interval) -> None:
    """Half steps between whole bounds: what holds of these points holds of all."""
    common = left.common(right)
    assert [holds(common, point) for point in POINTS] == [
        holds(left, point) and holds(right, point) for point in POINTS
    ]
    some = [any(holds(each, point) for point in POINTS) for each in (left, right)]
    if all(some):
        assert left.meets(right) is any(holds(left, point) and holds(right, point) for point in POINTS)
        everywhere = all(holds(right, point) for point in POINTS if holds(left, point))
        assert not left.within(right) or everywhere


@pytest.mark.parametrize(
    ("interval", "shown"),
    [
        (Interval(), "(-∞, ∞) 萬家"),
        (Interval(Fraction(5000), Fraction(20000), high_open=True), "[0.5, 2) 萬家"),
    ],
)
def test_an_interval_is_shown_in_a_unit_of_measure(interval: Interval, shown: str) -> None:
    assert show_interval(interval, Quantity(Decimal(1), 0, Unit("萬家", "家", 10000), "1 萬家")) == shown
