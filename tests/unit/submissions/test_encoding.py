import pytest

from engine.model.diagnostic import Diagnostic
from engine.submissions.encoding import decode

TEXT = "organization,indicator,value,unit\n市經信局,net-new-enterprises,131,家\n"


def decoded(content: bytes, table: bool = True) -> tuple[str | None, list[tuple[str, int, int]]]:
    found: list[Diagnostic] = []
    text = decode(content, "a.csv", table, found)
    return text, [(each.code, each.source.line, each.source.column) for each in found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == (TEXT, [])


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("經", "经"), TEXT + "联通,firms,1,家\n", "甲,\U00020000\n"])
def test_gb18030_is_read_and_noted(text: str) -> None:
    assert decoded(text.encode("gb18030")) == (text, [("read-as-gb18030", 0, 0)])


def test_yaml_is_utf8_only() -> None:
    assert decoded("甲: 乙".encode("gb18030"), table=False) == (None, [("not-utf8", 1, 1)])


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (TEXT.encode("utf-16"), 1),
        (TEXT.encode("utf-16-be"), 1),
        (TEXT.encode("gb18030") + "市商務局,b,1,家\n".encode(), 3),
        (TEXT.encode() + "市商務局,b,1,家\n".encode("gb18030"), 3),
        (TEXT.encode("gb18030") + b"\xff\n", 3),
        (TEXT.encode("utf-8-sig") + b"\xce\n", 3),
    ],
)
def test_a_doubtful_encoding_is_refused_with_its_place(content: bytes, line: int) -> None:
    text, found = decoded(content)
    assert text is None
    assert [(code, at) for code, at, _ in found] == [("encoding-doubtful", line)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_place_counts_every_end_of_a_line_and_characters(end: str) -> None:
    content = f"organization,value{end}市經信局,".encode() + b"\xff"
    assert decoded(content, table=False) == (None, [("not-utf8", 2, 6)])
