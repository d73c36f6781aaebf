from datetime import date

import pytest

from engine.followup.issue import draft_notices, issue_notices
from engine.model.notice import Cause, ItemWords, Notice
from engine.model.rule import NoticePolicy
from engine.model.verdict import Verdict
from tests.unit.followup.small import stand_on, the_book, the_notice
from tests.unit.small import figures_of, judge_book, period_of


def say(verdict: Verdict) -> ItemWords:
    return ItemWords("說", "222 家", "111 家", verdict.submitted or "", "", "")


def drafts(figure: str) -> tuple[Notice, ...]:
    book = the_book()
    verdicts = judge_book(book, "2025Q2", figures_of(book, "2025Q2", figure) if figure else {})
    return draft_notices(book, period_of("2025Q2"), verdicts, stand_on("2025-07-20"), say)


@pytest.mark.parametrize(
    ("figure", "cause"),
    [
        ("firms: 110 家", Cause.AT_RISK),
        ("firms: 88 家", Cause.FAIL),
        ("", Cause.MISSING),
        ("firms: 12 人", Cause.UNUSABLE),
    ],
)
def test_what_is_behind_or_wanting_is_an_item(figure: str, cause: Cause) -> None:
    (notice,) = drafts(figure)
    (item,) = notice.items
    assert (notice.organization, notice.number, notice.day) == ("市經信局", "", None)
    assert (item.item, item.clause, item.cause, item.quotes) == (1, "16", cause, ("全市凈增規上企業222家以上",))


def test_what_is_met_is_no_item() -> None:
    assert drafts("firms: 111 家") == ()


def test_item_names_the_earlier_ones_that_are_not_closed() -> None:
    (notice,) = drafts("firms: 88 家")
    assert notice.items[0].earlier == ("督辦〔2025〕1號第1項", "督辦〔2025〕1號第2項")


def test_numbers_run_on_through_the_year_of_the_day() -> None:
    two = (*drafts("firms: 88 家"), *drafts(""))
    policy = NoticePolicy(reply_days=10, sign="督")
    issued = issue_notices(two, [the_notice()], policy, date(2025, 7, 20))
    assert [(each.number, each.reply_by) for each in issued] == [
        ("督〔2025〕2號", date(2025, 7, 30)),
        ("督〔2025〕3號", date(2025, 7, 30)),
    ]
    assert issue_notices(two[:1], [the_notice()], policy, date(2026, 1, 20))[0].number == "督〔2026〕1號"
