"""A figure as it is written in YAML → entries: one shape for submissions and for worked cases."""

from collections import Counter

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Cell, Entry, Revision
from engine.shapes import Fields
from engine.yamlsource import Node

FIGURE_KEYS = (
    "value", "unit", "baseline", "parts", "done", "eligible", "members", "stage", "measure", "note",
    "evidence", "revises",
)  # fmt: skip


def read_figure(base: Entry, node: Node, found: list[Diagnostic]) -> list[Entry]:
    """The entries of one figure, one for each member where it has some; `base` says whose figure it is.

    Errors: those of shapes.
    """
    if node.kind == "text":
        base.value = Cell("" if node.is_null else node.text, node.source)
        return [base]
    if base.member is not None and node.get("members") is not None:
        found.append(Diagnostic("wrong-shape", node.source, {"expected": f"a figure for {base.member.text}"}))
        base.fault = "wrong-shape"
        return [base]
    before = len(found)
    fields = Fields(node, found, FIGURE_KEYS)
    fill_figure(base, fields, found)
    if repeated_keys(node):
        base.fault = "repeated-key"
    elif len(found) > before and base.fault is None:
        # A key that was misspelt or has the wrong shape may have meant anything, so the figure cannot stand.
        base.fault = found[before].code
    if node.kind != "mapping":
        return [base]
    members = fields.child("members")
    if members is None:
        return [base]
    if members.kind != "mapping":
        found.append(Diagnostic("wrong-shape", members.source, {"expected": "a mapping for members"}))
        base.fault = "wrong-shape"
        return [base]
    if base.value or base.stage or base.parts:
        found.append(Diagnostic("forms-mixed", node.source, {"indicator": base.indicator.text}))
        base.fault = "forms-mixed"
        return [base]
    repeated = repeated_keys(members)
    entries = []
    for key, value in members.pairs:
        entry = Entry(
            organization=base.organization,
            indicator=base.indicator,
            source=value.source,
            period=base.period,
            member=Cell(key.text, key.source),
            measure=base.measure,
            note=base.note,
            evidence=base.evidence,
            fault="repeated-key" if key.text in repeated else base.fault,
        )
        entries.extend(read_figure(entry, value, found))
    return entries


def fill_figure(entry: Entry, fields: Fields, found: list[Diagnostic]) -> None:
    """Put the cells of a figure's mapping into its entry.

    Errors: those of shapes.
    """
    unit = fields.text("unit")
    entry.value = read_cell(fields, "value", unit)
    entry.baseline = read_cell(fields, "baseline", unit)
    entry.stage = read_cell(fields, "stage")
    entry.measure = read_cell(fields, "measure")
    entry.note = fields.text("note")
    entry.evidence = fields.texts("evidence")
    parts = fields.child("parts")
    if parts is not None and parts.kind != "mapping":
        found.append(Diagnostic("wrong-shape", parts.source, {"expected": "a mapping for parts"}))
        parts = None
    if parts is not None and repeated_keys(parts):
        entry.fault = "repeated-key"
    for name in ("done", "eligible"):
        cell = read_cell(fields, name, unit)
        if cell:
            entry.parts[name] = cell
    if parts is not None:
        entry.parts.update(_part_cells(parts, unit, found))
    revises = fields.child("revises")
    if revises is not None:
        inner = Fields(revises, found, ("period", "from", "to", "reason"))
        entry.revises = Revision(
            inner.text("period", required=True) or "",
            inner.text("from", required=True) or "",
            inner.text("to", required=True) or "",
            inner.text("reason", required=True) or "",
        )


def _part_cells(parts: Node, unit: str | None, found: list[Diagnostic]) -> dict[str, Cell]:
    """The cells of named parts, of one written twice the first; each key is looked at once, for there may be many."""
    first: dict[str, Node] = {}
    for key, value in parts.pairs:
        first.setdefault(key.text, value)
    cells = {}
    for name, value in first.items():
        if value.kind != "text":
            found.append(Diagnostic("wrong-shape", value.source, {"expected": f"a text for {name}"}))
        elif not value.is_null:
            cells[name] = Cell(value.text, value.source, unit)
    return cells


def read_cell(fields: Fields, key: str, unit: str | None = None, required: bool = False) -> Cell | None:
    """A scalar field with its place; None where it is absent or empty.

    Errors: wrong-shape for anything but a scalar, key-missing.
    """
    text, node = fields.text(key, required), fields.child(key)
    return Cell(text, node.source, unit) if text is not None and node is not None else None


def repeated_keys(mapping: Node) -> set[str]:
    """The keys that stand more than once: whatever they hold is ambiguous."""
    counted = Counter(key.text for key, _ in mapping.pairs)
    return {key for key, count in counted.items() if count > 1}
