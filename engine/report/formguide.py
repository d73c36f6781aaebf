"""The page of a form that explains how to fill it in."""

from collections.abc import Iterator

from engine.catalogues import Sayings
from engine.model.form import BlankForm
from engine.model.target import Kind
from engine.report.formwords import FormWords

#: What each kind asks for, in English and Traditional Chinese.
_KINDS: Sayings[Kind] = {
    Kind.TOTAL: "Amounts and counts: the total from 1 January to the end of the period.",
    Kind.LEVEL: (
        "Levels: what stands at the end of the period, and in the baseline column what stood at the end of "
        "last year, in the same unit of measure."
    ),
    Kind.RATE: "Rates: the rate as published, or its two parts, but not both.",
    Kind.ALWAYS: "Lines that may not be crossed: the worst standing within the period; none is 0.",
    Kind.COVERAGE: "Full coverage: how many are done and how many should be, both counted; no percentage.",
    Kind.MILESTONE: "Milestones: choose the last finished stage from the list.",
    Kind.RELATIVE: "In step with another indicator: the sheet compares it with the one that you report yourself.",
}


def guide_lines(form: BlankForm, words: FormWords) -> Iterator[tuple[str, str]]:
    """The lines of the page, each with its style: `head` or `text`."""
    said = words.words.said
    yield "head", words.title(form)
    yield "text", words.whose(form)
    yield "head", said("How to fill in")
    yield "text", words["what-to-do"]
    yield "text", words["value-message"]
    yield (
        "text",
        said(
            "Choose the unit of measure in which the number is written; every unit in the list converts exactly.",
        ),
    )
    kinds = dict.fromkeys(item.limited.obligation.rule.judging_kind for item in form.items)
    for kind in kinds:
        if kind in _KINDS:
            yield "text", said(_KINDS[kind])
    yield (
        "text",
        said(
            "Evidence: the names of the documents that prove the figure. Remarks: whatever the reader has to know.",
        ),
    )
    yield (
        "text",
        said(
            "Where an earlier period's figure was wrong: to the right of the printed page, name the period, the number "
            "on record, the new one, both with their unit of measure, and why it changed.",
        ),
    )
    yield "head", said("What the sheet shows at once")
    yield "text", words["aid"]
    yield (
        "text",
        said(
            "“left to check” means that this sheet cannot judge the figure: it cannot be read, is too large, or "
            "depends on another body's figure.",
        ),
    )
    yield "head", said("How to send it in")
    yield (
        "text",
        said(
            "Save the workbook as .xlsx under its own name. This form is for the body and the period named above and "
            "for the book as it stood when the form was made; a form of another period is refused.",
        ),
    )
    if form.waiting:
        yield "head", said("Not to be reported in this period")
        for limited in form.waiting:
            obligation = limited.obligation
            yield "text", f"{obligation.rule.clause}　{obligation.indicator.name}：{words.words[obligation.status]}"
