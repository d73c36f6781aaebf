"""Numbers that give the length of a list, or count what is named before them."""

import re

from engine.plan.context import Candidate
from engine.plan.words import ABSTRACT, CREATING, LISTING, SHARE_UNITS, Word

LIST = "the length of a list"
GIVEN = "counts what is fixed elsewhere"
SCOPE = "says where or on whom, not how much"
_LISTED = re.compile(r"(?:、|和|及|与|以及)")
_ENUMERATION = re.compile(r"等$|等(?:首批|全部|共|一共|这)$")
_THIS_LIST = re.compile(r"(?:这|上述|以上|前述|本|该|其余|规划|方案|清单|上列|下列|以下|有关)$")
_ONES = re.compile(r"(?<!\d)1[个名套张支本项条家位]")
_ABSTRACT = re.compile(ABSTRACT)
_OPENS_LIST = re.compile(r"(?:围绕|聚焦|紧盯|紧扣|突出|坚持|按照|瞄准|依托|锚定)[^,。;]{0,12}$")
#: 列入计划的20个村: which they are is said elsewhere, and what is to be done to them stands behind.
_GIVEN = re.compile(r"(?:计划|拟|列入|纳入|确定|考核|认定)[^,。;、]{0,16}的$")
_BEGINS = re.compile(rf"(?:力争|确保|全面|基本|按期|今年|年内|年底前)*(?:{CREATING})")
_PLACE = re.compile(r"[^,。;、\d]{0,4}(?:村|乡镇|镇|乡|街道|社区|县|市|区|县市区|园区|小区|办事处|单位)?")
_AND_SO = re.compile(r"[^,。;、\d]{1,8}(?:和|及|与)")
_IN_PLACES = re.compile(r"(?:^|[,。;])在$|^在(?:全[市县区省])?$")
_BY_ALL = re.compile(r"由全[市县区省州](?:的|共)?$")
_ALL_OF = re.compile(r"全[市县区省州](?:的|共|共有)?$")
_PLACE_ALONE = re.compile(r"(?:乡镇|县|区|市|乡|镇|街道|村|社区|行政村|地市|市州|县市区|县区)(?=[,。;、)]|$|全|均|都)")
_BUILDS = re.compile(r"(?:[^,。;、]{0,6}?)(?:新建|新改扩建|改扩建|改建|扩建|新改建|开工建设|建成|拆除|迁建)")
_RATED = re.compile(r"(?:率|比例|比重|占比)[^,。;、\d]{0,6}$")
#: The plan counts its own items: 20件民生实事, 6个方面243项工作任务.
_OWN_ITEMS = re.compile(
    r"(?:具体|重点|主要|重大|民生|工作|为民办?|年度|目标|区级|市级|省级|县级|政府|惠民|利民)*(?:任务|实事|重点工作|工作目标)(?!的?完成率)"
)
_OWN_ITEMS_BEFORE = re.compile(r"(?:任务|实事项目|实事|票决|大类|方面|^共|:共|,共|共计|合计)(?:共|共计)?$")
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
    if number.unit in ("项", "件") and (not one.noun_ahead or one.ahead[0] == "(") and _OWN_ITEMS_BEFORE.search(before):
        return LIST
    each = re.search(r"(?:每|各)[^,。;、]{1,16}(?:建|设|配|有|成|造|立|少|办|评|树)(?:成|好|有|备|立|置|造)?$", before)
    if number.value == "1" and each and one.noun_ahead:
        return None
    if number.value == "1" and one.noun_ahead and len(_ONES.findall(text, one.seg_start, one.seg_end)) > 2:
        return LIST
    if number.value == "1" and re.search(r"(?:明确|确定)$", before):
        return LIST
    modified = one.after is not None or one.soft or any(word not in (Word.FILLER, Word.REACH) for word in one.chain)
    if modified or not one.noun_ahead or number.unit.endswith(SHARE_UNITS) or re.search(r"[万亿元]", number.unit):
        return None
    if re.match(r"(?:约束性|预期性)指标", one.ahead) or _is_own_item(one, before):
        return LIST
    if _ABSTRACT.match(one.ahead) and not re.search(r"(?:新增|新建|建成|建设|培育|引进|完成|新)$", before):
        return LIST
    if _GIVEN.search(before) and not _BEGINS.match(before):
        return GIVEN
    if _OPENS_LIST.match(text, one.seg_start, one.number.start) and not one.chain:
        return LIST
    if _LISTING.search(before) or _THIS_LIST.search(before):
        return LIST
    whole = text[one.seg_start : one.number.start]
    if whole.endswith(("、", "和", "及", "与")):
        return None  # One of the things named itself: 县医院新建、卫生所改建和3所乡镇卫生院改造.
    listed = _ENUMERATION.sub("", whole)
    if listed == whole and _BUILDS.match(whole):
        return None  # 新建城东、城西2座水厂 counts deeds.
    names = len(_LISTED.findall(re.sub(r"\([^)]*\)|“[^”]*”|《[^》]*》", "", listed))) + 1
    if listed != whole or names >= 3 or (names == 2 and number.value == "2"):
        exact = number.value == str(names)
        if exact:
            return "counts what is named before it"
    return None


