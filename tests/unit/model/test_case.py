import pytest

from engine.model.case import Difference, EdgePosition, Expected, Situation, Trial, compare, find_unsaid
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


@pytest.mark.parametrize(
    ("figure", "expected", "unsaid"),
    [
        ("110 家", Expected(Outcome.AT_RISK), ("gap: -0.45", "progress: behind")),
        ("110 家", Expected(Outcome.AT_RISK, None, Progress.BEHIND, "-0.45"), ()),
        (None, Expected(Outcome.UNDECIDED), ("reason: missing",)),
        (None, Expected(Outcome.UNDECIDED, Reason.MISSING), ()),
    ],
)
def test_what_came_out_and_is_not_expected_is_listed(
    figure: str | None, expected: Expected, unsaid: tuple[str, ...]
) -> None:
    verdict = verdict_of(book_of(TOTAL), "2025Q2", *([f"firms: {figure}"] if figure else []))
    assert find_unsaid(expected, verdict, "-0.45" if figure else None) == unsaid


def test_notes_are_part_of_what_came_out() -> None:
    book = book_of("indicator: firms, kind: total, threshold: 222 家, net: true")
    verdict = verdict_of(book, "2025Q3", "firms: 225 家")
    assert find_unsaid(Expected(Outcome.PASS, None, Progress.COMPLETED, "1"), verdict, "1") == (
        "notes: [can-fall-back]",
    )


def test_a_position_is_named_in_short() -> None:
    assert str(EdgePosition("rule", "year", "pass", "at")) == "year pass at"
    assert [str(Situation("rule", "lead")), str(Situation("rule", "quota", "咸安區"))] == ["lead", "quota 咸安區"]
