"""What notices say: verdicts in the words of a notice, states, periods, and the texts that a template can ask for."""

from collections import Counter
from collections.abc import Mapping, Sequence

from engine.catalogues import Sayings
from engine.model.notice import Cause, FollowUp, ItemStanding, ItemWords, Notice, State, count_states
from engine.model.period import Period
from engine.model.target import Kind
from engine.model.verdict import Verdict
from engine.quantities import format_decimal
from engine.report.documents import gap_number, target_value
from engine.report.officialwords import written_date
from engine.report.sentences import standing, written_figure
from engine.report.words import Words

_CAUSES: Sayings[Cause] = {
    Cause.FAIL: "fail",
    Cause.AT_RISK: "at-risk",
    Cause.MISSING: "missing",
    Cause.UNUSABLE: "unusable",
    Cause.NO_BASELINE: "no-baseline",
    Cause.DIFFERENT_MEASURE: "different-measure",
}

STATES: Sayings[State] = {
    State.OVERDUE: "overdue",
    State.REFUSED: "refused, to be answered again",
    State.OPEN: "open",
    State.ANSWERED: "answered",
    State.CLOSED: "closed",
}

#: What a template can ask for, beside the entries of lists.
ITEM_HEADS = ("序號", "條款", "指標", "原文", "判定", "目標", "應達", "報送", "差距", "尚需", "情況", "此前")
EARLIER_HEADS = ("文號", "條款", "指標", "期限", "狀態", "說明")


def item_words(verdict: Verdict, words: Words, pace_word: str) -> ItemWords:
    """A verdict in the words of a notice; what there is nothing to say about stays empty."""
    obligation = verdict.obligation
    unit = words.in_script(verdict.unit or "")
    gap = gap_number(verdict.gap, verdict.gap_unit)
    gap_unit = words.in_script("個百分點" if verdict.gap_unit == "percentage point" else verdict.gap_unit or "")
    if obligation.rule.judging_kind is Kind.MILESTONE:
        last = obligation.rule.stages[-1].name
        target, due, remaining, gap_unit = last, obligation.due_stage or "", "", words.in_script("個節點")
    else:
        number = target_value(obligation)
        target = f"{number} {unit}" if number else ""
        due = f"{format_decimal(verdict.due)} {unit}" if verdict.due is not None else ""
        remaining = f"{format_decimal(verdict.remaining)} {unit}" if verdict.remaining else ""
    return ItemWords(
        standing(verdict, words, pace_word),
        target,
        due,
        written_figure(verdict, words),
        f"{gap} {gap_unit}".strip() if gap is not None else "",
        remaining,
    )


def cause_word(cause: Cause, words: Words) -> str:
    """Why an item stands in a notice."""
    return words.said(_CAUSES[cause])


def state_word(state: State, words: Words) -> str:
    """Where an item stands."""
    return words.said(STATES[state])


def period_words(period: Period, words: Words) -> str:
    """A period as the office says it.

    >>> [period_words(Period.ending(2025, month), Words("zh-Hant")) for month in (3, 6, 9, 11, 12)]
    ['2025年一季度', '2025年上半年', '2025年前三季度', '2025年1—11月', '2025年度']
    """
    named = {3: "年一季度", 6: "年上半年", 9: "年前三季度", 12: "年度"}
    if not words.chinese:
        return period.label
    return words.in_script(f"{period.year}{named.get(period.month, f'年1—{period.month}月')}")


def notice_texts(follow_up: FollowUp, notice: Notice, sign: str, words: Words) -> dict[str, str]:
    """What the placeholders of the template stand for."""
    counts = Counter(item.cause for item in notice.items)
    item = words.in_script("項") if words.chinese else ""
    parts = "、".join(f"{cause_word(cause, words)}{counts[cause]}{item}" for cause in Cause if counts[cause])
    return {
        "發文機關": follow_up.office,
        "文號": notice.number or f"{sign}〔{notice.period.year}〕　號",
        "單位": notice.organization,
        "方案": follow_up.title,
        "期別": period_words(notice.period, words),
        "項數": str(len(notice.items)),
        "構成": parts,
        "回復期限": written_date(notice.reply_by),
        "日期": written_date(notice.day),
    }


def item_entries(notice: Notice, words: Words) -> list[Mapping[str, str]]:
    """The entries of the list 事項: one per item."""
    return [
        {
            "序號": str(item.item),
            "條款": item.clause,
            "指標": item.indicator,
            "原文": "；".join(item.quotes),
            "判定": cause_word(item.cause, words),
            "目標": item.target or "—",
            "應達": item.due or "—",
            "報送": item.submitted or "—",
            "差距": item.gap or "—",
            "尚需": item.remaining or "—",
            "情況": item.standing,
            "此前": "、".join(item.earlier) or "—",
        }
        for item in notice.items
    ]


def earlier_entries(notice: Notice, standings: Sequence[ItemStanding], words: Words) -> list[Mapping[str, str]]:
    """The entries of the list 前期: what earlier notices asked of the same body and is not closed."""
    return [
        {
            "文號": standing.name,
            "條款": standing.item.clause,
            "指標": standing.item.indicator,
            "期限": written_date(standing.reply_by),
            "狀態": state_word(standing.state, words),
            "說明": remark(standing, words),
        }
        for standing in standings
        if standing.notice.organization == notice.organization
        and standing.notice.period < notice.period
        and standing.state is not State.CLOSED
    ]


def remark(standing: ItemStanding, words: Words) -> str:
    """What a reader has to know beside the state: reasons of a refusal, lateness, a proposal."""
    said = []
    if standing.decision is not None and standing.decision.reason:
        said.append(words.said("reason: ") + standing.decision.reason)
    if standing.late:
        said.append(words.said("answered late"))
    if standing.proposed:
        said.append(words.said("met since: closing proposed"))
    return words.said("; ").join(said) or "—"


def summary_text(follow_up: FollowUp, words: Words, folder: object, files: int, record: object | None) -> str:
    """What a run says on the terminal: what was written, and where every item stands; parts add up."""
    items = sum(len(notice.items) for notice in follow_up.notices)
    lines = [
        words["notices-into"].format(
            folder=folder, files=files, period=follow_up.period, notices=len(follow_up.notices), items=items
        )
    ]
    if record is not None:
        lines.append(words["notices-recorded"].format(folder=record))
    elif follow_up.notices and not follow_up.issued:
        lines.append(words["notices-drafts"])
    if follow_up.standings:
        counts = count_states(follow_up.standings)
        parts = " + ".join(f"{count} {state_word(state, words)}" for state, count in counts.items())
        total = len(follow_up.standings)
        lines.append(words["notices-standing"].format(day=follow_up.day, total=total, parts=parts))
        proposed = sum(standing.proposed for standing in follow_up.standings)
        lines.append(words["notices-proposed"].format(count=proposed))
    return "".join(f"{line}\n" for line in lines)
