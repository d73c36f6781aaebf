"""A blank form as an .xlsx workbook: a sheet to fill in, a page that explains it, and hidden sheets that judge.

Nothing in it depends on the clock: the same form has the same bytes.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from math import gcd
from typing import Any

import xlsxwriter

from engine.model.form import COLUMNS, LISTS, READ, RESULTS, SCORES, STAMP_SHEET, Blank, BlankForm
from engine.model.period import Period
from engine.model.quantity import Unit
from engine.report.formguide import guide_lines
from engine.report.formlayout import Row, count_lines, lay_out
from engine.report.formwords import NUMBER_RULE, FormWords, baseline_text
from engine.report.judging import CODES, PROGRESS, Judging, Place
from engine.report.words import Words

#: Rows above the header: title, whose form for when, what to do, how the sheet's verdict counts.
_HEADER = 4
_WIDTHS = {
    "clause": 7, "quote": 28, "indicator": 18, "member": 10, "part": 12, "value": 13, "unit": 9, "baseline": 10,
    "due": 14, "last": 18, "verdict": 11, "progress": 9, "gap": 15, "evidence": 14, "note": 14,
    "revises": 10, "revises_from": 12, "revises_to": 12, "revises_reason": 18, "code": 24, "organization": 14,
}  # fmt: skip
_PRINTED = "note"

#: Texts beside a figure that may be filled in; what revises an earlier period is seldom, and not printed.
_REMARKS = ("evidence", "note", "revises", "revises_from", "revises_to", "revises_reason")
_FONT = {"font_name": "仿宋", "font_family": 3, "font_charset": 134, "font_size": 11, "valign": "vcenter"}
_COLOURS = {"pass": "#C6E7CE", "at-risk": "#FFE699", "fail": "#F8CBAD"}


def form_workbook(form: BlankForm, words: Words) -> bytes:
    """The bytes of the workbook of one body's form."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        _FormBook(book, form, FormWords(words)).write()
    return buffer.getvalue()


