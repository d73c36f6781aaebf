"""Scores and places: who is ranked with whom, what each target was worth, and how sure a place is."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class TargetScore:
    """What one verdict was worth to one body. `points` is None where the target is not set for it ("-").

    `place` is the body's place within its group on this target alone, `why` the code of what made the points other
    than the method's (as a missing figure's price); both are None where there is nothing to say. `method` scored it,
    and `document` is where it comes from.
    Units: `points` and `full` in points of the scheme.
    """

    verdict: Verdict
    weight: Fraction
    points: Fraction | None
    full: Fraction
    place: int | None
    why: str | None = None
    method: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Points added or taken for something that is no target, or a veto; each names its document.

    `rule` is the target on which a bonus was earned.
    """

    kind: str  # bonus, deduction or veto
    points: Fraction
    reason: str
    document: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that could have been otherwise: a weight, a target left out, or a figure inside its rounding.

    `kind` is weight-low, weight-high, left-out, rounding-low or rounding-high; `rule` names the rule, `organization`
    the body whose figure it is (rounding alone). `member` is the member of a list whose figure it is, `indicator`
    the indicator of the figure, which may serve other rules as well.
    """

    kind: str
    rule: str
    organization: str | None = None
    indicator: str | None = None
    member: str = ""


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
    """Like ranked with like: the bodies of one group under one set of targets and weights.

    `method` is the name of the group's method, `document` where methods and weights come from. `commended` and
    `named` are the bodies that meet the policy's criteria. `cases` is how many cases were enumerated, `rules` those
    that anybody was judged by, in the plan's order.
    """

    name: str
    method: str
    document: str
    illustrative: bool
    standings: tuple[Standing, ...]
    flips: tuple[Flip, ...]
    variation: Variation | None = None
    commended: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    cases: int = 0
    rules: tuple[str, ...] = ()


class Kept(StrEnum):
    """What became of a promise, or of a whole clause, at the year's end."""

    KEPT = "kept"
    NOT_KEPT = "not-kept"
    UNDECIDED = "undecided"
    QUALITATIVE = "qualitative"


@dataclass(frozen=True, slots=True)
class PromiseStanding:
    """One target at the year's end, with the lead's verdict. `why` is the code of the reason where it is undecided."""

    target: str
    kept: Kept
    why: str | None
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class ClauseStanding:
    """One clause of the plan at the year's end: kept where all its promises are, not kept where one is not."""

    clause: str
    kept: Kept
    promises: tuple[PromiseStanding, ...]


@dataclass(frozen=True, slots=True)
class RankResult:
    """The places of all groups of a period.

    `previous` is the period with which places are compared. At the year's end `quarters` are the periods that were
    rolled up, `quarter_weights` how much each weighs and `quarters_document` where that comes from, and `clauses` say
    of the whole plan what was kept.
    """

    title: str
    digest: str
    period: Period
    groups: tuple[RankedGroup, ...]
    findings: tuple[Diagnostic, ...]
    complete: bool
    previous: Period | None = None
    quarters: tuple[Period, ...] = ()
    quarter_weights: tuple[Fraction, ...] = ()
    quarters_document: str = ""
    clauses: tuple[ClauseStanding, ...] = ()
