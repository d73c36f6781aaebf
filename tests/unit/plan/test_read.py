import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from engine.model.diagnostic import Diagnostic
from engine.plan.read import PlanFileError, read_plan_file, text_of_docx, text_of_html

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, head: str = "", numbering: str = "") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if numbering:
            archive.writestr("word/numbering.xml", f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>')
        archive.writestr("word/document.xml", f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return buffer.getvalue()


def test_word_document_gives_its_paragraphs() -> None:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>表</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    body = f"<w:p><w:r><w:t>1.新增</w:t></w:r><w:r><w:t>30家</w:t></w:r></w:p>{table}"
    assert text_of_docx(docx(body)) == "1.新增30家\n表\n"


def test_numbers_that_word_counts_are_part_of_the_text() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    counted = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = "".join(f"<w:p>{counted}<w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("新增30家。", "增長7%。"))
    assert text_of_docx(docx(body, numbering=lists)) == "1.新增30家。\n2.增長7%。\n"


def word_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_table_of_tasks_in_word_gives_a_clause_for_every_row() -> None:
    rows = [
        [word_cell("序号"), word_cell("工作任务"), word_cell("牵头单位"), word_cell("责任单位")],
        [word_cell("一、工业", '<w:gridSpan w:val="4"/>')],
        [
            word_cell("1"),
            word_cell("新增企业30家"),
            word_cell("市经信局", '<w:vMerge w:val="restart"/>'),
            word_cell("各县区"),
        ],
        [word_cell("2"), word_cell("技改投资增长10%。"), word_cell("", "<w:vMerge/>"), word_cell("")],
    ]
    table = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    assert text_of_docx(docx(f"<w:tbl>{table}</w:tbl>")).splitlines() == [
        "一、工业",
        "1.新增企业30家。(牵头单位:市经信局;责任单位:各县区)",
        "2.技改投资增长10%。(牵头单位:市经信局)",
    ]


def test_table_of_tasks_in_a_page_gives_a_clause_for_every_row() -> None:
    page = (
        "<body><p>2025年任务分解表</p><table><tr><th>序号</th><th>指标</th><th>单位</th><th>目标值</th><th>责任单位</th></tr>"
        "<tr><td>1</td><td>地区生产总值增长</td><td>%</td><td>7左右</td><td rowspan=2>市发改委</td></tr>"
        "<tr><td>2</td><td>招引<b>项目</b></td><td>个</td><td>30</td></tr></table><p>完</p></body>"
    )
    assert text_of_html(page).splitlines() == [
        "2025年任务分解表",
        "1.地区生产总值增长7%左右。(责任单位:市发改委)",
        "2.招引项目30个。(责任单位:市发改委)",
        "完",
    ]


def test_hostile_spans_of_a_page_stay_small() -> None:
    assert len(text_of_html("<table><tr><td colspan=999999999 rowspan=999999999>a</td></tr></table>")) < 100


def test_deleted_words_are_not_text() -> None:
    body = "<w:p><w:del><w:r><w:delText>40</w:delText><w:t>50</w:t></w:r></w:del><w:r><w:t>30家</w:t></w:r></w:p>"
    assert text_of_docx(docx(body)) == "30家\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"no archive",
        docx("<w:p>&a;</w:p>", '<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
        docx("<w:p>"),
    ],
)
def test_damaged_or_hostile_document_is_refused(raw: bytes) -> None:
    with pytest.raises(PlanFileError):
        text_of_docx(raw)


def test_page_gives_its_visible_text() -> None:
    body = "<script>1</script><p>1.增长<b>7%</b></p>2.新增&nbsp;30家<br>完"
    page = f"<html><head><title>t</title></head><body>{body}</body></html>"
    assert text_of_html(page) == "1.增长7%\n2.新增 30家\n完\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("1.新增企业30家。\r\n".encode(encoding))
    assert read_plan_file(path, []) == "1.新增企业30家。\n"


def test_big5_is_not_taken_for_rare_characters(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("1.全市新增企業30家。（責任單位：市商務局）".encode("big5"))
    assert read_plan_file(path, []) == "1.全市新增企業30家。（責任單位：市商務局）"


def refused(path: Path) -> str:
    found: list[Diagnostic] = []
    assert read_plan_file(path, found) is None
    (finding,) = found
    assert finding.source.file == str(path)
    return finding.code


def test_files_that_are_no_plan_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(b"%PDF")
    (tmp_path / "plan.docx").write_bytes(b"no archive")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "broken.txt").write_bytes(b"\xff\x80\x00\xff")
    assert refused(tmp_path / "plan.pdf") == "format-unknown"
    assert refused(tmp_path / "plan.docx") == "plan-file-damaged"
    assert refused(tmp_path / "folder.txt") == "not-a-regular-file"
    assert refused(tmp_path / "broken.txt") == "plan-file-damaged"
    assert refused(tmp_path / "none.txt") == "path-missing"


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" + "<w:r>" * 3000 + "</w:r>" * 3000 + "</w:p>",
        "<w:sdt>" * 3000 + "</w:sdt>" * 3000,
    ],
)
def test_document_nested_without_end_is_refused(body: str) -> None:
    with pytest.raises(PlanFileError, match="nested"):
        text_of_docx(docx(body))


def test_document_damaged_anywhere_is_refused_or_read() -> None:
    sound = docx("<w:p><w:r><w:t>1.新增30家</w:t></w:r></w:p>" * 20)
    outcomes = {spoilt_at(sound, at) for at in range(len(sound))}
    assert outcomes >= {"refused", "1.新增30家\n" * 20}


def spoilt_at(sound: bytes, at: int) -> str:
    """What is read of a document of which one byte is another."""
    raw = bytearray(sound)
    raw[at] ^= 0x5A
    try:
        return text_of_docx(bytes(raw))
    except PlanFileError:
        return "refused"


def test_numbers_of_thousands_of_digits_are_no_numbers() -> None:
    assert text_of_html(f"<table><tr><td colspan={'9' * 5000}>a</td></tr></table>").count("a") <= 60
    assert text_of_html(f"<p>&#{'9' * 5000};30家</p>") == "\ufffd30家\n"
    assert text_of_html("<table><tr><td colspan=00000000000000000002>a</td><td>b</td></tr></table>")


@pytest.mark.parametrize("section", ["<![if x]>", "<![CDAVA[x]]>", "<![", "<![x", "<!x>"])
def test_sections_that_nobody_knows_are_remarks(section: str) -> None:
    assert text_of_html(f"<p>1.增长7%</p>{section}<p>2.新增30家</p>").startswith("1.增长7%\n")
