"""What a draft found: for the terminal, and as a JSON document."""

from collections.abc import Sequence
from typing import Any

from engine.model.diagnostic import Diagnostic
from engine.model.draft import Draft, DraftClause, DraftTarget, OpenItem
from engine.model.question import Question
from engine.model.target import Target
from engine.report.diagnostics import Paint
from engine.report.documents import source_row, target_reading
from engine.report.table import promises_table
from engine.report.words import Words

Json = dict[str, Any]


def draft_document(draft: Draft, words: Words) -> Json:
    """The document of `draft --format json`.

    Shape: as `targets`, with `not_targets` and `open`: what a person has to decide; the JSON Schema `draft`.
    """
    groups = {group.name for group in draft.groups}
    return {
        "schema": "biaochi.draft/1",
        "plan": {"title": draft.title, "year": draft.year, "digest": draft.digest},
        "targets": [_target(drafted, each, groups) for drafted in draft.clauses for each in drafted.targets],
        "clauses": [
            {
                "clause": drafted.clause.number,
                "class": drafted.clause.category,
                "targets": [target.id for target in drafted.clause.targets],
                "lead": list(drafted.clause.lead),
                "responsible": list(drafted.clause.responsible),
            }
            for drafted in draft.clauses
        ],
        "not_targets": [
            {"clause": drafted.clause.number, "quote": other.quote, "why": words.reason(other.why)}
            for drafted in draft.clauses
            for other in drafted.clause.not_targets
        ],
        "open": [_open(item, words) for item in draft.open_items],
    }


def draft_table(draft: Draft, words: Words, paint: Paint) -> str:
    """Every promise as it was read, every other number with its reason, and what is left to a person."""
    promises = [target for drafted in draft.clauses for target in drafted.clause.targets]
    others = [(drafted.clause.number, other) for drafted in draft.clauses for other in drafted.clause.not_targets]
    blocks = [promises_table([drafted.clause for drafted in draft.clauses if drafted.targets], words)]
    if others:
        listed = [f"{number}  {other.quote}: {words.reason(other.why)}" for number, other in others]
        blocks.append("\n".join([words["no-promises"], *listed]) + "\n")
    items = draft.open_items
    if items:
        blocks.append(_open_table(items, words, paint))
    counts = {
        "clauses": len(draft.clauses),
        "promises": len(promises),
        "numbered": sum(_is_numbered(target) for target in promises),
        "others": len(others),
        "open": len(items),
    }
    title = words["untitled"] if draft.title is None else draft.title
    blocks.append(f"{title}\n{words['drafted'].format(**counts)}\n")
    return "\n".join(blocks)


def _open_table(items: Sequence[OpenItem], words: Words, paint: Paint) -> str:
    """What a person has to decide, by question, each place in a line of its own."""
    lines = []
    for asked in Question:
        these = [item for item in items if item.question is asked]
        if these:
            lines.append(f"{paint(asked.value, 'yellow')} ({len(these)}): {words.hint(question(these[0]))}")
            lines += [f"    {item.source}: {' '.join(filter(None, (item.clause, item.name)))}" for item in these]
    return "\n".join([words["open-items"], *lines]) + "\n"


def question(item: OpenItem) -> Diagnostic:
    """An open item as the diagnostic that a drafted book gives for it."""
    return Diagnostic(item.question.code, item.source, {"name": item.name})


def _is_numbered(target: Target) -> bool:
    return target.value is not None


def _target(drafted: DraftClause, each: DraftTarget, groups: set[str]) -> Json:
    clause, rule = drafted.clause, each.rule
    return {
        **target_reading(each.target),
        "open": [item.value for item in (*each.open, *(rule.open if rule else ()))],
        "lead": list(clause.lead),
        "responsible": list(clause.responsible),
        "organizations": [name for name in (*clause.lead, *clause.responsible) if name not in groups],
        "rules": [rule.rule["id"]] if rule else [],
        "indicators": [indicator["id"] for indicator in rule.indicators] if rule else [],
    }


def _open(item: OpenItem, words: Words) -> Json:
    asked = question(item)
    return {
        "clause": item.clause or None,
        "name": item.name or None,
        "question": item.question.value,
        "message": words.message(asked),
        "hint": words.hint(asked),
        "source": source_row(item.source),
    }
