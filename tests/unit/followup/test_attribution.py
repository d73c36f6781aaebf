from collections.abc import Mapping

from engine.followup.attribution import attribute
from engine.model.difference import Cause

A, B, C = Cause.CORRECTED_FIGURE, Cause.RULE, Cause.POLICY


def found(outcomes: Mapping[frozenset[Cause], str]) -> tuple[list[tuple[Cause, ...]], dict[Cause, object]]:
    causes = [cause for cause in Cause if any(cause in each for each in outcomes)]
    old, new = {"row": outcomes[frozenset()]}, {"row": outcomes[frozenset(causes)]}
    each = attribute(causes, old, new, lambda chosen: {"row": outcomes[chosen]})["row"]
    return each.because, dict(each.alone)


def sets(**outcomes: str) -> dict[frozenset[Cause], str]:
    letters = {"A": A, "B": B, "C": C}
    return {frozenset(letters[letter] for letter in key if letter in letters): value for key, value in outcomes.items()}


def test_a_cause_that_flips_alone_is_the_only_one() -> None:
    assert found(sets(none="fail", A="pass", B="fail", AB="pass")) == ([(A,)], {A: "pass"})


def test_either_of_two_causes_may_do() -> None:
    assert found(sets(none="fail", A="pass", B="pass", AB="pass")) == ([(A,), (B,)], {A: "pass", B: "pass"})


def test_only_together_they_flip_and_each_alone_is_told() -> None:
    outcomes = sets(none="pass", A="at-risk", B="pass", AB="fail")
    assert found(outcomes) == ([(A, B)], {A: "at-risk"})


def test_the_smallest_of_three_is_found() -> None:
    outcomes = sets(none="0", A="0", B="0", C="0", AB="0", AC="1", BC="0", ABC="1")
    assert found(outcomes) == ([(A, C)], {})


def test_row_that_stands_although_a_cause_alone_would_flip_it() -> None:
    assert found(sets(none="pass", A="fail", B="pass", AB="pass")) == ([], {A: "fail"})


def test_what_no_set_explains_is_left_without_a_cause() -> None:
    each = attribute([A, B], {"row": "pass"}, {"row": "fail"}, lambda chosen: {"row": "pass"})["row"]
    assert (each.because, each.alone) == ([], {})


def test_rows_of_one_side_only_are_attributed() -> None:
    each = attribute([A, B], {}, {"row": "fail"}, lambda chosen: {"row": "fail"} if B in chosen else {})["row"]
    assert each.because == [(B,)]
    assert each.alone == {B: "fail"}


def test_many_causes_are_not_tried_in_every_combination() -> None:
    causes = [*Cause][:16]
    asked: list[frozenset[Cause]] = []

    def replay(chosen: frozenset[Cause]) -> dict[str, str]:
        asked.append(chosen)
        return {"row": "new" if len(chosen) == 16 else "old"}

    each = attribute(causes, {"row": "old"}, {"row": "new"}, replay)["row"]
    assert each.because == [tuple(causes)]
    assert len(asked) < 200
