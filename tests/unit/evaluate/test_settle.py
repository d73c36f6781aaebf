from decimal import Decimal
from fractions import Fraction

import pytest

from engine.evaluate.settle import read_row
from engine.model.verdict import Outcome, Reason
from tests.unit.small import bind, book_of, figures_of, judge_book, rule_file, verdict_of

NET = "indicator: firms, kind: total, threshold: 222 家"
EACH = "indicator: firms, kind: each, inner_kind: total, members: [食品, 電子, 建材], threshold: 10 家"
STAGES = "indicator: firms, kind: milestone, stages: [{stage: 開工, due: 2025-03-31}, {stage: 封頂, due: 2025-09-30}]"


def test_a_row_s_gap_becomes_one_exact_fraction() -> None:
    row = read_row(
        (3, None, "value", "fail", None, "behind", Decimal("-1.000000"), Decimal("3.000000"), False, False, None)
    )
    assert (row.obligation, row.outcome, row.gap) == (3, Outcome.FAIL, Fraction(-1, 3))


def test_a_row_without_a_gap_says_why() -> None:
    row = read_row((0, None, None, "undecided", "missing", None, None, None, False, False, None))
    assert (row.reason, row.gap) == (Reason.MISSING, None)


@pytest.mark.parametrize(
    ("rule", "figure", "actual", "due", "remaining", "unit"),
    [
        (NET, "firms: 131 家", "131", "111", "91", "家"),
        (NET, "firms: 230 家", "230", "111", "0", "家"),
        ("indicator: land, kind: total, threshold: 7.8 萬畝", "land: 18720 畝", "1.872", "3.9", "5.928", "萬畝"),
        ("indicator: growth, kind: rate, threshold: 7 %", "growth: 65 ‰", "6.5", "7", None, "%"),
        ("indicator: growth, kind: rate, threshold: 7 %", "growth: 106.1 上年同期=100", "6.1", "7", None, "%"),
        ("indicator: firms, kind: total, comparator: at_most, threshold: 10 家", "firms: 3 家", "3", "5", None, "家"),
        (
            "indicator: firms, kind: level, threshold: 1200 家",
            "firms: {value: 1131 家, baseline: 1000 家}",
            "1131",
            "1100",
            "69",
            "家",
        ),
        (
            "indicator: firms, kind: level, comparator: at_most, threshold: 100 家",
            "firms: {value: 170 家, baseline: 200 家}",
            "170",
            "150",
            "70",
            "家",
        ),
        (
            "indicator: firms, kind: coverage, threshold: 80 %, eligible: fixed-list",
            "firms: {done: 1 家, eligible: 3 家}",
            "100/3",
            "40",
            "140/3",
            "%",
        ),
        ("indicator: income, kind: relative, partner: growth", "income: 7 %, growth: 6.5 %", "7", "6.5", None, "%"),
        (STAGES, "firms: {stage: 開工}", "1", "1", "1", "stage"),
        (STAGES, "firms: {stage: 未開工}", "0", "1", "2", "stage"),
    ],
)
def test_evidence_is_in_the_target_s_unit_of_measure(
    rule: str, figure: str, actual: str, due: str, remaining: str | None, unit: str
) -> None:
    verdict = verdict_of(book_of(rule), "2025Q2", figure)
    wanted = (Fraction(actual), Fraction(due), None if remaining is None else Fraction(remaining), unit)
    assert (verdict.actual, verdict.due, verdict.remaining, verdict.unit) == wanted


def test_what_was_submitted_is_kept_as_written() -> None:
    verdict = verdict_of(book_of(NET), "2025Q2", "firms: '１３１ 家'")
    assert (verdict.submitted, verdict.figure and verdict.figure.source.line) == ("１３１ 家", 2)


def test_a_figure_that_came_before_it_was_due_stays_visible() -> None:
    verdict = verdict_of(book_of(NET + ", due_in: [2025Q4]"), "2025Q2", "firms: 131 家")
    assert (verdict.outcome, verdict.reason, verdict.submitted) == (Outcome.UNDECIDED, Reason.NOT_DUE, "131 家")


