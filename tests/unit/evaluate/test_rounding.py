"""7.0 stands for [6.95, 7.05), −7.0 for (−7.05, −6.95], 0.0 for (−0.05, 0.05)."""

from fractions import Fraction

import pytest

from tests.unit.evaluate.test_explain import derivation_of

GROWTH = "indicator: growth, kind: rate, threshold: 7 %"
CEILING = "indicator: growth, kind: rate, threshold: 3 %, comparator: at_most"


def ends(rule: str, figure: str) -> dict[str, Fraction]:
    """The value of every end that is told, by its key."""
    told = derivation_of(rule, figure).steps
    found = {each.key: each.equation.value for each in told if each.equation}
    return {key: value for key, value in found.items() if key.startswith(("stands-", "gap-"))}


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        ("7.0 %", ("stands-from", "6.95"), ("stands-below", "7.05")),
        ("-7.0 %", ("stands-above", "-7.05"), ("stands-to", "-6.95")),
        ("0.0 %", ("stands-above", "-0.05"), ("stands-below", "0.05")),
        ("7 %", ("stands-from", "6.5"), ("stands-below", "7.5")),
    ],
)
def test_figure_stands_for_all_that_rounds_to_it(figure: str, low: tuple[str, str], high: tuple[str, str]) -> None:
    found = ends(GROWTH, f"growth: {figure}")
    assert {key: found[key] for key in found if key.startswith("stands")} == {
        low[0]: Fraction(low[1]),
        high[0]: Fraction(high[1]),
    }


def test_gap_of_a_ceiling_is_mirrored() -> None:
    found = ends(CEILING, "growth: 3.0 %")
    assert (found["gap-above"], found["gap-most"]) == (Fraction("-0.05"), Fraction("0.05"))


def test_both_figures_of_a_comparison_are_rounded() -> None:
    rule = "indicator: income, kind: relative, partner: growth"
    found = ends(rule, "income: 6.1 %, growth: 6.10 %")
    assert (found["gap-above"], found["gap-below"]) == (Fraction("-0.055"), Fraction("0.055"))


def test_count_is_not_looked_at_between_its_digits() -> None:
    assert ends("indicator: firms, kind: total, threshold: 222 家", "firms: 111 家") == {}
