"""What a policy wants to be asked about, and what it leaves in peace."""

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey
from engine.report.words import Words
from engine.submissions.reconcile import apply_inspections
from engine.submissions.suspicions import raise_suspicions
from tests.unit.small import book_of, codes, figures_of, judge_book

POLICY = """\
suspicions:
  percent_scale: {within: 2}
  amount_scale: {within: 5}
  beyond_target: {times: 1.5, share: 50}
  on_target: {periods: 3}
"""
COURSE = "suspicions: {digit_slip: {within: 2.5}, leap: {times: 2, target: 1.4}}\n"
RATE = "indicator: growth, kind: rate, threshold: 7 %"
MONEY = "indicator: capital, kind: total, threshold: 8 億美元"
TOTAL = "indicator: firms, kind: total, threshold: 222 家"
CEILING = "indicator: firms, kind: total, comparator: at_most, threshold: 222 家"
LEVEL = "indicator: firms, kind: level, threshold: 1200 家"
LAND = "indicator: land, kind: always, threshold: 244.44 萬畝"


def suspected(rule: str, *texts: tuple[str, str], policy: str = POLICY) -> list[Diagnostic]:
    """What is asked about the figures of the last of several periods."""
    book = book_of(rule, policy=policy)
    figures: dict[FigureKey, Figure] = {}
    for period, text in texts:
        figures.update(figures_of(book, period, text))
    last = max(figure.period for figure in figures.values())
    found: list[Diagnostic] = []
    raise_suspicions(book, judge_book(book, last.label, figures), figures, [last.key], found)
    return found


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (RATE, "growth: 0.07 %", ["scale-unlike-due"]),
        (RATE, "growth: 0.036 %", ["scale-unlike-due"]),
        (RATE, "growth: 700 %", ["scale-unlike-due"]),
        (RATE, "growth: 0.15 %", []),
        (RATE, "growth: 0.03 %", []),
        (RATE, "growth: -0.07 %", []),
        (RATE, "growth: 0 %", []),
        (RATE, "growth: 7 %", []),
        (RATE, "growth: {value: 0.07 個}", []),
        (MONEY, "capital: 4 萬美元", ["scale-unlike-due"]),
        (MONEY, "capital: 40000 億美元", ["scale-unlike-due"]),
        (MONEY, "capital: 0.1 億美元", []),
        (MONEY, "capital: 4.4 億美元", []),
        (LAND, "land: 244.45 畝", ["scale-unlike-due"]),
        (LAND, "land: 244.45 萬畝", []),
        (TOTAL, "firms: 333 家", ["far-beyond-target"]),
        (TOTAL, "firms: 332 家", []),
        (CEILING, "firms: 333 家", []),
        (LEVEL, "firms: 9999 家", []),
    ],
)
def test_one_figure_against_what_is_due(rule: str, text: str, expected: list[str]) -> None:
    assert codes(suspected(rule, ("2025Q2", text))) == expected


def test_far_beyond_the_target_is_no_question_late_in_the_year() -> None:
    assert codes(suspected(TOTAL, ("2025Q3", "firms: 999 家"))) == []


@pytest.mark.parametrize(
    ("rule", "before", "now", "expected"),
    [
        (RATE, "growth: 3.5 %", "growth: 0.04 %", ["scale-unlike-before"]),
        (RATE, "growth: 0.1 %", "growth: 0.1 %", ["scale-unlike-due"]),
        (RATE, "growth: 0.2 %", "growth: 0.2 %", []),
        (MONEY, "capital: 10000 美元", "capital: 2.1 億美元", ["scale-unlike-before"]),
        (MONEY, "capital: 1 億美元", "capital: 21000 美元", ["scale-unlike-before"]),
        (MONEY, "capital: 0.01 億美元", "capital: 2 億美元", []),
    ],
)
def test_one_figure_against_the_one_before(rule: str, before: str, now: str, expected: list[str]) -> None:
    found = suspected(rule, ("2025Q1", before), ("2025Q2", now))
    assert codes(found) == expected
    if expected == ["scale-unlike-before"]:
        assert [each.file for each in found[0].related] == ["2025Q1/0.yaml"]


