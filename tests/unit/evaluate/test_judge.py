"""From written figures to verdicts through the one SQL text."""

from fractions import Fraction

import pytest

from engine.evaluate.judge import judge, keep_exact
from engine.model.diagnostic import Diagnostic
from engine.model.verdict import Verdict
from engine.report.documents import gap_number
from engine.rules.obligations import limit_obligations, list_obligations
from tests.unit.small import TARGETS, book_of, codes, figures_of, judge_book, period_of, verdict_of

GDP = "indicator: growth, kind: rate, comparator: at_least, threshold: 7 %"
NET = "indicator: firms, kind: total, threshold: 222 家, net: true"
UNEMPLOYMENT = "indicator: growth, kind: rate, comparator: at_most, threshold: 3 %"
CPI = "indicator: growth, kind: rate, comparator: at_most, threshold: 2 %, soft: true, tolerance: 0.5 個百分點"
OVER = "indicator: firms, kind: level, comparator: more_than, threshold: 1200 家"
FARMLAND = "indicator: land, kind: always, threshold: 244.44 萬畝"
FIELDS = "indicator: land, kind: total, threshold: 7.8 萬畝"
CAPITAL = "indicator: capital, kind: total, threshold: 7.00 億美元"


def said(verdict: Verdict) -> str:
    """`at-risk behind: depends-on-rounding`: outcome or reason, progress and notes."""
    word = verdict.reason.value if verdict.reason else verdict.outcome.value
    progress = f" {verdict.progress}" if verdict.progress else ""
    return word + progress + (": " + " ".join(verdict.notes) if verdict.notes else "")


@pytest.mark.parametrize(
    ("rule", "period", "figure", "gap", "verdict"),
    [
        (GDP, "2025Q2", "growth: 6.1 %", "-0.9", "at-risk"),
        (GDP, "2025Q2", "growth: 5.9 %", "-1.1", "fail"),
        (GDP, "2025Q4", "growth: 6.99 %", "-0.01", "fail"),
        (GDP, "2025Q2", "growth: 7.0 %", "0", "pass: depends-on-rounding"),
        (NET, "2025Q2", "firms: 111 家", "0", "pass on-pace"),
        (NET, "2025Q2", "firms: 110 家", "-0.45", "at-risk behind"),
        (NET, "2025Q2", "firms: 88 家", "-10.36", "fail behind"),
        (NET, "2025Q3", "firms: 225 家", "26.35", "pass completed: can-fall-back"),
        ("indicator: firms, kind: total, threshold: 155 家", "2025Q4", "firms: 154 家", "-0.65", "fail behind"),
        (UNEMPLOYMENT, "2025Q2", "growth: 3.0 %", "0", "pass: depends-on-rounding"),
        (UNEMPLOYMENT, "2025Q2", "growth: 3.31 %", "-0.31", "at-risk"),
        (CPI, "2025Q2", "growth: 0.4 %", "1.6", "pass"),
        (OVER, "2025Q4", "firms: 1200 家", "0", "fail on-pace"),
        (FARMLAND, "2025Q1", "land: 244.43 萬畝", "-0.01", "fail"),
        (FIELDS, "2025Q2", "land: 39000 畝", "0", "pass on-pace"),
        (CAPITAL, "2025Q3", "capital: 3.73 億美元", "-21.71", "fail behind"),
    ],
)
def test_worked_examples_come_out_as_written(rule: str, period: str, figure: str, gap: str, verdict: str) -> None:
    judged = verdict_of(book_of(rule), period, figure)
    assert (gap_number(judged.gap, judged.gap_unit), said(judged)) == (gap, verdict)


@pytest.mark.parametrize(
    ("rule", "period", "figure", "expected"),
    [
        (GDP, "2025Q2", "income: 6.1 %", "missing"),
        (GDP, "2025Q2", "growth: about 7 %", "unusable: finding:number-unreadable"),
        (GDP, "2025Q2", "growth: 7 家", "unusable: finding:unit-mismatch"),
        (GDP, "2025Q2", "growth: 7", "unusable: finding:unit-missing"),
        (NET, "2025Q2", "firms: {value: 200 家, measure: 近年累計}", "different-measure"),
        (NET + ", due_in: [2025Q4]", "2025Q2", "firms: 200 家", "not-due"),
        ("indicator: growth, kind: external, inner_kind: rate", "2025Q2", "growth: 7 %", "awaiting-target"),
        (OVER, "2025Q2", "firms: 1100 家", "no-baseline"),
    ],
)
def test_why_nothing_can_be_decided(rule: str, period: str, figure: str, expected: str) -> None:
    assert said(verdict_of(book_of(rule), period, figure)) == expected


