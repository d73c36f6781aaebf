"""An independent oracle of verdicts: the words of "How a figure is judged" in plain `Fraction` arithmetic.

It imports nothing of the engine and shares no idea with it: no limits, no half-planes, no SQL. A gap is worked out
as the text says it and compared as the text says it, so that where both agree, they agree for different reasons.

What the text leaves open is decided here, each decision where it is taken and marked "Decision".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

#: Smaller than any distance between two numbers that a figure and a threshold can be written with.
_TINY = Fraction(1, 10**40)

_WORST_FIRST = ("fail", "undecided", "at-risk", "pass")
_PROGRESS_WORST_FIRST = ("behind", "on-pace", "ahead", "completed")


@dataclass(frozen=True, slots=True)
class Reported:
    """One figure as it came in.

    Units: `first` and `second` in base units (a share counts in per mille). `second` is the baseline of a value, the
    denominator or the previous of a rate from parts, or the eligible. `half` is half of the last written digit, `sign`
    that of the number as written: an index of 99.8 is a fall, and its rounding is that of a positive number.
    """

    first: Fraction
    second: Fraction | None = None
    shape: str = "value"  # value, ratio, growth, counted, stage
    half: Fraction = Fraction(0)
    sign: int = 1
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of an earlier period of the year: its month, its figure, and the number that bound then, if any."""

    month: int
    figure: Reported
    number: Fraction | None