@pytest.mark.parametrize(
    ("rule", "figures", "expected"),
    [
        (TOTAL, ("55.5 家", "111 家", "166.5 家"), ["exactly-on-target"]),
        (TOTAL, ("55 家", "111 家", "166.5 家"), []),
        (TOTAL, ("55.5 家", "111 家", "167 家"), []),
        (TOTAL, ("55.5 家", "111 個", "166.5 家"), []),
        (TOTAL, ("111 家", "166.5 家"), []),
        ("indicator: firms, kind: rate, threshold: 5 家", ("5 家", "5 家", "5 家"), ["exactly-on-target"]),
        ("indicator: firms, kind: always, threshold: 5 家", ("5 家", "5 家", "5 家"), []),
        ("indicator: growth, kind: rate, threshold: 100 %", ("100 %", "100 %", "100 %"), []),
        (LEVEL, ("{value: 1050 家, baseline: 1000 家}", "{value: 1100 家, baseline: 1000 家}",
                 "{value: 1150 家, baseline: 1000 家}"), ["exactly-on-target"]),
        (LEVEL, ("1200 家", "1200 家", "1200 家"), []),
    ],
)  # fmt: skip
def test_exactly_what_was_due_again_and_again(rule: str, figures: tuple[str, ...], expected: list[str]) -> None:
    indicator = "growth" if "growth" in rule else "firms"
    labels = ("2025Q1", "2025Q2", "2025Q3")[-len(figures) :]
    texts = [(label, f"{indicator}: {figure}") for label, figure in zip(labels, figures, strict=True)]
    found = suspected(rule, *texts)
    assert codes(found) == expected
    for finding in found:
        assert (finding.params["count"], finding.params["since"]) == ("3", "2025Q1")
        assert [each.file for each in finding.related] == ["2025Q2/0.yaml", "2025Q1/0.yaml"]


@pytest.mark.parametrize(
    ("step", "expected"),
    [("2", []), ("3.3", []), ("3.4", ["exactly-on-target"]), ("100", ["exactly-on-target"])],
)
def test_a_figure_written_coarsely_stands_on_its_line_by_chance(step: str, expected: list[str]) -> None:
    policy = f"suspicions: {{on_target: {{periods: 3, step: {step}}}}}\n"
    texts = [(f"2025Q{quarter}", "growth: 3.0 %") for quarter in (1, 2, 3)]
    assert codes(suspected("indicator: growth, kind: rate, threshold: 3 %", *texts, policy=policy)) == expected


