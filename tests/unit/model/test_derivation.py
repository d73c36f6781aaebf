"""Comparisons say what is written; a step keeps what it is filled with."""

from fractions import Fraction

import pytest

from engine.model.derivation import Comparison, step


@pytest.mark.parametrize(
    ("left", "sign", "holds"),
    [(2, "≥", True), (2, ">", True), (2, "<", False), (1, "≥", True), (1, ">", False), (1, "≤", True), (0, "<", True)],
)
def test_comparison_with_one_says_what_is_written(left: int, sign: str, holds: bool) -> None:
    assert holds == Comparison(Fraction(left), sign, Fraction(1)).holds


def test_step_keeps_its_params_in_order() -> None:
    made = step("due", "due-whole", target=Fraction(7), unit="%")
    assert made.params == (("target", Fraction(7)), ("unit", "%"))
    assert made.equation is None
