"""Verdicts → notices: one per body, for what is at risk or failed and for figures that are wanting."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from engine.model.book import Book
from engine.model.notice import ItemStanding, ItemWords, Notice, NoticeItem, State, cause_of
from engine.model.period import Period
from engine.model.rule import NoticePolicy
from engine.model.verdict import Verdict

_NUMBER = re.compile(r"〔(\d{4})〕(\d+)號")


#: Puts a verdict into the words of a notice.
SayItem = Callable[[Verdict], ItemWords]


def draft_notices(
    book: Book, period: Period, verdicts: Iterable[Verdict], standings: Sequence[ItemStanding], say: SayItem
) -> tuple[Notice, ...]:
    """One notice without number and days for every body with something to answer, in the book's order of bodies.

    An item names the earlier items about the same rule that were not closed.
    """
    waiting: dict[tuple[str, str], list[str]] = {}
    for standing in standings:
        if standing.state is not State.CLOSED and standing.notice.period < period:
            waiting.setdefault((standing.notice.organization, standing.item.rule), []).append(standing.name)
    items: dict[str, list[NoticeItem]] = {name: [] for name in book.organizations}
    for verdict in verdicts:
        cause, obligation = cause_of(verdict), verdict.obligation
        if cause is None:
            continue
        own, said, rule = items[obligation.organization], say(verdict), obligation.rule
        target = book.targets.get(rule.target)
        own.append(
            NoticeItem(
                len(own) + 1,
                rule.id,
                rule.clause,
                obligation.indicator.name,
                (target.quote,) if target else (),
                cause,
                said.standing,
                said.target,
                said.due,
                said.submitted,
                said.gap,
                said.remaining,
                tuple(waiting.get((obligation.organization, rule.id), ())),
            )
        )
    return tuple(
        Notice("", organization, period, None, None, tuple(listed)) for organization, listed in items.items() if listed
    )


def issue_notices(
    drafts: Sequence[Notice], earlier: Iterable[Notice], policy: NoticePolicy, day: date
) -> tuple[Notice, ...]:
    """The drafts with numbers, days and days of reply; numbers run on through the year of the day."""
    taken = [
        int(match[2]) for notice in earlier if (match := _NUMBER.search(notice.number)) and int(match[1]) == day.year
    ]
    first = max(taken, default=0) + 1
    reply_by = day + timedelta(days=policy.reply_days)
    return tuple(
        Notice(
            f"{policy.sign}〔{day.year}〕{first + place}號",
            draft.organization,
            draft.period,
            day,
            reply_by,
            draft.items,
        )
        for place, draft in enumerate(drafts)
    )
