import pytest

from engine.model.verdict import Outcome, Reason
from engine.rules.obligations import list_obligations
from tests.unit.small import book_of, period_of


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
