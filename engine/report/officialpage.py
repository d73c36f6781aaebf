"""The page of official documents: paper, type area, lines, styles of text, and page numbers.

Source: GB/T 9704-2012, as summarized in `tests/data/gbt9704_2012.csv`; the numbers of clauses are the standard's.
"""

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from engine.report.officialfonts import FANGSONG, HEADINGS, SONGTI, declare_faces, set_face, style_face

# 5.1, 5.2.1: A4, and margins that leave a type area of 156 mm by 225 mm.
PAGE_WIDTH, PAGE_HEIGHT = Mm(210), Mm(297)
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
TYPE_WIDTH = Mm(156)

# 5.2.3: 22 lines of 28 characters. The standard names no spacing; 225 mm / 22, rounded down to what Word can hold.
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
    style_face(normal, FANGSONG, SIZE_3)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(CLOSER))
    normal.element.get_or_add_rPr().insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")
    style = normal.paragraph_format
    style.line_spacing_rule, style.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    style.space_before = style.space_after = Pt(0)
    style.widow_control = False
    for level, face in enumerate(HEADINGS, 1):
        heading = word.styles[f"Heading {level}"]
        style_face(heading, face, SIZE_3)
        heading.font.bold, heading.font.italic = False, False
        heading.font.color.rgb = RGBColor(0, 0, 0)
        heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(0)
    declare_faces(word)


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
        set_indent(paragraph, side, SIZE_4, 1)
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


def set_indent(paragraph: Paragraph, side: str, size: Pt, characters: int) -> None:
    """Indent by characters, and by the same in twentieths of a point for programs that cannot count them."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn(f"w:{side}Chars"), str(characters * 100))
    indent.set(qn(f"w:{side}"), str(round(size.pt * 20 * characters)))
