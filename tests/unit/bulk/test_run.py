from pathlib import Path

from engine.bulk.run import run
from tests.unit.bulk.desk import PLAIN, prepared


def test_totals_add_up(tmp_path: Path) -> None:
    rows = [*PLAIN, ("無名縣", "firms", "2025Q1", "1", "家"), ("咸安區", "capital", "2025Q1", "1", "美元")]
    result = run(prepared(tmp_path, rows), tmp_path / "out", 1)
    assert (result.rows, result.judged, result.not_needed, result.refused) == (5, 3, 1, 1)
    assert result.verdicts == {"pass": 1, "at-risk": 1, "fail": 1}
    assert (result.complete, result.errors) == (False, True)


def test_a_second_run_judges_nothing_again(tmp_path: Path) -> None:
    run(prepared(tmp_path, PLAIN), tmp_path / "out", 1)
    again = run(prepared(tmp_path, PLAIN), tmp_path / "out", 1)
    assert (again.tiles, again.kept) == (1, 1)


def test_the_forecast_counts_what_is_owed(tmp_path: Path) -> None:
    forecast = prepared(tmp_path, PLAIN).forecast
    assert (forecast.rows, forecast.verdicts, forecast.tiles) == (3, 3, 1)