class _FormBook:
    def __init__(self, book: Any, form: BlankForm, words: FormWords) -> None:
        self.book, self.form, self.words = book, form, words
        self.sheet = book.add_worksheet(words.sheet)
        self.guide = book.add_worksheet(words.guide)
        self.hidden = {name: book.add_worksheet(name) for name in (READ, SCORES, RESULTS, LISTS, STAMP_SHEET)}
        self.lists = 0
        self.known_lists: dict[tuple[str, ...], tuple[str, str, str]] = {}
        self.column = {key: place for place, key in enumerate(COLUMNS)}
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(self) -> None:
        form, words = self.form, self.words
        end = _period_end(form.stamp.period)
        self.book.set_properties({"title": words.title(form), "created": end})
        for name, value in (
            ("biaochi.period", form.stamp.period),
            ("biaochi.book", form.stamp.digest),
            ("biaochi.organization", form.stamp.organization),
        ):
            self.book.set_custom_property(name, value, "text")
        self._words_list()
        self._head()
        self._table()
        self._guide()
        self._stamp()
        for name, sheet in self.hidden.items():
            sheet.protect()
            if name == STAMP_SHEET:
                sheet.very_hidden()
            else:
                sheet.hide()
        self.sheet.activate()

    # --- the sheet that is filled in ---------------------------------------------------------------------------

    def _head(self) -> None:
        sheet, words = self.sheet, self.words
        last = self.column[_PRINTED]
        title = self._format(font_name="黑體", font_size=16, bold=True, align="center")
        sheet.merge_range(0, 0, 0, last, words.title(self.form), title)
        sheet.set_row(0, 30)
        bold = self._format(bold=True)
        sheet.merge_range(1, 0, 1, last, words.whose(self.form), bold)
        sheet.merge_range(2, 0, 2, last, words["what-to-do"], self._format(text_wrap=True))
        sheet.set_row(2, 32)
        sheet.merge_range(3, 0, 3, last, words["aid"], self._format(text_wrap=True, font_color="#7F3F00"))
        sheet.set_row(3, 32)
        head = self._format(bold=True, border=1, align="center", text_wrap=True, bg_color="#D9E2F3")
        for key, place in self.column.items():
            sheet.set_column(place, place, _WIDTHS[key])
            sheet.write_string(_HEADER, place, words.heading(key), head)
        sheet.set_row(_HEADER, 32)
        sheet.write_comment(_HEADER, self.column["verdict"], words["aid"], {"x_scale": 2, "y_scale": 1.5, "author": ""})
        sheet.freeze_panes(_HEADER + 1, self.column["member"])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.repeat_rows(_HEADER)
        sheet.set_footer(f"&C{words['page']}")
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _table(self) -> None:
        rows = lay_out(self.form)
        places = {
            row.blank.key: self._place(row.blank, number)
            for number, row in enumerate(rows, start=_HEADER + 1)
            if row.blank and row.asks
        }
        judging = Judging(places)
        for number, row in enumerate(rows, start=_HEADER + 1):
            self._describe(number, row)
            if row.blank and row.asks:
                self._ask(number, row.blank, places[row.blank.key])
            elif row.blank:
                asked = next(
                    n
                    for n, other in enumerate(rows, _HEADER + 1)
                    if other.asks and other.blank and other.blank.key == row.blank.key
                )
                self._locked(number, "note", self.words.as_above(asked + 1))
        for item in self.form.items:
            first = [number for number, row in enumerate(rows, _HEADER + 1) if row.item is item and row.shows]
            for number, result in zip(first, judging.item(item), strict=True):
                self._verdict(number, result)
        self._fill(self.hidden[READ], judging.sheets.read)
        self._fill(self.hidden[SCORES], judging.sheets.scores)
        self._fill(self.hidden[RESULTS], judging.sheets.results)
        end = _HEADER + len(rows)
        self.sheet.print_area(0, 0, end, self.column[_PRINTED])
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:{_letter(self.column['note'])}{end + 1}"})
        self._colour(end)

    def _describe(self, number: int, row: Row) -> None:
        """The cells of a row that say what is asked for; the first row of an item says it in full."""
        obligation = row.item.limited.obligation
        words = self.words
        first = row.first
        self._locked(number, "clause", obligation.rule.clause if first else "", align="center")
        self._locked(number, "quote", row.item.quote if first else "")
        self._locked(number, "indicator", obligation.indicator.name if row.blank else words["all-members"])
        self._locked(number, "member", row.blank.member if row.blank else "")
        part = row.blank.part if row.blank else ""
        # The cell holds the word that is read back; the number format shows the one that a department reads.
        shown = words.part(part, obligation.indicator.parts)
        self._locked(number, "part", part, num_format=";;;" + _literal(shown) if shown else "General")
        due = (
            words.due(row.item, row.blank.baseline if row.blank else None)
            if row.shows and (row.blank or row.first)
            else ""
        )
        self._locked(number, "due", due)
        self._locked(number, "last", words.last(row.blank.last) if row.blank else "")
        code = obligation.indicator.id if row.blank and row.asks else ""
        self._locked(number, "code", code, font_color="#7F7F7F")
        self._locked(number, "organization", self.form.stamp.organization if code else "", font_color="#7F7F7F")
        for key in ("value", "unit", "baseline", "verdict", "progress", "gap", *_REMARKS):
            self._locked(number, key, "")
        lines = max(count_lines(row.item.quote, _WIDTHS["quote"]) if first else 1,
                    count_lines(obligation.indicator.name, _WIDTHS["indicator"]),
                    count_lines(words.last(row.blank.last) if row.blank else "", _WIDTHS["last"]),
                    count_lines(due, _WIDTHS["due"]))  # fmt: skip
        self.sheet.set_row(number, max(20, 15 * lines + 4))

    def _ask(self, number: int, blank: Blank, place: Place) -> None:
        sheet, words = self.sheet, self.words
        value, unit, baseline = (self.column[key] for key in ("value", "unit", "baseline"))
        typed = self._input(num_format="@", align="right", shrink=True)
        sheet.write_blank(number, value, None, typed)
        message = {"input_title": words["value-title"], "input_message": words["value-message"]}
        wrong = {"error_title": words["wrong"], "error_type": "stop"}
        if blank.stages:
            sheet.write_blank(number, value, None, self._input(num_format="@"))
            stages = {"validate": "list", "source": f"={place.symbols}", "error_message": words["wrong-stage"]}
            sheet.data_validation(number, value, number, value, {**stages, **wrong})
        else:
            rule = {"validate": "custom", "error_message": words["wrong-number"], **wrong, **message}
            at = f"{_letter(value)}{number + 1}"
            sheet.data_validation(number, value, number, value, {**rule, "value": NUMBER_RULE.replace("#", at)})
        if blank.unit:
            sheet.write_string(number, unit, blank.unit.symbol, self._input(align="center"))
            listed = {"validate": "list", "source": f"={place.symbols}", "error_message": words["wrong-unit"]}
            sheet.data_validation(number, unit, number, unit, {**listed, **wrong})
        if blank.asks_baseline:
            known = baseline_text(blank)
            sheet.write_string(number, baseline, known, typed)
            at = f"{_letter(baseline)}{number + 1}"
            rule = {"validate": "custom", "error_message": words["wrong-number"], **wrong}
            sheet.data_validation(number, baseline, number, baseline, {**rule, "value": NUMBER_RULE.replace("#", at)})
        for key in _REMARKS:
            sheet.write_blank(number, self.column[key], None, self._input(num_format="@", text_wrap=True))

    def _verdict(self, number: int, result: int) -> None:
        sheet = self.sheet
        codes = f"{LISTS}!$A$1:$A${len(CODES) + len(PROGRESS)}"
        words = f"{LISTS}!$B$1:$B${len(CODES) + len(PROGRESS)}"
        style = self._format(border=1, align="center", text_wrap=True)
        for key, cell, shown in (("verdict", "A", self.words.verdict("missing")), ("progress", "B", "")):
            source = f"{RESULTS}!{cell}{result}"
            formula = f'=IF({source}="","",INDEX({words},MATCH({source},{codes},0)))'
            sheet.write_formula(number, self.column[key], formula, style, shown)
        gap, unit = f"{RESULTS}!C{result}", f"{RESULTS}!D{result}"
        points = self.words["points"]
        # More digits where it would read 0 without being 0.
        finer = f"IF(ROUND({gap},6)<>0,ROUND({gap},6),ROUND({gap},9))"
        rounded = f'IF(AND({unit}="percentage point",ROUND({gap},2)<>0),ROUND({gap},2),{finer})'
        shown = f'IF({unit}="percentage point","{points}",IF({unit}="stage","{self.words["stages"]}",{unit}))'
        formula = f'=IF(ISTEXT({gap}),"",IF({gap}>0,"+","")&{rounded}&" "&{shown})'
        # One line whatever its length: the width of the column decides the size of the print.
        narrow = self._format(border=1, align="center", shrink=True)
        sheet.write_formula(number, self.column["gap"], formula, narrow, "")

    def _colour(self, end: int) -> None:
        place = self.column["verdict"]
        for code, colour in _COLOURS.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{self.words.verdict(code)}"'}
            self.sheet.conditional_format(
                _HEADER + 1, place, end, place, {**rule, "format": self.book.add_format({"bg_color": colour})}
            )

    # --- lists, guide, stamp -----------------------------------------------------------------------------------

    def _words_list(self) -> None:
        for row, code in enumerate((*CODES, *PROGRESS)):
            self.hidden[LISTS].write_string(row, 0, code)
            self.hidden[LISTS].write_string(row, 1, self.words.verdict(code))
        self.lists = len(CODES) + len(PROGRESS)

    def _list(self, symbols: Sequence[str], units: Sequence[Unit], grain: int) -> tuple[str, str, str]:
        """References to symbols, sizes and offsets on the sheet of lists, each list once."""
        key = tuple(symbols)
        if key not in self.known_lists:
            sheet = self.hidden[LISTS]
            first = self.lists + 2
            for row, symbol in enumerate(symbols, start=first - 1):
                sheet.write_string(row, 0, symbol)
            for row, unit in enumerate(units, start=first - 1):
                sheet.write_number(row, 1, unit.factor // grain)
                sheet.write_number(row, 2, unit.offset)
            self.lists = first - 1 + len(symbols)
            last = self.lists
            self.known_lists[key] = (
                f"{LISTS}!$A${first}:$A${last}", f"{LISTS}!$B${first}:$B${last}", f"{LISTS}!$C${first}:$C${last}",
            )  # fmt: skip
        return self.known_lists[key]

    def _place(self, blank: Blank, number: int) -> Place:
        grain = gcd(*(unit.factor for unit in blank.units)) or 1
        symbols = blank.stages or tuple(unit.symbol for unit in blank.units)
        value, unit, baseline = (
            f"'{self.words.sheet}'!${_letter(self.column[key])}${number + 1}" for key in ("value", "unit", "baseline")
        )
        return Place(blank, value, unit, baseline, *self._list(symbols, blank.units, grain), grain)

    def _guide(self) -> None:
        sheet = self.guide
        sheet.set_column(0, 0, 72)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for row, (style, line) in enumerate(guide_lines(self.form, self.words)):
            shown = self._format(bold=style == "head", font_size=14 if style == "head" else 12, text_wrap=True)
            sheet.write_string(row, 0, line, shown)
            sheet.set_row(row, (22 if style == "head" else 17) * count_lines(line, 62) + 3)
        sheet.protect()

    def _stamp(self) -> None:
        sheet, stamp = self.hidden[STAMP_SHEET], self.form.stamp
        sheet.write_string(0, 0, stamp.text)

    # --- cells ---------------------------------------------------------------------------------------------------

    def _fill(self, sheet: Any, rows: Sequence[Sequence[str]]) -> None:
        for number, cells in enumerate(rows):
            for place, formula in enumerate(cells):
                if formula:
                    sheet.write_formula(number, place, f"={formula}", None, "")

    def _locked(self, number: int, key: str, text: str, **style: Any) -> None:
        shown = self._format(border=1, text_wrap=True, bg_color="#F2F2F2", **style)
        if text:
            self.sheet.write_string(number, self.column[key], text, shown)
        else:
            self.sheet.write_blank(number, self.column[key], None, shown)

    def _input(self, **style: Any) -> Any:
        return self._format(border=1, locked=False, bg_color="#FFF9DB", **style)

    def _format(self, **style: Any) -> Any:
        key = tuple(sorted(style.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({**_FONT, **style})
        return self.formats[key]


def _literal(text: str) -> str:
    """A text as a number format shows it in place of what the cell holds."""
    return '"' + text.replace('"', "") + '"'


def _letter(column: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]


def _period_end(label: str) -> datetime:
    period = Period.parse(label)
    assert period is not None, "a stamp holds a period that was parsed"
    return datetime(period.end.year, period.end.month, period.end.day)
