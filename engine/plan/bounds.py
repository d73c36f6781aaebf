"""Numbers that bound a class of things: 50亿元以上重大项目 says which projects count."""

import re

from engine.model.target import Comparator
from engine.plan.context import Candidate
from engine.plan.sizes import ANY_ATTRIBUTE, MEASURE, THING
from engine.plan.words import COUNT_VERB, CREATING, SHARE_UNITS, Word

_COUNT_VERB = re.compile(COUNT_VERB)


def bounds_class(one: Candidate, following: Candidate | None, why_following: str | None) -> str | None:
    """50亿元以上重大项目不少于10个: the first number says which projects count."""
    why = "the class bound of what is counted"
    number = one.number
    bounded = one.after is not None or one.says(Word.MORE_THAN, Word.AT_LEAST, Word.AT_MOST, Word.LESS_THAN)
    measure = bool(MEASURE.search(number.unit))
    share = number.unit.endswith(SHARE_UNITS)
    if following is None:
        opens = _COUNT_VERB.search(one.text[one.seg_start : one.number.start])
        if one.after is Comparator.AT_LEAST or one.after is Comparator.AT_MOST:
            if one.noun_ahead and not share and measure and not opens:
                return (
                    why if not re.search(r"(?:带动|惠及|服务|覆盖|受益|实现|完成|超额|超|不少于)$", one.words) else None
                )
            if one.noun_ahead and number.unit.endswith("元") and THING.match(one.ahead):
                return why
        if (
            one.says(Word.MORE_THAN)
            and number.unit.endswith("元")
            and re.match(r"的?[^,。;、]{0,8}(?:企业|项目)$|的(?:企业|项目|单位|个人|园区|村|镇)", one.ahead)
        ):
            return why
        return None
    between = one.text[one.end : following.number.start]
    if not between and one.after and measure:
        return why
    if re.match(r"[、和及与]", between):
        chained = why_following == why and following.after == one.after and bounded
        return why if chained and re.fullmatch(r"[、和及与]|[、和及与](?:年|单体)?[一-龥]{0,6}", between) else None
    if not one.noun_ahead or why_following not in (None, why) or (share and not between.startswith("的")):
        return None
    if share and one.leads:
        return None
    if "、" in between and not (number.unit.endswith("元") and bounded and not between.endswith("、")):
        return None
    if bounded and (measure or one.after is not None):
        return why if not (one.leads and following.start > one.end and following.words != between) else None
    sized = measure and (one.leads or ANY_ATTRIBUTE.search(one.words) or one.says(Word.REACH))
    counts = not MEASURE.search(following.number.unit) and not following.number.bare
    if sized and counts and not re.match(CREATING, between) and not re.search(r"(?:万|亿)?[人户]$", number.unit):
        return why
    return None


def bounds_counted(one: Candidate, before: Candidate) -> str | None:
    """力争70%村集体年经营性收入过10万元: the second number says which villages count."""
    if one.seg_start != before.seg_start or not before.leads or "、" in one.text[before.end : one.number.start]:
        return None
    if re.search(r"(?:完成|实现|新增|带动|拉动)[^,。;]{0,8}$", one.words):
        return None
    beyond = one.says(Word.MORE_THAN, Word.AT_LEAST, Word.AT_MOST, Word.REACH, Word.LESS_THAN) or one.after is not None
    if (
        beyond
        and MEASURE.search(one.number.unit)
        and not MEASURE.search(before.number.unit.replace("户", "").replace("人", ""))
    ):
        return "the class bound of what is counted"
    if beyond and before.number.unit.endswith(SHARE_UNITS) and not one.number.unit.endswith(SHARE_UNITS):
        return "the class bound of what is counted"
    return None
