"""A workbook that came in → entries. Every figure keeps its sheet and cell."""

from bisect import bisect_left, bisect_right

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.model.source import Source
from engine.submissions.tableform import COLUMNS, REQUIRED, Place, TableRow, name_column, read_header, read_rows
from engine.submissions.workbook import Sheet, SheetCell, Workbook, WorkbookError, column_letters, read_workbook

#: A header stands among the first rows that hold anything.
_HEADER_ROWS = 50

#: What is said once for several rows when its cell spans them; a figure is not.
_SPANNING = frozenset(COLUMNS) - {"value", "baseline"}

Grid = dict[int, dict[int, SheetCell]]


def read_xlsx_submission(content: bytes, file: str, found: list[Diagnostic]) -> list[Entry]:
    """The entries of all sheets of a workbook, hidden ones too.

    Errors: workbook-broken, workbook-protected, workbook-too-large, submission-empty, formula-without-value,
    number-format-doubtful, figure-spans-rows and those of tables. Notes: links-not-followed, macros-not-run,
    hidden-cells, sheet-not-read, number-as-shown, cells-without-column.
    """
    try:
        workbook = read_workbook(content)
    except WorkbookError as error:
        found.append(Diagnostic(error.code, Source(file), {"problem": error.problem}))
        return []
    if workbook.links:
        found.append(Diagnostic("links-not-followed", Source(file), {}))
    if workbook.macros:
        found.append(Diagnostic("macros-not-run", Source(file), {}))
    return _read_sheets(workbook, file, found)


def _read_sheets(workbook: Workbook, file: str, found: list[Diagnostic]) -> list[Entry]:
    filled = [sheet for sheet in workbook.sheets if sheet.cells]
    grids = {sheet.name: _fill_down(sheet) for sheet in filled}
    headers = {sheet.name: _find_header(grids[sheet.name]) for sheet in filled}
    if not filled:
        found.append(Diagnostic("submission-empty", Source(file), {}))
    entries: list[Entry] = []
    any_table = any(headers.values())
    for sheet in filled:
        place = _place(file, sheet.name)
        grid, header = grids[sheet.name], headers[sheet.name]
        first = header or _likeliest_header(grid)
        if header is None and any_table and _named(grid[first]) < 2:
            # A page of explanations beside the table; nothing on it looks like a header.
            at = place(min(grid), min(grid[min(grid)]) - 1, "")
            found.append(Diagnostic("sheet-not-read", at, {"sheet": sheet.name}))
            continue
        before = len(entries)
        entries.extend(_read_table(sheet, grid, first, place, found))
        if header is not None and len(entries) == before:
            at = place(first, min(grid[first]) - 1, "")
            if not any(each.source.file == file for each in found):
                found.append(Diagnostic("submission-empty", at, {}))
    return entries


def _read_table(sheet: Sheet, grid: Grid, first: int, place: Place, found: list[Diagnostic]) -> list[Entry]:
    width = max(grid[first])
    texts = [grid[first][index].text if index in grid[first] else "" for index in range(1, width + 1)]
    for top, left, bottom, right in sheet.merged:
        # A heading over two columns names both, and so neither.
        if top <= first <= bottom:
            for index in range(left + 1, min(right, width) + 1):
                texts[index - 1] = texts[index - 1] or texts[left - 1]
            texts.extend([texts[left - 1]] * (right > width >= left))
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
    sheet: Sheet, grid: Grid, first: int, columns: dict[str, int], place: Place, found: list[Diagnostic]
) -> list[TableRow]:
    lines = sorted(sheet.cells)
    spanned = {
        line
        for top, left, bottom, _ in sheet.merged
        if bottom > top and left - 1 == columns["value"]
        for line in lines[bisect_left(lines, top) : bisect_right(lines, bottom)]
    }
    known = set(columns.values())
    below = {line: row for line, row in grid.items() if line > first}
    rows = []
    outside: list[Source] = []
    for line, row in sorted(below.items()):
        own = sheet.cells.get(line, {})
        # What a cell above says for this row too makes no figure of it by itself.
        if not any(cell.text.strip() or cell.fault for cell in own.values()) and line not in spanned:
            continue
        outside.extend(place(line, index - 1, "") for index in own if index - 1 not in known)
        values = [""] * (max(known) + 1)
        faults: dict[int, str] = {}
        for column, index in columns.items():
            cell = row.get(index + 1) if column in _SPANNING else own.get(index + 1)
            if cell is not None:
                values[index] = cell.text
                _note_cell(cell, place(line, index, column), index, faults, found)
        if line in spanned:
            found.append(Diagnostic("figure-spans-rows", place(line, columns["value"], "value"), {}))
            faults[columns["value"]] = "figure-spans-rows"
        rows.append(TableRow(line, values, faults))
    if outside:
        found.append(Diagnostic("cells-without-column", outside[0], {"count": str(len(outside))}))
    return rows


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


def _find_header(grid: Grid) -> int | None:
    """The first row whose cells name organization, indicator and value."""
    for line in sorted(grid)[:_HEADER_ROWS]:
        if {name_column(cell.text) for cell in grid[line].values()} >= set(REQUIRED):
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
    used = {index for line in written for index in sheet.cells[line]}
    if sheet.hidden or any(low <= index <= high for low, high in sheet.hidden_columns for index in used):
        return len(written)
    return len(written & sheet.hidden_rows)
