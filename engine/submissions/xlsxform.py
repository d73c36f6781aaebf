"""A workbook that came in → entries. Every figure keeps its sheet and cell."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Cell, Entry
from engine.model.form import COLUMNS as FORM_COLUMNS
from engine.model.form import STAMP_SHEET, Stamp
from engine.model.source import Source
from engine.names import NameIndex
from engine.submissions.archive import WorkbookError
from engine.submissions.tableform import COLUMNS, REQUIRED, Place, TableRow, name_column, read_header, read_rows
from engine.submissions.workbook import Sheet, SheetCell, Workbook, column_letters, read_workbook

#: A header stands among the first rows that hold anything.
_HEADER_ROWS = 50

#: What is said once for several rows when its cell spans them; a figure is not.
_SPANNING = frozenset(COLUMNS) - {"value", "baseline"}

Grid = dict[int, dict[int, SheetCell]]


def read_xlsx_submission(content: bytes, file: str, found: list[Diagnostic]) -> tuple[list[Entry], Stamp | None]:
    """The entries of all sheets of a workbook, hidden ones too, and the stamp where it is a form.

    Errors: workbook-broken, workbook-protected, workbook-too-large, submission-empty, formula-without-value,
    number-format-doubtful, figure-spans-rows and those of tables. Notes: links-not-followed, macros-not-run,
    hidden-cells, sheet-not-read, number-as-shown, cells-without-column, formula-calls-out.
    """
    try:
        workbook = read_workbook(content)
    except WorkbookError as error:
        found.append(Diagnostic(error.code, Source(file), {"problem": error.problem}))
        return [], None
    if workbook.links:
        found.append(Diagnostic("links-not-followed", Source(file), {}))
    if workbook.macros:
        found.append(Diagnostic("macros-not-run", Source(file), {}))
    for sheet in workbook.sheets:
        if sheet.calls:
            row, column, formula = sheet.calls[0]
            params = {"found": f"={formula[:60]}", "count": str(len(sheet.calls))}
            found.append(Diagnostic("formula-calls-out", _place(file, sheet.name)(row, column - 1, ""), params))
    return _read_sheets(workbook, file, found), workbook.stamp


def _read_sheets(workbook: Workbook, file: str, found: list[Diagnostic]) -> list[Entry]:
    filled = [sheet for sheet in workbook.sheets if sheet.cells]
    grids = {sheet.name: _fill_down(sheet) for sheet in filled}
    forms = {name: _find_header(grid, name_form_column) for name, grid in grids.items()} if workbook.stamp else {}
    headers = {name: _find_header(grid, name_column) for name, grid in grids.items() if not forms.get(name)}
    if not filled:
        found.append(Diagnostic("submission-empty", Source(file), {}))
    entries: list[Entry] = []
    likeliest = max(
        filled, key=lambda sheet: _named(grids[sheet.name][_likeliest_header(grids[sheet.name])]), default=None
    )
    any_table = any([*forms.values(), *headers.values()])
    for sheet in filled:
        place = _place(file, sheet.name)
        grid, header = grids[sheet.name], forms.get(sheet.name) or headers.get(sheet.name)
        first = header or _likeliest_header(grid)
        if header is None and (any_table or sheet is not likeliest) and _named(grid[first]) < 2:
            # A page of explanations beside the table; nothing on it looks like a header. A form has one of our own.
            if workbook.stamp is None:
                at = place(min(grid), min(grid[min(grid)]) - 1, "")
                found.append(Diagnostic("sheet-not-read", at, {"sheet": sheet.name}))
            continue
        before = len(entries)
        if workbook.stamp is not None and forms.get(sheet.name):
            entries.extend(_read_form(workbook.stamp, sheet, grid, first, place, found))
        else:
            entries.extend(_read_table(sheet, grid, first, place, found))
        if header is not None and len(entries) == before:
            at = place(first, min(grid[first]) - 1, "")
            if not any(each.source.file == file for each in found):
                found.append(Diagnostic("submission-empty", at, {}))
    return entries


def _read_form(
    stamp: Stamp, sheet: Sheet, grid: Grid, first: int, place: Place, found: list[Diagnostic]
) -> list[Entry]:
    """The figures that were filled in: rows left blank are no figures, and what the sheet says itself is not read."""
    headings = [(index - 1, name_form_column(cell.text)) for index, cell in sorted(grid[first].items())]
    columns: dict[str, int] = {}
    for index, name in headings:
        if name is not None and name in columns:
            found.append(Diagnostic("column-repeated", place(first, index, name), {"found": name}))
            return []
        if name is not None:
            columns[name] = index
    read = {name: index for name, index in columns.items() if name in COLUMNS or name == _NAME}
    rows = _rows(sheet, grid, first, read, place, found, frozenset(columns.values()))
    filled = _filled(stamp, columns, rows, place, found)
    table = {name: index for name, index in read.items() if name != _NAME}
    entries = read_rows(table, max(columns.values()) + 1, filled, place, found, baseline_in_unit=True)
    for entry in entries:
        entry.period = Cell(stamp.period, Source(entry.source.file, 1, 1, f"{STAMP_SHEET}!A1"))
    return entries


def _filled(
    stamp: Stamp, columns: Mapping[str, int], rows: Iterable[TableRow], place: Place, found: list[Diagnostic]
) -> Iterator[TableRow]:
    """The rows of a form with a figure, under the names that the form itself says."""
    for row in rows:
        written = [text.strip() for text in row.values]
        if not written[columns["value"]] and columns["value"] not in row.faults:
            remark = next((name for name in _REMARKS if name in columns and written[columns[name]]), None)
            if remark:
                found.append(Diagnostic("remark-without-figure", place(row.line, columns[remark], remark), {}))
            continue
        # A figure beside a row of the form, not in one: the names that stand there have to do.
        written[columns["organization"]] = written[columns["organization"]] or stamp.organization
        written[columns["indicator"]] = written[columns["indicator"]] or written[columns.get(_NAME, 0)]
        yield TableRow(row.line, written, row.faults)


#: What may be said beside a figure, and is nothing without one.
_REMARKS = ("note", "evidence", "revises", "revises_from", "revises_to", "revises_reason")

#: The column of a form with an indicator's name; figures go by the identifier in a column of its own.
_NAME = "indicator-name"


@cache
def _form_columns() -> NameIndex:
    known = {"code": "indicator", "indicator": _NAME}
    return NameIndex({heading: known.get(key, key) for key, headings in FORM_COLUMNS.items() for heading in headings})


def name_form_column(text: str) -> str | None:
    """The column that a heading of a form names, in English or in Chinese of either script."""
    return _form_columns().find(text.lower())


def _read_table(sheet: Sheet, grid: Grid, first: int, place: Place, found: list[Diagnostic]) -> list[Entry]:
    width = max(grid[first])
    texts = [grid[first][index].text if index in grid[first] else "" for index in range(1, width + 1)]
    for top, left, bottom, right in sheet.merged:
        # A heading over two columns names both, and so neither.
        if top <= first <= bottom:
            for index in range(left + 1, min(right, width) + 1):
                texts[index - 1] = texts[index - 1] or texts[left - 1]
            if left <= width < right:
                texts.append(texts[left - 1])
    named = [(index, text) for index, text in enumerate(texts) if text.strip()]
    within = _Within(place, [index for index, _ in named])
    columns = read_header(TableRow(first, [text for _, text in named]), within.place, found)
    if columns is None:
        return []
    placed = {column: named[index][0] for column, index in columns.items()}
    rows = _rows(sheet, grid, first, placed, place, found)
    hidden = _hidden(sheet, first)
    if hidden:
        at = place(first, named[0][0], "")
        found.append(Diagnostic("hidden-cells", at, {"sheet": sheet.name, "count": str(hidden)}))
    return read_rows(placed, max(width, *placed.values()) + 1, rows, place, found)


class _Within:
    """Places by the position among the cells of a header that hold something."""

    def __init__(self, place: Place, indexes: list[int]) -> None:
        self._place, self._indexes = place, indexes

    def place(self, line: int, index: int, column: str) -> Source:
        return self._place(line, self._indexes[index] if self._indexes else index, column)


def _rows(
    sheet: Sheet,
    grid: Grid,
    first: int,
    columns: Mapping[str, int],
    place: Place,
    found: list[Diagnostic],
    unread: Collection[int] = (),
) -> Iterator[TableRow]:
    """The rows below a header with cells of `columns`; those of `unread` need no reading, any others are named."""
    lines = sorted(sheet.cells)
    spanned = {
        line
        for top, left, bottom, _ in sheet.merged
        if bottom > top and left - 1 == columns["value"]
        for line in lines[bisect_left(lines, top) : bisect_right(lines, bottom)]
    }
    known = {*columns.values(), *unread}
    below = {line: row for line, row in grid.items() if line > first}
    outside, unnamed = 0, Source("")
    for line, row in sorted(below.items()):
        own = sheet.cells.get(line, {})
        # What a cell above says for this row too makes no figure of it by itself.
        if not any(cell.text.strip() or cell.fault for cell in own.values()) and line not in spanned:
            continue
        for index in own:
            if index - 1 not in known:
                unnamed = unnamed if outside else place(line, index - 1, "")
                outside += 1
        values = [""] * (max(columns.values()) + 1)
        faults: dict[int, str] = {}
        for column, index in columns.items():
            cell = row.get(index + 1) if column in _SPANNING else own.get(index + 1)
            if cell is not None:
                values[index] = cell.text
                _note_cell(cell, place(line, index, column), index, faults, found)
        if line in spanned:
            found.append(Diagnostic("figure-spans-rows", place(line, columns["value"], "value"), {}))
            faults[columns["value"]] = "figure-spans-rows"
        yield TableRow(line, values, faults)
    if outside:
        found.append(Diagnostic("cells-without-column", unnamed, {"count": str(outside)}))


def _note_cell(cell: SheetCell, at: Source, index: int, faults: dict[int, str], found: list[Diagnostic]) -> None:
    if cell.fault:
        faults[index] = cell.fault
        found.append(Diagnostic(cell.fault, at, {"found": cell.text}))
    elif cell.stored:
        found.append(Diagnostic("number-as-shown", at, {"stored": cell.stored, "shown": cell.text}))


def _place(file: str, sheet: str) -> Place:
    def place(line: int, index: int, column: str) -> Source:
        return Source(file, line, index + 1, f"{sheet}!{column_letters(index + 1)}{line}")

    return place


def _fill_down(sheet: Sheet) -> Grid:
    """The cells, and those that a merged cell covers in its own column, as far down as the sheet is written."""
    grid = {line: dict(row) for line, row in sheet.cells.items()}
    lines = sorted(grid)
    for top, left, bottom, _ in sheet.merged:
        cell = sheet.cells.get(top, {}).get(left)
        if cell is not None:
            for line in lines[bisect_right(lines, top) : bisect_right(lines, bottom)]:
                grid[line].setdefault(left, cell)
    return grid


def _find_header(grid: Grid, named: Callable[[str], str | None]) -> int | None:
    """The first row whose cells name organization, indicator and value."""
    for line in sorted(grid)[:_HEADER_ROWS]:
        if {named(cell.text) for cell in grid[line].values()} >= set(REQUIRED):
            return line
    return None


def _likeliest_header(grid: Grid) -> int:
    lines = sorted(grid)[:_HEADER_ROWS]
    return max(lines, key=lambda line: (_named(grid[line]), -line))


def _named(row: dict[int, SheetCell]) -> int:
    return len({name_column(cell.text) for cell in row.values()} & set(REQUIRED))


def _hidden(sheet: Sheet, first: int) -> int:
    """How many rows below the header are hidden; all of them on a hidden sheet or where a column is."""
    written = {line for line in sheet.cells if line > first}
    used = sorted({index for line in written for index in sheet.cells[line]})
    if sheet.hidden or any(bisect_left(used, low) < bisect_right(used, high) for low, high in sheet.hidden_columns):
        return len(written)
    return len(written & sheet.hidden_rows)
