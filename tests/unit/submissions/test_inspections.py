from datetime import date

import pytest

from engine.model.diagnostic import Diagnostic
from engine.submissions.inspections import read_inspection_entries
from tests.unit.small import codes

ONE = "organization: 市經信局, indicator: firms, value: 120 家, document: 督查通報, date: 2025-07-10"


def test_an_inspection_is_an_entry_at_its_place() -> None:
    found: list[Diagnostic] = []
    ((day, entry),) = read_inspection_entries(f"inspections:\n- {{{ONE}}}\n", "inspections.yaml", found)
    assert entry.value is not None
    assert (entry.organization.text, entry.indicator.text, entry.value.text, found) == (
        "市經信局",
        "firms",
        "120 家",
        [],
    )
    assert str(entry.source) == "inspections.yaml:2:3"
    assert day == date(2025, 7, 10)
    assert (entry.document, entry.day) == ("督查通報", "2025-07-10")


@pytest.mark.parametrize(
    ("figure", "parts", "stage"),
    [
        ("done: 3 家, eligible: 4 家", ["done", "eligible"], None),
        ("stage: 封頂", [], "封頂"),
        ("parts: {a: 1 家, b: 2 家}", ["a", "b"], None),
    ],
)
def test_a_figure_may_be_inspected_in_every_form(figure: str, parts: list[str], stage: str | None) -> None:
    text = f"inspections: [{{{ONE.replace('value: 120 家', figure)}}}]\n"
    found: list[Diagnostic] = []
    ((_, entry),) = read_inspection_entries(text, "i.yaml", found)
    assert (list(entry.parts), entry.stage and entry.stage.text, found) == (parts, stage, [])


def test_a_member_may_be_inspected() -> None:
    ((_, entry),) = read_inspection_entries(f"inspections: [{{{ONE}, member: 食品}}]\n", "i.yaml", [])
    assert (entry.member and entry.member.text) == "食品"


@pytest.mark.parametrize("key", ["organization", "indicator", "document", "date"])
def test_what_an_inspection_must_say(key: str) -> None:
    found: list[Diagnostic] = []
    left = ", ".join(part for part in ONE.split(", ") if not part.startswith(key))
    read_inspection_entries(f"inspections: [{{{left}}}]\n", "i.yaml", found)
    assert [(finding.code, finding.params["key"]) for finding in found] == [("key-missing", key)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("inspections: [\n", ["yaml-syntax"]),
        ("inspections: 120 家\n", ["wrong-shape"]),
        ("figures: []\n", ["unknown-key", "key-missing"]),
        (f"inspections: [{{{ONE.replace('2025-07-10', 'July')}}}]\n", ["not-a-date"]),
    ],
)
def test_a_file_that_is_none_is_reported(text: str, expected: list[str]) -> None:
    found: list[Diagnostic] = []
    read_inspection_entries(text, "i.yaml", found)
    assert codes(found) == expected
