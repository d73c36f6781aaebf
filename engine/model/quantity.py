"""Units of measure and quantities: a written number with what it counts."""

from decimal import Decimal
from fractions import Fraction

from engine.model.noun import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure as an exact integer multiple of its dimension's base unit.

    Units: one of this unit is `factor` base units; `offset` (in this unit) is taken off before
    multiplying, for index forms such as 上年同期=100.
    """

    symbol: str
    dimension: str
    factor: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number exactly as it was written, its written decimals, and its unit of measure.

    `decimals` remembers precision: 7.0 and 7 are the same number with different precision.
    """

    value: Decimal
    decimals: int
    unit: Unit
    text: str

    @property
    def base(self) -> Fraction:
        """The value in base units of its dimension, exact."""
        # Fractions are slow: one is made, and none on the way.
        numerator, denominator = self.value.as_integer_ratio()
        return Fraction((numerator - self.unit.offset * denominator) * self.unit.factor, denominator)

    @property
    def half_step(self) -> Fraction:
        """Half of the last written digit, in base units: how far rounding may have moved it."""
        return Fraction(self.unit.factor, 2 * 10**self.decimals)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a written quantity cannot be read: a diagnostic code and the words that show it.

    Errors: `code` is one of number-missing, number-unreadable, too-many-digits, unit-missing, unit-unknown,
    unit-contradicts.
    """

    code: str
    found: str
    nearest: tuple[str, ...] = ()
