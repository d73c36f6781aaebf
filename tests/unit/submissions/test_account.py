import pytest

from engine.model.diagnostic import Diagnostic
from engine.submissions.account import account_for
from tests.unit.small import book_of, codes, figures_of, judge_book, period_of

TOTAL = "indicator: firms, kind: total, threshold: 222 家"
EACH = "indicator: firms, kind: each, inner_kind: total, members: [食品, 電子], threshold: 9 家"


def accounted(rule: str, submission: str, period: str = "2025Q2", judged: str = "2025Q2") -> list[Diagnostic]:
    """What is said of the figures of one submission when a period is judged."""
    book = book_of(rule)
    figures = figures_of(book, period, submission)
    found: list[Diagnostic] = []
    account_for(book, figures.values(), [period_of(judged)], judge_book(book, judged, figures), found)
    return found


@pytest.mark.parametrize(
    ("rule", "submission"),
    [
        (TOTAL, "firms: 5 家"),
        (TOTAL, "firms: 5 個"),
        (TOTAL + ", due_in: [2025Q4]", "firms: 5 家"),
        ("indicator: income, kind: relative, partner: growth", "income: 5 %, growth: 6 %"),
        (EACH, "firms: {members: {食品: 5 家, 電子: 5 家}}"),
    ],
)
def test_a_figure_that_a_verdict_used_needs_no_account(rule: str, submission: str) -> None:
    assert accounted(rule, submission) == []


@pytest.mark.parametrize("submission", ["land: 5 畝", "organization: 咸安區\nfigures: {firms: 5 家}"])
def test_a_figure_that_nobody_asked_for_is_noted(submission: str) -> None:
    assert codes(accounted(TOTAL, submission)) == ["not-judged"]


def test_a_figure_of_another_period_is_noted_once_for_its_file() -> None:
    assert codes(accounted(TOTAL, "firms: 5 家, land: 5 畝", period="2025Q1")) == ["period-not-judged"]


def test_a_figure_of_another_year_than_the_plan_s_is_refused() -> None:
    (finding,) = accounted(TOTAL, "firms: 5 家", period="2026Q2")
    assert (finding.code, finding.params) == ("period-outside-plan", {"period": "2026Q2", "year": "2025"})


def test_the_members_that_a_list_lacks_are_named() -> None:
    (finding,) = accounted(EACH, "firms: {members: {食品: 5 家}}")
    assert (finding.code, finding.params["members"]) == ("member-missing", "電子")


def test_a_list_of_which_nothing_came_in_is_missing_as_a_whole() -> None:
    assert accounted(EACH, "land: 5 畝")[0].code == "not-judged"
    assert "member-missing" not in codes(accounted(EACH, "land: 5 畝"))
