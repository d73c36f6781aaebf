"""Notices, replies and decisions → where every item stands on a day. Nothing is forgotten or closes itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date

from engine.followup.read import FollowUpFiles
from engine.followup.record import read_decisions, read_notice, read_replies
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.notice import (
    Decision,
    ItemStanding,
    Notice,
    NoticeItem,
    Reply,
    Ruling,
    State,
    answer_day,
    item_name,
)
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.verdict import Outcome, Verdict
from engine.names import NameIndex, fold_script, nearest_names

#: What is typed for the hexagonal brackets of a document number.
_BRACKETS = str.maketrans("[]()【】", "〔〕〔〕〔〕")


@dataclass(frozen=True, slots=True)
class Record:
    """All that is on record, whatever day is asked about."""

    notices: tuple[Notice, ...]
    replies: tuple[Reply, ...]
    decisions: tuple[Decision, ...]

    def until(self, day: date | None) -> "Record":
        """What was known of replies and decisions on a day; everything where none is given."""
        return Record(
            self.notices,
            tuple(reply for reply in self.replies if day is None or reply.day <= day),
            tuple(decision for decision in self.decisions if day is None or decision.day <= day),
        )

    def last_day(self, upto: Period) -> date | None:
        """The latest day that the record names for notices up to a period; None where it has none."""
        listed = [notice for notice in self.notices if notice.period <= upto]
        numbers = {number_key(notice.number) for notice in listed}
        days = [notice.day for notice in listed if notice.day]
        days += [reply.day for reply in self.replies if number_key(reply.notice) in numbers]
        days += [decision.day for decision in self.decisions if number_key(decision.notice) in numbers]
        return max(days, default=None)


@dataclass(slots=True)
class _Thread:
    """What happened to one item, in order, and what did not fit."""

    notice: Notice
    item: NoticeItem
    reply: Reply | None = None
    decision: Decision | None = None
    refused: Decision | None = None
    late: bool = False
    problems: list[Diagnostic] = field(default_factory=list)

    @property
    def closed(self) -> bool:
        return self.decision is not None and self.decision.ruling is Ruling.CLOSE

    @property
    def waits_for_reply(self) -> bool:
        return self.reply is None or (self.decision is not None and not self.closed)

    @property
    def reply_by(self) -> date:
        return answer_day(self.notice, self.refused)

    def answer(self, reply: Reply) -> None:
        """Take a reply; one that nobody waits for is named, and changes nothing."""
        assert self.notice.day is not None, "only notices on record are followed up"
        if reply.day < self.notice.day:
            params = {"name": self.name, "day": reply.day.isoformat(), "issued": self.notice.day.isoformat()}
            self.problems.append(Diagnostic("reply-too-early", reply.source, params, (self.item.source,)))
        elif not self.waits_for_reply:
            first = self.decision.source if self.closed and self.decision else self.reply.source if self.reply else None
            related = (first,) if first else ()
            self.problems.append(Diagnostic("reply-repeated", reply.source, {"name": self.name}, related))
        else:
            self.late = reply.day > self.reply_by
            self.reply, self.decision = reply, None

    def decide(self, decision: Decision) -> None:
        """Take a decision; one about what nobody answered, or what was decided already, is named."""
        if self.closed and self.decision:
            params = {"name": self.name}
            self.problems.append(Diagnostic("decision-repeated", decision.source, params, (self.decision.source,)))
        elif self.waits_for_reply:
            self.problems.append(
                Diagnostic("decision-unanswered", decision.source, {"name": self.name}, (self.item.source,))
            )
        else:
            self.decision = decision
            if decision.ruling is Ruling.REFUSE:
                self.refused = decision

    @property
    def name(self) -> str:
        return item_name(self.notice.number, self.item.item)

    def state(self, day: date) -> State:
        """Where it stands on a day."""
        if self.closed:
            return State.CLOSED
        if not self.waits_for_reply:
            return State.ANSWERED
        if day > self.reply_by:
            return State.OVERDUE
        return State.REFUSED if self.refused else State.OPEN


def number_key(number: str) -> str:
    """What a document number is known by, however its script, blanks and brackets are typed.

    >>> number_key("示督〔2025〕1號") == number_key("示督 [2025] 1号") == number_key("示督（2025）1號")
    True
    """
    return fold_script("".join(number.split())).translate(_BRACKETS)


def read_record(book: Book, files: FollowUpFiles, found: list[Diagnostic]) -> Record:
    """Everything on record, in the order of days.

    Errors: those of the files; notice-repeated, body-unknown.
    """
    notices: dict[str, Notice] = {}
    bodies = _bodies(book)
    for file, text in files.notices.items():
        notice = read_notice(text, file, found)
        if notice is None:
            continue
        if bodies.find(notice.organization) is None:
            params = {"name": notice.organization, "nearest": "、".join(bodies.nearest(notice.organization))}
            found.append(Diagnostic("body-unknown", notice.source, params))
        first = notices.setdefault(number_key(notice.number), notice)
        if first is not notice:
            params = {"notice": notice.number}
            found.append(Diagnostic("notice-repeated", notice.source, params, (first.source,)))
    replies = [reply for file, text in files.replies.items() for reply in read_replies(text, file, found)]
    decisions = [each for file, text in files.decisions.items() for each in read_decisions(text, file, found)]
    return Record(
        tuple(sorted(notices.values(), key=lambda notice: (notice.period, notice.day or date.min, notice.source))),
        tuple(sorted(replies, key=lambda reply: (reply.day, reply.source))),
        tuple(sorted(decisions, key=lambda decision: (decision.day, decision.source))),
    )


def stand(
    book: Book,
    record: Record,
    period: Period,
    day: date | None,
    verdicts: Sequence[Verdict],
    found: list[Diagnostic],
) -> tuple[ItemStanding, ...]:
    """Where every item of the notices up to a period stands on a day, in the order of the notices.

    `verdicts` are those of the period: what an earlier notice asks for and they show to be met is proposed for closing.

    Errors: reply-notice-unknown, reply-item-unknown, reply-of-another, reply-too-early, reply-repeated,
    decision-notice-unknown, decision-item-unknown, decision-unanswered, decision-repeated.
    """
    threads = {
        (number_key(notice.number), item.item): _Thread(notice, item)
        for notice in record.notices
        for item in notice.items
    }
    events: list[Reply | Decision] = [*record.replies, *record.decisions]
    # On one day a body answers before the office decides.
    events.sort(key=lambda event: (event.day, isinstance(event, Decision), event.source))
    known = {notice.number for notice in record.notices}
    bodies = _bodies(book)
    for event in events:
        thread = threads.get((number_key(event.notice), event.item))
        if thread is None:
            found.append(_unknown(event, known))
        elif isinstance(event, Reply) and bodies.find(event.organization) != bodies.find(thread.notice.organization):
            params = {"organization": event.organization, "name": thread.name, "addressee": thread.notice.organization}
            found.append(Diagnostic("reply-of-another", event.source, params, (thread.notice.source,)))
        elif isinstance(event, Reply):
            thread.answer(event)
        else:
            thread.decide(event)
    now = {(verdict.obligation.organization, verdict.obligation.rule.id): verdict for verdict in verdicts}
    listed = [thread for thread in threads.values() if _is_there(thread.notice, period, day)]
    for thread in threads.values():
        found.extend(thread.problems)
    return tuple(_standing(thread, day, period, now) for thread in listed)


def _is_there(notice: Notice, period: Period, day: date | None) -> bool:
    return notice.period <= period and notice.day is not None and day is not None and notice.day <= day


def _standing(
    thread: _Thread, day: date | None, period: Period, now: Mapping[tuple[str, str], Verdict]
) -> ItemStanding:
    assert day is not None, "without a day nothing is listed"
    state = thread.state(day)
    verdict = now.get((thread.notice.organization, thread.item.rule)) if thread.notice.period < period else None
    return ItemStanding(
        thread.notice,
        thread.item,
        state,
        thread.reply_by,
        thread.reply,
        thread.decision,
        thread.late,
        proposed=state is not State.CLOSED and verdict is not None and _is_met(thread.item, verdict),
    )


def _is_met(item: NoticeItem, verdict: Verdict) -> bool:
    """Whether a later check shows what the item asks for: a figure that can be judged, or a promise on pace again."""
    if item.cause.wants_figure:
        return verdict.outcome is not Outcome.UNDECIDED
    return verdict.outcome is Outcome.PASS


def _bodies(book: Book) -> NameIndex:
    """Every word of the plan that names exactly one body."""
    words = book.words.items()
    return NameIndex({word: names[0] for word, names in words if len(names) == 1 and word not in book.groups})


def _unknown(event: Reply | Decision, known: Iterable[str]) -> Diagnostic:
    is_reply = isinstance(event, Reply)
    if number_key(event.notice) in map(number_key, known):
        params = {"notice": event.notice, "item": str(event.item)}
        return Diagnostic("reply-item-unknown" if is_reply else "decision-item-unknown", event.source, params)
    params = {"notice": event.notice, "nearest": "、".join(nearest_names(event.notice, known))}
    return Diagnostic("reply-notice-unknown" if is_reply else "decision-notice-unknown", event.source, params)
