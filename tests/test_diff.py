"""`biaochi diff` names what changed and because of what: made-up pairs of checks with causes that are known."""

import json
import os
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from engine.comparison import Side, SideChecked, check_side, compare_checks, compare_results
from engine.followup.resultread import read_result_text
from engine.model.diagnostic import Diagnostic
from engine.model.difference import Cause, Change, Difference, Row, RowKey, Told
from engine.pipeline import check, open_book
from engine.report.documents import check_document
from engine.report.words import Words
from tests.diffdesk import KINDS, Kind, World, make_world, side_of

#: Pairs of each kind with one cause, and pairs with several causes; `make diffs` takes more.
PAIRS = int(os.environ.get("BIAOCHI_DIFFS", "1"))
MIXED = int(os.environ.get("BIAOCHI_MIXED_DIFFS", "8"))

WORDS = Words("en")


def checked(side: Side) -> SideChecked:
    found: list[Diagnostic] = []
    result = check_side(side, WORDS, found)
    assert result is not None
    assert found == []
    return result


def made_pair(kind: Kind, seed: int) -> tuple[World, World]:
    """Two worlds that differ by one change of this kind."""
    rng = random.Random(f"{kind.name} {seed}")
    while True:
        old = make_world(rng)
        if kind.before is not None:
            assert kind.before(rng, old)
        new = old.copy()
        if kind.mutate(rng, new):
            return old, new


def compared(kind: Kind, seed: int, folder: Path) -> tuple[Difference, SideChecked, SideChecked]:
    old, new = made_pair(kind, seed)
    sides = [
        checked(side_of(world.write(folder / name), world, kind.period)) for name, world in (("old", old), ("new", new))
    ]
    return compare_checks(sides[0], sides[1]), sides[0], sides[1]


def as_result(side: SideChecked) -> Told:
    """The side as its JSON tells it, with the receipt of what it was made of."""
    document = check_document(side.checked.result, WORDS)
    made = side.told.made_of
    document["receipt"] = {
        "book": {"digest": side.told.digest, "files": made.book},
        "submissions": made.submissions,
        "program": made.program,
        "options": made.options,
    }
    told = read_result_text(json.dumps(document), side.side.name, [])
    assert told is not None
    return told


def effective(difference: Difference) -> set[Cause]:
    return {edit.cause for edit in difference.edits if edit.effective}


def backwards(cause: Cause) -> Cause:
    """The cause of the pair the other way round."""
    turned = {Cause.NEW_FIGURE: Cause.WITHDRAWN_FIGURE, Cause.WITHDRAWN_FIGURE: Cause.NEW_FIGURE}
    return turned.get(cause, cause)


def assert_named(difference: Difference, cause: Cause, replayed: bool = True) -> None:
    """Every edit and every row has this cause, and no other is named."""
    wanted = set() if cause is Cause.WRITING else {cause}
    assert {each for change in difference.changes for each in change.causes} <= wanted
    for change in difference.changes:
        assert change.because == ((cause,),), change
        assert change.suspected == ()
    assert difference.offset == ()
    if replayed:
        assert effective(difference) == wanted
        for change in difference.changes:
            assert change.edits, change
        if cause is Cause.WRITING:
            assert [edit.cause for edit in difference.edits] == [Cause.WRITING]
            assert difference.exit_code == 0


@pytest.mark.parametrize("seed", range(PAIRS))
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_one_cause_is_named_right_both_ways(kind: Kind, seed: int, tmp_path: Path) -> None:
    forward, old, new = compared(kind, seed, tmp_path)
    assert_named(forward, kind.cause)
    assert_named(compare_checks(new, old), backwards(kind.cause))
    results = as_result(old), as_result(new)
    assert_named(compare_results(*results), kind.cause, replayed=False)
    assert_named(compare_results(*reversed(results)), backwards(kind.cause), replayed=False)


# --- several causes at once ------------------------------------------------------------------------------------

MIXABLE = [kind for kind in KINDS if kind.before is None and kind.period == "2025Q2" and kind.cause is not Cause.PLAN]


