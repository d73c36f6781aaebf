"""Numbers that say how large one project is, or what it costs: not what is promised of it."""

import re

from engine.plan.context import Candidate, sentence_start
from engine.plan.words import ATTRIBUTE, CREATING, MEASURES, Word

SIZE = "the size of a project, not a promise"
_STRONG_ATTRIBUTE = re.compile(ATTRIBUTE.replace("|投资)", ")") + r"(?:约|近|达|超|超过|达到|为|共|共计|合计)*$")
_WEAK_ATTRIBUTE = re.compile(rf"(?:改善|恢复|治理|{CREATING})[^,。;、]{{0,12}}(?<!建设)面积约$")
_STRONG_START = re.compile(r"(?:全长|总长|占地|建筑面积|总投资额?)[约近超达过到为]{0,3}$")
ANY_ATTRIBUTE = re.compile(ATTRIBUTE + r"(?:约|近|达|超|超过|达到|为)*$")
_DOING = re.compile(
    r"完成|新增|力争|争取|到位|固定资产|实现|招引|引进|落实|拉动|撬动|带动|年度投资|计划完成|确保|全社会|"
    r"民间|工业|技改|水利|交通|新建|改造"
)
_OF_THE_YEAR = re.compile(r"新增|完成|净增|力争|确保|增长|争取|年度|当年|年内|今年")
THING = re.compile(r"的?[^,。;、]{0,30}?(?:项目|企业|工程|产业|园区|基地|集群|公司|电站|工厂|中心|生产线)")
_BUILT = re.compile(
    r"的[^,。;、\d]{0,14}(?:中心|项目|厂|园区|产业园|公园|馆|楼|广场|医院|学校|院区?|大厦|综合体|基地|港|市场|电站|"
    r"水库|小区|社区|工程|路)"
)
#: 新建农村公路30条、总长120公里: the length of all that is promised is promised with it.
_TOTAL_OF_MANY = re.compile(
    r"(?<![\d.])(?:[2-9]|\d{2,})(?:条|段|座|处|个)[,、]?(?:总长度?|总里程|总面积)(?:约|共|共计|达|超)?$"
)
_NEAR = 24
_SPOKEN = (Word.AT_LEAST, Word.AT_MOST, Word.MORE_THAN, Word.INCREASE, Word.DECREASE, Word.HOLD)
_SPENT = re.compile(r"(?:计划|预计|拟|总|共|累计|市|县|区|财政|本级)*(?:投资|投入)(?:资金)?(?:约|近|超|超过)?")
_AROUND = re.compile(r"[^,。;、\d]{0,8}(?:半径|范围)(?:内|以内|范围)")
#: What a project will do some day is told of it, not promised of the year.
_FINISHED = re.compile(r"(?:建成|投产|达产|完工|竣工|投用|投运)(?:投产|投用|使用|运营|达产)?后[,可将预能年,]")
#: 管道改造工程(1698米): the bracket behind a project's name.
_ONLY_SIZE = re.compile(r"(?:工程|项目|管网|道路|提升|改造|路|桥|公园|河|渠)\((?:约|近|共|长|全长|面积)?$")
_CONCERNED = re.compile(r"涉及[^,。;、\d]{0,8}$")
MEASURE = re.compile(MEASURES)


def is_size_too(one: Candidate, following: Candidate) -> bool:
    """Whether a number is a size because the next is: 用地500亩、占地200亩的产业园, 投资5亿元、年产值30亿元的项目."""
    joined = one.text[one.end : following.number.start]
    measures = MEASURE.search(one.number.unit) and one.after is None and not one.noun_ahead
    described = following.ahead.startswith("的")
    return bool(measures and described and joined.startswith("、") and not _DOING.search(one.words))


def is_size_between(one: Candidate) -> bool:
    """Whether a number behind a size goes on with what that describes: 涉及3个街道,住宅5005套,建筑面积30万平方米."""
    return not re.search(rf"{CREATING}|力争|确保", one.words) and not one.says(*_SPOKEN) and one.after is None


def is_size(one: Candidate, text: str, year: int | None) -> str | None:
    """The size or the cost of a single thing."""
    before = text[one.seg_start : one.number.start]
    reached = one.says(Word.MORE_THAN, Word.AT_LEAST, Word.AT_MOST) or one.after is not None
    reached = reached or one.says(Word.REACH)
    plain = not reached or one.noun_ahead or _STRONG_START.search(before)
    if _TOTAL_OF_MANY.search(text, max(0, one.number.start - _NEAR), one.number.start):
        return None
    if plain and _STRONG_ATTRIBUTE.search(before) and not _OF_THE_YEAR.search(before):
        return None if _WEAK_ATTRIBUTE.search(before) else SIZE
    if ANY_ATTRIBUTE.search(before) and not _DOING.search(before) and one.noun_ahead and THING.match(one.ahead):
        return SIZE
    money = re.search(r"元$", one.number.unit)
    if money and re.match(r"的?(?:重大|重点|产业|工业)?[^,。;、]{0,12}项目", one.ahead) and not _DOING.search(before):
        return SIZE
    people = one.number.unit.endswith(("人", "户")) and re.search(rf"(?:{CREATING})[^,。;、]{{0,8}}$", before)
    if MEASURE.search(one.number.unit) and _BUILT.match(one.ahead) and not one.after and not people:
        return SIZE
    bracket = one.in_brackets and text[one.number.end : one.number.end + 1] == ")" and MEASURE.search(one.number.unit)
    if (
        bracket
        and not one.number.unit.endswith(("人", "户", "套"))
        and _ONLY_SIZE.search(text[max(0, one.number.start - 12) : one.number.start])
    ):
        return SIZE
    if _FINISHED.search(text, sentence_start(text, one.number.start), one.number.start):
        return SIZE
    if _CONCERNED.search(before) or _AROUND.match(one.ahead):
        return SIZE
    if re.match(r"[长宽高](?:的|,|$)", one.ahead):
        return SIZE
    alone = _SPENT.fullmatch(before)
    if alone and (one.noun_ahead or not one.ahead or re.match("、" + ATTRIBUTE, one.ahead)):
        return SIZE
    return None
