"""The circular's template as it ships: made here once, and from then on the office's own to change in Word."""

from datetime import date

from engine.report.circularwords import CIRCULAR_LISTS
from engine.report.officialdoc import OfficialDocument

#: The day of a template; it says nothing, but a file has to name one.
_DAY = date(2025, 1, 1)


def make_circular_template() -> bytes:
    """The template: head, ten sections in the order in which offices write them, and five annexes."""
    document = OfficialDocument()
    document.paragraph("{{#紅頭}}")
    document.letterhead("{{紅頭.發文機關}}")
    document.number("{{紅頭.文號}}")
    document.paragraph("{{/紅頭}}")
    document.title("關於{{期別}}目標任務完成情況的通報")
    document.recipients("{{收文單位}}：")
    document.paragraph(
        "根據《{{方案}}》和各單位報送的數據，對截至{{截止日}}的目標任務逐項進行了核定。現將{{期別}}完成情況通報如下。"
    )
    _results(document)
    _ranking(document)
    _supervision(document)
    document.annex_note(["各項判定明細", "各單位分項情況", "現行口徑", "計算說明", "未達序時進度事項的推導"])
    document.signature("{{發文機關}}", "{{日期}}")
    _annexes(document)
    return document.to_bytes("通報模板", "", _DAY)


def _results(document: OfficialDocument) -> None:
    document.heading(1, "總體情況")
    document.paragraph(
        "本期對{{單位數}}個單位作出判定{{判定數}}項，其中達標{{達標數}}項、預警{{預警數}}項、未達標{{未達標數}}項、"
        "未判定{{未判定數}}項；經批准豁免的{{豁免數}}項已含在內。"
    )
    document.paragraph(
        "按方案目標計，本期涉及目標{{目標數}}項，其中達標{{目標達標數}}項、預警{{目標預警數}}項、"
        "未達標{{目標未達標數}}項、未判定{{目標未判定數}}項。"
    )
    document.paragraph("{{#年終}}")
    document.paragraph(
        "全年方案共{{年終.條款數}}條，其中兌現{{年終.兌現}}條、未兌現{{年終.未兌現}}條、未定{{年終.未定}}條、"
        "定性{{年終.定性}}條。未兌現和未定的條款如下："
    )
    _table(document, "年終條款", ("條款", "結果", "目標"), (12, 16, 72))
    document.paragraph("{{/年終}}")
    document.heading(1, "主要指標完成情況")
    document.paragraph("{{主要指標.序號}}.{{主要指標.指標}}（{{主要指標.單位}}）：{{主要指標.情況}}。{{主要指標.各地}}")
    document.heading(1, "量化目標完成情況")
    document.paragraph("對本期涉及的目標，先列方案原文，後列核定結果：")
    _table(document, "量化目標", ("條款", "方案原文", "單位", "完成情況", "判定"), (9, 30, 14, 36, 11))
    document.heading(1, "未達序時進度的事項")
    document.paragraph("未達標{{未達標數}}項、預警{{預警數}}項，共{{未達項數}}項：")
    _table(
        document,
        "未達標",
        ("號", "條款", "指標", "單位", "牽頭", "應達", "報送", "差距", "判定"),
        (6, 8, 20, 13, 13, 11, 11, 11, 10),
        ("序號", "條款", "指標", "單位", "牽頭", "應達", "報送", "差距", "判定"),
    )


def _ranking(document: OfficialDocument) -> None:
    document.heading(1, "排名情況")
    document.paragraph("{{排名說明}}")
    document.paragraph("{{#分組}}")
    _group_heading(document)
    document.paragraph("{{分組.辦法}}。")
    _table(document, "名次", ("名次", "升降", "單位", "得分", "位次區間", "難分先後"), (9, 9, 24, 13, 13, 32))
    document.paragraph("{{/分組}}")
    document.heading(1, "表揚與點名")
    document.paragraph("{{表揚說明}}")
    document.paragraph("{{#分組}}")
    document.paragraph("{{分組.名稱}}：予以表揚的單位，{{分組.表揚}}；予以點名的單位，{{分組.點名}}。")
    document.paragraph("{{/分組}}")


