"""The annex tables of a circular as a workbook: numbers are numbers, and text is text whatever it begins with."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from engine.model.circular import Circular
from engine.model.source import Source
from engine.quantities import format_decimal
from engine.report.circularderivations import HEADS, derivation_rows
from engine.report.circularwords import finding_entries
from engine.report.documents import gap_number, target_value
from engine.report.plaintext import visible
from engine.report.ranking import change_of, group_rules, score_text, target_cell
from engine.report.words import Words
from engine.report.wordtemplate import Entry, Grid

#: A decimal that a spreadsheet, which keeps 15 digits, shows as it was; all others stay text.
_NUMBER = re.compile(r"-?(?=(?:\D*\d){1,15}\D*$)\d+(?:\.\d+)?")

#: The width of a column follows its longest text, in characters of half width.
_NARROW, _WIDE = 6, 60

#: A name of a sheet holds 31 characters, and none of these.
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f']")

Cell = str | None


def circular_workbook(circular: Circular, values: Entry, title: str, words: Words) -> bytes:
    """The bytes of the workbook: verdicts, places, what each body did on each target, findings, notices, policy."""
    said = words.in_script
    buffer = io.BytesIO()
    # Nothing is taken for a formula, a link or a number: every cell is written as what it is.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        day = circular.day or circular.period.end
        book.set_properties(
            {"title": title[:255], "author": circular.office[:255], "created": datetime(day.year, day.month, day.day)}
        )
        sheets = _Sheets(book)
        sheets.add(said("判定"), *_verdicts(circular, words))
        for group in circular.ranks.groups if circular.ranks else ():
            name = said(group.name)
            heads = ("名次", "升降", "單位", "得分", "最好名次", "最差名次", "難分先後")
            rows = [
                (
                    _text(place.place),
                    _text(change_of(place)),
                    place.organization,
                    score_text(place.score),
                    _text(place.best),
                    _text(place.worst),
                    "、".join(place.not_separable),
                )
                for place in group.standings
            ]
            sheets.add(said("名次 ") + name, [said(head) for head in heads], rows)
            bodies = [place.organization for place in group.standings]
            by_rule = [
                (
                    rule.clause,
                    indicator,
                    *(
                        target_cell(
                            next((each for each in place.targets if each.verdict.obligation.rule.id == rule.id), None),
                            words,
                        )
                        for place in group.standings
                    ),
                )
                for rule, indicator in group_rules(group)
            ]
            sheets.add(said("分項 ") + name, [said("條款"), said("指標"), *bodies], by_rule)
        sheets.add(
            said("發現"), [said(head) for head in ("級別", "內容", "位置")],
            [tuple(row.values()) for row in finding_entries(circular, words)],
        )  # fmt: skip
        rows_of_steps = list(derivation_rows(circular, words if words.chinese else Words("zh-Hant")))
        sheets.add(said("推導"), [said(head) for head in HEADS], rows_of_steps)
        for name, head in (("缺報", "缺報"), ("遲報", "遲報"), ("未辦結", "督辦"), ("口徑", "口徑"), ("計算", "計算")):
            entries = values[name]
            assert not isinstance(entries, str | Grid), "these are lists"
            if entries:
                listed = [tuple(str(value) for value in entry.values()) for entry in entries]
                sheets.add(said(head), [said(key) for key in entries[0]], listed)
    return buffer.getvalue()


def _verdicts(circular: Circular, words: Words) -> tuple[list[str], list[tuple[Cell, ...]]]:
    heads = (
        "條款", "指標", "單位", "角色", "目標", "應達", "實際", "計量單位", "報送原文",
        "差距", "差距單位", "尚需", "判定", "原因", "進度", "出處",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for verdict in circular.result.verdicts:
        obligation = verdict.obligation
        rows.append(
            (
                obligation.rule.clause,
                words.in_script(obligation.indicator.name),
                obligation.organization,
                words[obligation.role.value],
                target_value(obligation),
                None if verdict.due is None else format_decimal(verdict.due),
                None if verdict.actual is None else format_decimal(verdict.actual),
                verdict.unit,
                verdict.submitted,
                gap_number(verdict.gap, verdict.gap_unit),
                verdict.gap_unit,
                None if verdict.remaining is None else format_decimal(verdict.remaining),
                words[verdict.outcome.value],
                words[verdict.reason.value] if verdict.reason else None,
                words[verdict.progress] if verdict.progress else None,
                _place(verdict.figure.source) if verdict.figure else None,
            )
        )
    return [words.in_script(head) for head in heads], rows


def _place(source: Source) -> str:
    return ":".join(str(part) for part in (source.file, source.cell or source.line or "") if part)


def _text(number: int | None) -> Cell:
    return None if number is None else str(number)


class _Sheets:
    """The sheets of a workbook in the making, each with a head that stays in sight."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._names: set[str] = set()
        self._head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DDDDDD", "border": 1})
        self._cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        self._number = book.add_format({"valign": "top", "border": 1})

    def add(self, name: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        sheet = self._book.add_worksheet(self._name(name))
        for column, head in enumerate(heads):
            longest = max((len(visible(row[column] or "")) for row in rows), default=0)
            sheet.set_column(column, column, min(_WIDE, max(_NARROW, 2 * len(head) + 2, int(1.7 * longest) + 2)))
            sheet.write_string(0, column, visible(head), self._head)
        for place, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                self._write(sheet, place, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _write(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        if cell is None:
            sheet.write_blank(row, column, None, self._cell)
        elif _NUMBER.fullmatch(cell) and column > 0:
            # The first column holds numbers of clauses, which are names.
            sheet.write_number(row, column, float(cell), self._number)
        else:
            sheet.write_string(row, column, visible(cell), self._cell)

    def _name(self, wanted: str) -> str:
        name = _NOT_IN_NAMES.sub(" ", visible(wanted))[:31].strip() or "-"
        count = 1
        while name.lower() in self._names:
            count += 1
            name = f"{name[: 30 - len(str(count))]} {count}"
        self._names.add(name.lower())
        return name