def mixed_pair(seed: int) -> tuple[World, list[Kind], list[int]]:
    """A world, and two or three kinds of change with different causes, each with its own seed."""
    rng = random.Random(f"mixed {seed}")
    world, kinds = make_world(rng), rng.sample(MIXABLE, 6)
    chosen: list[Kind] = []
    for kind in kinds:
        if kind.cause not in [each.cause for each in chosen] and len(chosen) < 2 + seed % 2:
            chosen.append(kind)
    return world, chosen, [rng.randrange(10**6) for _ in chosen]


def state_of(row: Row) -> tuple[str, str | None, bool]:
    return row.state


def judged_alone(world: World, folder: Path) -> dict[RowKey, tuple[str, str | None, bool]]:
    """The states of a world's verdicts by the ordinary check, without anything of a comparison."""
    found: list[Diagnostic] = []
    side = side_of(world.write(folder), world)
    book = open_book(folder, found)
    assert book is not None
    result = check(book, found, side.paths, period=side.period, as_of=side.as_of)
    states = {}
    for verdict in result.verdicts:
        owed = verdict.obligation
        reason = verdict.reason.value if verdict.reason else None
        key = (owed.rule.id, owed.organization, owed.period.label)
        states[key] = (verdict.outcome.value, reason, verdict.waived)
    return states


def apply(world: World, kinds: Sequence[Kind], seeds: Sequence[int], chosen: Iterable[int]) -> World:
    """The world with some of the changes, made in their order, each by its own chance."""
    changed = world.copy()
    for place in sorted(chosen):
        assert kinds[place].mutate(random.Random(seeds[place]), changed)
    return changed


@pytest.mark.parametrize("seed", range(MIXED))
def test_mixed_causes_are_separated_as_a_replay_of_the_files_says(seed: int, tmp_path: Path) -> None:
    world, kinds, seeds = mixed_pair(seed)
    places = range(len(kinds))
    try:
        worlds = {
            chosen: apply(world, kinds, seeds, chosen)
            for size in range(len(kinds) + 1)
            for chosen in combinations(places, size)
        }
    except (AssertionError, KeyError, IndexError):
        pytest.skip("the changes do not go together")
    states = {
        chosen: judged_alone(each, tmp_path / f"w{'-'.join(map(str, chosen))}") for chosen, each in worlds.items()
    }
    everything = tuple(places)
    sides = [checked(side_of(tmp_path / name, world)) for name in ("w", f"w{'-'.join(map(str, everything))}")]
    difference = compare_checks(sides[0], sides[1])
    flips = {each.row.key: each for each in difference.changes if each.change is not Change.SHIFT}
    assert set(flips) == {
        key for key in {*states[()], *states[everything]} if states[()].get(key) != states[everything].get(key)
    }
    for key, change in flips.items():
        sizes = [
            [chosen for chosen in combinations(places, size) if states[chosen].get(key) == states[everything].get(key)]
            for size in range(1, len(kinds) + 1)
        ]
        smallest = next(sets for sets in sizes if sets)
        expected = {frozenset(kinds[place].cause for place in chosen) for chosen in smallest}
        assert {frozenset(each) for each in change.because} == expected, (key, [kind.name for kind in kinds])
        alone = {kinds[place].cause: states[(place,)].get(key) for place in places}
        changed = {cause: state[0] for cause, state in alone.items() if state and state != states[()].get(key)}
        assert dict(change.alone) == changed


# --- results alone ---------------------------------------------------------------------------------------------


def test_another_program_is_named_where_nothing_else_differs(tmp_path: Path) -> None:
    rng = random.Random(7)
    world = make_world(rng)
    told = as_result(checked(side_of(world.write(tmp_path / "old"), world)))
    rows = list(told.rows)
    place = next(place for place, row in enumerate(rows) if row.verdict == "pass")
    rows[place] = replace(rows[place], verdict="at-risk")
    other = replace(told, rows=tuple(rows), made_of=replace(told.made_of, program={"biaochi": "9.9"}))
    (change,) = compare_results(told, other).changes
    assert change.because == ((Cause.PROGRAM,),)
