import pytest
from wcwidth import wcswidth

from engine.model.source import Source
from engine.report.excerpt import WIDTH, column_in, excerpt, one_line


def under(line: str, column: int) -> str:
    """What stands above the mark."""
    text, mark = excerpt(line, column)
    assert mark is not None
    before = len(mark) - 1
    taken = 0
    for character in text:
        if taken >= before:
            assert taken == before, "the mark stands inside a wide character"
            return character
        taken += max(wcswidth(character), 0)
    return ""


@pytest.mark.parametrize(
    ("line", "column", "above"),
    [
        ("threshold: 223 家", 12, "2"),
        ("凈增規上企業: 131 家", 9, "1"),
        ("凈增規上企業: 131 家", 13, "家"),
        ("凈增規上企業: 131 家", 14, ""),
        ("\tkey: value", 2, "k"),
        ("key:\tvalue", 6, "v"),
        ("　key", 2, "k"),
        ("e\u0301: 1", 5, "1"),
        ("", 1, ""),
    ],
)
def test_the_mark_stands_under_the_place(line: str, column: int, above: str) -> None:
    assert under(line, column) == above


def test_without_a_column_there_is_no_mark() -> None:
    assert excerpt("key: value", None) == ("key: value", None)


@pytest.mark.parametrize("column", [1, 2, 60, 61, 500, 999, 1000, 1001])
@pytest.mark.parametrize("sign", ["a", "家", "\t"])
def test_a_long_line_is_cut_around_the_place(column: int, sign: str) -> None:
    line = sign * (column - 1) + "X" + sign * 1000
    text, _ = excerpt(line, column)
    assert under(line, column) == "X"
    assert wcswidth(text) <= WIDTH + 2
    assert text.endswith("…") or sign == "\t"


def test_a_line_that_fits_is_not_cut() -> None:
    line = "a" * (WIDTH - 1) + "X"
    assert excerpt(line, WIDTH) == (line, " " * (WIDTH - 1) + "^")


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x07", "\x9b31m", "\u202e", "\u200b", "\x00", "\r"])
def test_nothing_in_a_line_is_obeyed(hostile: str) -> None:
    text, _ = excerpt(f"key: {hostile}value", 6)
    assert text.isprintable()
    assert "�" in text
    assert one_line(hostile).isprintable()


@pytest.mark.parametrize(
    ("line", "cell", "column"),
    [
        ("市經信局,firms,131,家", 3, 12),
        ('市經信局,"a,b",131,家', 3, 12),
        ('"a""b,c",x', 2, 10),
        ("a,b", 1, 1),
        ("a,", 2, 3),
        ("a,b", 3, None),
        ('"a,b', 2, None),
    ],
)
def test_a_place_in_a_csv_file_is_where_the_cell_begins(line: str, cell: int, column: int | None) -> None:
    assert column_in(Source("a.CSV", 1, cell), line) == column


def test_a_column_behind_the_line_is_its_end() -> None:
    assert column_in(Source("a.yaml", 1, 9), "abc") == 4
    assert column_in(Source("a.yaml", 1, 0), "abc") is None
