"""The document's XML against the numbers of the standard, as they are summarized in tests/data/gbt9704_2012.csv."""

import csv
import doctest
import io
import re
import zipfile
from datetime import date
from functools import cache
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from engine.report import officialdoc
from engine.report.officialdoc import FACES, Face, OfficialDocument, fit_line, fontconfig_aliases
from tests.conftest import ROOT

DAY = date(2025, 7, 5)


@cache
def standard() -> dict[str, str]:
    """The values of the summary by the name of the element.

    Source: tests/data/gbt9704_2012.csv, whose last column names where each value was read.
    """
    with (ROOT / "tests" / "data" / "gbt9704_2012.csv").open(encoding="utf-8", newline="") as stream:
        return {row["element"]: row["value"] for row in csv.DictReader(stream)}


def numbers(element: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", standard()[element])]


def sample() -> OfficialDocument:
    document = OfficialDocument()
    document.letterhead("示例市人民政府")
    document.number("示政督〔2025〕1號")
    document.title("2025年上半年通報")
    document.recipients("各縣：")
    document.paragraph("根據方案，現通報如下。")
    document.heading(1, "總體情況")
    document.heading(2, "進展")
    document.heading(3, "工業")
    document.heading(4, "規上企業")
    document.heading(1, "要求")
    document.table(("單位", "得分"), [(f"單位{number}", str(number)) for number in range(60)], (3, 1))
    document.annex_note(["計分辦法", "全表"])
    document.signature("示例市人民政府", officialdoc.written_date(DAY))
    document.annex("計分辦法", 1)
    document.paragraph("從略。")
    return document


@cache
def content() -> bytes:
    return sample().to_bytes("通報", "示例市人民政府", DAY)


@cache
def part(name: str) -> Any:
    return parse_xml(zipfile.ZipFile(io.BytesIO(content())).read(name))


def body() -> Any:
    return part("word/document.xml").find(qn("w:body"))


def paragraph(text: str) -> Any:
    found = [each for each in body().iter(qn("w:p")) if text_of(each) == text]
    assert len(found) == 1, text
    return found[0]


def text_of(element: Any) -> str:
    return "".join(piece.text or "" for piece in element.iter(qn("w:t")))


def value(element: Any, path: str, name: str = "w:val") -> str | None:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    return None if found is None else found.get(qn(name))


def millimetres(twips: str | None) -> float:
    assert twips is not None
    return int(twips) * 25.4 / 1440


def points(element: Any) -> float:
    return int(value(element, "w:r/w:rPr/w:sz") or "0") / 2


def face_of(element: Any) -> str | None:
    return value(element, "w:r/w:rPr/w:rFonts", "w:eastAsia")


# --- page ------------------------------------------------------------------------------------------------------


def test_paper_and_margins_leave_the_type_area() -> None:
    size, margins = body().find(f"{qn('w:sectPr')}/{qn('w:pgSz')}"), body().find(f"{qn('w:sectPr')}/{qn('w:pgMar')}")
    width, height = (millimetres(size.get(qn(f"w:{name}"))) for name in ("w", "h"))
    top, bottom, left, right = (
        millimetres(margins.get(qn(f"w:{name}"))) for name in ("top", "bottom", "left", "right")
    )
    assert [width, height] == pytest.approx(numbers("paper")[1:], abs=0.05)
    assert top == pytest.approx(numbers("top margin 天头")[0], abs=0.05)
    assert left == pytest.approx(numbers("left margin 订口")[0], abs=0.05)
    assert [right, bottom] == pytest.approx(numbers("derived right / bottom margin")[:2], abs=0.05)
    assert [width - left - right, height - top - bottom] == pytest.approx(numbers("type area 版心"), abs=0.1)


def test_lines_and_characters_fill_the_type_area() -> None:
    lines, characters = numbers("lines per page, characters per line")[:2]
    width, height = numbers("type area 版心")
    styles = part("word/styles.xml")
    normal = next(each for each in styles if each.get(qn("w:styleId")) == "Normal")
    line = int(value(normal, "w:pPr/w:spacing", "w:line") or "0") / 20
    assert value(normal, "w:pPr/w:spacing", "w:lineRule") == "exact"
    assert line == 28.95
    assert line in numbers("line spacing")
    assert lines == height * 72 / 25.4 // line
    size, closer = int(value(normal, "w:rPr/w:sz") or "0") / 2, int(value(normal, "w:rPr/w:spacing") or "0") / 20
    assert size == numbers("body font")[1]
    assert characters == width * 72 / 25.4 // (size + closer)
    grid = body().find(f"{qn('w:sectPr')}/{qn('w:docGrid')}")
    assert int(grid.get(qn("w:linePitch"))) / 20 == line


def test_page_numbers_stand_outside_below_the_type_area() -> None:
    size, drop = numbers("page number")[0], numbers("page number")[1]
    assert size == 4  # 4號 is 14 points
    margins = body().find(f"{qn('w:sectPr')}/{qn('w:pgMar')}")
    below = millimetres(margins.get(qn("w:bottom"))) - millimetres(margins.get(qn("w:footer"))) - 14 * 25.4 / 72
    assert below == pytest.approx(drop, abs=0.1)
    kinds = {}
    for reference in body().iter(qn("w:footerReference")):
        relations = part("word/_rels/document.xml.rels")
        target = next(each.get("Target") for each in relations if each.get("Id") == reference.get(qn("r:id")))
        kinds[reference.get(qn("w:type"))] = part(f"word/{target}")
    assert set(kinds) == {"default", "even"}
    for kind, side in (("default", "right"), ("even", "left")):
        foot = kinds[kind].find(qn("w:p"))
        assert text_of(foot) == "— 1 —"
        assert value(foot, "w:pPr/w:jc") == side
        assert value(foot, "w:pPr/w:ind", f"w:{side}Chars") == "100"
        assert (face_of(foot), points(foot)) == ("宋体", 14)
    assert part("word/settings.xml").find(qn("w:evenAndOddHeaders")) is not None


# --- head and text ---------------------------------------------------------------------------------------------


def test_letterhead_is_red_and_dropped() -> None:
    head = next(body().iter(qn("w:p")))
    assert text_of(head) == "示例市人民政府"
    assert value(head, "w:r/w:rPr/w:color") == "FF0000"
    assert "小标宋" in (face_of(head) or "")
    drop = millimetres(value(head, "w:pPr/w:spacing", "w:before"))
    assert drop == pytest.approx(numbers("letterhead")[0], abs=0.05)


def test_document_number_stands_above_the_red_rule() -> None:
    number = paragraph("示政督〔2025〕1號")
    assert value(number, "w:pPr/w:jc") == "center"
    rule = number.find(f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:bottom')}")
    assert rule.get(qn("w:color")) == "FF0000"
    assert int(rule.get(qn("w:space"))) * 25.4 / 72 == pytest.approx(numbers("red rule")[0], abs=0.2)


def test_title_and_recipients() -> None:
    title = paragraph("2025年上半年通報")
    assert points(title) == numbers("title")[1]
    assert value(title, "w:pPr/w:jc") == "center"
    assert "小标宋" in (face_of(title) or "")
    before = [text_of(each) for each in title.itersiblings(preceding=True)][:3]
    assert before == ["", "", "示政督〔2025〕1號"]
    recipients = paragraph("各縣：")
    assert recipients.find(f"{qn('w:pPr')}/{qn('w:ind')}") is None
    assert text_of(recipients.getprevious()) == ""


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("一、總體情況", "level 1 heading"),
        ("（一）進展", "level 2 heading"),
        ("1.工業", "level 3 / level 4 heading"),
        ("（1）規上企業", "level 3 / level 4 heading"),
        ("二、要求", "level 1 heading"),
    ],
)
def test_headings_have_their_faces_and_numbers(text: str, element: str) -> None:
    heading, wanted = paragraph(text), standard()[element]
    names = {"黑体": "黑体", "楷体": "楷体", "仿宋": "仿宋"}
    assert face_of(heading) == next(name for name in names if name in wanted)
    assert points(heading) == 16  # 3號
    assert value(heading, "w:pPr/w:ind", "w:firstLineChars") == "200"
    style = next(
        each for each in part("word/styles.xml") if each.get(qn("w:styleId")) == value(heading, "w:pPr/w:pStyle")
    )
    assert value(style, "w:rPr/w:b") in ("0", "false")


