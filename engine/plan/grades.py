"""Numbers that name a class, a grade, a rank, or a length of time."""

import re

from engine.plan.context import Candidate
from engine.plan.words import TIME_INDICATOR, TIME_UNITS, Word

TIME = "a length of time: says when or how fast, not how much"
_LONGEST_NAME = 14
_RANK_STEP = re.compile(r"(?:前移|前进|进位|晋位|晋升|争先进位|提升|上升|跃升|赶超|位次[^,。;]{0,6})$")


def is_grade(one: Candidate, text: str, year: int | None) -> str | None:
    """A class, a grade, a rank, or a part of a name."""
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


def is_time(one: Candidate, text: str, year: int | None) -> str | None:
    """A length of time that says when or how fast, not how much."""
    if one.number.unit not in TIME_UNITS:
        return None
    if one.number.unit in ("课时", "学时", "个课时", "个学时") and not one.noun_ahead and len(one.indicator) > 1:
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
    return TIME


def is_time_too(one: Candidate, before: Candidate) -> bool:
    """Whether days count as those before them do: 优良天数达到中阳220天、柳林210天."""
    plain = not one.noun_ahead and not re.search(r"[内前用]$|历时|用时", one.words)
    return plain and one.number.unit == before.number.unit and len(one.words) <= _LONGEST_NAME
