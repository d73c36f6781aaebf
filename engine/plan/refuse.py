"""Numbers that promise nothing because of the words and numbers around them, each with the reason."""

import re
from collections.abc import Callable, Sequence

from engine.model.target import Comparator
from engine.plan.context import Candidate, sentence_start
from engine.plan.words import ABSTRACT, ATTRIBUTE, CREATING, LISTING, MEASURES, TIME_INDICATOR, TIME_UNITS, Word

_PAST = re.compile(
    r"(?<!而)(?:已经?|业已)(?:累计)?(?:建成|完成|实现|达|有|新增|培育|引进|开工|投产|签约|建立|覆盖|拥有|"
    r"突破|超|获|脱贫|落户|入驻|形成|开通|创建|改造|发放|认定)"
    r"|(?<![较比与同])(?:去年|上年(?!的|度?(?:增长|提高|下降|减少|增加|同期))|上一年|过去[一三五]年|"
    r"[五三]年来|近年来|历年|此前|前期已|以来)|(?:目前|现有|原有|"
    r"现已)(?!.{0,8}(?:基础|水平))|截[至止](?!20\d\d)"
)
_PRESENT = re.compile(
    r"今年|本年|年内|明年|力争|确保|计划|将|再(?!次)|新的一年|下一步|到20\d\d|全年(?!完成.{0,20}同比)"
)
_PAST_YEAR = re.compile(
    r"(?<![较比与以同自从于到至])(20\d\d)年(?!.{0,6}(?:基础|相比|水平|为基|不变价|基准|底数|增长|提高|下降|"
    r"降低)|(?:底|末)?(?:以|之)?前)"
)
_UP_TO = re.compile(r"截[至止]到?(20\d\d)年")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_BASE_BEFORE = re.compile(r"(?:从|由|自)[^,。;、]{0,24}$")
_BASE_AHEAD = re.compile(
    r"[^,。;、]{0,10}?(?:提高|提升|增加|增长|增|扩大|扩|上升|升|下降|降低|降|减少|减|压缩|压减|压|缩短|缩|"
    r"调整|变为|发展|壮大|优化|精简|拓展|延长|延伸|上调|下调|"
    r"达|至\d|到\d|至□|回升|回落)"
)
_BASE = re.compile(r"[^,。;]{0,8}(?:的)?基础上|的?(?:同期|基数|底数)")
_CHANGED = re.compile(
    r"(?:调增|调减|上调|下调|调高|调低|比原[^,]{0,6}|较原[^,]{0,6}|原目标[^,]{0,4}|原为|原|由原来)[^,。;)]{0,6}$"
)
_STRONG_ATTRIBUTE = re.compile(ATTRIBUTE.replace("|投资)", ")") + r"(?:约|近|达|超|超过|达到|为|共|共计|合计)*$")
_ANY_ATTRIBUTE = re.compile(ATTRIBUTE + r"(?:约|近|达|超|超过|达到|为)*$")
_DOING = re.compile(
    r"完成|新增|力争|争取|到位|固定资产|实现|招引|引进|落实|拉动|撬动|带动|年度投资|计划完成|确保|全社会|"
    r"民间|工业|技改|水利|交通|新建|改造"
)
_THING = re.compile(r"的?[^,。;、]{0,30}?(?:项目|企业|工程|产业|园区|基地|集群|公司|电站|工厂|中心|生产线)")
_GRANT = re.compile(
    r"(?:给予|奖励|补贴|补助|罚款|资助|减按|按照|按|优惠|贴息|返还|奖补|一次性|最高|减征|免征|税率|费率|收取|"
    r"执行)[^,。;、]{0,10}$"
)
_NOT_GRANT = re.compile(r"发放|兑现|新增|争取|标准|总额|资金|完成|落实")
_PRICE = re.compile(
    r"每(?:吨|亩|斤|公斤|千克|人|户|度|立方|千瓦时|平方米|套|辆|台|家|个|头|次|人每年|人每月|人每天|名|例|张|"
    r"公里|标箱|位)[^,。;、每\d]{0,8}$"
)
_LISTED = re.compile(r"(?:、|和|及|与|以及)")
_ENUMERATION = re.compile(r"等$|等(?:首批|全部|共|一共|这)$")
_THIS_LIST = re.compile(r"(?:这|上述|以上|前述|本|该|其余|首批|规划|方案|清单|上列|下列|以下|有关)$")
_LIST = "the length of a list"
_SIZE = "the size of a project, not a promise"
_STAGE = re.compile(r"(?:期|级|号|届|线|层|环|桥|轮|代|次会议|条)(?:工程|项目|建设|标准|地铁|会议|联动|培训体系)?")
_ONES = re.compile(r"(?<!\d)1[个名套张支本项条家位]")
_ABSTRACT = re.compile(ABSTRACT)
_OPENS_LIST = re.compile(r"(?:围绕|聚焦|紧盯|紧扣|突出|坚持|按照|瞄准|依托|锚定)[^,。;]{0,12}$")
_LISTING = re.compile(LISTING)
_MEASURE = re.compile(MEASURES)
_RANK_STEP = re.compile(r"(?:前移|前进|进位|晋位|晋升|争先进位|提升|上升|跃升|赶超|位次[^,。;]{0,6})$")
_SHARE_UNITS = ("%", "‰", "成", "百分点")
_COUNT_VERB = re.compile(rf"(?:{CREATING}|抓好|引育|共建|争取建设|落成|规划建设|各建|新办)(?:了|好|成|出)?$")


