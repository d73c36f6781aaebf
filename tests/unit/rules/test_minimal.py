"""Conflicts, named by as few claims as can be, and claims that others imply."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rules.minimal import Search, implied, linear_of
from tests.unit.exact.test_linear import DIFFERENCE, A, B, C, linear, some_point, system


@settings(max_examples=150, deadline=None)
@given(st.lists(DIFFERENCE, min_size=1, max_size=6))
def test_the_set_that_conflicts_is_the_smallest(drawn: list[tuple[list[int], int]]) -> None:
    whole = system(*(linear(claim, constant, a=f[0], b=f[1], c=f[2]) for claim, (f, constant) in enumerate(drawn)))
    claims = range(len(drawn))
    smallest = next(
        (size for size in range(len(drawn) + 1) for chosen in combinations(claims, size)
         if not some_point(whole.only(chosen))), None,
    )  # fmt: skip
    found = Search(whole, None).conflicts()
    assert bool(found) is (smallest is not None)
    for conflict in found:
        assert not some_point(whole.only(conflict))
        assert all(some_point(whole.only(conflict - {claim})) for claim in conflict)
    if found:
        assert min(len(conflict) for conflict in found) == len(found[0]) == smallest


def test_every_way_of_mending_is_followed() -> None:
    """A is at least 3, and two rules want less; b and c conflict by themselves."""
    low, less, least = linear(0, -3, a=1), linear(1, 2, a=-1), linear(2, 1, a=-1)
    others = linear(3, -2, b=1), linear(4, 1, b=-1)
    found = Search(system(low, less, least, *others), None).conflicts()
    assert sorted(sorted(each) for each in found) == [[0, 1], [0, 2], [3, 4]]


def test_an_irreducible_set_stays_where_trying_all_would_take_too_long() -> None:
    chain = [linear(0, -3, a=1), linear(1, 0, b=1, a=-1), linear(2, 0, c=1, b=-1), linear(3, 2, c=-1)]
    direct = linear(4, 2, a=-1)
    found = Search(system(*chain), None, tries=0).conflicts()
    assert found == [frozenset({0, 1, 2, 3})]
    assert Search(system(*chain, direct), None).conflicts()[0] == frozenset({0, 4})


def test_what_no_bounds_decide_is_left_to_a_solver() -> None:
    """Three sums of two are at most 2 each, and the sum of all is more than 3."""
    pairs = [linear(0, 2, a=-1, b=-1), linear(1, 2, b=-1, c=-1), linear(2, 2, a=-1, c=-1)]
    whole = system(*pairs, linear(3, -3, True, a=1, b=1, c=1))
    search = Search(whole, None)
    assert (search.conflicts(), search.undecided) == ([], True)
    asked = []

    def solver(part: object) -> frozenset[int]:
        asked.append(part)
        return frozenset({0, 1, 2, 3})

    search = Search(whole, solver, tries=0)
    assert (search.conflicts()[0], search.undecided) == (frozenset({0, 1, 2, 3}), False)
    assert asked[0] == whole


def test_a_claim_is_implied_by_those_that_bound_it() -> None:
    own = {
        0: linear(0, -1, a=1),
        1: linear(1, -2, a=1),
        2: linear(2, 0, b=1),
        3: linear(3, -3, b=1),
        4: linear(4, 5, True, c=-1),
    }
    chain = [linear(5, 0, c=1, b=-1), linear(6, 1, c=1, a=1)]
    assert dict(implied(system(*own.values(), *chain, low=None, high=None), own)) == {
        0: frozenset({1}),
        2: frozenset({3}),
    }


def test_of_two_that_say_the_same_the_later_is_implied() -> None:
    own = {0: linear(0, -1, a=1), 1: linear(1, -1, a=1), 2: linear(2, -1, b=1)}
    equal = [linear(3, 0, a=1, b=-1), linear(4, 0, a=-1, b=1)]
    found = list(implied(system(*own.values(), *equal), own))
    assert [claim for claim, _ in found] == [2, 1]
    assert all(0 not in {claim} for claim, _ in found)


def test_what_every_figure_keeps_is_implied_by_nobody() -> None:
    own = {0: linear(0, 2, a=1), 1: linear(1, 1, a=1)}
    assert list(implied(system(*own.values()), own)) == []


def test_a_comparison_is_implied_by_bounds_or_by_a_stronger_one() -> None:
    own = {0: linear(0, -2, a=1), 1: linear(1, 1, b=-1), 2: linear(2, 0, a=1, b=-1)}
    assert dict(implied(system(*own.values()), own)) == {2: frozenset({0, 1})}
    own = {0: linear(0, 1, a=1, b=-1), 1: linear(1, 0, a=1, b=-1)}
    assert dict(implied(system(*own.values()), own)) == {0: frozenset({1})}


def test_nothing_is_implied_where_nothing_can_hold() -> None:
    own = {0: linear(0, -2, a=1), 1: linear(1, 1, a=-1), 2: linear(2, -1, a=1)}
    assert list(implied(system(*own.values()), own)) == []


def test_a_coefficient_of_zero_is_no_term() -> None:
    found = linear_of({A: 1, B: 0, C: -2}, Fraction(3), False, frozenset({7}))
    assert found == linear(7, 3, a=1, c=-2)
