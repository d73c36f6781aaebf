"""Worked cases: figures that stand with a rule, what must come out of them, and what of the rule they try."""

from collections.abc import Collection
from fractions import Fraction

from engine.model.entry import Entry
from engine.model.noun import dataclass
from engine.model.quantity import Quantity
from engine.model.source import Source
from engine.model.verdict import Obligation, Outcome, Progress, Reason, Verdict


@dataclass(frozen=True, slots=True)
class Expected:
    """What a case expects; None where it says nothing about it.

    Units: `gap` is the number as a check prints it, points rounded to two decimals.
    """

    outcome: Outcome
    reason: Reason | None = None
    progress: Progress | None = None
    gap: str | None = None
    notes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case: a body's figures up to the period in which it is judged.

    `entries` hold the figures of all its periods and of a partner, as a submission would; `number` stands for
    the one that a higher authority would have set.
    """

    obligation: Obligation
    entries: tuple[Entry, ...]
    number: Quantity | None
    expected: Expected
    source: Source


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise than expected, both as they are written."""

    field: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True, order=True)
class EdgePosition:
    """A place where a figure of a rule can stand: `at` an edge, or one reporting step `under` or `over` it.

    `phase` is `year` or `year-end`, `edge` the verdict that begins there (`pass` or `at-risk`); under is the worse
    side, for ceilings too.
    """

    rule: str
    phase: str
    edge: str
    position: str

    def __str__(self) -> str:
        return f"{self.phase} {self.edge} {self.position}"


@dataclass(frozen=True, slots=True, order=True)
class Situation:
    """Something other than an edge that a rule can get into, and that is judged by a law of its own.

    `of` tells those of one rule and name apart: a body, a period, an edge; empty where there is only one.
    """

    rule: str
    name: str
    of: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.of}".rstrip()


#: What a case can try, and what the coverage of a rule is counted in.
Position = EdgePosition | Situation


@dataclass(frozen=True, slots=True)
class Trial:
    """A case that was run: its verdict, how it differs from what was expected, and which positions it tries.

    Units: `step`, what the last written digit of its figure is worth, in base units.
    """

    case: Case
    verdict: Verdict
    printed_gap: str | None
    step: Fraction
    differences: tuple[Difference, ...]
    covers: tuple[Position, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.differences


def compare(expected: Expected, verdict: Verdict, printed_gap: str | None) -> tuple[Difference, ...]:
    """Where a verdict differs from what was expected of it; what is not expected is not compared."""
    differences = []

    def differ(field: str, wanted: str, found: str | None) -> None:
        if wanted != (found or "-"):
            differences.append(Difference(field, wanted, found or "-"))

    differ("verdict", expected.outcome.value, verdict.outcome.value)
    if expected.reason:
        differ("reason", expected.reason.value, verdict.reason)
    if expected.progress:
        differ("progress", expected.progress.value, verdict.progress)
    if expected.gap is not None and (printed_gap is None or Fraction(printed_gap) != Fraction(expected.gap)):
        differences.append(Difference("gap", expected.gap, printed_gap or "-"))
    if expected.notes is not None:
        differ("notes", _listed(expected.notes), _listed(verdict.notes))
    return tuple(differences)


def find_unsaid(expected: Expected, verdict: Verdict, printed_gap: str | None) -> tuple[str, ...]:
    """What came out and is not expected in so many words, as it would be written: it could change unseen."""
    unsaid = []
    if expected.reason is None and verdict.reason is not None:
        unsaid.append(f"reason: {verdict.reason.value}")
    if expected.gap is None and printed_gap is not None and verdict.reason is None:
        unsaid.append(f"gap: {printed_gap}")
    if expected.progress is None and verdict.progress is not None:
        unsaid.append(f"progress: {verdict.progress}")
    if expected.notes is None and verdict.notes:
        unsaid.append(f"notes: [{_listed(verdict.notes)}]")
    return tuple(unsaid)


def _listed(notes: Collection[str]) -> str:
    return ", ".join(sorted(notes)) or "-"
