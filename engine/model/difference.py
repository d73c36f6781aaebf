"""What changed between two checks, and because of what: rows, edits and causes."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from engine.model.noun import dataclass
from engine.model.source import Source


class Cause(StrEnum):
    """Because of what a verdict changes, in the order in which causes are told: data, then the book, then the rest.

    `WRITING` changes none: the same values are written otherwise, or stand elsewhere.
    """

    NEW_FIGURE = "new-figure"
    WITHDRAWN_FIGURE = "withdrawn-figure"
    CORRECTED_FIGURE = "corrected-figure"
    REVISED_PAST = "revised-past"
    INSPECTION = "inspection"
    ARRIVAL = "arrival"
    AMENDMENT = "amendment"
    WAIVER = "waiver"
    RULE = "rule"
    QUOTA = "quota"
    POLICY = "policy"
    PLAN = "plan"
    ORGANIZATIONS = "organizations"
    RELATIONS = "relations"
    ADJUSTMENTS = "adjustments"
    SIGNERS = "signers"
    UNITS = "units"
    PERIOD = "period"
    OPTIONS = "options"
    PROGRAM = "program"
    WRITING = "writing"


#: What came in, as against what it is judged by.
DATA = (
    Cause.NEW_FIGURE, Cause.WITHDRAWN_FIGURE, Cause.CORRECTED_FIGURE, Cause.REVISED_PAST, Cause.INSPECTION,
    Cause.ARRIVAL,
)  # fmt: skip

_BOOK_FILES = {
    "amendments.yaml": Cause.AMENDMENT,
    "waivers.yaml": Cause.WAIVER,
    "policy.yaml": Cause.POLICY,
    "targets.yaml": Cause.PLAN,
    "organizations.yaml": Cause.ORGANIZATIONS,
    "relations.yaml": Cause.RELATIONS,
    "adjustments.yaml": Cause.ADJUSTMENTS,
    "signers.yaml": Cause.SIGNERS,
    "units.txt": Cause.UNITS,
}


def cause_of_file(name: str) -> Cause:
    """Which cause a change of a book's file is.

    >>> cause_of_file("rules/016-firms.yaml"), cause_of_file("policy.yaml")
    (<Cause.RULE: 'rule'>, <Cause.POLICY: 'policy'>)
    """
    if name.startswith("allocations/"):
        return Cause.QUOTA
    return _BOOK_FILES.get(name, Cause.RULE)


#: Which verdict is meant: rule, organization, period.
RowKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One verdict of a result as its JSON states it. Units: numbers as printed, in `unit`; `gap` in `gap_unit`.

    `amendment` and `waiver` are the documents that are in force.
    """

    organization: str
    role: str
    rule: str
    period: str
    clause: str
    indicator: str
    kind: str
    comparator: str | None
    unit: str | None
    verdict: str
    reason: str | None
    progress: str | None
    actual: str | None
    submitted: str | None
    due: str | None
    target_value: str | None
    gap: str | None
    gap_unit: str | None
    amendment: str | None
    waiver: str | None
    notes: tuple[str, ...]
    source: Source | None

    @property
    def key(self) -> RowKey:
        """Which verdict it is, in whatever result."""
        return (self.rule, self.organization, self.period)

    @property
    def state(self) -> tuple[str, str | None, bool]:
        """What a flip is a change of: outcome, reason, and whether a waiver excuses it."""
        return (self.verdict, self.reason, self.waiver is not None)

    @property
    def numbers(self) -> tuple[str | None, ...]:
        """What may shift without a flip."""
        return (
            self.progress, self.actual, self.due, self.target_value, self.gap, self.gap_unit, self.comparator,
            self.unit, self.kind, self.waiver, self.amendment,
        )  # fmt: skip

    @property
    def failed(self) -> bool:
        """Whether it is a failure that counts: a waived one is excused."""
        return self.verdict == "fail" and self.waiver is None


