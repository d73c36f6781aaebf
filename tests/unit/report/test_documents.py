from fractions import Fraction
from typing import Any

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.result import CheckResult, is_complete
from engine.model.source import Source
from engine.report.documents import (
    check_document,
    count_outcomes,
    finding_row,
    gap_number,
    obligations_document,
    source_row,
    targets_document,
    verdict_row,
)
from engine.report.words import Words
from engine.rules.obligations import limit_obligations, list_obligations
from tests.unit.small import TARGETS, book_of, figures_of, judge_book, period_of, verdict_of

ENGLISH = Words("en")
NET = "indicator: firms, kind: total, threshold: 222 家"


def row_of(rule: str, period: str, figure: str, **files: str) -> dict[str, Any]:
    return verdict_row(verdict_of(book_of(rule, **files), period, figure), ENGLISH, "序時進度")


def test_a_verdict_carries_its_evidence() -> None:
    row = row_of(NET, "2025Q2", "firms: 131 家")
    expected: dict[str, Any] = {
        "organization": "市經信局",
        "role": "lead",
        "clause": "16",
        "target": "promise",
        "rule": "rule",
        "indicator": "firms",
        "period": "2025Q2",
        "kind": "total",
        "comparator": "at_least",
        "unit": "家",
        "verdict": "pass",
        "reason": None,
        "progress": "ahead",
        "actual": "131",
        "submitted": "131 家",
        "due": "111",
        "target_value": "222",
        "gap": "9.01",
        "gap_unit": "percentage point",
        "remaining": "91",
        "short_members": [],
        "under_original": None,
        "notes": [],
        "source": {"file": "2025Q2/0.yaml", "line": 2, "column": 18, "cell": None},
    }
    assert {key: row[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("rule", "figure", "wanted"),
    [
        (NET, "land: 1 畝", {"actual": None, "gap": None, "source": None, "reason": "missing"}),
        (
            "indicator: growth, kind: external, inner_kind: rate",
            "growth: 7 %",
            {"comparator": None, "target_value": None, "due": None, "reason": "awaiting-target"},
        ),
        (
            "indicator: firms, kind: coverage, threshold: 80 %, eligible: fixed-list",
            "firms: {done: 1 家, eligible: 3 家}",
            {"actual": "100/3", "due": "40", "gap": "-6.67", "remaining": "140/3"},
        ),
        (
            "indicator: land, kind: always, threshold: 244.44 萬畝",
            "land: 2444399 畝",
            {"actual": "244.4399", "gap": "-0.0001", "gap_unit": "萬畝", "remaining": None},
        ),
        (
            "indicator: firms, kind: milestone, stages: [{stage: 開工, due: 2025-03-31}]",
            "firms: {stage: 未開始}",
            {"target_value": "1", "actual": "0", "due": "1", "gap": "-1", "gap_unit": "stage", "unit": "stage"},
        ),
        (
            "indicator: land, kind: total, threshold: 7.8 萬畝",
            "land: 39,000 畝",
            {"submitted": "39,000 畝", "actual": "3.9", "unit": "萬畝", "gap": "0"},
        ),
    ],
)
def test_numbers_are_decimal_strings_or_exact_fractions(rule: str, figure: str, wanted: dict[str, str | None]) -> None:
    if "39,000" in figure:
        figure = "land: '39,000 畝'"
    row = row_of(rule, "2025Q2", figure)
    assert {key: row[key] for key in wanted} == wanted


@pytest.mark.parametrize(
    ("gap", "unit", "expected"),
    [
        ("-50/111", "percentage point", "-0.45"),
        ("-21.714285", "percentage point", "-21.71"),
        ("0.005", "percentage point", "0.01"),
        ("-0.005", "percentage point", "-0.01"),
        ("9.50", "percentage point", "9.5"),
        ("10", "percentage point", "10"),
        ("0", "percentage point", "0"),
        # Never 0 without being 0, and never −0.
        ("-0.0004", "percentage point", "-0.0004"),
        ("1/3", "萬畝", "1/3"),
        ("-0.0001", "萬畝", "-0.0001"),
    ],
)
def test_a_gap_in_points_has_two_decimals_and_is_exact_otherwise(gap: str, unit: str, expected: str) -> None:
    assert gap_number(Fraction(gap), unit) == expected


def test_no_gap_is_null() -> None:
    assert gap_number(None, None) is None


def test_the_verdict_under_the_old_number_stands_beside() -> None:
    amendments = "amendments: [{target: promise, threshold: 300 家, document: 甲, date: 2025-05-01}]\n"
    row = row_of(NET, "2025Q2", "firms: 115 家", amendments=amendments)
    assert (row["verdict"], row["target_value"], row["under_original"]) == (
        "fail",
        "300",
        {"target_value": "222", "due": "111", "gap": "1.8", "verdict": "pass"},
    )


def test_for_a_missing_figure_the_row_says_what_is_due_now() -> None:
    row = row_of(NET, "2025Q2", "land: 1 畝")
    wanted = {"verdict": "undecided", "reason": "missing", "actual": None, "due": "111", "target_value": "222"}
    assert {key: row[key] for key in wanted} == wanted


@pytest.mark.parametrize(("period", "expected"), [("2025Q1", "64"), ("2025Q3", "192"), ("2025Q4", None)])
def test_what_remains_is_spread_over_the_remaining_periods(period: str, expected: str | None) -> None:
    assert row_of(NET, period, "firms: 30 家")["remaining_per_period"] == expected


def test_a_check_has_the_promised_fields() -> None:
    book = book_of(NET + ", judged: {lead: city, responsible: {same: [各縣市區]}}")
    verdicts = tuple(judge_book(book, "2025Q2", figures_of(book, "2025Q2", "firms: 131 家")))
    finding = Diagnostic("unit-mismatch", Source("a.yaml", 1, 2), {"found": "個", "wanted": "家"})
    result = CheckResult("方案", "sha256:1", period_of("2025Q2"), verdicts, (finding,), is_complete([finding]), "", ())
    document = check_document(result, ENGLISH)
    assert (document["schema"], document["book"], document["period"], document["complete"]) == (
        "biaochi.check/1",
        {"title": "方案", "digest": "sha256:1"},
        "2025Q2",
        False,
    )
    assert document["summary"]["by_verdict"] == {"pass": 1, "at-risk": 0, "fail": 0, "undecided": 2}
    for row in document["summary"]["by_organization"]:
        assert row["total"] == sum(row[outcome] for outcome in ("pass", "at-risk", "fail", "undecided"))


def test_outcomes_are_always_counted_all_four() -> None:
    assert count_outcomes([]) == {"pass": 0, "at-risk": 0, "fail": 0, "undecided": 0}


def test_a_finding_has_its_sentence_and_the_way_out() -> None:
    finding = Diagnostic("repeated-key", Source("a.yaml", 3, 9), {"key": "firms"}, (Source("a.yaml", 2, 9),))
    assert finding_row(finding, ENGLISH) == {
        "code": "repeated-key",
        "severity": "error",
        "message": "firms is written twice",
        "hint": "keep one of the two",
        "source": {"file": "a.yaml", "line": 3, "column": 9, "cell": None},
        "related": [{"file": "a.yaml", "line": 2, "column": 9, "cell": None}],
    }


def test_a_whole_file_has_no_line() -> None:
    assert source_row(Source("a.yaml")) == {"file": "a.yaml", "line": None, "column": None, "cell": None}


def test_a_promise_is_listed_with_the_plan_s_words_and_its_rules() -> None:
    targets = TARGETS.replace("kind: total}", "kind: total, comparator: at_least, value: 222, unit: 家}")
    document = targets_document(book_of(NET, targets=targets))
    (row,) = document["targets"]
    expected = {
        "id": "promise",
        "clause": "16",
        "quote": "全市凈增規上企業222家以上",
        "kind": "total",
        "inner_kind": None,
        "comparator": "at_least",
        "value": "222",
        "upper": None,
        "unit": "家",
        "soft": False,
        "striving": False,
        "change": None,
        "lead": ["市經信局"],
        "responsible": ["各縣市區"],
        "organizations": ["市經信局", "咸安區", "嘉魚縣"],
        "rules": ["rule"],
        "indicators": ["firms"],
    }
    assert {key: row[key] for key in expected} == expected
    assert (document["schema"], document["plan"]) == ("biaochi.targets/1", {"title": "示例方案", "year": 2025})


def test_every_clause_is_listed_with_its_class() -> None:
    targets = TARGETS + "- {clause: '17', qualitative: no number}\n"
    document = targets_document(book_of(NET, targets=targets))
    assert [(row["clause"], row["class"], row["targets"]) for row in document["clauses"]] == [
        ("16", "quantitative", ["promise"]),
        ("17", "qualitative", []),
    ]


def test_a_relative_promise_lists_both_indicators() -> None:
    document = targets_document(book_of("indicator: income, kind: relative, partner: growth"))
    assert document["targets"][0]["indicators"] == ["income", "growth"]


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (
            NET,
            {
                "unit": "家",
                "comparator": "at_least",
                "target_value": "222",
                "due_value": "111",
                "due_stage": None,
                "soft": False,
                "tolerance": None,
                "status": "due",
                "kind": "total",
                "role": "lead",
            },
        ),
        (
            "indicator: land, kind: total, threshold: 7.8 萬畝",
            {"unit": "畝", "target_value": "7.8", "due_value": "3.9", "due_unit": "萬畝"},
        ),
        (
            "indicator: growth, kind: rate, comparator: at_most, threshold: 2 %, soft: true, tolerance: 0.5 個百分點",
            {"comparator": "at_most", "soft": True, "tolerance": "0.5", "due_value": "2"},
        ),
        ("indicator: firms, kind: total, comparator: between, threshold: 1 家, upper: 2 家", {"upper": "2"}),
        (
            "indicator: firms, kind: milestone, "
            "stages: [{stage: 開工, due: 2025-03-31}, {stage: 封頂, due: 2025-09-30}]",
            {"due_stage": "開工", "due_value": "1", "comparator": None, "status": "due"},
        ),
        (NET + ", due_in: [2025Q4]", {"status": "not-due", "due_value": None}),
        (
            "indicator: growth, kind: external, inner_kind: rate",
            {"status": "awaiting-target", "target_value": None, "comparator": None, "due_value": None},
        ),
        ("indicator: firms, kind: level, threshold: 1200 家", {"due_value": None, "target_value": "1200"}),
    ],
)
def test_an_obligation_says_what_is_reported_and_what_is_due(rule: str, wanted: dict[str, Any]) -> None:
    book = book_of(rule)
    limited = limit_obligations(book, list_obligations(book, period_of("2025Q2")), [])
    document = obligations_document(limited, "2025Q2")
    (row,) = document["obligations"]
    assert (document["schema"], document["period"]) == ("biaochi.obligations/1", "2025Q2")
    assert {key: row[key] for key in wanted} == wanted
