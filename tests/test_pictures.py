"""The pictures of the pages: drawings are what the program would draw now, photographs are there and show something."""

import re
import struct
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from docs.draw import DRAWN, FOLDER, TAKEN, draw, main, stale
from docs.generate import ROOT, pages
from docs.layers import layers, words


def test_drawings_are_what_would_be_drawn_now() -> None:
    assert stale() == [], "python docs/draw.py --write renews them"


def test_a_stale_drawing_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docs.draw.FOLDER", tmp_path)
    monkeypatch.setattr("docs.draw.DRAWN", {"a.svg": lambda: draw(["a"])})
    (tmp_path / "a.svg").write_text(draw(["b"]), encoding="utf-8")
    assert stale() == ["a.svg"]
    assert main([]) == 1


def test_a_terminal_s_columns_stand_in_line_and_markup_stays_text() -> None:
    picture = ElementTree.fromstring(draw(["\x1b[1;32m單位\x1b[0m <b> & c", "abcd <b>"]))
    texts = {str(node.text): node.attrib for node in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert {"單位", "<b> & c"} <= set(texts)
    assert texts["單位"]["fill"] != "none"
    assert texts["單位"]["font-weight"] == "bold"
    # Two wide characters and a blank are as wide as four narrow ones and a blank.
    assert float(texts["<b> & c"]["x"]) == pytest.approx(float(texts["單位"]["x"]) + 5 * 7.8)


def test_the_terminal_shows_the_words_that_the_command_prints() -> None:
    texts = [
        node.text or "" for node in ElementTree.fromstring(DRAWN["check.svg"]()).iter() if node.tag.endswith("text")
    ]
    assert texts[0].startswith("$ check submissions/2025Q2/")
    assert "市發改委" in texts
    assert any(text.startswith("Verdicts: ") for text in texts)


@pytest.mark.parametrize("name", TAKEN)
def test_a_photograph_is_small_and_not_blank(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) < 250_000
    width, height = struct.unpack(">II", content[16:24])
    assert width > 500
    assert height > 500
    # Rows of a blank page repeat each other; on a page with text many are of their own.
    rows = _rows(content, height)
    assert len(set(rows)) > height // 4


def _rows(content: bytes, height: int) -> list[bytes]:
    packed, place = b"", 8
    while place < len(content):
        (length,), kind = struct.unpack(">I", content[place : place + 4]), content[place + 4 : place + 8]
        packed += content[place + 8 : place + 8 + length] if kind == b"IDAT" else b""
        place += length + 12
    raw = zlib.decompress(packed)
    size = len(raw) // height
    return [raw[row * size : (row + 1) * size] for row in range(height)]


def test_every_picture_of_a_page_is_made_here_and_every_one_is_shown() -> None:
    shown = {
        Path(link).name for page in pages() for link in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text("utf-8"))
    }
    assert shown == {*DRAWN, *TAKEN} == {path.name for path in FOLDER.iterdir()}


def test_every_package_is_in_the_picture_and_on_the_page_with_its_words() -> None:
    page, picture = (ROOT / "docs/architecture.md").read_text(encoding="utf-8"), DRAWN["architecture.svg"]()
    folders = {path.parent.name for path in (ROOT / "engine").glob("*/__init__.py")}
    assert folders <= {name for layer in layers() for name in layer}
    for name in [name for layer in layers() for name in layer]:
        assert f">{name}</text>" in picture
        row = next(line for line in page.splitlines() if re.match(rf"\| `engine/{name}(/|\.py)` \| ", line))
        assert words(name).split("\n")[0] in row
