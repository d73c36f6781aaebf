"""Official documents in Word: heads, headings, paragraphs, tables, annexes and the file.

Everything written in Word goes through here, so that circular and notices have one form. What the standard does not
fix (the fallbacks of fonts, the size of tables' text) is said where it stands.

Source: GB/T 9704-2012 as summarized in `tests/data/gbt9704_2012.csv`; the numbers of clauses are the standard's.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from engine.report.officialfonts import FANGSONG, HEADINGS, HEITI, XIAOBIAOSONG, Face, set_face
from engine.report.officialpage import (
    HEAD_DROP,
    HEAD_SIZE,
    RED,
    SIZE_2,
    SIZE_3,
    SIZE_5,
    TYPE_WIDTH,
    add_page_numbers,
    set_indent,
    set_page,
    set_styles,
)
from engine.report.officialwords import heading_number
from engine.report.plaintext import visible

#: The time in every entry of the file: a document says when it was made in its text, and nowhere else.
_EPOCH = (1980, 1, 1, 0, 0, 0)


class OfficialDocument:
    """A document in the making: call its methods from top to bottom, then `to_bytes`."""

    def __init__(self) -> None:
        """Begin with an empty page of the standard's measures."""
        self.word: WordDocument = Document()
        set_page(self.word)
        set_styles(self.word)
        add_page_numbers(self.word)
        self._counts = [0, 0, 0, 0]

    # --- head ------------------------------------------------------------------------------------------------

    def letterhead(self, name: str) -> Paragraph:
        """The red name of the issuer, its upper edge 35 mm below the top of the type area (7.2.4)."""
        paragraph = self._paragraph(name, XIAOBIAOSONG, HEAD_SIZE, WD_ALIGN_PARAGRAPH.CENTER)
        paragraph.runs[0].font.color.rgb = RED
        style = paragraph.paragraph_format
        style.line_spacing_rule, style.line_spacing = WD_LINE_SPACING.EXACTLY, HEAD_SIZE
        style.space_before = HEAD_DROP
        _leave_grid(paragraph)
        return paragraph

    def number(self, text: str) -> Paragraph:
        """The document number, two lines below the letterhead, and 4 mm below it the red rule (7.2.5, 7.2.7)."""
        self.empty(2)
        paragraph = self._paragraph(text, FANGSONG, SIZE_3, WD_ALIGN_PARAGRAPH.CENTER)
        _border(paragraph, "bottom", size=8, space=11, color="FF0000")
        return paragraph

    def title(self, text: str) -> Paragraph:
        """The title, two empty lines below the red rule (7.3.1)."""
        self.empty(2)
        paragraph = self._paragraph(text, XIAOBIAOSONG, SIZE_2, WD_ALIGN_PARAGRAPH.CENTER)
        _keep_with_next(paragraph)
        _leave_grid(paragraph)
        return paragraph

    def recipients(self, text: str) -> Paragraph:
        """Whom it is for, one line below the title, flush left; the text ends with a full-width colon."""
        self.empty(1)
        return self._paragraph(text, FANGSONG, SIZE_3, None)

    # --- body ------------------------------------------------------------------------------------------------

    def heading(self, level: int, text: str) -> Paragraph:
        """A numbered heading of level 1 to 4; numbers run on by themselves (7.3.3)."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        number = heading_number(level, self._counts[level - 1])
        paragraph = self._paragraph(number + text, HEADINGS[level - 1], SIZE_3, None)
        paragraph.style = self.word.styles[f"Heading {level}"]
        _indent(paragraph, 2)
        _keep_with_next(paragraph)
        return paragraph

    def paragraph(self, text: str) -> Paragraph:
        """A paragraph of the body: two characters in (7.3.3)."""
        paragraph = self._paragraph(text, FANGSONG, SIZE_3, WD_ALIGN_PARAGRAPH.JUSTIFY)
        _indent(paragraph, 2)
        return paragraph

    def empty(self, lines: int) -> None:
        """Lines without text."""
        for _ in range(lines):
            self._paragraph("", FANGSONG, SIZE_3, None)

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Table:
        """A table as wide as the type area: its head repeats on every page, and no row is cut.

        Units: `widths` are shares. The standard leaves tables open; their text is 仿宋 of size 5.
        """
        return make_table(self.word, heads, rows, widths)

    # --- end -------------------------------------------------------------------------------------------------

    def annex_note(self, names: Sequence[str]) -> None:
        """What is annexed, one line below the body: numbered where there are several, without punctuation (7.3.4)."""
        # A page that held nothing but a signature would prove nothing: the end of the body goes with it.
        _keep_with_next(self.word.paragraphs[-1])
        self.empty(1)
        _keep_with_next(self.word.paragraphs[-1])
        for place, name in enumerate(names, 1):
            number = f"{place}." if len(names) > 1 else ""
            paragraph = self._paragraph(("附件：" if place == 1 else "") + number + name, FANGSONG, SIZE_3, None)
            _indent(paragraph, 2 if place == 1 else 5)
            _keep_with_next(paragraph)

    def signature(self, office: str, day: str) -> None:
        """Who signs, two characters from the right, and the date on the next line (without a seal; 7.3.5.3)."""
        self.empty(1)
        _keep_with_next(self.word.paragraphs[-1])
        signed = self._paragraph(office, FANGSONG, SIZE_3, WD_ALIGN_PARAGRAPH.RIGHT)
        _indent_right(signed, 2)
        _keep_with_next(signed)
        # The date stands two characters further in than a shorter name above it would.
        _indent_right(self._paragraph(day, FANGSONG, SIZE_3, WD_ALIGN_PARAGRAPH.RIGHT), 2)

    def annex(self, title: str, number: int | None = None) -> None:
        """Begin an annex on a new page: its mark on line 1, its title centred on line 3 (7.3.7)."""
        self._counts = [0, 0, 0, 0]
        mark = self._paragraph(f"附件{number or ''}", HEITI, SIZE_3, None)
        mark.paragraph_format.page_break_before = True
        self.empty(1)
        named = self._paragraph(title, XIAOBIAOSONG, SIZE_2, WD_ALIGN_PARAGRAPH.CENTER)
        _keep_with_next(named)
        _leave_grid(named)

    def to_bytes(self, title: str, author: str, day: date) -> bytes:
        """The file. Nothing in it depends on when or where it is made."""
        return document_bytes(self.word, title, author, day)

    def _paragraph(self, text: str, face: Face, size: Pt, alignment: WD_ALIGN_PARAGRAPH | None) -> Paragraph:
        paragraph = self.word.add_paragraph()
        if alignment is not None:
            paragraph.alignment = alignment
        set_face(paragraph.add_run(visible(text)), face, size)
        return paragraph


def fit_line(paragraph: Paragraph) -> None:
    """Make a large centred line, as a letterhead is, as small as it must be to stay one line."""
    sizes = [run.font.size for run in paragraph.runs if run.font.size is not None]
    if paragraph.alignment != WD_ALIGN_PARAGRAPH.CENTER or not sizes or max(sizes) <= SIZE_2 or not paragraph.text:
        return
    room = TYPE_WIDTH.pt / len(paragraph.text)
    for run in paragraph.runs:
        if run.font.size is not None and run.font.size.pt > room:
            run.font.size = Pt(max(int(room), 12))


def _indent(paragraph: Paragraph, characters: int) -> None:
    set_indent(paragraph, "firstLine", SIZE_3, characters)


def _indent_right(paragraph: Paragraph, characters: int) -> None:
    set_indent(paragraph, "right", SIZE_3, characters)


def _leave_grid(paragraph: Paragraph) -> None:
    """Keep to the paragraph's own line: larger text would else take two lines of the grid, smaller a whole one."""
    loose = OxmlElement("w:snapToGrid")
    loose.set(qn("w:val"), "0")
    behind = _AFTER_BORDERS[_AFTER_BORDERS.index("w:snapToGrid") + 1 :]
    paragraph._p.get_or_add_pPr().insert_element_before(loose, *behind)


