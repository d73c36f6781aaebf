"""The nearest figure on the good side of a line, in the unit of measure and with the decimals of the submission."""

import pytest

from tests.unit.evaluate.test_explain import derivation_of


@pytest.mark.parametrize(
    ("rule", "figure", "key", "first"),
    [
        ("indicator: firms, kind: total, threshold: 222 家", "firms: 90 家", "way-pass", "111"),
        ("indicator: firms, kind: total, threshold: 222 家", "firms: 80 家", "way-risk", "444/5"),
        ("indicator: land, kind: total, threshold: 7.8 萬畝", "land: 38000 畝", "way-pass", "39000"),
        ("indicator: growth, kind: rate, threshold: 7 %", "growth: 6.1 %", "way-pass", "7"),
        ("indicator: growth, kind: rate, threshold: 3 %, comparator: at_most", "growth: 3.31 %", "way-risk", "4"),
    ],
)
def test_bound_is_told_in_the_unit_of_the_figure(rule: str, figure: str, key: str, first: str) -> None:
    told = {each.key: dict(each.params) for each in derivation_of(rule, figure).steps}
    assert str(told[key]["bound"]) == first


def test_line_that_was_crossed_leaves_no_way() -> None:
    found = derivation_of("indicator: growth, kind: rate, threshold: 7 %", "")
    assert "way-none" not in [each.key for each in found.steps]


def test_count_below_zero_is_no_way() -> None:
    """A quarter is due and the band is wider: only less than nothing would have been at risk."""
    bands = "bands: [{at_least: 0, verdict: pass}, {at_least: -30, verdict: at-risk}, {verdict: fail}]"
    rule = f"indicator: firms, kind: coverage, eligible: fixed-list, threshold: 100 %, {bands}"
    told = [each.key for each in derivation_of(rule, "firms: {done: 1 家, eligible: 80 家}", "2025Q1").steps]
    assert "way-pass-parts" in told
    assert "way-risk-parts" not in told
