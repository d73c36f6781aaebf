"""What is due, the gap and the lines, each worked out from the numbers as they were written."""

from fractions import Fraction

import pytest

from tests.unit.evaluate.test_explain import derivation_of


@pytest.mark.parametrize(
    ("rule", "figure", "key", "value"),
    [
        ("indicator: firms, kind: total, threshold: 222 家", "firms: 131 家", "due-paced", 111),
        ("indicator: firms, kind: total, threshold: 222 家", "firms: 111 家", "gap", 0),
        ("indicator: firms, kind: level, threshold: 1200 家", "firms: {value: 1131 家, baseline: 1000 家}", "way",
         Fraction(131, 2)),
        ("indicator: growth, kind: rate, threshold: 7 %", "growth: 6.1 %", "gap", Fraction(-9, 10)),
        ("indicator: growth, kind: rate, threshold: 3 %, comparator: at_most", "growth: 3.31 %", "gap",
         Fraction(-31, 100)),
    ],
)  # fmt: skip
def test_equation_gives_what_a_hand_would_work_out(rule: str, figure: str, key: str, value: Fraction) -> None:
    equations = {each.key: each.equation.value for each in derivation_of(rule, figure).steps if each.equation}
    assert equations[key] == value
