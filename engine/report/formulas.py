"""Limits → spreadsheet formulas that agree with the check on and beside every edge, in spite of spreadsheet doubles.

A typed figure stays text. Its digits are taken apart into a whole number I and a number F of 100000ths, so that
I·10⁵ + F is the figure times 10⁵ without any rounding. An edge q·x + p·y ≥ c is compared in these whole numbers:
hi = q·I(x) + p·I(y) − C₁ and lo = q·F(x) + p·F(y) − C₂, where C₁·10⁵ + C₂ is c times 10⁵, rounded up, and hi is
cut to ±m, beyond which lo cannot change the sign. Every product stays below 10¹⁴, where doubles are exact and no
spreadsheet takes two whole numbers for equal; where one would not, there is no verdict.
"""

from fractions import Fraction
from math import gcd

from engine.model.limit import Edge, Gap
from engine.model.noun import dataclass

#: A figure has at most this many decimals, as in `engine.quantities`.
DECIMALS = 5
GRID = 10**DECIMALS

#: Digits before the point that are still taken apart exactly.
INTEGER_DIGITS = 14

#: Below this, whole numbers are exact in a double, and no spreadsheet takes neighbours for equal.
_EXACT = "1E14"

#: The largest sum of coefficients whose product with the grid stays below it.
_LARGEST = "400000000"


@dataclass(frozen=True, slots=True)
class Operand:
    """Where a figure that was taken apart stands: references to I, F, the unit's size and the state.

    Units: the size of the unit of measure is counted in `grain` base units, the divisor common to all that are
    accepted. `state` is `blank`, `bad` or `ok`.
    """

    whole: str
    rest: str
    size: str
    state: str
    grain: int = 1

    def sized(self, size: str, grain: int) -> "Operand":
        """The same figure in another measure of size."""
        return Operand(self.whole, self.rest, size, self.state, grain)

    @property
    def base(self) -> str:
        """The figure in base units, as near as a double comes: for gaps that are shown, never for comparisons."""
        return f"(({self.whole}+{self.rest}/{GRID})*{self.size}*{self.grain})"


def parse_formulas(text: str, unit: str, symbols: str, sizes: str, offsets: str, row: int) -> list[str]:
    """The cells of one row, A to M, that take a typed figure apart.

    `text` and `unit` are expressions, `symbols`, `sizes` and `offsets` ranges of equal length; `row` counts
    from 1. Shape: A text, B sign, C without sign, D place of the point, E digits before and F behind it, G sound,
    H whole number, I 100000ths, J place of the unit, K its size, L its offset, M state.
    """
    digits = f"E{row}&F{row}"
    for digit in range(10):
        digits = f'SUBSTITUTE({digits},"{digit}","")'
    return [
        f"TRIM({text})",
        f'IF(LEFT(A{row},1)="-",-1,1)',
        f'IF(LEFT(A{row},1)="-",MID(A{row},2,40),A{row})',
        f'IFERROR(FIND(".",C{row}),0)',
        f"IF(D{row}=0,C{row},LEFT(C{row},D{row}-1))",
        f'IF(D{row}=0,"",MID(C{row},D{row}+1,40))',
        f"AND(LEN(E{row})>=1,LEN(E{row})<={INTEGER_DIGITS},LEN({digits})=0,"
        f'OR(LEN(E{row})=1,LEFT(E{row},1)<>"0"),OR(D{row}=0,AND(LEN(F{row})>=1,LEN(F{row})<={DECIMALS})))',
        f'IF(M{row}="ok",B{row}*VALUE(E{row})-L{row},0)',
        f'IF(M{row}="ok",B{row}*VALUE(LEFT(F{row}&"{"0" * DECIMALS}",{DECIMALS})),0)',
        f"IFERROR(MATCH(TRIM({unit}),{symbols},0),0)",
        f"IF(J{row}=0,1,INDEX({sizes},J{row}))",
        f"IF(J{row}=0,0,INDEX({offsets},J{row}))",
        f'IF(A{row}="","blank",IF(AND(G{row},J{row}>0),"ok","bad"))',
    ]


def stage_formulas(text: str, stages: str, row: int) -> list[str]:
    """The cells of one row, as `parse_formulas`, for a stage chosen from a list that begins with none."""
    cells = [""] * 13
    cells[0] = f"TRIM({text})"
    cells[7] = f"IF(J{row}=0,0,J{row}-1)"
    cells[8] = "0"
    cells[9] = f"IFERROR(MATCH(A{row},{stages},0),0)"
    cells[10] = "1"
    cells[12] = f'IF(A{row}="","blank",IF(J{row}>0,"ok","bad"))'
    return cells


def operand_of(sheet: str, row: int, grain: int) -> Operand:
    """The operand that a row of `parse_formulas` on a sheet yields."""
    whole, rest, size, state = (f"{sheet}!${column}${row}" for column in "HIKM")
    return Operand(whole, rest, size, state, grain)


@dataclass(frozen=True, slots=True)
class Score:
    """Two formulas: a whole number that is at least 0 where the edge holds, and whether it can be trusted."""

    value: str
    exact: str


def score(edge: Edge, x: Operand, y: Operand | None) -> Score:
    """Where a figure stands against an edge, exactly.

    A strict edge, of whole numbers, is the next one up.
    """
    q = edge.q * x.grain
    p = edge.p * y.grain if y else 0
    divisor = gcd(q, p) or 1
    wanted = Fraction(edge.c * GRID, divisor)
    least = wanted.numerator // wanted.denominator + 1 if edge.strict else -(-wanted.numerator // wanted.denominator)
    high, low = divmod(least, GRID)
    terms = [(q // divisor, x)] + ([(p // divisor, y)] if y and p else [])
    most = "+".join(f"{abs(times)}*{each.size}" for times, each in terms) + "+2"
    whole = "+".join(f"{times}*{each.size}*{each.whole}" for times, each in terms)
    rest = "+".join(f"{times}*{each.size}*{each.rest}" for times, each in terms)
    spread = "+".join(f"ABS({times}*{each.size}*{each.whole})" for times, each in terms)
    return Score(
        f"MAX(-({most}),MIN({most},{whole}-({high})))*{GRID}+({rest}-({low}))",
        f"AND({spread}+{abs(high)}<{_EXACT},{most}<{_LARGEST})",
    )


def gap_formula(gap: Gap, x: Operand, y: Operand | None) -> str:
    """The gap as a double: it is shown rounded, and decides nothing."""
    second = y.base if y else "0"
    return f"({gap.nq}*{x.base}+({gap.np})*{second}+({gap.nc}))/(({gap.dp})*{second}+({gap.dc}))"


def same_measure(x: Operand, y: Operand, sizes: tuple[str, str]) -> tuple[Operand, Operand]:
    """Two figures of which only the quotient counts, in sizes that have no common divisor.

    `sizes` are the references to cells that hold `reduced_sizes`.
    """
    assert x.grain == y.grain, "the parts of one figure are accepted in the same units"
    return x.sized(sizes[0], 1), y.sized(sizes[1], 1)


def reduced_sizes(x: Operand, y: Operand) -> tuple[str, str]:
    """The formulas of two sizes without their common divisor, which is free where only the quotient counts."""
    return f"{x.size}/GCD({x.size},{y.size})", f"{y.size}/GCD({x.size},{y.size})"
