"""Numbers that are a price or a rate: of a grant, a levy, or for each of what is counted."""

import re

from engine.plan.context import Candidate, sentence_start
from engine.plan.words import Word

_GRANT = re.compile(
    r"(?:给予|奖励|补贴|补助|罚款|资助|减按|按照|按|优惠|贴息|返还|奖补|一次性|最高|减征|免征|税率|费率|收取|"
    r"执行)[^,。;、]{0,10}$"
)
_POLICY = re.compile(
    r"对(?![接口外标照策应称])[^。;]{2,120}?(?:的|企业|项目|单位|个人|者|人员|人才|农户)(?:\([^()]*\))?,?[^。;]{0,80}?"
    r"(?:给予|予以)[^。;]{0,30}?(?:奖励|补助|补贴|支持|奖补|资助|指标|补偿|优惠|减免|贷款|贴息)|每(?:新增|增加|引进|认定|培育)[^。;,]{0,20}(?:奖励|补助|补贴|给予|增加)"
)
_LONGEST_POLICY = 240
#: 按每人600元标准发放, 按最低标准的80%补助: by what somebody is paid.
_BY_STANDARD = re.compile(r"(?:按|按照|依照)[^,。;、]{0,16}$")
_STANDARD_AHEAD = re.compile(r"(?:的)?标准|(?:确定|执行|计提|核定|收取|拨付|给予|补助|发放|缴纳|计算|缴费)")
_NOT_GRANT = re.compile(r"发放|申报|项目|兑现|新增|争取|标准|总额|资金|完成|落实")
_PRICE = re.compile(
    r"每(?:吨|亩|斤|公斤|千克|人|户|度|立方|千瓦时|平方米|套|辆|台|家|个|头|次|人每年|人每月|人每天|名|例|张|"
    r"公里|标箱|位)[^,。;、每\d]{0,8}$"
)


def is_rate(one: Candidate, text: str, year: int | None) -> str | None:
    """The rate of a grant or a levy, or a price for each."""
    before = text[one.seg_start : one.number.start]
    unit = one.number.unit
    if re.search(r"放宽[到至为]", before) or _is_of_policy(one, text):
        return "the rate of a grant or a levy, not a promise"
    if re.search(r"(?:提高|增加|提升|提标|上调|调整|提)[^,。;、]{1,20}[到至]$", before):
        return None  # 提高…补助至6000元 is a level to reach.
    if _BY_STANDARD.search(before) and _STANDARD_AHEAD.match(one.ahead) and re.search("[元%]", unit):
        return "the rate of a grant or a levy, not a promise"
    money = unit.endswith(("元", "%"))
    if money and _GRANT.search(before) and not _NOT_GRANT.search(before):
        level = one.says(Word.AT_LEAST) and re.search(r"(?:额|标准|水平)$", one.indicator) and not one.noun_ahead
        if unit.endswith("元") and not one.says(Word.REACH, Word.INCREASE) and not level:
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


def _is_of_policy(one: Candidate, text: str) -> bool:
    """Whether its sentence says who is given what, as 对…50万元以上的,给予…10%的补助: conditions and rates alike."""
    start = sentence_start(text, one.number.start)
    furthest = one.number.end + _LONGEST_POLICY
    end = text.find("。", one.number.end, furthest)
    rule = _POLICY.search(text, start, end if end >= 0 else furthest)
    return rule is not None and rule.start() < one.number.start
