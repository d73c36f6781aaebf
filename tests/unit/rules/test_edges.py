"""Which positions the edges of a rule have, and which of them a figure tries."""

from collections.abc import Iterable

import pytest

from engine.model.case import EdgePosition, Position
from engine.model.result import CasesResult
from tests.unit.rules.test_cases import TOTAL, run


def written(positions: Iterable[Position]) -> set[str]:
    return {str(position) for position in positions if isinstance(position, EdgePosition)}


def tries(figure: str, rule: str = TOTAL, period: str = "2025Q2", more: str = "") -> set[str]:
    """What one figure tries."""
    case = f"{{rule: rule, figures: {{{period}: {figure}}}{more}, expect: {{verdict: pass}}}}"
    return written(run(case, rule=rule).trials[0].covers)


def all_of(*edges: str) -> set[str]:
    return {f"{edge} {position}" for edge in edges for position in ("under", "at", "over")}


def positions(rule: str, figure: str, more: str = "") -> CasesResult:
    case = f"{{rule: rule, figures: {{2025Q2: {figure}}}{more}, expect: {{verdict: pass}}}}"
    return run(case, rule=rule)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("110 家", {"year pass under"}),
        ("111 家", {"year pass at"}),
        ("112 家", {"year pass over"}),
        ("109 家", set()),
        ("88 家", {"year at-risk under"}),
        ("89 家", {"year at-risk over"}),
        ("88.8 家", {"year at-risk at"}),
        ("110.9 家", {"year pass under"}),
        ("110.8 家", set()),
        ("_", set()),
        ("110 個", set()),
    ],
)
def test_the_last_written_digit_is_the_step(figure: str, expected: set[str]) -> None:
    assert tries(figure) == expected


@pytest.mark.parametrize(("figure", "expected"), [("221 家", "under"), ("222 家", "at"), ("223 家", "over")])
def test_the_year_ends_with_the_whole_target(figure: str, expected: str) -> None:
    assert tries(figure, period="2025Q4") == {f"year-end pass {expected}"}


def test_under_is_the_worse_side_of_a_ceiling() -> None:
    rule = "indicator: growth, kind: rate, threshold: 3 %, comparator: at_most"
    assert tries("3.1 %", rule) == {"year pass under"}
    assert tries("2.9 %", rule) == {"year pass over"}
    assert tries("4.0 %", rule) == {"year at-risk at"}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ("{matched: 160 項, demanded: 200 項}", {"year pass at"}),
        ("{matched: 799 項, demanded: 1000 項}", {"year pass under"}),
        ("{demanded: 1000 項, matched: 798 項}", set()),
    ],
)
def test_a_figure_from_parts_has_the_step_of_its_first_part(parts: str, expected: set[str]) -> None:
    indicators = "- {id: success, name: 成功率, unit: '%', parts: {ratio: [matched, demanded], unit: 項}}\n"
    case = f"{{rule: rule, figures: {{2025Q2: {{parts: {parts}}}}}, expect: {{verdict: pass}}}}"
    result = run(case, rule="indicator: success, kind: rate, threshold: 80 %", indicators=indicators)
    assert written(result.trials[0].covers) == expected


def test_of_a_list_the_deciding_member_counts() -> None:
    rule = "indicator: firms, kind: each, inner_kind: total, threshold: 30 家, members: [甲, 乙]"
    assert tries("{members: {甲: 14 家, 乙: 16 家}}", rule) == {"year pass under"}


def test_a_breach_of_an_earlier_period_tries_nothing_today() -> None:
    rule = "indicator: land, kind: always, threshold: 100 畝"
    case = "{rule: rule, figures: {2025Q1: 99 畝, 2025Q2: 100 畝}, expect: {verdict: fail}}"
    assert written(run(case, rule=rule).trials[0].covers) == set()


def test_a_level_is_tried_with_its_baseline_only() -> None:
    rule = "indicator: firms, kind: level, threshold: 1200 家"
    assert tries("{value: 1100 家, baseline: 1000 家}", rule) == {"year pass at"}
    assert tries("1200 家", rule) == set()
    assert tries("{value: 1300 家, baseline: 1300 家}", rule) == set()


def test_a_relative_rule_is_tried_beside_its_partner() -> None:
    rule = "indicator: income, kind: relative, partner: growth"
    assert tries("6.9 %", rule, more=", partner: {2025Q2: 7.0 %}") == {"year pass under"}
    assert tries("6.9 %", rule) == set()


