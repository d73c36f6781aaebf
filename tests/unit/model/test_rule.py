from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from engine.model.rule import Rule, Waiver, share_due
from engine.model.source import Source
from engine.model.target import Comparator, Kind
from tests.unit.small import book_of, period_of


def rule_of(text: str) -> Rule:
    return book_of(text).rules[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("comparator: more_than, threshold: 5 家", Comparator.MORE_THAN),
        ("comparator: between, threshold: 1 家, upper: 2 家", Comparator.AT_LEAST),
        ("comparator: between, threshold: 1 家, upper: 2 家, bound: upper", Comparator.AT_MOST),
    ],
)
def test_of_a_range_the_due_bound_decides(text: str, expected: Comparator) -> None:
    assert rule_of(f"indicator: firms, kind: total, {text}").direction is expected


def test_each_and_external_are_judged_as_their_inner_kind() -> None:
    each = rule_of("indicator: firms, kind: each, inner_kind: total, members: [甲, 乙], threshold: 5 家")
    external = rule_of("indicator: growth, kind: external, inner_kind: rate")
    assert (each.judging_kind, external.judging_kind) == (Kind.TOTAL, Kind.RATE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind: total, threshold: 5 家", True),
        ("kind: level, threshold: 5 家", True),
        ("kind: always, threshold: 5 家", False),
        ("kind: coverage, threshold: 100 %, eligible: fixed-list", True),
        ("kind: coverage, threshold: 100 %, eligible: to-date", False),
        ("kind: milestone, stages: [{stage: 開工, due: 2025-03-31}]", True),
    ],
)
def test_a_pace_exists_where_parts_are_due_before_the_year_s_end(text: str, expected: bool) -> None:
    assert rule_of(f"indicator: firms, {text}").paced is expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [("2025Q1", "0"), ("2025-04", "1/10"), ("2025Q2", "1/10"), ("2025Q3", "2/5"), ("2025Q4", "1")],
)
def test_own_pace_takes_the_place_of_the_time_share(label: str, expected: str) -> None:
    rule = rule_of(
        "indicator: firms, kind: total, threshold: 5 家, pace: {2025-04-15: 10 %, 2025Q3: 40 %, 2025Q4: 100 %}"
    )
    assert share_due(rule, period_of(label)) == Fraction(expected)


def test_without_a_pace_the_time_share_is_due() -> None:
    rule = rule_of("indicator: firms, kind: total, threshold: 5 家")
    assert share_due(rule, period_of("2025-11")) == Fraction(11, 12)


WAIVER = Waiver(
    document="批復", approver="省政府", start=date(2025, 4, 1), end=date(2025, 6, 30), date=date(2025, 3, 1),
    reach=("市經信局",), rules=(), targets=("promise",), clauses=(), reason="汛期", source=Source("waivers.yaml", 2, 3),
    places=(("end", 3, 8),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "targets", "clauses", "expected"),
    [
        (("rule",), (), (), True),
        ((), ("promise",), (), True),
        ((), (), ("16",), True),
        (("promise",), ("rule",), ("1",), False),
    ],
)
def test_a_waiver_covers_rules_by_name_target_or_clause(
    rules: tuple[str, ...], targets: tuple[str, ...], clauses: tuple[str, ...], expected: bool
) -> None:
    rule = rule_of("indicator: firms, kind: total, threshold: 5 家")
    assert replace(WAIVER, rules=rules, targets=targets, clauses=clauses).covers(rule) is expected


@pytest.mark.parametrize(
    ("label", "expected"), [("2025Q1", False), ("2025-04", True), ("2025Q2", True), ("2025-07", False)]
)
def test_a_waiver_holds_on_the_last_day_of_a_period(label: str, expected: bool) -> None:
    assert WAIVER.holds(period_of(label)) is expected


def test_a_waiver_knows_where_its_keys_stand() -> None:
    assert (str(WAIVER.place("end")), str(WAIVER.place("reach"))) == ("waivers.yaml:3:8", "waivers.yaml:2:3")
