"""A CSV submission → entries."""

import csv
import re
from collections.abc import Iterator

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.model.source import Source
from engine.submissions.tableform import TableRow, read_header, read_rows

#: Characters of a row, far above any: cells are kept one by one, and a row of nothing but commas is all cells.
_MAX_ROW = 1_000_000


def read_csv_submission(text: str, file: str, found: list[Diagnostic]) -> list[Entry]:
    """The entries of one CSV file, in the order of their first rows. Lines that begin with # are remarks.

    Errors: submission-empty, csv-broken and those of tables.
    """

    def place(line: int, index: int, column: str) -> Source:
        return Source(file, line, index + 1, column)

    rows = _rows(text, file, found)
    header = next(rows, None)
    if header is None:
        if not found or found[-1].source.file != file:
            found.append(Diagnostic("submission-empty", Source(file), {}))
        return []
    columns = read_header(header, place, found)
    if columns is None:
        return []
    entries = read_rows(columns, len(header.values), rows, place, found)
    if not entries and not any(finding.source.file == file for finding in found):
        found.append(Diagnostic("submission-empty", Source(file), {}))
    return entries


def _rows(text: str, file: str, found: list[Diagnostic]) -> Iterator[TableRow]:
    lines = _Lines(text)
    reader = csv.reader(lines, strict=True)
    start = 1
    try:
        for row in reader:
            if row and not row[0].startswith("#"):
                yield TableRow(start, row)
            start = reader.line_num + 1
            lines.taken = 0
    except csv.Error as error:
        found.append(Diagnostic("csv-broken", Source(file, start, 1), {"problem": str(error)}))


class _Lines:
    """The lines of a text one by one. `taken` are the characters given for the row that is being read."""

    def __init__(self, text: str) -> None:
        # Only these end a line of a CSV file: splitlines() would also cut at soft breaks inside a cell.
        self._lines = re.finditer(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$", text)
        self._above = True
        self.taken = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)[0]
        # Remarks above the header may hold anything; below it they are rows whose first cell begins with #.
        self._above = self._above and line.startswith("#")
        if self._above:
            return "\n"
        self.taken += len(line)
        if self.taken > _MAX_ROW:
            raise csv.Error(f"a row of more than {_MAX_ROW} characters")
        return line
