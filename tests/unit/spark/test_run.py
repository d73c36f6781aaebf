"""A run from start to end is compared with DuckDB's in tests/test_spark.py; here what it does before the engine."""

from pathlib import Path

import pytest

from engine.bulk.output import WORK, Output
from engine.spark.run import _Run, run
from engine.spark.session import Engine
from tests.unit.bulk.desk import PLAIN, prepared


def test_nothing_of_others_is_touched(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        run(prepared(tmp_path / "book", PLAIN), tmp_path, Engine.__new__(Engine))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "letters.txt"]


def test_figures_that_nobody_asked_for_are_counted_by_indicator(tmp_path: Path) -> None:
    ready = prepared(tmp_path, PLAIN)
    asked = next(row for row in ready.plan.owed.tables.rows()[0] if row[7] is not None)
    strange = ready.plan.understood.order.index("growth")
    rows = [(int(str(asked[7])), int(str(asked[5])), int(str(asked[1])), 5), (strange, 3, 0, 2), (strange, 3, 1, 4)]
    assert _Run(ready, Engine.__new__(Engine), tmp_path, None)._unasked(rows) == [(strange, 3, 6)]


def test_a_finished_run_takes_away_what_another_engine_left(tmp_path: Path) -> None:
    (tmp_path / WORK / "written").mkdir(parents=True)
    Output(tmp_path).start(1)
    assert not (tmp_path / WORK).exists()
