"""The situations of a rule beyond its edges: which there are, and which of them a case tries."""

import pytest

from engine.model.case import Situation
from engine.model.result import CasesResult
from tests.unit.rules.test_cases import TOTAL, run

GROWTH = "- {id: growth, name: 總值增速, unit: '%', parts: {growth: [current, previous], unit: 億元}}\n"
ALLOTTED = "indicator: firms, kind: total, threshold: 50 家, judged: {lead: city, responsible: {quota: table}}"
TABLE = {"allocations/table": "{rule: rule, document: 表, quotas: {咸安區: 50 家}}"}
ROUNDED = [f"depends-on-rounding {edge}" for edge in ("year pass", "year at-risk", "year-end pass")]
STAGES = "indicator: firms, kind: milestone, stages: [{stage: 甲, due: 2025-02-10}, {stage: 乙, due: 2025-05-31}]"


def situations(result: CasesResult) -> list[str]:
    """The situations of the book's one rule."""
    return [str(each) for each in result.positions if isinstance(each, Situation)]


def of_rule(rule: str, **files: str) -> list[str]:
    return situations(run("{rule: rule, figures: {2025Q2: _}, expect: {verdict: undecided}}", rule=rule, **files))


def tries(figure: str, rule: str = TOTAL, period: str = "2025Q2", more: str = "", **files: str) -> list[str]:
    """The situations in which one figure puts the rule."""
    case = f"{{rule: rule, figures: {{{period}: {figure}}}{more}, expect: {{verdict: pass}}}}"
    covers = run(case, rule=rule, **files).trials[0].covers
    return [str(each) for each in covers if isinstance(each, Situation)]


# --- what follows from a rule ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (TOTAL, []),
        ("indicator: firms, kind: total, threshold: 222 家, net: true", ["below-zero", "can-fall-back"]),
        ("indicator: firms, kind: total, threshold: 222 家, net: true, comparator: at_most", ["below-zero"]),
        ("indicator: firms, kind: level, threshold: 1200 家", ["baseline-met", "no-baseline", "can-fall-back"]),
        ("indicator: firms, kind: coverage, threshold: 100 %, eligible: to-date", ["nothing-eligible"]),
        ("indicator: land, kind: always, threshold: 100 畝", ["breached-in"]),
        ("indicator: growth, kind: external, inner_kind: rate", ["awaiting-target"]),
        (
            "indicator: income, kind: relative, partner: growth",
            ["partner-missing", *ROUNDED],
        ),
        (
            "indicator: firms, kind: each, inner_kind: total, threshold: 30 家, members: [甲, 乙]",
            ["members", "member-missing"],
        ),
        (
            "indicator: land, kind: always, threshold: 100 畝, due_in: [2025Q4]",
            ["not-due 2025Q1", "not-due 2025Q2", "not-due 2025Q3"],
        ),
        (STAGES, ["from 2025-02", "until 2025-01", "from 2025-05", "until 2025-04"]),
        (
            "indicator: firms, kind: total, threshold: 100 家, pace: {2025-05-31: 0 %, 2025Q4: 100 %}",
            ["from 2025-05", "until 2025-04", "from 2025Q4", "until 2025-11"],
        ),
        (ALLOTTED, ["lead", "quota 咸安區", "not-applicable 嘉魚縣"]),
        (
            "indicator: firms, kind: total, threshold: 50 家, judged: {lead: none, responsible: {same: [各縣市區]}}",
            ["body 咸安區", "body 嘉魚縣"],
        ),
    ],
)  # fmt: skip
def test_the_situations_follow_from_the_rule(rule: str, expected: list[str]) -> None:
    files = TABLE if "quota" in rule else {}
    case = "{rule: rule, organization: 咸安區, figures: {2025Q2: _}, expect: {verdict: undecided}}"
    found = situations(run(case, rule=rule)) if "lead: none" in rule else of_rule(rule, **files)
    assert found == expected