def _group_heading(document: OfficialDocument) -> None:
    """A heading of level 2 whose number the list brings with it: the template stands for any number of groups."""
    heading = document.heading(2, "{{分組.名稱}}")
    heading.runs[0].text = "{{分組.序號}}{{分組.名稱}}"


def _supervision(document: OfficialDocument) -> None:
    document.heading(1, "報送情況")
    document.paragraph("{{遲報說明}}：")
    _table(document, "遲報", ("單位", "文件", "收到日期", "截止日期", "遲交"), (22, 32, 18, 18, 10))
    document.paragraph("有{{缺報單位數}}個單位的{{缺報項數}}項應報數據缺失或無法判定：")
    _table(document, "缺報", ("單位", "項數", "事項"), (20, 8, 72))
    document.heading(1, "核查發現")
    document.paragraph(
        "數據核查發現問題{{發現數}}項，其中錯誤{{錯誤數}}項、警告{{警告數}}項、提示{{提示數}}項；錯誤和警告如下："
    )
    _table(document, "發現", ("級別", "內容", "位置"), (9, 59, 32))
    document.heading(1, "督辦辦理情況")
    document.paragraph(
        "累計發出督辦事項{{督辦數}}項，其中逾期未回復{{逾期數}}項、退回重辦{{退回數}}項、待回復{{待回復數}}項、"
        "已回復待審核{{已回復數}}項、已辦結{{辦結數}}項；現已達到、建議辦結{{建議辦結數}}項。尚未辦結的事項如下："
    )
    _table(
        document, "未辦結", ("單位", "文號", "條款", "指標", "回復期限", "狀態", "說明"), (13, 19, 8, 17, 15, 13, 15),
        ("單位", "文號", "條款", "指標", "期限", "狀態", "說明"),
    )  # fmt: skip
    document.heading(1, "工作要求")
    document.heading(2, "逐項整改")
    document.paragraph(
        "請有關單位對照未達序時進度的事項查明原因、制定措施，於{{回復期限}}前書面回復，做到事事有著落、件件有回音。"
    )
    document.heading(2, "按期報送")
    document.paragraph("請各單位於{{下期報送期限}}前報送{{下期}}數據；對本期缺報和存疑的數據，一併補報或說明。")


def _annexes(document: OfficialDocument) -> None:
    document.annex("各項判定明細", 1)
    document.empty(1)
    _table(
        document, "明細", ("條款", "指標", "單位", "應達", "報送", "判定", "完成情況"), (8, 19, 14, 11, 12, 10, 26),
        ("條款", "指標", "單位", "應達", "報送", "判定", "情況"),
    )  # fmt: skip
    document.annex("各單位分項情況", 2)
    document.empty(1)
    document.paragraph("{{#分組}}")
    _group_heading(document)
    document.paragraph("{{分組.分項}}")
    document.paragraph("{{說明.內容}}")
    document.paragraph("{{/分組}}")
    document.annex("現行口徑", 3)
    document.empty(1)
    _table(document, "口徑", ("項目", "內容", "依據"), (26, 50, 24))
    document.annex("計算說明", 4)
    document.empty(1)
    _table(document, "計算", ("項目", "內容"), (28, 72))
    document.annex("未達序時進度事項的推導", 5)
    document.empty(1)
    document.paragraph("{{#推導}}")
    item = document.paragraph("（{{推導.序號}}）{{推導.單位}}，{{推導.指標}}（第{{推導.條款}}條，{{推導.判定}}）")
    # No page ends with the name of an item.
    item.paragraph_format.keep_with_next = True
    _table(document, "步驟", ("環節", "推算"), (16, 84))
    document.paragraph("{{/推導}}")


def _table(
    document: OfficialDocument,
    name: str,
    heads: tuple[str, ...],
    widths: tuple[int, ...],
    columns: tuple[str, ...] | None = None,
) -> None:
    """A table with a row for every entry of a list."""
    chosen = columns or tuple(CIRCULAR_LISTS[name])
    document.table(heads, [[f"{{{{{name}.{column}}}}}" for column in chosen]], widths)
