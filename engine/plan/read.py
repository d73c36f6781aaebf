"""A plan's file → its text. The only module of this stage that opens files."""

import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

#: A plan has some hundred kilobytes; what unpacks to more is refused, not read.
_LARGEST_PART = 50_000_000
_ENCODINGS = ("utf-8-sig", "gb18030", "big5")
_BLOCKS_LISTED = "p div br li tr table h1 h2 h3 h4 h5 h6 section article header footer ul ol blockquote pre dd dt title"
_BLOCKS = frozenset(_BLOCKS_LISTED.split())
_SILENT = frozenset({"script", "style", "head", "nav", "noscript", "template", "button", "select"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link"})


class PlanFileError(ValueError):
    """A plan's file cannot be read as what its name says it is."""


def read_plan_file(path: Path) -> str:
    """The text of a plan: `.txt`, `.docx`, or a web page saved as `.html` or `.htm`.

    Errors: raises PlanFileError for a file that is damaged, too large or of another kind, OSError for one
    that cannot be opened.
    """
    raw = path.read_bytes()
    suffix = path.suffix.lower()
    if suffix == ".docx":
        return text_of_docx(raw)
    if suffix in (".html", ".htm", ".xhtml"):
        return text_of_html(_decode(raw))
    if suffix in (".txt", ".md", ""):
        return _decode(raw)
    raise PlanFileError(f"{path.name}: a plan is read from .txt, .docx or .html")


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
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise PlanFileError("the text is in no encoding that is known here (UTF-8, GB18030, Big5)")


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
