from dataclasses import replace
from fractions import Fraction

import pytest

from engine.followup.figureedits import Both, Delivered, compare_figures, file_edits, mix
from engine.model.difference import Cause
from engine.model.figure import Figure, FigureKey, Form
from engine.model.source import Source
from tests.unit.small import period_of

Figures = dict[FigureKey, Figure]
PERIODS = (202506,)


def figure(x: int = 100, period: str = "2025Q2", file: str = "a.yaml", y: int | None = None, **more: object) -> Figure:
    plain = Figure(
        "經信局",
        "firms",
        period_of(period),
        "",
        Form.VALUE,
        Fraction(x),
        None if y is None else Fraction(y),
        Fraction(1, 2),
        1,
        0,
        f"{x} 家",
        Source(f"submissions/{period}/{file}", 3, 5),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def by_key(*figures: Figure) -> Figures:
    return {each.key: each for each in figures}


def delivered(**digests: str) -> Delivered:
    """Files of the second quarter by name, with their digests."""
    names = {f"2025Q2/{name}.yaml": digest for name, digest in digests.items()}
    return Delivered(names, {f"submissions/{name}": name for name in names})


CHANGED = Both(delivered(a="1", inspections="2"), delivered(a="3", inspections="4"), PERIODS)


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        (None, figure(), Cause.NEW_FIGURE),
        (figure(), None, Cause.WITHDRAWN_FIGURE),
        (figure(), figure(90), Cause.CORRECTED_FIGURE),
        (figure(), figure(fault="unit-mismatch"), Cause.CORRECTED_FIGURE),
        (figure(y=50), figure(y=60), Cause.CORRECTED_FIGURE),
        (figure(period="2025Q1"), figure(90, "2025Q1"), Cause.REVISED_PAST),
        (figure(), figure(90, notes=("revised",)), Cause.REVISED_PAST),
        (figure(), figure(90, notes=("inspected",)), Cause.INSPECTION),
        (figure(notes=("inspected",)), figure(90, notes=("inspected",)), Cause.INSPECTION),
        (figure(), figure(submitted="一百家"), Cause.WRITING),
    ],
)
def test_every_difference_of_a_figure_has_its_cause(old: Figure | None, new: Figure | None, cause: Cause) -> None:
    found = compare_figures([(by_key(*filter(None, [old])), by_key(*filter(None, [new])))], CHANGED, {})
    assert [edit.cause for edit in found.edits] == [cause]
    assert found.causes == ({cause} if cause is not Cause.WRITING else set())


def test_the_same_figure_in_another_place_is_no_edit() -> None:
    moved = figure(source=Source("submissions/2025Q2/b.csv", 9, 1))
    assert compare_figures([(by_key(figure()), by_key(moved))], CHANGED, {}).edits == []


def test_other_figure_from_unchanged_files_is_the_manifest_s_doing() -> None:
    both = Both(delivered(a="1", b="2", manifest="3"), delivered(a="1", b="2", manifest="4"), PERIODS)
    pair = by_key(figure()), by_key(figure(90, file="b.yaml"))
    assert compare_figures([pair], both, {}).causes == {Cause.ARRIVAL}
    without = Both(delivered(a="1", b="2"), delivered(a="1", b="2"), PERIODS)
    assert compare_figures([pair], without, {}).causes == {Cause.CORRECTED_FIGURE}


def test_inherited_baseline_is_the_earlier_figure_s_doing_and_can_be_mixed_apart() -> None:
    old = by_key(figure(period="2025Q1", y=40), figure(y=40))
    new = by_key(figure(period="2025Q1", y=45), figure(90, y=45))
    found = compare_figures([(old, new)], CHANGED, {})
    key = figure().key
    assert (found.own[key], found.baseline[key]) == (Cause.CORRECTED_FIGURE, Cause.REVISED_PAST)
    for chosen, expected in (
        (set[Cause](), (100, 40)),
        ({Cause.CORRECTED_FIGURE}, (90, 40)),
        ({Cause.REVISED_PAST}, (100, 45)),
        ({Cause.CORRECTED_FIGURE, Cause.REVISED_PAST}, (90, 45)),
    ):
        mixed = mix(old, new, found, chosen)[key]
        assert (mixed.x, mixed.y) == tuple(map(Fraction, expected))


def test_mixture_takes_figures_in_and_leaves_them_out() -> None:
    old, new = by_key(figure()), by_key(figure(period="2025Q1"))
    found = compare_figures([(old, new)], CHANGED, {})
    assert mix(old, new, found, ()) == old
    assert mix(old, new, found, found.causes) == new
    assert mix(old, new, found, {Cause.WITHDRAWN_FIGURE}) == {}


def test_files_are_named_once_and_a_new_name_is_no_new_file() -> None:
    both = Both(delivered(a="1", b="2", c="3"), delivered(a="9", d="2", c="3"), PERIODS)
    edits = file_edits(both, [], False)
    assert [(edit.cause, edit.name, edit.said) for edit in edits] == [
        (Cause.WRITING, "2025Q2/a.yaml", ("2025Q2/a.yaml", "2025Q2/a.yaml")),
        (Cause.WRITING, "2025Q2/b.yaml", ("2025Q2/b.yaml", "2025Q2/d.yaml")),
    ]
    told = compare_figures([(by_key(figure()), by_key(figure(90)))], both, {}).edits
    assert [edit.name for edit in file_edits(both, told, False)] == ["2025Q2/b.yaml"]


def test_manifest_that_says_otherwise_when_files_came_is_told() -> None:
    both = Both(delivered(manifest="3"), delivered(manifest="4"), PERIODS)
    assert [edit.cause for edit in file_edits(both, [], True)] == [Cause.ARRIVAL]
    assert [edit.cause for edit in file_edits(both, [], False)] == [Cause.WRITING]
