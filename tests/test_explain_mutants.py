"""The test that recomputes what `explain` prints notices a wrong text: each of these mistakes is planted and caught."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from engine.model.derivation import Derivation, Step, Word
from engine.report.explain import explain_text
from engine.report.words import Words
from tests.test_explain import explained, follow

_OTHER_SIDE = {"≥": "<", ">": "≤"}


def more_due(each: Step) -> Step | None:
    if each.section != "due" or each.equation is None:
        return None
    return replace(each, equation=replace(each.equation, value=each.equation.value + 1))


def wider_gap(each: Step) -> Step | None:
    if each.key != "gap" or each.equation is None:
        return None
    return replace(each, equation=replace(each.equation, value=each.equation.value + Fraction(1, 100)))


def swapped_operands(each: Step) -> Step | None:
    if each.key != "gap" or each.equation is None or not each.equation.value:
        return None
    return replace(each, equation=replace(each.equation, terms=each.equation.terms[::-1]))


def turned_comparison(each: Step) -> Step | None:
    if each.key != "line-pass" or each.comparison is None:
        return None
    return replace(each, comparison=replace(each.comparison, sign=_OTHER_SIDE[each.comparison.sign]))


def another_number_compared(each: Step) -> Step | None:
    if each.key not in ("line-pass", "line-risk") or each.comparison is None:
        return None
    return replace(each, comparison=replace(each.comparison, left=each.comparison.left - 1))


def another_verdict(each: Step) -> Step | None:
    if each.key != "verdict":
        return None
    was = dict(each.params)["outcome"]
    return replace(each, params=(("outcome", Word("fail" if was == Word("pass") else "pass")),))


MISTAKES = (more_due, wider_gap, swapped_operands, turned_comparison, another_number_compared, another_verdict)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_in_a_derivation_is_caught(mistake: Callable[[Step], Step | None]) -> None:
    planted = 0
    for _, verdict, derivation in explained()[:400]:
        steps = [(mistake(each), each) for each in derivation.steps if each.section != "original"]
        # What was crossed before decides alone, whatever the figure of this period is.
        crossed = any(each.key == "stays-crossed" for each in derivation.steps)
        if crossed or verdict.members or not any(wrong for wrong, _ in steps):
            continue
        planted += 1
        spoilt: Derivation = replace(derivation, steps=tuple(wrong or each for wrong, each in steps))
        try:
            printed = follow(explain_text(spoilt, Words("en")))[0]
        except (AssertionError, IndexError, KeyError):
            continue
        # The text may agree with itself; then it does not give the verdict of the engine.
        assert printed.replace(" ", "-") != verdict.outcome.value, explain_text(spoilt, Words("en"))
    assert planted >= 30
