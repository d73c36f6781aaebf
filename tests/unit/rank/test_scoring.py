"""Each method on its own; all of them on random books are in tests/test_ranking.py."""

from dataclasses import replace
from fractions import Fraction

import pytest

from engine.model.scoring import Bonus, Method, MethodName
from engine.model.source import Source
from engine.model.verdict import Outcome, Reason
from engine.rank.scoring import Among, Term, award_bonus, by_efficacy, score_rule
from tests.unit.rank.ranks import ALL, FIRMS, GROWTH, scheme_of, term_of, verdicts_of

VERDICT = Method(MethodName.VERDICT, "示例", {"pass": Fraction(100), "at-risk": Fraction(60), "fail": Fraction(0)})
COMPLETION = Method(MethodName.COMPLETION, "示例", cap=Fraction(120))
RANK = Method(MethodName.RANK, "示例", step=Fraction(5))
LINEAR = Method(MethodName.LINEAR, "示例", base=Fraction(80), per_point=Fraction(10))
EFFICACY = Method(MethodName.EFFICACY, "S14", base=Fraction(60))
MIXED = Method(MethodName.MET_THEN_RANK, "S17", met=Fraction(200, 3), step=Fraction(5))
VALUE_ADDED = Method(MethodName.LINEAR, "S21", base=Fraction(100), per_point=Fraction(2), cap=Fraction(200))
COOPERATIVES = Method(MethodName.LINEAR, "S22", base=Fraction(80), per_point=Fraction("0.5"), cap=Fraction(100))


def points(method: Method, rule: str, one: str, other: str) -> list[Fraction | None]:
    column = score_rule(scheme_of(method), [term_of(rule, {"咸安區": one, "嘉魚縣": other})], "rule")
    return [column[body].points for body in ("咸安區", "嘉魚縣")]


def test_between_the_last_and_the_best_efficacy_goes_by_proportion() -> None:
    assert (
        by_efficacy(EFFICACY, verdicts_of(GROWTH, {})["咸安區"], Among(2, Fraction(1), Fraction(-3), Fraction(5))) == 80
    )


@pytest.mark.parametrize(
    ("method", "rule", "one", "other", "wanted"),
    [
        (VERDICT, GROWTH, "growth: 7.2 %", "growth: 6.5 %", [100, 60]),
        (VERDICT, GROWTH, "growth: 5 %", "growth: 7 %", [0, 100]),
        (ALL, GROWTH, "growth: 7 %", "growth: 6.99 %", [100, 0]),
        (COMPLETION, FIRMS, "firms: 10 家", "firms: 9 家", [100, 90]),
        (COMPLETION, FIRMS, "firms: 11 家", "firms: 19 家", [110, 120]),
        (COMPLETION, GROWTH, "growth: 6.3 %", "growth: -1 %", [90, 0]),
        (RANK, GROWTH, "growth: 6.3 %", "growth: 7 %", [95, 100]),
        (RANK, GROWTH, "growth: 6.3 %", "growth: 6.3 %", [100, 100]),
        (LINEAR, GROWTH, "growth: 6.3 %", "growth: 7.5 %", [73, 85]),
        (LINEAR, GROWTH, "growth: -3 %", "growth: 19 %", [0, 100]),
        (EFFICACY, GROWTH, "growth: 6.3 %", "growth: 7 %", [60, 100]),
        (EFFICACY, GROWTH, "growth: 7 %", "growth: 7 %", [100, 100]),
        (EFFICACY, GROWTH, "growth: 6 %", "growth: 6 %", [60, 60]),
        (MIXED, GROWTH, "growth: 7 %", "growth: 6.99 %", [Fraction(200, 3), 0]),
        (MIXED, GROWTH, "growth: 7.2 %", "growth: 7.1 %", [100, Fraction(295, 3)]),
        (VALUE_ADDED, GROWTH, "growth: 8 %", "growth: 6.5 %", [102, 99]),
        (COOPERATIVES, GROWTH, "growth: 9 %", "growth: 6 %", [81, Fraction("79.5")]),
    ],
)
def test_a_method_gives_what_its_scheme_says(
    method: Method, rule: str, one: str, other: str, wanted: list[int]
) -> None:
    assert points(method, rule, one, other) == wanted


def test_a_ceiling_counts_what_is_due_against_what_there_is() -> None:
    rule = "indicator: growth, kind: rate, comparator: at_most, threshold: 3 %"
    assert points(COMPLETION, rule, "growth: 4 %", "growth: 0 %") == [75, 120]


