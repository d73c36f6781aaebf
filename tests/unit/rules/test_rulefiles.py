from datetime import date
from fractions import Fraction

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.rule import Indicator, Judged, Ladder, Parts, Rule, Stage
from engine.model.target import Comparator, Kind
from engine.rules.rulefiles import read_rule_file
from tests.unit.small import INDICATORS, codes, node_of, rule_file


def rule_of(rule: str) -> Rule:
    found: list[Diagnostic] = []
    _, _, rules = read_rule_file(node_of(rule_file(rule)), "", found)
    assert found == []
    return rules[0]


def found_in(rule: str) -> list[str]:
    """The codes of what is wrong with a rule, which is then left out."""
    found: list[Diagnostic] = []
    _, _, rules = read_rule_file(node_of(rule_file(rule)), "", found)
    assert rules == ()
    return codes(found)


def indicator_of(text: str) -> tuple[Indicator | None, list[str]]:
    found: list[Diagnostic] = []
    _, indicators, _ = read_rule_file(node_of(f"clause: '1'\nindicators: [{text}]\nrules: []\n"), "", found)
    return (indicators[0] if indicators else None), codes(found)


def test_a_rule_is_read_with_its_exact_numbers() -> None:
    rule = rule_of(
        "indicator: growth, kind: rate, comparator: at_most, threshold: 3.50 %, soft: true, tolerance: 0.5 個百分點"
    )
    assert rule.threshold is not None
    assert (rule.kind, rule.comparator, rule.threshold.base, rule.threshold.decimals) == (
        Kind.RATE,
        Comparator.AT_MOST,
        Fraction(35),
        2,
    )
    assert (rule.soft, rule.tolerance, rule.ladder, rule.pace, rule.due_in) == (True, Fraction(1, 2), None, (), ())


def test_without_a_comparator_a_promise_is_a_floor() -> None:
    assert rule_of("indicator: firms, kind: total, threshold: 5 家").comparator is Comparator.AT_LEAST


