"""Numbers that bound a class of things: 50亿元以上重大项目 says which projects count."""

import re

from engine.model.target import Comparator
from engine.plan.context import Candidate
from engine.plan.sizes import ANY_ATTRIBUTE, MEASURE, THING
from engine.plan.words import COUNT_VERB, CREATING, SHARE_UNITS, Word

BOUND = "the class bound of what is counted"
_BOUNDING = (Word.MORE_THAN, Word.AT_LEAST, Word.AT_MOST, Word.LESS_THAN)
_COUNT_VERB = re.compile(COUNT_VERB)
_REACHED = re.compile(r"(?:带动|惠及|服务|覆盖|受益|实现|完成|超额|超|不少于)$")
_RICHER = re.compile(r"的?[^,。;、]{0,8}(?:企业|项目)$|的(?:企业|项目|单位|个人|园区|村|镇)")
_OWN_INCOME = re.compile(r"年?(?:营业|销售|主营业务|经营)?(?:总?收入|产值|营收|税收|纳税)")
_PLANT = re.compile(r"的?[^,。;、\d]{0,8}(?:电厂|锅炉|机组|企业|项目|园区)")
_OR_MORE = re.compile(r"[^,。;、\d]{0,6}(?:以上|以下)的")
_HAMLET = re.compile(r"的?[^,。;、\d]{0,4}(?:自然村|自然屯|中心村|村庄|村民小组|居民点|聚居)")
#: What has people, beds or land in it, and so can be of a class.
_CONTAINER = re.compile(
    r"(?:的)?[^,。;、\d]{0,6}?(?:自然村|行政村|村庄|村民小组|屯|居民点|聚居|小区|社区|企业|单位|学校|医院|机构|场所|乡镇|城镇|"
    r"水库|河流|灌区|养殖场|养殖户|大户|合作社|农场|机组|锅炉|商场|商超|园区|泊位|基地|建筑|楼宇)"
)


def bounds_class(one: Candidate, following: Candidate | None, why_following: str | None) -> str | None:
    """50亿元以上重大项目不少于10个: the first number says which projects count."""
    if following is None:
        return _bounds_alone(one)
    number = one.number
    bounded = one.after is not None or one.says(*_BOUNDING)
    measure = bool(MEASURE.search(number.unit))
    share = number.unit.endswith(SHARE_UNITS)
    between = one.text[one.end : following.number.start]
    if not between and one.after and measure:
        return BOUND
    if re.match(r"[、和及与]", between):
        chained = why_following == BOUND and following.after == one.after and bounded
        return BOUND if chained and re.fullmatch(r"[、和及与]|[、和及与](?:年|单体)?[一-龥]{0,6}", between) else None
    if re.search(r"(?:[和及与并、]|以及)$", between):
        return None  # Two of a kind: 500万平方米小区改造与300个管网改造.
    if why_following not in (None, BOUND) and _PLANT.match(one.ahead):
        return _bounds_alone(one)
    if not one.noun_ahead or why_following not in (None, BOUND) or (share and not between.startswith("的")):
        return None
    if share and one.leads:
        return None
    if "、" in between and not (number.unit.endswith("元") and bounded and not between.endswith("、")):
        return _bounds_alone(one) if _CONTAINER.match(one.ahead) else None
    counts_richer = (
        not measure
        and MEASURE.search(following.number.unit)
        and (following.ahead.startswith("的") or _OWN_INCOME.match(between))
    )
    if bounded and not counts_richer and (measure or one.after is not None):
        return BOUND if not (one.leads and following.start > one.end and following.words != between) else None
    sized = measure and (one.leads or ANY_ATTRIBUTE.search(one.words) or one.says(Word.REACH))
    counts = not MEASURE.search(following.number.unit) and not following.number.bare
    if sized and counts and not re.match(CREATING, between) and not re.search(r"(?:万|亿)?[人户]$", number.unit):
        return BOUND
    return None


def _bounds_alone(one: Candidate) -> str | None:
    """Whether a number bounds a class that no other number of its stretch counts: 20户以上自然村通硬化路."""
    unit = one.number.unit
    counted = _COUNT_VERB.search(one.text[one.seg_start : one.number.start]) or _REACHED.search(one.words)
    measure = MEASURE.search(unit) and not unit.endswith(SHARE_UNITS)
    if one.after in (Comparator.AT_LEAST, Comparator.AT_MOST) and one.noun_ahead:
        if measure and (not counted or (unit in ("户", "人") and _HAMLET.match(one.ahead))):
            return BOUND
        if unit.endswith("元") and THING.match(one.ahead):
            return BOUND
    if one.says(Word.MORE_THAN) and unit.endswith("元") and _RICHER.match(one.ahead):
        return BOUND
    return None


def bounds_counted(one: Candidate, before: Candidate) -> str | None:
    """力争70%村集体年经营性收入过10万元: the second number says which villages count."""
    if before.end == one.number.start and _OR_MORE.match(one.ahead) and MEASURE.search(one.number.unit):
        return BOUND
    richer = (
        before.noun_ahead
        and (one.ahead.startswith("的") or _OWN_INCOME.match(one.words))
        and one.says(Word.REACH, Word.MORE_THAN)
    )
    if one.seg_start == before.seg_start and richer and MEASURE.search(one.number.unit) and "、" not in one.words:
        return BOUND if not MEASURE.search(before.number.unit) else None
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
        return BOUND
    if beyond and before.number.unit.endswith(SHARE_UNITS) and not one.number.unit.endswith(SHARE_UNITS):
        return BOUND
    return None
