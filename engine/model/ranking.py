"""Scores and places: who is ranked with whom, what each target was worth, and how sure a place is."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.model.diagnostic import Diagnostic
from engine.model.period import Period
from engine.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class TargetScore:
    """What one verdict was worth to one body. `points` is None where the target is not set for it ("-").

    `place` is the body's place within its group on this target alone, `why` the code of what made the points other
    than the method's (as a missing figure's price); both are None where there is nothing to say.
    Units: `points` and `full` in points of the scheme.
    """

    verdict: Verdict
    weight: Fraction
    points: Fraction | None
    full: Fraction
    place: int | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Points added or taken for something that is no target, or a veto; each names its document."""

    kind: str  # bonus, deduction or veto
    points: Fraction
    reason: str
    document: str


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that could have been otherwise: a weight, a target left out, or a figure inside its rounding.

    `kind` is weight-low, weight-high, left-out, rounding-low or rounding-high; `rule` names the rule, `organization`
    the body whose figure it is (rounding alone).
    """

    kind: str
    rule: str
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class Flip:
    """Two bodies of which the one behind gets to the same place as the other, or before it, in this case."""

    ahead: str
    behind: str
    case: Case


@dataclass(frozen=True, slots=True)
class Standing:
    """A body's place in its group. Ties share a place, and the next one is skipped.

    `best` and `worst` are the places reached when one thing at a time is taken otherwise; `not_separable` are the
    bodies with which it swaps or shares a place in such a case. `score` is None for a body that cannot be ranked,
    which then has no place: `why` is the code of the reason.
    """

    organization: str
    place: int | None
    score: Fraction | None
    previous_place: int | None
    best: int | None
    worst: int | None
    not_separable: tuple[str, ...]
    targets: tuple[TargetScore, ...]
    adjustments: tuple[Adjustment, ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Variation:
    """All weights varied together: how often each body reached each place, in `draws` draws from `seed`."""

    draws: int
    seed: int
    places: Mapping[str, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class RankedGroup:
    """Like ranked with like: the bodies of one group under one set of targets and weights."""

    name: str
    method: str
    document: str
    illustrative: bool
    standings: tuple[Standing, ...]
    flips: tuple[Flip, ...]
    variation: Variation | None = None


@dataclass(frozen=True, slots=True)
class RankResult:
    """The places of all groups of a period."""

    title: str
    digest: str
    period: Period
    groups: tuple[RankedGroup, ...]
    findings: tuple[Diagnostic, ...]
    complete: bool
