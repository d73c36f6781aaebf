"""A plan's file → its text. The only module of this stage that opens files."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.source import Source
from engine.plan.cells import table_lines
from engine.plan.wordnumbers import WordNumbers, read_word_numbers

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

#: A plan has some hundred kilobytes; what unpacks to more is refused, not read.
_LARGEST_PART = 50_000_000
#: No table of a plan has more columns; a cell that claims to span more spans this many.
_WIDEST = 60
_ENCODINGS = ("utf-8-sig", "gb18030", "big5")
_COMMON = re.compile("单位|單位|责任|責任|[市县縣区區年]")
_BLOCKS_LISTED = "p div br li tr table h1 h2 h3 h4 h5 h6 section article header footer ul ol blockquote pre dd dt title"
_BLOCKS = frozenset(_BLOCKS_LISTED.split())
_SILENT = frozenset({"script", "style", "head", "nav", "noscript", "template", "button", "select"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link"})


#: What reading a damaged archive raises, here and in what it is made of.
_NO_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, struct.error, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError,
    OSError,
)  # fmt: skip

_KNOWN = ".txt, .docx, .html"
_PAGES = (".html", ".htm", ".xhtml")


class PlanFileError(ValueError):
    """A plan's file cannot be read as what its name says it is."""


def read_plan_file(path: Path, found: list[Diagnostic]) -> str | None:
    """The text of a plan: `.txt`, `.docx`, or a web page saved as `.html`; None where it cannot be read.

    Errors: path-missing, not-a-regular-file, format-unknown, file-unreadable, plan-file-damaged.
    """
    source = Source(str(path))
    suffix = path.suffix.lower()
    if not path.exists():
        found.append(Diagnostic("path-missing", source, {}))
    elif not path.is_file():
        found.append(Diagnostic("not-a-regular-file", source, {}))
    elif suffix not in (".txt", ".docx", *_PAGES):
        found.append(Diagnostic("format-unknown", source, {"found": path.suffix or "-", "known": _KNOWN}))
    else:
        try:
            return _text_of(path.read_bytes(), suffix)
        except OSError as error:
            params = {"problem": error.strerror or type(error).__name__}
            found.append(Diagnostic("file-unreadable", source, params))
        except PlanFileError as error:
            found.append(Diagnostic("plan-file-damaged", source, {"problem": str(error)}))
    return None


def _text_of(raw: bytes, suffix: str) -> str:
    if suffix == ".docx":
        return text_of_docx(raw)
    return text_of_html(_decode(raw)) if suffix in _PAGES else _decode(raw)


