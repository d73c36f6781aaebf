"""Inputs are exchanged one at a time; whole comparisons are tried in tests/test_diff.py."""

import random
from datetime import date
from pathlib import Path

from engine.model.diagnostic import Diagnostic
from engine.model.difference import Cause
from engine.replay import Replay, Side, check_side
from engine.report.words import Words
from tests.diffdesk import make_world, side_of

WORDS = Words("en")


def test_side_says_what_it_was_made_of(tmp_path: Path) -> None:
    world = make_world(random.Random(1))
    world.as_of = date(2025, 8, 1)
    side = check_side(side_of(world.write(tmp_path), world), WORDS, [])
    assert side is not None
    made = side.told.made_of
    assert made.book is not None
    assert made.submissions is not None
    assert {"policy.yaml", "rules/001-firms.yaml"} <= set(made.book)
    assert {"2025Q1/經信局.yaml", "2025Q2/東縣.yaml"} <= set(made.submissions)
    assert made.options == {"as_of": "2025-08-01"}


def test_book_that_cannot_be_read_is_no_side(tmp_path: Path) -> None:
    found: list[Diagnostic] = []
    (tmp_path / "targets.yaml").write_text("plan: [", encoding="utf-8")
    assert check_side(Side("a", tmp_path, (tmp_path,)), WORDS, found) is None
    assert "yaml-syntax" in [finding.code for finding in found]


def test_nothing_exchanged_is_the_old_check_and_everything_the_new_one(tmp_path: Path) -> None:
    world = make_world(random.Random(5))
    old = check_side(side_of(world.write(tmp_path / "old"), world), WORDS, [])
    world.rules["roads"]["threshold"] = "50 公里"
    world.policy["ahead_margin"] = 1
    world.submissions["2025Q2"]["東縣.yaml"]["東縣"]["firms"] = "1 家"
    new = check_side(side_of(world.write(tmp_path / "new"), world), WORDS, [])
    assert old is not None
    assert new is not None
    replay = Replay(old, new)
    edits = replay.edits()
    assert replay.causes() == {Cause.CORRECTED_FIGURE, Cause.RULE, Cause.POLICY}
    for side, chosen in ((old, frozenset[Cause]()), (new, replay.causes())):
        assert {row.key: (row.state, row.numbers) for row in side.told.rows} == replay.judge(chosen)
    assert replay.judge_edits(edits, frozenset(range(len(edits)))) == replay.judge(replay.causes())
    assert replay.judge_edits(edits, frozenset()) == replay.judge(frozenset())
    assert replay.units(edits, range(len(edits))) == [(0,), (1,), (2,)]


def test_each_figure_can_be_exchanged_alone(tmp_path: Path) -> None:
    world = make_world(random.Random(6))
    old = check_side(side_of(world.write(tmp_path / "old"), world), WORDS, [])
    for body in ("東縣", "西縣"):
        world.submissions["2025Q2"][f"{body}.yaml"][body]["firms"] = "1 家"
    new = check_side(side_of(world.write(tmp_path / "new"), world), WORDS, [])
    assert old is not None
    assert new is not None
    replay = Replay(old, new)
    edits = replay.edits()
    assert [edit.organizations for edit in edits] == [("東縣",), ("西縣",)]
    before, one = replay.judge(frozenset()), replay.judge_edits(edits, frozenset({0}))
    assert {key[1] for key in before if before[key] != one[key]} == {"東縣"}