def test_an_unusable_figure_stays_visible_and_has_no_actual_number() -> None:
    verdict = verdict_of(book_of(NET), "2025Q2", "firms: 131 個")
    assert (verdict.reason, verdict.submitted, verdict.actual, verdict.gap) == (Reason.UNUSABLE, "131 個", None, None)


def each(*counts: str) -> tuple[str, tuple[str, ...], tuple[str, ...], str | None, Fraction | None]:
    """Outcome or reason, short and missing members, progress and gap of three members in 2025Q2."""
    members = [f"{name}: {count}" for name, count in zip(("食品", "電子", "建材"), counts, strict=True) if count]
    verdict = verdict_of(book_of(EACH), "2025Q2", f"firms: {{members: {{{', '.join(members)}}}}}")
    word = verdict.reason.value if verdict.reason else verdict.outcome.value
    return word, verdict.short_members, verdict.missing_members, verdict.progress, verdict.gap


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (("5 家", "6 家", "10 家"), ("pass", (), (), "on-pace", 0)),
        (("10 家", "10 家", "10 家"), ("pass", (), (), "completed", 50)),
        (("5 家", "4 家", "6 家"), ("at-risk", ("電子",), (), "behind", -10)),
        (("4 家", "3 家", "6 家"), ("fail", ("食品", "電子"), (), "behind", -20)),
        # One that fails decides, whatever is missing.
        (("3 家", "", "6 家"), ("fail", ("食品",), ("電子",), None, -20)),
        # Else a missing one leaves the list undecided, and is named.
        (("4 家", "", "6 家"), ("missing", ("食品",), ("電子",), None, None)),
        (("5 家", "", ""), ("missing", (), ("電子", "建材"), None, None)),
        # A member that cannot be used is undecided for its own reason, after the missing.
        (("5 家", "5 %", "6 家"), ("unusable", (), (), None, None)),
        (("5 家", "5 %", ""), ("missing", (), ("建材",), None, None)),
    ],
)
def test_the_worst_member_decides(counts: tuple[str, ...], expected: tuple[object, ...]) -> None:
    assert each(*counts) == expected


def test_a_list_of_which_nothing_came_in_is_missing() -> None:
    verdict = verdict_of(book_of(EACH), "2025Q2")
    assert (verdict.reason, verdict.missing_members) == (Reason.MISSING, ("食品", "電子", "建材"))


def test_a_list_shows_every_member_s_figure() -> None:
    verdict = verdict_of(book_of(EACH), "2025Q2", "firms: {members: {建材: 5 家, 食品: 6 家}}")
    assert (verdict.submitted, len(verdict.members)) == ("食品 6 家；建材 5 家", 3)


def test_notes_of_members_are_gathered_once() -> None:
    rule = EACH + ", net: true"
    verdict = verdict_of(book_of(rule), "2025Q2", "firms: {members: {食品: 10 家, 電子: 10 家, 建材: 5 家}}")
    assert verdict.notes == ("can-fall-back",)


def test_a_level_remembers_its_baseline() -> None:
    rule = "indicator: land, kind: level, threshold: 2 萬畝"
    assert verdict_of(book_of(rule), "2025Q2", "land: {value: 15000 畝, baseline: 1 萬畝}").baseline == 1


def test_what_an_allocation_does_not_give_is_not_applicable() -> None:
    book, _ = bind(
        {
            "rules/016-small.yaml": rule_file(NET + ", judged: {lead: city, responsible: {quota: q}}"),
            "allocations/q.yaml": "rule: rule\ndocument: 表\nquotas: {咸安區: 42 家}\n",
        }
    )
    assert book is not None
    reported = "organization: 嘉魚縣\nfigures: {firms: 3 家}"
    verdict = judge_book(book, "2025Q2", figures_of(book, "2025Q2", reported))[2]
    assert (verdict.reason, verdict.submitted, verdict.due) == (Reason.NOT_APPLICABLE, "3 家", None)
