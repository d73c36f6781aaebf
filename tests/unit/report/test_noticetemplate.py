from docs.templates import MAKERS, SHIPPED, main, stale
from engine.model.diagnostic import Diagnostic
from engine.report.noticetemplate import make_notice_template
from engine.report.wordtemplate import open_template
from engine.report.wordtext import document_blocks


def test_shipped_template_is_what_its_script_makes() -> None:
    assert stale() == []
    assert (SHIPPED / "notice.docx").read_bytes() == make_notice_template()
    assert main([]) == 0
    assert main(["--renew"]) == 2


def test_every_template_has_a_maker() -> None:
    assert sorted(path.name for path in SHIPPED.iterdir()) == sorted(MAKERS)


def test_template_has_the_parts_of_a_notice() -> None:
    found: list[Diagnostic] = []
    word = open_template(make_notice_template(), "notice.docx", found)
    assert word is not None
    said = [block.text for block in document_blocks(word) if not block.rows]
    assert said[:3] == ["{{發文機關}}", "{{文號}}", "{{期別}}目標任務督辦單"]
    assert [text for text in said if text[1:2] == "、"] == ["一、督辦事項", "二、此前尚未辦結的事項", "三、辦理要求"]
    assert said[-3:] == ["附件", "督辦事項回復表", "單位：{{單位}}　　文號：{{文號}}"]
