"""`inspections.yaml`: figures established on site, as entries."""

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Cell, Entry
from engine.shapes import Fields
from engine.yamlsource import Node, read_yaml


def read_inspection_entries(text: str, file: str, found: list[Diagnostic]) -> list[Entry]:
    """One entry per inspection; each names its document.

    Errors: those of YAML and shapes.
    """
    root, diagnostics = read_yaml(text, file)
    found.extend(diagnostics)
    if root is None:
        return []
    entries = []
    for item in Fields(root, found, ("inspections",)).items("inspections", required=True):
        fields = Fields(item, found, ("organization", "indicator", "value", "member", "document", "date", "note"))
        organization = _cell(fields.child("organization", required=True))
        indicator = _cell(fields.child("indicator", required=True))
        value = _cell(fields.child("value", required=True))
        fields.text("document", required=True)
        fields.day("date", required=True)
        if organization and indicator and value:
            member = _cell(fields.child("member"))
            entries.append(Entry(organization, indicator, item.source, member=member, value=value))
    return entries


def _cell(node: Node | None) -> Cell | None:
    return Cell(node.text, node.source) if node is not None and node.kind == "text" else None