# --- what there is to try --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "figure", "missing"),
    [
        # 88.8 家 lies on no grid of whole enterprises, in no quarter.
        (TOTAL, "110 家", {"year at-risk at"}),
        (TOTAL, "110.1 家", set()),
        ("indicator: firms, kind: total, threshold: 220 家", "110 家", set()),
        ("indicator: growth, kind: rate, threshold: 7 %", "7.0 %", set()),
        ("indicator: firms, kind: level, threshold: 1200 家", "_", set()),
    ],
)
def test_an_edge_that_no_figure_meets_has_no_position_at(rule: str, figure: str, missing: set[str]) -> None:
    expected = all_of("year pass", "year at-risk", "year-end pass") - missing
    assert written(positions(rule, figure).positions) == expected


def test_nothing_is_better_than_no_accident() -> None:
    rule = "indicator: firms, kind: always, comparator: at_most, threshold: 0 家"
    expected = {f"{phase} pass {position}" for phase in ("year", "year-end") for position in ("under", "at")}
    assert written(positions(rule, "0 家").positions) == expected


def test_a_soft_rate_has_one_edge_where_its_tolerance_swallows_the_band() -> None:
    rule = "indicator: growth, kind: rate, threshold: 75 %, soft: true, tolerance: 5 個百分點"
    assert written(positions(rule, "70.0 %").positions) == all_of("year pass", "year-end pass")


def test_nobody_is_done_beyond_the_last() -> None:
    rule = "indicator: firms, kind: coverage, threshold: 100 %, eligible: to-date"
    expected = all_of("year pass", "year at-risk", "year-end pass") - {"year pass over", "year-end pass over"}
    result = positions(rule, "{done: 9 家, eligible: 10 家}")
    assert written(result.positions) == expected
    assert written(result.trials[0].covers) == {"year pass under", "year at-risk at"}


def test_stages_begin_and_end() -> None:
    rule = "indicator: firms, kind: milestone, stages: [{stage: 甲, due: 2025-03-31}, {stage: 乙, due: 2025-12-31}]"
    expected = {"year pass under", "year pass at", "year pass over", "year at-risk at", "year at-risk over"}
    result = positions(rule, "{stage: 甲}")
    assert written(result.positions) == expected | {"year-end pass under", "year-end pass at"}
    assert written(result.trials[0].covers) == {"year pass at", "year at-risk over"}


def test_what_is_due_at_the_end_only_has_no_edge_during_the_year() -> None:
    rule = "indicator: growth, kind: rate, threshold: 70 %, due_in: [2025Q4]"
    assert written(positions(rule, "70 %").positions) == all_of("year-end pass")


def test_a_quota_has_edges_of_its_own() -> None:
    rule = "indicator: firms, kind: total, threshold: 155 家, judged: {lead: city, responsible: {quota: table}}"
    table = {"allocations/table": "{rule: rule, document: 表, quotas: {咸安區: 52 家}}"}
    expect = "expect: {verdict: pass}"
    cases = [
        f"{{rule: rule, figures: {{2025Q4: 155 家}}, {expect}}}",
        f"{{rule: rule, organization: 咸安區, figures: {{2025Q4: 52 家}}, {expect}}}",
    ]
    result = run(*cases, rule=rule, **table)
    assert "year pass at" not in written(result.positions)
    assert [written(trial.covers) for trial in result.trials] == [{"year-end pass at"}, set()]


def test_a_rule_of_quotas_alone_is_tried_at_theirs() -> None:
    rule = "indicator: firms, kind: total, threshold: 155 家, judged: {lead: none, responsible: {quota: table}}"
    table = {"allocations/table": "{rule: rule, document: 表, quotas: {咸安區: 52 家}}"}
    case = "{rule: rule, organization: 咸安區, figures: {2025Q4: 52 家}, expect: {verdict: pass}}"
    result = run(case, rule=rule, **table)
    assert "year pass at" in written(result.positions)
    assert written(result.trials[0].covers) == {"year-end pass at"}


def test_a_number_that_nobody_has_set_leaves_no_edge() -> None:
    rule = "indicator: growth, kind: external, inner_kind: rate"
    assert written(positions(rule, "7.0 %").positions) == set()
    assert len(written(positions(rule, "7.0 %", ", number: 7 %").positions)) == 9


def test_coverage_is_rounded_down() -> None:
    result = positions(TOTAL, "110 家")
    assert (len(result.positions), len(result.uncovered), result.percent) == (8, 7, 12)


def test_a_month_in_which_something_is_due_has_its_edges() -> None:
    rule = "indicator: growth, kind: rate, threshold: 70 %, due_in: [2025-05]"
    assert written(positions(rule, "70 %").positions) == all_of("year pass", "year at-risk")
