"""Figures of every kind through files and engines, against the oracle in plain fractions.

`BIAOCHI_ORACLE=34` towns are a hundred thousand figures (`make oracle`); fewer are among the tests.
"""

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.bulkdesk import check_bulk, read_verdicts
from tests.bulkoracle import Plot, differences, plots, write_plot
from tests.sparkdesk import check_on, digests, engine_of
from tests.test_oracle import INNER, KINDS

# pyspark warns of newer releases of packages that it only moves rows through.
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")

RULES = 150
TOWNS = int(os.environ.get("BIAOCHI_ORACLE", "4"))

Drawn = list[tuple[Plot, Path]]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    """The books and the folders of their files, and beside these what DuckDB makes of them in one piece."""
    found = []
    for number, plot in enumerate(plots(Random(1), RULES, TOWNS)):
        home = tmp_path_factory.mktemp(f"plot{number}")
        write_plot(plot, home / "in")
        check_bulk(plot.book, [home / "in"], home / "whole")
        found.append((plot, home))
    return found


def test_duckdb_agrees_with_the_oracle(drawn: Drawn) -> None:
    for plot, home in drawn:
        said = differences(plot, read_verdicts(home / "whole"))
        assert not said, f"{len(said)} of {len(plot.wanted)} differ:\n" + "\n".join(said[:5])


def test_duckdb_in_parts_agrees_with_the_oracle(drawn: Drawn, tmp_path: Path) -> None:
    for number, (plot, home) in enumerate(drawn):
        parts = check_bulk(plot.book, [home / "in"], tmp_path / str(number), len(plot.rows) // 3)
        assert parts.result.tiles > 1
        assert parts.verdicts == read_verdicts(home / "whole")


@pytest.mark.parametrize("kind", ["connect", "local"])
def test_spark_agrees_with_the_oracle(drawn: Drawn, tmp_path: Path, kind: str) -> None:
    with engine_of(kind) as engine:
        for number, (plot, home) in enumerate(drawn):
            check_on(engine, plot.book, [home / "in"], tmp_path / str(number))
            assert digests(tmp_path / str(number)) == digests(home / "whole")
            assert differences(plot, read_verdicts(tmp_path / str(number))) == []


def test_the_figures_reach_everything_that_can_be_decided(drawn: Drawn) -> None:
    kinds = {
        (str(rule.kind), str(rule.inner_kind) if rule.inner_kind else None)
        for plot, _ in drawn
        for rule in plot.book.rules
    }
    assert kinds == {
        *((kind, None) for kind in KINDS if kind not in INNER),
        *((kind, inner) for kind in INNER for inner in INNER[kind]),
    }
    judged = [each for plot, _ in drawn for each in plot.wanted.values()]
    assert {outcome for outcome, *_ in judged} == {"pass", "at-risk", "fail", "undecided"}
    reasons = Counter(reason for _, reason, *_ in judged if reason)
    assert set(reasons) == {
        "missing", "not-due", "awaiting-target", "no-baseline", "unusable", "different-measure",
    }  # fmt: skip
    assert {progress for _, _, progress, *_ in judged} == {None, "completed", "ahead", "on-pace", "behind"}
    assert {note.split(":")[0] for *_, notes in judged for note in notes} == {
        "breached-in", "can-fall-back", "depends-on-rounding", "nothing-eligible",
    }  # fmt: skip
    assert sum(plot.figures for plot, _ in drawn) > 600 * TOWNS
