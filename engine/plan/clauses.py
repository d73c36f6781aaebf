"""A plan's text → its clauses: number, body, and the bodies (單位) that answer for it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from engine.model.noun import dataclass
from engine.plan.bodies import find_brackets
from engine.plan.fold import fold_text
from engine.plan.tables import Row, find_rows

_NUMERAL = "[一二三四五六七八九十百零〇]{1,5}"

#: How a clause's number is written at the beginning of a line, from the outermost rank to the innermost.
MARKERS: tuple[tuple[int, str], ...] = (
    (1, rf"第(?:{_NUMERAL}|\d{{1,3}})[部章](?:分)?"),
    (2, rf"({_NUMERAL})[、.]"),
    (3, rf"[(〔]({_NUMERAL})[)〕][、.]?"),
    (4, rf"(第(?:{_NUMERAL}|\d{{1,3}})[条项])"),
    (4, r"(\d{1,3})(?:[、.,](?!\d)|\.(?=\d{4}年))"),
    (5, r"\((\d{1,3})\)[、.]?"),
    # In many plans these only part the sentences of a clause: they count where the line names bodies of its own.
    (5, rf"([①-⑳]|{_NUMERAL}是)(?=.*(?:[单位部门]:|[(〔【\[][^()]*(?:牵头|负责|配合|落实)\s*[)〕】\]]))"),
)
_OWN_MARK = ("是", *"①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_MARKER = tuple((rank, re.compile(rf"\s*{pattern}\s*")) for rank, pattern in MARKERS)

_TITLE_END = re.compile(
    r"(?:方案|计划|意见|清单|要点|分工|报告|任务|目标|措施|规划|安排|分解|分解表|责任书|责任制|实事|项目|指标)(?:\([^()]*\))?$"
)
_YEAR = re.compile(r"(20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})\s*年")
_YEAR_SIGNS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SENTENCE_END = "。;;!?:"
_LONGEST_HEADING = 60
_LONGEST_OWN_HEADING = 20

#: The number that is given to what a plan promises before its first clause.
_FOREWORD = "前言"
_SENTENCE = re.compile(r"[,。;].*[^,。;]")
#: Dates, and numbers of documents and meetings: nothing that a foreword could promise.
_NO_NUMBER = re.compile(
    r"20\d\d年(?:度|\d{1,2}月(?:\d{1,2}日)?)?|[〔\[(]20\d\d[〕\])]\d*号?|第\d+|\d+月\d+日|“[^”]*”|《[^》]*》"
)


@dataclass(frozen=True, slots=True)
class PlanClause:
    """A numbered clause as the plan prints it.

    Shape: `body` is the text without its number, responsibility brackets included, verbatim; `start` is its
    offset in the plan's text. `heading` is the nearest heading above it.
    """

    number: str
    heading: str
    body: str
    start: int
    lead: tuple[str, ...]
    responsible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanText:
    """A plan's text, cut up: title and year are None where the text has none."""

    title: str | None
    year: int | None
    clauses: tuple[PlanClause, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A marker with all the text up to the next one; rank 0 is text before the first marker."""

    rank: int
    mark: str
    start: int
    end: int
    mark_start: int = 0


def read_plan(text: str) -> PlanText:
    """Cut a plan's text into clauses. Nothing is converted: every word is the plan's own."""
    folded = fold_text(text)
    at, rows = find_rows(folded, text)
    # Where bodies stand in brackets, the clauses are in the text, and a table is an annex to it.
    if rows and not find_brackets(folded, text):
        title = _title(folded[:at], text[:at])
        return PlanText(title, _year(title, folded[:at], (), folded), tuple(_of_rows(rows, text)))
    blocks = tuple(_blocks(folded))
    blocks, opening = _plan_proper(blocks, folded, text)
    clauses = tuple(_clauses(blocks, folded, text)) or tuple(_paragraphs(folded, text))
    title = _title(folded[:opening], text[:opening])
    return PlanText(title, _year(title, folded[:opening], blocks, folded), clauses)


def _blocks(folded: str) -> Iterator[_Block]:
    found: list[_Block] = [_Block(0, "", 0, 0)]
    for line in re.finditer(r"[^\n]+", folded):
        for rank, marker in _MARKER:
            match = marker.match(folded, line.start(), line.end())
            if match and (match.end() < line.end() or rank == 1):
                mark = match[match.lastindex or 0]
                first = mark in ("①", "一是") or found[-1].mark.endswith(_OWN_MARK)
                if mark.endswith(_OWN_MARK) and not first:
                    continue
                found.append(_Block(rank, mark.strip(), match.end(), 0, match.start(match.lastindex or 0)))
                break
        start = found[-1].start if found[-1].start > line.start() else line.start()
        # A clause behind another in the same line: …(責任單位:…)2.…
        for inner in re.finditer(r"(?<=[)〕\]】。])\s*(\d{1,3})[、.](?=[^\d\s])", folded[start : line.end()]):
            expected = found[-1].mark.isdigit() and int(found[-1].mark) + 1 == int(inner[1])
            if expected:
                found.append(_Block(4, inner[1], start + inner.end(), 0, start + inner.start(1)))
    for block, following in zip(found, [*found[1:], None], strict=True):
        yield replace(block, end=_begin(folded, following) if following else len(folded))


def _begin(folded: str, block: _Block) -> int:
    """Where the line or the number of a block begins."""
    at = block.mark_start if block.mark else block.start
    while at > 0 and folded[at - 1] in "(〔第":
        at -= 1
    return at


def _plan_proper(blocks: tuple[_Block, ...], folded: str, text: str) -> tuple[tuple[_Block, ...], int]:
    """The blocks of the plan itself, without the letter that sends it round, and where they begin.

    The letter has its own 一、二、三; the plan begins where 一、 stands again and bodies are named only below.
    """
    firsts = [index for index, block in enumerate(blocks) if block.rank == 2 and block.mark == "一"]
    for index in reversed(firsts[1:]):
        before = folded[: blocks[index].start]
        after = folded[blocks[index].start :]
        if re.search(r"[单位部门]\s*[::]", after) and not find_brackets(before, text[: len(before)]):
            return blocks[index:], _begin(folded, blocks[index])
    first = blocks[1].start if len(blocks) > 1 else len(folded)
    return blocks, _begin(folded, blocks[1]) if len(blocks) > 1 else first


def _clauses(blocks: tuple[_Block, ...], folded: str, text: str) -> Iterator[PlanClause]:
    above: dict[int, _Block] = {}
    taken: set[str] = set()
    headings: dict[int, str] = {}
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        above = {rank: other for rank, other in above.items() if rank < block.rank} | {block.rank: block}
        headings = {rank: words for rank, words in headings.items() if rank < block.rank}
        parent = following is not None and following.rank > block.rank > 0
        start, end = block.start, block.end
        if not block.rank:
            start, end = _foreword(folded, start, end)
            if start == end:
                continue
            yield _clause(_FOREWORD, "", folded, text, start, end)
            continue
        first = _heading_end(folded, start, end) if parent else _own_heading_end(folded, start, end)
        if first > start and not _says_something(folded[start:first]):
            headings[block.rank] = " ".join(text[start:first].split())
            start = first
        if parent and not _says_something(folded[start:end]):
            continue
        number = _number(block, above, text, taken)
        taken.add(number)
        over = [headings[rank] for rank in sorted(headings) if rank < block.rank]
        yield _clause(number, over[-1] if over else "", folded, text, start, end)


def _number(block: _Block, above: dict[int, _Block], text: str, taken: set[str]) -> str:
    """The clause's number as the plan writes it: 16, 一(一), 第三條; with what is above it where it is not unique."""
    marks = {rank: text[other.mark_start :][: len(other.mark)] for rank, other in above.items()}
    if block.rank == 4 and marks[4] not in taken:
        return marks[4]
    chain = [
        f"({mark})" if rank in (3, 5) and not mark.endswith(_OWN_MARK) else mark
        for rank, mark in sorted(marks.items())
        if rank > 1 or len(marks) == 1
    ]
    number = "".join(chain)
    while number in taken:
        number += "'"
    return number


def _foreword(folded: str, start: int, end: int) -> tuple[int, int]:
    """Where sentences with numbers stand before the first number of a clause; an empty stretch where none do."""
    said = [
        line.span()
        for line in re.finditer(r"[^\n]+", folded[start:end])
        if _SENTENCE.search(line[0]) and re.search(r"\d", _NO_NUMBER.sub("", line[0]))
    ]
    return (start + said[0][0], start + said[-1][1]) if said else (start, start)


def _own_heading_end(folded: str, start: int, end: int) -> int:
    """Where the heading of a clause ends that stands in a line of its own; the start where it has none."""
    line = folded.find("\n", start, end)
    if line < 0 or not folded[line:end].strip() or line - start > _LONGEST_OWN_HEADING:
        return start
    return start if re.search(r"[,。;:、]", folded[start:line]) else line + 1


def _heading_end(folded: str, start: int, end: int) -> int:
    """Where the heading of a part ends: its line, or its first sentence where more follows in the line."""
    line = folded.find("\n", start, end)
    line = end if line < 0 else line
    stop = folded.find("。", start, line)
    return stop + 1 if 0 <= stop < line - 1 and stop - start <= _LONGEST_HEADING else line


def _says_something(folded: str) -> bool:
    """Whether text under a part's heading promises anything: titles of groups and dates do not."""
    return bool(re.search(r"\d[^年月日\d]", _YEAR.sub("", folded)) or find_brackets(folded, folded))


def _clause(number: str, heading: str, folded: str, text: str, start: int, end: int) -> PlanClause:
    brackets = find_brackets(folded[start:end], text[start:end])
    if brackets:
        # What follows the last bracket in lines of its own is the heading of the next group.
        line = folded.find("\n", start + brackets[-1].end, end)
        if line >= 0 and not _says_something(folded[line:end]):
            end = line
    else:
        end = _without_headings(folded, start, end)
    while end > start and folded[end - 1].isspace():
        end -= 1
    lead = tuple(dict.fromkeys(name for bracket in brackets for name in bracket.lead))
    responsible = tuple(dict.fromkeys(name for bracket in brackets for name in bracket.responsible))
    return PlanClause(
        number, heading, text[start:end], start, lead, tuple(name for name in responsible if name not in lead)
    )


def _without_headings(folded: str, start: int, end: int) -> int:
    """Leave out short lines without a full stop at the end of a clause: they head what follows."""
    while (line := folded.rfind("\n", start, end)) >= 0:
        last = folded[line:end].strip()
        if last and (len(last) > 25 or last[-1] in _SENTENCE_END or re.search(r"\d", last)):
            break
        end = line
    return end


def _of_rows(rows: tuple[Row, ...], text: str) -> Iterator[PlanClause]:
    taken: set[str] = set()
    for row in rows:
        number = row.number
        while number in taken:
            number += "'"
        taken.add(number)
        yield PlanClause(number, "", text[row.start : row.end], row.start, row.lead, row.responsible)


def _paragraphs(folded: str, text: str) -> Iterator[PlanClause]:
    """A text without any numbers of clauses: one clause for each line, counted from 1."""
    lines = [line for line in re.finditer(r"[^\n]+", folded) if line[0].strip()]
    for index, line in enumerate(lines, 1):
        yield _clause(str(index), "", folded, text, line.start(), line.end())


def _title(folded: str, text: str) -> str | None:
    """The lines just before the first clause that read like the title of a plan."""
    parts: list[str] = []
    for line in reversed(list(re.finditer(r"[^\n]+", folded))):
        words = line[0].strip()
        if not words or (not parts and re.fullmatch(r"\(.*\)", words)):
            continue
        if len(words) > 60 or (words[-1] in _SENTENCE_END + ",)" and not _TITLE_END.search(words)):
            break
        if re.fullmatch(r"[\d年月日\s]+|.{0,20}(?:办公室|人民政府|委员会)", words) or len(parts) == 3:
            break
        if not parts and not _TITLE_END.search(words):
            break
        parts.insert(0, "".join(text[line.start() : line.end()].split()))
    if not parts and (letter := re.search(r"关于印发《?(?P<name>[^\n]{4,60}?)》?的通知", folded)):
        parts = ["".join(text[slice(*letter.span("name"))].split())]
    return "".join(parts) or None


def _year(title: str | None, opening: str, blocks: tuple[_Block, ...], folded: str) -> int | None:
    """The year the plan is for: the title's, else the first heading's that names one, else the letter's."""
    headings = [folded[block.start : block.start + 40].split("\n")[0] for block in blocks if block.rank in (1, 2, 3)]
    for words in (fold_text(title or ""), *headings, opening):
        if match := _YEAR.search(words):
            return int(match[1].translate(_YEAR_SIGNS))
    return None
