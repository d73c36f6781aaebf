from datetime import date
from fractions import Fraction

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.rule import Ladder, NoticePolicy
from engine.rules.policy import DEFAULT_POLICY, read_allocation, read_amendments, read_ladder, read_policy
from tests.unit.small import codes, node_of


def ladder_of(text: str) -> tuple[Ladder | None, list[str]]:
    found: list[Diagnostic] = []
    return read_ladder(node_of(text), found), codes(found)


@pytest.mark.parametrize(
    ("bands", "passing", "risky"),
    [
        ("[{at_least: 0, verdict: pass}, {at_least: -10, verdict: at-risk}, {verdict: fail}]", "0", "-10"),
        ("[{at_least: 0, verdict: pass}, {at_least: -0.5, verdict: at-risk}, {verdict: fail}]", "0", "-1/2"),
        ("[{at_least: -2, verdict: pass}, {verdict: fail}]", "-2", "-2"),
        ("[{at_least: 5, verdict: pass}, {at_least: 0, verdict: pass}, {verdict: fail}]", "0", "0"),
        (
            "[{at_least: 0, verdict: pass}, {at_least: -5, verdict: at-risk}, {at_least: -30, verdict: at-risk}, "
            "{verdict: fail}]",
            "0",
            "-30",
        ),
    ],
)
def test_a_ladder_is_its_two_edges(bands: str, passing: str, risky: str) -> None:
    assert ladder_of(bands) == (Ladder(Fraction(passing), Fraction(risky)), [])


@pytest.mark.parametrize(
    "bands",
    [
        "[{at_least: 0, verdict: pass}, {at_least: -10, verdict: at-risk}]",
        "[{at_least: 0, verdict: at-risk}, {verdict: fail}]",
        "[{at_least: 0, verdict: pass}, {verdict: at-risk}, {verdict: fail}]",
        "[{at_least: -10, verdict: pass}, {at_least: 0, verdict: at-risk}, {verdict: fail}]",
        "[{at_least: 0, verdict: pass}, {at_least: 0, verdict: at-risk}, {verdict: fail}]",
        "[{at_least: 0, verdict: pass}, {at_least: -5, verdict: fail}, {at_least: -9, verdict: at-risk}, "
        "{verdict: fail}]",
        "[{at_least: 0, verdict: pass}, {at_least: -5, verdict: amber}, {verdict: fail}]",
        "[{at_least: 0, verdict: pass}, {at_least: -10, verdict: fail}]",
        "[{verdict: fail}]",
    ],
)
def test_a_ladder_with_a_gap_or_an_overlap_is_refused(bands: str) -> None:
    assert ladder_of(bands) == (None, ["ladder-broken"])


def test_a_ladder_s_edges_are_plain_decimals() -> None:
    assert ladder_of("[{at_least: 0 %, verdict: pass}, {verdict: fail}]")[1][0] == "not-a-number"


def test_no_ladder_is_no_finding() -> None:
    found: list[Diagnostic] = []
    assert (read_ladder(None, found), found) == (None, [])


def test_what_a_policy_leaves_out_keeps_its_default() -> None:
    found: list[Diagnostic] = []
    policy = read_policy(node_of("ahead_margin: 3\n"), found)
    assert (policy.paced, policy.percent, policy.ahead_margin, found) == (
        DEFAULT_POLICY.paced,
        DEFAULT_POLICY.percent,
        Fraction(3),
        [],
    )


def test_default_bands_are_ten_points_and_one() -> None:
    assert (DEFAULT_POLICY.paced, DEFAULT_POLICY.percent) == (
        Ladder(Fraction(0), Fraction(-10)),
        Ladder(Fraction(0), Fraction(-1)),
    )


def test_a_policy_states_bands_margin_and_words() -> None:
    text = """\
bands:
  paced: [{at_least: 0, verdict: pass}, {at_least: -30, verdict: at-risk}, {verdict: fail}]
ahead_margin: 0
wording: {pace: 時間進度}
"""
    policy = read_policy(node_of(text), [])
    edges = [policy.paced.risky, policy.percent.risky, policy.ahead_margin]
    assert (edges, policy.pace_word) == ([Fraction(-30), Fraction(-1), Fraction(0)], "時間進度")


def test_an_unknown_key_of_a_policy_is_reported() -> None:
    found: list[Diagnostic] = []
    read_policy(node_of("margin: 3\n"), found)
    assert codes(found) == ["unknown-key"]


