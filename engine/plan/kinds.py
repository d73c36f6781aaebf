"""A guess at the kind of a promise from its words, with what a person should look at."""

import re

from engine.model.target import Kind
from engine.plan.context import Candidate
from engine.plan.words import CREATING, FLOW_INDICATOR, PER, Word

_EACH = re.compile(
    r"每(?:个|家|户|所|名|县|镇|乡|村|区|社区|街道|座|条|项|位|支|园区|乡镇|市|行政村|人(?!均|每)|班|校|类|"
    r"市州|镇街|地市)(?!年|月|季|周|天)|各(?:县|市|区|"
    r"乡|镇|街道|地|园区|村|社区|校|部门|单位)[^,。;]{0,12}(?:至少|不少于|均|都|分别|各|建设|建成|打造)"
)
_DENSITY = re.compile(PER)
_ALWAYS = re.compile(r"严守|守住|守牢|坚守|牢守|底线|红线|保有量|不突破|严格控制.{0,8}以内|耕地面积|永久基本农田")
_STOCK = re.compile(
    r"总数|总量|总规模|数量?$|保有量|存量|拥有|入驻|累计|在册|规模$|存栏|面积$|里程$|总里程|库容|装机|余额|"
    r"人口$|户数|人数|家数|学位数|床位数?$|总人数|达到?$|注册用户|"
    r"覆盖人口|总户数|市场主体|经营主体"
)
_ANEW = re.compile(rf"新增|净增|新建|新培育|新引进|新认定|新签约|新开工|新入库|新改|当年|年度|{CREATING}")
_FLOW = re.compile(FLOW_INDICATOR)
_SHARES = ("%", "‰", "百分点", "成", "倍")


def guess_kind(one: Candidate, head: Candidate, change: str | None) -> tuple[Kind, Kind | None, tuple[str, ...]]:
    """The kind of a promise with a number, its inner kind for `each`, and doubts."""
    words = head.words
    plain, doubts = _plain_kind(one, head, change)
    stretch = one.text[head.start : one.seg_end]
    if _EACH.search(words) and not _DENSITY.search(words):
        return Kind.EACH, plain, doubts
    if plain is not Kind.RATE and _ALWAYS.search(stretch) and not re.search(r"新建|新增|建设(?!用地)|完成", words):
        return Kind.ALWAYS, None, doubts
    return plain, None, doubts


def _plain_kind(one: Candidate, head: Candidate, change: str | None) -> tuple[Kind, tuple[str, ...]]:
    unit, words = one.number.unit, head.words
    if unit.endswith(_SHARES) or "/" in unit or one.number.bare or unit in ("岁", "分", "小时", "分钟", "天"):
        return Kind.RATE, () if unit.endswith(_SHARES) else ("whether the figure is a rate",)
    if change and not head.indicator and unit.endswith(_SHARES):
        return Kind.RATE, ()
    if _DENSITY.search(words) and not re.search(r"每(?:人|户)", words):
        return Kind.RATE, ("whether the figure is a density or a level",)
    reached = head.says(Word.REACH, Word.MORE_THAN, Word.HOLD, Word.LOWER)
    if (
        _STOCK.search(head.indicator)
        and not _ANEW.search(words.replace("覆盖", "").replace("实现", ""))
        and not _FLOW.search(words)
    ):
        return Kind.LEVEL, () if reached else ("whether the number is what stands or what is added",)
    if reached and not _ANEW.search(words) and not _FLOW.search(words) and not one.leads:
        return Kind.LEVEL, ("whether the number is what stands or what is added",)
    return Kind.TOTAL, ()
