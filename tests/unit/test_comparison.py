"""Two folders are compared as they are checked; every kind of cause is tried in tests/test_diff.py."""

import random
from pathlib import Path

from engine.comparison import compare_checks, compare_results
from engine.model.diagnostic import Diagnostic
from engine.model.difference import Cause, Change
from engine.replay import Side, check_side
from engine.report.words import Words
from tests.diffdesk import make_world

WORDS = Words("en")


def test_a_folder_compared_with_itself_differs_in_nothing(repo: Path) -> None:
    side = Side("a", repo, (repo / "submissions" / "2025Q2",))
    found: list[Diagnostic] = []
    old, new = check_side(side, WORDS, found), check_side(side, WORDS, found)
    assert old is not None
    assert new is not None
    difference = compare_checks(old, new)
    assert (difference.edits, difference.changes, difference.offset) == ((), (), ())
    assert len(difference.still_failing) == sum(row.failed for row in new.told.rows) > 0
    assert compare_results(old.told, new.told).changes == ()


def test_a_further_period_is_a_cause_of_its_own(tmp_path: Path) -> None:
    world = make_world(random.Random(2))
    first, both = tmp_path / "first", tmp_path / "both"
    world.write(both)
    del world.submissions["2025Q2"]
    world.write(first)
    sides = [check_side(Side(each.name, each, (each / "submissions",)), WORDS, []) for each in (first, both)]
    assert sides[0] is not None
    assert sides[1] is not None
    difference = compare_checks(sides[0], sides[1])
    added = [each for each in difference.changes if each.change is Change.ADDED]
    assert {each.row.period for each in added} == {"2025Q2"}
    assert {each.because for each in added} == {((Cause.PERIOD,),)}


def test_single_files_hold_only_the_bodies_that_they_name(tmp_path: Path) -> None:
    world = make_world(random.Random(3))
    folder = world.write(tmp_path) / "submissions" / "2025Q2"
    one, two = (folder / "東縣.yaml",), (folder / "東縣.yaml", folder / "西縣.yaml")
    first, second = (check_side(Side("x", tmp_path, paths), WORDS, []) for paths in (one, two))
    assert first is not None
    assert second is not None
    for old, new, cause in ((first, second, Cause.NEW_FIGURE), (second, first, Cause.WITHDRAWN_FIGURE)):
        changes = compare_checks(old, new).changes
        assert {each.row.organization for each in changes} == {"西縣"}
        assert {each.because for each in changes} == {((cause,),)}