def test_a_missing_figure_is_never_read_as_zero() -> None:
    verdict = verdict_of(book_of("indicator: firms, kind: total, comparator: at_most, threshold: 5 家"), "2025Q2")
    assert (said(verdict), verdict.gap, verdict.actual) == ("missing", None, None)


@pytest.mark.parametrize(
    ("rule", "figure", "expected"),
    [
        # 7.0 stands for [6.95, 7.05).
        (GDP, "growth: 7.0 %", "pass: depends-on-rounding"),
        (GDP, "growth: 7.1 %", "pass"),
        (GDP, "growth: 6.9 %", "at-risk"),
        (GDP.replace("7 %", "7.05 %"), "growth: 7.0 %", "at-risk"),
        (GDP.replace("7 %", "7.04 %"), "growth: 7.0 %", "at-risk: depends-on-rounding"),
        (GDP.replace("7 %", "6.95 %"), "growth: 7.0 %", "pass"),
        (GDP.replace("7 %", "6.96 %"), "growth: 7.0 %", "pass: depends-on-rounding"),
        # The lower edge of the band counts too.
        (GDP, "growth: 6.0 %", "at-risk: depends-on-rounding"),
        # A ceiling is met by everything but the open upper end.
        (UNEMPLOYMENT.replace("3 %", "3.05 %"), "growth: 3.0 %", "pass"),
        (UNEMPLOYMENT.replace("3 %", "2.95 %"), "growth: 3.0 %", "at-risk: depends-on-rounding"),
        (UNEMPLOYMENT.replace("3 %", "2.94 %"), "growth: 3.0 %", "at-risk"),
        # Mirrored below zero: −7.0 stands for (−7.05, −6.95].
        (GDP.replace("7 %", "-6.95 %"), "growth: -7.0 %", "at-risk: depends-on-rounding"),
        (GDP.replace("7 %", "-7.05 %"), "growth: -7.0 %", "pass"),
        # 0.0 stands for (−0.05, 0.05), open at both ends.
        (GDP.replace("7 %", "0.05 %"), "growth: 0.0 %", "at-risk"),
        (GDP.replace("7 %", "-0.05 %"), "growth: 0.0 %", "pass"),
        (GDP, "growth: 7.00 %", "pass: depends-on-rounding"),
        (GDP, "growth: 107.0 上年同期=100", "pass: depends-on-rounding"),
        (NET, "firms: 111 家", "pass on-pace"),
        (FARMLAND, "land: 244.44 萬畝", "pass"),
    ],
)
def test_depends_on_rounding_where_the_interval_reaches_an_edge(rule: str, figure: str, expected: str) -> None:
    assert said(verdict_of(book_of(rule), "2025Q2", figure)) == expected


@pytest.mark.parametrize(
    ("figure", "expected"), [("7.0", "pass: depends-on-rounding"), ("6.99", "fail"), ("6.9", "fail")]
)
def test_rounding_is_noted_at_the_year_s_end_too(figure: str, expected: str) -> None:
    assert said(verdict_of(book_of(GDP), "2025Q4", f"growth: {figure} %")) == expected


PARTS = (
    "- {id: share, name: 占比, unit: '%', parts: {ratio: [part, whole], unit: 家}}\n"
    "- {id: rise, name: 增速, unit: '%', parts: {growth: [now, before], unit: 億元}}\n"
    "- {id: sites, name: 點位, unit: 個, parts: {sum: [town, village], unit: 個}}\n"
)


