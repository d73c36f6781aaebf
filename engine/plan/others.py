"""Numbers that promise nothing, recognized by their own form: names, dates, ranks, ages, documents, and why.

What needs the numbers around it (class bounds, attributes of projects, counts of lists) is in `context`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from engine.plan.numbers import read_unit

_LATIN_UNITS = (
    r"(?:k?m[23]?|kg|mg|[μu]g|t|ha|[kMG]W(?:h|p)?|Wh?|kVA|MVA|PB?|TB|EB|EFLOPS|EFlops|PFLOPS|[GMT]bps|TEU|"
    r"m?L|ml|mm|cm|tce|USD|CNY|EUR)"
    r"(?![A-Za-z])"
)
_YEAR = r"(?<![\d.])(?:19|20)\d\d"
_TO = r"(?:——|[-—–~―]|至|到)"
_MONTH = r"(?:[1-9]|1[0-2]|0[1-9])"
_PROMISE = re.compile(
    r"(?:增长|达到?|突破|超过?|不[少低]于|控制在|提高到|下降|力争)\d|(?:完成|新增|新建|改造|建成)[^”\d]{0,16}\d[^”]{6,}"
)


class Other(NamedTuple):
    """A stretch of text whose digits promise nothing, and why."""

    start: int
    end: int
    why: str


#: Form → reason, tried in this order; an earlier stretch keeps what it has taken.
FORMS: tuple[tuple[str, str], ...] = (
    (r"[“\"][^”\"“]{0,40}\d[^”\"“]{0,40}[”\"]", "part of a name in quotation marks"),
    (
        r"‘[^’‘]{0,30}\d[^’‘]{0,30}’|「[^」]{0,30}\d[^」]{0,30}」|『[^』]{0,30}\d[^』]{0,30}』",
        "part of a name in quotation marks"),
    (r"《[^》]*\d[^》]*》", "part of a document's title"),
    (
        r"[\u4e00-\u9fff]{1,6}[〔\[(【](?:19|20)\d\d[〕\])】](?:第)?\d+号|[〔\[(【](?:19|"
        r"20)\d\d[〕\])】](?:第)?\d+号", "a document's number"),
    (rf"{_YEAR}年?{_TO}(?:(?:19|20)\d\d|\d\d)(?:年(?:度|底|末|初)?|(?=[^\d]*规划))", "a date"),
    (
        rf"{_YEAR}年(?:度|代)?(?:第?[一二三四1-4]季度|上半年|下半年|{_MONTH}月(?:份)?(?:(?:[12]?\d|3[01])日)?)?"
        r"(?:底|末|初|年底|前|之前|以前|以来|内|期间|起)*(?!行动|禁)",
        "a date",
    ),
    (rf"(?<![\d.]){_MONTH}(?:月份?)?{_TO}{_MONTH}月(?:份)?", "a date"),
    (rf"(?<![\d.]){_MONTH}月(?:份)?(?:(?:[12]?\d|3[01])日|底|末|初|[上中下]旬)?(?:底|前|之前|以前|起)*", "a date"),
    (r"(?<=月)\d{1,2}日|(?<=每月)\d{1,2}日前?|(?<![\d.])\d{1,2}日(?:前|之前|起)", "a date"),
    (r"(?<!\d)\d{1,2}[·.]\d{1,2}(?=[^\d%‰]{0,4}(?:国际|世界|全国)[^,。;]{0,8}日)", "a date"),
    (r"(?<!\d)\d{1,2}·\d{1,2}(?!\d)", "a date"),
    (r"(?<![\d:])[0-2]?\d:[0-5]\d(?![\d:])", "a time of day"),
    (
        r"(?<!\d)(?:\d+|[NnXx])(?:[+*×](?:\d+|[NnXx]))+(?:小时|天)?|(?<!\d)\d+[xX]\d+(?:小时|天)?",
        "a name made of numbers"),
    (r"(?<!\d)\d+\+(?=[\u4e00-\u9fff])", "a name made of numbers"),
    (r"(?<![\d.])\d+(?:\.\d+)?(?:[::]\d+(?:\.\d+)?)+(?![\d%])", "a proportion in a name or a time"),
    (rf"{_YEAR}届", "a date"),
    (r"第\d+(?:\.\d+)?[^\d,。;、%]?", "an ordinal"),
    (
        r"(?<![\d.])\d{1,4}号(?:文|线|楼|院|公路|地块|机组|桥|井|泊位|码头|风球|令|台风|通道|路|门)?",
        "the number of a document or a thing"),
    (
        r"(?<![A-Za-z/])(?<!\d[kmcuμn])(?<!\d)[A-Za-z]{1,20}(?:\.[A-Za-z]{1,9}){0,2}(?<!GDP)(?<!CPI)(?<!PPI)(?<!PUE)(?<!AQI)(?<!R&D)(?<!GEP)(?<!DP)(?<=[A-Za-z])-?\d+(?:\.\d+)?(?:[A-Za-z]{1,9}\d{0,9}){0,3}",


        "part of a name"),
    (rf"(?<![\d.])\d+(?:\.\d+)?(?!{_LATIN_UNITS})[A-Za-z]+(?:[-/]?[A-Za-z0-9]+)*(?:级)?", "part of a name"),
    (
        r"(?<![\d.])\d{1,2}\.0(?:版)?(?![\d%‰])(?=版|[\u4e00-\u9fff]?(?:版|时代|改革|工程|行动|计划|体系|建设|"
        r"模式|[,。;、]))", "the number of a version"),
    (r"(?<!\d)\d+(?:\.\d+)?版", "the number of a version"),
    (
        r"(?:全[省国市球县区]|世界|排名|排位|位次|位列|位居|稳居|跻身|进入|进位|保持|居|列|在|力争|争取|冲刺|"
        r"挺进)(?:前|第)\d+(?:\.\d+)?(?:位|名|强|列|%)?",
        "a rank",
    ),
    (r"(?<![提目年月日底之以此当先事空向])前\d+(?:\.\d+)?(?:个月|季度|天|年)", "a date"),
    (r"(?<![提目年月日底之以此当先事空向])前\d+(?:\.\d+)?(?:位|名|强|列|%)?", "a rank"),
    (r"(?<!\d)\d+强", "a rank"),
    (
        r"(?<![\d.])\d+(?:周岁|岁)?(?:[-—–~―至到]\d+)?(?:周岁|岁|月龄)(?:\(含\d*(?:周?岁)?\)|\(不含\d*\)|"
        r"含)?(?:及以上|及以下|"
            r"以上|以下|以内|之间|内)?",
        "an age",
    ),
    (r"(?<![\d.])\d+(?:国道|省道|县道|乡道|高速)", "the name of a road"),
    (r"(?<![\d.])±?\d+(?:千伏|kV|KV)(?!安|A)(?:及以上|以上|及以下|以下)?", "the class of a power line or a station"),
    (r"(?<![\d.])\d+(?:\.\d+)?(?:分钟|小时)[^,。;、\d]{0,9}?圈", "part of a name: how near things are"),
    (r"(?<!\d)24小时|(?<!\d)365天|(?<!\d)7天", "around the clock: says when, not how much"),
    (r"(?<![\d.])\d+年(?=期|行动|计划|规划|禁|过渡|攻坚|方案|来|一遇|以来|长期|间)", "a length of time"),
    (r"(?<![\d.])\d+(?:年|天)(?:一遇)", "a length of time"),
    (
        r"(?<!\d)(?:12345|12315|12348|12333|12328|12388|12350|12329|12366|12369|12371|96\d{3}|95\d{3})(?!\d|"
        r"[个家项件万亿])", "the number of a hotline"),
    (
        r"(?<!\d)(?:110|119|120|122)(?=报警|指挥|急救|接处警|应急|联动|调度|平台|警情|急救站|、1[12]\d|和1[12]\d)",
        "the number of a hotline"),
    (r"(?<!\d)(?:985|211)(?=[,。;、]|高校|院校|大学|工程|、)", "part of a name"),
    (r"(?<!\d)\d+人制", "part of a name"),
    (r"(?<![\d.])\d+型|(?<!\d)\d+对\d+", "part of a name"),
    (rf"{_YEAR}(?=[^\d.,%‰万亿])", "a year: the edition of what follows, or part of a name"),
    (r"(?<![\d.])\d+(?:千|百|万|亿)?(?:吨|元|千瓦|兆瓦|平方米|亩|人)?级(?!及|以上|别)", "a class or a grade"),
)  # fmt: skip
_FORMS = tuple((re.compile(form), why) for form, why in FORMS)
_RATIO = re.compile(
    r"(?:比|比例|差距|生师比)[^,。;:]{0,8}?(?:[到至在为达]|不[高低大]于|不超过|低于|小于|高于|超过|达到)$|比$"
)
_LIFE = re.compile(r"(?:寿命|期望|预期|平均年龄|初婚)[^,。;]{0,10}$")


def find_others(text: str) -> tuple[Other, ...]:
    """The stretches of a folded, squeezed text whose digits promise nothing whatever stands around them."""
    taken: list[Other] = []
    held = bytearray(len(text))
    for form, why in _FORMS:
        for match in form.finditer(text):
            start, end = match.span()
            if any(held[start:end]) or _spared(text, match, why):
                continue
            if why == "a rank":
                start += max(match[0].find("前"), match[0].find("第"), 0)
            if re.search(r"\d", match[0]):
                taken.append(Other(start, end, why))
                held[start:end] = b"\1" * (end - start)
    return tuple(sorted(taken))


def _spared(text: str, match: re.Match[str], why: str) -> bool:
    """Whether a form that looks like no promise is one: 人均预期寿命80岁, “力争增长7%”."""
    if why.startswith("a year: the edition"):
        return bool(read_unit(text, match.end())[0])
    if why.startswith("a proportion") and match[0].endswith(":1"):
        return bool(_RATIO.search(text, 0, match.start()))
    if "hotline" in why:
        return bool(read_unit(text, match.end())[0])
    if why == "an age":
        return bool(_LIFE.search(text, 0, match.start()))
    if "quotation" in why:
        return bool(_PROMISE.search(match[0]))
    if why.startswith("part of a name") and match[0][0].isalpha():
        # GDP7% is a number behind a Latin word.
        return bool(re.match(r"(?:%|‰|亿元|万元)", text[match.end() :]))
    return False


def unclaimed_digits(text: str, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Runs of Arabic digits that none of the spans holds: every number of a clause is accounted for."""
    held = bytearray(len(text))
    for start, end in spans:
        held[start:end] = b"\1" * (end - start)
    for match in re.finditer(r"(?<!\d)\d+(?:[.,]\d+)*", text):
        if not all(held[match.start() : match.end()]):
            yield match.span()
