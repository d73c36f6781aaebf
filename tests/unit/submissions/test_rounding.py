"""What a written figure stands for, held against every number that rounds to it."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.exact.intervals import Interval
from engine.submissions.rounding import add, divide, figure_range, is_counted, list_ends, negative, written_range
from tests.unit.small import book_of, figures_of

INDICATORS = """\
- {id: firms, name: 規上企業, unit: 家}
- {id: capital, name: 實際到資, unit: 億元}
- {id: times, name: 翻番倍數, unit: 倍}
- {id: density, name: 每千人床位, unit: 張/千人}
- {id: share, name: 占比, unit: '%', parts: {ratio: [part, whole], unit: 家}}
- {id: growth, name: 增速, unit: '%', parts: {growth: [current, previous], unit: 億元}}
- {id: sites, name: 站點數, unit: 萬個, parts: {sum: [town, village], unit: 萬個}}
"""


BOOK = book_of("indicator: firms, kind: total, threshold: 1 家", INDICATORS)


def ranged(indicator: str, written: str) -> Interval | None:
    (figure,) = figures_of(BOOK, "2025Q2", f"{indicator}: {written}").values()
    return figure_range(BOOK, figure)


@given(st.decimals(-10_000, 10_000, places=3), st.integers(0, 2))
def test_every_number_lies_in_the_range_of_what_it_rounds_to(number: Decimal, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    written = number.quantize(step, ROUND_HALF_UP)
    half = Fraction(step) / 2
    assert written_range(Fraction(written), half).holds(Fraction(number))
    assert not written_range(Fraction(written + step), half).holds(Fraction(number))


def test_what_is_written_to_the_last_thing_counted_is_exact() -> None:
    assert ranged("firms", "131 家") == Interval(Fraction(131), Fraction(131))
    assert ranged("firms", "3.5 萬家") == Interval(Fraction(34500), Fraction(35500), high_open=True)


@pytest.mark.parametrize(("indicator", "counted"), [("firms", True), ("capital", False), ("times", False),
                                                    ("density", False), ("share", False)])  # fmt: skip
def test_only_things_are_counted(indicator: str, counted: bool) -> None:
    assert is_counted(BOOK.indicators[indicator].unit) is counted


def test_a_rate_in_parts_stands_for_every_quotient_of_what_they_stand_for() -> None:
    assert ranged("share", "{parts: {part: 1 家, whole: 3 家}}") == Interval(Fraction(1000, 3), Fraction(1000, 3))
    assert ranged("growth", "{parts: {current: 10.5 億元, previous: 10.0 億元}}") == Interval(
        1000 * (Fraction(1045, 1005) - 1), 1000 * (Fraction(1055, 995) - 1), low_open=True, high_open=True
    )


def test_parts_that_are_summed_bring_the_rounding_of_each() -> None:
    assert ranged("sites", "{parts: {town: 1.5 萬個, village: 2.5 萬個}}") == Interval(
        Fraction(39000), Fraction(41000), high_open=True
    )


@given(
    st.fractions(-5, 5),
    st.fractions(0, 3),
    st.fractions(-5, 5),
    st.fractions(0, 3),
    st.fractions(0, 1),
    st.fractions(0, 1),
)
def test_quotients_and_sums_hold_every_choice(
    low: Fraction, width: Fraction, below: Fraction, breadth: Fraction, here: Fraction, there: Fraction
) -> None:
    above, under = Interval(low, low + width), Interval(below, below + breadth)
    a, b = low + here * width, below + there * breadth
    assert add([above, negative(under)]).holds(a - b)
    quotient = divide(above, under)
    assert (quotient is None) is (below + breadth <= 0)
    if b > 0:
        assert quotient is not None
        assert quotient.holds(1000 * a / b)


def test_a_figure_that_is_no_number_of_its_own_has_no_range() -> None:
    assert ranged("firms", "3 個") is None


def test_a_figure_has_two_ends_unless_it_is_counted() -> None:
    book = book_of("indicator: growth, kind: rate, comparator: at_least, threshold: 7 %")
    written = figures_of(book, "2025Q2", "growth: 7.0 %, firms: 12 家")
    growth = written["市經信局", "growth", 202506, ""]
    assert [(high, end.x) for high, end in list_ends(book, growth)] == [
        (False, Fraction("69.5")),
        (True, Fraction("70.5")),
    ]
    assert list_ends(book, written["市經信局", "firms", 202506, ""]) == []


def test_the_ends_of_a_rate_from_parts_are_those_of_its_quotient() -> None:
    book = book_of("indicator: growth, kind: rate, comparator: at_least, threshold: 7 %", INDICATORS)
    written = figures_of(book, "2025Q2", "growth: {parts: {current: 10.7 億元, previous: 10.0 億元}}")
    figure = written["市經信局", "growth", 202506, ""]
    quotients = [end.x / end.y for _, end in list_ends(book, figure) if end.x and end.y]
    assert quotients == [Fraction("10.65") / Fraction("10.05"), Fraction("10.75") / Fraction("9.95")]
