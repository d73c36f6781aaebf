"""The verdicts of a check in columns, byte for byte as tabulate draws its format `simple`.

tabulate draws every other table. A check is run many times a day, and loading tabulate with what it loads in its turn
would be a good part of the time that a quarter takes (`make bench` measures the start-up).
"""

from collections.abc import Sequence
from unicodedata import category, east_asian_width

#: What tabulate adds to the width of a head.
_PADDING = 2

_COLOUR = "\x1b"

#: The width of what only wcwidth can measure, which makes that of its whole text unknown.
_UNKNOWN = 1 << 40

#: The ideographs of every day; other letters without case, and all beyond the first plane, are left to wcwidth.
_FIRST_IDEOGRAPH, _LAST_IDEOGRAPH, _BEYOND = "\u4e00", "\u9fff", "\U00010000"


def aligned(rows: Sequence[Sequence[str]], heads: Sequence[str]) -> list[str]:
    """The lines of a table: the heads, a rule, and a line for each row, every cell on the left of its column.

    Cells are of one line each; colours in them take no room. Needed: as many cells in each row as there are heads.
    """
    columns = [[head, *cells] for head, cells in zip(heads, zip(*rows, strict=True), strict=True)] if rows else []
    drawn = []
    for cells in columns:
        widths = [*map(display_width, cells)]
        room = max(widths[0] + _PADDING, *widths)
        padded = [cell + " " * (room - width) for cell, width in zip(cells, widths, strict=True)]
        drawn.append([padded[0], "-" * room, *padded[1:]])
    return ["  ".join(line).rstrip() for line in zip(*drawn, strict=True)]


def display_width(text: str) -> int:
    """Columns that a text of one line takes on a terminal; a Chinese character takes two, a colour none.

    >>> display_width("≥ 7 %"), display_width("市經信局")
    (5, 8)
    """
    if text.isascii() and text.isprintable():
        return len(text)
    if _COLOUR in text:
        text = "".join(each.partition("m")[2] if place else each for place, each in enumerate(text.split(_COLOUR)))
    width = sum(map(_WIDTHS.__getitem__, text))
    if width < _UNKNOWN:
        return width
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)


class _Widths(dict[str, int]):
    """Columns of characters that take the same wherever they stand; more than any line has for all others."""

    def __missing__(self, character: str) -> int:
        width = _UNKNOWN
        kind = category(character)
        if _FIRST_IDEOGRAPH <= character <= _LAST_IDEOGRAPH:
            width = 2
        elif kind != "Lo" and (kind[0] in "LNP" or kind in ("Sm", "Zs")) and character < _BEYOND:
            width = 2 if east_asian_width(character) in "WF" else 1
        self[character] = width
        return width


#: The signs of the verdicts are among symbols of which some are wide.
_WIDTHS = _Widths({"✓": 1, "✗": 1})
