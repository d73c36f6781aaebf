"""How a book scores and ranks: the `scoring` section of its policy and the points that documents give or take."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from fractions import Fraction

from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.source import Source


class MethodName(StrEnum):
    """The ways in which published schemes turn a verdict into points."""

    VERDICT = "verdict"
    COMPLETION = "completion"
    ALL_OR_NOTHING = "all-or-nothing"
    RANK = "rank"
    LINEAR = "linear"
    EFFICACY = "efficacy"
    MET_THEN_RANK = "met-then-rank"


class Veto(StrEnum):
    """What a veto (一票否決) does: the body gets no place, or no points."""

    UNRANKED = "unranked"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Method:
    """A named method with its parameters and the document that it comes from.

    Units: everything in points of the 100 that a target gives in full; `per_point` in points for each percentage
    point of the gap. `points` are those of each outcome (`verdict` alone), `step` is what every further place loses
    (`rank`, `met-then-rank`), `base` what exactly meeting the target gives (`linear`) or what the last body gets
    (`efficacy`), `cap` the most (`completion`, `linear`), `met` what meeting the target gives before places count
    (`met-then-rank`).
    """

    name: MethodName
    document: str
    points: Mapping[str, Fraction] = field(default_factory=dict)
    cap: Fraction = Fraction(100)
    step: Fraction = Fraction(5)
    base: Fraction = Fraction(80)
    per_point: Fraction = Fraction(1)
    met: Fraction = Fraction(100)

    @property
    def compares(self) -> bool:
        """Whether a body's points depend on what the others of its group did."""
        return self.name in (MethodName.RANK, MethodName.EFFICACY, MethodName.MET_THEN_RANK)


@dataclass(frozen=True, slots=True)
class Override:
    """Rules that weigh otherwise than the rest of their group, or are scored by a method of their own."""

    rules: tuple[str, ...]
    weight: Fraction
    method: Method | None
    document: str
    source: Source


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points for the first places on one target, for bodies that pass all rules of `only_if`."""

    rule: str
    first: tuple[Fraction, ...]
    only_if: tuple[str, ...]
    document: str
    source: Source


@dataclass(frozen=True, slots=True)
class Scheme:
    """One group: who is ranked with whom, and under which methods and weights.

    `undecided` prices a verdict without an outcome, by the code of its reason: points, or None where the target is
    left out. `annual_only` are rules that count at the year's end alone. `commended` are the first places that are
    commended, `named` the last ones that are named, `named_below` the score below which a body is named.
    """

    name: str
    members: tuple[str, ...]
    method: Method
    document: str
    illustrative: bool
    undecided: Mapping[str, Fraction | None]
    overrides: tuple[Override, ...]
    bonus: tuple[Bonus, ...]
    annual_only: tuple[str, ...]
    veto: Veto
    commended: int
    named: int
    named_below: Fraction | None
    source: Source

    def override(self, rule: str) -> Override | None:
        """What is said of this rule apart from the rest."""
        return next((each for each in self.overrides if rule in each.rules), None)

    def weight(self, rule: str) -> Fraction:
        """How much a rule weighs; 1 unless said otherwise."""
        override = self.override(rule)
        return override.weight if override else Fraction(1)

    def method_of(self, rule: str) -> Method:
        """By which method a rule is scored."""
        override = self.override(rule)
        return override.method if override and override.method else self.method


@dataclass(frozen=True, slots=True)
class Quarters:
    """How much each quarter weighs in the year's assessment, and the document that says so. Units: per cent."""

    weights: tuple[Fraction, Fraction, Fraction, Fraction]
    document: str


@dataclass(frozen=True, slots=True)
class Scoring:
    """The section `scoring` of a policy. `draws` and `seed` are those of the joint variation of all weights."""

    schemes: tuple[Scheme, ...]
    quarters: Quarters | None
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class AdjustmentEntry:
    """Points that a document gives or takes, or a veto that it pronounces, for some bodies in one period.

    Units: points of the total score; 0 for a veto.
    """

    kind: str
    period: Period
    reach: tuple[str, ...]
    points: Fraction
    reason: str
    document: str
    source: Source
