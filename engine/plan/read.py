"""A plan's file → its text. The only module of this stage that opens files."""

import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from engine.model.diagnostic import Diagnostic
from engine.model.source import Source

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

#: A plan has some hundred kilobytes; what unpacks to more is refused, not read.
_LARGEST_PART = 50_000_000
_ENCODINGS = ("utf-8-sig", "gb18030", "big5")
_COMMON = re.compile("单位|單位|责任|責任|[市县縣区區年]")
_BLOCKS_LISTED = "p div br li tr table h1 h2 h3 h4 h5 h6 section article header footer ul ol blockquote pre dd dt title"
_BLOCKS = frozenset(_BLOCKS_LISTED.split())
_SILENT = frozenset({"script", "style", "head", "nav", "noscript", "template", "button", "select"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link"})


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
    """The paragraphs of a Word document, one a line, those of tables included.

    Numbers that Word counts by itself are not in its text. Errors: raises PlanFileError.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size > _LARGEST_PART:
                raise PlanFileError("the document unpacks to more than 50 MB")
            document = archive.read(part)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
        raise PlanFileError("not a Word document (.docx)") from error
    # Word never declares entities; a document that does is out to fill the memory, or to read other files.
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", document) or b"\x00" in document[:200]:
        raise PlanFileError("the document declares entities, which no plan needs")
    try:
        root = ElementTree.fromstring(document)
    except ElementTree.ParseError as error:
        raise PlanFileError(f"the document is damaged: {error}") from error
    return "\n".join("".join(_runs(paragraph)) for paragraph in root.iter(f"{_W}p")) + "\n"


def text_of_html(page: str) -> str:
    """The visible text of a web page, one block a line."""
    reader = _PageReader()
    reader.feed(page)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


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
    """Collects the visible text of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BLOCKS:
            self.parts.append("\n")
        if tag == "body":
            self._silent.clear()  # A head that was never closed.

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent and self._silent.pop() != tag:
                pass
        elif tag in _BLOCKS and tag not in _VOID:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"\s*\n\s*", " ", data))