def _is_own_item(one: Candidate, before: str) -> bool:
    """Whether the plan counts its own items; 办好10件实事 promises them, unless they follow."""
    items = _OWN_ITEMS.match(one.ahead) if one.number.unit in ("项", "件") else None
    if items is None:
        return False
    follow = one.ahead[items.end() :].startswith("如下") or one.text[one.seg_end : one.seg_end + 1] == ":"
    return follow or not re.search(r"(?:实施|办好|办成|兴办|办理|办|完成|推进|落实)$", before)


#: 从30个部门中抽调, 在80个小区中选定: among whom it is done.
_AMONG = re.compile(r"(?:在|从|由)[^,。;、\d]{0,14}$")
_CHOSEN = re.compile(r"[^,。;、\d]{1,12}[中里内](?:[抽选遴挑评择确认推]|各|率先|先行)")


def is_scope(one: Candidate, following: Candidate | None, why_following: str | None) -> str | None:
    """Who does it, or where: 460个活动室提供不少于2300场活动, 15个乡镇、51个村的3020口沼气池."""
    if one.after is not None or one.number.unit.endswith(SHARE_UNITS) or one.soft:
        return None
    if _ALL_OF.search(one.words) and _PLACE_ALONE.match(one.ahead):
        return SCOPE
    if one.ahead.startswith("全覆盖", _place_end(one.ahead)) and _place_end(one.ahead):
        return SCOPE
    if _BY_ALL.search(one.words) and _PLACE.match(one.ahead):
        return SCOPE
    if _IN_PLACES.search(one.words) and _PLACE_ALONE.match(one.ahead) and one.noun_ahead:
        return SCOPE
    if _AMONG.search(one.text[one.seg_start : one.number.start]) and _CHOSEN.match(one.ahead):
        return SCOPE
    if following is None:
        return None
    between = one.text[one.end : following.number.start]
    same = following.seg_start == one.seg_start
    if why_following == SCOPE and _PLACE.fullmatch(between.rstrip("、,和")):
        return SCOPE
    if not same or not one.noun_ahead or why_following is not None:
        return None
    if _PLACE.fullmatch(between.removesuffix("的")) and between.endswith("的"):
        return SCOPE
    rated = following.number.unit in ("%", "‰") and _RATED.search(between) and not re.search(CREATING, one.words)
    serves = not one.words and following.says(Word.AT_LEAST, Word.MORE_THAN) and not re.search(r"[、和及与]$", between)
    return SCOPE if (rated and "、" not in between) or serves else None


def _place_end(ahead: str) -> int:
    place = re.match(r"(?:[街乡]?镇街?|县市区|县区|区县|市区|县|区|乡|街道|行政村|村|社区|建制村)", ahead)
    return place.end() if place else 0


def goes_on(one: Candidate, before: Candidate, why: str | None) -> str | None:
    """聚焦6大产业、10条产业链: what lists the first lists the second."""
    touching = one.start == one.number.start or _AND_SO.fullmatch(one.words)
    joined = touching and one.seg_start == before.seg_start and one.noun_ahead
    return (GIVEN if why == GIVEN else LIST) if joined and one.after is None and not one.soft else None
