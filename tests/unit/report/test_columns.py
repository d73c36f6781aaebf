"""Columns are those of tabulate, and widths those of wcwidth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabulate import tabulate
from wcwidth import wcswidth

from engine.report.columns import aligned, display_width

#: What books and verdicts say, and what is rare: sequences of emoji, marks on letters, Hangul in parts, filling blanks.
TEXTS = st.text(
    st.sampled_from(
        "abz09 %.·…–≥✓✗，。％（）市經信局嘉魚縣ㄅ한ａｂ\u0301\u200b\ufe0f\u200d👩🇨🇳\u1160\u3164\U00020bb7⚠⌚"
    ),
    max_size=12,
)
CELLS = TEXTS.map(str.strip)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=2, max_size=6)))
def test_the_columns_are_those_of_tabulate(table: list[list[str]]) -> None:
    heads, *rows = table
    drawn = tabulate(rows, headers=heads, tablefmt="simple", disable_numparse=True).split("\n")
    assert aligned(rows, heads) == [line.rstrip() for line in drawn]


@given(TEXTS)
def test_widths_are_those_of_wcwidth(text: str) -> None:
    assert display_width(text) == max(wcswidth(text), 0)


def test_every_character_that_is_measured_here_is_as_wide_as_wcwidth_says() -> None:
    differing = [
        hex(place)
        for place in range(0x20, 0x30000)
        if not 0xD800 <= place < 0xE000 and display_width(chr(place)) != max(wcswidth(chr(place)), 0)
    ]
    assert differing == []


@pytest.mark.parametrize("text", ["\x1b[31m紅\x1b[0m", "\x1b[1m粗\x1b[0m字", "a\x1b[38;5;4mb\x1b[0m"])
def test_colours_take_no_room(text: str) -> None:
    rows = [[text, "x"], ["四個漢字", "y"]]
    assert aligned(rows, ["h", "i"]) == [
        line.rstrip()
        for line in tabulate(rows, headers=["h", "i"], tablefmt="simple", disable_numparse=True).split("\n")
    ]


def test_a_table_without_rows_has_no_lines() -> None:
    assert aligned([], ["a", "b"]) == []