@pytest.mark.parametrize(
    ("rule", "figure", "gap", "expected"),
    [
        (
            "indicator: share, kind: rate, threshold: 80 %",
            "share: {parts: {part: 1010 家, whole: 1250 家}}",
            "0.8",
            "pass",
        ),
        (
            "indicator: share, kind: rate, threshold: 33.34 %",
            "share: {parts: {part: 1 家, whole: 3 家}}",
            "-0.01",
            "at-risk",
        ),
        (
            "indicator: rise, kind: rate, threshold: 9 %",
            "rise: {parts: {now: 109 億元, before: 100 億元}}",
            "0",
            "pass",
        ),
        (
            "indicator: rise, kind: rate, threshold: 9 %",
            "rise: {parts: {now: 90 億元, before: 10000 萬元}}",
            "8891",
            "pass",
        ),
        (
            "indicator: sites, kind: total, threshold: 100 個",
            "sites: {parts: {town: 30 個, village: 20 個}}",
            "0",
            "pass on-pace: parts-summed",
        ),
    ],
)
def test_figures_from_parts(rule: str, figure: str, gap: str, expected: str) -> None:
    judged = verdict_of(book_of(rule, PARTS), "2025Q2", figure)
    assert (gap_number(judged.gap, judged.gap_unit), said(judged)) == (gap, expected)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("{done: 100 家, eligible: 100 家}", "pass"),
        ("{done: 99 家, eligible: 100 家}", "at-risk"),
        ("{done: 0 家, eligible: 0 家}", "pass: nothing-eligible"),
        ("{done: 3 家, eligible: 2 家}", "unusable: finding:parts-impossible"),
    ],
)
def test_coverage_counts_done_and_eligible(figure: str, expected: str) -> None:
    rule = "indicator: firms, kind: coverage, threshold: 100 %, eligible: to-date"
    assert said(verdict_of(book_of(rule), "2025Q2", f"firms: {figure}")) == expected


def test_a_level_counts_from_its_baseline() -> None:
    verdict = verdict_of(book_of(OVER), "2025Q2", "firms: {value: 1131 家, baseline: 1000 家}")
    assert (said(verdict), verdict.gap, verdict.due) == ("pass ahead", Fraction(31, 2), Fraction(1100))


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("{value: 1250 家, baseline: 1300 家}", "pass completed: can-fall-back"),
        ("1201 家", "pass completed: can-fall-back"),
        ("{value: 1150 家, baseline: 1300 家}", "fail behind"),
    ],
)
def test_a_level_without_a_way_to_go(figure: str, expected: str) -> None:
    assert said(verdict_of(book_of(OVER), "2025Q2", f"firms: {figure}")) == expected


RELATIVE = "indicator: income, kind: relative, partner: growth"


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("income: 7.1 %, growth: 6.9 %", "pass"),
        # 6.9 may be 6.85 and its partner anything below 6.95, and each the other way round; 6.8 stays below both.
        ("income: 6.9 %, growth: 6.9 %", "pass: depends-on-rounding"),
        ("income: 6.8 %, growth: 6.9 %", "at-risk"),
        ("income: 6.5 %, growth: 6.9 %", "at-risk"),
        ("income: 6.5 %", "missing: partner-missing:growth"),
        ("income: 6.5 %, growth: 7 家", "unusable: partner-unusable:growth"),
        ("growth: 6.9 %", "missing"),
    ],
)
def test_one_indicator_against_another(figures: str, expected: str) -> None:
    assert said(verdict_of(book_of(RELATIVE), "2025Q2", figures)) == expected


def judge_year(rule: str, *texts: tuple[str, str], found: list[Diagnostic] | None = None) -> Verdict:
    """The verdict on the last of several periods' figures."""
    book = book_of(rule)
    figures = {key: value for period, text in texts for key, value in figures_of(book, period, text).items()}
    return judge_book(book, texts[-1][0], figures, found)[0]


def test_a_breach_stays_a_failure_for_the_rest_of_the_year() -> None:
    verdict = judge_year(FARMLAND, ("2025Q1", "land: 244.43 萬畝"), ("2025Q2", "land: 244.45 萬畝"))
    assert (said(verdict), verdict.gap) == ("fail: breached-in:2025Q1", Fraction(1, 100))


def test_the_first_of_several_breaches_is_named() -> None:
    texts = (
        ("2025Q1", "land: 245 萬畝"),
        ("2025Q2", "land: 1 畝"),
        ("2025Q3", "land: 1 畝"),
        ("2025Q4", "land: 245 萬畝"),
    )
    assert said(judge_year(FARMLAND, *texts)) == "fail: breached-in:2025Q2"


def test_a_breach_of_last_year_is_over() -> None:
    assert said(judge_year(FARMLAND, ("2024Q4", "land: 1 畝"), ("2025Q1", "land: 245 萬畝"))) == "pass"


def test_a_breach_stands_where_nothing_came_in_afterwards() -> None:
    verdict = judge_year(FARMLAND, ("2025Q1", "land: 1 畝"), ("2025Q2", "firms: 1 家"))
    assert (said(verdict), verdict.gap) == ("fail: breached-in:2025Q1", None)


def test_an_unusable_figure_is_no_breach() -> None:
    assert said(judge_year(FARMLAND, ("2025Q1", "land: 1 家"), ("2025Q2", "land: 245 萬畝"))) == "pass"