def is_idiom(one: Candidate) -> bool:
    """Whether a Chinese numeral belongs to a set phrase. It counts only where the words make it plain.

    Counted are 新建三所学校, 两万亩 and 不少于两场; 五个方面, 一般 and 三大革命 are not.
    """
    number = one.number
    if not number.chinese:
        return False
    spoken = one.says(Word.AT_LEAST, Word.MORE_THAN, Word.AT_MOST, Word.LESS_THAN, Word.LOWER, Word.HOLD)
    if number.unit in _SURE_UNITS or number.unit.startswith(("万", "亿")):
        return False
    if number.bare or number.unit in _IDIOM_UNITS:
        return not (spoken and number.unit in ("次", "种", "类", "批"))
    if number.unit == "成":
        clear = one.after is not None or one.soft or spoken or one.says(Word.REACH)
        return not clear and not (one.leads and one.ahead.startswith("的"))
    if spoken or (one.after is not None and not one.noun_ahead):
        return False
    if number.value == "1" or (
        number.value == "2" and number.unit not in ("所", "座", "家", "处", "场", "个", "条", "项")
    ):
        return True
    before = one.text[one.seg_start : one.number.start]
    vague = _ABSTRACT.match(number.unit + one.ahead) or _VAGUE.search(one.ahead[:8])
    if one.noun_ahead and _COUNT_VERB.search(before) and not vague:
        return False
    ends = not one.ahead or one.ahead[0] == "、"
    if ends and re.search(CREATING, one.words) and len(one.indicator) > 2 and not _LISTED.search(one.words[-4:]):
        return False
    return len(number.value) < 3


def reasons_against(candidates: Sequence[Candidate], text: str, year: int | None) -> tuple[str | None, ...]:
    """For every number the reason why it promises nothing, or None where it binds."""
    reasons: list[str | None] = [None] * len(candidates)
    # From right to left: whether a number bounds a class shows in the number that follows it.
    for index in reversed(range(len(candidates))):
        one = candidates[index]
        following = candidates[index + 1] if index + 1 < len(candidates) else None
        if following is not None and following.seg_start != one.seg_start:
            following = None
        told = next((why for test in _TESTS if (why := test(one, text, year))), None)
        bounds = _bounds_class(one, following, reasons[index + 1] if following else None)
        # 50亿元以上项目: that it bounds a class says more than that it is the size of a project.
        reasons[index] = bounds if bounds and told in (None, _SIZE) and one.after else told or bounds
    for index in range(1, len(candidates)):
        if reasons[index] is None and reasons[index - 1] == _LIST:
            reasons[index] = _goes_on(candidates[index], candidates[index - 1])
        if reasons[index] is None and reasons[index - 1] is None:
            reasons[index] = _bounds_counted(candidates[index], candidates[index - 1])
    return tuple(reasons)


