"""A YAML submission → entries."""

from engine.entries import read_cell, read_figure, repeated_keys
from engine.model.diagnostic import Diagnostic
from engine.model.entry import Cell, Entry
from engine.model.source import Source
from engine.shapes import Fields
from engine.yamlsource import read_yaml

#: Of a submission, whose figures are some dozens. Units: characters.
MAX_CHARACTERS = 250_000


def read_yaml_submission(text: str, file: str, found: list[Diagnostic]) -> list[Entry]:
    """The entries of one YAML file; the file's organization and period stand in each of them.

    Errors: those of YAML and shapes; submission-empty.
    """
    before = len(found)
    root_node, diagnostics = read_yaml(text, file, most=MAX_CHARACTERS)
    found.extend(diagnostics)
    if root_node is None:
        if len(found) == before:
            found.append(Diagnostic("submission-empty", Source(file), {}))
        return []
    root = Fields(root_node, found, ("organization", "period", "figures", "note", "form"))
    organization = read_cell(root, "organization", required=True)
    figures = root.child("figures", required=True)
    root.text("note")
    if organization is None or figures is None or repeated_keys(root_node) & {"organization", "period"}:
        return []
    period = read_cell(root, "period")
    if period is None and root.has("period"):
        # What cannot be read is not replaced by the folder's period.
        return []
    if figures.kind != "mapping":
        found.append(Diagnostic("wrong-shape", figures.source, {"expected": "a mapping for figures"}))
        return []
    if not figures.pairs:
        found.append(Diagnostic("submission-empty", figures.source, {}))
    repeated = repeated_keys(figures)
    entries: list[Entry] = []
    for key, value in figures.pairs:
        base = Entry(
            organization=organization,
            indicator=Cell(key.text, key.source),
            source=value.source,
            period=period,
            fault="repeated-key" if key.text in repeated else None,
        )
        entries.extend(read_figure(base, value, found))
    return entries