def _keep_with_next(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.keep_with_next = True


def _border(paragraph: Paragraph, side: str, size: int, space: int, color: str) -> None:
    """A rule beside a paragraph. Units: `size` in eighths of a point, `space` in points."""
    properties = paragraph._p.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", str(space)), ("color", color)):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    properties.insert_element_before(borders, *_AFTER_BORDERS)


#: What has to stand behind borders among the properties of a paragraph.
_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


# --- tables ----------------------------------------------------------------------------------------------------


def make_table(word: WordDocument, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Table:
    """A table at the document's end, as `OfficialDocument.table` says. Units: `widths` are shares."""
    table: Table = word.add_table(rows=0, cols=len(heads))
    set_table(table, widths)
    add_row(table, heads, HEITI, head=True)
    for row in rows:
        add_row(table, row, FANGSONG)
    return table


def set_table(table: Table, widths: Sequence[int]) -> None:
    """Rules on all sides, and fixed columns that together are as wide as the type area."""
    table.style = "Table Grid"
    table.autofit = False
    whole = int(TYPE_WIDTH.pt * 20)
    properties = table._tbl.tblPr
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(whole))
    # Word lets a table hang out by the margins of its cells; this one begins with the type area.
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), "0")
    indent.set(qn("w:type"), "dxa")
    properties.insert_element_before(indent, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    for column, share in zip(table.columns, widths, strict=True):
        column.width = Pt(TYPE_WIDTH.pt * share / sum(widths))


def add_row(table: Table, cells: Sequence[str], face: Face, head: bool = False) -> _Row:
    """Add a row that is never cut; a head repeats on every page."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    for column, cell, text in zip(table.columns, row.cells, cells, strict=True):
        cell.width = column.width
        paragraph = cell.paragraphs[0]
        if head:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        style = paragraph.paragraph_format
        style.line_spacing_rule, style.line_spacing = WD_LINE_SPACING.SINGLE, 1.0
        _leave_grid(paragraph)
        run = paragraph.add_run(visible(text))
        set_face(run, face, SIZE_5)
        _set_mark_size(paragraph, SIZE_5)
    return row


def _set_mark_size(paragraph: Paragraph, size: Pt) -> None:
    """Give the mark at a paragraph's end a size: an empty cell would else be as high as a line of the body."""
    properties = paragraph._p.get_or_add_pPr()
    mark = OxmlElement("w:rPr")
    for tag in ("w:sz", "w:szCs"):
        element = OxmlElement(tag)
        element.set(qn("w:val"), str(int(size.pt * 2)))
        mark.append(element)
    properties.insert_element_before(mark, "w:sectPr", "w:pPrChange")


# --- the file --------------------------------------------------------------------------------------------------


def document_bytes(word: WordDocument, title: str, author: str, day: date) -> bytes:
    """A document as a file whose bytes depend on what it says alone."""
    properties = word.core_properties
    properties.title, properties.author, properties.last_modified_by = title[:255], author[:255], author[:255]
    properties.comments, properties.keywords, properties.revision = "", "", 1
    properties.created = properties.modified = datetime(day.year, day.month, day.day)
    buffer = io.BytesIO()
    word.save(buffer)
    return _without_times(buffer.getvalue())


def _without_times(content: bytes) -> bytes:
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as result:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            result.writestr(entry, source.read(name))
    return target.getvalue()