def test_paragraph_is_two_characters_in() -> None:
    said = paragraph("根據方案，現通報如下。")
    assert standard()["paragraph"].startswith("two characters")
    assert value(said, "w:pPr/w:ind", "w:firstLineChars") == "200"
    assert value(said, "w:pPr/w:ind", "w:firstLine") == "640"
    assert (face_of(said), points(said)) == ("仿宋", 16)


def test_every_run_names_one_face_for_all_characters() -> None:
    declared = {face.name for face in FACES}
    runs = [run for run in body().iter(qn("w:r")) if text_of(run)]
    assert len(runs) > 100
    for run in runs:
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        names = {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert len(names) == 1, text_of(run)
        assert names <= declared


def test_what_may_stand_in_for_a_face_is_in_the_file() -> None:
    fonts = {each.get(qn("w:name")): value(each, "w:altName") for each in part("word/fontTable.xml")}
    for face in FACES:
        assert fonts[face.name] == ",".join(face.instead)
    for name in ("仿宋_GB2312", "小标宋"):
        assert name in standard()["fonts note"]


# --- tables, annexes, end --------------------------------------------------------------------------------------


def test_table_repeats_its_head_and_cuts_no_row() -> None:
    (table,) = body().iter(qn("w:tbl"))
    rows = list(table.iter(qn("w:tr")))
    assert len(rows) == 61
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
    assert heads == [True, *[False] * 60]
    columns = [int(each.get(qn("w:w"))) for each in table.iter(qn("w:gridCol"))]
    assert millimetres(str(sum(columns))) == pytest.approx(numbers("type area 版心")[0], abs=0.1)
    assert columns[0] == pytest.approx(3 * columns[1], abs=3)


def test_annexes_are_named_after_the_body_and_begin_a_page() -> None:
    assert value(paragraph("附件：1.計分辦法"), "w:pPr/w:ind", "w:firstLineChars") == "200"
    assert paragraph("2.全表") is not None
    mark = paragraph("附件1")
    assert (face_of(mark), points(mark)) == ("黑体", 16)
    assert mark.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
    following = [text_of(each) for each in mark.itersiblings()][:2]
    assert following == ["", "計分辦法"]  # line 2 is empty, the title stands on line 3


def test_signature_is_followed_by_the_date() -> None:
    day = paragraph("2025年7月5日")
    assert re.fullmatch(r"\d{4}年[1-9]\d?月[1-9]\d?日", text_of(day))
    for each in (day, day.getprevious()):
        assert value(each, "w:pPr/w:jc") == "right"
        assert value(each, "w:pPr/w:ind", "w:rightChars") == "200"
    assert text_of(day.getprevious()) == "示例市人民政府"


# --- the file --------------------------------------------------------------------------------------------------


def test_same_document_gives_the_same_bytes_without_times() -> None:
    assert sample().to_bytes("通報", "示例市人民政府", DAY) == content()
    entries = zipfile.ZipFile(io.BytesIO(content())).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    core = part("docProps/core.xml")
    said = {each.text for each in core if each.text and re.match(r"\d{4}-", each.text)}
    assert said == {"2025-07-05T00:00:00Z"}


def test_hostile_text_is_text() -> None:
    document = OfficialDocument()
    document.paragraph("<script>\x00\u202e</script> =cmd()")
    word = Document(io.BytesIO(document.to_bytes("<&>", "a", DAY)))
    assert word.paragraphs[0].text == "<script><U+0000><U+202E></script> =cmd()"


def test_long_letterhead_is_made_to_fit_one_line() -> None:
    document = OfficialDocument()
    short, long = document.letterhead("示例市人民政府"), document.letterhead("示例市" * 10)
    for each in (short, long):
        fit_line(each)
    assert short.runs[0].font.size == officialdoc.HEAD_SIZE
    size = long.runs[0].font.size
    assert size is not None
    assert size.pt * 30 <= officialdoc.TYPE_WIDTH.pt


def test_examples_hold() -> None:
    assert doctest.testmod(officialdoc).failed == 0


def test_fontconfig_names_every_face() -> None:
    text = fontconfig_aliases()
    assert [face for face in FACES if f"<family>{face.name}</family><accept>" not in text] == []
    assert isinstance(FACES[0], Face)