def test_an_allocation_is_named_after_its_file() -> None:
    text = "rule: rule\ndocument: 分解表\nquotas: {咸安區: 42 家, 嘉魚縣: 1.2 萬家}\n"
    found: list[Diagnostic] = []
    allocation = read_allocation(node_of(text, "allocations/016-firms.yaml"), "", found)
    assert allocation is not None
    assert (allocation.name, allocation.rule, allocation.document) == ("016-firms", "rule", "分解表")
    assert ({name: str(quota.base) for name, quota in allocation.quotas.items()}, found) == (
        {"咸安區": "42", "嘉魚縣": "12000"},
        [],
    )


def test_an_allocation_names_its_document() -> None:
    found: list[Diagnostic] = []
    assert read_allocation(node_of("rule: rule\nquotas: {咸安區: 42 家}\n"), "", found) is None
    assert [(finding.code, finding.params["key"]) for finding in found] == [("key-missing", "document")]


def test_a_quota_without_a_unit_of_measure_is_refused() -> None:
    found: list[Diagnostic] = []
    allocation = read_allocation(node_of("rule: rule\ndocument: 表\nquotas: {咸安區: 42}\n"), "", found)
    assert allocation is not None
    assert (allocation.quotas, codes(found)) == ({}, ["unit-missing"])


def test_amendments_stand_in_the_order_of_their_dates() -> None:
    text = """\
amendments:
- {target: promise, threshold: 250 家, document: 乙, date: 2025-08-01}
- {target: promise, threshold: 230 家, document: 甲, date: 2025-05-01, reach: [咸安區]}
"""
    found: list[Diagnostic] = []
    amendments = read_amendments(node_of(text), "", found)
    shown = [(amendment.document, amendment.date, amendment.reach) for amendment in amendments]
    assert (shown, found) == ([("甲", date(2025, 5, 1), ("咸安區",)), ("乙", date(2025, 8, 1), ())], [])


@pytest.mark.parametrize("missing", ["target: promise", "threshold: 250 家", "document: 乙", "date: 2025-08-01"])
def test_an_amendment_names_target_number_document_and_date(missing: str) -> None:
    whole = "{target: promise, threshold: 250 家, document: 乙, date: 2025-08-01, note: 甲}"
    found: list[Diagnostic] = []
    text = f"amendments: [{whole.replace(missing + ', ', '')}]\n"
    assert read_amendments(node_of(text), "", found) == ()
    assert codes(found) == ["key-missing"]


@pytest.mark.parametrize(
    ("cases", "threshold", "found"),
    [
        ("{threshold: 100}", 100, []),
        ("{threshold: 0}", 0, []),
        ("{threshold: '095'}", 95, []),
        ("{}", None, ["key-missing"]),
        ("{threshold: 101}", None, ["wrong-shape"]),
        ("{threshold: 95.5}", None, ["wrong-shape"]),
        ("{threshold: 90 %}", None, ["wrong-shape"]),
        ("{treshold: 90}", None, ["unknown-key", "key-missing"]),
        ("90", None, ["wrong-shape"]),
    ],
)
def test_the_threshold_of_cases_is_whole_per_cents(cases: str, threshold: int | None, found: list[str]) -> None:
    listed: list[Diagnostic] = []
    policy = read_policy(node_of(f"cases: {cases}"), listed)
    assert (policy.cases_threshold, codes(listed)) == (threshold, found)


def test_a_book_asks_for_no_cases_by_itself() -> None:
    assert DEFAULT_POLICY.cases_threshold is None


@pytest.mark.parametrize(
    ("notices", "policy", "found"),
    [
        ("{reply_days: 10, office: 督查室, sign: 政督}", NoticePolicy(10, "督查室", "政督"), []),
        ("{reply_days: 0}", NoticePolicy(0, "", "督辦"), []),
        ("{}", NoticePolicy(15, "", "督辦"), []),
        ("{reply_days: 367}", NoticePolicy(15, "", "督辦"), ["wrong-shape"]),
        ("{reply_day: 10}", NoticePolicy(15, "", "督辦"), ["unknown-key"]),
    ],
)
def test_what_a_policy_leaves_out_of_notices_keeps_its_default(
    notices: str, policy: NoticePolicy, found: list[str]
) -> None:
    listed: list[Diagnostic] = []
    assert read_policy(node_of(f"notices: {notices}"), listed).notices == policy
    assert codes(listed) == found
