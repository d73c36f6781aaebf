"""Rows under a header → entries, the same for every table. Rows of one figure's parts are put together again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from functools import cache

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Cell, Entry, Revision
from engine.model.noun import dataclass
from engine.model.source import Source
from engine.names import NameIndex

COLUMNS = (
    "organization", "indicator", "value", "unit", "period", "part", "member", "baseline", "measure", "note", "evidence",
    "revises", "revises_from", "revises_to", "revises_reason",
)  # fmt: skip
REQUIRED = ("organization", "indicator", "value")

#: Rows of a table that somebody filled in by hand or exported; more come as Parquet.
MAX_ROWS = 50_000

#: What offices write over these columns.
_WRITTEN = {
    "organization": ("單位", "單位名稱", "報送單位", "填報單位", "責任單位", "部門"),
    "indicator": ("指標", "指標名稱", "考核指標"),
    "value": ("數值", "完成值", "完成數", "報送數", "累計完成", "累計數"),
    "unit": ("計量單位",),
    "period": ("期別", "報告期", "期間"),
    "part": ("分項",),
    "member": ("成員",),
    "baseline": ("基期數", "基數"),
    "measure": ("口徑", "統計口徑"),
    "note": ("備註", "備注", "說明"),
    "evidence": ("佐證", "佐證材料", "依據"),
    "revises": ("更正期別",),
    "revises_from": ("更正前",),
    "revises_to": ("更正後",),
    "revises_reason": ("更正理由",),
}

#: The value of these parts is not a number of the indicator's own.
_STAGE = "stage"

#: Where a cell stands: line, index of its column from 0, and the column's name.
Place = Callable[[int, int, str], Source]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with the line on which it begins; `faults` are the codes of cells that cannot stand, by index."""

    line: int
    values: Sequence[str]
    faults: Mapping[int, str] = field(default_factory=dict)


@cache
def _names() -> NameIndex:
    written = {name: column for column, names in _WRITTEN.items() for name in names}
    return NameIndex({**written, **{column: column for column in COLUMNS}})


def name_column(text: str) -> str | None:
    """The column that a header's cell names, in English or in Chinese of either script."""
    return _names().find(text.lower())


def _headings(columns: Iterable[str]) -> str:
    """Columns for a message: most who fill in a table write the Chinese heading."""
    return ", ".join(f"{column}（{_WRITTEN[column][0]}）" for column in columns)


def read_header(header: TableRow, place: Place, found: list[Diagnostic]) -> dict[str, int] | None:
    """The index of every column that the header names; None where the rows below it cannot be understood.

    Errors: column-missing, column-unknown, column-repeated.
    """
    names = [name_column(text) or text.strip().lower() for text in header.values]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        # One finding, not one for each cell of what is probably no header at all.
        at = place(header.line, 0, "")
        if not (at.cell and "!" in at.cell):
            at = Source(at.file, at.line, at.column)
        found.append(Diagnostic("column-missing", at, {"columns": _headings(missing)}))
        return None
    columns: dict[str, int] = {}
    for index, name in enumerate(names):
        at = place(header.line, index, name)
        if name in columns:
            found.append(Diagnostic("column-repeated", at, {"found": name}))
            return None
        if name not in COLUMNS:
            found.append(Diagnostic("column-unknown", at, {"found": name, "known": _headings(COLUMNS)}))
        else:
            columns[name] = index
    return columns


def read_rows(
    columns: Mapping[str, int],
    width: int,
    rows: Iterable[TableRow],
    place: Place,
    found: list[Diagnostic],
    baseline_in_unit: bool = False,
    most: int = MAX_ROWS,
) -> list[Entry]:
    """The entries of the rows below a header of `width` cells, in the order of their first rows.

    With `baseline_in_unit` a baseline has the unit of measure of its row, as on forms. Of more than `most` rows none
    is read.

    Errors: row-too-long, part-repeated, too-many-rows.
    """
    entries: dict[tuple[str, str, str, str], Entry] = {}
    further: list[Entry] = []
    for number, each in enumerate(rows):
        if number >= most:
            found.append(Diagnostic("too-many-rows", Source(place(each.line, 0, "").file), {"limit": str(most)}))
            return []
        if not any(value.strip() for value in each.values) and not each.faults:
            continue
        row = _Row(each, columns, place)
        key = (row.text("organization"), row.text("indicator"), row.text("period"), row.text("member"))
        entry = entries.get(key)
        if entry is None:
            entry = entries[key] = _entry(row)
        elif not row.text("part") and entry.value is not None:
            # A second plain row is a second figure: conflicts are found later.
            entry = _entry(row)
            further.append(entry)
        else:
            _merge(entry, row, found)
        unit = row.text("unit") or None
        if row.text("part"):
            _add_part(entry, row, found)
        else:
            entry.value = row.cell("value", unit)
        if baseline_in_unit and entry.baseline is not None and entry.baseline.source == row.source("baseline"):
            entry.baseline = row.cell("baseline", unit)
        if len(each.values) > width:
            at = place(each.line, width, "")
            found.append(Diagnostic("row-too-long", Source(at.file, at.line, at.column), {"count": str(width)}))
            entry.fault = "row-too-long"
        entry.fault = entry.fault or next(iter(each.faults.values()), None)
    return sorted([*further, *entries.values()], key=lambda entry: entry.source)


class _Row:
    """One row, its cells by column name."""

    def __init__(self, row: TableRow, columns: Mapping[str, int], place: Place) -> None:
        self._row, self._columns, self._place = row, columns, place

    def text(self, column: str) -> str:
        index = self._columns.get(column)
        if index is None or index >= len(self._row.values):
            return ""
        return self._row.values[index].strip()

    def source(self, column: str) -> Source:
        return self._place(self._row.line, self._columns.get(column, 0), column)

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
        revises=_revision(row),
    )


def _revision(row: _Row) -> Revision | None:
    """The revision that a row declares; one that lacks something cannot be read later."""
    said = [row.text(column) for column in ("revises", "revises_from", "revises_to", "revises_reason")]
    return Revision(*said) if any(said) else None


def _merge(entry: Entry, row: _Row, found: list[Diagnostic]) -> None:
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
    entry.revises = entry.revises or _revision(row)
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