@dataclass(frozen=True, slots=True)
class Bands:
    """`pass` at or above `passing`, `at-risk` at or above `risky`, else `fail`, in the gap's unit."""

    passing: Fraction
    risky: Fraction


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise and the policy that judges it.

    Units: `number` in base units, `size` base units of the measure that the number is printed in, `tolerance` and
    `bands` in the gap's unit, `pace` as (month, day, share). `points` says that its own unit is percent, whose
    differences are percentage points. Decision: ‰ is not %: its gaps stay in ‰, and it has no default band.
    """

    kind: str
    inner: str | None = None
    comparator: str = "at_least"
    bound: str = "lower"
    number: Fraction | None = None
    size: Fraction = Fraction(1)
    points: bool = False
    soft: bool = False
    tolerance: Fraction = Fraction(0)
    bands: Bands | None = None
    pace: tuple[tuple[int, int, Fraction], ...] = ()
    due_in: tuple[int, ...] = ()
    eligible: str | None = None
    stages: tuple[tuple[int, int], ...] = ()
    members: tuple[str, ...] = ()
    net: bool = False
    month: int = 12
    paced_bands: Bands = Bands(Fraction(0), Fraction(-10))
    percent_bands: Bands = Bands(Fraction(0), Fraction(-1))
    margin: Fraction = Fraction(5)

    @property
    def judging(self) -> str:
        return self.inner or self.kind

    @property
    def direction(self) -> str:
        """The lower bound of a range is due, with 控制在 the upper; the other is recorded."""
        if self.comparator != "between":
            return self.comparator
        return "at_most" if self.bound == "upper" else "at_least"

    @property
    def good(self) -> int:
        return 1 if self.direction in ("at_least", "more_than") else -1

    @property
    def strict(self) -> bool:
        # Decision: 左右 beside a strict word leaves nothing strict: the tolerance takes its place.
        return self.direction in ("more_than", "less_than") and not self.soft

    @property
    def at_end(self) -> bool:
        return self.month == 12

    @property
    def share(self) -> Fraction:
        """How much of the target is due by now: all of it at the year's end, whatever the pace."""
        if self.at_end or not self.pace:
            return Fraction(self.month, 12)
        reached = [share for month, _, share in self.pace if month <= self.month]
        return reached[-1] if reached else Fraction(0)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the oracle says. `unit` of the gap is points, stages or own; an own gap counts in `Promise.size`.

    `short` and `missing` name the members of a list that are short or did not report.
    """

    outcome: str
    reason: str | None = None
    gap: Fraction | None = None
    unit: str | None = None
    progress: str | None = None
    notes: frozenset[str] = field(default_factory=frozenset)
    short: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Measured:
    """A figure against what is due (`gap`) and against the whole promise (`whole`), in the same unit.

    `pace` says whether anything is due in parts; `band` what is still at risk, in the gap's unit.
    """

    gap: Fraction
    whole: Fraction
    unit: str
    pace: bool
    bands: Bands | None
    known: bool = True
    #: What stands for the promise's tolerance where the gap is not in its unit.
    tolerance: Fraction | None = None


def judge(
    promise: Promise,
    figures: Mapping[str, Reported],
    partner: Reported | None = None,
    history: Mapping[str, Sequence[Earlier]] | None = None,
) -> Judgement:
    """The verdict of one obligation. Figures and history stand under their member, `""` where there is no list."""
    early = _before_any_figure(promise)
    if early is not None:
        return Judgement("undecided", early)
    earlier = history or {}
    if not promise.members:
        return _judge_one(promise, figures.get(""), partner, earlier.get("", ()))
    members = [_judge_one(promise, figures.get(name), None, earlier.get(name, ())) for name in promise.members]
    return replace(
        _judge_each(members),
        short=_names(promise, [one.outcome in ("fail", "at-risk") for one in members]),
        missing=_names(promise, [one.reason == "missing" for one in members]),
    )


def _names(promise: Promise, chosen: Sequence[bool]) -> tuple[str, ...]:
    return tuple(name for name, wanted in zip(promise.members, chosen, strict=True) if wanted)


def _before_any_figure(promise: Promise) -> str | None:
    """Why nothing is owed: an annual target in another period, a milestone before its first stage, no number yet."""
    if promise.due_in and promise.month not in promise.due_in:
        return "not-due"
    if promise.judging == "milestone":
        return None if promise.at_end or promise.stages[0][0] <= promise.month else "not-due"
    return "awaiting-target" if promise.number is None and promise.judging != "relative" else None


def _judge_each(members: Sequence[Judgement]) -> Judgement:
    """Any member fails: fail; else any missing: undecided; else the worst, with the worst member's gap.

    Decision: the first of several members that are undecided for other reasons gives its reason. The list has a
    progress class where every member has one, then the worst; it carries the notes of all its members.
    """
    if any(one.outcome == "fail" for one in members):
        decisive = [one for one in members if one.outcome == "fail"]
    elif any(one.reason == "missing" for one in members):
        decisive = [one for one in members if one.reason == "missing"][:1]
    else:
        worst = min((one.outcome for one in members), key=_WORST_FIRST.index)
        decisive = [one for one in members if one.outcome == worst]
        if worst == "undecided":
            decisive = decisive[:1]
    measured = [one for one in decisive if one.gap is not None]
    shown = min(measured, key=lambda one: one.gap or Fraction(0)) if measured else decisive[0]
    classes = [one.progress for one in members if one.progress is not None]
    worst_class = min(classes, key=_PROGRESS_WORST_FIRST.index) if len(classes) == len(members) else None
    notes = frozenset(note for one in members for note in one.notes)
    return replace(shown, progress=worst_class, notes=notes)


def _judge_one(
    promise: Promise, figure: Reported | None, partner: Reported | None, history: Sequence[Earlier]
) -> Judgement:
    breached = _first_breach(promise, history)
    today = _judge_today(promise, figure, partner)
    if breached is None:
        return today
    # The breach stands whatever came in today, and also where nothing did.
    label = f"2025Q{breached // 3}" if breached % 3 == 0 else f"2025-{breached:02d}"
    return replace(today, outcome="fail", reason=None, notes=today.notes | {f"breached-in:{label}"})


def _first_breach(promise: Promise, history: Sequence[Earlier]) -> int | None:
    """The first earlier period of the year in which an `always` line was crossed."""
    if promise.judging != "always":
        return None
    crossed = []
    for earlier in history:
        then = replace(promise, month=earlier.month, number=earlier.number)
        due = earlier.month < promise.month and _before_any_figure(then) is None
        if due and _judge_today(then, earlier.figure, None).outcome == "fail":
            crossed.append(earlier.month)
    return min(crossed, default=None)


def _judge_today(promise: Promise, figure: Reported | None, partner: Reported | None) -> Judgement:
    if figure is None:
        return Judgement("undecided", "missing")
    if figure.fault is not None:
        return Judgement("undecided", "different-measure" if figure.fault == "different-measure" else "unusable")
    if promise.judging == "relative":
        if partner is None:
            return Judgement("undecided", "missing")
        if partner.fault is not None:
            return Judgement("undecided", "unusable")
    if not _possible(figure) or (partner is not None and not _possible(partner)):
        return Judgement("undecided", "unusable")
    if figure.shape == "counted" and figure.second == 0:
        # Decision: nobody eligible leaves no gap. Where the eligible are a fixed list, an empty one is completed.
        empty = "completed" if promise.eligible == "fixed-list" else None
        return Judgement("pass", progress=empty, notes=frozenset({"nothing-eligible"}))
    measured = _measure(promise, figure, partner)
    outcome = _outcome(promise, measured)
    if outcome == "undecided":
        return Judgement("undecided", "no-baseline", measured.gap, measured.unit)
    progress = _progress(promise, measured, outcome)
    notes = set()
    if progress == "completed" and not promise.at_end and (promise.net or promise.judging == "level"):
        notes.add("can-fall-back")
    if _depends_on_rounding(promise, figure, partner):
        notes.add("depends-on-rounding")
    return Judgement(outcome, None, measured.gap, measured.unit, progress, frozenset(notes))


def _possible(figure: Reported) -> bool:
    """Whether the operands can belong to one figure: done within eligible, something above zero to divide by."""
    if figure.shape == "counted":
        return figure.second is not None and 0 <= figure.first <= figure.second
    if figure.shape in ("ratio", "growth"):
        return figure.second is not None and figure.second > 0
    return True


def _points_of(figure: Reported) -> Fraction:
    """A rate in percentage points, whether written or from its parts; base units are per mille."""
    if figure.shape == "value":
        return figure.first / 10
    assert figure.second is not None
    quotient = figure.first / figure.second
    return 100 * (quotient - 1 if figure.shape == "growth" else quotient)


def _measure(promise: Promise, figure: Reported, partner: Reported | None) -> _Measured:
    kind, good, share = promise.judging, promise.good, promise.share
    if kind == "milestone":
        planned = sum(1 for month, _ in promise.stages if month <= promise.month)
        every = len(promise.stages)
        # One stage behind is at risk, more is not: a band of one stage.
        bands = promise.bands or Bands(Fraction(0), Fraction(-1))
        due = every if promise.at_end else planned
        return _Measured(figure.first - due, figure.first - every, "stages", True, bands)
    if kind == "relative":
        assert partner is not None
        gap = good * (_points_of(figure) - _points_of(partner))
        return _Measured(gap, gap, "points", False, promise.bands or promise.percent_bands)
    assert promise.number is not None
    if kind == "total":
        completion = 100 * figure.first / promise.number
        return _Measured(
            good * (completion - 100 * share),
            good * (completion - 100),
            "points",
            True,
            promise.bands or promise.paced_bands,
        )
    if kind == "coverage":
        assert figure.second is not None
        done = 100 * figure.first / figure.second
        whole = promise.number / 10
        fixed = promise.eligible == "fixed-list"
        wanted = whole * share if fixed else whole
        bands = promise.bands or promise.paced_bands
        return _Measured(good * (done - wanted), good * (done - whole), "points", fixed, bands)
    if kind == "level":
        return _measure_level(promise, figure)
    own = good * (_own(promise, figure) - promise.number / promise.size)
    unit = "points" if promise.points else "own"
    if kind == "always":
        return _Measured(own, own, unit, False, promise.bands)
    # The default band holds for percentages only; another rate states its own or has none.
    default = promise.percent_bands if promise.points else None
    return _Measured(own, own, unit, False, promise.bands or default)


def _own(promise: Promise, figure: Reported) -> Fraction:
    if figure.shape in ("ratio", "growth"):
        return _points_of(figure) * 10 / promise.size
    return figure.first / promise.size


def _measure_level(promise: Promise, figure: Reported) -> _Measured:
    assert promise.number is not None
    baseline, target, good = figure.second, promise.number, promise.good
    if baseline is not None and good * (target - baseline) > 0:
        covered = 100 * (figure.first - baseline) / (target - baseline)
        bands = promise.bands or promise.paced_bands
        return _Measured(covered - 100 * promise.share, covered - 100, "points", True, bands)
    # Decision: level with the target, a baseline "already meets" it, also under a strict word. Then the whole target is
    # due in every period in its own unit; a band of points says nothing about own units, so nothing is at risk.
    # A tolerance of points is taken of the target itself, there being no way from a baseline to take it of.
    gap = good * (figure.first - target) / promise.size
    tolerance = promise.tolerance * abs(target) / (100 * promise.size)
    unit = "points" if promise.points else "own"
    return _Measured(gap, gap, unit, True, None, baseline is not None, tolerance)


def _tolerance(promise: Promise, measured: _Measured) -> Fraction:
    if not promise.soft and promise.judging != "relative":
        return Fraction(0)
    return promise.tolerance if measured.tolerance is None else measured.tolerance


def _kept(promise: Promise, measured: _Measured) -> bool:
    """Whether the full promise stands: equality does not keep a strict word, 左右 is kept within the tolerance."""
    line = -_tolerance(promise, measured)
    return measured.whole > line if promise.strict else measured.whole >= line


def _outcome(promise: Promise, measured: _Measured) -> str:
    kind, gap = promise.judging, measured.gap
    if kind == "always":
        # A line is a line in every period, and with a strict word equality is a breach.
        if not _kept(promise, measured):
            return "fail"
        warned = not promise.at_end and measured.bands is not None and gap < _edge_of_pass(promise, measured)
        return "at-risk" if warned else "pass"
    if promise.at_end:
        # Decision: neither the band nor a ladder's own edge of `pass` counts for the promise itself.
        return "pass" if _kept(promise, measured) else "fail"
    if kind == "level" and not measured.known:
        return "pass" if _kept(promise, measured) else "undecided"
    if kind == "total" and promise.good < 0 and measured.whole < -_tolerance(promise, measured):
        # Above the full target; 左右 moves that line by its tolerance, as it does at the year's end.
        return "fail"
    # Decision: a strict word decides at the year's end only; until then equal counts as on pace.
    if gap >= _edge_of_pass(promise, measured):
        return "pass"
    return "at-risk" if measured.bands and gap >= measured.bands.risky else "fail"


def _edge_of_pass(promise: Promise, measured: _Measured) -> Fraction:
    """The least gap that passes during the year.

    Decision: the edge of a ladder takes the place of 0, and the tolerance loosens it like any other.
    """
    edge = measured.bands.passing if measured.bands else Fraction(0)
    return edge - _tolerance(promise, measured)


def _progress(promise: Promise, measured: _Measured, outcome: str) -> str | None:
    if not measured.pace:
        return None
    stands = _kept(promise, measured)
    # Decision: what a ceiling on a total leaves room for can still be used up: it is completed at the year's end only.
    if stands and (promise.at_end or promise.judging != "total" or promise.good > 0):
        return "completed"
    # Decision: the margin is one of points; a milestone is ahead with its first stage beyond the plan, and a level
    # that counts in its own unit is never ahead.
    margin = Fraction(0) if measured.unit == "stages" else promise.margin
    in_parts = promise.judging != "level" or measured.bands is not None
    if in_parts and measured.gap > margin:
        return "ahead"
    return "on-pace" if measured.gap >= 0 else "behind"


def _depends_on_rounding(promise: Promise, figure: Reported, partner: Reported | None) -> bool:
    """Whether the verdict would differ between the ends of what rounds to the written figures.

    A verdict never worsens along a gap, so its two ends decide; rates from parts are exact and do not move.
    """
    if promise.judging not in ("rate", "relative"):
        return False
    others = _ends(partner) if partner is not None else [None]
    seen = {_outcome(promise, _measure(promise, one, other)) for one in _ends(figure) for other in others}
    return len(seen) > 1


def _ends(figure: Reported) -> list[Reported]:
    """The least and the greatest number that rounds half away from zero to the figure.

    Numbers of an interval's open end are stood for by one that is closer to it than any threshold can be.
    """
    if figure.shape != "value" or not figure.half:
        return [figure]
    least, greatest = figure.first - figure.half, figure.first + figure.half
    least += _TINY if figure.sign <= 0 else 0
    greatest -= _TINY if figure.sign >= 0 else 0
    return [replace(figure, first=least), replace(figure, first=greatest)]
