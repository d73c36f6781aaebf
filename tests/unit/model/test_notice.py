import doctest
from datetime import date

import pytest

from engine.model import notice as module
from engine.model.notice import Cause, Decision, Ruling, State, answer_day, cause_of, count_states
from engine.model.source import Source
from tests.unit.followup.small import stand_on, the_notice
from tests.unit.small import book_of, figures_of, judge_book


def test_examples_hold() -> None:
    assert doctest.testmod(module).failed == 0


def test_counts_add_up_and_name_every_state() -> None:
    counts = count_states(stand_on("2025-05-06"))
    assert list(counts) == list(State)
    assert sum(counts.values()) == 2
    assert counts[State.OVERDUE] == 2


def test_refusal_without_a_day_gives_as_many_days_as_the_notice() -> None:
    refusal = Decision("x", 1, date(2025, 6, 1), Ruling.REFUSE, "why", None, Source("a"))
    assert answer_day(the_notice(), None) == date(2025, 5, 5)
    assert answer_day(the_notice(), refusal) == date(2025, 6, 16)


@pytest.mark.parametrize(("cause", "wanted"), [(Cause.FAIL, False), (Cause.AT_RISK, False), (Cause.MISSING, True)])
def test_some_causes_ask_for_a_figure(cause: Cause, wanted: bool) -> None:
    assert cause.wants_figure is wanted


def test_what_is_not_due_or_waived_asks_nothing() -> None:
    annual = book_of("indicator: firms, kind: total, comparator: at_least, threshold: 222 家, due_in: [2025Q4]")
    assert [cause_of(each) for each in judge_book(annual, "2025Q2", {})] == [None]
    waiver = (
        "waivers:\n- {document: a, date: 2025-01-02, approver: 市發改委, start: 2025-01-02, end: 2025-12-31, "
        "reach: [市經信局], rules: [rule], reason: c}\n"
    )
    book = book_of("indicator: firms, kind: total, comparator: at_least, threshold: 222 家", waivers=waiver)
    verdicts = judge_book(book, "2025Q2", figures_of(book, "2025Q2", "firms: 1 家"))
    assert [cause_of(each) for each in verdicts] == [None]
