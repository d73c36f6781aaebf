import pytest

from engine.followup.record import is_empty_answer, read_decisions, read_notice, read_replies
from engine.model.diagnostic import Diagnostic
from engine.model.notice import Cause, Ruling
from tests.unit.followup.small import CLOSING, FILE, NOTICE, REFUSAL, REPLY, the_notice


def test_notice_is_read_with_its_items_and_places() -> None:
    notice = the_notice()
    assert (notice.number, notice.organization, notice.period.label) == ("督辦〔2025〕1號", "市經信局", "2025Q1")
    assert [(item.item, item.cause, item.source.line) for item in notice.items] == [
        (1, Cause.FAIL, 7),
        (2, Cause.MISSING, 8),
    ]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("reply_by: 2025-05-05", "reply_by: 2025-04-05", "notice-dates-crossed"),
        ("period: 2025Q1", "period: 2025Q2", "period-differs"),
        ("period: 2025Q1", "period: spring", "period-unreadable"),
        ("item: 2,", "item: 1,", "notice-item-repeated"),
        ("item: 2,", "item: two,", "wrong-shape"),
        ("cause: fail", "cause: lazy", "unknown-word"),
        ("notice: 督辦〔2025〕1號\n", "", "key-missing"),
    ],
)
def test_spoilt_notice_is_not_followed_up(before: str, after: str, code: str) -> None:
    found: list[Diagnostic] = []
    assert NOTICE.count(before) == 1
    assert read_notice(NOTICE.replace(before, after), FILE, found) is None
    assert [finding.code for finding in found] == [code]


def test_empty_file_is_named() -> None:
    found: list[Diagnostic] = []
    assert read_notice("", FILE, found) is None
    assert [finding.code for finding in found] == ["submission-empty"]


def test_reply_is_read() -> None:
    found: list[Diagnostic] = []
    (reply,) = read_replies(f"replies: [{REPLY}]", "replies.yaml", found)
    assert (reply.notice, reply.item, reply.answer, reply.until) == ("督辦〔2025〕1號", 1, "六月補齊", None)
    assert found == []


@pytest.mark.parametrize("answer", ["——", "已閱。", "无", "  。 ", "N/A", "/"])
def test_answer_without_content_is_no_reply(answer: str) -> None:
    found: list[Diagnostic] = []
    assert is_empty_answer(answer)
    assert read_replies(f"replies: [{REPLY.replace('六月補齊', repr(answer))}]", "replies.yaml", found) == []
    assert [(finding.code, finding.params["item"]) for finding in found] == [("reply-empty", "1")]


@pytest.mark.parametrize("answer", ["八月底前補齊", "已完成", "done in May", "12家", "無法完成，因徵地延誤"])
def test_answer_with_content_is_one(answer: str) -> None:
    assert not is_empty_answer(answer)


def test_decisions_are_read_and_a_refusal_needs_its_reason() -> None:
    found: list[Diagnostic] = []
    text = f"decisions: [{CLOSING}, {REFUSAL}, {REFUSAL.replace(', reason: 沒有時限', '')}]"
    decisions = read_decisions(text, "decisions.yaml", found)
    assert [(each.ruling, each.reason) for each in decisions] == [(Ruling.CLOSE, ""), (Ruling.REFUSE, "沒有時限")]
    assert [(finding.code, finding.params["key"]) for finding in found] == [("key-missing", "reason")]
