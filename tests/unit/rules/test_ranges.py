"""What a figure can be, by its unit of measure, its parts, its name and what is promised of it."""

from fractions import Fraction

import pytest

from engine.exact.intervals import Interval
from engine.rules.ranges import WHOLE, indicator_ranges, wanted_of
from tests.unit.rules.test_claims import promises


@pytest.mark.parametrize(
    ("indicator", "target", "expected"),
    [
        ("firms", "", Interval(Fraction(0))),
        ("net", "", Interval()),
        ("named", "", Interval(Fraction(0), WHOLE)),
        ("ratio", "", Interval(Fraction(0), WHOLE)),
        ("turnover", "", Interval()),
        ("growth", "", Interval()),
        ("parts", "", Interval(-WHOLE)),
        ("growth", ", change: increase", Interval(-WHOLE)),
        ("growth", ", change: decrease", Interval(high=WHOLE)),
        ("named", ", change: increase", Interval(-WHOLE)),
        ("firms", ", change: increase", Interval()),
    ],
)
def test_the_range_of_an_indicator(indicator: str, target: str, expected: Interval) -> None:
    unit = "家" if indicator in ("firms", "net") else "%"
    bands = "bands: [{at_least: 0, verdict: pass}, {verdict: fail}]"
    collected = promises(f"indicator: {indicator}, kind: rate, threshold: 7 {unit}, {bands}", target=target)
    assert indicator_ranges(collected.book)[indicator] == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("indicator: firms, kind: total, threshold: 200 家", Interval(Fraction(200))),
        ("indicator: firms, kind: level, comparator: more_than, threshold: 200 家",
         Interval(Fraction(200), low_open=True)),
        ("indicator: firms, kind: level, comparator: at_most, threshold: 200 家, soft: true, tolerance: 5 個百分點",
         Interval(high=Fraction(210))),
        ("indicator: firms, kind: total, comparator: more_than, threshold: 200 家, soft: true, tolerance: 5 個百分點",
         Interval(Fraction(190))),
        ("indicator: children, kind: coverage, threshold: 96 %, eligible: to-date, soft: true, tolerance: 2 個百分點",
         Interval(Fraction(940))),
        ("indicator: growth, kind: rate, comparator: less_than, threshold: 2 %",
         Interval(high=Fraction(20), high_open=True)),
    ],
)  # fmt: skip
def test_what_keeps_a_promise(rule: str, expected: Interval) -> None:
    (stated,) = promises(rule).book.rules
    assert stated.threshold is not None
    assert wanted_of(stated, stated.threshold) == expected
