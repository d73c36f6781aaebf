"""What stands around a number: its stretch of the sentence, the words before and behind it, and its neighbours."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from engine.model.noun import dataclass
from engine.model.target import Comparator
from engine.plan.numbers import Number
from engine.plan.words import AFTER, BEFORE, CREATING, LONGEST_BEFORE, NOT_AFTER, Word

_HARD = ",。;:!?…\n"
_LONGEST_SENTENCE = 1500
_OPEN, _CLOSE = "([〔【{", ")]〕】}"
_CONNECTIVES = re.compile(r"(?:、|和|及|与|并|且|或|以及|其中|同时|并且|另有|其余|其他|,|使|还|则|是)+")
_AFTER = re.compile(r"(?:\(含\)|\(含本数\))?(及以上|以上|之上|及以内|及以下|以内|之内|以下|之下|左右|上下)")
_INSIDE = re.compile(r"内(?![部涵外生容陆河科审控循需蒙])")
_MANY = re.compile(r"[多余](?=[,。;、:)]|$)")
_NOUN = re.compile(r"的?[\u4e00-\u9fffA-Za-z“《(‘]")
_NO_NOUN = re.compile(
    r"[和及与并且或、,。;:)!?]|以及|的?(?:增长|增速|增幅|涨幅|降幅|下降)|为主|起步|收官|计|之间|\)|"
    r"目标(?=[,。;、)]|$)|大关|台阶|关口|任务(?=[,。;、)]|"
    r"$)|的?(?:目标|水平)(?=[,。;、)]|$)|的(?:目标)?要求"
)
_ADVERBS = (
    r"全[市县省区州年镇乡街旗国面]|今年|年内|年度|本年|当年|每年|上半年|全年|再|新|共|总计|累计|力争|确保|"
    r"争取|实现|完成|各|将|要|计划|预计|到|年底前|年底|市本级|市级|年均|"
    r"进一步|继续|持续|加快|大力|积极|扎实|稳步|有序|高标准|高质量"
    r"|同步|另|还|至少|集中|深入|统筹|力促|重点|着力|全力|努力|抓紧|推动|推进|支持|引导|鼓励|协助|帮助|带动|"
    r"组织|动员|对|使|让|为|把|将|在|严守|守住|守牢|坚守|守好|稳定|"
    r"保持|保障|保护|了|的|以|并|和|及|、|,|□"
)
_LEADING = re.compile(rf"(?:{CREATING}|{_ADVERBS})*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number with what its sentence says around it; all offsets are of the squeezed text.

    Shape: [seg_start, seg_end) the stretch between two pauses; `start` where the words of this number begin,
    after the number before it; `chain` the words directly before the number, nearest first, from
    `chain_start` on; `end` behind the words that follow it (以上, 左右).
    """

    number: Number
    seg_start: int
    seg_end: int
    start: int
    chain: tuple[Word, ...]
    chain_start: int
    end: int
    after: Comparator | None
    soft: bool
    in_brackets: bool
    text: str

    @property
    def indicator(self) -> str:
        """The words between the number before it and its own modifiers."""
        return self.text[self.start : self.chain_start]

    @property
    def words(self) -> str:
        """All words before the number, its modifiers included."""
        return self.text[self.start : self.number.start]

    @property
    def ahead(self) -> str:
        """What follows the number and its modifiers, up to the next pause."""
        return self.text[self.end : self.seg_end]

    @property
    def noun_ahead(self) -> bool:
        """Whether what is counted stands behind the number: 完成7.8萬畝高標準農田建設."""
        return bool(_NOUN.match(self.ahead)) and not _NO_NOUN.match(self.ahead)

    @property
    def leads(self) -> bool:
        """Whether only verbs and adverbs stand before the number, so that it opens its phrase."""
        return self.noun_ahead and bool(_LEADING.fullmatch(self.indicator))

    def says(self, *words: Word) -> bool:
        """Whether one of these words stands directly before the number."""
        return any(word in words for word in self.chain)


