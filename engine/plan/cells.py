"""Tables of a plan's file → lines that read like the plans that have none: `1.任務(牽頭單位:甲;責任單位:乙)`.

Plans are often printed as a table with a column for the tasks and columns for those who answer. Without this their
cells would stand below each other, and nobody could tell whose task is whose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from engine.model.noun import dataclass
from engine.plan.bodies import ROLES
from engine.plan.fold import fold_text

Row = Sequence[str]

_NUMBER = re.compile(r"序号|编号|条目|项次")
_INDICATOR = re.compile(r"指标(?:名称)?$")
_UNIT = re.compile(r"(?:计量|计算)?单位$")
_GOAL = re.compile(r"目标(?:值|数)?$|预期目标|计划数|任务数")
_TASK = re.compile(r"任务|目标|内容|事项|工作|项目|指标|措施|要求|举措")
_ROLE = re.compile(rf"(?:{'|'.join(sorted(ROLES, key=len, reverse=True))})")
_GOAL_VALUE = re.compile(r"(?P<before>\D*)(?P<number>\d[\d.,]*(?:\s*[-—–~～]\s*\d[\d.,]*)?)(?P<after>\D*)")
_PLAIN_NUMBER = re.compile(r"\d{1,3}")


@dataclass(slots=True)
class _Columns:
    """What the columns of a table are for, by their heads."""

    number: int | None = None
    unit: int | None = None
    goal: int | None = None
    tasks: list[int] = field(default_factory=list)
    roles: dict[int, str] = field(default_factory=dict)


def table_lines(rows: Sequence[Row]) -> Iterator[str]:
    """A line for every row of a table of tasks; the cells one below the other where the table is none.

    Shape: `rows` are texts of cells; a merged cell is repeated in every row and column that it spans.

    >>> list(table_lines([["序號", "工作任務", "責任單位"], ["1", "新增企業30家", "市經信局"]]))
    ['1.新增企業30家。(責任單位:市經信局)']
    """
    head = next((index for index, row in enumerate(rows[:4]) if _is_head(row)), None)
    if head is None:
        for row in rows:
            yield from (cell for index, cell in enumerate(row) if cell and (not index or cell != row[index - 1]))
        return
    for row in rows[:head]:
        yield from dict.fromkeys(cell for cell in row if cell)
    columns = _columns(rows[head])
    count = 0
    for row in rows[head + 1 :]:
        if _is_head(row):
            continue
        if len(set(row)) == 1:
            yield row[0]  # A cell across the whole table heads the rows below it.
            continue
        count += 1
        line = _line(row, columns, rows[head], count)
        if line:
            yield line


def _is_head(row: Row) -> bool:
    """Whether a row names columns: one for tasks or indicators, and one for those who answer or a goal."""
    found = _columns(row)
    return bool(found.tasks) and bool(found.roles or (found.goal is not None and found.unit is not None))


def _columns(row: Row) -> _Columns:
    columns = _Columns()
    for index, cell in enumerate(row):
        name = "".join(fold_text(cell).split())
        if not name or len(name) > 14 or (index and cell == row[index - 1]):
            continue
        if _ROLE.fullmatch(name) or _ROLE.fullmatch(re.sub(r"\([^)]*\)$", "", name)):
            columns.roles[index] = "".join(cell.split())
        elif _NUMBER.search(name):
            columns.number = index
        elif _UNIT.fullmatch(name):
            columns.unit = index
        elif _GOAL.search(name) and columns.tasks:
            columns.goal = index
        elif _TASK.search(name):
            columns.tasks.append(index)
    if columns.goal is not None and columns.unit is None:
        columns.tasks.append(columns.goal)
        columns.goal = None
    return columns


def _line(row: Row, columns: _Columns, head: Row, count: int) -> str:
    cells = {index: row[index] if index < len(row) else "" for index in range(len(head))}
    said = list(dict.fromkeys(cells[index] for index in columns.tasks if cells[index]))
    if columns.goal is not None and cells[columns.goal]:
        unit = cells[columns.unit] if columns.unit is not None else ""
        said[-1:] = [(said[-1] if said else "") + _goal(cells[columns.goal], unit)]
    if not said:
        return ""
    number = cells[columns.number].strip() if columns.number is not None else ""
    text = "，".join(part.rstrip("，。；;,") for part in said) + "。"
    roles = ";".join(f"{name}:{cells[index]}" for index, name in columns.roles.items() if cells[index])
    mark = number if _PLAIN_NUMBER.fullmatch(number) else str(count)
    return f"{mark}.{text}" + (f"({roles})" if roles else "")


def _goal(goal: str, unit: str) -> str:
    """The goal with its unit of measure behind the number, as a sentence would have it."""
    match = _GOAL_VALUE.fullmatch(goal.strip())
    if not match or not unit.strip() or match["after"].strip().startswith(unit.strip()):
        return goal
    return f"{match['before']}{match['number']}{unit.strip()}{match['after'].strip()}"
