import doctest

import pytest

from engine.report import plaintext
from engine.report.plaintext import in_html, in_markdown, visible


def test_examples_hold() -> None:
    assert doctest.testmod(plaintext).failed == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc\r\nd", "a b c d"),
        ("\u202e12\u202c", "<U+202E>12<U+202C>"),
        ("\x00\x1b[31m", "<U+0000><U+001B>[31m"),
        ("=cmd()", "=cmd()"),
        ("\ufeff凈增", "<U+FEFF>凈增"),
    ],
)
def test_what_would_be_obeyed_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_html_and_markdown_keep_text_text() -> None:
    hostile = '<script>alert("1")</script> | **x** \u202e'
    assert in_html(hostile) == ("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; | **x** &lt;U+202E&gt;")
    assert in_markdown(hostile) == ('\\<script\\>alert("1")\\</script\\> \\| \\*\\*x\\*\\* \\<U+202E\\>')
