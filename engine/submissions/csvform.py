"""A CSV submission → entries."""

import csv
import re
from collections.abc import Iterator

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.model.source import Source
from engine.submissions.tableform import TableRow, read_header, read_rows


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
    # Only these end a line of a CSV file: splitlines() would also cut at soft breaks inside a cell.
    lines = re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$", text)
    # Remarks above the header may hold anything; below it they are rows whose first cell begins with #.
    above = next((place for place, line in enumerate(lines) if not line.startswith("#")), len(lines))
    blanked = ["\n"] * above + lines[above:]
    reader = csv.reader(blanked, strict=True)
    start = 1
    try:
        for row in reader:
            if row and not row[0].startswith("#"):
                yield TableRow(start, row)
            start = reader.line_num + 1
    except csv.Error as error:
        found.append(Diagnostic("csv-broken", Source(file, start, 1), {"problem": str(error)}))
