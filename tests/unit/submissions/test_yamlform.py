import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry, Revision
from engine.submissions.yamlform import read_yaml_submission
from tests.unit.small import codes


def entries_of(text: str) -> tuple[list[Entry], list[str]]:
    """The entries of a file, and the codes of what is wrong with it."""
    found: list[Diagnostic] = []
    return read_yaml_submission(text, "a.yaml", found), codes(found)


def figure_of(figure: str) -> tuple[Entry, list[str]]:
    """The only entry of a file with one figure."""
    (entry,), found = entries_of(f"organization: 市經信局\nfigures:\n  firms: {figure}\n")
    return entry, found


def test_a_plain_figure_keeps_its_words_and_its_place() -> None:
    entry, found = figure_of("131 家")
    assert entry.value is not None
    assert (entry.organization.text, entry.indicator.text, entry.value.text, found) == (
        "市經信局",
        "firms",
        "131 家",
        [],
    )
    assert (str(entry.value.source), str(entry.indicator.source)) == ("a.yaml:3:10", "a.yaml:3:3")


@pytest.mark.parametrize("written", ["131", "1.310", "0131", "1e3", "yes", "2025-06-30", "１３１ 家", "0x1F"])
def test_yaml_changes_nothing_of_what_was_written(written: str) -> None:
    entry, _ = figure_of(written)
    assert entry.value is not None
    assert entry.value.text == written


def test_all_of_a_figure_is_read() -> None:
    entry, found = figure_of(
        "{value: 1131 家, baseline: 1000 家, measure: 凈增, note: 初步數, evidence: [a.pdf, b.pdf], "
        "revises: {period: 2025Q1, from: 190 家, to: 188 家, reason: 核減重複}}"
    )
    assert entry.value is not None
    assert entry.baseline is not None
    assert entry.measure is not None
    assert (entry.value.text, entry.baseline.text, entry.measure.text, entry.note, entry.evidence, found) == (
        "1131 家",
        "1000 家",
        "凈增",
        "初步數",
        ("a.pdf", "b.pdf"),
        [],
    )
    assert entry.revises == Revision("2025Q1", "190 家", "188 家", "核減重複")


def test_a_unit_of_measure_may_stand_apart() -> None:
    entry, _ = figure_of("{value: 131, unit: 家}")
    assert entry.value is not None
    assert (entry.value.text, entry.value.unit) == ("131", "家")


def test_parts_are_read_by_their_names() -> None:
    entry, found = figure_of("{parts: {matched: 1010 項, demanded: 1250 項}}")
    assert ({name: cell.text for name, cell in entry.parts.items()}, found) == (
        {"matched": "1010 項", "demanded": "1250 項"},
        [],
    )


def test_done_and_eligible_are_parts() -> None:
    entry, found = figure_of("{done: 3 人, eligible: 4 人}")
    assert ({name: cell.text for name, cell in entry.parts.items()}, found) == (
        {"done": "3 人", "eligible": "4 人"},
        [],
    )


def test_a_stage_is_read() -> None:
    entry, _ = figure_of("{stage: 主體封頂}")
    assert entry.stage is not None
    assert (entry.stage.text, entry.value) == ("主體封頂", None)


def test_every_member_is_an_entry_of_its_own() -> None:
    members = "{食品: 3 家, 電子: {done: 1 家, eligible: 2 家}}"
    entries, found = entries_of(f"organization: 市經信局\nfigures: {{firms: {{members: {members}, note: 甲}}}}")
    assert ([entry.member and entry.member.text for entry in entries], found) == (["食品", "電子"], [])
    assert [entry.note for entry in entries] == ["甲", None]


def test_every_entry_carries_the_file_s_organization_and_period() -> None:
    entries, _ = entries_of("organization: 市經信局\nperiod: 2025H1\nfigures: {a: 1 家, b: 2 家}\n")
    assert [(entry.organization.text, entry.period and entry.period.text) for entry in entries] == [
        ("市經信局", "2025H1"),
        ("市經信局", "2025H1"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["submission-empty"]),
        ("# nothing yet\n", ["submission-empty"]),
        ("- 1 家\n", ["wrong-shape"]),
        ("figures: {firms: 1 家}\n", ["key-missing"]),
        ("organization: 市經信局\n", ["key-missing"]),
        ("organization: 市經信局\nfigures: [1 家]\n", ["wrong-shape"]),
        ("organization: [\n", ["yaml-syntax"]),
    ],
)
def test_a_file_without_figures_is_reported(text: str, expected: list[str]) -> None:
    assert entries_of(text) == ([], expected)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("{vlaue: 1 家}", ["unknown-key"]),
        ("{value: 1 家, unit: [家]}", ["wrong-shape"]),
        ("{value: 1 家, evidence: a.pdf}", ["wrong-shape"]),
        ("{value: 1 家, revises: {period: 2025Q1, from: 1 家, to: 2 家}}", ["key-missing"]),
    ],
)
def test_what_is_misspelt_or_misshapen_is_reported(figure: str, expected: list[str]) -> None:
    assert figure_of(figure)[1] == expected


@pytest.mark.parametrize(
    ("figure", "fault", "expected"),
    [
        ("[1 家, 2 家]", "wrong-shape", ["wrong-shape"]),
        ("{value: 1 家, value: 2 家}", "repeated-key", ["repeated-key"]),
        ("{members: [1 家]}", "wrong-shape", ["wrong-shape"]),
    ],
)
def test_a_figure_that_cannot_stand_carries_its_fault(figure: str, fault: str, expected: list[str]) -> None:
    entry, found = figure_of(figure)
    assert (entry.fault, found) == (fault, expected)


def test_an_indicator_that_stands_twice_leaves_neither_usable() -> None:
    entries, found = entries_of("organization: 市經信局\nfigures: {firms: 1 家, firms: 2 家, land: 3 畝}\n")
    assert ([entry.fault for entry in entries], found) == (["repeated-key", "repeated-key", None], ["repeated-key"])


def test_a_member_that_stands_twice_leaves_neither_usable() -> None:
    entries, found = entries_of("organization: 甲\nfigures: {firms: {members: {食品: 1 家, 食品: 2 家, 電子: 3 家}}}\n")
    assert ([entry.fault for entry in entries], found) == (["repeated-key", "repeated-key", None], ["repeated-key"])
