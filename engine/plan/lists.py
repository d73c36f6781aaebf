"""Numbers that give the length of a list, or count what is named before them."""

import re

from engine.plan.context import Candidate
from engine.plan.words import ABSTRACT, LISTING, SHARE_UNITS, Word

LIST = "the length of a list"
_LISTED = re.compile(r"(?:、|和|及|与|以及)")
_ENUMERATION = re.compile(r"等$|等(?:首批|全部|共|一共|这)$")
_THIS_LIST = re.compile(r"(?:这|上述|以上|前述|本|该|其余|首批|规划|方案|清单|上列|下列|以下|有关)$")
_ONES = re.compile(r"(?<!\d)1[个名套张支本项条家位]")
_ABSTRACT = re.compile(ABSTRACT)
_OPENS_LIST = re.compile(r"(?:围绕|聚焦|紧盯|紧扣|突出|坚持|按照|瞄准|依托|锚定)[^,。;]{0,12}$")
_LISTING = re.compile(LISTING)


def is_bare(one: Candidate, text: str, year: int | None) -> str | None:
    """A number without a unit of measure: what it lists, or a part of a name."""
    if not one.number.bare:
        return None
    directed = one.after is not None or one.soft or any(word not in (Word.FILLER, Word.SOFT) for word in one.chain)
    index = re.search(r"(?:指数|系数|得分|评分|比值|数值|比例?|强度|PUE值?|CPI|PPI|度|AQI|增速)$", one.indicator)
    if one.noun_ahead and not re.match(r"(?:的)?(?:目标|水平)", one.ahead):
        return LIST
    if directed or index:
        return None
    return "a number without a unit of measure: part of a name"


def is_list(one: Candidate, text: str, year: int | None) -> str | None:
    """The length of a list, or the count of what is named before it."""
    before = text[one.start : one.number.start]
    number = one.number
    if number.value == "1" and one.noun_ahead and len(_ONES.findall(text, one.seg_start, one.seg_end)) > 2:
        return LIST
    if number.value == "1" and re.search(r"(?:明确|确定)$", before):
        return LIST
    modified = one.after is not None or one.soft or any(word not in (Word.FILLER, Word.REACH) for word in one.chain)
    if modified or not one.noun_ahead or number.unit.endswith(SHARE_UNITS) or re.search(r"[万亿元]", number.unit):
        return None
    if re.match(r"(?:约束性|预期性)指标", one.ahead):
        return LIST
    if _ABSTRACT.match(one.ahead) and not re.search(r"(?:新增|新建|建成|建设|培育|引进|完成|新)$", before):
        return LIST
    if _OPENS_LIST.match(text, one.seg_start, one.number.start) and not one.chain:
        return LIST
    if _LISTING.search(before) or _THIS_LIST.search(before):
        return LIST
    whole = text[one.seg_start : one.number.start]
    if whole.endswith(("、", "和", "及", "与")):
        return None  # One of the things named itself: 县医院新建、卫生所改建和3所乡镇卫生院改造.
    listed = _ENUMERATION.sub("", whole)
    names = len(_LISTED.findall(re.sub(r"\([^)]*\)|“[^”]*”|《[^》]*》", "", listed))) + 1
    if listed != whole or names >= 3 or (names == 2 and number.value == "2"):
        exact = number.value == str(names)
        if exact:
            return "counts what is named before it"
    return None


def goes_on(one: Candidate, before: Candidate) -> str | None:
    """聚焦6大产业、10条产业链: what lists the first lists the second."""
    joined = one.start == one.number.start and one.seg_start == before.seg_start and one.noun_ahead
    return LIST if joined and one.after is None and not one.soft else None
