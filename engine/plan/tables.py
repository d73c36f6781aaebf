"""A plan that is one table → its rows: 序號、任務、牽頭單位、責任單位, a cell a line or a row a line."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from engine.model.noun import dataclass
from engine.plan.bodies import ROLES, split_bodies

_SERIAL = re.compile(r"序号|编号")
_TASK = re.compile(
    r"(?:具体|主要|重点|年度|工作|建设|目标|任务|项目|实施|推进|细化|责任|事项|指标|内容|措施|要求|名称|分解|计划|工程|类别|"
    r"领域|分类|板块){1,4}"
)
_OTHER = re.compile(r".{0,4}(?:时限|时间|节点|备注|进度|进展情况|联系人|联系电话|领导|责任人)")
_LONGEST_LABEL = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number as printed, where the words of its task stand, and the bodies it names."""

    number: str
    start: int
    end: int
    lead: tuple[str, ...]
    responsible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int


def find_rows(folded: str, text: str) -> tuple[int, tuple[Row, ...]]:
    """Where the first table begins, and the rows of all that look like it; no rows where there is no table.

    A table counts only with a column for its numbers, one for the task and one for bodies.
    """
    lines = [tuple(_cells(folded, match.start(), match.end())) for match in re.finditer(r"[^\n]+", folded)]
    lines = [line for line in lines if line]
    for at in range(len(lines)):
        if len(lines[at]) > 2 and (labels := _labels(folded, lines[at])):
            rows = tuple(_rows_by_line(folded, text, lines[at + 1 :], labels))
            return (lines[at][0].start, rows) if rows else (0, ())
        if _SERIAL.fullmatch(_words(folded, lines[at][0])) and len(lines[at]) == 1:
            cells = [line[0] for line in lines[at:] if len(line) == 1]
            width = next((n for n in range(8, 2, -1) if _labels(folded, cells[:n])), 0)
            rows = tuple(_rows_by_cell(folded, text, cells, width)) if width else ()
            return (cells[0].start, rows) if rows else (0, ())
    return 0, ()


def _cells(folded: str, start: int, end: int) -> Iterator[_Cell]:
    """The cells of a line; an empty cell between two separators counts too."""
    line = folded[start:end]
    if not line.strip():
        return
    cuts = [-1, *(match.start() for match in re.finditer(r"[|│\t]", line)), len(line)]
    if len(cuts) == 2:
        yield _trim(folded, start, end)
        return
    for left, right in pairwise(cuts):
        if left == -1 and not line[:right].strip():
            continue
        if right == len(line) and not line[left + 1 :].strip():
            continue
        yield _trim(folded, start + left + 1, start + right)


def _trim(folded: str, start: int, end: int) -> _Cell:
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return _Cell(start, end)


def _words(folded: str, cell: _Cell) -> str:
    return "".join(folded[cell.start : cell.end].split())


def _labels(folded: str, cells: Sequence[_Cell]) -> tuple[str, ...]:
    """What each column holds (number, task, lead, responsible, other), or nothing where these are no labels."""
    found = tuple(_label(_words(folded, cell)) for cell in cells)
    if "" in found or found[:1] != ("number",):
        return ()
    return found if "task" in found and {"lead", "responsible"} & set(found) else ()


def _label(words: str) -> str:
    if len(words) > _LONGEST_LABEL:
        return ""
    if _SERIAL.fullmatch(words):
        return "number"
    role = ROLES.get(words)
    if role:
        return role if role in ("lead", "responsible") else "other"
    if _OTHER.fullmatch(words):
        return "other"
    return "task" if _TASK.fullmatch(words) else ""


def _rows_by_line(folded: str, text: str, lines: Sequence[tuple[_Cell, ...]], labels: tuple[str, ...]) -> Iterator[Row]:
    for line in lines:
        if len(line) == len(labels) and _words(folded, line[0]).isdigit():
            yield _row(folded, text, line, labels)


def _rows_by_cell(folded: str, text: str, cells: Sequence[_Cell], width: int) -> Iterator[Row]:
    """Each row begins with the next number; a row with more or fewer cells than columns keeps its words alone."""
    labels = _labels(folded, cells[:width])
    starts: list[int] = []
    for at in range(width, len(cells)):
        if _words(folded, cells[at]) == str(len(starts) + 1):
            starts.append(at)
    for first, stop in zip(starts, [*starts[1:], len(cells)], strict=True):
        row = cells[first:stop]
        if len(row) > width and stop == len(cells):
            row = row[:width]
        if len(row) == width:
            yield _row(folded, text, row, labels)
        elif len(row) > 1:
            yield Row(_words(folded, row[0]), row[1].start, row[-1].end, (), ())


def _row(folded: str, text: str, row: Sequence[_Cell], labels: tuple[str, ...]) -> Row:
    """The words of the task are those from its first column to its last before the bodies."""
    tasks = [at for at, label in enumerate(labels) if label == "task"]
    bodies = [at for at, label in enumerate(labels) if label in ("lead", "responsible") and at > tasks[0]]
    last = max((at for at in tasks if not bodies or at < bodies[0]), default=tasks[0])
    names: dict[str, tuple[str, ...]] = {"lead": (), "responsible": ()}
    for cell, label in zip(row, labels, strict=True):
        if label in names:
            names[label] += split_bodies(folded[cell.start : cell.end], text[cell.start : cell.end])
    number = "".join(text[row[0].start : row[0].end].split())
    others = tuple(name for name in names["responsible"] if name not in names["lead"])
    return Row(number, row[tasks[0]].start, row[last].end, names["lead"], others)