@pytest.mark.parametrize(
    ("rule", "before", "now", "expected"),
    [
        (RATE, "growth: 6.8 %", "growth: 71 %", ["digit-slipped"]),
        (RATE, "growth: 6.8 %", "growth: 0.71 %", ["digit-slipped"]),
        (RATE, "growth: 68 %", "growth: 71 %", []),
        (RATE, "growth: 1.5 %", "growth: 0.5 %", []),
        (RATE, "growth: 6.8 %", "growth: -0.7 %", []),
        (RATE, "growth: 0 %", "growth: 71 %", []),
        (TOTAL, "firms: 50 家", "firms: 1000 家", ["digit-slipped"]),
        # Four times what the course leads to expect and what is due is the least that could be ten times.
        (TOTAL, "firms: 56 家", "firms: 448 家", ["digit-slipped"]),
        (TOTAL, "firms: 57 家", "firms: 448 家", ["leaps-ahead"]),
        (TOTAL, "firms: 56 家", "firms: 443 家", ["leaps-ahead"]),
        (TOTAL, "firms: 50 家", "firms: 311 家", ["leaps-ahead"]),
        (TOTAL, "firms: 50 家", "firms: 310 家", []),
        (TOTAL, "firms: 156 家", "firms: 311 家", []),
        (TOTAL, "firms: 0 家", "firms: 311 家", []),
        (CEILING, "firms: 50 家", "firms: 311 家", []),
        (LEVEL, "firms: 1100 家", "firms: 11010 家", ["digit-slipped"]),
        (LEVEL, "firms: 1100 家", "firms: 1701 家", []),
    ],
)
def test_a_figure_that_leaves_its_own_course(rule: str, before: str, now: str, expected: list[str]) -> None:
    found = suspected(rule, ("2025Q1", before), ("2025Q2", now), policy=COURSE)
    assert codes(found) == expected
    for finding in found:
        assert [each.file for each in finding.related] == ["2025Q1/0.yaml"]
        for language in ("en", "zh-Hant"):
            assert "{" not in Words(language).message(finding)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ("current: 107 億元, previous: 100 億元", []),
        ("current: 107 萬元, previous: 100 億元", ["parts-unlike-due"]),
        ("current: 107 億元, previous: 100 萬元", ["parts-unlike-due"]),
        ("current: 10.7 億元, previous: 100 億元", []),
        ("current: 0 億元, previous: 100 億元", []),
    ],
)
def test_the_parts_of_a_rate_in_two_units_of_measure(parts: str, expected: list[str]) -> None:
    indicators = "- {id: growth, name: 投資增速, unit: '%', parts: {growth: [current, previous], unit: 億元}}\n"
    book = book_of(RATE, indicators, policy=POLICY)
    figures = figures_of(book, "2025Q2", f"growth: {{parts: {{{parts}}}}}")
    found: list[Diagnostic] = []
    raise_suspicions(book, judge_book(book, "2025Q2", figures), figures, [202506], found)
    assert codes(found) == expected


def test_the_members_of_a_list_are_asked_about_by_name() -> None:
    rule = "indicator: firms, kind: each, inner_kind: total, members: [食品, 電子], threshold: 40 家"
    (finding,) = suspected(rule, ("2025Q2", "firms: {members: {食品: 30 家, 電子: 70 家}}"))
    assert (finding.code, finding.params["indicator"]) == ("far-beyond-target", "規上企業（電子）")


def test_what_the_policy_does_not_name_is_not_looked_for() -> None:
    assert suspected(TOTAL, ("2025Q2", "firms: 333 家"), policy="ahead_margin: 3\n") == []
    assert suspected(TOTAL, ("2025Q2", "firms: 333 家"), policy="suspicions: {on_target: {periods: 3}}\n") == []


def test_what_was_established_on_site_is_beyond_doubt() -> None:
    book = book_of(TOTAL, policy=POLICY)
    figures = apply_inspections(book, {}, figures_of(book, "2025Q2", "firms: 333 家").values(), [])
    found: list[Diagnostic] = []
    raise_suspicions(book, judge_book(book, "2025Q2", figures), figures, [202506], found)
    assert found == []


def test_a_question_leaves_the_verdict_as_it_is() -> None:
    with_policy, without = book_of(TOTAL, policy=POLICY), book_of(TOTAL)
    verdicts = [
        judge_book(book, "2025Q2", figures_of(book, "2025Q2", "firms: 333 家")) for book in (with_policy, without)
    ]
    assert [[each.outcome for each in judged] for judged in verdicts] == [["pass"], ["pass"]]


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
@pytest.mark.parametrize(
    ("rule", "texts"),
    [
        (RATE, [("2025Q2", "growth: 0.07 %")]),
        (RATE, [("2025Q1", "growth: 3.5 %"), ("2025Q2", "growth: 0.04 %")]),
        (TOTAL, [("2025Q2", "firms: 333 家")]),
        (TOTAL, [("2025Q1", "firms: 55.5 家"), ("2025Q2", "firms: 111 家"), ("2025Q3", "firms: 166.5 家")]),
    ],
)
def test_every_message_is_filled_in(language: str, rule: str, texts: list[tuple[str, str]]) -> None:
    (finding,) = suspected(rule, *texts)
    said = Words(language).message(finding) + Words(language).hint(finding)
    assert "{" not in said
    assert texts[-1][1].split(": ")[1] in said