def test_missing_has_its_price_and_the_reason_is_kept() -> None:
    scheme = scheme_of(ALL, undecided={"missing": Fraction(40)})
    column = score_rule(scheme, [term_of(GROWTH, {"咸安區": "growth: 7 %"})], "rule")
    assert (column["嘉魚縣"].points, column["嘉魚縣"].why, column["嘉魚縣"].place) == (Fraction(40), "missing", None)


def test_a_level_that_started_beyond_its_target_and_fell_back_is_no_way_from_its_baseline() -> None:
    rule = "indicator: growth, kind: level, comparator: at_least, threshold: 60 %"
    one, other = "growth: {value: 55 %, baseline: 70 %}", "growth: {value: 54 %, baseline: 50 %}"
    assert points(COMPLETION, rule, one, other) == [Fraction(275, 3), 80]
    # Five points below the target are no worse than ten points of the way: only the verdicts can be compared.
    assert points(RANK, rule, one, "growth: {value: 54 %, baseline: 50 %}") == [95, 100]


def test_a_line_that_was_crossed_before_earns_nothing_by_where_it_stands_today() -> None:
    rule = "indicator: land, kind: always, comparator: at_least, threshold: 100 畝"
    term = term_of(rule, {"咸安區": "land: 120 畝", "嘉魚縣": "land: 101 畝"})
    column = term.verdicts["rule"]
    old = replace(column["咸安區"], outcome=Outcome.FAIL, notes=("breached-in:2025Q1",))
    late = Term(term.share, False, {"rule": {**column, "咸安區": old}})
    for method, wanted in ((COMPLETION, [0, 101]), (LINEAR, [0, 90]), (RANK, [95, 100]), (EFFICACY, [60, 100])):
        scored = score_rule(scheme_of(method), [late], "rule")
        assert [scored[body].points for body in ("咸安區", "嘉魚縣")] == wanted


def test_what_does_not_apply_is_left_out_unless_the_policy_prices_it() -> None:
    term = term_of(GROWTH, {"咸安區": "growth: 7 %"})
    free = replace(term.verdicts["rule"]["嘉魚縣"], reason=Reason.NOT_APPLICABLE)
    term = Term(term.share, False, {"rule": {**term.verdicts["rule"], "嘉魚縣": free}})
    for price in (None, Fraction(0)):
        column = score_rule(scheme_of(ALL, undecided={"not-applicable": price}), [term], "rule")
        assert (column["嘉魚縣"].points, column["嘉魚縣"].why) == (price, "not-applicable")


def test_missing_may_be_left_out() -> None:
    scheme = scheme_of(ALL, undecided={"missing": None})
    column = score_rule(scheme, [term_of(GROWTH, {"咸安區": "growth: 7 %"})], "rule")
    assert column["嘉魚縣"].points is None


def test_an_annual_rule_counts_at_the_year_s_end_alone() -> None:
    scheme = scheme_of(ALL, annual_only=("rule",))
    figures = {"咸安區": "growth: 7 %", "嘉魚縣": "growth: 6 %"}
    early = score_rule(scheme, [term_of(GROWTH, figures)], "rule")
    late = score_rule(scheme, [term_of(GROWTH, figures, "2025Q4")], "rule")
    assert (early["咸安區"].points, early["咸安區"].why) == (None, "annual-only")
    assert late["咸安區"].points == 100


def test_quarters_are_weighed_and_what_was_not_set_leaves_its_weight_to_the_others() -> None:
    figures = {"咸安區": "growth: 7 %", "嘉魚縣": "growth: 6 %"}
    other = {"咸安區": "growth: 6 %", "嘉魚縣": "growth: 7 %"}
    terms = [term_of(GROWTH, figures, "2025Q1", 15), term_of(GROWTH, other, "2025Q4", 35)]
    column = score_rule(scheme_of(ALL), terms, "rule")
    assert [column[body].points for body in ("咸安區", "嘉魚縣")] == [30, 70]
    annual = score_rule(scheme_of(ALL, annual_only=("rule",)), terms, "rule")
    assert [annual[body].points for body in ("咸安區", "嘉魚縣")] == [0, 100]


def test_a_bonus_goes_to_the_first_who_pass() -> None:
    bonus = Bonus("rule", (Fraction("0.5"), Fraction("0.3")), ("rule",), "示例", Source("policy.yaml"))
    scheme = scheme_of(ALL, bonus=(bonus,))
    figures = {"咸安區": "growth: 6 %", "嘉魚縣": "growth: 7 %"}
    columns = {"rule": score_rule(scheme, [term_of(GROWTH, figures)], "rule")}
    earned = award_bonus(scheme, columns)
    assert {body: [each.points for each in given] for body, given in earned.items()} == {"嘉魚縣": [Fraction("0.5")]}
    assert award_bonus(scheme, columns, "rule") == {}
