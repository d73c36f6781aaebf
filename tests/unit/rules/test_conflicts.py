"""Whether all promises of a book can hold at once, and which of them are promised twice."""

import pytest

from engine.exact.linear import Decide
from engine.exact.solver import find_solver
from engine.model.diagnostic import Diagnostic
from engine.rules.proofs import prove_rules
from tests.unit.rules.test_claims import promises

COUNTIES = "judged: {lead: none, responsible: {same: [各縣市區]}}"


def proofs(*rules: str, relations: str = "", solver: Decide | None = None, **files: str) -> list[Diagnostic]:
    if relations:
        files["relations"] = "relations:\n" + "".join(f"- {{reason: 示例, {each}}}\n" for each in relations.split("; "))
    return prove_rules(promises(*rules, **files).book, solver)


def conflicts(*rules: str, relations: str = "", **files: str) -> list[tuple[str, str]]:
    """The conflicts: the ids of what conflicts, and for whom; nothing else may be found."""
    found = proofs(*rules, relations=relations, solver=None, **files)
    assert {each.code for each in found} <= {"rules-conflict"}
    return [(each.params["other"], each.params["organization"]) for each in found]


def total(indicator: str, number: str, comparator: str = "at_least", more: str = "") -> str:
    net = ", net: true" if indicator == "net" else ""
    return f"indicator: {indicator}, kind: total, comparator: {comparator}, threshold: {number}{net}{more}"


CHAIN = "id: r, at_most: [large, firms]"


@pytest.mark.parametrize(
    ("rules", "relations", "expected"),
    [
        ([total("large", "0.02 萬家"), total("firms", "200 家", "at_most")], CHAIN, []),
        ([total("large", "0.0201 萬家"), total("firms", "200 家", "at_most")], CHAIN, [("a、b、r", "市經信局")]),
        ([total("large", "0.02 萬家"), total("firms", "200 家", "less_than")], CHAIN, [("a、b、r", "市經信局")]),
        ([total("large", "0.02 萬家", "more_than"), total("firms", "200 家", "at_most")], CHAIN,
         [("a、b、r", "市經信局")]),
        ([total("large", "0.0201 萬家"), total("firms", "200 家", "at_most")], "id: r, at_most: [firms, large]", []),
        ([total("large", "0.02 萬家"), total("net", "50 家"), total("firms", "249 家", "at_most")],
         "id: r, sum: {whole: firms, parts: [large, net]}", [("a、b、c、r", "市經信局")]),
        ([total("large", "0.02 萬家"), total("net", "50 家"), total("firms", "250 家", "at_most")],
         "id: r, sum: {whole: firms, parts: [large, net]}", []),
        ([total("large", "0.01 萬家", "at_most"), total("net", "50 家", "at_most"), total("firms", "151 家")],
         "id: r, sum: {whole: firms, parts: [large, net]}", [("a、b、c、r", "市經信局")]),
        ([total("large", "0.01 萬家", "at_most"), total("net", "50 家", "at_most"), total("firms", "151 家")],
         "id: r, sum: {whole: firms, parts: [large, net], at_most: true}", []),
        # What stood when the year began is a count, so the level is at least what was added.
        (["indicator: firms, kind: level, comparator: at_most, threshold: 100 家", total("net", "101 家")],
         "id: r, stock: {level: firms, net_change: net}", [("a、b、r", "市經信局")]),
        (["indicator: firms, kind: level, comparator: at_most, threshold: 100 家", total("net", "100 家")],
         "id: r, stock: {level: firms, net_change: net}", []),
        # 80 % of at least 100 家 are more than 79 家.
        (["indicator: named, kind: rate, threshold: 80 %", total("large", "79 家", "at_most"),
          total("firms", "100 家")],
         "id: r, ratio: {numerator: large, denominator: firms, rate: named}", [("a、b、c、r", "市經信局")]),
        (["indicator: named, kind: rate, threshold: 80 %", total("large", "80 家", "at_most"),
          total("firms", "100 家")],
         "id: r, ratio: {numerator: large, denominator: firms, rate: named}", []),
        ([total("large", "101 家"), total("firms", "100 家", "at_most")],
         "id: r, ratio: {numerator: large, denominator: firms}", [("a、b、r", "市經信局")]),
        ([total("large", "101 家"), total("firms", "100 家", "at_most")],
         "id: r, ratio: {numerator: large, denominator: firms, rate: turnover, may_exceed: true}", []),
        # Income in step with growth.
        (["indicator: growth, kind: rate, comparator: at_most, threshold: 5 %",
          "indicator: income, kind: rate, threshold: 7 %", "indicator: growth, kind: relative, partner: income"], "",
         [("a、b、c", "市經信局")]),
        (["indicator: growth, kind: rate, comparator: at_most, threshold: 5 %",
          "indicator: income, kind: rate, threshold: 7 %",
          "indicator: growth, kind: relative, partner: income, tolerance: 2 個百分點"], "", []),
        # Two relations at once: the chain goes on in the sum.
        ([total("large", "101 家"), total("net", "3 家", "at_most"), total("firms", "1 家")],
         "id: r, at_most: [large, firms]; id: s, at_most: [firms, net]", [("a、b、r、s", "市經信局")]),
    ],
)  # fmt: skip
def test_rules_and_relations_that_cannot_hold_at_once(
    rules: list[str], relations: str, expected: list[tuple[str, str]]
) -> None:
    assert conflicts(*rules, relations=relations) == expected


