"""The bytes of an .xlsx workbook → sheets of cells as they were written.

A workbook is a ZIP of XML. It is read here from its XML, because libraries for spreadsheets give numbers as binary
fractions and leave out what an auditor asks for: number formats, formulas without a result, hidden rows. Nothing is
calculated, no link is followed, no macro is run, and document types (with their entities) are refused.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from engine.model.form import LISTS, READ, RESULTS, SCORES, STAMP_SHEET, Stamp
from engine.submissions.numberformat import BUILTIN, show_number

#: Limits, far above any submission: parts and bytes when unpacked, sheets, cells, merged cells of a sheet.
MAX_PARTS, MAX_UNPACKED, MAX_SHEETS, MAX_CELLS, MAX_MERGED = 5_000, 100_000_000, 200, 1_000_000, 5_000
#: The last row and the last column (XFD) that a sheet has.
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384


class WorkbookError(Exception):
    """The workbook cannot be read: `code` is the finding's, `problem` its words."""

    def __init__(self, code: str, problem: str) -> None:
        """Say why."""
        super().__init__(problem)
        self.code, self.problem = code, problem


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What a cell showed. `fault` is a code where that is unknown, `stored` the number behind a rounded one."""

    text: str
    fault: str | None = None
    stored: str | None = None


@dataclass(slots=True)
class Sheet:
    """The cells of a sheet by row and column from 1; `merged` are ranges (top, left, bottom, right)."""

    name: str
    hidden: bool
    cells: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets in their order; whether the file links to others, and whether it holds macros.

    A form has a `stamp`; the sheets that stamp it and judge in it are left out.
    """

    sheets: tuple[Sheet, ...]
    links: bool
    macros: bool
    stamp: Stamp | None = None


Handler = Callable[[str, dict[str, str], str], None]


