"""The format of official documents: page, fonts by class, headings, paragraphs, tables and annexes in Word.

Everything written in Word goes through here, so that circular and notices have one form. What the standard does not
fix (the fallbacks of fonts, the size of tables' text) is said where it stands.

Source: GB/T 9704-2012 as summarized in `tests/data/gbt9704_2012.csv`; the numbers of clauses are the standard's.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from engine.report.plaintext import visible

# 5.1, 5.2.1: A4, and margins that leave a type area of 156 mm by 225 mm.
PAGE_WIDTH, PAGE_HEIGHT = Mm(210), Mm(297)
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
TYPE_WIDTH, TYPE_HEIGHT = Mm(156), Mm(225)

# 5.2.3: 22 lines of 28 characters. The standard names no spacing; 225 mm / 22, rounded down to what Word can hold.
LINES, CHARACTERS = 22, 28
LINE = Pt(28.95)

#: 28 characters of 16 points are wider than 156 mm: each is set closer. In twentieths of a point, as Word counts.
CLOSER = -5

# Sizes by their Chinese names.
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = Pt(22), Pt(16), Pt(14), Pt(10.5)

# 7.2.4: the letterhead is red, 35 mm below the top of the type area; its size is left to the office.
RED = RGBColor(0xFF, 0, 0)
HEAD_SIZE, HEAD_DROP = Pt(42), Mm(35)

# 7.5: the page number stands 7 mm below the type area, one dash on each side.
NUMBER_DROP = Mm(7)


@dataclass(frozen=True, slots=True)
class Face:
    """A class of fonts of the standard: the name that is asked for, and what may stand in its place."""

    name: str
    instead: tuple[str, ...]


# The standard names classes, no products; what stands in for them is common on office computers, then free.
FANGSONG = Face("仿宋", ("仿宋_GB2312", "FangSong", "STFangsong", "Noto Serif CJK SC"))
HEITI = Face("黑体", ("SimHei", "STHeiti", "Noto Sans CJK SC"))
KAITI = Face("楷体", ("楷体_GB2312", "KaiTi", "STKaiti", "Noto Serif CJK SC"))
XIAOBIAOSONG = Face("方正小标宋简体", ("方正小标宋_GBK", "小标宋体", "STZhongsong", "Noto Serif CJK SC"))
SONGTI = Face("宋体", ("SimSun", "STSong", "Noto Serif CJK SC"))
FACES = (FANGSONG, HEITI, KAITI, XIAOBIAOSONG, SONGTI)

#: 7.3.3: faces of the heading levels 一、 （一） 1. （1）; all of size 3, none bold.
HEADINGS = (HEITI, KAITI, FANGSONG, FANGSONG)

_DIGITS = "零一二三四五六七八九十"

#: The time in every entry of the file: a document says when it was made in its text, and nowhere else.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def heading_number(level: int, number: int) -> str:
    """The number of a heading as the standard writes it.

    >>> [heading_number(level, 12) for level in (1, 2, 3, 4)]
    ['十二、', '（十二）', '12.', '（12）']
    """
    form = ("{}、", "（{}）", "{}.", "（{}）")[level - 1]
    return form.format(chinese_number(number) if level < 3 else number)


def chinese_number(number: int) -> str:
    """A number from 1 to 99 in Chinese.

    >>> [chinese_number(number) for number in (1, 10, 11, 20, 35)]
    ['一', '十', '十一', '二十', '三十五']
    """
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")


def written_date(day: date) -> str:
    """A day as 7.3.5.4 wants it: Arabic digits, in full, without leading zeros.

    >>> written_date(date(2025, 7, 5))
    '2025年7月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


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
        table: Table = self.word.add_table(rows=0, cols=len(heads))
        set_table(table, widths)
        add_row(table, heads, HEITI, head=True)
        for row in rows:
            add_row(table, row, FANGSONG)
        return table

    # --- end -------------------------------------------------------------------------------------------------

    def annex_note(self, names: Sequence[str]) -> None:
        """What is annexed, one line below the body: numbered where there are several, without punctuation (7.3.4)."""
        self.empty(1)
        for place, name in enumerate(names, 1):
            number = f"{place}." if len(names) > 1 else ""
            paragraph = self._paragraph(("附件：" if place == 1 else "") + number + name, FANGSONG, SIZE_3, None)
            _indent(paragraph, 2 if place == 1 else 5)
            # A page that held nothing but a signature would prove nothing.
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


def fontconfig_aliases() -> str:
    """What may stand in for each face, as a file of fontconfig: programs that do not read it from a document obey this.

    >>> "<family>仿宋</family>" in fontconfig_aliases()
    True
    """
    lines = []
    for face in FACES:
        families = "".join(f"<family>{name}</family>" for name in face.instead)
        lines.append(f'<alias binding="same"><family>{face.name}</family><accept>{families}</accept></alias>')
    return f'<?xml version="1.0"?>\n<fontconfig>\n{chr(10).join(lines)}\n</fontconfig>\n'


def fit_line(paragraph: Paragraph) -> None:
    """Make a large centred line, as a letterhead is, as small as it must be to stay one line."""
    sizes = [run.font.size for run in paragraph.runs if run.font.size is not None]
    if paragraph.alignment != WD_ALIGN_PARAGRAPH.CENTER or not sizes or max(sizes) <= SIZE_2 or not paragraph.text:
        return
    room = TYPE_WIDTH.pt / len(paragraph.text)
    for run in paragraph.runs:
        if run.font.size is not None and run.font.size.pt > room:
            run.font.size = Pt(max(int(room), 12))


