"""Which bodies are read together."""

from pathlib import Path

import pytest

from engine.spark.singles import Singles, _chunks, read_singles
from tests.unit.bulk.desk import PLAIN, prepared


def test_bodies_are_read_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = prepared(tmp_path, PLAIN).plan
    places = set(plan.understood.bodies.values())
    assert len(list(_chunks(plan, places))) == 1
    monkeypatch.setattr("engine.spark.singles.MOST_SINGLES", 2)
    chunks = list(_chunks(plan, places))
    assert [names for names, _ in chunks] == [["咸安區"], ["嘉魚縣"]]
    assert {place for _, own in chunks for place in own} == places


def test_only_bodies_with_odd_rows_are_read(tmp_path: Path) -> None:
    plan = prepared(tmp_path, PLAIN).plan
    place = plan.understood.bodies["嘉魚縣"]
    assert list(_chunks(plan, {place})) == [(["嘉魚縣"], [place])]


def test_nothing_is_read_where_nothing_is_odd(tmp_path: Path) -> None:
    assert read_singles(prepared(tmp_path, PLAIN).plan, tmp_path) == Singles()
