"""One book per code: sound but for one thing."""

import pytest

from engine.model.diagnostic import Diagnostic
from engine.rules.agreement import check_agreement
from tests.unit.small import INDICATORS, bind, codes, rule_file

HEAD = """\
plan: {title: 示例方案, year: 2025}
clauses:
- clause: '16'
  lead: [市經信局]
  responsible: [各縣市區]
  targets:
"""
TARGET = (
    "  - {id: promise, quote: 全市凈增規上企業222家以上, kind: total, comparator: at_least, value: 222, unit: 家}\n"
)
RULE = "indicator: firms, kind: total, comparator: at_least, threshold: 222 家"
FIRMS = "- {id: firms, name: 規上企業, unit: 家}\n"
GROWTH = "- {id: growth, name: 總值增速, unit: '%'}\n"


def agreement(rule: str = RULE, target: str = TARGET, indicators: str = FIRMS, **files: str) -> list[Diagnostic]:
    """What is found in a book of one target and one rule."""
    texts = {"targets.yaml": HEAD + target, "rules/016-small.yaml": rule_file(rule, indicators)}
    book, found = bind(texts | {f"{name}.yaml": text for name, text in files.items()})
    assert book is not None
    assert found == []
    return check_agreement(book, found)


def target(quote: str, rest: str) -> str:
    return f"  - {{id: promise, quote: {quote}, {rest}}}\n"


def test_a_sound_book_has_no_findings() -> None:
    assert agreement() == []


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (RULE.replace("222", "223"), "value-differs"),
        (RULE.replace("222 家", "0.0222 萬家"), "unit-differs"),
        (RULE.replace("at_least", "more_than"), "comparator-differs"),
        (RULE.replace("at_least", "at_most"), "comparator-differs"),
        (RULE.replace("kind: total", "kind: level"), "kind-differs"),
        (RULE + ", soft: true, tolerance: 1 個百分點", "softness-differs"),
        (RULE + ", net: true", "net-differs"),
        (RULE + ", due_in: [2024Q4]", "never-due"),
        (RULE + ", reconcile_tolerance: -1 家", "tolerance-negative"),
        (RULE + ", judged: {lead: none}", "nobody-judged"),
        (RULE + ", judged: {lead: city, responsible: {same: [市發改委]}}", "same-not-responsible"),
    ],
)
def test_a_rule_that_says_something_else_is_named(rule: str, expected: str) -> None:
    found = agreement(rule)
    assert codes(found) == [expected]
    assert (found[0].source.file, found[0].source.line) == ("rules/016-small.yaml", 5)


def test_a_difference_names_both_places() -> None:
    (found,) = agreement(RULE.replace("222", "223"))
    assert str(found.source) == "rules/016-small.yaml:5:117"
    assert str(found.related[0]) == "targets.yaml:7:84"
    assert found.params == {"rule": "rule", "key": "threshold", "found": "223 家", "wanted": "222 家"}


def test_one_of_the_bodies_of_the_clause_may_be_judged_alike() -> None:
    assert agreement(RULE + ", judged: {lead: city, responsible: {same: [咸安區]}}") == []


@pytest.mark.parametrize(
    ("quote", "rest", "expected"),
    [
        ("全市凈增規上企業220家以上", "kind: total, comparator: at_least, value: 222, unit: 家", "value-not-in-quote"),
        ("全市凈增規上企業222個以上", "kind: total, comparator: at_least, value: 222, unit: 家", "value-not-in-quote"),
        ("全市凈增規上企業222家以上", "kind: total, value: 222, unit: 家", "reading-incomplete"),
    ],
)
def test_a_reading_that_the_words_do_not_bear_is_named(quote: str, rest: str, expected: str) -> None:
    assert codes(agreement(target=target(quote, rest))) == [expected]


def test_chinese_numerals_bear_a_reading_too() -> None:
    words = target("建成十家企業", "kind: total, comparator: at_least, value: 10, unit: 家")
    assert agreement(RULE.replace("222", "10"), words) == []


def test_a_range_is_due_at_the_end_that_its_words_say() -> None:
    words = "kind: rate, comparator: between, value: 4.5, upper: 5, unit: '%'"
    rule = "indicator: growth, kind: rate, comparator: between, threshold: 4.5 %, upper: 5 %"
    plain, held = target("總值增長4.5%–5%", words), target("漲幅控制在4.5%–5%", words)
    assert codes(agreement(rule, plain, GROWTH)) == []
    assert codes(agreement(rule + ", bound: upper", plain, GROWTH)) == ["bound-differs"]
    assert codes(agreement(rule, held, GROWTH)) == ["bound-differs"]
    assert codes(agreement(rule + ", bound: upper", held, GROWTH)) == []
    assert codes(agreement(rule.replace("5 %", "6 %", 2), plain, GROWTH))[0] == "value-differs"


@pytest.mark.parametrize(
    ("kind", "rule", "expected"),
    [
        ("coverage", "kind: coverage, threshold: 100 %, eligible: to-date", []),
        ("coverage", "kind: coverage, threshold: 99 %, eligible: to-date", ["threshold-unfounded"]),
        (
            "coverage",
            "kind: coverage, comparator: at_most, threshold: 100 %, eligible: to-date",
            ["comparator-differs"],
        ),
        ("always", "kind: always, comparator: at_most, threshold: 0 家", []),
        ("always", "kind: always, comparator: at_most, threshold: 1 家", ["threshold-unfounded"]),
        ("always", "kind: always, comparator: at_least, threshold: 0 家", ["comparator-differs"]),
        ("external, inner_kind: total", "kind: external, inner_kind: total", []),
        ("external, inner_kind: total", "kind: external, inner_kind: total, threshold: 5 家", ["threshold-unfounded"]),
        ("external, inner_kind: total", "kind: external, inner_kind: rate", ["kind-differs"]),
        (
            "external, inner_kind: total, comparator: at_most",
            "kind: external, inner_kind: total",
            ["comparator-differs"],
        ),
        ("total", "kind: total, threshold: 5 家", ["threshold-unfounded"]),
    ],
)
def test_words_without_a_number_give_everybody_nothing_or_no_threshold(
    kind: str, rule: str, expected: list[str]
) -> None:
    assert codes(agreement(f"indicator: firms, {rule}", target("應辦盡辦", f"kind: {kind}"))) == expected


