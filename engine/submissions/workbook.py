"""The bytes of an .xlsx workbook → sheets of cells as they were written.

A workbook is a ZIP of XML. It is read here from its XML, because libraries for spreadsheets give numbers as binary
fractions and leave out what an auditor asks for: number formats, formulas without a result, hidden rows. Nothing is
calculated, no link is followed, no macro is run, and document types (with their entities) are refused.
"""

import posixpath
import re
from bisect import bisect_left, bisect_right
from dataclasses import field

from engine.model.form import LISTS, READ, RESULTS, SCORES, STAMP_SHEET, Stamp
from engine.model.noun import dataclass
from engine.submissions.archive import Archive, WorkbookError
from engine.submissions.numberformat import BUILTIN, show_number

#: Limits, far above any submission: sheets, cells and their characters, columns and merged cells of a sheet.
MAX_SHEETS, MAX_CELLS, MAX_CHARACTERS, MAX_COLUMN, MAX_MERGED = 200, 60_000, 20_000_000, 2_000, 5_000

#: Limits of the format itself: rows, and the characters of a sheet's name (twice what programs allow).
_MAX_ROW, _MAX_NAME = 1_048_576, 62


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What a cell showed. `fault` is a code where that is unknown, `stored` the number behind a rounded one."""

    text: str
    fault: str | None = None
    stored: str | None = None


@dataclass(slots=True)
class Sheet:
    """The cells of a sheet by row and column from 1; `merged` are ranges (top, left, bottom, right).

    `calls` are formulas that fetch from elsewhere or would start a program: row, column and text.
    """

    name: str
    hidden: bool
    cells: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    calls: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets in their order; whether the file links to others, and whether it holds macros.

    A form has a `stamp`; the sheets that stamp it and judge in it are left out.
    """

    sheets: tuple[Sheet, ...]
    links: bool
    macros: bool
    stamp: Stamp | None = None


def read_workbook(content: bytes) -> Workbook:
    """All sheets of a workbook.

    Errors: raises WorkbookError with workbook-broken, workbook-protected or workbook-too-large.
    """
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise WorkbookError("workbook-protected", "OLE")
    archive = Archive(content)
    try:
        return _Reader(archive).read()
    except (ValueError, KeyError, IndexError) as error:
        raise WorkbookError("workbook-broken", f"XML: {error}") from error


