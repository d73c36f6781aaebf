"""The notice's template as it ships: made here once, and from then on the office's own to change in Word."""

from datetime import date

from docx.shared import Mm

from engine.report.noticewords import EARLIER_HEADS, ITEM_HEADS
from engine.report.officialdoc import OfficialDocument

#: The day of a template; it says nothing, but a file has to name one.
_DAY = date(2025, 1, 1)


def make_notice_template() -> bytes:
    """The template: red head, title, what is asked, what was asked before, what to do, and a form for the reply."""
    document = OfficialDocument()
    document.letterhead("{{發文機關}}")
    document.number("{{文號}}")
    document.title("{{期別}}目標任務督辦單")
    document.recipients("{{單位}}：")
    document.paragraph(
        "根據《{{方案}}》和{{期別}}各項指標的核定結果，你單位承擔的任務中有{{項數}}項須予督辦（{{構成}}）。"
        "現將有關事項通知如下。"
    )
    document.heading(1, "督辦事項")
    document.table(
        ("項", "條款", "方案原文", "本期應達", "完成情況", "差距", "尚需"),
        [[f"{{{{事項.{name}}}}}" for name in ("序號", "條款", "原文", "應達", "情況", "差距", "尚需")]],
        (6, 8, 22, 13, 31, 11, 9),
    )
    document.heading(1, "此前尚未辦結的事項")
    document.table(
        ("文號", "條款", "指標", "回復期限", "狀態", "說明"),
        [[f"{{{{前期.{name}}}}}" for name in ("文號", "條款", "指標", "期限", "狀態", "說明")]],
        (22, 8, 20, 18, 14, 18),
    )
    document.heading(1, "辦理要求")
    document.paragraph(
        "請對照督辦事項逐項查明原因，制定措施，明確時限，於{{回復期限}}前按附件格式書面回復，"
        "做到事事有著落、件件有回音。逾期未回復的，將在通報中列明。"
    )
    document.annex_note(["督辦事項回復表"])
    document.signature("{{發文機關}}", "{{日期}}")
    document.annex("督辦事項回復表")
    document.paragraph("單位：{{單位}}　　文號：{{文號}}")
    form = document.table(
        ("項", "條款", "指標", "原因和已做工作", "措施", "完成時限"),
        [["{{事項.序號}}", "{{事項.條款}}", "{{事項.指標}}", "", "", ""]],
        (6, 9, 21, 28, 22, 14),
    )
    # Somebody writes into these rows by hand.
    form.rows[-1].height = Mm(15)
    return document.to_bytes("督辦單模板", "", _DAY)


#: What the lists of the template hold.
NOTICE_LISTS = {"事項": ITEM_HEADS, "前期": EARLIER_HEADS}