def test_a_rate_in_another_unit_states_its_own_band() -> None:
    words = target("每千人4.5家", "kind: rate, comparator: at_least, value: 4.5, unit: 家")
    rule = "indicator: firms, kind: rate, threshold: 4.5 家"
    bands = "bands: [{at_least: 0, verdict: pass}, {at_least: -0.2, verdict: at-risk}, {verdict: fail}]"
    assert codes(agreement(rule, words)) == ["bands-missing"]
    assert agreement(f"{rule}, {bands}", words) == []


def test_a_negative_tolerance_is_no_tolerance() -> None:
    words = target("凈增222家左右", "kind: total, comparator: at_least, value: 222, unit: 家, soft: true")
    assert agreement(RULE + ", soft: true, tolerance: 1 個百分點", words) == []
    assert codes(agreement(RULE + ", soft: true, tolerance: -1 個百分點", words)) == ["tolerance-negative"]


def test_every_promise_has_a_rule() -> None:
    second = target("另增10家", "kind: total, comparator: at_least, value: 10, unit: 家").replace("promise", "second")
    found = agreement(target=TARGET + second)
    assert [(each.code, each.params["target"], each.params["file"]) for each in found] == [
        ("target-not-judged", "second", "rules/016-….yaml")
    ]


def test_a_promise_whose_rule_cannot_be_read_is_not_called_unjudged_as_well() -> None:
    texts = {"targets.yaml": HEAD + TARGET, "rules/016-small.yaml": rule_file("indicator: nothing, kind: total")}
    book, found = bind(texts)
    assert book is not None
    assert found
    assert check_agreement(book, found) == []


def test_every_indicator_is_judged() -> None:
    assert codes(agreement(indicators=FIRMS + GROWTH)) == ["indicator-unused"]


def test_names_are_kebab_case() -> None:
    texts = {"targets.yaml": HEAD + TARGET, "rules/016-Small_File.yaml": rule_file(RULE, FIRMS)}
    book, found = bind(texts)
    assert book is not None
    assert [each.params["name"] for each in check_agreement(book, found)] == ["Small_File"]
    odd = TARGET.replace("promise", "Promise1")
    rule = rule_file(RULE, FIRMS).replace("target: promise", "target: Promise1").replace("id: rule", "id: a--b")
    book, found = bind({"targets.yaml": HEAD + odd, "rules/016-small.yaml": rule})
    assert book is not None
    assert [(each.code, each.params["name"]) for each in check_agreement(book, found)] == [
        ("name-not-kebab", "Promise1"),
        ("name-not-kebab", "a--b"),
    ]


def test_a_band_below_a_line_that_must_hold_is_named() -> None:
    words = target("守住222家", "kind: always, comparator: at_least, value: 222, unit: 家")
    rule = (
        RULE.replace("total", "always") + ", bands: [{at_least: %s, verdict: pass}, {at_least: %s, verdict: at-risk}, "
    )
    assert codes(agreement(rule % (2, 0) + "{verdict: fail}]", words)) == []
    assert codes(agreement(rule % (0, -1) + "{verdict: fail}]", words)) == ["band-below-line"]


def test_rates_never_add_up() -> None:
    words = target("增長7%以上", "kind: rate, comparator: at_least, value: 7, unit: '%'")
    rule = "indicator: growth, kind: rate, comparator: at_least, threshold: 7 %"
    indicators = "- {id: growth, name: 總值增速, unit: '%', additive: true}\n"
    assert codes(agreement(rule, words, indicators)) == ["additive-share"]


@pytest.mark.parametrize(("unit", "expected"), [("家", []), ("萬家", ["indicator-unit-differs"])])
def test_an_indicator_is_asked_for_in_the_unit_of_the_promise(unit: str, expected: list[str]) -> None:
    assert codes(agreement(indicators=FIRMS.replace("家}", f"{unit}}}"))) == expected


def test_the_unit_of_a_reading_is_told_before_that_of_an_indicator() -> None:
    assert codes(agreement(RULE.replace("222 家", "0.0222 萬家"))) == ["unit-differs"]


@pytest.mark.parametrize(("year", "expected"), [("2025", []), ("2030", ["later-year-judged"])])
def test_a_goal_of_a_later_year_is_judged_by_that_years_book(year: str, expected: list[str]) -> None:
    assert codes(agreement(target=TARGET.replace("unit: 家", f"unit: 家, year: {year}"))) == expected


def test_the_small_indicators_are_not_all_used() -> None:
    assert {each.code for each in agreement(indicators=INDICATORS)} == {"indicator-unused"}


@pytest.mark.parametrize(("policy", "expected"), [("cases: {threshold: 0}", ["rule-without-case"]), ("{}", [])])
def test_a_book_that_asks_for_cases_wants_one_for_every_rule(policy: str, expected: list[str]) -> None:
    assert codes(agreement(policy=policy)) == expected
