"""A YAML submission → entries."""

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Cell, Entry, Revision
from engine.model.source import Source
from engine.shapes import Fields
from engine.yamlsource import Node, read_yaml

_FIGURE_KEYS = (
    "value", "unit", "baseline", "parts", "done", "eligible", "members", "stage", "measure", "note",
    "evidence", "revises",
)  # fmt: skip


def read_yaml_submission(text: str, file: str, found: list[Diagnostic]) -> list[Entry]:
    """The entries of one YAML file; the file's organization and period stand in each of them.

    Errors: those of YAML and shapes; submission-empty.
    """
    before = len(found)
    root_node, diagnostics = read_yaml(text, file)
    found.extend(diagnostics)
    if root_node is None:
        if len(found) == before:
            found.append(Diagnostic("submission-empty", Source(file), {}))
        return []
    root = Fields(root_node, found, ("organization", "period", "figures", "note", "form"))
    organization = _cell(root.child("organization", required=True))
    figures = root.child("figures", required=True)
    if organization is None or figures is None:
        return []
    if figures.kind != "mapping":
        found.append(Diagnostic("wrong-shape", figures.source, {"expected": "a mapping of indicators to figures"}))
        return []
    repeated = _repeated(figures)
    period = _cell(root.child("period"))
    entries: list[Entry] = []
    for key, value in figures.pairs:
        base = Entry(
            organization=organization,
            indicator=Cell(key.text, key.source),
            source=value.source,
            period=period,
            fault="repeated-key" if key.text in repeated else None,
        )
        entries.extend(_read_figure(base, value, found))
    return entries


def _cell(node: Node | None, unit: str | None = None) -> Cell | None:
    if node is None or node.kind != "text":
        return None
    return Cell(node.text, node.source, unit)


def _repeated(mapping: Node) -> set[str]:
    keys = [key.text for key, _ in mapping.pairs]
    return {key for key in keys if keys.count(key) > 1} if len(set(keys)) < len(keys) else set()


def _read_figure(base: Entry, node: Node, found: list[Diagnostic]) -> list[Entry]:
    if node.kind == "text":
        base.value = Cell(node.text, node.source)
        return [base]
    fields = Fields(node, found, _FIGURE_KEYS)
    if node.kind != "mapping":
        base.fault = "wrong-shape"
        return [base]
    if _repeated(node):
        base.fault = "repeated-key"
    _fill(base, fields, found)
    members = fields.child("members")
    if members is None:
        return [base]
    if members.kind != "mapping":
        found.append(Diagnostic("wrong-shape", members.source, {"expected": "a mapping of members"}))
        base.fault = "wrong-shape"
        return [base]
    repeated = _repeated(members)
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
        entries.extend(_read_figure(entry, value, found))
    return entries


def _fill(entry: Entry, fields: Fields, found: list[Diagnostic]) -> None:
    unit = fields.text("unit")
    entry.value = _cell(fields.child("value"), unit)
    entry.baseline = _cell(fields.child("baseline"), unit)
    entry.stage = _cell(fields.child("stage"))
    entry.measure = _cell(fields.child("measure"))
    entry.note = fields.text("note")
    entry.evidence = fields.texts("evidence")
    for name in ("done", "eligible"):
        cell = _cell(fields.child(name), unit)
        if cell:
            entry.parts[name] = cell
    parts = fields.child("parts")
    if parts is not None:
        for key, value in parts.pairs:
            cell = _cell(value, unit)
            if cell:
                entry.parts[key.text] = cell
    revises = fields.child("revises")
    if revises is not None:
        inner = Fields(revises, found, ("period", "from", "to", "reason"))
        entry.revises = Revision(
            inner.text("period", required=True) or "",
            inner.text("from", required=True) or "",
            inner.text("to", required=True) or "",
            inner.text("reason", required=True) or "",
        )
