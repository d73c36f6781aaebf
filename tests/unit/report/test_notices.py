import io
import zipfile
from dataclasses import replace
from datetime import date

import yaml
from docx import Document

from engine.followup.record import read_notice
from engine.model.diagnostic import Diagnostic
from engine.model.notice import FollowUp, Notice
from engine.report.notices import notice_files, notice_yaml, record_files, standing_document
from engine.report.noticetemplate import make_notice_template
from engine.report.read import Template
from engine.report.words import Words
from engine.report.wordtext import document_blocks
from tests.unit.followup.small import FILE, stand_on, the_notice
from tests.unit.small import period_of

CHINESE = Words("zh-Hant")
TEMPLATE = Template(make_notice_template(), "templates/notice.docx", make_notice_template())


def follow_up(notice: Notice | None = None) -> FollowUp:
    standings = stand_on("2025-05-06")
    sent = notice or replace(the_notice(), number="督辦〔2025〕2號", period=period_of("2025Q2"))
    return FollowUp("方案", "督查室", period_of("2025Q2"), date(2025, 5, 6), (sent,), standings, standings, False)


def files(notice: Notice | None = None, words: Words = CHINESE) -> dict[str, str | bytes]:
    found: list[Diagnostic] = []
    made = notice_files(follow_up(notice), TEMPLATE, "督辦", words, found)
    assert found == []
    return made


def test_every_document_comes_in_three_forms() -> None:
    assert list(files()) == [f"{name}.{form}" for name in ("市經信局", "standing") for form in ("docx", "md", "html")]


def test_notice_says_its_items_and_those_of_earlier_notices() -> None:
    text = str(files()["市經信局.md"])
    assert "督辦〔2025〕2號" in text
    assert "有2項須予督辦（未達標1項、缺報1項）" in text
    assert "| 1 | 16 | 凈增222家以上 | — | 落後 | — | — |" in text
    assert "| 督辦〔2025〕1號第1項 | 16 | 規上企業 | 2025年5月5日 | 逾期未回復 | — |" in text
    assert "於2025年5月5日前" in text


def test_word_and_text_say_the_same() -> None:
    made = files()
    content = made["市經信局.docx"]
    assert isinstance(content, bytes)
    for block in document_blocks(Document(io.BytesIO(content))):
        for text in (block.text, *(cell for row in block.rows for cell in row)):
            assert text in str(made["市經信局.html"])


def test_simplified_words_and_names_as_they_are() -> None:
    text = str(files(words=Words("zh-Hans"))["市經信局.md"])
    assert "督办事项" in text
    assert "市經信局：" in text


def test_standing_lists_every_item_under_its_state() -> None:
    said = [block.text for block in document_blocks(standing_document(follow_up(), CHINESE).word)]
    assert "一、逾期未回復（2項）" in said
    assert any("共發出督辦事項2項：逾期未回復2項、" in text for text in said)


def test_record_reads_back_as_it_was_written() -> None:
    notice = the_notice()
    found: list[Diagnostic] = []
    again = read_notice(notice_yaml(notice), FILE, found)
    assert found == []
    assert again is not None
    assert [replace(item, source=notice.source) for item in again.items] == [
        replace(item, source=notice.source) for item in notice.items
    ]
    assert replace(again, items=(), source=notice.source) == replace(notice, items=())
    assert list(record_files([notice], "schemas/")) == ["市經信局.yaml"]


def test_editors_see_texts_as_texts() -> None:
    value = yaml.safe_load(notice_yaml(the_notice()))
    assert value["items"][0]["clause"] == "16"
    assert value["date"] == date(2025, 4, 20)


def test_hostile_words_stay_text_in_every_form() -> None:
    hostile = "<script>alert(1)</script>=cmd()|x\u202e\x01{{單位}}"
    notice = the_notice()
    item = replace(notice.items[0], standing=hostile, submitted=hostile)
    made = files(replace(notice, number="督辦〔2025〕2號", organization="../<b>", items=(item,)))
    assert "_<b_.docx" not in made
    (name,) = [
        name.removesuffix(".docx") for name in made if name.endswith(".docx") and not name.startswith("standing")
    ]
    assert "/" not in name
    shown = hostile.replace("\u202e", "<U+202E>").replace("\x01", "<U+0001>")
    content = made[f"{name}.docx"]
    assert isinstance(content, bytes)
    word = Document(io.BytesIO(content))
    assert shown in [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    page = str(made[f"{name}.html"])
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    for text in (page, str(made[f"{name}.md"])):
        assert "\u202e" not in text
        assert "\x01" not in text
    assert "\\<script\\>" in str(made[f"{name}.md"])


def test_spoilt_template_is_named_and_the_shipped_one_used() -> None:
    found: list[Diagnostic] = []
    spoilt = Template(b"PK no", "templates/notice.docx", TEMPLATE.shipped)
    made = notice_files(follow_up(), spoilt, "督辦", CHINESE, found)
    assert {each.code for each in found} == {"template-unreadable"}
    assert made == files()


def test_same_notices_give_the_same_bytes() -> None:
    assert files() == files()
    content = files()["standing.docx"]
    assert isinstance(content, bytes)
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {1980}
