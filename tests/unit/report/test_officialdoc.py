"""The document's XML against the numbers of the standard, as they are summarized in tests/data/gbt9704_2012.csv."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from engine.report.officialdoc import OfficialDocument, fit_line
from engine.report.officialpage import HEAD_SIZE, TYPE_WIDTH
from tests.unit.report.official_of import (
    DAY,
    body,
    content,
    face_of,
    millimetres,
    numbers,
    paragraph,
    part,
    points,
    sample,
    standard,
    text_of,
    value,
)

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
    assert short.runs[0].font.size == HEAD_SIZE
    size = long.runs[0].font.size
    assert size is not None
    assert size.pt * 30 <= TYPE_WIDTH.pt