def test_a_warning_of_an_earlier_period_is_no_breach() -> None:
    bands = "bands: [{at_least: 1, verdict: pass}, {at_least: 0, verdict: at-risk}, {verdict: fail}]"
    texts = (("2025Q1", "land: 244.5 萬畝"), ("2025Q2", "land: 246 萬畝"))
    assert said(judge_year(f"{FARMLAND}, {bands}", *texts)) == "pass"


def test_with_a_strict_word_touching_the_line_was_a_breach() -> None:
    strict = FARMLAND.replace("threshold", "comparator: more_than, threshold")
    texts = (("2025Q1", "land: 244.44 萬畝"), ("2025Q2", "land: 245 萬畝"))
    assert said(judge_year(strict, *texts)) == "fail: breached-in:2025Q1"


JOINT = TARGETS.replace("  lead: [市經信局]\n", "").replace("[各縣市區]", "[咸安區, 嘉魚縣]")


def joint(*submissions: str) -> tuple[list[str], list[str]]:
    """The verdicts of two bodies that answer jointly, and the findings."""
    book = book_of(NET, targets=JOINT)
    found: list[Diagnostic] = []
    verdicts = judge_book(book, "2025Q2", figures_of(book, "2025Q2", *submissions), found)
    return [said(verdict) for verdict in verdicts], codes(found)


def test_one_figure_is_enough_where_bodies_answer_jointly() -> None:
    assert joint("organization: 嘉魚縣\nfigures: {firms: 111 家}") == (["pass on-pace", "pass on-pace"], [])


def test_equal_figures_of_joint_bodies_agree() -> None:
    texts = [f"organization: {name}\nfigures: {{firms: 111 家}}" for name in ("咸安區", "嘉魚縣")]
    assert joint(*texts) == (["pass on-pace", "pass on-pace"], [])


def test_different_figures_of_joint_bodies_leave_none_to_be_judged() -> None:
    texts = [
        f"organization: {name}\nfigures: {{firms: {count} 家}}" for name, count in (("咸安區", 111), ("嘉魚縣", 112))
    ]
    unusable = "unusable: finding:joint-figures-differ"
    assert joint(*texts) == ([unusable, unusable], ["joint-figures-differ"])


def test_under_an_amendment_the_old_number_is_judged_beside_the_new() -> None:
    amendments = "amendments: [{target: promise, threshold: 300 家, document: 甲, date: 2025-05-01}]\n"
    verdict = verdict_of(book_of(NET, amendments=amendments), "2025Q2", "firms: 115 家")
    assert verdict.under_original is not None
    assert (said(verdict), said(verdict.under_original)) == ("fail behind", "pass on-pace")
    assert [verdict.due, verdict.under_original.due] == [Fraction(150), Fraction(111)]


def test_of_a_list_the_old_number_is_judged_beside_the_new_too() -> None:
    amendments = "amendments: [{target: promise, threshold: 30 家, document: 甲, date: 2025-05-01}]\n"
    rule = "indicator: firms, kind: each, inner_kind: total, threshold: 20 家, members: [食品, 電子]"
    verdict = verdict_of(book_of(rule, amendments=amendments), "2025Q2", "firms: {members: {食品: 10 家, 電子: 16 家}}")
    before = verdict.under_original
    assert before is not None
    assert (said(verdict), verdict.short_members, verdict.due) == ("fail behind", ("食品",), Fraction(15))
    assert (said(before), before.short_members, before.due) == ("pass on-pace", (), Fraction(10))


@pytest.mark.parametrize("count", [1, 3])
def test_verdicts_keep_the_order_of_their_obligations(count: int) -> None:
    book = book_of(NET + ", judged: {lead: city, responsible: {same: [各縣市區]}}")
    obligations = list_obligations(book, period_of("2025Q2"))[:count]
    verdicts, _ = judge(limit_obligations(book, list(reversed(obligations)), []), {})
    assert [verdict.obligation for verdict in verdicts] == list(reversed(obligations))


def test_a_rule_with_too_many_digits_is_refused_and_the_rest_kept() -> None:
    sound, broken = (
        limit_obligations(book, list_obligations(book, period_of("2025Q2")), [])
        for book in (book_of(NET), book_of("indicator: share, kind: rate, threshold: 1234567.12347 %", PARTS))
    )
    kept, refused = keep_exact([*sound, *broken])
    assert (kept, [rule.indicator for rule in refused]) == (sound, ["share"])
