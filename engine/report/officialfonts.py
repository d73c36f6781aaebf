"""The fonts of official documents, by the classes of the standard, and what may stand in for each.

Source: GB/T 9704-2012, as summarized in `tests/data/gbt9704_2012.csv`.
"""

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from engine.model.noun import dataclass


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


def set_face(run: Any, face: Face, size: Pt) -> None:
    """Set face and size of a run for Chinese and for all other characters."""
    run.font.size = size
    _set_fonts(run._r.get_or_add_rPr(), face)


def style_face(style: Any, face: Face, size: Pt) -> None:
    """Set face and size of a style for Chinese and for all other characters."""
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


def declare_faces(word: WordDocument) -> None:
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
