"""A short form of the comparison with other engines; `make bench-peers` runs the whole one."""

import sys
from pathlib import Path

import pytest

from benchmarks.contenders.register import CONTENDERS, EXACT, HOME, SLOW
from benchmarks.peerbook import exact_outcomes, write_cases
from benchmarks.peers import Result, describe, goals, judge, measure, measure_whole, table

FIGURES = 10_000
NAMES = [name for name in CONTENDERS if name not in SLOW]

Exact = tuple[str, str]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("peers")
    assert abs(write_cases(folder, FIGURES) - FIGURES) < FIGURES / 20
    return folder


@pytest.fixture(scope="module")
def exact(cases: Path) -> Exact:
    return exact_outcomes(cases)


def test_the_figures_are_heaped_on_their_limits_and_some_are_missing(exact: Exact) -> None:
    outcomes, places = exact
    share = {letter: outcomes.count(letter) / len(outcomes) for letter in "pfu"}
    assert min(share["p"], share["f"]) > 0.3
    assert 0.01 < share["u"] < 0.03
    assert 0.15 < places.count("=") / len(places) < 0.25
    assert 0.05 < places.count("~") / len(places) < 0.15


@pytest.mark.parametrize("name", NAMES)
def test_outcomes_of_exact_contenders_are_right_and_others_err_only_on_limits(
    name: str, cases: Path, exact: Exact
) -> None:
    result = measure(name, cases, 1, sys.executable)
    if "skipped" in result:
        assert name not in HOME
        pytest.skip(result["skipped"])
    judge(result, cases, exact)
    assert result["wrong"] == result["wrong_on_limit"], result["examples"]
    if name in EXACT:
        assert result["wrong"] == 0, result["examples"]
    else:
        assert result["wrong"] > 0
        assert len(result["examples"]) == 2


def test_a_wrong_outcome_is_told_with_what_it_was_made_from(cases: Path, exact: Exact) -> None:
    outcomes, places = exact
    place = next(each for each, kind in enumerate(places) if kind == "=")
    assert outcomes[place] == "p"
    told = describe(cases, place, "f", "p")
    assert told.endswith("is pass, it says fail")
    letters = outcomes[:place] + "f" + outcomes[place + 1 :]
    result: Result = {"letters": letters}
    judge(result, cases, exact)
    assert (result["wrong"], result["wrong_on_limit"], result["examples"]) == (1, 1, [told])


def test_a_peer_that_is_not_there_is_told_and_not_in_the_table() -> None:
    lines = table({"zen-engine": {"skipped": "No module named 'zen'"}})
    assert lines[-1] == "- zen-engine skipped: No module named 'zen'"
    assert len([line for line in lines if line.startswith("|")]) == 2


def test_of_several_the_fastest_is_held_against_what_is_wanted() -> None:
    ratios = {"decimal-loop": 4.96, "pointblank-columns": 2.2, "zen-engine": 19.0, "pandera-columns": 21.0}
    results: dict[str, Result] = {name: {"title": name.upper(), "ratio": ratio} for name, ratio in ratios.items()}
    results["rule-engine"] = {"skipped": "not here"}
    assert list(goals(results))[2:] == [
        "| the fastest rule or validation engine | POINTBLANK-COLUMNS | 20 | 2.2 |",
        "| the fastest of those that are never wrong | ZEN-ENGINE | 20 | 19.0 |",
        "| a plain loop of Decimals | DECIMAL-LOOP | 5 | 5.0 |",
    ]


def test_the_whole_job_writes_a_file(cases: Path) -> None:
    assert measure_whole("decimal-loop", cases, 1, sys.executable) > 0
    assert measure_whole("ours", cases, 1, sys.executable) > 0
