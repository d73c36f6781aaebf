from datetime import date
from pathlib import Path

import pytest

from engine.model.arrival import Manifest
from engine.model.diagnostic import Diagnostic
from engine.submissions.manifest import check_manifests, read_manifest, set_aside
from engine.submissions.read import SubmittedFile
from tests.unit.small import codes, period_of

HOME = Path("2025Q2")
FIRST = "{file: a.yaml, date: 2025-07-08}"
SECOND = "{file: b.yaml, date: 2025-07-12, replaces: a.yaml, reason: 重複}"


def read(*receipts: str, head: str = "") -> tuple[Manifest, list[Diagnostic]]:
    found: list[Diagnostic] = []
    listed = "".join(f"\n- {receipt}" for receipt in receipts)
    manifest = read_manifest(f"{head}received: {listed or '[]'}\n", "2025Q2/manifest.yaml", period_of("2025Q2"), found)
    assert manifest is not None
    return manifest, found


def lying(*names: str) -> list[SubmittedFile]:
    return [SubmittedFile(f"2025Q2/{name}", HOME / name, period_of("2025Q2"), HOME) for name in names]


def test_a_manifest_says_when_each_file_came_in() -> None:
    manifest, found = read(FIRST, SECOND, head="due: 2025-07-10\nillustrative: true\nnote: x\n")
    assert (manifest.due, found) == (date(2025, 7, 10), [])
    assert [(name, each.day, each.replaces, each.reason) for name, each in manifest.receipts.items()] == [
        ("a.yaml", date(2025, 7, 8), None, None),
        ("b.yaml", date(2025, 7, 12), "a.yaml", "重複"),
    ]


@pytest.mark.parametrize(
    ("receipts", "expected"),
    [
        (["{file: a.yaml}"], ["key-missing"]),
        (["{file: a.yaml, date: 8.7.2025}"], ["not-a-date"]),
        (["{file: a.yaml, date: 2025-07-08, when: x}"], ["unknown-key"]),
        ([FIRST, "{file: b.yaml, date: 2025-07-08, replaces: a.yaml}"], ["key-missing"]),
        ([FIRST, FIRST], ["receipt-repeated"]),
        (["{file: a.yaml, date: 2025-06-29}"], ["received-before-end"]),
        (["{file: a.yaml, date: 2025-06-30}"], []),
        ([SECOND], ["replacement-impossible"]),
        (["{file: a.yaml, date: 2025-07-13}", SECOND], ["replacement-impossible"]),
        (["{file: a.yaml, date: 2025-07-12}", SECOND], []),
        (["{file: a.yaml, date: 2025-07-12, replaces: a.yaml, reason: x}"], ["replacement-impossible"]),
        (
            ["{file: a.yaml, date: 2025-07-12, replaces: b.yaml, reason: x}", SECOND],
            ["replacement-impossible", "replacement-impossible"],
        ),
    ],
)
def test_what_a_manifest_cannot_say(receipts: list[str], expected: list[str]) -> None:
    assert codes(read(*receipts)[1]) == expected


def test_files_and_receipts_are_held_against_each_other() -> None:
    manifest, _ = read(FIRST, "{file: c.yaml, date: 2025-07-08}")
    found: list[Diagnostic] = []
    check_manifests({HOME: manifest}, lying("a.yaml", "sub/d.yaml"), found)
    assert [(each.code, each.params["file"]) for each in found] == [
        ("receipt-without-file", "c.yaml"),
        ("file-without-receipt", "sub/d.yaml"),
    ]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (None, {"2025Q2/a.yaml": "file-replaced"}),
        ("2025-07-12", {"2025Q2/a.yaml": "file-replaced"}),
        ("2025-07-11", {"2025Q2/b.yaml": "received-later"}),
        ("2025-07-08", {"2025Q2/b.yaml": "received-later"}),
        ("2025-07-07", {"2025Q2/a.yaml": "received-later", "2025Q2/b.yaml": "received-later"}),
    ],
)
def test_what_counts_depends_on_the_day(as_of: str | None, expected: dict[str, str]) -> None:
    manifest, _ = read(FIRST, SECOND)
    found: list[Diagnostic] = []
    day = date.fromisoformat(as_of) if as_of else None
    aside = set_aside({HOME: manifest}, lying("a.yaml", "b.yaml"), day, found)
    assert {file.name: code for file, code in aside.items()} == expected
    assert {each.source.file: each.code for each in found} == expected
