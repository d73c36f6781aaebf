"""How a promise is judged: indicators, rules, policy, quotas, amendments and waivers."""

from dataclasses import field
from datetime import date
from fractions import Fraction

from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.quantity import Quantity, Unit
from engine.model.scoring import Scoring
from engine.model.source import Places, Source, place_of
from engine.model.suspicion import Suspicions, Trust
from engine.model.target import Comparator, Kind


@dataclass(frozen=True, slots=True)
class Parts:
    """How a figure may be reported in parts: a `ratio` or `growth` of two, or a `sum` of several.

    `may_exceed`: the first part of this ratio is no part of the second (產銷率), so it may be larger.
    """

    form: str
    names: tuple[str, ...]
    unit: Unit
    may_exceed: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted or measured, under a Chinese name that is unique in the book."""

    id: str
    name: str
    unit: Unit
    measure: str | None
    additive: bool
    net: bool
    parts: Parts | None
    phrase: str
    source: Source


@dataclass(frozen=True, slots=True)
class Ladder:
    """Bands of a gap: `pass` at or above `passing`, `at-risk` at or above `risky`, else `fail`.

    Units: the gap's own (points for paced kinds). `risky` equals `passing` where nothing is at risk.
    """

    passing: Fraction
    risky: Fraction


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a milestone and the day by which it was planned to be finished."""

    name: str
    due: date


@dataclass(frozen=True, slots=True)
class Judged:
    """Who is judged: the lead on the city's figure, and which responsible bodies on one of their own."""

    lead: bool
    same: tuple[str, ...]
    quota: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One promise made judgeable. It holds no function: the compiler turns it into exact limits.

    Units: `threshold`, `upper` carry theirs; `tolerance` is in the gap's unit. `bound` says which end of a
    `between` is due: the lower one, or with 控制在 the upper one; the other is recorded.
    """

    id: str
    clause: str
    target: str
    indicator: str
    kind: Kind
    inner_kind: Kind | None
    comparator: Comparator
    threshold: Quantity | None
    upper: Quantity | None
    bound: str
    judged: Judged
    soft: bool
    tolerance: Fraction
    ladder: Ladder | None
    pace: tuple[tuple[date, Fraction], ...]
    due_in: tuple[int, ...]
    eligible: str | None
    stages: tuple[Stage, ...]
    members: tuple[str, ...]
    partner: str | None
    net: bool
    reconcile_tolerance: Fraction
    source: Source
    places: Places = field(default=(), compare=False, repr=False)

    def place(self, key: str) -> Source:
        """Where the value of a key stands."""
        return place_of(key, self.places, self.source)

    @property
    def direction(self) -> Comparator:
        """The comparison that decides: for a range, that of the bound which is due."""
        if self.comparator is not Comparator.BETWEEN:
            return self.comparator
        return Comparator.AT_MOST if self.bound == "upper" else Comparator.AT_LEAST

    @property
    def judging_kind(self) -> Kind:
        """The kind whose comparison is made: the inner one of `each` and `external`."""
        return self.inner_kind or self.kind

    @property
    def annual(self) -> bool:
        """Whether it is due at the year's end alone."""
        return bool(self.due_in) and all(key % 100 == 12 for key in self.due_in)

    @property
    def paced(self) -> bool:
        """Whether a part of the target is due before the year's end (progress classes exist)."""
        kind = self.judging_kind
        return kind in (Kind.TOTAL, Kind.LEVEL, Kind.MILESTONE) or (
            kind is Kind.COVERAGE and self.eligible == "fixed-list"
        )


@dataclass(frozen=True, slots=True)
class NoticePolicy:
    """How the office writes notices: who signs, how documents are numbered, and how long a body has to reply.

    Units: `reply_days` are days of the calendar after the notice.
    """

    reply_days: int = 15
    office: str = ""
    sign: str = "督辦"


@dataclass(frozen=True, slots=True)
class CircularPolicy:
    """How the office writes its circulars: whom they are for, and the rules of the targets that come first."""

    recipients: str = "各有關單位"
    headline: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What the book decides and the code does not: bands, margins and words.

    Units: ladders and margin in points (percentage points for `percent`); `cases_threshold`, how much of its rules
    the worked cases have to try, in per cent; None where the book asks for none. `suspicions`
    likewise; without `trust` all sources are trusted alike. `deadline_days`, how long after a period's end its
    submissions may come in. `scoring`, how the bodies are scored and ranked.
    """

    paced: Ladder
    percent: Ladder
    ahead_margin: Fraction
    pace_word: str
    cases_threshold: int | None = None
    suspicions: Suspicions | None = None
    trust: Trust | None = None
    deadline_days: int | None = None
    scoring: Scoring | None = None
    notices: NoticePolicy = field(default_factory=NoticePolicy)
    circular: CircularPolicy = field(default_factory=CircularPolicy)


@dataclass(frozen=True, slots=True)
class Allocation:
    """Quotas of one rule, with the document that gives them."""

    name: str
    rule: str
    document: str
    quotas: dict[str, Quantity]
    source: Source
    places: Places = field(default=(), compare=False, repr=False)

    def place(self, body: str) -> Source:
        """Where the quota of a body stands."""
        return place_of(body, self.places, self.source)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A number set or changed by a document from a date on, for all bodies or for those in its reach.

    `restores`: the document says that the number goes back to one that bound before.
    """

    target: str
    threshold: Quantity
    document: str
    date: date
    reach: tuple[str, ...]
    source: Source
    restores: bool = False


@dataclass(frozen=True, slots=True)
class Waiver:
    """An exemption that a document grants bodies from rules, from one day to another, both included.

    `reach` are the plan's words for bodies; `rules`, `targets` and `clauses` together say from what they are
    exempt. It changes no verdict and ends by itself.
    """

    document: str
    approver: str
    start: date
    end: date
    date: date
    reach: tuple[str, ...]
    rules: tuple[str, ...]
    targets: tuple[str, ...]
    clauses: tuple[str, ...]
    reason: str
    source: Source
    places: Places = field(default=(), compare=False, repr=False)

    def place(self, key: str) -> Source:
        """Where the value of a key stands."""
        return place_of(key, self.places, self.source)

    def covers(self, rule: Rule) -> bool:
        """Whether it exempts from this rule."""
        return rule.id in self.rules or rule.target in self.targets or rule.clause in self.clauses

    def holds(self, period: Period) -> bool:
        """Whether it is in force on the last day of a period, which is the day a verdict is about."""
        return self.start <= period.end <= self.end


def share_due(rule: Rule, period: Period) -> Fraction:
    """How much of the full target is due at the end of the period: time share, or the rule's own pace.

    Units: a share from 0 to 1, exact.
    """
    if not rule.pace or period.is_year_end:
        return period.share
    reached = [share for day, share in rule.pace if day <= period.end]
    return reached[-1] if reached else Fraction(0)
