import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from engine.model.diagnostic import Diagnostic
from engine.plan.read import PlanFileError, read_plan_file, text_of_docx, text_of_html

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, head: str = "") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return buffer.getvalue()


def test_word_document_gives_its_paragraphs() -> None:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>表</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    body = f"<w:p><w:r><w:t>1.新增</w:t></w:r><w:r><w:t>30家</w:t></w:r></w:p>{table}"
    assert text_of_docx(docx(body)) == "1.新增30家\n表\n"


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