# --- page ------------------------------------------------------------------------------------------------------


def set_page(word: WordDocument) -> None:
    """Give a document's section the page of the standard (5.1 to 5.2.3)."""
    section = word.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance = Mm(15)
    # The foot is measured from the page's edge to the lower edge of its line.
    section.footer_distance = BOTTOM - NUMBER_DROP - SIZE_4
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    # A grid of characters a little narrower than their size makes LibreOffice give each of them two places, so the
    # grid has lines only, and the style of the text draws the characters together.
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int(LINE.pt * 20)))
    grid.attrib.pop(qn("w:charSpace"), None)


def set_styles(word: WordDocument) -> None:
    """Text of size 3 仿宋 on fixed lines, headings in their faces, and what may stand in for each face."""
    normal = word.styles["Normal"]
    _style_face(normal, FANGSONG, SIZE_3)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(CLOSER))
    normal.element.get_or_add_rPr().insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")
    style = normal.paragraph_format
    style.line_spacing_rule, style.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    style.space_before = style.space_after = Pt(0)
    style.widow_control = False
    for level, face in enumerate(HEADINGS, 1):
        heading = word.styles[f"Heading {level}"]
        _style_face(heading, face, SIZE_3)
        heading.font.bold, heading.font.italic = False, False
        heading.font.color.rgb = RGBColor(0, 0, 0)
        heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(0)
    _declare_faces(word)


def add_page_numbers(word: WordDocument) -> None:
    """`— 1 —` in size 4 宋体 below the type area, odd pages right and even pages left, one character in (7.5)."""
    word.settings.odd_and_even_pages_header_footer = True
    _set_compatibility(word)
    section = word.sections[0]
    for footer, alignment in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = alignment
        style = paragraph.paragraph_format
        style.line_spacing_rule, style.line_spacing = WD_LINE_SPACING.EXACTLY, SIZE_4
        side = "right" if alignment is WD_ALIGN_PARAGRAPH.RIGHT else "left"
        _set_indent(paragraph, side, SIZE_4, 1)
        set_face(paragraph.add_run("— "), SONGTI, SIZE_4)
        for kind, text in (("begin", None), (None, "PAGE"), ("separate", None), ("", "1"), ("end", None)):
            run = paragraph.add_run()
            set_face(run, SONGTI, SIZE_4)
            run._r.append(_field_part(kind, text))
        set_face(paragraph.add_run(" —"), SONGTI, SIZE_4)


def _set_compatibility(word: WordDocument) -> None:
    """Ask for the layout of Word 2013 and later; in older ones tables hang out by the margins of their cells."""
    settings = word.settings.element
    compat = settings.find(qn("w:compat"))
    for setting in compat.findall(qn("w:compatSetting")) if compat is not None else ():
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
            return
    if compat is None:
        compat = OxmlElement("w:compat")
        settings.append(compat)
    setting = OxmlElement("w:compatSetting")
    names = (("name", "compatibilityMode"), ("uri", "http://schemas.microsoft.com/office/word"), ("val", "15"))
    for name, value in names:
        setting.set(qn(f"w:{name}"), value)
    compat.append(setting)


def _field_part(kind: str | None, text: str | None) -> Any:
    if text is None:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind or "")
        return mark
    element = OxmlElement("w:instrText" if kind is None else "w:t")
    element.text = text
    return element


def _declare_faces(word: WordDocument) -> None:
    """Write into the table of fonts what may stand in for each face (`w:altName`)."""
    part = next(part for part in word.part.package.iter_parts() if str(part.partname) == "/word/fontTable.xml")
    from docx.opc.oxml import parse_xml, serialize_part_xml

    table = parse_xml(part.blob)
    for face in FACES:
        font = OxmlElement("w:font")
        font.set(qn("w:name"), face.name)
        for tag, value in (("w:altName", ",".join(face.instead)), ("w:charset", "86"), ("w:family", "auto")):
            element = OxmlElement(tag)
            element.set(qn("w:val"), value)
            font.append(element)
        table.append(font)
    part._blob = serialize_part_xml(table)


# --- text ------------------------------------------------------------------------------------------------------


def set_face(run: Any, face: Face, size: Pt) -> None:
    """Set face and size of a run for Chinese and for all other characters."""
    run.font.size = size
    _set_fonts(run._r.get_or_add_rPr(), face)


def _style_face(style: Any, face: Face, size: Pt) -> None:
    style.font.size = size
    _set_fonts(style.element.get_or_add_rPr(), face)


def _set_fonts(properties: Any, face: Face) -> None:
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), face.name)
    # Quotation marks and dashes are Chinese here, whatever stands beside them.
    fonts.set(qn("w:hint"), "eastAsia")


def _indent(paragraph: Paragraph, characters: int) -> None:
    _set_indent(paragraph, "firstLine", SIZE_3, characters)


def _indent_right(paragraph: Paragraph, characters: int) -> None:
    _set_indent(paragraph, "right", SIZE_3, characters)


def _set_indent(paragraph: Paragraph, side: str, size: Pt, characters: int) -> None:
    """Indent by characters, and by the same in twentieths of a point for programs that cannot count them."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn(f"w:{side}Chars"), str(characters * 100))
    indent.set(qn(f"w:{side}"), str(round(size.pt * 20 * characters)))


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
    return row


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
