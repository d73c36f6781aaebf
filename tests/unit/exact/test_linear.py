"""Interval reasoning: whatever it says is compared with all points of small boxes."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.exact.intervals import Interval
from engine.exact.linear import Linear, Product, System, Variable, components, reason

A, B, C = (Variable("", name) for name in "abc")
NAMES = (A, B, C)
SMALL = range(-2, 4)


def linear(claim: int, constant: int, strict: bool = False, **factors: int) -> Linear:
    """Σ factor × variable + constant ≥ 0, the variables named by their letters."""
    terms = tuple((Variable("", name), Fraction(factor)) for name, factor in factors.items() if factor)
    return Linear(terms, Fraction(constant), strict, frozenset({claim}))


def system(*constraints: Linear, low: int | None = -2, high: int | None = 3) -> System:
    interval = Interval(None if low is None else Fraction(low), None if high is None else Fraction(high))
    return System(dict.fromkeys(NAMES, interval), constraints)


def points(steps: int = 1) -> Iterator[dict[Variable, Fraction]]:
    """Every point of the box, in steps of 1, ½ and so on."""
    line = [Fraction(number, steps) for number in range(SMALL[0] * steps, SMALL[-1] * steps + 1)]
    for values in product(line, repeat=3):
        yield dict(zip(NAMES, values, strict=True))


def some_point(of: System, steps: int = 1) -> bool:
    """Whether a point of the grid keeps everything, without asking the code under test."""
    return any(
        all(
            (total := sum(factor * point[name] for name, factor in each.terms) + each.constant) > 0
            or (total == 0 and not each.strict)
            for each in of.linear
        )
        for point in points(steps)
    )


FACTOR = st.integers(-2, 2)
ANY = st.builds(
    lambda a, b, c, constant, strict: (a, b, c, constant, strict),
    FACTOR, FACTOR, FACTOR, st.integers(-5, 5), st.booleans(),
)  # fmt: skip


def any_system(drawn: list[tuple[int, int, int, int, bool]]) -> System:
    return system(
        *(linear(claim, constant, strict, a=a, b=b, c=c) for claim, (a, b, c, constant, strict) in enumerate(drawn))
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=5))
def test_no_point_of_a_small_box_disproves_an_answer(drawn: list[tuple[int, int, int, int, bool]]) -> None:
    whole = any_system(drawn)
    answer = reason(whole)
    if isinstance(answer, dict):
        assert whole.holds(answer)
        assert all(each.holds(answer) for each in whole.linear)
    elif answer is not None:
        assert not some_point(whole.only(answer), steps=2)


#: Numbers and differences with whole ends: where there is any point, a whole one is among them.
DIFFERENCE = st.tuples(st.permutations([1, -1, 0]), st.integers(-4, 4)) | st.tuples(
    st.permutations([1, 0, 0]) | st.permutations([-1, 0, 0]), st.integers(-3, 3)
)


@settings(max_examples=200, deadline=None)
@given(st.lists(DIFFERENCE, min_size=1, max_size=6))
def test_chains_are_decided_as_by_trying_all_points(drawn: list[tuple[list[int], int]]) -> None:
    whole = system(*(linear(claim, constant, a=f[0], b=f[1], c=f[2]) for claim, (f, constant) in enumerate(drawn)))
    answer = reason(whole)
    assert answer is not None
    assert isinstance(answer, dict) is some_point(whole)


def test_open_ends_count() -> None:
    above, below = linear(0, -1, True, a=1), linear(1, 1, a=-1)
    assert reason(system(above, below)) == frozenset({0, 1})
    assert isinstance(reason(system(linear(0, -1, a=1), below)), dict)
    assert reason(system(above, linear(1, 1, True, a=-1, b=0), low=None, high=None)) == frozenset({0, 1})


def test_bounds_travel_along_a_chain_and_name_what_they_rest_on() -> None:
    chain = [linear(0, 0, b=1, a=-1), linear(1, 0, c=1, b=-1)]
    assert reason(system(*chain, linear(2, -2, a=1), linear(3, 1, c=-1), linear(4, 3, b=1))) == frozenset({0, 1, 2, 3})


def test_bounds_that_creep_for_ever_end_without_an_answer() -> None:
    """A ≤ b ÷ 2 + 1 and b ≤ a ÷ 2 + 1 bound each other by ever smaller steps; 2 is reached only in the end."""
    halves = [linear(0, 2, a=-2, b=1), linear(1, 2, b=-2, a=1), linear(2, -4, True, a=1, b=1)]
    assert reason(system(*halves, low=0, high=1000)) is None


def test_a_sum_of_variables_that_cancel_is_still_a_claim() -> None:
    assert reason(system(linear(0, -1))) == frozenset({0})
    assert isinstance(reason(system(linear(0, 0))), dict)


def test_without_bounds_a_point_is_still_found() -> None:
    found = reason(system(linear(0, -5, a=1, b=-1), linear(1, -3, True, b=1, c=1), low=None, high=None))
    assert isinstance(found, dict)


@pytest.mark.parametrize(("rate", "expected"), [(500, True), (501, False)])
def test_a_rate_is_held_to_its_parts(rate: int, expected: bool) -> None:
    """A of b, in thousandths c: a is 1 and b is 2."""
    parts = [linear(0, -1, a=1), linear(0, 1, a=-1), linear(0, -2, b=1), linear(0, 2, b=-1), linear(1, -rate, c=1)]
    quotient = Product(C, A, B, 1000, frozenset({2}))
    whole = System(dict.fromkeys(NAMES, Interval(Fraction(0), Fraction(1000))), tuple(parts), (quotient,))
    assert isinstance(reason(whole), dict) is expected


def test_parts_that_share_no_variable_are_reasoned_about_alone() -> None:
    first, second, third = linear(0, 1, a=1), linear(1, 2, b=1, c=1), linear(2, 3, c=1)
    found = components(system(first, second, third))
    assert [part.linear for part in found] == [(first,), (second, third)]
    assert [set(part.ranges) for part in found] == [{A}, {B, C}]
    assert [part.claims for part in found] == [frozenset({0}), frozenset({1, 2})]


def test_a_product_joins_what_it_is_made_of() -> None:
    quotient = Product(C, A, B, 1000, frozenset({2}))
    (part,) = components(System(system().ranges, (linear(0, 1, a=1), linear(1, 2, b=1)), (quotient,)))
    assert part.products == (quotient,)
    assert part.only({0}).products == ()
    assert set(part.only({0}).ranges) == {A}
