"""Small texts of the page: in all languages, as places in files, and for searching in either script."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from engine.model.source import Source
from engine.names import to_simplified, to_traditional
from engine.report.words import Words


def thrice(spoken: Sequence[Words], say: Callable[[Words], str]) -> list[str] | str:
    """A text in all languages; once where it is the same in all."""
    return same_or_all([say(words) for words in spoken])


def same_or_all(said: list[str]) -> list[str] | str:
    """A text that was said in all languages; once where it is the same in all."""
    return said[0] if len(set(said)) == 1 else said


def place(source: Source) -> list[Any]:
    """A place as file, line, column and cell, without what it does not have."""
    whole = [source.file, source.line, source.column, source.cell]
    while not whole[-1]:
        whole.pop()
    return whole


def script_pairs(texts: Iterable[str]) -> list[str]:
    """Characters that differ between the scripts, as two texts of equal length: from any form to the Simplified one.

    >>> script_pairs(["咸寧", "咸宁"])
    ['寧', '宁']
    """
    pairs: dict[str, str] = {}
    for character in sorted(set("".join(texts))):
        simple = to_simplified(character)
        for form in (character, to_traditional(simple)):
            if form != simple and len(form) == len(simple) == 1:
                pairs[form] = simple
    return ["".join(pairs), "".join(pairs.values())]