def _is_past(one: Candidate, text: str, year: int | None) -> str | None:
    begin = max(sentence_start(text, one.number.start), text.rfind(";", 0, one.number.start) + 1)
    marks = [match.start() for match in _PAST.finditer(text, begin, one.number.start)]
    if year:
        marks += [m.start() for m in _PAST_YEAR.finditer(text, begin, one.number.start) if int(m[1]) < year]
        marks += [m.start() for m in _UP_TO.finditer(text, begin, one.number.start) if int(m[1]) < year]
    if not marks:
        return None
    mark = max(marks)
    done = text[mark] in "已业"
    if done and mark < one.seg_start:
        return None
    if year and any(int(m[1]) >= year for m in _ANY_YEAR.finditer(text, mark, one.number.start)):
        return None
    return None if _PRESENT.search(text, mark, one.number.start) else "a result of the past"


def _is_base(one: Candidate, text: str, year: int | None) -> str | None:
    before = text[one.seg_start : one.number.start]
    if _BASE_BEFORE.search(before) and _BASE_AHEAD.match(one.ahead):
        return "where the change starts: only the number it leads to binds"
    if _BASE.match(one.ahead):
        return "what the promise builds on"
    return None


def _is_changed(one: Candidate, text: str, year: int | None) -> str | None:
    if one.in_brackets and _CHANGED.search(text[one.seg_start : one.number.start]):
        return "says how the target was changed"
    return None


_SURE_UNITS = frozenset({"%", "‰"})
_IDIOM_UNITS_LISTED = "级 期 届 次 年 道 面 线 站 类 种 批 带 片 字 对 代 本 节 天 月 个月 日 周"
_IDIOM_UNITS = frozenset(_IDIOM_UNITS_LISTED.split())
_VAGUE = re.compile(
    r"行动|工程|举措|措施|任务|体系|机制|战役|攻坚|抓手|清单|中心任务|文章|制度|大赛|文明|平台|关系|中心|"
    r"标杆|样板|高地|示范区|先行区|新城|走廊|板块|轴|带|圈"
)


def _is_grade(one: Candidate, text: str, year: int | None) -> str | None:
    unit = one.number.unit
    if unit == "级" or (unit.endswith("级") and unit != "层级"):
        return "a class or a grade"
    if unit in ("期", "届", "号") and re.match(r"工程|项目|建设|厂|线|标段", one.ahead):
        return "part of a name"
    if unit in ("位", "名", "个位次", "位次", "个位") and _RANK_STEP.search(text[one.seg_start : one.number.start]):
        return "a rank"
    if unit in ("折", "度") and not one.chain:
        return "part of a name"
    return None


def _is_bare(one: Candidate, text: str, year: int | None) -> str | None:
    if not one.number.bare:
        return None
    directed = one.after is not None or one.soft or any(word not in (Word.FILLER, Word.SOFT) for word in one.chain)
    index = re.search(r"(?:指数|系数|得分|评分|比值|数值|比例?|强度|PUE值?|CPI|PPI|度|AQI|增速)$", one.indicator)
    if one.noun_ahead and not re.match(r"(?:的)?(?:目标|水平)", one.ahead):
        return _LIST
    if directed or index:
        return None
    return "a number without a unit of measure: part of a name"


