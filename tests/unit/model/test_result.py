from dataclasses import replace

import pytest

from engine.model.case import EdgePosition
from engine.model.diagnostic import Diagnostic
from engine.model.result import CasesResult, CheckResult, exit_code, is_complete, sort_findings, sort_verdicts
from engine.model.source import Source
from engine.model.verdict import Verdict
from tests.unit.small import TARGETS, bind, book_of, codes, figures_of, judge_book, rule_file

TOTAL = "indicator: firms, kind: total, threshold: 222 家"
PLACE = Source("a.yaml", 2, 1)


def result_of(figure: str, *codes: str, **files: str) -> CheckResult:
    """A check of one figure in 2025Q2, with findings of these codes."""
    book = book_of(TOTAL, **files)
    verdicts = judge_book(book, "2025Q2", figures_of(book, "2025Q2", f"firms: {figure}"))
    findings = tuple(Diagnostic(code, PLACE) for code in codes)
    return CheckResult("", "", None, tuple(verdicts), findings, is_complete(findings), "", ())


FAILING, AT_RISK, PASSING = "88 家", "110 家", "111 家"


@pytest.mark.parametrize(
    ("figure", "found", "fail_on", "expected"),
    [
        (PASSING, [], ["fail"], 0),
        (FAILING, [], ["fail"], 1),
        (FAILING, [], [], 0),
        (AT_RISK, [], ["fail"], 0),
        (AT_RISK, [], ["at-risk"], 1),
        (PASSING, ["sum-differs"], ["fail"], 1),
        (PASSING, ["sum-differs"], [], 1),
        (PASSING, ["different-measure", "not-judged"], ["fail"], 0),
        (PASSING, ["unit-missing"], ["fail"], 3),
        (FAILING, ["unit-missing", "sum-differs"], ["fail"], 3),
    ],
)
def test_exit_code_follows_from_the_result(figure: str, found: list[str], fail_on: list[str], expected: int) -> None:
    assert exit_code(result_of(figure, *found), fail_on) == expected


WAIVERS = """\
waivers:
- {document: 批復, date: 2025-03-01, approver: 省政府, start: 2025-04-01, end: 2025-06-30, reach: [市經信局],
   rules: [rule], reason: 汛期}
"""


@pytest.mark.parametrize(
    ("figure", "found", "expected"),
    [(FAILING, [], 0), (AT_RISK, [], 0), (FAILING, ["sum-differs"], 1), (FAILING, ["unit-missing"], 3)],
)
def test_what_is_waived_is_no_objection_and_findings_are(figure: str, found: list[str], expected: int) -> None:
    assert exit_code(result_of(figure, *found, waivers=WAIVERS), ["fail", "at-risk", "undecided"]) == expected


@pytest.mark.parametrize(("code", "expected"), [("unit-missing", False), ("sum-differs", True), ("not-judged", True)])
def test_only_unusable_input_leaves_an_answer_incomplete(code: str, expected: bool) -> None:
    assert is_complete([Diagnostic(code, PLACE)]) is expected


def test_findings_stand_in_the_order_of_their_places() -> None:
    places = [Source("b.yaml", 1, 1), Source("a.yaml", 10, 1), Source("a.yaml", 9, 5), Source("a.yaml", 9, 1)]
    found = sort_findings(Diagnostic("key-missing", place, {"key": "x"}) for place in places)
    assert [str(finding.source) for finding in found] == ["a.yaml:9:1", "a.yaml:9:5", "a.yaml:10:1", "b.yaml:1:1"]


def test_what_was_said_twice_of_one_place_is_kept_once() -> None:
    twice = [Diagnostic("key-missing", PLACE, {"key": "x"})] * 2
    other = Diagnostic("key-missing", PLACE, {"key": "y"})
    assert codes(sort_findings([*twice, other])) == ["key-missing", "key-missing"]


def test_verdicts_stand_in_the_order_of_clause_and_body() -> None:
    texts = {
        "targets.yaml": TARGETS
        + "- {clause: '3', lead: [市發改委], targets: [{id: gdp, quote: 增長7%, kind: rate}]}\n",
        "rules/003-gdp.yaml": (
            "clause: '3'\nrules: [{id: gdp, target: gdp, indicator: growth, kind: rate, threshold: 7 %, "
            "judged: {lead: city}}]\n"
        ),
        "rules/016-small.yaml": rule_file(TOTAL + ", judged: {lead: city, responsible: {same: [各縣市區]}}"),
    }
    book, found = bind(texts)
    assert found == []
    assert book is not None
    verdicts: list[Verdict] = judge_book(book, "2025Q2", {})
    shown = [
        (verdict.obligation.rule.clause, verdict.obligation.organization)
        for verdict in sort_verdicts(book, reversed(verdicts))
    ]
    assert shown == [("16", "市經信局"), ("16", "咸安區"), ("16", "嘉魚縣"), ("3", "市發改委")]


def cases_of(positions: int, *codes: str) -> CasesResult:
    """A run of no case over so many positions."""
    edges = tuple(EdgePosition("rule", "year", "pass", str(place)) for place in range(positions))
    return CasesResult("", "", (), edges, tuple(Diagnostic(code, PLACE) for code in codes))


def test_nothing_to_try_is_tried_completely() -> None:
    assert (cases_of(0).percent, cases_of(3).percent) == (100, 0)


@pytest.mark.parametrize(
    ("found", "threshold", "expected"),
    [
        ([], None, 0),
        ([], 0, 0),
        ([], 1, 1),
        (["sum-differs"], None, 1),
        (["unit-missing"], 1, 3),
        (["file-misnamed"], None, 0),
    ],
)
def test_unusable_input_wins_over_low_coverage(found: list[str], threshold: int | None, expected: int) -> None:
    assert cases_of(3, *found).exit_code(threshold) == expected


def test_the_books_own_threshold_holds_where_none_was_asked_for() -> None:
    result = replace(cases_of(3), threshold=1)
    assert [result.exit_code(threshold) for threshold in (None, 0, 1)] == [1, 0, 1]


def test_a_case_is_redundant_where_others_try_all_that_it_tries() -> None:
    from tests.unit.rules.test_cases import run

    cases = ("{2025Q2: 111 家}", "{2025Q3: 222 家}", "{2025Q4: 222 家}", "{2025Q1: 111 家, 2025Q2: 111 家}")
    result = run(*(f"{{rule: rule, figures: {figures}, expect: {{verdict: pass}}}}" for figures in cases))
    # The two at the edge of the second quarter stand for each other, and the one far above every edge tries nothing.
    assert [result.trials.index(trial) for trial in result.redundant] == [0, 1, 3]
