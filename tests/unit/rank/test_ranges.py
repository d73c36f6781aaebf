"""Ranges on a table small enough to work out by hand; brute force on random books is in tests/test_ranking.py."""

import time
from dataclasses import replace
from fractions import Fraction

from engine.model.ranking import Case, Flip
from engine.rank.ranges import Alternative, find_ranges
from engine.rank.scoring import Term
from engine.rank.table import make_table
from tests.unit.rank.ranks import FIRMS, GROWTH, scheme_of, verdicts_of

ONE, OTHER = "咸安區", "嘉魚縣"


def test_what_each_target_decides_alone_flips_when_it_weighs_less() -> None:
    verdicts = {
        "growth": verdicts_of(GROWTH, {ONE: "growth: 7 %", OTHER: "growth: 6 %"}),
        "firms": verdicts_of(FIRMS, {ONE: "firms: 9 家", OTHER: "firms: 10 家"}),
    }
    table = make_table(scheme_of(), [Term(Fraction(1), False, verdicts)], ("growth", "firms"), {})
    ranges = find_ranges(table, [])
    # Both have one of two: they share the first place, and every other weight parts them.
    assert ranges.reached == {ONE: (1, 2), OTHER: (1, 2)}
    assert ranges.not_separable == {ONE: (OTHER,), OTHER: (ONE,)}
    assert ranges.cases == 6
    assert ranges.flips == ()


def test_a_figure_at_the_end_of_its_rounding_may_cost_the_place() -> None:
    verdicts = {
        "growth": verdicts_of(GROWTH, {ONE: "growth: 7.0 %", OTHER: "growth: 6 %"}),
    }
    table = make_table(scheme_of(), [Term(Fraction(1), False, verdicts)], ("growth",), {})
    case = Case("rounding-low", "growth", ONE, "growth")
    short = verdicts_of(GROWTH, {ONE: "growth: 6.95 %"})[ONE]
    ranges = find_ranges(table, [Alternative(case, 0, {("growth", ONE): short})])
    assert ranges.reached == {ONE: (1, 1), OTHER: (1, 2)}
    assert ranges.flips == (Flip(ONE, OTHER, case),)


def test_leaving_out_the_only_target_leaves_nobody_to_swap_with() -> None:
    verdicts = {"growth": verdicts_of(GROWTH, {ONE: "growth: 7 %", OTHER: "growth: 6 %"})}
    table = make_table(scheme_of(), [Term(Fraction(1), False, verdicts)], ("growth",), {})
    ranges = find_ranges(table, [])
    assert ranges.reached == {ONE: (1, 1), OTHER: (2, 2)}
    assert ranges.not_separable == {ONE: (), OTHER: ()}


def test_a_city_of_seventy_bodies_and_ninety_targets_is_ranged_in_seconds() -> None:
    bodies, rules = [f"局{number}" for number in range(70)], [f"rule-{number}" for number in range(90)]
    good = verdicts_of(GROWTH, {ONE: "growth: 7.3 %"})[ONE]
    verdicts = {}
    for place, rule in enumerate(rules):
        verdicts[rule] = {
            body: replace(good, gap=Fraction((number * 37 + place * 11) % 101 - 50, 7), actual=Fraction(1, 1 + number))
            for number, body in enumerate(bodies)
        }
    from engine.model.scoring import Method, MethodName

    scheme = replace(scheme_of(Method(MethodName.LINEAR, "示例")), members=tuple(bodies))
    table = make_table(scheme, [Term(Fraction(1), False, verdicts)], rules, {})
    alternatives = [
        Alternative(
            Case("rounding-high" if shift > 0 else "rounding-low", rule, body),
            0,
            {(rule, body): replace(verdict, gap=(verdict.gap or 0) + Fraction(shift, 20))},
        )
        for rule, column in verdicts.items()
        for body, verdict in column.items()
        for shift in (-1, 1)
    ]
    begun = time.perf_counter()
    ranges = find_ranges(table, alternatives)
    spent = time.perf_counter() - begun
    assert ranges.cases == 3 * 90 + 2 * 90 * 70
    assert spent < 15, f"{spent:.1f} s"
