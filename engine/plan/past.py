"""Numbers of the past: results already reached, what a change starts from, how a target was changed."""

import re

from engine.plan.context import Candidate, sentence_start
from engine.plan.words import CREATING

RESULT = "a result of the past"
#: Says that what follows is done, up to the end of the sentence.
_PAST = re.compile(
    r"(?<![较比与同以])(?:(?<![从由])去年|上年(?!的|水平|持平|同等|度?(?:增长|提高|下降|减少|增加|同期))|上一年|过去[一三五]年|"
    r"[五三]年来|近年来|一年来|历年|此前|前期已|以来)|已[将于由](?!在)|目前(?!.{0,8}(?:基础|水平))|截[至止](?!20\d\d)"
)
#: Marks a report of what was done in a part of the year, or of what came out at its end, for the whole sentence.
_REPORT = re.compile(
    r"(?:^|(?<=。))(?:其中)?1[-—–~至到](?:[2-9]|1[0-2])月份?(?=[,全累共我])|(?:完成|占|达到?)(?:全年|年度|年初|年计划)[^,。;、\d]{0,10}"
    r"(?:任务|目标|计划)数?的?(?:1\d\d|\d+\.\d+)%|与(?:去年|上年)(?:同期)?相比"
    r"|共(?:有(?!产)|签约|建成|收到|发放|接待)(?!.{0,12}以上)|同比\(下同\)|(?:^|(?<=。))预计,|(?:成效|效果)(?:显著|明显|突出)|"
    r"取得了?(?:显著|明显|积极|新的?|较大)(?:成效|进展|成绩)|初具规模|完成率[^,。;\d]{0,3}1\d\d\.\d"
    r"|(?:^|(?<=。))(?:上半年|前三季度|前\d+个月|一季度),[^。]*同比(?:增长|下降|提高|增加)"
)
#: Says so up to the next pause alone: 拆除5个现有收費站,新建2個.
_DONE = re.compile(
    rf"(?<!而)(?:已经?|业已)(?:累计|率先|全部|基本|全面)?(?:{CREATING}|达|有|签约|建立|拥有|到位|投入|落实|收储|拨付|"
    r"实现|完工|交付|开工|启用|投用|通车|"
    r"突破|超|获|脱贫|落户|入驻|形成)|(?:完成|实现|新建|新增|建成|培育|引进|发放|改造|举办|组织|开展|争取)了|(?:现有|原有|现已)(?!.{0,8}(?:基础|水平))"
)
_PRESENT = re.compile(
    r"今年|本年|年内|明年|力争|确保|目标(?:任务)?[是为:]|计划(?!投资额|总投资|总额)|(?<!已)将|再(?!次)|新的一年|下一步|全年(?!完成.{0,20}同比|.{0,16}同比\(|目标|任务|预期)"
)
_PAST_YEAR = re.compile(
    r"(?<![较比与以同自从于到至按对])(20\d\d)年(?!.{0,6}(?:基础|相比|水平|为基|不变价|基准|底数|增长|提高|下降|"
    r"降低)|(?:底|末)?(?:以|之)?前)"
)
_UP_TO = re.compile(r"(?:截[至止]到?|[到至])(20\d\d)年(?!.{0,4}[至到—-])")
_GOAL_YEAR = re.compile(r"[到至](20\d\d)年")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_BASE_BEFORE = re.compile(r"(?:从|由|自)[^,。;、]{0,24}$")
#: 从574元、271元分别提高到609元、300元: the second of those a change starts from.
_BASE_SECOND = re.compile(r"(?:从|由)[^,。;、\d]{0,24}[\d.]+[^,。;、\d]{1,4}[、和][^,。;、\d]{0,12}$")
_BASE_AHEAD = re.compile(
    r"(?:[、和][^,。;、\d]{0,12}[\d.]+[^,。;、\d]{1,4}){0,3}[^,。;、]{0,10}?(?:提高|提升|增加|增长|增|扩大|扩|上升|升|下降|降低|降|减少|减|压缩|压减|压|缩短|缩|"
    r"调整|变为|发展|壮大|优化|精简|拓展|延长|延伸|上调|下调|"
    r"达|至\d|到\d|至□|回升|回落)"
)
#: Money to five digits that count, twice in a sentence: promises are round, results are not.
_PRECISE = re.compile(r"(?<![\d.])(?:\d{3,}\.\d[1-9]|\d{4,}[1-9])(?:万|亿|万亿)?元")
#: To the end of a five-year plan, so much every year: what a plan of years promises may be as precise.
_AHEAD = re.compile(r"到“?十[一二三四五]?五”?(?:期)?(?:末|时)|规划期末|年均(?:增长|递增|下降)")
_FIRST_YEAR = re.compile(r"(20\d\d)年(?:底|末|度)?[,全]")
#: How far a report reaches, in signs: a plan in one endless paragraph is not searched over and over.
_REACH = 600
_LAST_YEARS = {"十": 2005, "十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030}
_FIVE_YEARS = re.compile(r"“?(十[一二三四五]?)五”?(?:期间|时期|以来)")
_AGAINST = re.compile(r"(?:[低高少多大小]于|超过|比|较|相当于|与|达|达到|占|是)[^,。;、]{0,6}$")
_COMPARED = re.compile(r"(?:比|较)(?:20\d\d年|上年|去年)(?:底|末|度|同期)?的(?:[\d.]+[^,。;、\d]{1,3}、)?$")
_BASE = re.compile(r"[^,。;]{0,8}(?:的)?基础上|的?(?:同期|基数|底数)")
_CHANGED = re.compile(
    r"(?:调增|调减|上调|下调|调高|调低|比原[^,]{0,6}|较原[^,]{0,6}|原目标[^,]{0,4}|原为|原|由原来)[^,。;)]{0,6}$"
)


def is_past(one: Candidate, text: str, year: int | None) -> str | None:
    """A result that was reached before the plan's year."""
    begin = sentence_start(text, one.number.start)
    while begin > 1 and text.startswith("其中", begin):
        begin = sentence_start(text, begin - 1)
    if _in_report(text, one, year):
        return RESULT
    marks = [match.start() for match in _PAST.finditer(text, begin, one.number.start)]
    marks += [match.start() for match in _DONE.finditer(text, max(begin, one.seg_start), one.number.start)]
    if year:
        marks += [m.start() for m in _PAST_YEAR.finditer(text, begin, one.number.start) if int(m[1]) < year]
        marks += [m.start() for m in _FIVE_YEARS.finditer(text, begin, one.number.start) if _LAST_YEARS[m[1]] < year]
        marks += [m.start() for m in _UP_TO.finditer(text, begin, one.number.start) if int(m[1]) < year]
    if not marks:
        return None
    mark = max(marks)
    if mark >= one.seg_start and _AGAINST.search(text[one.seg_start : mark]):
        return None  # 不低于上年度收入的60%: the past is only what it is held against.
    return None if _is_to_come(text, mark, one.number.start, year) else RESULT


def _in_report(text: str, one: Candidate, year: int | None) -> bool:
    """Whether a sentence up to this one reports results, and no word of what is to come stands between."""
    end = _sentence_end(text, one.number.end)
    begin = max(0, one.number.start - _REACH)
    for match in _REPORT.finditer(text, begin, end):
        start = sentence_start(text, match.start())
        if not _is_to_come(text, start, one.number.start, year + 1 if year else None):
            # 到2029年…。…取得明显成效: the effects of a goal that a sentence before it sets are no report.
            return not (year and any(int(goal[1]) > year for goal in _GOAL_YEAR.finditer(text, begin, match.start())))
    start = sentence_start(text, one.number.start)
    precise = len(_PRECISE.findall(text, start, end)) > 1 and not _AHEAD.search(text, start, end)
    if precise and not _is_to_come(text, start, end, year):
        return True
    if year and one.number.start < _REACH and (first := _FIRST_YEAR.match(text)) and int(first[1]) < year:
        return not _is_to_come(text, 0, one.number.start, year)
    return False


def _is_to_come(text: str, start: int, end: int, year: int | None) -> bool:
    """Whether a word of what is to come, or the plan's own year, stands in a stretch."""
    if year and any(int(match[1]) >= year for match in _ANY_YEAR.finditer(text, start, end)):
        return True
    return bool(_PRESENT.search(text, start, end))


def _sentence_end(text: str, at: int) -> int:
    stop = text.find("。", at, at + _REACH)
    return min(len(text), at + _REACH) if stop < 0 else stop


def is_base(one: Candidate, text: str, year: int | None) -> str | None:
    """From where a change starts, or what it builds on."""
    before = text[one.seg_start : one.number.start]
    if _COMPARED.search(before):
        return "what the change is measured from"
    if (_BASE_BEFORE.search(before) or _BASE_SECOND.search(before)) and _BASE_AHEAD.match(one.ahead):
        return "where the change starts: only the number it leads to binds"
    if _BASE.match(one.ahead):
        return "what the promise builds on"
    return None


def is_changed(one: Candidate, text: str, year: int | None) -> str | None:
    """By how much a target was changed, in brackets behind it."""
    if one.in_brackets and _CHANGED.search(text[one.seg_start : one.number.start]):
        return "says how the target was changed"
    return None