def column_letters(column: int) -> str:
    """The letters of a column from 1, as over a sheet.

    >>> column_letters(28)
    'AB'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._names = archive.names
        self._strings: list[str] = []
        self._formats: list[str] = []
        self._epoch_1904 = False
        self._count = self._characters = 0

    def read(self) -> Workbook:
        home = "xl/workbook.xml"
        if home not in self._names:
            raise WorkbookError("workbook-broken", f"no {home}")
        listed: list[tuple[str, str, bool]] = []

        def workbook(name: str, attributes: dict[str, str], _: str) -> None:
            if name == "sheet":
                # The identifier is the only attribute with a namespace, of which there are two.
                local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
                listed.append((local["name"], local["id"], local.get("state", "") in _HIDDEN))
            elif name == "workbookPr":
                self._epoch_1904 = attributes.get("date1904") in _TRUE

        targets: dict[str, str] = {}

        def relations(name: str, attributes: dict[str, str], _: str) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                targets[attributes["Id"]] = posixpath.normpath(posixpath.join("/xl", attributes["Target"]))[1:]

        self._archive.parse(home, workbook)
        self._archive.parse("xl/_rels/workbook.xml.rels", relations)
        if len(listed) > MAX_SHEETS:
            raise WorkbookError("workbook-too-large", f"{len(listed)} > {MAX_SHEETS}")
        names = [name.casefold() for name, _, _ in listed]
        if len(set(names)) < len(names) or any(len(name) > _MAX_NAME for name in names):
            raise WorkbookError("workbook-broken", "XML: names of sheets")
        self._read_strings()
        self._read_formats()
        listed = [each for each in listed if "/worksheets/" in targets[each[1]]]
        stamp = None
        for name, identifier, hidden in listed:
            if name == STAMP_SHEET:
                stamped = self._sheet(name, targets[identifier], hidden).cells.get(1, {}).get(1)
                stamp = Stamp.parse(stamped.text) if stamped else None
        own = _OWN_SHEETS if stamp else ()
        sheets = [
            self._sheet(name, targets[identifier], hidden)
            for name, identifier, hidden in listed
            if not (hidden and name in own)
        ]
        links = any(name.startswith(("xl/externalLinks/", "xl/connections", "xl/queryTables/")) for name in self._names)
        macros = any(name.endswith("vbaProject.bin") or "/macrosheets/" in name for name in self._names)
        return Workbook(tuple(sheets), links, macros, stamp)

    def _read_strings(self) -> None:
        part = "xl/sharedStrings.xml"
        if part in self._names:
            pieces: list[str] = []
            phonetic = [0]

            def start(name: str, _: dict[str, str]) -> None:
                phonetic[0] += name == "rPh"

            def string(name: str, _: dict[str, str], text: str) -> None:
                if name == "t" and not phonetic[0]:
                    pieces.append(text)
                elif name == "rPh":
                    phonetic[0] -= 1
                elif name == "si":
                    self._strings.append("".join(pieces))
                    pieces.clear()

            self._archive.parse(part, string, start)

    def _read_formats(self) -> None:
        part = "xl/styles.xml"
        if part not in self._names:
            return
        own: dict[int, str] = {}
        inside = [False]

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "numFmt":
                own[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif name == "cellXfs":
                inside[0] = True
            elif name == "xf" and inside[0]:
                number = int(attributes.get("numFmtId", "0"))
                self._formats.append(own.get(number) or BUILTIN.get(number, "General"))

        def end(name: str, _: dict[str, str], __: str) -> None:
            if name == "cellXfs":
                inside[0] = False

        self._archive.parse(part, end, start)

    def _sheet(self, name: str, part: str, hidden: bool) -> Sheet:
        sheet = Sheet(name, hidden)
        cell: dict[str, str] = {}
        pieces: list[str] = []
        at = [0, 0]

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "row":
                at[:] = [int(attributes.get("r", at[0] + 1)), 0]
                if attributes.get("hidden") in _TRUE:
                    sheet.hidden_rows.add(at[0])
            elif tag == "c":
                row, at[1] = _reference(attributes["r"]) if "r" in attributes else (at[0], at[1] + 1)
                if row != at[0]:
                    raise ValueError(f"{attributes['r']} in row {at[0]}")
                cell.clear()
                pieces.clear()

        def end(tag: str, attributes: dict[str, str], text: str) -> None:
            if tag in ("v", "f"):
                cell[tag] = text
            elif tag == "t":
                pieces.append(text)
            elif tag == "c":
                if "f" in cell and _CALLS.search(cell["f"]):
                    sheet.calls.append((at[0], at[1], cell["f"]))
                self._keep(sheet, at[0], at[1], self._cell(attributes, cell, "".join(pieces)))
            elif tag == "mergeCell":
                if len(sheet.merged) >= MAX_MERGED:
                    raise WorkbookError("workbook-too-large", f"> {MAX_MERGED}")
                first, _, last = attributes["ref"].partition(":")
                sheet.merged.append((*_reference(first), *_reference(last or first)))
            elif tag == "col" and attributes.get("hidden") in _TRUE:
                sheet.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

        self._archive.parse(part, end, start)
        lines = sorted(sheet.cells)
        spanned = sum(bisect_right(lines, bottom) - bisect_left(lines, top) for top, _, bottom, _ in sheet.merged)
        if spanned > MAX_CELLS:
            raise WorkbookError("workbook-too-large", f"> {MAX_CELLS}")
        return sheet

    def _keep(self, sheet: Sheet, row: int, column: int, cell: SheetCell) -> None:
        if not cell.text and not cell.fault:
            return
        if not 0 < row <= _MAX_ROW:
            raise ValueError(f"row {row}")
        self._count += 1
        # A text that many cells share is kept once, and written as often as it is shown.
        self._characters += len(cell.text)
        if self._count > MAX_CELLS or self._characters > MAX_CHARACTERS or column > MAX_COLUMN:
            raise WorkbookError("workbook-too-large", f"> {MAX_CELLS}")
        line = sheet.cells.setdefault(row, {})
        if column in line:
            # Programs differ in which of the two they show.
            raise ValueError(f"{column_letters(column)}{row} twice")
        line[column] = cell

    def _cell(self, attributes: dict[str, str], cell: dict[str, str], inline: str) -> SheetCell:
        kind = attributes.get("t", "n")
        value = cell.get("v")
        if kind == "inlineStr":
            return SheetCell(inline)
        if not value:
            lacks = "f" in cell and kind != "str"
            return SheetCell(f"={cell['f']}" if lacks else "", "formula-without-value" if lacks else None)
        if kind == "s":
            return SheetCell(self._strings[_index(value)])
        if kind == "b":
            return SheetCell("TRUE" if value in _TRUE else "FALSE")
        if kind != "n":
            return SheetCell(value)
        style = _index(attributes.get("s", "0"))
        shown = show_number(value, self._formats[style] if style < len(self._formats) else "", self._epoch_1904)
        if shown is None:
            return SheetCell(value, "number-format-doubtful")
        return SheetCell(shown.text, None, shown.stored)


#: Nothing on these hidden sheets of a form was written by a department.
_OWN_SHEETS = (READ, SCORES, RESULTS, LISTS, STAMP_SHEET)

_TRUE = ("1", "true")
_HIDDEN = ("hidden", "veryHidden")


#: What fetches from elsewhere by itself, and a channel to another program: no other formula holds a bar.
_CALLS = re.compile(
    r"\b(?:WEBSERVICE|IMAGE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|DDE|SQL\.REQUEST|IMPORT(?:DATA|XML|HTML|RANGE|FEED))\s*\("
    r"|^[^\"]*\|",
    re.IGNORECASE,
)

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def _index(written: str) -> int:
    """A place in a list, from 0; one that counts from the end is none."""
    if not re.fullmatch("[0-9]{1,9}", written):
        raise ValueError(written[:20])
    return int(written)


def _reference(written: str) -> tuple[int, int]:
    """Row and column of a cell."""
    match = _REFERENCE.fullmatch(written)
    if match is None:
        raise ValueError(written[:20])
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