def _is_time(one: Candidate, text: str, year: int | None) -> str | None:
    if one.number.unit not in TIME_UNITS:
        return None
    spoken = one.says(
        Word.AT_LEAST, Word.MORE_THAN, Word.AT_MOST, Word.LESS_THAN, Word.LOWER, Word.HOLD, Word.INCREASE, Word.DECREASE
    )
    near = re.search(TIME_INDICATOR + r"[^,。;]{0,6}$", one.words)
    yearly = one.number.unit in ("年", "个月", "月")
    if (spoken and not (yearly and not near)) or near:
        return None
    if (
        one.says(Word.REACH)
        and not text[: one.number.start].endswith(("保持", "稳定", "为", "是", "持续"))
        and not yearly
    ):
        return None
    if (
        re.search(r"(?:时间|天数|时长|时限|周期|办结|办理|服务|培训|实践|课时)$", one.indicator)
        and one.after
        and not one.noun_ahead
    ):
        return None
    return "a length of time: says when or how fast, not how much"


def _is_attribute(one: Candidate, text: str, year: int | None) -> str | None:
    before = text[one.seg_start : one.number.start]
    reached = one.says(Word.MORE_THAN, Word.AT_LEAST, Word.AT_MOST) or one.after is not None
    reached = reached or one.says(Word.REACH)
    plain = not reached or one.noun_ahead or _STRONG_START.search(before)
    if plain and _STRONG_ATTRIBUTE.search(before) and not _OF_THE_YEAR.search(before):
        return _SIZE
    if _ANY_ATTRIBUTE.search(before) and not _DOING.search(before) and one.noun_ahead and _THING.match(one.ahead):
        return _SIZE
    money = re.search(r"元$", one.number.unit)
    if money and re.match(r"的?(?:重大|重点|产业|工业)?[^,。;、]{0,12}项目", one.ahead) and not _DOING.search(before):
        return _SIZE
    if _MEASURE.search(one.number.unit) and _BUILT.match(one.ahead) and not one.after:
        return _SIZE
    if re.match(r"[长宽高](?:的|,|$)", one.ahead):
        return _SIZE
    alone = re.fullmatch(r"(?:计划|预计|拟|总|共)?投资(?:约|近|超|超过)?", before)
    if alone and (one.noun_ahead or not one.ahead or re.match("、" + ATTRIBUTE, one.ahead)):
        return _SIZE
    return None


_BUILT = re.compile(
    r"的[^,。;、\d]{0,14}(?:中心|项目|厂|园区|产业园|公园|馆|楼|广场|医院|学校|大厦|综合体|基地|港|市场|电站|"
    r"水库|小区|社区|工程|路)"
)
_OF_THE_YEAR = re.compile(r"新增|完成|净增|力争|确保|增长|争取|年度|当年|年内|今年")
_STRONG_START = re.compile(r"(?:全长|总长|占地|建筑面积|总投资额?)[约近]?$")


def _is_list(one: Candidate, text: str, year: int | None) -> str | None:
    before = text[one.start : one.number.start]
    number = one.number
    if number.value == "1" and one.noun_ahead and len(_ONES.findall(text, one.seg_start, one.seg_end)) > 2:
        return _LIST
    if number.value == "1" and re.search(r"(?:明确|确定)$", before):
        return _LIST
    modified = one.after is not None or one.soft or any(word not in (Word.FILLER, Word.REACH) for word in one.chain)
    if modified or not one.noun_ahead or number.unit.endswith(_SHARE_UNITS) or re.search(r"[万亿元]", number.unit):
        return None
    if re.match(r"(?:约束性|预期性)指标", one.ahead):
        return _LIST
    if _ABSTRACT.match(one.ahead) and not re.search(r"(?:新增|新建|建成|建设|培育|引进|完成|新)$", before):
        return _LIST
    if _OPENS_LIST.match(text, one.seg_start, one.number.start) and not one.chain:
        return _LIST
    if _LISTING.search(before) or _THIS_LIST.search(before):
        return _LIST
    whole = text[one.seg_start : one.number.start]
    listed = _ENUMERATION.sub("", whole)
    names = len(_LISTED.findall(re.sub(r"\([^)]*\)|“[^”]*”|《[^》]*》", "", listed))) + 1
    if listed != whole or names >= 3 or (names == 2 and number.value == "2"):
        exact = number.value == str(names)
        if exact:
            return "counts what is named before it"
    return None


