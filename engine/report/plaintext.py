"""Text of others made harmless: it appears as text wherever it is shown, and steers nothing."""

import html
import re

#: Characters that are obeyed instead of shown: controls, and marks that turn the direction of what follows.
_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)

#: What Markdown or the HTML in it would take for its own.
_MARKS = re.compile(r"[\\`*_\[\]<>|~#&]")


def visible(text: str) -> str:
    """One line of text in which every character is shown: what would be obeyed stands as its number.

    >>> visible("12\u202e34"), visible("a\\tb\\nc")
    ('12<U+202E>34', 'a b c')
    """
    one_line = re.sub("[\\t\\n\\r\\x0b\\x0c\\x85\\u2028\\u2029]+", " ", text)
    return _OBEYED.sub(lambda match: f"<U+{ord(match[0]):04X}>", one_line)


def in_html(text: str) -> str:
    """Text for HTML, between tags and in quoted attributes."""
    return html.escape(visible(text), quote=True)


def in_markdown(text: str) -> str:
    """Text for Markdown: its marks are not taken for structure."""
    return _MARKS.sub(lambda match: f"\\{match[0]}", visible(text))
