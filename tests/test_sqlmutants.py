"""A sample of the mutants that `make sql-mutants` makes of the judging text, and the making itself."""

import pytest

from engine.evaluate.duckdb import sql_text
from tests.sqlmutants.__main__ import explained, sort_out
from tests.sqlmutants.killers import Hands, Killers, Refused
from tests.sqlmutants.mutate import mutants_of

#: Mutants between two that are tried here; `make sql-mutants` tries them all.
EVERY = 12


@pytest.fixture(scope="module")
def killers() -> Killers:
    return Killers((300, 2600))


def test_no_mutant_of_a_sample_survives_unexplained(killers: Killers) -> None:
    fates = sort_out(mutants_of(sql_text())[::EVERY], killers)
    assert len(fates["killed"]) >= 50
    assert {mutant.name for mutant in fates["survive"]} <= explained()


def test_the_sound_text_is_no_mutant(killers: Killers) -> None:
    """Otherwise everything would be killed."""
    assert list(Hands().wrong(sql_text())) == []
    assert not killers.kill(sql_text())


def test_what_does_not_run_proves_nothing(killers: Killers) -> None:
    with pytest.raises(Refused):
        killers.kill(sql_text().replace("FROM judged", "FROM nowhere"))


def test_explanations_name_mutants_that_exist() -> None:
    assert explained() <= {mutant.name for mutant in mutants_of(sql_text())}


def test_every_mutant_is_another_text_with_a_name_of_its_own() -> None:
    mutants = mutants_of(sql_text())
    assert len({mutant.of(sql_text()) for mutant in mutants} | {sql_text()}) == len(mutants) + 1
    assert len({mutant.name for mutant in mutants}) == len(mutants)
    assert {mutant.kind for mutant in mutants} == {
        "absolute", "aggregate", "arithmetic", "branch", "column", "comparison", "condition", "connective", "join",
        "negation", "null", "number", "order", "word",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "made"),
    [
        ("SELECT a >= 1", "comparison", {"SELECT a > 1", "SELECT a <= 1"}),
        ("SELECT a AND (b OR c)", "condition", {
            "SELECT TRUE AND (b OR c)", "SELECT FALSE AND (b OR c)", "SELECT a AND TRUE", "SELECT a AND FALSE",
            "SELECT a AND (TRUE OR c)", "SELECT a AND (FALSE OR c)", "SELECT a AND (b OR TRUE)",
            "SELECT a AND (b OR FALSE)",
        }),
        ("SELECT CASE WHEN a THEN 1 WHEN b THEN 2 END", "order", {"SELECT CASE WHEN b THEN 2 WHEN a THEN 1 END"}),
        ("FROM a LEFT JOIN b", "join", {"FROM a INNER JOIN b"}),
        ("SELECT COALESCE(f(a, b), 0)", "null", {"SELECT f(a, b)"}),
        ("SELECT a -- a >= 1, AND", "comparison", set()),
    ],
)  # fmt: skip
def test_mutants_of_small_texts(text: str, kind: str, made: set[str]) -> None:
    assert {mutant.of(text) for mutant in mutants_of(text) if mutant.kind == kind} == made