def text_of_docx(raw: bytes) -> str:
    """The paragraphs of a Word document, one a line, with the numbers that Word counts; a row of a table gives a line.

    Errors: raises PlanFileError.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            document = _part(archive, "word/document.xml")
            numbering, styles = (_part(archive, f"word/{name}.xml") for name in ("numbering", "styles"))
    except PlanFileError:
        raise
    except _NO_ARCHIVE as error:
        raise PlanFileError("not a Word document (.docx)") from error
    if document is None:
        raise PlanFileError("not a Word document (.docx)")
    try:
        return "\n".join(_blocks(document, read_word_numbers(numbering, styles))) + "\n"
    except RecursionError as error:
        raise PlanFileError("the document is damaged: nested too deep") from error


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    """The root of a part, None where the document has none."""
    if name not in archive.namelist():
        return None
    part = archive.getinfo(name)
    if part.file_size > _LARGEST_PART:
        raise PlanFileError("the document unpacks to more than 50 MB")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Word uses no other; LZMA would take as much memory as the file asks for.
        raise PlanFileError("the document is packed in a way that Word never uses")
    content = archive.read(part)
    # Word never declares entities; a document that does is out to fill the memory, or to read other files.
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", content) or b"\x00" in content[:200]:
        raise PlanFileError("the document declares entities, which no plan needs")
    try:
        return ElementTree.fromstring(content)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        # An encoding that nobody knows is a LookupError.
        raise PlanFileError(f"the document is damaged: {error}") from error


def text_of_html(page: str) -> str:
    """The visible text of a web page, one block a line."""
    reader = _PageReader()
    # No character has such a number, and Python refuses to read numbers of more than 4300 digits.
    reader.feed(re.sub("&#[0-9]{20,};?", "\ufffd", page))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def _blocks(element: ElementTree.Element, numbers: WordNumbers) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}tbl":
            yield from table_lines(_word_rows(child, numbers))
        elif child.tag == f"{_W}p":
            yield _line(child, numbers)
        else:
            yield from _blocks(child, numbers)


def _line(paragraph: ElementTree.Element, numbers: WordNumbers) -> str:
    return numbers.label(paragraph) + "".join(_runs(paragraph))


def _word_rows(table: ElementTree.Element, numbers: WordNumbers) -> list[list[str]]:
    """The cells of a table; one that is merged with the cell above or spans columns is repeated."""
    rows: list[list[str]] = []
    for row in table.iter(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.findall(f"{_W}tc"):
            text = "".join(_line(paragraph, numbers).strip() for paragraph in cell.iter(f"{_W}p"))
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and merged.get(f"{_W}val") != "restart" and rows and len(cells) < len(rows[-1]):
                text = rows[-1][len(cells)]
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            cells += [text] * _count(span.get(f"{_W}val") if span is not None else None)
        rows.append(cells)
    return rows


def _count(written: str | None) -> int:
    # Nine digits are enough of any number; Python refuses to read more than 4300.
    return min(max(int(written.lstrip("0")[:9] or 0), 1), _WIDEST) if written and written.isdecimal() else 1


def _runs(paragraph: ElementTree.Element) -> Iterator[str]:
    """The text of a paragraph; deleted words and field codes are not text, nested paragraphs come by themselves."""
    for child in paragraph:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield "\n" if child.tag != f"{_W}tab" else " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag not in (f"{_W}p", f"{_W}pPr", f"{_W}del", f"{_W}instrText", f"{_W}txbxContent"):
            yield from _runs(child)


def _decode(raw: bytes) -> str:
    """The text in the first encoding that fits; one in which a plan's commonest words appear is preferred.

    Nearly every text in Big5 is also a text of rare characters in GB18030.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _lines(raw.decode("utf-16", errors="replace"))
    if len(raw) > _LARGEST_PART:
        raise PlanFileError("the text has more than 50 MB")
    read = []
    for encoding in _ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig" or _COMMON.search(text):
            return _lines(text)
        read.append(text)
    if not read:
        raise PlanFileError("the text is in no encoding that is known here (UTF-8, GB18030, Big5)")
    return _lines(read[0])


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _PageReader(HTMLParser):
    """Collects the visible text of a page; the outermost tables by their cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: list[str] = []
        self._depth = 0
        self._table: list[list[_Cell]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._table = []
        elif self._depth == 1 and tag == "tr":
            self._table.append([])
        elif self._depth == 1 and tag in ("td", "th") and self._table:
            said = dict(attrs)
            self._table[-1].append(_Cell([], _count(said.get("rowspan")), _count(said.get("colspan"))))
        elif tag in _BLOCKS and not self._depth:
            self.parts.append("\n")
        if tag == "body":
            self._silent.clear()  # A head that was never closed.

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent and self._silent.pop() != tag:
                pass
        elif tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_table()
        elif tag in _BLOCKS and tag not in _VOID and not self._depth:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        text = re.sub(r"\s*\n\s*", " ", data)
        if not self._depth:
            self.parts.append(text)
        elif self._table and self._table[-1]:
            self._table[-1][-1].parts.append(text)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """A section such as `<![if ...]>`; one that Python does not know is a remark, as it is to a browser."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def close(self) -> None:
        super().close()
        if self._depth:
            self._end_table()  # A table that was never closed.

    def _end_table(self) -> None:
        lines = table_lines(_spread(self._table))
        self.parts.append("\n" + "\n".join(lines) + "\n")
        self._table = []


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a page's table, and how many rows and columns it spans."""

    parts: list[str]
    rows: int
    columns: int


def _spread(table: list[list[_Cell]]) -> list[list[str]]:
    """Every cell in each place that it spans, as texts."""
    places: dict[tuple[int, int], str] = {}
    for at, row in enumerate(table):
        column = 0
        for cell in row:
            while (at, column) in places:
                column += 1
            text = "".join("".join(cell.parts).split())
            for down in range(min(cell.rows, len(table) - at)):
                places |= {(at + down, column + right): text for right in range(cell.columns)}
            column += cell.columns
    widths = [max((column + 1 for line, column in places if line == at), default=0) for at in range(len(table))]
    return [[places.get((at, column), "") for column in range(width)] for at, width in enumerate(widths)]
