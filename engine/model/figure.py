"""What was submitted, one row per figure."""

from enum import StrEnum
from fractions import Fraction

from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.source import Source

#: What may be reported once: organization, indicator, period key, member.
FigureKey = tuple[str, str, int, str]


class Form(StrEnum):
    """In which shape a figure came, and so which operands it has."""

    VALUE = "value"  # x: the figure; y: its baseline, if one is known
    PARTS = "parts"  # x over y: numerator and denominator, or current and previous
    COUNTED = "counted"  # x of y: done and eligible
    STAGE = "stage"  # x: how many planned stages are finished


@dataclass(frozen=True, slots=True)
class Figure:
    """One submitted figure, traceable to its cell.

    Units: `x`, `y` in base units of the indicator's dimension (of a rate's parts likewise); `x_half` is half of
    the last written digit, `x_sign` the sign of the written number. `fault` names the finding that makes the
    figure unusable. `halves` are half of the last written digit of `x` and of `y` in every form: parts decide a
    verdict as they stand (their `x_half` is 0), but what contradicts other figures may be their rounding.
    """

    organization: str
    indicator: str
    period: Period
    member: str
    form: Form
    x: Fraction | None
    y: Fraction | None
    x_half: Fraction
    x_sign: int
    decimals: int
    submitted: str
    source: Source
    fault: str | None = None
    notes: tuple[str, ...] = ()
    revises: tuple[str, ...] = ()
    halves: tuple[Fraction, Fraction] = (Fraction(0), Fraction(0))

    @property
    def key(self) -> FigureKey:
        """What may be reported once: organization, indicator, period, member."""
        return (self.organization, self.indicator, self.period.key, self.member)
