"""The JUnit report, held against the structure of Jenkins' junit-10.xsd (xUnit plugin), written out here."""

import re
from xml.etree import ElementTree

import pytest

from engine.report.junit import cases_junit
from engine.report.words import Words
from tests.unit.report.test_cases import BAD, GOOD, UNUSABLE
from tests.unit.rules.test_cases import run

#: By element: attributes that must be there, attributes that may be, children, and whether it may hold text.
SCHEMA: dict[str, tuple[set[str], set[str], set[str], bool]] = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "disabled", "errors"}, {"testsuite"}, False),
    "testsuite": (
        {"name", "tests"},
        {"failures", "errors", "time", "disabled", "skipped", "timestamp", "hostname", "id", "package"},
        {"properties", "testcase", "system-out", "system-err"},
        False,
    ),
    "testcase": (
        {"name"},
        {"assertions", "time", "classname", "status"},
        {"skipped", "error", "failure", "system-out", "system-err"},
        False,
    ),
    "failure": (set(), {"type", "message"}, set(), True),
    "error": (set(), {"type", "message"}, set(), True),
}
COUNTS = ("tests", "failures", "errors", "disabled", "skipped")


def problems(element: ElementTree.Element) -> list[str]:
    """Where an element and all below it depart from the schema."""
    if element.tag not in SCHEMA:
        return [f"no element {element.tag}"]
    required, optional, children, has_text = SCHEMA[element.tag]
    given = set(element.attrib)
    found = [f"{element.tag} lacks {name}" for name in sorted(required - given)]
    found += [f"{element.tag} has {name}" for name in sorted(given - required - optional)]
    found += [f"{name} is no count" for name in COUNTS if not element.get(name, "0").isdecimal()]
    found += [f"{child.tag} in {element.tag}" for child in element if child.tag not in children]
    if not has_text and (element.text or "").strip():
        found.append(f"text in {element.tag}")
    return found + [problem for child in element for problem in problems(child)]


def report(*cases: str, threshold: int | None = None, language: str = "en") -> ElementTree.Element:
    return ElementTree.fromstring(cases_junit(run(*cases), Words(language), threshold))


@pytest.mark.parametrize("cases", [(), (GOOD,), (GOOD, BAD), (UNUSABLE, BAD)])
@pytest.mark.parametrize("threshold", [None, 0, 100])
@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_report_follows_the_schema(cases: tuple[str, ...], threshold: int | None, language: str) -> None:
    root = report(*cases, threshold=threshold, language=language)
    assert root.tag == "testsuites"
    assert problems(root) == []


@pytest.mark.parametrize("spoilt", ["<testsuite tests='1'/>", "<testsuites><testcase name='a'/></testsuites>"])
def test_a_departure_from_the_schema_is_seen(spoilt: str) -> None:
    assert problems(ElementTree.fromstring(spoilt))


def test_counts_are_those_of_the_elements() -> None:
    root = report(GOOD, BAD, UNUSABLE, threshold=100)
    for element in (root, *root):
        assert element.get("tests") == str(len(element.findall(".//testcase")))
        assert element.get("failures") == str(len(element.findall(".//failure")))
        assert element.get("errors") == str(len(element.findall(".//error")))
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
