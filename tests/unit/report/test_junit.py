"""What the JUnit reports say; that they are valid is shown in tests/test_outputs.py with the published schema."""

import re
from xml.etree import ElementTree

import pytest

from engine.model.coverage import Coverage
from engine.model.diagnostic import Diagnostic
from engine.model.result import ValidateResult
from engine.model.source import Source
from engine.report.junit import cases_junit, check_junit, validate_junit
from engine.report.words import LANGUAGES, Words
from tests.unit.report.test_cases import BAD, GOOD, UNUSABLE
from tests.unit.report.test_remarks import WAIVERS
from tests.unit.report.test_table import RULE, SUBMISSIONS, result_of
from tests.unit.rules.test_cases import run
from tests.unit.small import book_of

#: An error that leaves the answer incomplete, one that does not, and a note.
FOUND = (
    Diagnostic("path-missing", Source("a.yaml")),
    Diagnostic("value-differs", Source("a.yaml", 3, 5), {"rule": "a", "key": "k", "found": "1", "wanted": "2"}),
    Diagnostic("not-judged", Source("b.yaml", 2, 1), {"organization": "甲", "indicator": "乙"}),
)


def report(*cases: str, threshold: int | None = None, language: str = "en") -> ElementTree.Element:
    return ElementTree.fromstring(cases_junit(run(*cases), Words(language), threshold))


def validated(*findings: Diagnostic, language: str = "en") -> ElementTree.Element:
    result = ValidateResult("示例", "sha256:0", findings, Coverage(79, 61, 18, 0, 165, 165))
    return ElementTree.fromstring(validate_junit(result, Words(language)))


def checked(*submissions: str, language: str = "en") -> ElementTree.Element:
    result = result_of(book_of(RULE), *submissions, found=list(FOUND))
    return ElementTree.fromstring(check_junit(result, Words(language)))


def assert_counts(root: ElementTree.Element) -> None:
    for element in (root, *root):
        assert element.get("tests") == str(len(element.findall(".//testcase")))
        assert element.get("failures") == str(len(element.findall(".//failure")))
        assert element.get("errors") == str(len(element.findall(".//error")))
    for suite in root:
        assert suite.get("skipped") == str(len(suite.findall(".//skipped")))


def test_counts_are_those_of_the_elements() -> None:
    root = report(GOOD, BAD, UNUSABLE, threshold=100)
    assert_counts(root)
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("5", "3", "1")


def test_a_failed_case_says_what_differs_and_where() -> None:
    (failure,) = report(GOOD, BAD).iter("failure")
    assert failure.get("message") == "verdict: expected pass, found at-risk; gap: expected 0, found -0.45"
    assert re.fullmatch(r"rules/016-small\.yaml:\d+:3", failure.text or "")


def test_every_name_in_a_suite_is_its_own() -> None:
    suite = report(GOOD, GOOD, GOOD)[0]
    names = [case.get("name") for case in suite]
    assert (names[0], len(set(names))) == ("rule 2025Q2 市經信局: 111 家", 3)


def test_coverage_fails_below_the_threshold_only() -> None:
    assert report(GOOD, threshold=12).findall("testsuite[@name='edge coverage']//failure") == []
    (failure,) = report(GOOD, threshold=13).findall("testsuite[@name='edge coverage']//failure")
    assert failure.get("message") == "12 % < 13 %"
    assert "rule: year pass under" in (failure.text or "").splitlines()


def test_what_xml_cannot_hold_is_replaced() -> None:
    case = '{rule: rule, figures: {2025Q2: "110 家\\x01"}, expect: {verdict: undecided}}'
    assert "�" in cases_junit(run(case), Words("en"), None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sound_book_has_passing_cases_with_its_counts(language: str) -> None:
    root = validated(language=language)
    assert_counts(root)
    assert [(case.get("name"), "165" in (case.findtext("system-out") or "")) for case in root.iter("testcase")] == [
        ("clauses", True),
        ("numbers", False),
    ]
    assert (root.get("failures"), root.get("errors")) == ("0", "0")


def test_findings_fail_by_their_weight_in_a_suite_of_their_file() -> None:
    root = validated(*FOUND)
    assert_counts(root)
    assert [suite.get("name") for suite in root] == ["coverage", "a.yaml", "b.yaml"]
    unread, differing, noted = root.findall("testsuite/testcase")[2:]
    assert [child.tag for case in (unread, differing, noted) for child in case] == ["error", "failure", "system-out"]
    assert (differing[0].get("type"), differing[0].get("message")) == ("value-differs", "rule a has k 1, its target 2")
    assert (differing[0].text or "").splitlines()[0] == "a.yaml:3:5"
    assert "甲" in (noted[0].text or "")


def test_the_name_of_a_finding_holds_no_line_and_is_its_own() -> None:
    names = [case.get("name") or "" for case in validated(FOUND[1], FOUND[1]).findall("testsuite[2]/testcase")]
    assert names[0] == "[value-differs] rule a has k 1, its target 2"
    assert names[1] == f"{names[0]} #2"


def test_verdicts_are_cases_of_their_organization() -> None:
    root = checked("firms: 7 家", SUBMISSIONS[1])
    assert_counts(root)
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == ["市經信局", "咸安區", "嘉魚縣", "a.yaml", "b.yaml"]
    (failed,), (at_risk,), (missing,) = (suites[name] for name in ("市經信局", "咸安區", "嘉魚縣"))
    assert {case.get("name") for case in (failed, at_risk, missing)} == {"16 2025Q2 規上企業"}
    assert [case[0].tag for case in (failed, at_risk, missing)] == ["failure", "system-out", "skipped"]
    assert failed[0].text == "2025Q2/0.yaml:2:18"
    assert (missing[0].text, missing[0].attrib) == ("nothing came in", {})


def test_a_kept_promise_passes_in_silence() -> None:
    (case,) = checked(SUBMISSIONS[0]).findall("testsuite[@name='市經信局']/testcase")
    assert list(case) == []


def test_what_is_waived_is_skipped_and_says_what_it_is() -> None:
    result = result_of(book_of(RULE, waivers=WAIVERS), "firms: 7 家")
    (case,) = ElementTree.fromstring(check_junit(result, Words("en"))).findall("testsuite[@name='市經信局']/testcase")
    assert [child.tag for child in case] == ["skipped"]
    assert (case[0].text or "").startswith("fail: 7 家")
    assert "批復" in (case[0].text or "")
