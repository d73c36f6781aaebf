import re
from fractions import Fraction
from math import lcm

from hypothesis import given
from hypothesis import strategies as st

from engine.model.limit import Edge, Gap
from engine.report.formulas import GRID, Operand, gap_formula, parse_formulas, reduced_sizes, score, stage_formulas

#: A figure times 10⁵, as a written one with at most five decimals is, of at most nine digits before the point.
NUMBERS = st.integers(-(10**14), 10**14)
SIZES = st.sampled_from((1, 10, 3, 2000, 10**4, 10**6))


def in_doubles(formula: str, **values: float) -> float:
    """What a spreadsheet that counts in doubles makes of a formula of sums, products, MAX, MIN, ABS and AND."""
    literal = re.sub(r"(?<![A-Za-z_$])\d+(?:E\d+)?", lambda match: f"float({match[0]!r})", formula)
    functions = {"MAX": max, "MIN": min, "ABS": abs, "AND": lambda *all_of: all(all_of), "float": float}
    return eval(literal, {"__builtins__": {}}, {**functions, **values})  # type: ignore[no-any-return]


def operand(name: str, grain: int = 1) -> Operand:
    return Operand(f"{name}_whole", f"{name}_rest", f"{name}_size", f"{name}_state", grain)


def values_of(name: str, scaled: int, size: int) -> dict[str, float]:
    sign = -1 if scaled < 0 else 1
    whole, rest = divmod(abs(scaled), GRID)
    return {f"{name}_whole": float(sign * whole), f"{name}_rest": float(sign * rest), f"{name}_size": float(size)}


@given(
    q=st.integers(-2000, 2000).filter(bool),
    p=st.integers(-2000, 2000),
    c=st.integers(-(10**12), 10**12),
    strict=st.booleans(),
    y=NUMBERS,
    x_size=SIZES,
    y_size=SIZES,
    shift=st.integers(-2, 2),
)
def test_a_score_in_doubles_agrees_with_the_edge_on_it_and_beside_it(
    q: int, p: int, c: int, strict: bool, y: int, x_size: int, y_size: int, shift: int
) -> None:
    edge = Edge(q, p, c, strict)
    # The written number next to the line, and its neighbours.
    line = (c - Fraction(p * y * y_size, GRID)) * GRID / (q * x_size)
    x = line.numerator // line.denominator + shift
    made = score(edge, operand("x"), operand("y"))
    given_values = values_of("x", x, x_size) | values_of("y", y, y_size)
    if not in_doubles(made.exact, **given_values):
        return
    expected = edge.holds(Fraction(x * x_size, GRID), Fraction(y * y_size, GRID))
    assert (in_doubles(made.value, **given_values) >= 0) == expected


@given(q=st.integers(-9, 9).filter(bool), c=st.integers(-(10**14), 10**14), strict=st.booleans(), x=NUMBERS, size=SIZES)
def test_one_figure_is_judged_in_every_usual_size(q: int, c: int, strict: bool, x: int, size: int) -> None:
    made = score(Edge(q, 0, c, strict), operand("x"), None)
    given_values = values_of("x", x, size)
    if abs(x) * size < 10**18 and abs(c) < 10**13:
        assert in_doubles(made.exact, **given_values)
    if in_doubles(made.exact, **given_values):
        assert (in_doubles(made.value, **given_values) >= 0) == Edge(q, 0, c, strict).holds(
            Fraction(x * size, GRID), Fraction(0)
        )


def test_what_doubles_cannot_hold_is_not_trusted() -> None:
    made = score(Edge(1000, -1070, 0), operand("x"), operand("y"))
    large = values_of("x", 10**18, 10**8) | values_of("y", 10**18, 10**8)
    assert not in_doubles(made.exact, **large)


@given(x_size=SIZES, y_size=SIZES)
def test_the_measure_of_two_parts_is_free(x_size: int, y_size: int) -> None:
    formulas = reduced_sizes(operand("x"), operand("y"))
    common = x_size * y_size // lcm(x_size, y_size)
    assert formulas == ("x_size/GCD(x_size,y_size)", "y_size/GCD(x_size,y_size)")
    assert (x_size // common) * y_size == (y_size // common) * x_size


def test_a_gap_is_the_quotient_of_the_two_forms() -> None:
    made = gap_formula(Gap(100, 0, -16650, 0, 222), operand("x"), None)
    assert round(in_doubles(made, **values_of("x", 131 * GRID, 1)), 2) == round((100 * 131 - 16650) / 222, 2)


def test_a_figure_and_a_stage_take_the_same_cells() -> None:
    parsed = parse_formulas("F7", "G7", "A1:A2", "B1:B2", "C1:C2", 3)
    staged = stage_formulas("F7", "A1:A5", 3)
    assert len(parsed) == len(staged) == 13
    assert 'IF(A3="","blank"' in parsed[12]
    assert 'IF(A3="","blank"' in staged[12]
