"""Numbers that are a price or a rate: of a grant, a levy, or for each of what is counted."""

import re

from engine.plan.context import Candidate
from engine.plan.words import Word

_GRANT = re.compile(
    r"(?:给予|奖励|补贴|补助|罚款|资助|减按|按照|按|优惠|贴息|返还|奖补|一次性|最高|减征|免征|税率|费率|收取|"
    r"执行)[^,。;、]{0,10}$"
)
_NOT_GRANT = re.compile(r"发放|兑现|新增|争取|标准|总额|资金|完成|落实")
_PRICE = re.compile(
    r"每(?:吨|亩|斤|公斤|千克|人|户|度|立方|千瓦时|平方米|套|辆|台|家|个|头|次|人每年|人每月|人每天|名|例|张|"
    r"公里|标箱|位)[^,。;、每\d]{0,8}$"
)


def is_rate(one: Candidate, text: str, year: int | None) -> str | None:
    """The rate of a grant or a levy, or a price for each."""
    before = text[one.seg_start : one.number.start]
    unit = one.number.unit
    if re.search(r"(?:提高|增加|提升|提标|上调|调整|提)[^,。;、]{1,20}[到至]$", before):
        return None  # 提高…补助至6000元 is a level to reach.
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