def test_an_amendment_is_tried_before_and_after_its_date() -> None:
    amendments = "amendments:\n- {target: promise, threshold: 230 家, document: 文, date: 2025-06-15}\n"
    assert of_rule(TOTAL, amendments=amendments) == ["from 2025Q2", "until 2025-05"]
    reaching = amendments.replace("date:", "reach: [市經信局], date:")
    assert of_rule(TOTAL, amendments=reaching) == ["from 2025Q2 市經信局", "until 2025-05 市經信局"]


def test_a_number_set_before_the_year_leaves_nothing_to_wait_for() -> None:
    rule = "indicator: growth, kind: external, inner_kind: rate"
    amendment = "amendments:\n- {{target: promise, threshold: 7 %, document: 文, date: {}}}\n"
    before, within = (amendment.format(day) for day in ("2024-12-31", "2025-04-01"))
    case = "{rule: rule, figures: {2025Q2: 7.0 %}, expect: {verdict: pass}}"
    assert situations(run(case, rule=rule, amendments=before)) == ROUNDED
    found = situations(run(case, rule=rule, amendments=within))
    assert found == ["awaiting-target", "from 2025-04", "until 2025Q1", *ROUNDED]


# --- what a case tries -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "rule", "period", "expected"),
    [
        ("-1 家", "indicator: firms, kind: total, threshold: 222 家, net: true", "2025Q2", ["below-zero"]),
        ("222 家", "indicator: firms, kind: total, threshold: 222 家, net: true", "2025Q2", ["can-fall-back"]),
        ("222 家", "indicator: firms, kind: total, threshold: 222 家, net: true", "2025Q4", []),
        ("900 家", "indicator: firms, kind: level, threshold: 1200 家", "2025Q2", ["no-baseline"]),
        (
            "{value: 1300 家, baseline: 1200 家}",
            "indicator: firms, kind: level, threshold: 1200 家",
            "2025Q2",
            ["can-fall-back", "baseline-met"],
        ),
        (
            "{done: 0 家, eligible: 0 家}",
            "indicator: firms, kind: coverage, threshold: 100 %, eligible: to-date",
            "2025Q2",
            ["nothing-eligible"],
        ),
        ("7.0 %", "indicator: growth, kind: external, inner_kind: rate", "2025Q2", ["awaiting-target"]),
        ("7.0 %", "indicator: growth, kind: rate, threshold: 7 %", "2025Q2", ["depends-on-rounding year pass"]),
        ("7.1 %", "indicator: growth, kind: rate, threshold: 7 %", "2025Q2", []),
        ("7.0 %", "indicator: income, kind: relative, partner: growth", "2025Q2", ["partner-missing"]),
        ("100 畝", "indicator: land, kind: always, threshold: 100 畝, due_in: [2025Q4]", "2025Q1", ["not-due 2025Q1"]),
        ("{stage: 未開始}", STAGES, "2025-01", ["until 2025-01"]),
        ("{stage: 甲}", STAGES, "2025-02", ["from 2025-02"]),
        ("{stage: 乙}", STAGES, "2025-02", []),
        ("{stage: 甲}", STAGES, "2025-04", ["until 2025-04"]),
    ],
)
def test_a_figure_puts_the_rule_into_a_situation(figure: str, rule: str, period: str, expected: list[str]) -> None:
    assert sorted(tries(figure, rule, period)) == sorted(expected)


def test_a_breach_of_an_earlier_period_is_a_situation() -> None:
    case = "{rule: rule, figures: {2025Q1: 99 畝, 2025Q2: 100 畝}, expect: {verdict: fail}}"
    (trial,) = run(case, rule="indicator: land, kind: always, threshold: 100 畝").trials
    assert [str(each) for each in trial.covers] == ["breached-in"]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("{parts: {current: 107 億元, previous: 100 億元}}", ["parts"]),
        # Beside the edge a rounded quotient would come out alike.
        ("{parts: {current: 109 億元, previous: 100 億元}}", []),
        ("7.0 %", ["depends-on-rounding year pass"]),
    ],
)
def test_parts_show_at_the_edge_that_nothing_was_rounded(figure: str, expected: list[str]) -> None:
    rule = "indicator: growth, kind: rate, threshold: 7 %"
    case = f"{{rule: rule, figures: {{2025Q2: {figure}}}, expect: {{verdict: pass}}}}"
    (trial,) = run(case, rule=rule, indicators=GROWTH).trials
    assert [str(each) for each in trial.covers if isinstance(each, Situation)] == expected


