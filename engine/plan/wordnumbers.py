"""The numbers that Word counts by itself and keeps apart from the text: 1. 2. 3., 一、二、三、 before paragraphs."""

import re
from dataclasses import field
from xml.etree import ElementTree

from engine.model.noun import dataclass

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
        "taiwaneseCountingThousand", "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital",
    }
)  # fmt: skip
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
#: Bullets and no number at all: nothing that could be the number of a clause.
_UNNUMBERED = frozenset({"bullet", "none"})
_LEVELS = 9
#: No plan counts further; a document that does is out to fill the memory.
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    style: str
    text: str


@dataclass(slots=True)
class WordNumbers:
    """Counts the numbered paragraphs of a document in the order in which they are asked for."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    _styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: ElementTree.Element) -> str:
        """The number before a paragraph as Word shows it; empty where it has none."""
        number, level = self._place(paragraph)
        own = self._levels.get(self._abstract.get(number, ""), {})
        if level not in own or own[level].style in _UNNUMBERED:
            return ""
        counts = self._counts.setdefault(self._abstract[number], {})
        if (number, level) in self._overrides and (number, level) not in self._seen:
            self._seen.add((number, level))
            counts[level] = self._overrides[number, level]
        else:
            counts[level] = counts.get(level, own[level].start - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            counts.pop(deeper, None)

        def written(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            if place not in own:
                return ""
            return write_number(counts.get(place, own[place].start), own[place].style)

        text = re.sub("%([1-9])", written, own[level].text)
        # A tab stands between a bare number and the words, so that the two stay apart.
        return text + " " if text[-1:].isdigit() else text

    def _place(self, paragraph: ElementTree.Element) -> tuple[str, int]:
        """The list and the level of a paragraph, its own or those of its style."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return "", 0
        style = _value(properties.find(f"{_W}pStyle"))
        number, level = self._styles.get(style, ("", 0))
        own = properties.find(f"{_W}numPr")
        if own is not None:
            number = _value(own.find(f"{_W}numId")) or number
            level = _number(own.find(f"{_W}ilvl"), level)
        return number, level


def read_word_numbers(numbering: ElementTree.Element | None, styles: ElementTree.Element | None) -> WordNumbers:
    """What a document says of its lists: the roots of its parts numbering.xml and styles.xml, where it has them."""
    numbers = WordNumbers()
    if numbering is None:
        return numbers
    for abstract in numbering.findall(f"{_W}abstractNum"):
        numbers._levels[abstract.get(f"{_W}abstractNumId", "")] = {
            _attribute(level, "ilvl"): _Level(
                _number(level.find(f"{_W}start"), 1),
                _value(level.find(f"{_W}numFmt")) or "decimal",
                _value(level.find(f"{_W}lvlText")),
            )
            for level in abstract.findall(f"{_W}lvl")
        }
    for num in numbering.findall(f"{_W}num"):
        number = num.get(f"{_W}numId", "")
        numbers._abstract[number] = _value(num.find(f"{_W}abstractNumId"))
        for override in num.findall(f"{_W}lvlOverride"):
            start = override.find(f"{_W}startOverride")
            if start is not None:
                numbers._overrides[number, _attribute(override, "ilvl")] = _number(start, 1)
    for style in styles.findall(f"{_W}style") if styles is not None else ():
        own = style.find(f"{_W}pPr/{_W}numPr")
        if own is not None:
            place = (_value(own.find(f"{_W}numId")), _number(own.find(f"{_W}ilvl"), 0))
            numbers._styles[style.get(f"{_W}styleId", "")] = place
    return numbers


def write_number(number: int, style: str) -> str:
    """A number of a list in one of Word's styles; digits in a style that no plan numbers its clauses by.

    >>> write_number(21, "chineseCounting"), write_number(10, "chineseCountingThousand"), write_number(3, "decimal")
    ('二十一', '十', '3')
    """
    if style in _CHINESE and 0 < number < 1000:
        return _chinese(number)
    if style in _CIRCLED and 0 < number <= 20:
        return chr(0x245F + number)
    return str(number)


def _chinese(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _value(element: ElementTree.Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


def _number(element: ElementTree.Element | None, otherwise: int) -> int:
    written = _value(element)
    # Python refuses to read numbers of more than 4300 digits.
    return min(int(written[:9]), _LARGEST) if written.isdecimal() else otherwise


def _attribute(element: ElementTree.Element, name: str) -> int:
    written = element.get(f"{_W}{name}", "0")
    return min(int(written[:9]), _LEVELS) if written.isdecimal() else 0
