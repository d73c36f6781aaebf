"""The numbers of a folded, squeezed text: value, range, unit of measure, and how softly it is written."""

import re
from collections.abc import Iterator

from engine.model.noun import dataclass
from engine.plan.words import MORE_UNITS
from engine.unit_table import TABLE

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

_ARABIC = r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?!\d)"
_CHINESE = r"[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]{0,20}(?:点[零一二三四五六七八九]{1,6})?"
_SHARE = r"(?P<share>[百千])分之"

_NEVER_UNITS = frozenset(
    {
        "percent",
        "permille",
        "m",
        "t",
        "g",
        "L",
        "W",
        "里",
        "裡",
        "裏",
        "分",
        "字",
        "日",
        "号楼",
        "元人民币",
        "元人民幣",
        "口",
        "市",
        "区",
        "方",
        "板",
        "顶",
        "车",
        "万",
        "头",
        "面",
    }
)
_SYMBOLS = sorted({*TABLE, *MORE_UNITS} - _NEVER_UNITS, key=len, reverse=True)
_SIMPLE = "|".join(map(re.escape, _SYMBOLS))
# 分 is a score and not the beginning of 分別, 市 and 區 are counted only where no name begins with them.
_GUARDED = (
    r"分(?![别类级布批段步期层钟解配析支享工公局所院])|个?(?:市|区)(?=[,。;、(]|以上|$)|大类(?=\d)|个村(?=[,。;、()]|以上|$)|口(?=[,。;、]|以上|"
    r"井|沼气|塘|窖|水|池|机|$)|头(?!部|雁)|方(?=[,。;、/]|以上|$)|(?<=[万亿])方(?![面式案向位针法便舱略阵])|车(?=[,。;、]|$)"
    r"|面(?!向|对|上|积|貌|临)|里(?=[,。;、]|以上|$)|日(?=[,。;、]|以内|内|以上|$)"
)
_UNIT = rf"(?:{_SIMPLE}|{_GUARDED})"
_PAIR = r"(?:\((?:套|次|处|座|个|家|户|所|组|人|名|项|批|件|期|条|部|辆|场|场次|人次|间|只|台)\))?"
_UNITS = rf"(?:{_UNIT}(?:/[每百千万亿]*{_UNIT}(?:[·/]{_UNIT})?)?)"
#: 10/10万: so many in a hundred thousand.
_IN_MANY = re.compile(r"/(?:10万|十万|百万|万|千)(?![元亩吨人户平立个])")
_MULTIPLIER = "(?:十万|百万|千万|十亿|百亿|千亿|万亿|[十百千万亿])"
#: 3万余人, 20多万人次, 3亿多元: the softening word stands inside the unit of measure.
_MEASURE = re.compile(rf"(?P<more>[多余几来])?(?P<times>{_MULTIPLIER})?(?P<inner>[多余])?(?P<unit>{_UNITS})?{_PAIR}")
_DASH = r"(?:——|[-—–~―]|至|到|或)"
_NUMBER = re.compile(rf"(?:{_SHARE})?(?:(?P<arabic>{_ARABIC})|(?P<chinese>{_CHINESE}))")
_DOUBLE = re.compile(r"翻(?P<times>[一两三四123])?番")

#: 缩小到1.9:1: how many to one, an index.
_TO_ONE = re.compile(r":1(?![\d.:])")
#: A measure word that no table holds: one sign between the number and a pause, as in 墓穴10000穴.
_RARE = re.compile(
    r"[\u4e00-\u9fff](?=[,。;、)]|以上|左右|以内|以下|$)(?<![的和与及并在等为至到或者型式版期级届号年月日时后前上下中内外多余几来亿万千百十路线])"
)

