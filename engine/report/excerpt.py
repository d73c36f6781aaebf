"""A line of a file with a mark under the place that is meant, for terminals: nothing in it is ever obeyed."""

from unicodedata import category

from engine.model.source import Source
from engine.report.columns import display_width

#: How much of a long line is shown, and how much of that may stand before the place. Units: terminal columns.
WIDTH = 120
_BEFORE = 70

_TAB = "    "
_CUT = "…"


def column_in(source: Source, line: str) -> int | None:
    """The column of a place in its line, in characters from 1; None where it cannot be told.

    A place in a CSV file counts cells: then it is where the cell begins.
    """
    if not source.column:
        return None
    if not source.file.lower().endswith(".csv"):
        return min(source.column, len(line) + 1)
    cells, quoted = 1, False
    for place, character in enumerate(line, start=1):
        if cells == source.column:
            return place
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            cells += 1
    return len(line) + 1 if cells == source.column else None


def excerpt(line: str, column: int | None) -> tuple[str, str | None]:
    """What is shown of a line, and below it the mark under `column`; no mark without a column.

    >>> excerpt("  threshold: 223 家", 14)
    ('  threshold: 223 家', '             ^')
    """
    at = min(column - 1, len(line)) if column else 0
    start, left = _reach_back(line, at)
    end, _ = _reach_on(line, at, WIDTH - left)
    before = (_CUT if start else "") + "".join(map(_shown, line[start:at]))
    text = before + "".join(map(_shown, line[at:end])) + (_CUT if end < len(line) else "")
    return text.rstrip(), " " * sum(map(_width, before)) + "^" if column else None


def one_line(text: str) -> str:
    """Text from a file or a name, made harmless: control characters never reach the terminal."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else "�" for character in text)


def _reach_back(line: str, at: int) -> tuple[int, int]:
    """From where a line is shown, and the columns from there to `at`."""
    whole = sum(_width(_shown(character)) for character in line[: WIDTH + 1])
    # A line that fits is never cut, wherever in it the place is.
    room = WIDTH if len(line) <= WIDTH and whole <= WIDTH else _BEFORE
    start, taken = at, 0
    while start and (taken + (step := _width(_shown(line[start - 1])))) <= room:
        start, taken = start - 1, taken + step
    return start, taken


def _reach_on(line: str, at: int, room: int) -> tuple[int, int]:
    """Up to where a line is shown that has so many columns left, and those that it takes."""
    end, taken = at, 0
    while end < len(line) and (taken + (step := _width(_shown(line[end])))) <= room:
        end, taken = end + 1, taken + step
    return end, taken


def _shown(character: str) -> str:
    if character == "\t":
        return _TAB
    # Blanks of other widths are often just what is wrong, and harm nothing.
    return character if character.isprintable() or category(character) == "Zs" else "�"


def _width(text: str) -> int:
    return sum(map(display_width, text))
