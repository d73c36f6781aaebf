"""A CSV submission → entries. Rows of one figure's parts are put together again."""

import csv
import re
from collections.abc import Iterator

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Cell, Entry
from engine.model.source import Source
from engine.names import fold_width

COLUMNS = (
    "organization", "indicator", "value", "unit", "period", "part", "member", "baseline", "measure", "note", "evidence",
)  # fmt: skip
_REQUIRED = ("organization", "indicator", "value")

#: The value of these parts is not a number of the indicator's own.
_STAGE = "stage"


def read_csv_submission(text: str, file: str, found: list[Diagnostic]) -> list[Entry]:
    """The entries of one CSV file, in the order of their first rows. Lines that begin with # are remarks.

    Errors: submission-empty, column-missing, column-unknown, column-repeated, row-too-long, csv-broken,
    part-repeated.
    """
    rows = _rows(text, file, found)
    header = next(rows, None)
    if header is None:
        if not found or found[-1].source.file != file:
            found.append(Diagnostic("submission-empty", Source(file), {}))
        return []
    line, names = header
    columns = _read_header([fold_width(name).lower() for name in names], Source(file, line, 1), found)
    if columns is None:
        return []
    entries: dict[tuple[str, str, str, str], Entry] = {}
    loose: list[Entry] = []
    for line, values in rows:
        if not any(value.strip() for value in values):
            continue
        row = _Row(file, line, columns, values)
        key = (row.text("organization"), row.text("indicator"), row.text("period"), row.text("member"))
        if not row.text("part"):
            entry = _entry(row)
            entry.value = row.cell("value", row.text("unit") or None)
            # A second plain row is a second figure, not a part of the first: conflicts are found later.
            loose.append(entry)
        elif key in entries:
            entry = entries[key]
            _merge(entry, row, found)
            _add_part(entry, row, found)
        else:
            entry = entries[key] = _entry(row)
            _add_part(entry, row, found)
        if len(values) > len(names):
            found.append(Diagnostic("row-too-long", Source(file, line, len(names) + 1), {"count": str(len(names))}))
            entry.fault = "row-too-long"
    if not loose and not entries and not any(finding.source.file == file for finding in found):
        found.append(Diagnostic("submission-empty", Source(file), {}))
    return sorted([*loose, *entries.values()], key=lambda entry: entry.source)


def _rows(text: str, file: str, found: list[Diagnostic]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which each begins."""
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
                yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        found.append(Diagnostic("csv-broken", Source(file, start, 1), {"problem": str(error)}))


def _read_header(names: list[str], source: Source, found: list[Diagnostic]) -> dict[str, int] | None:
    missing = [name for name in _REQUIRED if name not in names]
    if missing:
        # One finding, not one for each cell of what is probably no header at all.
        params = {"columns": ", ".join(missing), "known": ", ".join(COLUMNS)}
        found.append(Diagnostic("column-missing", source, params))
        return None
    columns: dict[str, int] = {}
    for place, name in enumerate(names):
        at = Source(source.file, source.line, place + 1, name)
        if name in columns:
            found.append(Diagnostic("column-repeated", at, {"found": name}))
            return None
        if name not in COLUMNS:
            found.append(Diagnostic("column-unknown", at, {"found": name, "known": ", ".join(COLUMNS)}))
        else:
            columns[name] = place
    return columns


class _Row:
    """One row, its cells by column name."""

    def __init__(self, file: str, line: int, columns: dict[str, int], values: list[str]) -> None:
        self._file, self.line, self._columns, self._values = file, line, columns, values

    def text(self, column: str) -> str:
        place = self._columns.get(column)
        if place is None or place >= len(self._values):
            return ""
        return self._values[place].strip()

    def source(self, column: str) -> Source:
        return Source(self._file, self.line, self._columns.get(column, 0) + 1, column)

    def cell(self, column: str, unit: str | None = None) -> Cell:
        return Cell(self.text(column), self.source(column), unit)

    def optional(self, column: str, unit: str | None = None) -> Cell | None:
        return self.cell(column, unit) if self.text(column) else None


def _entry(row: _Row) -> Entry:
    return Entry(
        organization=row.cell("organization"),
        indicator=row.cell("indicator"),
        source=row.source("value"),
        period=row.optional("period"),
        member=row.optional("member"),
        baseline=row.optional("baseline"),
        measure=row.optional("measure"),
        note=row.text("note") or None,
        evidence=(row.text("evidence"),) if row.text("evidence") else (),
    )


def _merge(entry: Entry, row: "_Row", found: list[Diagnostic]) -> None:
    """What a further row of the same figure says beside its part; it may add to the first, not contradict it."""
    for column in ("measure", "baseline"):
        cell = row.optional(column)
        before: Cell | None = getattr(entry, column)
        if cell is not None and before is None:
            setattr(entry, column, cell)
        elif cell is not None and before is not None and cell.text != before.text:
            found.append(Diagnostic("part-repeated", cell.source, {"part": column}, (before.source,)))
            entry.fault = "part-repeated"
    entry.note = entry.note or row.text("note") or None
    if row.text("evidence"):
        entry.evidence = (*entry.evidence, row.text("evidence"))


def _add_part(entry: Entry, row: _Row, found: list[Diagnostic]) -> None:
    part = row.text("part")
    cell = row.cell("value", row.text("unit") or None)
    taken = entry.stage if part == _STAGE else entry.parts.get(part)
    if taken is not None:
        found.append(Diagnostic("part-repeated", cell.source, {"part": part}, (taken.source,)))
        entry.fault = "part-repeated"
    elif part == _STAGE:
        entry.stage = cell
    else:
        entry.parts[part] = cell
