"""Numbers of the past: results already reached, what a change starts from, how a target was changed."""

import re

from engine.plan.context import Candidate, sentence_start
from engine.plan.words import CREATING

#: Says that what follows is done, up to the end of the sentence.
_PAST = re.compile(
    r"(?<![较比与同])(?:去年|上年(?!的|度?(?:增长|提高|下降|减少|增加|同期))|上一年|过去[一三五]年|"
    r"[五三]年来|近年来|历年|此前|前期已|以来)|目前(?!.{0,8}(?:基础|水平))|截[至止](?!20\d\d)"
)
#: Says so up to the next pause alone: 拆除5个现有收費站,新建2個.
_DONE = re.compile(
    rf"(?<!而)(?:已经?|业已)(?:累计)?(?:{CREATING}|达|有|签约|建立|拥有|到位|投入|落实|收储|拨付|"
    r"突破|超|获|脱贫|落户|入驻|形成)|(?:现有|原有|现已)(?!.{0,8}(?:基础|水平))"
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


def is_past(one: Candidate, text: str, year: int | None) -> str | None:
    """A result that was reached before the plan's year."""
    begin = max(sentence_start(text, one.number.start), text.rfind(";", 0, one.number.start) + 1)
    marks = [match.start() for match in _PAST.finditer(text, begin, one.number.start)]
    marks += [match.start() for match in _DONE.finditer(text, max(begin, one.seg_start), one.number.start)]
    if year:
        marks += [m.start() for m in _PAST_YEAR.finditer(text, begin, one.number.start) if int(m[1]) < year]
        marks += [m.start() for m in _UP_TO.finditer(text, begin, one.number.start) if int(m[1]) < year]
    if not marks:
        return None
    mark = max(marks)
    if year and any(int(m[1]) >= year for m in _ANY_YEAR.finditer(text, mark, one.number.start)):
        return None
    return None if _PRESENT.search(text, mark, one.number.start) else "a result of the past"


def is_base(one: Candidate, text: str, year: int | None) -> str | None:
    """From where a change starts, or what it builds on."""
    before = text[one.seg_start : one.number.start]
    if _BASE_BEFORE.search(before) and _BASE_AHEAD.match(one.ahead):
        return "where the change starts: only the number it leads to binds"
    if _BASE.match(one.ahead):
        return "what the promise builds on"
    return None


def is_changed(one: Candidate, text: str, year: int | None) -> str | None:
    """By how much a target was changed, in brackets behind it."""
    if one.in_brackets and _CHANGED.search(text[one.seg_start : one.number.start]):
        return "says how the target was changed"
    return None