def test_a_conflict_names_all_places_and_what_each_wants() -> None:
    (found,) = proofs(total("large", "0.03 萬家"), total("firms", "200 家", "at_most"), relations=CHAIN)
    assert found.params["claims"] == "a: large ≥ 0.03 萬家; b: firms ≤ 200 家; r: large ≤ firms"
    assert found.params["count"] == "3"
    places = [found.source, *found.related]
    assert [(place.file, place.line) for place in places] == [
        ("rules/016-small.yaml", 18), ("rules/016-small.yaml", 19), ("relations.yaml", 2),
    ]  # fmt: skip
    assert all(place.column > 3 for place in places)


def test_members_of_a_list_have_nothing_to_do_with_each_other() -> None:
    food = "indicator: firms, kind: each, inner_kind: total, threshold: 30 家, members: [食品]"
    others = "indicator: firms, kind: each, inner_kind: total, comparator: at_most, threshold: 20 家, members: [{}]"
    assert conflicts(food, others.format("電子")) == []
    assert conflicts(food, total("firms", "20 家", "at_most")) == []
    assert conflicts(food, others.format("電子, 食品")) == [("a、b", "市經信局")]


def test_a_share_of_the_eligible_is_another_number_than_their_count() -> None:
    share = "indicator: children, kind: coverage, threshold: 100 %, eligible: to-date"
    assert conflicts(share, "indicator: children, kind: total, comparator: at_most, threshold: 20 人") == []


def test_what_counties_have_in_common_is_said_once() -> None:
    rules = total("firms", "300 家", more=f", {COUNTIES}"), total("firms", "200 家", "at_most", more=f", {COUNTIES}")
    assert conflicts(*rules) == [("a、b", "咸安區、嘉魚縣")]


def test_the_citys_figure_and_a_countys_are_two() -> None:
    assert conflicts(total("firms", "300 家"), total("firms", "200 家", "at_most", more=f", {COUNTIES}")) == []


def test_quotas_that_leave_no_room_for_the_promise_conflict_with_it() -> None:
    table = "rule: b\ndocument: 文件\nquotas: {咸安區: 100 家, 嘉魚縣: 100 家}\n"
    city = total("net", "230 家")
    quota = total("net", "210 家", "at_most", more=", judged: {lead: city, responsible: {quota: table}}")
    found = conflicts(city, quota, allocations__table=table)
    assert sorted(found) == [("a、b", "市經信局"), ("a、b、b、net", "市經信局、咸安區、嘉魚縣")]


