"""A notice of two items, and the texts of a record around it."""

from datetime import date

from engine.followup.read import FollowUpFiles
from engine.followup.record import read_notice
from engine.followup.standing import Record, read_record, stand
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.notice import ItemStanding, Notice
from tests.unit.small import book_of, period_of

NOTICE = """\
notice: 督辦〔2025〕1號
organization: 市經信局
period: 2025Q1
date: 2025-04-20
reply_by: 2025-05-05
items:
- {item: 1, rule: rule, clause: '16', indicator: 規上企業, quotes: [凈增222家以上], cause: fail, standing: 落後}
- {item: 2, rule: rule, clause: '16', indicator: 總值增速, quotes: [], cause: missing, standing: 未報送}
"""
FILE = "followup/2025Q1/市經信局.yaml"

REPLY = "{notice: 督辦〔2025〕1號, item: 1, organization: 市經信局, date: 2025-05-01, answer: 六月補齊}"
REFUSAL = "{notice: 督辦〔2025〕1號, item: 1, date: 2025-05-20, decision: refuse, reason: 沒有時限}"
CLOSING = "{notice: 督辦〔2025〕1號, item: 1, date: 2025-05-20, decision: close}"


def the_notice(text: str = NOTICE) -> Notice:
    found: list[Diagnostic] = []
    notice = read_notice(text, FILE, found)
    assert found == []
    assert notice is not None
    return notice


def the_book() -> Book:
    return book_of("indicator: firms, kind: total, comparator: at_least, threshold: 222 家")


def record_of(replies: str = "", decisions: str = "", found: list[Diagnostic] | None = None) -> Record:
    """The notice with these replies and decisions, each as the items of a YAML list."""
    listed: list[Diagnostic] = [] if found is None else found
    files = FollowUpFiles(
        {FILE: NOTICE},
        {"followup/decisions.yaml": f"decisions: [{decisions}]"} if decisions else {},
        {"submissions/2025Q2/replies.yaml": f"replies: [{replies}]"} if replies else {},
    )
    record = read_record(the_book(), files, listed)
    if found is None:
        assert listed == []
    return record


def stand_on(
    day: str, replies: str = "", decisions: str = "", found: list[Diagnostic] | None = None
) -> tuple[ItemStanding, ...]:
    """Where both items stand on a day."""
    listed: list[Diagnostic] = [] if found is None else found
    asked = date.fromisoformat(day)
    record = record_of(replies, decisions, listed).until(asked)
    standings = stand(the_book(), record, period_of("2025Q1"), asked, (), listed)
    if found is None:
        assert listed == []
    return standings
