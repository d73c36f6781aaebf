"""Following up: what an office asked of a body, what was answered, and where every item stands."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.source import Source
from engine.model.verdict import Outcome, Reason, Verdict

#: Where something stands that was not read from a file.
NOWHERE = Source("")


class Cause(StrEnum):
    """Why an item stands in a notice: a verdict, or what was wanting for one."""

    FAIL = "fail"
    AT_RISK = "at-risk"
    MISSING = "missing"
    UNUSABLE = "unusable"
    NO_BASELINE = "no-baseline"
    DIFFERENT_MEASURE = "different-measure"

    @property
    def wants_figure(self) -> bool:
        """Whether a figure is asked for, and not an effort."""
        return self not in (Cause.FAIL, Cause.AT_RISK)


class State(StrEnum):
    """Where an item stands on a day, what asks for action first."""

    OVERDUE = "overdue"  # the day for its reply is past, and none came in
    REFUSED = "refused"  # it was answered, and the office did not accept that
    OPEN = "open"  # its reply is not due yet
    ANSWERED = "answered"  # the office has to decide
    CLOSED = "closed"


class Ruling(StrEnum):
    """What the office decides about an answered item."""

    CLOSE = "close"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """One thing that a notice asks about, in the words in which it was sent; empty where there is nothing to say.

    `quotes` are the plan's words; `earlier` names the unclosed items of earlier notices about the same rule.
    """

    item: int
    rule: str
    clause: str
    indicator: str
    quotes: tuple[str, ...]
    cause: Cause
    standing: str
    target: str = ""
    due: str = ""
    submitted: str = ""
    gap: str = ""
    remaining: str = ""
    earlier: tuple[str, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class ItemWords:
    """What a notice says of one verdict, as it will stand on record."""

    standing: str
    target: str
    due: str
    submitted: str
    gap: str
    remaining: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A supervision notice (督辦單) to one body; a draft has no number and no days yet."""

    number: str
    organization: str
    period: Period
    day: date | None
    reply_by: date | None
    items: tuple[NoticeItem, ...]
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Reply:
    """What a body answered to one item of a notice; `until` is the day by which it promises to be done."""

    notice: str
    item: int
    organization: str
    day: date
    answer: str
    until: date | None
    evidence: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Decision:
    """What the office decided about an answered item; a refusal has a reason, and perhaps another day for the reply."""

    notice: str
    item: int
    day: date
    ruling: Ruling
    reason: str
    reply_by: date | None
    source: Source


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """Where one item of a notice stands on a day.

    `reply_by` is the day in force: a refusal sets another one. `late`: the reply came after it. `proposed`: a later
    check met what the item asks for, so its closing is proposed; closing it is the office's to decide.
    """

    notice: Notice
    item: NoticeItem
    state: State
    reply_by: date
    reply: Reply | None = None
    decision: Decision | None = None
    late: bool = False
    proposed: bool = False

    @property
    def name(self) -> str:
        """The notice's number and the item's, as offices cite it."""
        return item_name(self.notice.number, self.item.item)


def item_name(notice: str, item: int) -> str:
    """How an item of a notice is cited.

    >>> item_name("督辦〔2025〕1號", 2)
    '督辦〔2025〕1號第2項'
    """
    return f"{notice}第{item}項"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The notices of a period and the standing of every item up to it, as of a day.

    `day` is None where no file names any day yet. `before` is where the items of earlier notices stood on the day of
    these, or stand as of `day` while these are drafts. `issued`: the notices were on record already.
    """

    title: str
    office: str
    period: Period
    day: date | None
    notices: tuple[Notice, ...]
    standings: tuple[ItemStanding, ...]
    before: tuple[ItemStanding, ...]
    issued: bool


def cause_of(verdict: Verdict) -> Cause | None:
    """Why a verdict is a matter for a notice; None where it is not, or a waiver excuses it.

    What is not due, awaits its target or does not concern the body asks nothing of anybody.
    """
    if verdict.waived or verdict.outcome is Outcome.PASS:
        return None
    if verdict.outcome is not Outcome.UNDECIDED:
        return Cause(verdict.outcome.value)
    unasked = (Reason.NOT_DUE, Reason.AWAITING_TARGET, Reason.NOT_APPLICABLE)
    return None if verdict.reason in unasked else Cause((verdict.reason or Reason.MISSING).value)


def count_states(standings: Iterable[ItemStanding]) -> dict[State, int]:
    """How many items stand where; the parts add up to the number of items."""
    counts = dict.fromkeys(State, 0)
    for standing in standings:
        counts[standing.state] += 1
    return counts


def answer_day(notice: Notice, refused: Decision | None) -> date:
    """The day by which an item is to be answered: the notice's, or after a refusal the one that it sets.

    A refusal that sets none gives as many days as the notice gave.
    """
    assert notice.day is not None, "a draft asks nothing yet"
    assert notice.reply_by is not None, "a notice on record says when it is to be answered"
    if refused is None:
        return notice.reply_by
    return refused.reply_by or refused.day + timedelta(days=(notice.reply_by - notice.day).days)
