"""Which way a number goes: its comparator and its change, from its own words or those of the number it hangs on."""

import re
from collections.abc import Sequence

from engine.model.target import Comparator
from engine.plan.context import Candidate
from engine.plan.words import BEFORE, CEILING_INDICATOR, STRIVING, Word

_EXPLICIT = {
    Word.AT_LEAST: Comparator.AT_LEAST, Word.MORE_THAN: Comparator.MORE_THAN,
    Word.AT_MOST: Comparator.AT_MOST, Word.LESS_THAN: Comparator.LESS_THAN,
}  # fmt: skip
DIRECTED = tuple(word for word in Word if word not in (Word.SOFT, Word.FILLER))
_CEILING = re.compile(CEILING_INDICATOR + r"[^,。;、]{0,8}$")
_RISE = re.compile(r"(?:涨幅|增幅|增速|增长率|增长速度|增长幅度|增长)(?:比例|总体|水平|目标)?$")
_FALL = re.compile(r"(?:降幅|下降率|降低率|下降幅度|降低幅度|减排率|减幅|压减率|下降比例|下降|降低)$")
_RISE_AHEAD = re.compile(r"的?(?:中高速)?(?:增长|增速|增幅|涨幅)")
_FALL_AHEAD = re.compile(r"的?(?:降幅|下降)")
_REDUCING = re.compile(
    r"(?:□|[\u4e00-\u9fff]{0,6}?(?:力争|确保|全年|全市|再|实现|年内|,))?(?:压减|削减|压降|压缩|减少|降低|"
    r"缩减|减排|缩短)(?!费|税|负)"
)
_RAISING_POINT = re.compile(r"提高|提升|增长|上升|扩大|增加|高于|增")
_REDUCING_POINT = re.compile(r"下降|降低|缩小|压缩|减少|低于|收窄|降")
#: 非化石能源占能源消费总量比重: of a ceiling, but none itself.
_SHARE_OF = re.compile(
    r"(?<!成本)(?<!费用)占[^,。;、]{0,12}(?:总量|消费量|用水量|能耗)的?(?:比重|比例|比)?[^,。;、]{0,4}$"
)
#: Raised on purpose: 赤字率提高到3%.
_RAISED = re.compile(r"(?:提高|提升|增加|扩大|上升)(?:到|至|为)$")
_PRICES = re.compile(r"(?:消费价格|物价|CPI|房价|价格指数)[^,。;、]{0,10}$")
_NOT_RISING = re.compile(r"个$|家$|所$|处$|座$|套$|人$|名$|户$|项$|场$|条$|批$")
_OF_WHAT = re.compile(
    r"(不超过|不高于|不大于|不低于|不少于|不小于|不得超过|不得高于|不得低于|不得少于)[^,。;、\d]{2,14}$"
)
_AGAIN = re.compile(rf"(?:并|且)?(?:{STRIVING}|确保|冲刺|努力|奋力)")


def find_groups(kept: Sequence[Candidate]) -> list[tuple[Candidate, Candidate]]:
    """For every number the first and the last of those that hang together with it by 、 and 和 alone."""
    firsts: list[Candidate] = []
    for one in kept:
        firsts.append(firsts[-1] if firsts and _continues(one, kept[len(firsts) - 1]) else one)
    groups: list[tuple[Candidate, Candidate]] = []
    for one, first in zip(reversed(kept), reversed(firsts), strict=True):
        groups.append((first, groups[-1][1] if groups and groups[-1][0] is first else one))
    return groups[::-1]


def _continues(one: Candidate, before: Candidate) -> bool:
    touching = one.start == one.number.start and one.start > one.seg_start
    return touching and one.seg_start == before.seg_start and not (one.noun_ahead and before.noun_ahead)


def find_raised(index: int, kept: Sequence[Candidate]) -> int | None:
    """The number before it that a number says higher or in parts, from which it has its direction."""
    one = kept[index]
    if index and _restates(one, kept[index - 1]):
        return index - 1
    if not one.in_brackets or one.says(*DIRECTED) or one.number.unit not in ("%", "个百分点"):
        return None
    whole = next((at for at in range(index - 1, -1, -1) if not kept[at].in_brackets), None)
    opening = one.text.rfind("(", 0, one.number.start)
    if whole is None or kept[whole].end != opening or kept[whole].number.unit != one.number.unit:
        return None
    return whole


def _restates(one: Candidate, before: Candidate) -> bool:
    """Whether a number only says higher or lower what the number before it says."""
    after_comma = one.seg_start == before.seg_end + 1 and one.text[before.seg_end] == ","
    alone = bool(_AGAIN.match(one.words)) and one.chain_start == one.seg_start and not one.noun_ahead
    return after_comma and alone and before.end == before.seg_end and one.number.unit == before.number.unit


def read_comparator(
    one: Candidate, head: Candidate, chain: tuple[Word, ...], after: Comparator | None, change: str | None
) -> Comparator:
    """The comparator of a number; `head` has the words that it shares, `after` what stands behind it."""
    if one.number.upper:
        return Comparator.BETWEEN
    of_what = _OF_WHAT.search(one.words)
    if of_what and one.number.unit in ("%", "‰", "成") and not one.says(*DIRECTED):
        # 不超过总量的10%: what the share is of stands between the word and the number.
        return _EXPLICIT[BEFORE[of_what[1]]]
    for word in chain:
        if word in _EXPLICIT:
            return _EXPLICIT[word]
    if after:
        return after
    if Word.HOLD in chain or Word.LOWER in chain:
        return Comparator.AT_MOST
    if change == "decrease":
        return Comparator.AT_LEAST
    if _SHARE_OF.search(head.indicator):
        return Comparator.AT_LEAST
    if _RAISED.search(one.words):
        return Comparator.AT_LEAST
    prices = _PRICES.search(head.words) and change != "decrease"
    if prices or (_CEILING.search(head.indicator) and change is None):
        return Comparator.AT_MOST
    return Comparator.AT_LEAST


def read_change(one: Candidate, head: Candidate, chain: tuple[Word, ...]) -> str | None:
    """increase, decrease, or None where a level is to be reached."""
    if "自然增长率" in head.words:
        return None  # The name of a rate.
    counted = head.leads and bool(_NOT_RISING.search(one.number.unit))
    if _RISE_AHEAD.match(one.ahead):
        return "increase"
    if _FALL_AHEAD.match(one.ahead):
        return "decrease"
    for word in chain:
        if word is Word.DECREASE:
            return "decrease"
        if word is Word.INCREASE:
            return None if counted else "increase"
        if word is Word.LOWER:
            return None
    if _RISE.search(head.indicator):
        return "increase"
    if _FALL.search(head.indicator):
        return "decrease"
    if one.number.unit.endswith("百分点"):
        return (
            "decrease"
            if _REDUCING_POINT.search(head.words)
            else "increase"
            if _RAISING_POINT.search(head.words)
            else None
        )
    if _REDUCING.match(head.indicator) and Word.REACH not in chain:
        return "decrease"
    return None
