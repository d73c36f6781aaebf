"""Where a character of a text stands, as an editor counts."""

from engine.model.source import Source


def place_in(text: str, at: int, file: str) -> Source:
    """Line and column, both from 1, of the character at an offset of a file's text.

    >>> str(place_in("一、目標\\n(一)增長7%", 6, "plan.txt"))
    'plan.txt:2:2'
    """
    line = text.count("\n", 0, at)
    return Source(file, line + 1, at - (text.rfind("\n", 0, at) + 1) + 1)
