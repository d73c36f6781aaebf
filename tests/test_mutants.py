"""A sample of the faults that `make mutants` plants: at least one of each kind, and nobody overlooks it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import RunCli
from tests.mutants.__main__ import BOOKS, PLAN, sample_of
from tests.mutants.catch import Catcher
from tests.mutants.edit import Edit, Fault, plant
from tests.mutants.memory import remembering

#: Faults between two of a kind that are tried here; `make mutants` tries them all.
EVERY = 150


@pytest.fixture(scope="module")
def catchers() -> Iterator[list[Catcher]]:
    with remembering():
        yield [Catcher(folder, PLAN if place == 0 and PLAN.is_file() else None) for place, folder in enumerate(BOOKS)]


@pytest.fixture(scope="module")
def faults(catchers: list[Catcher]) -> list[list[Fault]]:
    return [catcher.faults() for catcher in catchers]


def test_no_fault_of_a_sample_survives(catchers: list[Catcher], faults: list[list[Fault]]) -> None:
    tried: set[str] = set()
    for catcher, planted in zip(catchers, faults, strict=True):
        sample = [fault for fault in sample_of(planted, EVERY) if fault.kind not in tried or catcher is catchers[0]]
        tried |= {fault.kind for fault in sample}
        assert [fault.name for fault in catcher.survivors(sample)] == []
    assert tried == {fault.kind for planted in faults for fault in planted}


def test_a_sound_book_is_no_fault(catchers: list[Catcher]) -> None:
    """Otherwise everything would be caught."""
    nothing = Fault("nothing", "nowhere", ())
    for catcher in catchers[:2]:
        assert catcher.survivors([nothing]) == [nothing]


def test_every_fault_changes_something(catchers: list[Catcher], faults: list[list[Fault]]) -> None:
    assert sum(map(len, faults)) >= 600
    for catcher, planted in zip(catchers, faults, strict=True):
        for fault in planted:
            files = {edit.file: catcher.texts.get(edit.file, "") for edit in fault.edits}
            assert plant(files, fault.edits) != files, fault.name


def test_faults_have_names_of_their_own_kind(faults: list[list[Fault]]) -> None:
    kinds = {fault.kind for planted in faults for fault in planted}
    asked = {"case removed", "pace changed", "tolerance one step off", "stage's date moved", "quota one step off",
             "member dropped", "partner changed", "lead not judged", "eligible changed", "due_in changed",
             "measure changed", "additive changed", "amended number one step off", "member of a group dropped",
             "threshold one step off", "comparator flipped in the rule", "case expects another verdict"}  # fmt: skip
    assert asked <= kinds


def test_the_commands_notice_what_the_catcher_notices(
    run_cli: RunCli, tmp_path: Path, catchers: list[Catcher], faults: list[list[Fault]]
) -> None:
    """The catcher asks the commands' own functions, and here the commands themselves."""
    wanted = ("case removed", "case expects another gap", "pace changed", "comparator flipped in the rule")
    for kind in wanted:
        fault = next(fault for fault in faults[1] if fault.kind == kind)
        home = tmp_path / kind.replace(" ", "-")
        for name, text in plant(catchers[1].texts, fault.edits).items():
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        codes = [run_cli(command, "--book", home).exit_code for command in ("validate", "test")]
        assert codes != [0, 0], fault.name


def test_edits_are_made_from_the_end() -> None:
    texts = {"a": "eins zwei drei", "b": "vier"}
    edits = (Edit("a", 0, 4, "1"), Edit("a", 10, 14, "3"), Edit("b", 0, 4, ""), Edit("c", 0, 0, "new"))
    assert plant(texts, edits) == {"a": "1 zwei 3", "c": "new"}


def test_a_sample_has_one_of_each_kind() -> None:
    listed = [Fault(kind, str(place), ()) for kind in ("x", "y") for place in range(5)]
    assert [fault.name for fault in sample_of(listed, 3)] == ["x: 0", "x: 3", "y: 1", "y: 4"]
    assert [fault.kind for fault in sample_of(listed, 100)] == ["x", "y"]
