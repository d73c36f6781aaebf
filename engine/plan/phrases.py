"""Numbers and their words → promises: value, comparator, softness, striving, change, and a guess at the kind."""

import re
from collections.abc import Sequence

from engine.model.noun import dataclass
from engine.model.target import Comparator, Kind
from engine.plan.bodies import find_brackets
from engine.plan.context import Candidate, find_candidates, sentence_start
from engine.plan.deeds import Deed, find_deeds
from engine.plan.directions import DIRECTED, find_groups, find_raised, read_change, read_comparator
from engine.plan.fold import Squeezed, fold_text, fold_unit, squeeze
from engine.plan.idioms import is_idiom
from engine.plan.kinds import guess_kind
from engine.plan.numbers import find_numbers
from engine.plan.others import Other, find_others, unclaimed_digits
from engine.plan.refuse import reasons_against
from engine.plan.words import STRIVING

_YEAR = re.compile(
    r"(?<![较比与以同自从于按\d])(?:到|至|在|截至|"
    r"力争)?(20\d\d)年?(?:[-—–~至到]+(20\d\d))?年(?!.{0,3}(?:基础|相比|水平|为基|不变价|基准))"
)
_NAMED = re.compile(r"《[^》]*》|“[^”]*”")
_STRIVING = re.compile(STRIVING)
_COUNTED = re.compile(r"[^,。;:、和及与“(]{1,12}")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of a clause: the plan's words, and how the grammar reads them.

    Shape: `quote` is text[start:end] of the clause's body, verbatim. `value`, `upper` and `unit` are as
    printed, after folding width, blanks and Chinese numerals; None where the promise has no number, and the
    unit of an index is None. `year` is set for a goal of a later year. `doubts` are what a person should
    look at.
    """

    quote: str
    start: int
    end: int
    indicator: str
    kind: Kind
    inner_kind: Kind | None
    comparator: Comparator | None
    value: str | None
    upper: str | None
    unit: str | None
    soft: bool
    striving: bool
    change: str | None
    year: int | None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """A number that promises nothing, and why.

    Shape: `quote` is text[start:end] of the clause's body, verbatim.
    """

    quote: str
    start: int
    end: int
    why: str


def read_promises(body: str, year: int | None = None) -> tuple[tuple[Promise, ...], tuple[OtherNumber, ...]]:
    """The numbers of a clause: those that bind, and all others with the reason.

    `year` is the plan's; with it, results of earlier years and goals of later ones are told apart. Every run
    of Arabic digits outside responsibility brackets is in one of the two.
    """
    squeezed = squeeze(_without_bodies(body))
    text = squeezed.text
    forms = find_others(text)
    blanked = list(text)
    for form in forms:
        blanked[form.start : form.end] = "□" * (form.end - form.start)
    numbers = tuple(find_numbers("".join(blanked)))
    blank = "".join(blanked)
    # Set phrases go first: 一般 and 两化 must not part an indicator from its number.
    spoken = [one.number for one in find_candidates(blank, numbers) if not is_idiom(one)]
    candidates = find_candidates(blank, spoken)
    reasons = reasons_against(candidates, text, year)
    # What binds is looked at again without the others, so that 50亿元以上 stays in the words of 不少于10个.
    binding = [one.number for one, why in zip(candidates, reasons, strict=True) if why is None]
    kept = find_candidates(blank, binding)
    groups = find_groups(kept)
    numbered = [_promise(index, kept, groups, squeezed, body, year) for index in range(len(kept))]
    deeds = [_deed(deed, squeezed, body, year) for deed in find_deeds(text)]
    held = bytearray(len(body))
    for one in numbered:
        held[one.start : one.end] = b"\1" * (one.end - one.start)
    free = [deed for deed in deeds if not any(held[deed.start : deed.end])]
    promises = tuple(sorted([*numbered, *free], key=lambda one: (one.start, one.end)))
    ends = [*(one.number.start for one in candidates), len(text)][1:] if candidates else []
    refused = [
        Other(one.number.start, min(_other_end(one, why), end), why)
        for one, why, end in zip(candidates, reasons, ends, strict=True)
        if why
    ]
    others = sorted([*forms, *refused])
    claimed = [(other.start, other.end) for other in others] + [(one.number.start, one.number.end) for one in kept]
    others += [
        Other(*span, "a number without a unit of measure: part of a name")
        for span in unclaimed_digits(text, iter(claimed))
    ]
    return promises, tuple(_other(other, squeezed, body) for other in sorted(others))


def _without_bodies(body: str) -> str:
    """The folded body with a full stop and blanks where its responsibility brackets are."""
    folded = fold_text(body)
    for bracket in find_brackets(folded, body):
        folded = folded[: bracket.start] + "。" + " " * (bracket.end - bracket.start - 1) + folded[bracket.end :]
    return folded


def _other(other: Other, squeezed: Squeezed, body: str) -> OtherNumber:
    start, end = squeezed.span(other.start, other.end)
    return OtherNumber(body[start:end], start, end, other.why)


def _deed(deed: Deed, squeezed: Squeezed, body: str, year: int | None) -> Promise:
    start, end = squeezed.span(deed.start, deed.end)
    words = squeezed.text[deed.start : deed.end]
    striving = bool(_STRIVING.search(words))
    # An act of several years is this year's too: only one that names later years alone is left to them.
    named = _years(squeezed.text[sentence_start(squeezed.text, deed.start) : deed.end])
    goal = max(named) if year is not None and named and min(named) > year else None
    return Promise(
        body[start:end], start, end, words, deed.kind, deed.inner_kind, None,
        None, None, None, False, striving, None, goal, (deed.doubt,),
    )  # fmt: skip


def _other_end(one: Candidate, why: str) -> int:
    """Where the words of a number that promises nothing end: what a list counts belongs to them."""
    if why.startswith(("counts", "the length of a list")) and (noun := _COUNTED.match(one.ahead)):
        return one.end + noun.end()
    return one.end if one.after else one.number.end


def _promise(
    index: int,
    kept: Sequence[Candidate],
    groups: Sequence[tuple[Candidate, Candidate]],
    squeezed: Squeezed,
    body: str,
    year: int | None,
) -> Promise:
    one = kept[index]
    head, last = groups[index]
    # 分别增长7%、8%左右: the numbers of a pair share the words before the first and behind the last.
    shared = one.after or (last.after if last is not one and "分别" in head.words else None)
    soft = one.soft or (last is not one and last.soft and "分别" in head.words)
    chain = one.chain or head.chain
    raised = find_raised(index, kept)
    if head is one and raised is not None:
        # 增长6%以上,力争6.5% and 增长7%(城镇6%、农村8%): the second says nothing itself of what it does.
        head = groups[raised][0]
        chain = chain if one.says(*DIRECTED) else head.chain
    change = read_change(one, head, chain)
    comparator = read_comparator(one, head, chain, shared, change)
    start, end = _stretch(one, one if one.indicator else head, squeezed.text)
    first, stop = squeezed.span(start, end)
    kind, inner, doubts = guess_kind(one, head, change)
    goal = _goal_year(one, squeezed.text)
    if goal is not None and year is not None and goal <= year:
        goal = None
    if one.number.bare:
        doubts = (*doubts, "a number without a unit of measure")
    return Promise(
        body[first:stop], first, stop, head.indicator, kind, inner, comparator,
        one.number.value, one.number.upper, _printed_unit(one, squeezed, body),
        soft, _striving(one, squeezed.text), change, goal, doubts,
    )  # fmt: skip


def _stretch(one: Candidate, head: Candidate, text: str) -> tuple[int, int]:
    """From the indicator's words to the end of the modifier, or of the noun where that stands behind."""
    start, end = head.start, one.end
    while start < one.number.start and text[start] in "、,和及与(的":
        start += 1
    if match := re.compile(r"的?(?:增长|增速|增幅|涨幅|降幅|下降)(?:率|速度)?").match(text, end, one.seg_end):
        end = match.end()
    elif one.noun_ahead and (one.leads or not head.indicator):
        end = _noun_end(text, end, one.seg_end)
    return start, end


