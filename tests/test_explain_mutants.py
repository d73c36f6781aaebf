"""The test that recomputes what `explain` prints notices a wrong text: each of these mistakes is planted and caught.

Some spoil one number of a sum; others are wrong throughout, so that every sum of theirs is right. What follows from
a wrong number is left as the engine gave it, as it would be where only the page of arithmetic is at fault.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from engine.model.derivation import Derivation, Equation, Step, Terms, Word
from engine.report.explain import explain_text
from engine.report.words import Words
from tests.test_explain import explained, follow

_OTHER_SIDE = {"≥": "<", ">": "≤"}

Mistake = Callable[[Step], Step | None]


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
    if each.key not in ("verdict", "member-verdict"):
        return None
    was = dict(each.params)["outcome"]
    return replace(each, params=(("outcome", Word("fail" if was == Word("pass") else "pass")),))


# --- every sum right, of the wrong numbers ------------------------------------------------------------------------


def _summed(each: Step, terms: Terms, value: Fraction) -> Step:
    assert each.equation is not None
    return replace(each, equation=Equation(terms, value, each.equation.unit))


def _said(each: Step, **changed: Fraction | str) -> Step:
    return replace(each, params=tuple((name, changed.get(name, value)) for name, value in each.params))


def _more(text: str) -> str:
    """The number in a text with one digit more in front."""
    place = next((place for place, letter in enumerate(text) if letter.isdigit()), len(text))
    return f"{text[:place]}1{text[place:]}"


def another_promise(each: Step) -> Step | None:
    number = dict(each.params).get("number")
    return _said(each, number=_more(number)) if each.key.startswith("bound-") and isinstance(number, str) else None


def whole_of_another_target(each: Step) -> Step | None:
    target = dict(each.params).get("target")
    return _said(each, target=target + 1) if each.section == "due" and isinstance(target, Fraction) else None


def share_of_another_target(each: Step) -> Step | None:
    if each.key != "due-paced" or each.equation is None:
        return None
    target, times, share = each.equation.terms
    assert isinstance(target, Fraction)
    assert isinstance(share, Fraction)
    return _summed(each, (target + 1, times, share), (target + 1) * share)


def another_month(each: Step) -> Step | None:
    if each.key != "pace-time" or each.equation is None:
        return None
    month = each.equation.terms[0]
    assert isinstance(month, Fraction)
    return _summed(each, (month - 1, "÷", Fraction(12)), (month - 1) / 12)


def another_submission(each: Step) -> Step | None:
    was = dict(each.params).get("submitted")
    if each.key != "submitted" or not isinstance(was, str):
        return None
    return _said(each, submitted=_more(was))


def conversion_by_another_worth(each: Step) -> Step | None:
    if each.key != "to-base" or each.equation is None:
        return None
    *before, worth = each.equation.terms
    assert isinstance(worth, Fraction)
    return _summed(each, (*before, worth * 10), each.equation.value * 10)


def another_unit_of_target(each: Step) -> Step | None:
    if each.key != "from-base" or each.equation is None or not each.equation.value:
        return None
    base, sign, worth = each.equation.terms
    assert isinstance(worth, Fraction)
    return _summed(each, (base, sign, worth * 10), each.equation.value / 10)


def promise_of_another_worth(each: Step) -> Step | None:
    if each.key != "promise-converted" or each.equation is None:
        return None
    number, times, worth, by, other = each.equation.terms
    assert isinstance(worth, Fraction)
    return _summed(each, (number, times, worth * 10, by, other), each.equation.value * 10)


def another_baseline(each: Step) -> Step | None:
    baseline = dict(each.params).get("baseline")
    return _said(each, baseline=baseline - 1) if each.key == "baseline" and isinstance(baseline, Fraction) else None


def another_previous_figure(each: Step) -> Step | None:
    was = dict(each.params).get("submitted")
    return _said(each, submitted=_more(was)) if each.key == "breach" and isinstance(was, str) else None


def _moved_together(key: str) -> Mistake:
    """Both numbers of a gap wrong by as much: the sum stays right."""

    def moved(each: Step) -> Step | None:
        if each.key != key or each.equation is None:
            return None
        first, minus, second = each.equation.terms
        assert isinstance(first, Fraction)
        assert isinstance(second, Fraction)
        return _summed(each, (first + 1, minus, second + 1), each.equation.value)

    moved.__name__ = f"{key}_moved_together"
    return moved


GAP_MOVED, PREVIOUS_MOVED = _moved_together("gap"), _moved_together("breach")


def another_tolerance(each: Step) -> Step | None:
    granted = dict(each.params).get("tolerance")
    return _said(each, tolerance=granted + 1) if each.key == "soft" and isinstance(granted, Fraction) else None


def another_first_part(each: Step) -> Step | None:
    """A rate of twice as many parts of twice as much: the same rate, not the submitted parts."""
    if each.key not in ("ratio", "growth") or each.equation is None:
        return None
    parts = each.equation.terms
    place = 0 if each.key == "ratio" else 1
    first = parts[place]
    assert isinstance(first, Fraction)
    if not first:
        return None
    return _summed(each, (*parts[:place], first + 1, *parts[place + 1 :]), each.equation.value)


def one_period_less(each: Step) -> Step | None:
    if each.key != "each-period" or each.equation is None:
        return None
    rest, sign, left = each.equation.terms
    assert isinstance(rest, Fraction)
    assert isinstance(left, Fraction)
    return _said(_summed(each, (rest, sign, left + 1), rest / (left + 1)), periods=left + 1)


def more_left(each: Step) -> Step | None:
    if each.key != "left" or each.equation is None:
        return None
    first, minus, second = each.equation.terms
    assert isinstance(first, Fraction)
    return _summed(each, (first + 1, minus, second), each.equation.value + 1)


def one_stage_more(each: Step) -> Step | None:
    count = dict(each.params).get("count")
    return _said(each, count=count + 1) if each.key == "due-stages" and isinstance(count, Fraction) else None


#: How many texts are spoilt of each kind, and how many the sample has at least.
_ENOUGH, _LEAST = 30, 5

ALL_KINDS = {"total", "level", "rate", "always", "coverage", "each", "external"}

#: Each mistake with the kinds in which it can be made, and has to be caught.
MISTAKES: list[tuple[Mistake, set[str]]] = [
    (more_due, {"total", "level", "coverage", "each", "external"}),
    (wider_gap, {*ALL_KINDS, "milestone", "relative"}),
    (swapped_operands, {*ALL_KINDS, "milestone", "relative"}),
    (turned_comparison, {*ALL_KINDS, "milestone", "relative"}),
    (another_number_compared, {*ALL_KINDS, "milestone", "relative"}),
    (another_verdict, {*ALL_KINDS, "milestone", "relative"}),
    (another_promise, ALL_KINDS),
    (whole_of_another_target, {"level", "rate", "always", "coverage", "each", "external"}),
    (share_of_another_target, {"total", "coverage", "each", "external"}),
    (another_month, {"total", "level", "coverage", "each", "external"}),
    (another_submission, {*ALL_KINDS, "milestone", "relative"}),
    (conversion_by_another_worth, {"total", "level", "rate", "always", "each", "relative", "external"}),
    (another_unit_of_target, {"total", "level", "rate", "always", "each", "relative", "external"}),
    (promise_of_another_worth, {"external"}),
    (another_baseline, {"level", "external"}),
    (another_previous_figure, {"always", "each", "external"}),
    (PREVIOUS_MOVED, {"always", "each", "external"}),
    (GAP_MOVED, {*ALL_KINDS, "milestone", "relative"}),
    (another_tolerance, ALL_KINDS),
    (another_first_part, {"rate", "coverage", "each", "external"}),
    (one_period_less, {"total", "level", "coverage", "each", "external"}),
    (more_left, {"total", "level", "each", "external"}),
    (one_stage_more, {"milestone"}),
]


@pytest.mark.parametrize(("mistake", "kinds"), MISTAKES)
def test_mistake_in_a_derivation_is_caught(mistake: Mistake, kinds: set[str]) -> None:
    planted: Counter[str] = Counter()
    for case, verdict, derivation in explained():
        kind = case.promise.kind
        if kind not in kinds or planted[kind] >= _ENOUGH:
            continue
        # A figure that was not compared is held to nothing; the words of a body that owes nothing, to no sum.
        if verdict.gap is None and mistake not in (more_due, whole_of_another_target, another_month):
            continue
        # A baseline that meets the target already is in no sum.
        if mistake is another_baseline and all(each.key != "due-level" for each in derivation.steps):
            continue
        # What was crossed before decides alone, whatever the figure of this period is.
        crossed = any(each.key == "stays-crossed" for each in derivation.steps)
        if crossed and mistake not in (another_previous_figure, PREVIOUS_MOVED):
            continue
        steps = [(mistake(each) if each.section != "original" else None, each) for each in derivation.steps]
        if not any(wrong for wrong, _ in steps):
            continue
        planted[kind] += 1
        spoilt: Derivation = replace(derivation, steps=tuple(wrong or each for wrong, each in steps))
        text = explain_text(spoilt, Words("en"))
        try:
            printed = follow(text)[0]
        except (AssertionError, KeyError):
            continue
        # The text may agree with itself; then it does not give the verdict of the engine.
        assert printed.replace(" ", "-") != verdict.outcome.value, text
    assert set(planted) == kinds
    assert min(planted.values()) >= _LEAST, planted
