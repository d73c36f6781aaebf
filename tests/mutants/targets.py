"""What can go wrong in the reading of the plan, `targets.yaml`."""

from collections.abc import Iterator

from engine.yamlsource import Node
from tests.mutants.edit import (
    OTHER_UNIT,
    Edit,
    Fault,
    Texts,
    drop_item,
    drop_key,
    insert_key,
    is_editable,
    items_of,
    moved,
    offset,
    replace_flow,
    replace_scalar,
    root_of,
    text_of,
)  # fmt: skip
from tests.mutants.rules import flipped, other_kind

FILE = "targets.yaml"


def target_faults(texts: Texts) -> Iterator[Fault]:
    """Clauses with their bodies, promises, and numbers that promise nothing."""
    text = texts[FILE]
    root = root_of(text, FILE)
    clauses = items_of(root, "clauses")
    for at, clause in enumerate(clauses):
        number = clause.get("clause")
        assert number is not None, "a clause without a number"
        yield Fault("clause removed", number.text, (drop_item(text, clauses, at),), (), not items_of(clause, "targets"))
        if at + 1 < len(clauses):
            following = clauses[at + 1].get("clause")
            assert following is not None, "a clause without a number"
            if number.text.isdigit() is following.text.isdigit():
                edits = replace_scalar(text, following, number.text), replace_scalar(text, number, following.text)
                yield Fault("clause numbers swapped", f"{number.text} and {following.text}", edits, (), True)
        yield from _body_faults(text, clause, number.text)
        for target in items_of(clause, "targets"):
            for kind, edit, needs_plan in _target_edits(text, target):
                place = f"{number.text} {text_of(target, 'id')}"
                yield Fault(kind, place, (edit,), (), needs_plan, _alone(text, edit, number.text))
        for other in items_of(clause, "not_targets"):
            quote = other.get("quote")
            if quote is not None and is_editable(text, quote):
                for edit in _misquoted(text, quote):
                    yield Fault("quote of no target altered", f"{number.text} {quote.text}", (edit,), (), True)
            yield Fault(
                "no-target undeclared", f"{number.text} {text_of(other, 'quote')}", _undeclared(text, other), (), True
            )
    plan = root.get("plan")
    digest = plan.get("digest") if plan else None
    if digest is not None:
        last = "0" if digest.text[-1] != "0" else "1"
        edit = replace_scalar(text, digest, digest.text[:-1] + last)
        yield Fault("digest altered", digest.text[:15], (edit,), (), True)


def _alone(text: str, edit: Edit, clause: str) -> str | None:
    """The clause, where every line stays in its place."""
    return None if "\n" in edit.new + text[edit.start : edit.end] else f"clause {clause}"


def _undeclared(text: str, node: Node) -> tuple[Edit, ...]:
    """The list without one entry, and without its key where it was the only one."""
    start = offset(text, node.line, 1)
    end = text.index("\n", start) + 1
    assert text[start:end].lstrip().startswith("- {"), "declared in one line each"
    key = text.rindex("\n", 0, start - 1) + 1
    alone = text[key:start].strip() == "not_targets:" and not text[end:].lstrip(" ").startswith("- {quote:")
    return (Edit(FILE, key if alone else start, end, ""),)


def _body_faults(text: str, clause: Node, number: str) -> Iterator[Fault]:
    for key in ("lead", "responsible"):
        listed = clause.get(key)
        if listed is None or not listed.items:
            continue
        names = [body.text for body in listed.items]
        added = next(name for name in ("市統計局", "市審計局", "市司法局") if name not in names)
        dropped = [names[1:], names[:-1]] if len(names) > 1 else [[]]
        for kind, changed in [("body added", [*names, added]), *(("body dropped", left) for left in dropped)]:
            edit = replace_flow(text, listed, changed)
            yield Fault(kind, f"{number} {key}", (edit,), (), True, _alone(text, edit, number))


def _misquoted(text: str, quote: Node) -> Iterator[Edit]:
    """A sign left out in the middle, one put in the place of another, one added at the end."""
    words = quote.text
    middle = len(words) // 2
    # Half of a short name such as 5G still is the plan's own words.
    if len(words) > 2:
        yield replace_scalar(text, quote, words[:middle] + words[middle + 1 :])
    yield replace_scalar(text, quote, words[:middle] + "某" + words[middle + 1 :])
    yield replace_scalar(text, quote, words + "某")


def _target_edits(text: str, target: Node) -> Iterator[tuple[str, Edit, bool]]:
    quote = target.get("quote")
    if quote is not None and is_editable(text, quote):
        for edit in _misquoted(text, quote):
            yield "quote altered", edit, True
    for key in ("value", "upper"):
        node = target.get(key)
        if node is not None:
            for number in moved(node.text):
                yield "value one step off", replace_scalar(text, node, number), False
    unit = target.get("unit")
    if unit is not None:
        changed = replace_scalar(text, unit, OTHER_UNIT.get(unit.text, "件"))
        yield "unit of measure changed in the reading", changed, False
    comparator = target.get("comparator")
    if comparator is not None:
        for other in flipped(comparator.text):
            yield "comparator flipped in the reading", replace_scalar(text, comparator, other), False
    kind = target.get("kind")
    if kind is not None:
        yield "kind changed in the reading", replace_scalar(text, kind, other_kind(kind.text)), False
    yield from _flags(text, target)
    if target.get("value") is not None:
        yield from _said(text, target)


def _flags(text: str, target: Node) -> Iterator[tuple[str, Edit, bool]]:
    soft = target.get("soft")
    edit = replace_scalar(text, soft, "false") if soft is not None else insert_key(text, target, "soft: true")
    yield "softness changed in the reading", edit, False
    yield "year changed in the reading", insert_key(text, target, "year: 2030"), False


def _said(text: str, target: Node) -> Iterator[tuple[str, Edit, bool]]:
    """What the words of a number say beside it; of a promise without one the grammar reads no more than its kind."""
    change, striving = target.get("change"), target.get("striving")
    if change is not None:
        other = "decrease" if change.text == "increase" else "increase"
        yield "change altered in the reading", replace_scalar(text, change, other), False
        yield "change altered in the reading", drop_key(text, target, "change"), False
    else:
        yield "change altered in the reading", insert_key(text, target, "change: increase"), False
    if striving is not None:
        yield "striving altered in the reading", drop_key(text, target, "striving"), True
    else:
        yield "striving altered in the reading", insert_key(text, target, "striving: true"), True