def read_workbook(content: bytes) -> Workbook:
    """All sheets of a workbook.

    Errors: raises WorkbookError with workbook-broken, workbook-protected or workbook-too-large.
    """
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise WorkbookError("workbook-protected", "OLE")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Reader(archive).read()
    except WorkbookError:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as error:
        raise WorkbookError("workbook-broken", str(error) or type(error).__name__) from error
    except (expat.ExpatError, ValueError, LookupError) as error:
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
    def __init__(self, archive: zipfile.ZipFile) -> None:
        infos = archive.infolist()
        unpacked = sum(info.file_size for info in infos)
        if len(infos) > MAX_PARTS:
            raise WorkbookError("workbook-too-large", f"{len(infos)} > {MAX_PARTS}")
        if unpacked > MAX_UNPACKED:
            raise WorkbookError("workbook-too-large", f"{unpacked} > {MAX_UNPACKED}")
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
            # No spreadsheet uses another; LZMA would take as much memory as the file asks for.
            raise WorkbookError("workbook-broken", "compression")
        self._archive = archive
        self._names = {info.filename for info in infos}
        self._strings: list[str] = []
        self._formats: list[str] = []
        self._epoch_1904 = False
        self._count = 0

    def read(self) -> Workbook:
        home = "xl/workbook.xml"
        if home not in self._names:
            raise WorkbookError("workbook-broken", f"no {home}")
        listed: list[tuple[str, str, bool]] = []

        def workbook(name: str, attributes: dict[str, str], _: str) -> None:
            if name == "sheet":
                listed.append((attributes["name"], attributes["id"], attributes.get("state", "") in _HIDDEN))
            elif name == "workbookPr":
                self._epoch_1904 = attributes.get("date1904") in _TRUE

        targets: dict[str, str] = {}

        def relations(name: str, attributes: dict[str, str], _: str) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                targets[attributes["Id"]] = posixpath.normpath(posixpath.join("/xl", attributes["Target"]))[1:]

        self._parse(home, workbook)
        self._parse("xl/_rels/workbook.xml.rels", relations)
        if len(listed) > MAX_SHEETS:
            raise WorkbookError("workbook-too-large", f"{len(listed)} > {MAX_SHEETS}")
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

    def _parse(self, part: str, on_end: Handler, on_start: Callable[[str, dict[str, str]], None] | None = None) -> None:
        """Call `on_end` with every element's name, attributes and own text, `on_start` when it begins."""
        stack: list[tuple[str, dict[str, str], list[str]]] = []

        def begin(name: str, attributes: dict[str, str]) -> None:
            if len(stack) > 100:
                raise WorkbookError("workbook-broken", "XML: nested too deep")
            local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
            stack.append((name.rpartition(" ")[2], local, []))
            if on_start:
                on_start(stack[-1][0], local)

        def end(_: str) -> None:
            name, attributes, texts = stack.pop()
            on_end(name, attributes, "".join(texts))

        def text(written: str) -> None:
            if stack:
                stack[-1][2].append(written)

        def document_type(*_: object) -> None:
            raise WorkbookError("workbook-broken", "XML: DOCTYPE")

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, text
        parser.StartDoctypeDeclHandler = document_type
        parser.Parse(self._archive.read(part), True)

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

            self._parse(part, string, start)

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

        self._parse(part, end, start)

    def _sheet(self, name: str, part: str, hidden: bool) -> Sheet:
        sheet = Sheet(name, hidden)
        cell: dict[str, str] = {}
        pieces: list[str] = []
        at = [0, 0]

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "row":
                at[:] = [_row(attributes["r"]) if "r" in attributes else at[0] + 1, 0]
                if attributes.get("hidden") in _TRUE:
                    sheet.hidden_rows.add(at[0])
            elif tag == "c":
                at[1] = _column(attributes["r"]) if "r" in attributes else at[1] + 1
                cell.clear()
                pieces.clear()

        def end(tag: str, attributes: dict[str, str], text: str) -> None:
            if tag in ("v", "f"):
                cell[tag] = text
            elif tag == "t":
                pieces.append(text)
            elif tag == "c":
                written = self._cell(attributes, cell, "".join(pieces))
                if written.text or written.fault:
                    self._count += 1
                    if self._count > MAX_CELLS:
                        raise WorkbookError("workbook-too-large", f"> {MAX_CELLS}")
                    sheet.cells.setdefault(at[0], {})[at[1]] = written
            elif tag == "mergeCell":
                if len(sheet.merged) >= MAX_MERGED:
                    raise WorkbookError("workbook-too-large", f"> {MAX_MERGED}")
                first, _, last = attributes["ref"].partition(":")
                sheet.merged.append((_row(first), _column(first), _row(last or first), _column(last or first)))
            elif tag == "col" and attributes.get("hidden") in _TRUE:
                sheet.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

        self._parse(part, end, start)
        return sheet

    def _cell(self, attributes: dict[str, str], cell: dict[str, str], inline: str) -> SheetCell:
        kind = attributes.get("t", "n")
        value = cell.get("v")
        if kind == "inlineStr":
            return SheetCell(inline)
        if not value:
            lacks = "f" in cell and kind != "str"
            return SheetCell(f"={cell['f']}" if lacks else "", "formula-without-value" if lacks else None)
        if kind == "s":
            return SheetCell(self._strings[int(value)])
        if kind == "b":
            return SheetCell("TRUE" if value in _TRUE else "FALSE")
        if kind != "n":
            return SheetCell(value)
        style = int(attributes.get("s", "0"))
        shown = show_number(value, self._formats[style] if style < len(self._formats) else "", self._epoch_1904)
        if shown is None:
            return SheetCell(value, "number-format-doubtful")
        return SheetCell(shown.text, None, shown.stored)


#: Nothing on these hidden sheets of a form was written by a department.
_OWN_SHEETS = (READ, SCORES, RESULTS, LISTS, STAMP_SHEET)

_TRUE = ("1", "true")
_HIDDEN = ("hidden", "veryHidden")


def _column(reference: str) -> int:
    number = 0
    for letter in re.sub("[^A-Z]", "", reference):
        number = number * 26 + ord(letter) - 64
    return _within(number, MAX_COLUMN, reference)


def _row(reference: str) -> int:
    return _within(int(re.sub("[^0-9]", "", reference)), MAX_ROW, reference)


def _within(number: int, most: int, reference: str) -> int:
    """A row or column that a sheet has: others are no place that anybody could look at."""
    if not 1 <= number <= most:
        raise ValueError(f"no cell {reference[:20]!r}")
    return number
