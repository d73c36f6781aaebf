"""Exact limits: what the compiler makes of a rule and the engine compares figures with."""

from fractions import Fraction

from engine.model.noun import dataclass
from engine.model.verdict import Obligation, Outcome, Reason


@dataclass(frozen=True, slots=True)
class Edge:
    """A half-plane `q·x + p·y ≥ c` (`> c` where strict) with integer coefficients.

    Integers, because multiplying a decimal by an integer is the one operation that is exact on every engine.
    """

    q: int
    p: int
    c: int
    strict: bool = False

    def holds(self, x: Fraction, y: Fraction) -> bool:
        """Whether the point lies inside; the engine's SQL decides, this serves messages and tests."""
        s = self.q * x + self.p * y
        return s > self.c if self.strict else s >= self.c


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap as a quotient of linear forms: `(nq·x + np·y + nc) ÷ (dp·y + dc)`, the divisor above 0.

    Units: base units in, points or the gap's own unit of measure out.
    """

    nq: int
    np: int
    nc: int
    dp: int
    dc: int


@dataclass(frozen=True, slots=True)
class Limit:
    """What decides one form of a rule's figure in one period.

    `form` is a figure's form, or for levels which baseline there is. `even` is gap ≥ 0; `below` is the outcome
    short of `risk`. Edges are None where the form has no such class. `meets` (levels) tells when a baseline
    already meets the target. `due` is `due_p·y + due_c` in base units.
    """

    limit_id: str
    form: str
    passing: Edge
    risk: Edge
    even: Edge | None
    ahead: Edge | None
    full: Edge | None
    below: Outcome
    below_reason: Reason | None
    gap: Gap
    gap_unit: str
    rounding: bool
    meets: Edge | None
    due_p: Fraction
    due_c: Fraction


@dataclass(frozen=True, slots=True)
class LimitedObligation:
    """An obligation with the limits that decide it.

    `original` are the limits under the number before any amendment, empty where nothing was amended;
    `history` the limits of earlier periods of the year, for lines that stay crossed.
    """

    obligation: Obligation
    limits: tuple[Limit, ...]
    original: tuple[Limit, ...] = ()
    history: tuple[tuple[int, tuple[Limit, ...]], ...] = ()

    @property
    def due(self) -> Fraction | None:
        """What is due as far as it is known before any figure came in.

        Units: base units of the threshold; stages of a milestone. None where it depends on a baseline or partner.
        """
        if not self.limits or self.limits[0].due_p != 0:
            return None
        return self.limits[0].due_c
