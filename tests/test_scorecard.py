"""The scorecard: a figure is met where its limit holds and its command did not fail."""

import sys
from fractions import Fraction
from pathlib import Path

import pytest

from benchmarks.scorecard import ROWS, Figure, Measured, run_row
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("limit", "value", "met"),
    [
        ("<= 2.0", "2", True),
        ("<= 2.0", "2.01", False),
        (">= 95", "95", True),
        (">= 95", "94.9", False),
        ("= 0", "1", False),
    ],
)
def test_a_limit_holds_to_the_digit(limit: str, value: str, met: bool) -> None:
    assert Figure("", "", limit).met(Fraction(value)) is met


def test_the_worst_of_several_counts() -> None:
    figure = Figure("f", r"drawn after (\d+) ms", "<= 100")
    row = Measured((sys.executable, "-c", "print('drawn after 9 ms, drawn after 101 ms')"), (figure,))
    assert list(run_row(row)) == [("f", "<= 100", "101", False)]


def test_a_command_that_fails_is_not_met() -> None:
    failing = (sys.executable, "-c", "print('3 passed'); raise SystemExit(1)", "pytest")
    assert [met for *_, met in run_row(Measured(failing, (Figure("f", r"(\d+) passed", ">= 1"),)))] == [False]
    assert [met for *_, met in run_row(Measured(failing, ()))] == [False]
    silent = (sys.executable, "-c", "")
    assert list(run_row(Measured(silent, (Figure("f", "x", "= 0"),)))) == [("f", "= 0", "not printed", False)]


def test_every_command_is_there() -> None:
    for row in ROWS:
        for word in row.command[1:]:
            if word.startswith(("tests/", "benchmarks/")):
                assert (ROOT / word).exists(), word
            elif word.startswith("tests."):
                assert Path(ROOT, *word.split("."), "__main__.py").exists(), word


def test_peers_are_read_from_their_table() -> None:
    table = (
        "| Biaochi | duckdb 2 | 0.1 | 0.2 | 0.3 | 0.5 | 1 | 0 | 0 of 9 | 0.1 |\n"
        "| pointblank, limits as a column | pointblank 1 | 1.00 | 2.00 | 3.00 | 5.00 | 5.6 | 0 | 0 of 9 | 0.1 |\n"
        "| pandera, limits as a column | pandera 1 | 1.00 | 2.00 | 3.00 | 5.00 | 30.1 | 0 | 0 of 9 | 0.1 |\n"
        "| Python loop, Decimal | python 3 | 1.00 | 2.00 | 3.00 | 5.00 | 5.1 | 0 | 0 of 9 | 0.1 |\n"
        "| pandas, float | pandas 3 | 1.00 | 2.00 | 3.00 | 5.00 | 1.3 | 0 | 0 of 9 | 0.1 |\n"
    )
    row = next(row for row in ROWS if "bench-peers" in row.command)
    told = run_row(Measured((sys.executable, "-c", f"print({table!r})"), row.figures))
    assert [(value, met) for _, _, value, met in told] == [("5.6", False), ("5.1", True), ("1.3", False)]
