"""Notices and their standing as files: Word from the office's template, and the same words as Markdown and HTML."""

from collections.abc import Sequence
from datetime import date

import yaml
from docx.document import Document as WordDocument

from engine.model.diagnostic import Diagnostic
from engine.model.notice import FollowUp, ItemStanding, Notice, NoticeItem, State, count_states
from engine.report.forms import safe_name
from engine.report.noticetemplate import NOTICE_LISTS
from engine.report.noticewords import (
    cause_word,
    earlier_entries,
    item_entries,
    notice_texts,
    period_words,
    remark,
    state_word,
)
from engine.report.officialdoc import OfficialDocument, document_bytes
from engine.report.officialwords import written_date
from engine.report.read import Template
from engine.report.words import Words
from engine.report.wordtemplate import Entry, fill_template, open_template
from engine.report.wordtext import blocks_html, blocks_markdown, document_blocks

Files = dict[str, str | bytes]


def notice_files(follow_up: FollowUp, template: Template, sign: str, words: Words, found: list[Diagnostic]) -> Files:
    """The files of all notices and of the standing, by name; each document as .docx, .md and .html.

    Errors: template-unreadable, placeholder-unknown.
    """
    files: Files = {}
    for notice in follow_up.notices:
        word = fill_notice(follow_up, notice, template, sign, words, found)
        name = safe_name(notice.organization)
        files |= _forms(word, name, f"{notice.organization} {notice.number}".strip(), follow_up, notice.day)
    if follow_up.standings:
        title = _standing_title(follow_up, words)
        files |= _forms(standing_document(follow_up, words).word, "standing", title, follow_up, follow_up.day)
    return files


def fill_notice(
    follow_up: FollowUp, notice: Notice, template: Template, sign: str, words: Words, found: list[Diagnostic]
) -> WordDocument:
    """The template with what one notice says."""
    word = open_template(template.content, template.file, found)
    file = template.file
    if word is None:
        word = open_template(template.shipped, file, found)
        assert word is not None, "the template that ships is sound"
    values: Entry = {
        **notice_texts(follow_up, notice, sign, words),
        "事項": item_entries(notice, words),
        "前期": earlier_entries(notice, follow_up.before, words),
    }
    fill_template(word, values, NOTICE_LISTS, file, found, simplified=words.language == "zh-Hans")
    return word


def standing_document(follow_up: FollowUp, words: Words) -> OfficialDocument:
    """Where every item stands, each in a row, and the totals that add up to them."""
    said, document = words.in_script, OfficialDocument()
    counts = count_states(follow_up.standings)
    document.title(_standing_title(follow_up, words))
    document.empty(1)
    parts = "、".join(f"{state_word(state, words)}{count}項" for state, count in counts.items())
    proposed = sum(standing.proposed for standing in follow_up.standings)
    document.paragraph(
        said(f"截至{written_date(follow_up.day)}，共發出督辦事項{len(follow_up.standings)}項：")
        + said(f"{parts}。其中現已達到、建議辦結{proposed}項。")
    )
    for state in State:
        listed = [standing for standing in follow_up.standings if standing.state is state]
        if listed:
            document.heading(1, f"{state_word(state, words)}（{len(listed)}{said('項')}）")
            heads = [said(head) for head in ("單位", "文號", "條款", "指標", "事由", "回復期限", "回復", "說明")]
            document.table(heads, [_standing_row(each, words) for each in listed], (13, 15, 7, 14, 9, 12, 18, 12))
    return document


def _standing_title(follow_up: FollowUp, words: Words) -> str:
    return period_words(follow_up.period, words) + words.in_script("督辦事項辦理情況")


def _standing_row(standing: ItemStanding, words: Words) -> list[str]:
    reply = standing.reply
    return [
        standing.notice.organization,
        standing.name,
        standing.item.clause,
        standing.item.indicator,
        cause_word(standing.item.cause, words),
        written_date(standing.reply_by),
        f"{written_date(reply.day)}：{reply.answer}" if reply else "—",
        remark(standing, words),
    ]


def _forms(word: WordDocument, name: str, title: str, follow_up: FollowUp, day: date | None) -> Files:
    blocks = document_blocks(word)
    return {
        f"{name}.docx": document_bytes(word, title, follow_up.office, day or follow_up.period.end),
        f"{name}.md": blocks_markdown(blocks),
        f"{name}.html": blocks_html(blocks, title),
    }


# --- the record ------------------------------------------------------------------------------------------------


def record_files(notices: Sequence[Notice], schemas: str) -> dict[str, str | bytes]:
    """The notices as files of the book's record, by name; `schemas` is where the book keeps its schemas."""
    return {f"{safe_name(notice.organization)}.yaml": notice_yaml(notice, schemas) for notice in notices}


def notice_yaml(notice: Notice, schemas: str = "schemas/") -> str:
    """One notice as it stands on record.

    Shape: the schema `notice-file`.
    """
    assert notice.day is not None, "a draft is not put on record"
    assert notice.reply_by is not None, "what is put on record says when to reply"
    # Days and item numbers are written bare, and what only looks like a number is quoted: editors see texts as texts.
    value = {
        "notice": notice.number,
        "organization": notice.organization,
        "period": notice.period.label,
        "date": notice.day,
        "reply_by": notice.reply_by,
        "items": [_item(item) for item in notice.items],
    }
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)
    # The record lies two folders below the book.
    above = "" if "://" in schemas or schemas.startswith("/") else "../../"
    return f"# yaml-language-server: $schema={above}{schemas}notice-file.json\n{text}"


def _item(item: NoticeItem) -> dict[str, str | int | list[str]]:
    facts = {
        "target": item.target,
        "due": item.due,
        "submitted": item.submitted,
        "gap": item.gap,
        "remaining": item.remaining,
    }
    return {
        "item": item.item,
        "rule": item.rule,
        "clause": item.clause,
        "indicator": item.indicator,
        "quotes": list(item.quotes),
        "cause": item.cause.value,
        "standing": item.standing,
        **{key: text for key, text in facts.items() if text},
        **({"earlier": list(item.earlier)} if item.earlier else {}),
    }