def find_candidates(text: str, numbers: Sequence[Number]) -> tuple[Candidate, ...]:
    """Every number with its surroundings; `text` has the stretches that promise nothing left as they are."""
    cuts = list(_cuts(text, numbers))
    found: list[Candidate] = []
    for number in numbers:
        before = bisect_left(cuts, number.start)
        seg_start = cuts[before - 1] + 1 if before else 0
        behind = bisect_left(cuts, number.end)
        seg_end = cuts[behind] if behind < len(cuts) else len(text)
        previous = found[-1].end if found and found[-1].end > seg_start else seg_start
        if found and found[-1].seg_start == seg_start and found[-1].noun_ahead and found[-1].leads:
            # The noun behind the number before belongs to it, up to the conjunction: 10座桥梁、5个公园.
            between = text[previous : number.start]
            cut = max(between.rfind(sign) for sign in ("、", "和", "及", "并"))
            previous = previous + cut if cut >= 0 else previous
        start = previous
        if match := _CONNECTIVES.match(text, start, number.start):
            start = match.end()
        chain, chain_start = read_chain(text, start, number.start)
        end, after, soft = _read_after(text, number, seg_end)
        soft = soft or number.soft or Word.SOFT in chain
        bracket = (seg_start > 0 and text[seg_start - 1] in _OPEN) or _inside(text, seg_start)
        found.append(Candidate(number, seg_start, seg_end, start, chain, chain_start, end, after, soft, bracket, text))
    return tuple(found)


def sentence_start(text: str, at: int) -> int:
    """Where the sentence begins in which an offset stands; of an endless one only the last stretch counts."""
    stop = max(text.rfind(sign, 0, at) for sign in "。!")
    return max(stop + 1, at - _LONGEST_SENTENCE)


def read_chain(text: str, start: int, end: int) -> tuple[tuple[Word, ...], int]:
    """The modifiers directly before a number, nearest first, and where they begin."""
    chain: list[Word] = []
    at = end
    while at > start:
        for length in range(min(LONGEST_BEFORE, at - start), 0, -1):
            token = text[at - length : at]
            word = BEFORE.get(token)
            if word and not (at - length > start and text[at - length - 1] in NOT_AFTER.get(token, "")):
                chain.append(word)
                at -= length
                break
        else:
            break
    return tuple(chain), at


def _read_after(text: str, number: Number, stop: int) -> tuple[int, Comparator | None, bool]:
    end, comparator, soft = number.end, None, False
    for _ in range(2):
        if match := _AFTER.match(text, end, stop):
            found = AFTER[match[1]]
            comparator, soft, end = comparator or found, soft or found is None, match.end()
    if end == number.end:
        if _MANY.match(text, end) and number.unit:
            return end + 1, None, True
        timed = number.unit.endswith(("年", "月", "日", "天", "小时", "分钟", "%", "元"))
        if timed and _INSIDE.match(text, end, stop):
            return end + 1, Comparator.AT_MOST, False
    return end, comparator, soft


def _inside(text: str, at: int) -> bool:
    """Whether an offset lies inside a bracket."""
    before = text[max(0, at - 80) : at]
    return max(before.rfind(sign) for sign in _OPEN) > max(before.rfind(sign) for sign in _CLOSE)


def _cuts(text: str, numbers: Sequence[Number]) -> Iterator[int]:
    """The pauses of a text. Inside brackets and quotation marks without numbers there are none."""
    inside_number = {at for number in numbers for at in range(number.start, number.end)}
    starts = [number.start for number in numbers]
    closes = {")": "(", "]": "[", "〕": "〔", "】": "【", "”": "“", "》": "《"}
    opened: list[tuple[str, int]] = []
    silent = bytearray(len(text))
    loud: set[int] = set()
    for at, sign in enumerate(text):
        if sign in closes.values():
            opened.append((sign, at))
        elif sign in closes and opened and opened[-1][0] == closes[sign]:
            _, first = opened.pop()
            if bisect_left(starts, first) < bisect_left(starts, at) and first not in inside_number:
                loud |= {first, at}
            elif at - first < 60:
                silent[first : at + 1] = b"\1" * (at + 1 - first)
    for at, sign in enumerate(text):
        if at in loud or (sign in _HARD and at not in inside_number and not silent[at]):
            yield at