def test_rules_that_are_not_due_at_the_years_end_have_no_part_in_it() -> None:
    assert conflicts(total("firms", "300 家", more=", due_in: [2025Q2]"), total("firms", "200 家", "at_most")) == []


def test_a_rule_that_no_figure_can_keep_is_not_said_to_conflict_as_well() -> None:
    found = proofs("indicator: named, kind: rate, threshold: 120 %", "indicator: named, kind: rate, threshold: 90 %")
    assert [each.code for each in found] == ["threshold-impossible"]


# --- what is implied ---------------------------------------------------------------------------------------------


def implied(*rules: str, relations: str = "") -> list[tuple[str, str]]:
    found = proofs(*rules, relations=relations)
    assert {each.code for each in found} <= {"rule-implied"}
    return [(each.params["rule"], each.params["other"]) for each in found]


def test_a_rule_is_implied_through_a_relation() -> None:
    chain = "id: r, at_most: [large, firms]"
    assert implied(total("firms", "100 家"), total("large", "120 家"), relations=chain) == [("a", "b、r")]
    assert implied(total("firms", "120 家"), total("large", "120 家"), relations=chain) == [("a", "b、r")]
    assert implied(total("firms", "121 家"), total("large", "120 家"), relations=chain) == []
    assert implied(total("firms", "120 家", "more_than"), total("large", "120 家"), relations=chain) == []


def test_kinds_that_want_different_things_during_the_year_imply_nothing() -> None:
    assert implied("indicator: firms, kind: level, threshold: 100 家", total("firms", "120 家")) == []


def test_quotas_are_meant_to_imply_the_promise() -> None:
    table = "rule: a\ndocument: 文件\nquotas: {咸安區: 130 家}\n"
    city = total("net", "120 家", more=", judged: {lead: city, responsible: {quota: table}}")
    assert proofs(city, allocations__table=table) == []


def test_an_implied_rule_names_what_implies_it() -> None:
    (found,) = proofs(total("firms", "100 家"), total("large", "120 家"), relations="id: r, at_most: [large, firms]")
    assert (found.params["wanted"], found.params["others"]) == ("firms ≥ 100 家", "b: large ≥ 120 家; r: large ≤ firms")
    assert [found.source.line, *(place.line for place in found.related)] == [18, 19, 2]


# --- where bounds are not enough -----------------------------------------------------------------------------------

#: Three pairs of three indicators are at most 200 together, and all three at least 301.
PAIRS = (
    "id: r, sum: {whole: ab, parts: [firms, large]}; id: s, sum: {whole: bc, parts: [large, net]}; "
    "id: t, sum: {whole: ac, parts: [firms, net]}; id: u, sum: {whole: abc, parts: [firms, large, net]}"
)


def triangle(least: int, solver: Decide | None) -> list[Diagnostic]:
    pairs = [total(name, "200 家", "at_most") for name in ("ab", "bc", "ac")]
    return proofs(*pairs, total("abc", f"{least} 家"), relations=PAIRS, solver=solver)


def test_what_is_not_decided_is_said_with_the_way_out() -> None:
    (found,) = triangle(301, None)
    assert found.code == "not-proven"
    assert (found.params["count"], found.params["extra"]) == ("8", "biaochi[solver]")
    assert found.params["other"] == "a、b、c、d、r、s、t、u"
    assert len(found.related) == 7


@pytest.mark.skipif(find_solver() is None, reason="the extra biaochi[solver] is not installed")
def test_the_solver_decides_it() -> None:
    (found,) = triangle(301, find_solver())
    assert (found.code, found.params["other"]) == ("rules-conflict", "a、b、c、d、r、s、t、u")
    assert triangle(300, find_solver()) == []
