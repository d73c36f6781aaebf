"""The optional solver: it decides what interval reasoning leaves open, and agrees with all points of small boxes."""

import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.exact.intervals import Interval
from engine.exact.linear import Product, System, reason
from engine.exact.solver import find_solver, solve
from engine.rules.minimal import Search
from tests.unit.exact.test_linear import ANY, A, B, C, any_system, linear, some_point, system

z3 = pytest.importorskip("z3", reason="the extra biaochi[solver] is not installed")


@settings(max_examples=100, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=5))
def test_the_solver_decides_and_agrees(drawn: list[tuple[int, int, int, int, bool]]) -> None:
    whole = any_system(drawn)
    answer = solve(whole)
    assert answer is not None
    if isinstance(answer, dict):
        assert whole.holds(answer)
    else:
        assert not some_point(whole.only(answer), steps=2)
    by_intervals = reason(whole)
    assert by_intervals is None or isinstance(by_intervals, dict) is isinstance(answer, dict)


def test_it_decides_what_bounds_do_not() -> None:
    pairs = [linear(0, 2, a=-1, b=-1), linear(1, 2, b=-1, c=-1), linear(2, 2, a=-1, c=-1)]
    too_much, enough = linear(3, -3, True, a=1, b=1, c=1), linear(3, -3, a=1, b=1, c=1)
    assert reason(system(*pairs, too_much)) is None
    search = Search(system(*pairs, too_much, linear(4, 1, a=1)), solve)
    assert (search.conflicts(), search.undecided) == ([frozenset({0, 1, 2, 3})], False)
    found = solve(system(*pairs, enough))
    assert found == {A: Fraction(1), B: Fraction(1), C: Fraction(1)}


def test_open_ends_of_ranges_count() -> None:
    whole = System({A: Interval(Fraction(1), Fraction(2), low_open=True)}, (linear(0, 1, a=-1),))
    assert solve(whole) == frozenset({0})


def test_quotients_are_decided_exactly() -> None:
    quotient = Product(C, A, B, 1000, frozenset({9}))
    ranges = {A: Interval(Fraction(0)), B: Interval(Fraction(0)), C: Interval(Fraction(0), Fraction(1000))}
    third = [linear(0, 0, a=3, b=-1), linear(1, 0, a=-3, b=1), linear(2, -5, b=1)]
    found = solve(System(ranges, tuple(third), (quotient,)))
    assert isinstance(found, dict)
    assert found[C] == Fraction(1000, 3)
    more = linear(3, -1000, c=3)
    assert isinstance(solve(System(ranges, (*third, more), (quotient,))), dict)
    over = linear(3, -1000, True, c=3)
    answer = solve(System(ranges, (*third, over), (quotient,)))
    assert isinstance(answer, frozenset)
    assert answer >= {1, 3, 9}


def test_it_is_found_where_it_is_installed() -> None:
    assert find_solver() is solve


def test_nothing_imports_it_before_it_is_needed() -> None:
    code = "import sys; import engine.pipeline, engine.rules.proofs; sys.exit('z3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