#: Nouns that begin with the sign of a unit of measure: 5家庭, 3户籍.
_NOUN_AHEAD = re.compile(
    r"(?:家庭|家长|户籍|户外|项目|套餐|部门|部分|件套|条例|期间|期货|场所|场景|类型|种类|种子|张家(?!庭)|位于|位居|"
    r"名单|名特优|级别|班子|班列|次数|处理|处置|座谈|批复|所有|所在|"
    r"镇级|县级|县域|乡村|村级|村集体"
    r"|村民|站点|支持|支部|队伍|组织|组团|口岸|门类|本级|本地|单位|道路|片区|对接|对口|对外|天然|年度|年均|"
    r"周边|周期|期末|人才|人均|人工|人民|人口|份额|例外|度假|米兰|克服|"
    r"升级|角色|节能|集群|集中|园区|校园|层级|段落|包括|镇街|乡镇企|街道办|省级|省定|省内|省外)"
)
#: 9万人口的饮水安全 counts people; 十万人口死亡率 does not.
_PEOPLE = re.compile(r"人口(?=[,。;、)的]|$)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written.

    Shape: [start, end) is the whole with its unit; [unit_start, unit_end) the unit without 多 and 余; `value`
    and `upper` are the digits. `chinese` numbers often count an idiom, not a promise.
    """

    start: int
    end: int
    value: str
    upper: str | None
    unit: str
    soft: bool
    chinese: bool

    @property
    def bare(self) -> bool:
        """Whether no unit of measure follows."""
        return not self.unit


def read_chinese(numeral: str) -> str | None:
    """The digits of a number in Chinese numerals, None where it is none.

    >>> read_chinese("三百二十"), read_chinese("一千零五"), read_chinese("十二"), read_chinese("三四")
    ('320', '1005', '12', None)
    """
    whole, _, decimals = numeral.partition("点")
    total, section, digit = 0, 0, 0
    previous_digit = False
    for sign in whole:
        if sign in _DIGITS:
            if previous_digit and sign not in "零〇":
                return None
            digit = _DIGITS[sign]
            previous_digit = sign not in "零〇"
        else:
            previous_digit = False
            times = _TIMES[sign]
            if times >= 10**4:
                total = (total + section + digit) * times
                section = digit = 0
            else:
                section += (digit or 1) * times
                digit = 0
    value = str(total + section + digit)
    return value + ("." + "".join(str(_DIGITS[sign]) for sign in decimals) if decimals else "")


def find_numbers(text: str) -> Iterator[Number]:
    """All numbers of a folded, squeezed text, in order. Dates and names are for `others` to tell apart."""
    at = 0
    while True:
        match = _NUMBER.search(text, at)
        double = _DOUBLE.search(text, at)
        if double and (not match or double.start() <= match.start()):
            times = {"一": 1, "1": 1, None: 1, "两": 2, "2": 2, "三": 3, "3": 3, "四": 4}[double["times"]]
            yield Number(double.start(), double.end(), str(2**times), None, "倍", False, False)
            at = double.end()
        elif match:
            number = _read_number(text, match)
            if number:
                yield number
            at = number.end if number else match.end()
        else:
            return


def _read_number(text: str, match: re.Match[str]) -> Number | None:
    first = _read_one(text, match)
    if first is None:
        return None
    dash = re.compile(_DASH).match(text, first.end)
    if dash:
        second = _NUMBER.match(text, dash.end())
        upper = _read_one(text, second) if second else None
        joined = upper and _join(text, first, upper)
        if joined:
            return joined
    return first


def _join(text: str, low: Number, high: Number) -> Number | None:
    """A range of two numbers: the unit of measure may stand once, behind the second."""
    same = (
        low.unit == high.unit or low.bare or (high.unit.startswith(low.unit) and low.unit in ("万", "亿", "千", "百"))
    )
    if low.chinese != high.chinese or not same or float(low.value) >= float(high.value) or high.upper:
        return None
    if high.bare and not low.bare:
        return None
    return Number(low.start, high.end, low.value, high.value, high.unit, low.soft or high.soft, low.chinese)


def _read_one(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    share = match["share"]
    if match["chinese"]:
        return _read_numeral(text, match)
    value = match["arabic"].replace(",", "")
    if share:
        return Number(start, end, value, None, "%" if share == "百" else "‰", False, False)
    unit, stop, soft = read_unit(text, end)
    return Number(start, stop, value, None, unit, soft, False)


def _read_numeral(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    numeral = match["chinese"]
    if match["share"]:
        value = read_chinese(numeral)
        return Number(start, end, value, None, "%" if match["share"] == "百" else "‰", False, True) if value else None
    for cut in range(len(numeral), 0, -1):
        kept = numeral[:cut]
        # 两万人 is 2 万人, as it would be printed with digits, and 千瓦 is a word of its own.
        if kept[-1] in "万亿" or (kept[-1] == "千" and text[start + cut : start + cut + 1] in tuple("瓦克米伏")):
            continue
        value = read_chinese(kept)
        unit, stop, soft = read_unit(text, start + cut)
        if value and unit:
            return Number(start, stop, value, None, unit, soft, True)
    value = read_chinese(numeral)
    return Number(start, match.end(), value, None, "", False, True) if value else None


def read_unit(text: str, start: int) -> tuple[str, int, bool]:
    """The unit of measure from here on, where it ends, and whether 多 or 余 stands before or inside it."""
    if many := _IN_MANY.match(text, start):
        return many[0], many.end(), False
    if to_one := _TO_ONE.match(text, start):
        return "", to_one.end(), False
    match = _MEASURE.match(text, start)
    if not match or match.end() == start:
        rare = _RARE.match(text, start)
        return (rare[0], rare.end(), False) if rare else ("", start, False)
    unit = match["unit"] or ""
    times = match["times"] or ""
    soft = bool(match["more"] or match["inner"])
    people = bool(times) and _PEOPLE.match(text, match.start("unit") if unit else match.end())
    if unit and not people and _NOUN_AHEAD.match(text, match.start("unit")) and not _really_unit(text, match):
        unit = ""
    if not unit and not times:
        return (
            ("", match.end(), soft)
            if match["more"] in ("多", "余") and _ends(text, match.end())
            else ("", start, False)
        )
    if not unit and times in ("十", "百", "千"):
        return "", start, False
    if not unit and (rare := _RARE.match(text, match.end())):
        return times + rare[0], rare.end(), soft
    end = match.end() if unit else match.end("inner") if match["inner"] else match.end("times")
    return times + unit, end, soft


def _really_unit(text: str, match: re.Match[str]) -> bool:
    return len(match["unit"]) > 1


def _ends(text: str, at: int) -> bool:
    return at >= len(text) or text[at] in ",。;、:)"