def _is_grant(one: Candidate, text: str, year: int | None) -> str | None:
    before = text[one.seg_start : one.number.start]
    unit = one.number.unit
    money = unit.endswith(("元", "%"))
    if money and _GRANT.search(before) and not _NOT_GRANT.search(before):
        if unit.endswith("元") and not one.says(Word.REACH, Word.INCREASE):
            return "the rate of a grant or a levy, not a promise"
        if (
            unit == "%"
            and re.search(r"(?:给予|按照|按|减按|贴息|税率|费率|执行|奖励|补助|补贴)[^,。;、]{0,6}$", before)
            and not one.says(Word.REACH, Word.INCREASE, Word.DECREASE)
        ):
            return "the rate of a grant or a levy, not a promise"
    if re.search(r"(?:提高|增加|增长|达|调整|提标|上调)(?:到|至)?|不低于|不少于|标准", before):
        return None
    if (
        unit.endswith("元")
        and _PRICE.search(before)
        and not one.says(Word.REACH, Word.INCREASE, Word.AT_LEAST, Word.MORE_THAN)
    ):
        return "a price or a rate for each, not a promise"
    return None


def _bounds_class(one: Candidate, following: Candidate | None, why_following: str | None) -> str | None:
    """50亿元以上重大项目不少于10个: the first number says which projects count."""
    why = "the class bound of what is counted"
    number = one.number
    bounded = one.after is not None or one.says(Word.MORE_THAN, Word.AT_LEAST, Word.AT_MOST, Word.LESS_THAN)
    measure = bool(_MEASURE.search(number.unit))
    share = number.unit.endswith(_SHARE_UNITS)
    if following is None:
        opens = _COUNT_VERB.search(one.text[one.seg_start : one.number.start])
        if one.after is Comparator.AT_LEAST or one.after is Comparator.AT_MOST:
            if one.noun_ahead and not share and measure and not opens:
                return (
                    why if not re.search(r"(?:带动|惠及|服务|覆盖|受益|实现|完成|超额|超|不少于)$", one.words) else None
                )
            if one.noun_ahead and number.unit.endswith("元") and _THING.match(one.ahead):
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
    sized = measure and (one.leads or _ANY_ATTRIBUTE.search(one.words) or one.says(Word.REACH))
    counts = not _MEASURE.search(following.number.unit) and not following.number.bare
    if sized and counts and not re.match(CREATING, between) and not re.search(r"(?:万|亿)?[人户]$", number.unit):
        return why
    return None


def _goes_on(one: Candidate, before: Candidate) -> str | None:
    """聚焦6大产业、10条产业链: what lists the first lists the second."""
    joined = one.start == one.number.start and one.seg_start == before.seg_start and one.noun_ahead
    return _LIST if joined and one.after is None and not one.soft else None


def _bounds_counted(one: Candidate, before: Candidate) -> str | None:
    """力争70%村集体年经营性收入过10万元: the second number says which villages count."""
    if one.seg_start != before.seg_start or not before.leads or "、" in one.text[before.end : one.number.start]:
        return None
    if re.search(r"(?:完成|实现|新增|带动|拉动)[^,。;]{0,8}$", one.words):
        return None
    beyond = one.says(Word.MORE_THAN, Word.AT_LEAST, Word.AT_MOST, Word.REACH, Word.LESS_THAN) or one.after is not None
    if (
        beyond
        and _MEASURE.search(one.number.unit)
        and not _MEASURE.search(before.number.unit.replace("户", "").replace("人", ""))
    ):
        return "the class bound of what is counted"
    if beyond and before.number.unit.endswith(_SHARE_UNITS) and not one.number.unit.endswith(_SHARE_UNITS):
        return "the class bound of what is counted"
    return None


#: Asked in this order; the first reason stands.
_TESTS: tuple[Callable[[Candidate, str, int | None], str | None], ...] = (
    _is_past, _is_base, _is_changed, _is_grade, _is_bare, _is_time, _is_attribute, _is_list, _is_grant,
)  # fmt: skip