def _noun_end(text: str, start: int, stop: int) -> int:
    """Where the noun behind a number ends: before the conjunction that brings the next number."""
    cut = re.compile(r"(?:、|和|以及|及|并|与)[\u4e00-\u9fff“”]{0,14}?\d").search(text, start, min(len(text), stop + 1))
    end = cut.start() if cut else stop
    return end if end > start else stop


def _striving(one: Candidate, text: str) -> bool:
    """Whether 力争 stands earlier in the sentence: it reaches up to the next full stop."""
    return bool(_STRIVING.search(text, sentence_start(text, one.number.start), one.number.end))


def _goal_year(one: Candidate, text: str) -> int | None:
    """The last year named before the number in its sentence, unless it is what the number is compared with."""
    years = _years(text[sentence_start(text, one.number.start) : one.number.start])
    return years[-1] if years else None


def _years(words: str) -> list[int]:
    """The years that words name as a time, in order; not those inside a title."""
    said = _NAMED.sub(lambda named: "□" * len(named[0]), words)
    return [int(match[2] or match[1]) for match in _YEAR.finditer(said)]


def _printed_unit(one: Candidate, squeezed: Squeezed, body: str) -> str | None:
    """The unit of measure in the plan's own script, without the 多 or 余 inside it."""
    number = one.number
    if not number.unit:
        return None
    if squeezed.text[number.start] == "翻":
        return "倍"
    if squeezed.text.startswith(("百分之", "千分之"), number.start):
        return number.unit
    wanted = list(number.unit)
    signs: list[str] = []
    at = number.end - 1
    while wanted and at >= number.start:
        if squeezed.text[at] == wanted[-1]:
            signs.append(body[squeezed.origin[at]])
            wanted.pop()
        at -= 1
    return fold_unit("".join(reversed(signs)))
