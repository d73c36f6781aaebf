from xml.etree import ElementTree

import pytest

from engine.plan.wordnumbers import read_word_numbers, write_number

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

LEVELS = """\
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="16"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""
STYLES = '<w:style w:styleId="a"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'


def root(inside: str) -> ElementTree.Element:
    return ElementTree.fromstring(f'<w:x xmlns:w="{W}">{inside}</w:x>')


def labels(*places: str) -> list[str]:
    """What stands before paragraphs: `1.0` is level 0 of list 1, `a` a style, an empty text no number."""
    numbers = read_word_numbers(root(LEVELS), root(STYLES))
    made = []
    for place in places:
        number, _, level = place.partition(".")
        own = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if level else ""
        style = f'<w:pStyle w:val="{place}"/>' if place and not level else ""
        (paragraph,) = root(f"<w:p><w:pPr>{style}{own}</w:pPr></w:p>")
        made.append(numbers.label(paragraph))
    return made


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (["1.0", "1.1", "1.1", "1.0", "1.1"], ["一、", "（一）", "（二）", "二、", "（一）"]),
        (["1.0", "1.2", "1.2"], ["一、", "一.1 ", "一.2 "]),
        (["2.0", "", "2.0"], ["16.", "", "17."]),
        # Another list of the same numbers goes on, unless it says where it starts.
        (["2.0", "3.0", "3.0", "2.0"], ["16.", "1.", "2.", "3."]),
        (["1.0", "a", "a"], ["一、", "（一）", "（二）"]),
        (["2.1", "9.0", "1.7", "b"], ["", "", "", ""]),
    ],
)
def test_paragraphs_are_counted_as_word_counts_them(places: list[str], expected: list[str]) -> None:
    assert labels(*places) == expected


def test_a_document_without_lists_has_no_numbers() -> None:
    (paragraph,) = root('<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>')
    assert read_word_numbers(None, None).label(paragraph) == ""
    assert read_word_numbers(root(LEVELS), None).label(root("<w:p/>")[0]) == ""


@pytest.mark.parametrize(
    ("number", "style", "expected"),
    [
        (1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (11, "chineseCounting", "十一"),
        (20, "japaneseCounting", "二十"), (105, "chineseCounting", "一百零五"), (155, "chineseCounting", "一百五十五"),
        (110, "chineseCounting", "一百一十"), (3, "decimalEnclosedCircle", "③"), (7, "upperRoman", "7"),
        (0, "chineseCounting", "0"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_the_style_of_the_list(number: int, style: str, expected: str) -> None:
    assert write_number(number, style) == expected
