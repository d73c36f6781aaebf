import pytest

from engine.entries import read_figure, repeated_keys
from engine.model.diagnostic import Diagnostic
from engine.model.entry import Cell, Entry
from engine.model.source import Source
from tests.unit.small import codes, node_of

PLACE = Source("a.yaml", 1, 1)


def entries_of(text: str) -> tuple[list[Entry], list[str]]:
    """The entries of one written figure, and the codes of what is wrong with it."""
    found: list[Diagnostic] = []
    base = Entry(Cell("市經信局", PLACE), Cell("firms", PLACE), PLACE)
    return read_figure(base, node_of(text), found), codes(found)


def test_a_bare_number_is_a_value_with_its_place() -> None:
    (entry,), found = entries_of("131 家")
    assert entry.value is not None
    assert (entry.value.text, str(entry.value.source), found) == ("131 家", "file.yaml:1:1", [])


def test_done_and_eligible_are_parts_under_these_names() -> None:
    (entry,), found = entries_of("{done: 9 人, eligible: 10 人}")
    assert ({name: cell.text for name, cell in entry.parts.items()}, found) == (
        {"done": "9 人", "eligible": "10 人"},
        [],
    )


def test_every_member_is_an_entry_of_its_own() -> None:
    entries, found = entries_of("{members: {食品飲料: 31 家, 電子信息: {value: 28 家}}}")
    assert [entry.member.text for entry in entries if entry.member] == ["食品飲料", "電子信息"]
    assert [entry.value.text for entry in entries if entry.value] == ["31 家", "28 家"]
    assert found == []


@pytest.mark.parametrize("text", ["[1 家]", "{vlaue: 1 家}", "{members: [1 家]}"])
def test_a_figure_of_unknown_shape_cannot_stand(text: str) -> None:
    (entry,), found = entries_of(text)
    assert entry.fault in found


def test_repeated_keys_are_named_once() -> None:
    assert repeated_keys(node_of("{a: 1, b: 2}")) == set()
