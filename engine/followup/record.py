"""The record's texts → notices, replies and decisions, as they were written down."""

import re
from pathlib import PurePosixPath

from engine.model.diagnostic import Diagnostic
from engine.model.notice import Cause, Decision, Notice, NoticeItem, Reply, Ruling
from engine.model.period import Period
from engine.model.source import Source
from engine.shapes import Fields
from engine.yamlsource import Node, read_yaml

_NOTICE = ("notice", "organization", "period", "date", "reply_by", "items", "note")
_ITEM = (
    "item", "rule", "clause", "indicator", "quotes", "cause", "standing", "target", "due", "submitted", "gap",
    "remaining", "earlier",
)  # fmt: skip
_REPLY = ("notice", "item", "organization", "date", "answer", "until", "evidence", "note")
_DECISION = ("notice", "item", "date", "decision", "reason", "reply_by", "note")

#: Words that acknowledge a notice and answer nothing.
_NO_ANSWERS = frozenset(
    [
        "無",
        "无",
        "略",
        "同上",
        "收到",
        "已收到",
        "已阅",
        "已閱",
        "知悉",
        "已知悉",
        "收悉",
        "已收悉",
        "na",
        "n/a",
        "none",
        "ok",
    ]
)


def read_notice(text: str, file: str, found: list[Diagnostic]) -> Notice | None:
    """One notice; None where it cannot be followed up.

    Errors: those of YAML and shapes; notice-dates-crossed, notice-item-repeated, period-unreadable,
    period-differs.
    """
    root = _root(text, file, found)
    if root is None:
        return None
    before = len(found)
    fields = Fields(root, found, _NOTICE)
    number, organization = fields.text("notice", required=True), fields.text("organization", required=True)
    written = fields.text("period", required=True)
    day, reply_by = fields.day("date", required=True), fields.day("reply_by", required=True)
    fields.text("note")
    items = [_read_item(node, found) for node in fields.items("items", required=True)]
    period = Period.parse(written) if written else None
    if written and period is None:
        found.append(Diagnostic("period-unreadable", root.source, {"found": written}))
    if day and reply_by and reply_by < day:
        params = {"day": day.isoformat(), "reply_by": reply_by.isoformat()}
        found.append(Diagnostic("notice-dates-crossed", root.source, params))
    if period and period != Period.parse(PurePosixPath(file).parent.name):
        params = {"found": period.label, "folder": PurePosixPath(file).parent.name}
        found.append(Diagnostic("period-differs", root.source, params))
    known: dict[int, NoticeItem] = {}
    for item in filter(None, items):
        if item.item in known:
            params = {"item": str(item.item)}
            found.append(Diagnostic("notice-item-repeated", item.source, params, (known[item.item].source,)))
        known.setdefault(item.item, item)
    if len(found) > before or not (number and organization and period and day and reply_by):
        return None
    return Notice(number, organization, period, day, reply_by, tuple(known.values()), root.source)


def _read_item(node: Node, found: list[Diagnostic]) -> NoticeItem | None:
    fields = Fields(node, found, _ITEM)
    item, cause = _item_number(fields, found), fields.choice("cause", Cause, required=True)
    rule, clause = fields.text("rule", required=True), fields.text("clause", required=True)
    indicator, standing = fields.text("indicator", required=True), fields.text("standing", required=True)
    quotes, earlier = fields.texts("quotes", required=True), fields.texts("earlier")
    facts = {key: fields.text(key) or "" for key in ("target", "due", "submitted", "gap", "remaining")}
    if item is None or cause is None or not (rule and clause and indicator and standing):
        return None
    return NoticeItem(
        item, rule, clause, indicator, quotes, cause, standing, **facts, earlier=earlier, source=node.source
    )


def _item_number(fields: Fields, found: list[Diagnostic]) -> int | None:
    written = fields.text("item", required=True)
    if written is None:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,3}", written):
        found.append(Diagnostic("wrong-shape", fields.source, {"expected": "a whole number from 1 to 9999"}))
        return None
    return int(written)


def read_replies(text: str, file: str, found: list[Diagnostic]) -> list[Reply]:
    """The replies of one file; what says nothing answers nothing.

    Errors: those of YAML and shapes; reply-empty.
    """
    root = _root(text, file, found)
    replies = []
    for node in Fields(root, found, ("replies",)).items("replies", required=True) if root else ():
        before = len(found)
        fields = Fields(node, found, _REPLY)
        notice, item = fields.text("notice", required=True), _item_number(fields, found)
        organization, day = fields.text("organization", required=True), fields.day("date", required=True)
        answer, until = fields.text("answer", required=True), fields.day("until")
        evidence = fields.texts("evidence")
        fields.text("note")
        if answer is not None and is_empty_answer(answer):
            params = {"notice": notice or "", "item": str(item), "answer": answer}
            found.append(Diagnostic("reply-empty", node.source, params))
        if len(found) == before and notice and item and organization and day and answer:
            replies.append(Reply(notice, item, organization, day, answer, until, evidence, node.source))
    return replies


def is_empty_answer(answer: str) -> bool:
    """Whether an answer has no content: marks only, or a word that merely acknowledges.

    >>> is_empty_answer("——"), is_empty_answer("已閱。"), is_empty_answer("8月底前補齊")
    (True, True, False)
    """
    said = "".join(character for character in answer if character.isalnum() or character == "/")
    return not said.strip("/") or said.lower() in _NO_ANSWERS


def read_decisions(text: str, file: str, found: list[Diagnostic]) -> list[Decision]:
    """The office's decisions, in the order of the file.

    Errors: those of YAML and shapes.
    """
    root = _root(text, file, found)
    decisions = []
    for node in Fields(root, found, ("decisions",)).items("decisions", required=True) if root else ():
        before = len(found)
        fields = Fields(node, found, _DECISION)
        notice, item = fields.text("notice", required=True), _item_number(fields, found)
        day, ruling = fields.day("date", required=True), fields.choice("decision", Ruling, required=True)
        # Whoever is not believed has to know why.
        reason = fields.text("reason", required=ruling is Ruling.REFUSE)
        reply_by = fields.day("reply_by")
        fields.text("note")
        if len(found) == before and notice and item and day and ruling:
            decisions.append(Decision(notice, item, day, ruling, reason or "", reply_by, node.source))
    return decisions


def _root(text: str, file: str, found: list[Diagnostic]) -> Node | None:
    root, diagnostics = read_yaml(text, file)
    found.extend(diagnostics)
    if root is None and not diagnostics:
        found.append(Diagnostic("submission-empty", Source(file), {}))
    return root
