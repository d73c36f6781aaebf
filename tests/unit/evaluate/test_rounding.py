"""7.0 stands for [6.95, 7.05), −7.0 for (−7.05, −6.95], 0.0 for (−0.05, 0.05)."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from engine.evaluate.judge import judge
from engine.model.figure import Figure, FigureKey
from engine.pipeline import held_by
from engine.report.words import Words
from engine.rules.obligations import limit_obligations, list_obligations
from tests.unit.evaluate.test_explain import derivation_of
from tests.unit.small import INDICATORS, bind, book_of, figures_of, period_of, rule_file

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


def true_ends(tenths: int, decimals: int) -> list[Fraction]:
    """The least and the greatest of what a number so written stands for, an open end by what is close to it."""
    value, half, near = Fraction(tenths, 10), Fraction(1, 2 * 10**decimals), Fraction(1, 10**9)
    return [value - half + (near if tenths <= 0 else 0), value + half - (near if tenths >= 0 else 0)]


@pytest.mark.parametrize("tolerance", ["0", "0.045", "0.05", "0.055", "0.1", "0.105", "0.15"])
def test_a_comparison_depends_where_the_ends_of_both_decide_otherwise(tolerance: str) -> None:
    book = book_of(f"indicator: income, kind: relative, partner: growth, tolerance: {tolerance} 個百分點")
    period = period_of("2025Q4")
    (item,) = limit_obligations(book, list_obligations(book, period), [period])
    tried = [(tenths, decimals) for tenths in range(-3, 4) for decimals in (1, 2)]
    read = {
        (name, *one): figures_of(book, "2025Q4", f"{name}: {one[0] / 10:.{one[1]}f} %")
        for name in ("income", "growth")
        for one in tried
    }
    pairs = list(product(tried, tried))
    figures: dict[FigureKey, Figure] = {}
    for place, (one, other) in enumerate(pairs):
        for figure in (*read["income", *one].values(), *read["growth", *other].values()):
            copy = replace(figure, organization=str(place))
            figures[copy.key] = copy
    verdicts, _ = judge([held_by(str(place), item) for place in range(len(pairs))], figures)
    found = {pair for pair, verdict in zip(pairs, verdicts, strict=True) if "depends-on-rounding" in verdict.notes}
    least = -Fraction(tolerance)
    open_ones = {
        (one, other)
        for one, other in pairs
        if len({a - b >= least for a in true_ends(*one) for b in true_ends(*other)}) > 1
    }
    assert found == open_ones
    assert 0 < len(found) < len(pairs)


def test_what_is_compared_is_never_exact() -> None:
    # A sum of parts is: beside it a rounded partner would decide alone.
    parts = "- {id: sum, name: 合計, unit: '%', parts: {sum: [甲, 乙], unit: '%'}}\n"
    _, found = bind(
        {"rules/016-small.yaml": rule_file("indicator: sum, kind: relative, partner: growth", INDICATORS + parts)}
    )
    assert "plain figures" in " ".join(Words("en").message(finding) for finding in found)
