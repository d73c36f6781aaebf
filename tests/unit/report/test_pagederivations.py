"""Derivations on the page: every text and form is held once, and what the row shows already is not held again."""

from fractions import Fraction

from engine.model.derivation import Comparison, Derivation, Equation, Step, Word, step
from engine.model.source import Source
from engine.report.pagederivations import NOTHING, ROW_PLACE, DerivationRows, Pool
from engine.report.words import LANGUAGES, Words

SPOKEN = [Words(language) for language in LANGUAGES]
HERE = Source("a.yaml", 3, 5)


def derivation(number: int) -> Derivation:
    return Derivation(
        "verdict",
        (("rule", "r"),),
        (
            step("rule", "kind-total"),
            step("figure", "submitted", HERE, submitted=f"{number} 家"),
            Step("comparison", "gap", equation=Equation((Fraction(number), "-", Fraction(-5)), Fraction(number + 5))),
            Step(
                "comparison",
                "line-pass",
                (("unit", "stage"),),
                comparison=Comparison(Fraction(number), "≥", Fraction(0)),
            ),
            step("verdict", "verdict", outcome=Word("pass")),
        ),
    )


def test_second_verdict_of_the_same_form_adds_only_its_own_numbers() -> None:
    rows = DerivationRows(SPOKEN)
    first = rows.row(derivation(7), None)
    before = {name: len(held) for name, held in rows.tables().items()}
    second = rows.row(derivation(8), None)
    after = {name: len(held) for name, held in rows.tables().items()}
    assert first[:2] == second[:2]
    assert {name: after[name] - before[name] for name in after} == {
        "sections": 0, "patterns": 0, "texts": 3, "forms": 0, "heads": 0,
    }  # fmt: skip


def test_place_of_the_row_is_not_held_again() -> None:
    rows = DerivationRows(SPOKEN)
    rows.row(derivation(7), HERE)
    assert not any(isinstance(text, list) and text[0] == "a.yaml" for text in rows.tables()["texts"])
    (_, form) = rows.tables()["forms"]
    assert form[:5] == [5, form[1], form[2], NOTHING, ROW_PLACE]


def test_number_in_brackets_is_a_text_of_its_own() -> None:
    rows = DerivationRows(SPOKEN)
    rows.row(derivation(7), None)
    texts = rows.tables()["texts"]
    assert texts.count("(-5)") == 1
    assert texts.count("7") == 1


def test_pool_makes_what_it_does_not_hold_yet() -> None:
    pool, made = Pool(), []
    for key in ("a", "b", "a"):
        made.append(pool.put(key, lambda key=key: key * 2))  # type: ignore[misc]
    assert (made, pool.held) == ([0, 1, 0], ["aa", "bb"])
