"""`inspections.yaml`: figures established on site, as entries."""

from datetime import date

from engine.entries import fill_figure, read_cell
from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.shapes import Fields
from engine.submissions.yamlform import MAX_CHARACTERS
from engine.yamlsource import read_yaml

_KEYS = (
    "organization", "indicator", "member", "document", "date",
    "value", "unit", "parts", "done", "eligible", "stage", "note",
)  # fmt: skip


def read_inspection_entries(text: str, file: str, found: list[Diagnostic]) -> list[tuple[date, Entry]]:
    """One entry per inspection, with its day; each names its document.

    Errors: those of YAML and shapes.
    """
    root, diagnostics = read_yaml(text, file, most=MAX_CHARACTERS)
    found.extend(diagnostics)
    if root is None:
        return []
    entries: list[tuple[date, Entry]] = []
    for item in Fields(root, found, ("inspections",)).items("inspections", required=True):
        fields = Fields(item, found, _KEYS)
        organization = read_cell(fields, "organization", required=True)
        indicator = read_cell(fields, "indicator", required=True)
        document = fields.text("document", required=True)
        day = fields.day("date", required=True)
        if organization and indicator and day:
            entry = Entry(organization, indicator, item.source, member=read_cell(fields, "member"))
            entry.document, entry.day = document, day.isoformat()
            fill_figure(entry, fields, found)
            entries.append((day, entry))
    return entries