def test_full_width_and_blanks_in_a_threshold_are_folded() -> None:
    threshold = rule_of("indicator: growth, kind: rate, threshold: ７.０ ％").threshold
    assert threshold is not None
    assert (threshold.base, threshold.unit.symbol) == (Fraction(70), "%")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("indicator: firms, kind: total", ["rule-incomplete"]),
        ("indicator: firms, kind: milestone", ["rule-incomplete"]),
        ("indicator: firms, kind: coverage, threshold: 100 %", ["rule-incomplete"]),
        ("indicator: growth, kind: relative", ["rule-incomplete"]),
        ("indicator: firms, kind: each, inner_kind: total, threshold: 3 家", ["rule-incomplete"]),
        ("indicator: firms, kind: each, inner_kind: total, members: [甲]", ["rule-incomplete"]),
        ("indicator: growth, kind: external", ["rule-incomplete"]),
        ("indicator: firms, kind: external, inner_kind: milestone", ["rule-incomplete"]),
        ("indicator: firms, kind: total, inner_kind: milestone, threshold: 3 家", ["key-unfit"]),
        ("indicator: firms, kind: each, inner_kind: each, members: [甲], threshold: 3 家", ["unknown-word"]),
        ("indicator: firms, kind: external, inner_kind: external, threshold: 3 家", ["unknown-word"]),
        ("indicator: firms, kind: total, threshold: 5 家, comparater: at_most", ["unknown-key"]),
        ("indicator: firms, kind: total, threshold: 5", ["unit-missing"]),
        ("indicator: firms, kind: total, threshold: 5 坨", ["unit-unknown"]),
        ("indicator: firms, kind: sum, threshold: 5 家", ["unknown-word"]),
        ("indicator: firms, kind: total, comparator: above, threshold: 5 家", ["unknown-word"]),
        ("indicator: firms, kind: total, threshold: 5 家, soft: true", ["tolerance-missing"]),
        ("indicator: firms, kind: total, threshold: 5 家, soft: 'yes'", ["unknown-word"]),
        ("indicator: firms, kind: total, threshold: 0 家", ["threshold-not-positive"]),
        ("indicator: firms, kind: total, threshold: -1 家", ["threshold-not-positive"]),
        ("indicator: firms, kind: total, threshold: 5 家, comparator: between", ["range-broken"]),
        ("indicator: firms, kind: total, threshold: 5 家, upper: 5 家, comparator: between", ["range-broken"]),
        ("indicator: firms, kind: total, threshold: 5 家, upper: 9 個, comparator: between", ["range-broken"]),
        (
            "indicator: firms, kind: total, threshold: 5 家, upper: 9 家, comparator: between, bound: both",
            ["unknown-word"],
        ),
        ("indicator: firms, kind: coverage, threshold: 100 %, eligible: yearly", ["unknown-word"]),
        ("indicator: firms, kind: total, threshold: 5 家, due_in: [2025Q5]", ["period-unreadable"]),
        ("indicator: firms, kind: total, threshold: 5 家, soft: true, tolerance: 1 家", ["unit-mismatch"]),
        ("indicator: firms, kind: total, threshold: 5 家, judged: {lead: county}", ["unknown-word"]),
        ("indicator: firms, kind: total, threshold: 5 家, bands: [{verdict: fail}]", ["ladder-broken"]),
        ("indicator: firms, kind: total, threshold: 5 家, pace: {2025Q2: 50 %}", ["pace-broken"]),
        (
            "indicator: firms, kind: total, threshold: 5 家, pace: {2025Q2: 60 %, 2025Q3: 50 %, 2025: 100 %}",
            ["pace-broken"],
        ),
        ("indicator: firms, kind: total, threshold: 5 家, pace: {2025Q2: -1 %, 2025Q4: 100 %}", ["pace-broken"]),
        ("indicator: firms, kind: total, threshold: 5 家, pace: {2025Q2: 5 家, 2025Q4: 100 %}", ["pace-broken"]),
        ("indicator: firms, kind: total, threshold: 5 家, pace: {spring: 5 %, 2025Q4: 100 %}", ["pace-broken"]),
        (
            "indicator: firms, kind: total, threshold: 5 家, pace: {2025Q2: 40 %, 2025H1: 50 %, 2025: 100 %}",
            ["pace-broken"],
        ),
        ("indicator: growth, kind: rate, threshold: 5 %, pace: {2025Q2: 50 %, 2025: 100 %}", ["key-unfit"]),
        ("indicator: firms, kind: always, threshold: 5 家, pace: {2025Q2: 50 %, 2025: 100 %}", ["key-unfit"]),
        (
            "indicator: firms, kind: coverage, threshold: 100 %, eligible: to-date, pace: {2025: 100 %}",
            ["key-unfit"],
        ),
        (
            "indicator: firms, kind: milestone, stages: [{stage: 甲, due: 2025-06-30}], pace: {2025: 100 %}",
            ["key-unfit"],
        ),
        ("indicator: firms, kind: total, threshold: 5 家, reconcile_tolerance: 5 %", ["unit-mismatch"]),
        ("indicator: firms, kind: milestone, stages: [{stage: 甲, due: 2025-06-31}]", ["not-a-date"]),
        (
            "indicator: firms, kind: milestone, stages: [{stage: 甲, due: 2025-06-30}, {stage: 乙, due: 2025-03-31}]",
            ["stages-broken"],
        ),
        (
            "indicator: firms, kind: milestone, stages: [{stage: 甲, due: 2025-03-31}, {stage: 甲, due: 2025-06-30}]",
            ["stages-broken"],
        ),
    ],
)
def test_a_rule_that_cannot_be_judged_is_reported_and_left_out(rule: str, expected: list[str]) -> None:
    assert found_in(rule) == expected


def test_a_missing_key_is_named_with_the_kind_that_needs_it() -> None:
    found: list[Diagnostic] = []
    read_rule_file(node_of(rule_file("indicator: firms, kind: coverage, threshold: 100 %")), "", found)
    assert found[0].params == {"kind": "coverage", "keys": "eligible"}


def test_an_external_rule_may_wait_for_its_number() -> None:
    assert rule_of("indicator: growth, kind: external, inner_kind: rate").threshold is None


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        ("{lead: city}", Judged(True, (), None)),
        ("{lead: none, responsible: {same: [各縣市區]}}", Judged(False, ("各縣市區",), None)),
        ("{lead: city, responsible: {quota: 016-firms}}", Judged(True, (), "016-firms")),
        ("{lead: city, responsible: none}", Judged(True, (), None)),
    ],
)
def test_who_is_judged(judged: str, expected: Judged) -> None:
    assert rule_of(f"indicator: firms, kind: total, threshold: 5 家, judged: {judged}").judged == expected


