"""Obligations and verdicts: who owed what, and how it was judged."""

from dataclasses import field
from enum import StrEnum
from fractions import Fraction

from engine.model.figure import Figure
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.quantity import Quantity
from engine.model.rule import Amendment, Indicator, Rule, Waiver


class Outcome(StrEnum):
    """The verdicts. `undecided` is kept apart: a gap in the data is neither `fail` nor `pass`."""

    PASS = "pass"
    AT_RISK = "at-risk"
    FAIL = "fail"
    UNDECIDED = "undecided"


class Reason(StrEnum):
    """Why no honest verdict is possible."""

    MISSING = "missing"
    NOT_DUE = "not-due"
    AWAITING_TARGET = "awaiting-target"
    NO_BASELINE = "no-baseline"
    UNUSABLE = "unusable"
    DIFFERENT_MEASURE = "different-measure"
    NOT_APPLICABLE = "not-applicable"


class Progress(StrEnum):
    """Where a body stands on its way, worst first; only what has a pace has one."""

    BEHIND = "behind"
    ON_PACE = "on-pace"
    AHEAD = "ahead"
    COMPLETED = "completed"


class Role(StrEnum):
    """In which role a body answers."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one body owes for one rule and period.

    `threshold` is the number in force, `original` the one before an amendment where it is another one.
    `reporters` are the bodies whose figure may serve, the first wins; `partner` is the other indicator of a
    relative rule. `amendment` set the number in force; `waiver` exempts the body in this period.
    """

    organization: str
    role: Role
    rule: Rule
    indicator: Indicator
    period: Period
    threshold: Quantity | None
    status: str
    due_stage: str | None
    reporters: tuple[str, ...]
    original: Quantity | None = None
    partner: Indicator | None = None
    amendment: Amendment | None = None
    waiver: Waiver | None = None

    @property
    def owed(self) -> bool:
        """Whether a figure can be judged: everything but not-due, awaiting-target, not-applicable."""
        return self.status == "due"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one obligation, with its evidence.

    Units: `actual`, `due`, `remaining` are numbers in `unit`; `gap` is in `gap_unit`
    ("percentage point", or a unit of measure), exact. For a list of members the numbers are those of
    `worst_member`.
    """

    obligation: Obligation
    outcome: Outcome
    reason: Reason | None
    progress: str | None
    actual: Fraction | None
    due: Fraction | None
    remaining: Fraction | None
    gap: Fraction | None
    gap_unit: str | None
    unit: str | None
    submitted: str | None
    figure: Figure | None
    worst_member: str | None = None
    short_members: tuple[str, ...] = ()
    missing_members: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    under_original: "Verdict | None" = None
    members: tuple["Verdict", ...] = field(default=(), repr=False)
    baseline: Fraction | None = None

    @property
    def excusable(self) -> bool:
        """Whether there is anything to waive: a promise kept, or nothing to be done, needs no exemption."""
        return self.outcome is not Outcome.PASS and self.reason not in (Reason.NOT_DUE, Reason.NOT_APPLICABLE)

    @property
    def waived(self) -> bool:
        """Whether a waiver excuses it: it stays what it is, and is counted apart."""
        return self.obligation.waiver is not None and self.excusable
