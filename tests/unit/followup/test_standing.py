from datetime import date

import pytest

from engine.followup.read import FollowUpFiles
from engine.followup.standing import number_key, read_record, stand
from engine.model.diagnostic import Diagnostic
from engine.model.notice import State
from tests.unit.followup.small import CLOSING, FILE, NOTICE, REFUSAL, REPLY, record_of, stand_on, the_book
from tests.unit.small import figures_of, judge_book, period_of

SECOND = REPLY.replace("2025-05-01", "2025-05-25")


@pytest.mark.parametrize(
    ("day", "replies", "decisions", "state"),
    [
        ("2025-04-20", "", "", State.OPEN),
        ("2025-05-05", "", "", State.OPEN),  # the last day is still a day for replying
        ("2025-05-06", "", "", State.OVERDUE),
        ("2025-05-06", REPLY, "", State.ANSWERED),
        ("2025-04-30", REPLY, "", State.OPEN),  # the reply comes the day after
        ("2025-05-20", REPLY, REFUSAL, State.REFUSED),
        ("2025-06-04", REPLY, REFUSAL, State.REFUSED),  # as many days as the notice gave: 15
        ("2025-06-05", REPLY, REFUSAL, State.OVERDUE),
        ("2025-06-05", f"{REPLY}, {SECOND}", REFUSAL, State.ANSWERED),
        ("2025-05-20", REPLY, CLOSING, State.CLOSED),
        ("2025-05-19", REPLY, CLOSING, State.ANSWERED),
        ("2025-12-31", REPLY, CLOSING, State.CLOSED),
    ],
)
def test_where_an_item_stands(day: str, replies: str, decisions: str, state: State) -> None:
    first, second = stand_on(day, replies, decisions)
    assert first.state is state
    assert second.state is (State.OVERDUE if day > "2025-05-05" else State.OPEN)


def test_refusal_can_set_the_day_for_the_next_reply() -> None:
    refusal = REFUSAL.replace("reason", "reply_by: 2025-05-22, reason")
    states = [stand_on(day, REPLY, refusal)[0].state for day in ("2025-05-22", "2025-05-23")]
    assert states == [State.REFUSED, State.OVERDUE]


def test_late_reply_is_answered_and_late() -> None:
    late = REPLY.replace("2025-05-01", "2025-05-06")
    assert [(each.state, each.late) for each in stand_on("2025-06-01", late)[:1]] == [(State.ANSWERED, True)]
    assert not stand_on("2025-06-01", REPLY)[0].late


@pytest.mark.parametrize(
    ("replies", "decisions", "codes", "state"),
    [
        (REPLY.replace("1號", "9號"), "", ["reply-notice-unknown"], State.OVERDUE),
        (REPLY.replace("item: 1", "item: 3"), "", ["reply-item-unknown"], State.OVERDUE),
        (REPLY.replace("市經信局", "市發改委"), "", ["reply-of-another"], State.OVERDUE),
        (REPLY.replace("2025-05-01", "2025-04-19"), "", ["reply-too-early"], State.OVERDUE),
        (f"{REPLY}, {SECOND}", "", ["reply-repeated"], State.ANSWERED),
        (f"{REPLY}, {SECOND}", CLOSING, ["reply-repeated"], State.CLOSED),
        ("", CLOSING, ["decision-unanswered"], State.OVERDUE),
        ("", REFUSAL, ["decision-unanswered"], State.OVERDUE),
        (REPLY, CLOSING.replace("1號", "9號"), ["decision-notice-unknown"], State.ANSWERED),
        (REPLY, CLOSING.replace("item: 1", "item: 3"), ["decision-item-unknown"], State.ANSWERED),
        (REPLY, f"{CLOSING}, {CLOSING}", ["decision-repeated"], State.CLOSED),
        (REPLY, f"{REFUSAL}, {CLOSING.replace('05-20', '05-21')}", ["decision-unanswered"], State.OVERDUE),
        (REPLY.replace("六月補齊", "收到"), "", ["reply-empty"], State.OVERDUE),
    ],
)
def test_what_does_not_fit_is_named_and_changes_nothing(
    replies: str, decisions: str, codes: list[str], state: State
) -> None:
    found: list[Diagnostic] = []
    first = stand_on("2025-12-31", replies, decisions, found)[0]
    assert [finding.code for finding in found] == codes
    assert found[0].source.line == 1
    assert first.state is state


def test_unknown_number_names_the_nearest() -> None:
    found: list[Diagnostic] = []
    stand_on("2025-12-31", REPLY.replace("1號", "11號"), "", found)
    assert found[0].params["nearest"] == "督辦〔2025〕1號"


def test_body_may_reply_under_an_alias() -> None:
    assert stand_on("2025-12-31", REPLY.replace("市經信局", "市经济和信息化局"))[0].state is State.ANSWERED


@pytest.mark.parametrize("number", ["督办〔2025〕1号", "督辦[2025]1號", "督辦 （2025） 1號"])
def test_number_is_known_however_it_is_typed(number: str) -> None:
    assert number_key(number) == number_key("督辦〔2025〕1號")
    reply = REPLY.replace("督辦〔2025〕1號", f'"{number}"')
    assert stand_on("2025-12-31", reply, CLOSING)[0].state is State.CLOSED


def test_repeated_number_and_unknown_body_are_named() -> None:
    found: list[Diagnostic] = []
    other = FILE.replace("市經信局", "乙")
    files = FollowUpFiles({FILE: NOTICE, other: NOTICE.replace("市經信局", "市經信委")}, {}, {})
    record = read_record(the_book(), files, found)
    assert [notice.organization for notice in record.notices] == ["市經信局"]
    assert sorted(finding.code for finding in found) == ["body-unknown", "notice-repeated"]


def test_last_day_is_the_latest_on_record() -> None:
    assert record_of().last_day(period_of("2025Q1")) == date(2025, 4, 20)
    assert record_of(REPLY, CLOSING).last_day(period_of("2025Q2")) == date(2025, 5, 20)
    assert record_of(REPLY, CLOSING).last_day(period_of("2024Q4")) is None


@pytest.mark.parametrize(
    ("figure", "proposed"), [("firms: 111 家", [True, True]), ("firms: 90 家", [False, True]), ("", [False, False])]
)
def test_closing_is_proposed_where_a_later_check_meets_the_item(figure: str, proposed: list[bool]) -> None:
    book, period, day = the_book(), period_of("2025Q2"), date(2025, 7, 20)
    figures = figures_of(book, "2025Q2", figure) if figure else {}
    found: list[Diagnostic] = []
    standings = stand(book, record_of(REPLY), period, day, judge_book(book, "2025Q2", figures), found)
    assert [each.proposed for each in standings] == proposed
    # Only the office closes.
    assert [each.state for each in standings] == [State.ANSWERED, State.OVERDUE]


def test_items_of_the_same_period_are_never_proposed() -> None:
    book, period = the_book(), period_of("2025Q1")
    verdicts = judge_book(book, "2025Q1", figures_of(book, "2025Q1", "firms: 111 家"))
    standings = stand(book, record_of(), period, date(2025, 4, 20), verdicts, [])
    assert [each.proposed for each in standings] == [False, False]


def test_notices_of_later_periods_and_days_are_not_listed() -> None:
    book = the_book()
    assert stand(book, record_of(), period_of("2024Q4"), date(2025, 12, 31), (), []) == ()
    assert stand(book, record_of(), period_of("2025Q1"), date(2025, 4, 19), (), []) == ()
