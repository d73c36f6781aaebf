from docs.templates import SHIPPED
from engine.model.diagnostic import Diagnostic
from engine.report.circulartemplate import make_circular_template
from engine.report.wordtemplate import open_template
from engine.report.wordtext import document_blocks


def test_shipped_template_is_what_its_script_makes() -> None:
    assert (SHIPPED / "circular.docx").read_bytes() == make_circular_template()


def test_template_has_the_sections_of_a_circular_in_order() -> None:
    found: list[Diagnostic] = []
    word = open_template(make_circular_template(), "circular.docx", found)
    assert word is not None
    blocks = document_blocks(word)
    assert [block.text for block in blocks if block.level == 2] == [
        "一、總體情況", "二、主要指標完成情況", "三、量化目標完成情況", "四、未達序時進度的事項", "五、排名情況",
        "六、表揚與點名", "七、報送情況", "八、核查發現", "九、督辦辦理情況", "十、工作要求",
    ]  # fmt: skip
    opened = [block.text for block in blocks if block.text.startswith("{{#")]
    closed = [block.text.replace("{{/", "{{#") for block in blocks if block.text.startswith("{{/")]
    assert opened == closed
