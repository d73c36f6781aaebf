"""From where on a figure is worth a question: thresholds that a book states, each of one suspicion."""

from dataclasses import field
from fractions import Fraction

from engine.model.noun import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A figure is a power of ten away from what it is compared with, give or take a factor of `within`."""

    within: Fraction


@dataclass(frozen=True, slots=True)
class Beyond:
    """A total stands at `times` its full target or more while at most `share` of the year is over.

    Units: `share` from 0 to 1.
    """

    times: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class Leap:
    """A total stands at `times` what its own course led to expect, and at `target` times its full target or more."""

    times: Fraction
    target: Fraction


@dataclass(frozen=True, slots=True)
class OnTarget:
    """A figure is exactly what is due, in so many `periods` one after the other.

    Units: `step` from 0 to 1: how large the last written digit may be at most, as a share of the target; what is
    written more coarsely meets its target by chance. None asks about every figure.
    """

    periods: int
    step: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Identical:
    """Two bodies report the same figures of so many `indicators`, which are `share` of all that both report.

    Units: `share` from 0 to 1.
    """

    indicators: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Heaped:
    """At least so many `figures` stand `within` points above their lines, and `times` as many as that far below.

    Units: `within` in points or percentage points, as the gap is counted.
    """

    figures: int
    within: Fraction
    times: Fraction


@dataclass(frozen=True, slots=True)
class Suspicions:
    """What a book wants to be asked about; None is not looked for."""

    percent_scale: Scale | None = None
    amount_scale: Scale | None = None
    digit_slip: Scale | None = None
    beyond_target: Beyond | None = None
    leap: Leap | None = None
    on_target: OnTarget | None = None
    identical_figures: Identical | None = None
    heaped: Heaped | None = None


@dataclass(frozen=True, slots=True)
class Trust:
    """How far sources are trusted where figures contradict each other: by organization, else by tier, else 1.

    Units: weights above 0 that are added up; the cells of the least weight are asked about first. `course` is a
    factor: of several answers, the one whose own course speaks for it so many times more is put first; None leaves
    them side by side.
    """

    tiers: dict[str, Fraction] = field(default_factory=dict)
    organizations: dict[str, Fraction] = field(default_factory=dict)
    course: Fraction | None = None
