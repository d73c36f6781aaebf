"""A short form of the study with planted faults; `make study` runs the whole one."""

from dataclasses import fields
from pathlib import Path

import pytest

from engine.model.codes import CODES
from engine.model.diagnostic import Severity
from engine.pipeline import open_book
from tests.study.__main__ import ALARMS, RECALL, lines
from tests.study.faults import CONTRADICTING, ODD
from tests.study.score import Score, study

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def score() -> Score:
    book = open_book(ROOT, [])
    assert book is not None
    return study(book, faulty=30, clean=20, seed="short")


def test_contradictions_are_found(score: Score) -> None:
    assert score.recall(CONTRADICTING) >= RECALL, score.missed
    assert sum(kind.planted for kind in score.kinds.values()) >= 30


def test_clean_submissions_raise_no_alarm(score: Score) -> None:
    assert len(score.alarms) <= ALARMS * score.clean, score.alarms


def test_most_odd_figures_are_asked_about_and_little_else(score: Score) -> None:
    assert score.recall(ODD) >= 0.8, score.missed
    assert score.precision(Severity.ERROR) == 1, score.unfounded
    assert score.precision(Severity.NOTE) >= 0.9, score.unfounded


def test_what_is_printed_is_what_was_counted(score: Score) -> None:
    printed = "\n".join(lines(score))
    assert f"false alarms: {len(score.alarms)} of 20 clean submissions" in printed
    for name, kind in score.kinds.items():
        assert any(line.startswith(name) and line.split()[-4:-2] == [str(kind.planted), str(kind.found)]
                   for line in printed.splitlines()), name  # fmt: skip


def test_the_same_seed_makes_the_same_study() -> None:
    book = open_book(ROOT, [])
    assert book is not None
    one, other = (study(book, faulty=2, clean=1, seed="again") for _ in range(2))
    assert [getattr(one, each.name) for each in fields(Score)] == [getattr(other, each.name) for each in fields(Score)]


def test_every_finding_that_is_waited_for_has_a_code(score: Score) -> None:
    assert score.findings
    assert set(score.findings) <= set(CODES)
