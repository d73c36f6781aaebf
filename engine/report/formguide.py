"""The page of a form that explains how to fill it in."""

from collections.abc import Iterator

from engine.model.form import BlankForm
from engine.model.target import Kind
from engine.report.formwords import FormWords

#: What each kind asks for, in English and Traditional Chinese.
_KINDS: dict[Kind, tuple[str, str]] = {
    Kind.TOTAL: (
        "Amounts and counts: the total from 1 January to the end of the period.",
        "總量指標：填1月1日起至期末的累計數。",
    ),
    Kind.LEVEL: (
        "Levels: what stands at the end of the period, and in the baseline column what stood at the end of last year, "
        "in the same unit of measure.",
        "存量指標：填期末數，並在“基期數”欄填上年末數，兩者用同一計量單位。",
    ),
    Kind.RATE: (
        "Rates: the rate as published, or its two parts, but not both.",
        "比率指標：按發布數填比率，或者填兩項組成數，兩種只填一種。",
    ),
    Kind.ALWAYS: (
        "Lines that may not be crossed: the worst standing within the period; none is 0.",
        "底線指標：填期內最差的數；沒有發生填 0。",
    ),
    Kind.COVERAGE: (
        "Full coverage: how many are done and how many should be, both counted; no percentage.",
        "全覆蓋指標：分別填已完成數和應完成數，不填百分比。",
    ),
    Kind.MILESTONE: (
        "Milestones: choose the last finished stage from the list.",
        "節點指標：從下拉列表選擇最後一個已完成的節點。",
    ),
    Kind.RELATIVE: (
        "In step with another indicator: the sheet compares it with the one that you report yourself.",
        "同步指標：與本表中的對照指標比較；對照指標由其他單位報送的，本表不作判定。",
    ),
}


def guide_lines(form: BlankForm, words: FormWords) -> Iterator[tuple[str, str]]:
    """The lines of the page, each with its style: `head` or `text`."""
    said = words.words.said
    yield "head", words.title(form)
    yield "text", words.whose(form)
    yield "head", said("How to fill in", "怎樣填")
    yield "text", words["what-to-do"]
    yield "text", words["value-message"]
    yield (
        "text",
        said(
            "Choose the unit of measure in which the number is written; every unit in the list converts exactly.",
            "計量單位按所填數值在下拉列表中選擇；列表中的單位均可精確換算。",
        ),
    )
    kinds = dict.fromkeys(item.limited.obligation.rule.judging_kind for item in form.items)
    for kind in kinds:
        if kind in _KINDS:
            yield "text", said(*_KINDS[kind])
    yield (
        "text",
        said(
            "Evidence: the names of the documents that prove the figure. Remarks: whatever the reader has to know.",
            "佐證：填證明材料的文件名。說明：填需要讓審核人知道的情況。",
        ),
    )
    yield (
        "text",
        said(
            "Where an earlier period's figure was wrong: to the right of the printed page, name the period, the number "
            "on record, the new one, both with their unit of measure, and why it changed.",
            "以前期別的數有誤的：在打印範圍右側的“更正期別、更正前、更正後、更正理由”四欄填寫，前後兩數均帶計量單位。",
        ),
    )
    yield "head", said("What the sheet shows at once", "表中的即時判定")
    yield "text", words["aid"]
    yield (
        "text",
        said(
            "“left to check” means that this sheet cannot judge the figure: it cannot be read, is too large, or "
            "depends on another body's figure.",
            "顯示“以 check 為準”，表示本表不能判定：數值無法識別、過大，或需用其他單位的數。",
        ),
    )
    yield "head", said("How to send it in", "怎樣交")
    yield (
        "text",
        said(
            "Save the workbook as .xlsx under its own name. This form is for the body and the period named above and "
            "for the book as it stood when the form was made; a form of another period is refused.",
            "保存為 .xlsx，文件名不改。本表只用於上列單位和期別，並按發表時的規則冊製作；期別不符的表不予採用。",
        ),
    )
    if form.waiting:
        yield "head", said("Not to be reported in this period", "本期不用報送的項目")
        for limited in form.waiting:
            obligation = limited.obligation
            yield "text", f"{obligation.rule.clause}　{obligation.indicator.name}：{words.words[obligation.status]}"
