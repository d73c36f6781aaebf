"""The few English words that findings carry with them: what was expected, and what a part of the book is wrong in.

A reader of files says them where it finds the fault; here they are put into the language of the message.
"""

import re
from collections.abc import Callable
from functools import cache

from engine.catalogues import Phrases

#: What stands in braces is of the file. Of two that fit the one with more words of its own is taken.
PARTICULARS: Phrases = (
    # What was expected
    "a figure for {name}",
    "a list for {name}",
    "a list of bands",
    "a list of points",
    "a list of texts for {name}",
    "a list of two or more indicators",
    "a mapping",
    "a mapping for {name}",
    "a mapping of periods to figures",
    "a mapping of quotas",
    "a mapping of {keys}",
    "a number above {least}",
    "a number above {least} and up to {most}",
    "a number from {least}",
    "a number from {least} to {most}",
    "a number with its unit of measure",
    "a period such as 2025Q2",
    "a text for {name}",
    "a whole number from {least} to {most}",
    "bonus, deduction or veto",
    "four numbers that make 100",
    "no points for a veto",
    "no {key} for the method {method}",
    "one of {names}",
    "ratio or growth of two, or sum",
    "same or quota",
    "two or more parts",
    # Bands and paces
    "a verdict is one of pass, at-risk, fail",
    "each day stands once",
    "every band but the last has at_least",
    "it begins with pass and ends with fail without at_least",
    "it starts at or above 0, never falls, ends at 100 %",
    "the bands must fall and grow worse in one direction",
    # Units of measure
    "after ; only `offset: number` may stand: {found}",
    "not a name of a unit: {found}",
    "not of the form name = meaning: {found}",
    "only numbers, names, *, / and brackets may stand: {found}",
    "pint cannot read it: {found}",
    "the dimension {name} has a base unit already",
    "{name} has a meaning already",
    "{name} has an offset: nothing can be a multiple of it",
    "{name} is not a whole multiple of a base unit",
    "{name} is not defined before this line",
    "{name} would have two meanings: 萬, 億 and the like multiply",
    # The plan's own text
    "not a Word document (.docx)",
    "the document declares entities, which no plan needs",
    "the document is damaged: nested too deep",
    "the document is damaged: {problem}",
    "the document is packed in a way that Word never uses",
    "the document unpacks to more than 50 MB",
    "the text has more than 50 MB",
    "the text is in no encoding that is known here (UTF-8, GB18030, Big5)",
)


def put(english: str, said: Callable[[str], str]) -> str:
    """Words that a finding carries, as `said` says them; what is no phrase of ours stays as it is.

    >>> put("a text for name", {"a text for {name}": "單個值：{name}"}.__getitem__)
    '單個值：name'
    """
    for pattern, phrase in _patterns():
        found = pattern.fullmatch(english)
        if found:
            return said(phrase).format(**found.groupdict())
    return english


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    by_own_words = sorted(PARTICULARS, key=lambda phrase: -len(re.sub(r"\{\w+\}", "", phrase)))
    made = []
    for phrase in by_own_words:
        pieces = re.split(r"\{(\w+)\}", phrase)
        # Pieces alternate: words of ours, the name of what stands between, words of ours.
        text = "".join(f"(?P<{each}>.+)" if place % 2 else re.escape(each) for place, each in enumerate(pieces))
        made.append((re.compile(text, re.DOTALL), phrase))
    return made
