import pytest

from engine.model.verdict import Outcome, Reason
from engine.rules.obligations import list_obligations
from tests.unit.small import book_of, figures_of, judge_book, period_of


def test_outcomes_are_the_words_of_the_outputs() -> None:
    assert [outcome.value for outcome in Outcome] == ["pass", "at-risk", "fail", "undecided"]


def test_reasons_are_the_words_of_the_outputs() -> None:
    expected = "missing not-due awaiting-target no-baseline unusable different-measure not-applicable"
    assert [reason.value for reason in Reason] == expected.split()


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("indicator: firms, kind: total, threshold: 5 家", True),
        ("indicator: firms, kind: total, threshold: 5 家, due_in: [2025Q4]", False),
        ("indicator: growth, kind: external, inner_kind: rate", False),
    ],
)
def test_only_what_is_due_is_owed(rule: str, expected: bool) -> None:
    (obligation,) = list_obligations(book_of(rule), period_of("2025Q2"))
    assert obligation.owed is expected


WAIVERS = """\
waivers:
- {document: 批復, date: 2025-03-01, approver: 省政府, start: 2025-04-01, end: 2025-06-30, reach: [市經信局],
   rules: [rule], reason: 汛期}
"""


@pytest.mark.parametrize(
    ("figure", "rest", "expected"),
    [
        ("88 家", "", True),
        ("110 家", "", True),
        ("111 家", "", False),
        ("88 個", "", True),
        ("88 家", ", due_in: [2025Q4]", False),
    ],
)
def test_what_passes_or_is_not_due_needs_no_waiver(figure: str, rest: str, expected: bool) -> None:
    book = book_of(f"indicator: firms, kind: total, threshold: 222 家{rest}", waivers=WAIVERS)
    (verdict,) = judge_book(book, "2025Q2", figures_of(book, "2025Q2", f"firms: {figure}", found=[]))
    assert (verdict.waived, verdict.excusable) == (expected, expected)


def test_without_a_waiver_nothing_is_waived() -> None:
    book = book_of("indicator: firms, kind: total, threshold: 222 家")
    (verdict,) = judge_book(book, "2025Q2", figures_of(book, "2025Q2", "firms: 1 家"))
    assert (verdict.waived, verdict.excusable) == (False, True)
