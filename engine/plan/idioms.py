"""Chinese numerals inside set phrases: 五个方面, 一般, 三大革命."""

import re

from engine.plan.context import Candidate
from engine.plan.words import ABSTRACT, COUNT_VERB, CREATING, Word

_COUNT_VERB = re.compile(COUNT_VERB)
_ABSTRACT = re.compile(ABSTRACT)
#: 建设3条示范带、两个示范园: the items before it in the list are counted, and so is it.
_LISTED = re.compile(
    rf"(?:{CREATING})(?:了|好|成|出)?(?:(?:\d+|[一二两三四五六七八九十]+)[^,。;、\d]{{1,12}}[、和及与])+$"
)
_EVERY_YEAR = re.compile(r"每(?:年|季度|月|半年)(?:至少)?(?:新增|新建|创建|培育|建成|建设|引进|举办|打造|组织|开展)$")
_SURE_UNITS = frozenset({"%", "‰"})
_IDIOM_UNITS_LISTED = "级 期 届 次 年 道 面 线 站 类 种 批 带 片 字 对 代 本 节 天 月 个月 日 周"
_IDIOM_UNITS = frozenset(_IDIOM_UNITS_LISTED.split())
_VAGUE = re.compile(
    r"行动|工程|举措|措施|任务|体系|机制|战役|攻坚|抓手|清单|中心任务|文章|制度|大赛|文明|平台|关系|中心|"
    r"标杆|样板|高地|示范区|先行区|新城|走廊|板块|轴|带|圈"
)


def is_idiom(one: Candidate) -> bool:
    """Whether a Chinese numeral belongs to a set phrase. It counts only where the words make it plain.

    Counted are 新建三所学校, 两万亩 and 不少于两场; 五个方面, 一般 and 三大革命 are not.
    """
    number = one.number
    if not number.chinese:
        return False
    if re.fullmatch("[十百千万亿]+", number.unit) and one.text[number.start] in "十百千":
        return True  # 十百千万工程 is a name.
    spoken = one.says(Word.AT_LEAST, Word.MORE_THAN, Word.AT_MOST, Word.LESS_THAN, Word.LOWER, Word.HOLD)
    if number.unit in ("万", "亿", "百万", "千万"):
        return not (spoken or one.after is not None or not one.ahead)  # 十万大山, 十万人口死亡率.
    if number.unit in _SURE_UNITS or number.unit.startswith(("万", "亿")):
        return False
    if number.bare or number.unit in _IDIOM_UNITS:
        return not (spoken and number.unit in ("次", "种", "类", "批"))
    if number.unit == "成":
        clear = one.after is not None or one.soft or spoken or one.says(Word.REACH)
        return not clear and not (one.leads and one.ahead.startswith("的"))
    if spoken or (one.after is not None and not one.noun_ahead):
        return False
    if number.value == "1" and one.ahead and _EVERY_YEAR.search(one.text[one.seg_start : number.start]):
        return False
    if number.value == "1" or (
        number.value == "2" and number.unit not in ("所", "座", "家", "处", "场", "个", "条", "项")
    ):
        return True
    before = one.text[one.seg_start : one.number.start]
    vague = _ABSTRACT.match(number.unit + one.ahead) or _VAGUE.search(one.ahead[:8])
    if one.noun_ahead and (_COUNT_VERB.search(before) or _LISTED.search(before)) and not vague:
        return False
    ends = not one.ahead or one.ahead[0] == "、"
    if (
        ends
        and re.search(CREATING, one.words)
        and len(one.indicator) > 2
        and not re.search(r"[、和及与]", one.words[-4:])
    ):
        return False
    return len(number.value) < 3
