import pytest

from engine.model.case import Difference, EdgePosition, Expected, Trial, compare
from engine.model.verdict import Outcome, Progress, Reason
from tests.unit.small import book_of, verdict_of

TOTAL = "indicator: firms, kind: total, threshold: 222 家"


@pytest.mark.parametrize(
    ("expected", "differing"),
    [
        (Expected(Outcome.AT_RISK), []),
        (Expected(Outcome.AT_RISK, None, Progress.BEHIND, "-0.45", ()), []),
        (Expected(Outcome.AT_RISK, gap="-0.450"), []),
        (Expected(Outcome.PASS), [("verdict", "pass", "at-risk")]),
        (Expected(Outcome.AT_RISK, gap="-0.46"), [("gap", "-0.46", "-0.45")]),
        (Expected(Outcome.AT_RISK, Reason.MISSING), [("reason", "missing", "-")]),
        (Expected(Outcome.AT_RISK, None, Progress.AHEAD), [("progress", "ahead", "behind")]),
        (Expected(Outcome.AT_RISK, notes=("can-fall-back",)), [("notes", "can-fall-back", "-")]),
    ],
)
def test_only_what_is_expected_is_compared(expected: Expected, differing: list[tuple[str, str, str]]) -> None:
    verdict = verdict_of(book_of(TOTAL), "2025Q2", "firms: 110 家")
    assert compare(expected, verdict, "-0.45") == tuple(Difference(*difference) for difference in differing)


def test_a_gap_that_is_not_there_differs_from_any_number() -> None:
    verdict = verdict_of(book_of(TOTAL), "2025Q2")
    expected = Expected(Outcome.UNDECIDED, Reason.MISSING, gap="0")
    assert compare(expected, verdict, None) == (Difference("gap", "0", "-"),)


def test_an_exact_fraction_is_compared_exactly() -> None:
    verdict = verdict_of(book_of(TOTAL), "2025Q2", "firms: 110 家")
    assert compare(Expected(Outcome.AT_RISK, gap="1/3"), verdict, "2/6") == ()
    assert compare(Expected(Outcome.AT_RISK, gap="0.33"), verdict, "1/3") != ()


def test_a_trial_passes_where_nothing_differs() -> None:
    from tests.unit.rules.test_cases import run

    (trial,) = run("{rule: rule, figures: {2025Q2: 110 家}, expect: {verdict: at-risk}}").trials
    assert trial.passed
    assert isinstance(trial, Trial)
    assert EdgePosition("rule", "year", "pass", "under") in trial.covers