def test_a_rule_must_say_who_is_judged() -> None:
    found: list[Diagnostic] = []
    rule = "{id: r, target: t, indicator: firms, kind: rate, threshold: 1 家}"
    text = f"clause: '16'\nindicators:\n{INDICATORS}rules: [{rule}]"
    read_rule_file(node_of(text), "", found)
    assert [(finding.code, finding.params["key"]) for finding in found] == [("key-missing", "judged")]


def test_a_pace_is_read_by_period_or_day() -> None:
    pace = rule_of(
        "indicator: firms, kind: total, threshold: 5 家, pace: {2025Q4: 100 %, 2025-05-15: 12.5 %, 2025Q1: 0 %}"
    ).pace
    assert pace == (
        (date(2025, 3, 31), Fraction(0)),
        (date(2025, 5, 15), Fraction(1, 8)),
        (date(2025, 12, 31), Fraction(1)),
    )


def test_stages_are_read_with_their_days() -> None:
    stages = rule_of("indicator: firms, kind: milestone, stages: [{stage: 開工, due: 2025-03-31}]").stages
    assert stages == (Stage("開工", date(2025, 3, 31)),)


def test_a_rule_s_own_bands_are_read() -> None:
    bands = "[{at_least: 0, verdict: pass}, {at_least: -0.1, verdict: at-risk}, {verdict: fail}]"
    rule = rule_of(f"indicator: firms, kind: rate, threshold: 5 家, bands: {bands}")
    assert rule.ladder == Ladder(Fraction(0), Fraction(-1, 10))


def test_periods_of_an_annual_target_are_sorted() -> None:
    rule = rule_of("indicator: firms, kind: total, threshold: 5 家, due_in: [2025Q4, 2025H1]")
    assert rule.due_in == (202506, 202512)


def test_a_tolerance_counts_in_the_gap_s_unit() -> None:
    in_thousands = rule_of("indicator: land, kind: always, threshold: 1 萬畝, soft: true, tolerance: 150 畝")
    assert in_thousands.tolerance == Fraction(150, 10000)


def test_an_indicator_is_read_with_its_parts() -> None:
    indicator, found = indicator_of("{id: share, name: 占比, unit: '%', parts: {ratio: [part, whole], unit: 億元}}")
    assert indicator is not None
    assert indicator.parts is not None
    assert (indicator.parts.form, indicator.parts.names, indicator.parts.unit.symbol, found) == (
        "ratio",
        ("part", "whole"),
        "億元",
        [],
    )
    assert isinstance(indicator.parts, Parts)


@pytest.mark.parametrize(
    "parts",
    [
        "{ratio: [part], unit: 家}",
        "{ratio: [a, b, c], unit: 家}",
        "{growth: [a, b], ratio: [a, b], unit: 家}",
        "{sum: [a], unit: 家}",
        "{unit: 家}",
    ],
)
def test_parts_have_one_form_and_enough_names(parts: str) -> None:
    assert indicator_of(f"{{id: share, name: 占比, unit: '%', parts: {parts}}}")[1] == ["wrong-shape"]


def test_an_unknown_unit_of_an_indicator_comes_with_the_nearest() -> None:
    found: list[Diagnostic] = []
    read_rule_file(node_of("clause: '1'\nindicators: [{id: a, name: 甲, unit: 平方公哩}]\nrules: []\n"), "", found)
    assert [(finding.code, finding.params["found"]) for finding in found] == [("unit-unknown", "平方公哩")]
    assert "平方公里" in found[0].params["nearest"]


def test_a_book_s_own_unit_of_measure_is_known() -> None:
    found: list[Diagnostic] = []
    text = "clause: '1'\nindicators: [{id: a, name: 甲, unit: 擔}]\nrules: []\n"
    _, indicators, _ = read_rule_file(node_of(text), "擔 = 50 * 公斤\n", found)
    assert (found, indicators[0].unit.factor) == ([], 50000)
