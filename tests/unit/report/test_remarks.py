from dataclasses import replace

import pytest

from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic, Severity
from engine.model.source import Source
from engine.report.remarks import cases_remarks, check_remarks, differences_text, finding_remarks, meaning
from engine.report.words import LANGUAGES, Words
from tests.unit.report.test_cases import BAD, GOOD
from tests.unit.report.test_table import RULE, SUBMISSIONS, result_of
from tests.unit.rules.test_cases import run
from tests.unit.small import book_of

ENGLISH = Words("en")
WAIVERS = (
    "waivers: [{document: 批復, date: 2025-03-01, approver: 省政府, start: 2025-04-01, end: 2025-06-30, "
    "reach: [市經信局], rules: [rule], reason: 停產}]"
)
OWN_CODES = ("case-failed", "edge-untried", "verdict-fail", "verdict-at-risk", "verdict-undecided")


def test_a_finding_keeps_its_code_weight_and_places() -> None:
    finding = Diagnostic("repeated-key", Source("a.yaml", 3, 9), {"key": "firms"}, (Source("a.yaml", 2, 9),))
    (remark,) = finding_remarks([finding], ENGLISH)
    assert (remark.code, remark.severity, remark.source, remark.related) == (
        "repeated-key",
        Severity.ERROR,
        finding.source,
        finding.related,
    )
    assert (remark.message, remark.hint) == ("firms is written twice", "keep one of the two")


def test_identity_stays_when_lines_and_languages_change() -> None:
    finding = Diagnostic("repeated-key", Source("a.yaml", 3, 9), {"key": "firms"})
    moved = replace(finding, source=Source("a.yaml", 8, 1))
    (first,), (second,) = finding_remarks([finding], ENGLISH), finding_remarks([moved], Words("zh-Hans"))
    assert first.identity == second.identity == ("key=firms",)


def test_a_kept_promise_is_no_remark_and_the_others_weigh_by_their_verdict() -> None:
    result = result_of(book_of(RULE), *SUBMISSIONS)
    remarks = check_remarks(result, ENGLISH)
    assert [(remark.code, remark.severity) for remark in remarks] == [
        ("verdict-at-risk", Severity.WARNING),
        ("verdict-undecided", Severity.NOTE),
    ]
    assert remarks[0].message.startswith("咸安區 2025Q2 16 規上企業: 110 家")
    assert "target 222 家" in remarks[0].message


def test_a_verdict_stands_at_its_figure_and_without_one_at_its_rule() -> None:
    book = book_of(RULE)
    rule = book.rules[0].source
    given, *missing = check_remarks(result_of(book, "firms: 7 家"), ENGLISH)
    assert (given.code, given.source.file, given.related) == ("verdict-fail", "2025Q2/0.yaml", (rule,))
    assert {(remark.source, remark.related) for remark in missing} == {(rule, ())}


def test_what_is_waived_is_a_note_with_its_document() -> None:
    waived, *others = check_remarks(result_of(book_of(RULE, waivers=WAIVERS), "firms: 7 家"), ENGLISH)
    assert (waived.code, waived.severity, waived.excuse) == ("verdict-fail", Severity.NOTE, "批復")
    assert {remark.excuse for remark in others} == {""}


def test_findings_stand_before_verdicts() -> None:
    found = [Diagnostic("path-missing", Source("gone.yaml"))]
    remarks = check_remarks(result_of(book_of(RULE), found=found), ENGLISH)
    assert [remark.code for remark in remarks] == ["path-missing"] + ["verdict-undecided"] * 3


def test_a_failed_case_is_an_error_with_what_differs() -> None:
    result = run(GOOD, BAD)
    failed = cases_remarks(result, ENGLISH, None)[0]
    assert (failed.code, failed.severity) == ("case-failed", Severity.ERROR)
    assert failed.message == f"rule 2025Q2 市經信局: 110 家: {differences_text(result.trials[1], ENGLISH)}"
    assert failed.source == result.trials[1].case.source


@pytest.mark.parametrize(("threshold", "severity"), [(None, Severity.NOTE), (12, Severity.NOTE), (13, Severity.ERROR)])
def test_untried_edges_weigh_by_the_threshold(threshold: int | None, severity: Severity) -> None:
    result = run(GOOD)
    (untried,) = cases_remarks(result, ENGLISH, threshold)
    assert (untried.code, untried.severity) == ("edge-untried", severity)
    assert "year pass under" in untried.message
    assert untried.source == result.places["rule"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [*CODES, *OWN_CODES])
def test_every_code_has_a_meaning_without_particulars(code: str, language: str) -> None:
    means = meaning(code, Words(language))
    assert means.code == code
    assert means.short
    assert means.full != means.short
    assert "{found}" not in means.short + means.full + means.hint


def test_an_unknown_code_is_our_own_mistake() -> None:
    with pytest.raises(KeyError):
        meaning("no-such-code", ENGLISH)