@dataclass(frozen=True, slots=True)
class SidedFinding:
    """A finding of a result: its code, its weight, its sentence and its place."""

    code: str
    severity: str
    message: str
    source: Source


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What a result was made of: digests of files by name, versions and options; None where it does not say.

    Submissions are named from their period's folder on (`2025Q2/name.yaml`), so that two places can be compared.
    """

    book: Mapping[str, str] | None = None
    submissions: Mapping[str, str] | None = None
    program: Mapping[str, str] | None = None
    options: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One of two results that are compared: its verdicts in their order, findings, and what it was made of."""

    name: str
    title: str
    digest: str
    rows: tuple[Row, ...]
    findings: tuple[SidedFinding, ...]
    complete: bool
    made_of: MadeOf = field(default_factory=MadeOf)


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that differs between the inputs of two checks.

    `what` says which kind of thing `name` is: figure, field, entry, file or option. `said` is what it was and what it
    is, `places` where that stands; None where it was not there, or has no words. `rules` and `organizations` say
    whom it concerns, empty where it could be everybody; `period` is that of a figure. `owner` and `field` are the id
    and the field of what changed in a book.
    """

    cause: Cause
    what: str
    name: str
    said: tuple[str | None, str | None] = (None, None)
    places: tuple[Source | None, Source | None] = (None, None)
    rules: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    period: str = ""
    owner: str = ""
    field: str = ""

    @property
    def effective(self) -> bool:
        """Whether a value changed, and not only how or where it is written."""
        return self.cause is not Cause.WRITING


class Change(StrEnum):
    """How a row differs: another verdict, other numbers under the same verdict, or on one side only."""

    FLIP = "flip"
    SHIFT = "shift"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that differs, and because of what.

    `because` are the smallest sets of causes that bring the old row to the new one: one set of one is the plain
    case, one set of several means that only together they do, several sets that each does alone. `alone` is the
    verdict that each cause alone would have made of the old row. `suspected` stands where it cannot be decided:
    at least one of these. `edits` are the places of its edits in the list of all, and `decided_by` the smallest sets
    of them that do what `because` does, where several edits have one of its causes.
    """

    change: Change
    old: Row | None
    new: Row | None
    because: tuple[tuple[Cause, ...], ...] = ()
    suspected: tuple[Cause, ...] = ()
    alone: tuple[tuple[Cause, str], ...] = ()
    edits: tuple[int, ...] = ()
    decided_by: tuple[tuple[int, ...], ...] = ()

    @property
    def row(self) -> Row:
        """The row as it is now, or as it was where it is gone."""
        row = self.new or self.old
        assert row is not None
        return row

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Every cause that is named, in their order."""
        named = {cause for each in self.because for cause in each} | set(self.suspected)
        return tuple(cause for cause in Cause if cause in named)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two checks. `replayed`: causes were proved by judging again with one exchanged at a time.

    `changes` stand in the order of the new result, what is gone last; `offset` are rows whose verdict stands
    although a cause alone would have changed it.
    """

    old: Told
    new: Told
    edits: tuple[Edit, ...]
    changes: tuple[RowChange, ...]
    offset: tuple[RowChange, ...]
    still_failing: tuple[Row, ...]
    new_failures: tuple[Row, ...]
    removed_failures: tuple[Row, ...]
    new_findings: tuple[SidedFinding, ...]
    gone_findings: tuple[SidedFinding, ...]
    kept_findings: int
    replayed: bool

    @property
    def complete(self) -> bool:
        """Whether both checks could use all of their input."""
        return self.old.complete and self.new.complete

    @property
    def worse(self) -> bool:
        """Whether something that counts as an objection is new: a failure, or an error."""
        return bool(self.new_failures) or any(each.severity == "error" for each in self.new_findings)

    @property
    def exit_code(self) -> int:
        """0, 1 or 3: an incomplete side wins over new objections; what was there before never counts."""
        return 3 if not self.complete else 1 if self.worse else 0