def test_a_sum_is_tried_by_its_parts() -> None:
    indicators = "- {id: firms, name: 企業, unit: 家, parts: {sum: [大, 小], unit: 家}}\n"
    cases = [
        f"{{rule: rule, figures: {{2025Q2: {figure}}}, expect: {{verdict: pass}}}}"
        for figure in ("{parts: {大: 30 家, 小: 90 家}}", "120 家")
    ]
    result = run(*cases, indicators=indicators)
    assert [[str(each) for each in trial.covers] for trial in result.trials] == [["parts"], []]


def test_a_stated_measure_is_tried() -> None:
    indicators = "- {id: firms, name: 企業, unit: 家, measure: 新增}\n"
    cases = [
        f"{{rule: rule, figures: {{2025Q2: {figure}}}, expect: {{verdict: pass}}}}"
        for figure in ("{value: 150 家, measure: 新增}", "{value: 150 家, measure: 凈增}", "150 家")
    ]
    result, tried = run_found(*cases, indicators=indicators)
    assert situations(result) == ["measure 新增"]
    assert tried == [["measure 新增"], [], []]


def run_found(*cases: str, indicators: str) -> tuple[CasesResult, list[list[str]]]:
    result = run(*cases, indicators=indicators)
    return result, [[str(each) for each in trial.covers] for trial in result.trials]


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ("{甲: 16 家, 乙: 17 家, 丙: 18 家}", ["members"]),
        # One figure for all others would hide that a member was added or left out.
        ("{甲: 16 家, others: 17 家}", []),
        ("{甲: _, 乙: 17 家, 丙: 18 家}", ["member-missing"]),
    ],
)
def test_members_are_tried_by_their_names(members: str, expected: list[str]) -> None:
    rule = "indicator: firms, kind: each, inner_kind: total, threshold: 30 家, members: [甲, 乙, 丙]"
    assert tries(f"{{members: {members}}}", rule) == expected


@pytest.mark.parametrize(
    ("body", "figure", "period", "expected"),
    [
        ("市經信局", "50 家", "2025Q4", ["lead"]),
        ("市經信局", "40 家", "2025Q4", []),
        ("咸安區", "50 家", "2025Q4", ["quota 咸安區"]),
        ("咸安區", "49 家", "2025Q4", []),
        ("嘉魚縣", "_", "2025Q4", ["not-applicable 嘉魚縣"]),
    ],
)
def test_each_body_is_tried_at_its_own_number(body: str, figure: str, period: str, expected: list[str]) -> None:
    assert tries(figure, ALLOTTED, period, f", organization: {body}", **TABLE) == expected


def test_a_body_held_to_the_same_number_is_tried_at_any_edge() -> None:
    rule = "indicator: firms, kind: total, threshold: 50 家, judged: {lead: city, responsible: {same: [各縣市區]}}"
    assert of_rule(rule) == ["lead", "body 咸安區", "body 嘉魚縣"]
    assert tries("49 家", rule, "2025Q4", ", organization: 咸安區") == ["body 咸安區"]
    assert tries("30 家", rule, "2025Q4", ", organization: 咸安區") == []


def test_a_step_that_no_figure_meets_is_tried_just_over_it() -> None:
    rule = "indicator: firms, kind: total, threshold: 222 家, pace: {2025Q1: 10 %, 2025Q4: 100 %}"
    assert "from 2025Q1" in tries("23 家", rule, "2025Q1")
    assert tries("22 家", rule, "2025Q1") == []
    # One that a figure does meet is tried at the edge alone.
    assert tries("223 家", rule, "2025Q4") == []
    assert tries("222 家", rule, "2025Q4") == ["from 2025Q4"]
