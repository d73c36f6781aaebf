"""What each verdict is worth: the named methods, functions of the verdict and of how it stands among the group's."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from engine.model.noun import dataclass
from engine.model.ranking import Adjustment
from engine.model.scoring import Method, MethodName, Scheme
from engine.model.target import Kind
from engine.model.verdict import Outcome, Reason, Verdict
from engine.rank.places import assign_places

FULL = Fraction(100)
_NOTHING = Fraction(0)
_POINTS = "percentage point"


@dataclass(frozen=True, slots=True)
class Term:
    """The verdicts of one period, by rule and body, and how much that period weighs. A quarter alone is one term."""

    share: Fraction
    year_end: bool
    verdicts: Mapping[str, Mapping[str, Verdict]]


@dataclass(frozen=True, slots=True)
class Points:
    """What a target gave one body: `points` of 100, None where nothing is set for it."""

    verdict: Verdict
    points: Fraction | None
    place: int | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Among:
    """How a body stands on one target: its place, what it is put in order by, and the last and the best of that."""

    place: int
    key: Fraction
    last: Fraction
    best: Fraction


def score_rule(scheme: Scheme, terms: Sequence[Term], rule: str) -> dict[str, Points]:
    """The points of every body on one rule, periods weighed together; verdict and place are those of the last one.

    A period in which nothing was set for a body leaves its weight to the others.
    """
    scored = [(term, _score_term(scheme, term, rule)) for term in terms]
    if len(scored) == 1:
        return scored[0][1]
    joined: dict[str, Points] = {}
    for body in scheme.members:
        own = [(term.share, column[body]) for term, column in scored if body in column]
        if not own:
            continue
        counted = [(share, points.points) for share, points in own if points.points is not None]
        weight = sum((share for share, _ in counted), _NOTHING)
        total = sum((share * points for share, points in counted), _NOTHING) / weight if weight else None
        last = own[-1][1]
        whys = [points.why for _, points in own if points.why and points.points is not None]
        why = last.why if total is None else (whys[-1] if whys else None)
        joined[body] = Points(last.verdict, total, last.place, why)
    return joined


def _score_term(scheme: Scheme, term: Term, rule: str) -> dict[str, Points]:
    judged = term.verdicts.get(rule, {})
    members = scheme.members if len(judged) > 1 else [body for body in judged if body in scheme.members]
    verdicts = {body: judged[body] for body in members if body in judged}
    method = scheme.method_of(rule)
    early = rule in scheme.annual_only and not term.year_end
    decided = {body: each for body, each in verdicts.items() if _counts(each, early)}
    keys = standing_keys(decided)
    places = assign_places(keys)
    span = (min(keys.values()), max(keys.values())) if keys else (_NOTHING, _NOTHING)
    column = {}
    for body, verdict in verdicts.items():
        if body in decided:
            place = places[body] if len(places) > 1 else None
            column[body] = Points(
                verdict, _METHODS[method.name](method, verdict, Among(places[body], keys[body], *span)), place, None
            )
        else:
            points, why = _undecided_points(scheme, verdict, early)
            column[body] = Points(verdict, points, None, why)
    return column


def _counts(verdict: Verdict, early: bool) -> bool:
    return not early and not verdict.waived and verdict.outcome is not Outcome.UNDECIDED


def _undecided_points(scheme: Scheme, verdict: Verdict, early: bool) -> tuple[Fraction | None, str]:
    if early:
        return None, "annual-only"
    if verdict.waived:
        return None, "waived"
    reason = verdict.reason or Reason.MISSING
    return scheme.undecided.get(reason.value), reason.value


def standing_keys(verdicts: Mapping[str, Verdict]) -> dict[str, Fraction]:
    """By what bodies are put in order on one target: the gap, or the outcome where gaps cannot be compared.

    Points of the way from a baseline are no points of the level itself, though both may be percentage points.
    """
    measures = {(verdict.gap_unit, _on_its_way(verdict)) for verdict in verdicts.values()}
    gaps = {body: verdict.gap for body, verdict in verdicts.items() if verdict.gap is not None}
    if len(measures) == 1 and len(gaps) == len(verdicts) and not any(map(_crossed_before, verdicts.values())):
        return gaps
    order = {Outcome.PASS: Fraction(2), Outcome.AT_RISK: Fraction(1)}
    return {body: order.get(verdict.outcome, _NOTHING) for body, verdict in verdicts.items()}


def _on_its_way(verdict: Verdict) -> bool:
    """Whether a level is judged by its way from a baseline that does not meet the target yet."""
    threshold, rule = verdict.obligation.threshold, verdict.obligation.rule
    if rule.judging_kind is not Kind.LEVEL or verdict.baseline is None or threshold is None:
        return False
    return rule.direction.sign * (threshold.base / threshold.unit.factor - verdict.baseline) > 0


def _crossed_before(verdict: Verdict) -> bool:
    """Whether a line was crossed in an earlier period: then no gap of today says what the verdict says."""
    return any(note.startswith("breached-in:") for note in verdict.notes)


# --- the methods -----------------------------------------------------------------------------------------------


def _by_verdict(method: Method, verdict: Verdict, among: Among) -> Fraction:
    return method.points[verdict.outcome.value]


def _by_completion(method: Method, verdict: Verdict, among: Among) -> Fraction:
    """How much of what is due stands there, capped; what is on pace within its tolerance gives no less than 100."""
    points = min(method.cap, _completion(verdict, method.cap))
    return max(points, FULL) if verdict.outcome is Outcome.PASS else points


def _completion(verdict: Verdict, most: Fraction) -> Fraction:
    """Actual ÷ due in per cent, for ceilings due ÷ actual, for levels counted from the baseline; at least 0.

    `most` is what a ceiling gives of which nothing was used up. Where a quotient means nothing, because nothing or
    less than nothing is due, or a line was crossed before, the outcome decides.
    """
    actual, due, rule = verdict.actual, verdict.due, verdict.obligation.rule
    by_outcome = FULL if verdict.outcome is Outcome.PASS else _NOTHING
    if actual is None or due is None or _crossed_before(verdict):
        return by_outcome
    if verdict.baseline is not None and _on_its_way(verdict):
        wanted = due - verdict.baseline
        return max(_NOTHING, FULL * (actual - verdict.baseline) / wanted) if wanted else by_outcome
    if due <= 0:
        return by_outcome
    if rule.direction.sign > 0:
        return max(_NOTHING, FULL * actual / due)
    return FULL * due / actual if actual > 0 else most


def _all_or_nothing(method: Method, verdict: Verdict, among: Among) -> Fraction:
    return FULL if verdict.outcome is Outcome.PASS else _NOTHING


def _by_rank(method: Method, verdict: Verdict, among: Among) -> Fraction:
    return max(_NOTHING, FULL - method.step * (among.place - 1))


def _linear(method: Method, verdict: Verdict, among: Among) -> Fraction:
    """The base, and so many points more or less for each percentage point of the gap, from 0 to the cap.

    A gap in a unit of its own counts in per cent of what is due.
    """
    gap, due = None if _crossed_before(verdict) else verdict.gap, verdict.due
    if gap is not None and verdict.gap_unit != _POINTS:
        gap = FULL * gap / abs(due) if due else None
    if gap is None:
        return method.base if verdict.outcome is Outcome.PASS else _NOTHING
    return min(method.cap, max(_NOTHING, method.base + method.per_point * gap))


def by_efficacy(method: Method, verdict: Verdict, among: Among) -> Fraction:
    """100 for the best of the group, the base for the last, in proportion between; where all stand alike, pass is 100.

    Source: efficacy coefficients (功效系數法), with best and last as the satisfactory and the inadmissible value.
    """
    if among.best == among.last:
        return FULL if verdict.outcome is Outcome.PASS else method.base
    return method.base + (FULL - method.base) * (among.key - among.last) / (among.best - among.last)


def _met_then_rank(method: Method, verdict: Verdict, among: Among) -> Fraction:
    """Nothing unless the target is met, then `met`; who stands above it gets the rest by place."""
    if verdict.outcome is not Outcome.PASS:
        return _NOTHING
    if verdict.gap is None or verdict.gap <= 0:
        return method.met
    return method.met + (FULL - method.met) * _by_rank(method, verdict, among) / FULL


_METHODS: Mapping[MethodName, Callable[[Method, Verdict, Among], Fraction]] = {
    MethodName.VERDICT: _by_verdict,
    MethodName.COMPLETION: _by_completion,
    MethodName.ALL_OR_NOTHING: _all_or_nothing,
    MethodName.RANK: _by_rank,
    MethodName.LINEAR: _linear,
    MethodName.EFFICACY: by_efficacy,
    MethodName.MET_THEN_RANK: _met_then_rank,
}


# --- bonus -----------------------------------------------------------------------------------------------------


def award_bonus(
    scheme: Scheme, columns: Mapping[str, Mapping[str, Points]], left_out: str | None = None
) -> dict[str, tuple[Adjustment, ...]]:
    """The bonuses that bodies earn with the places of these columns; none on the rule that is `left_out`."""
    earned: dict[str, tuple[Adjustment, ...]] = {}
    for bonus in scheme.bonus:
        if bonus.rule == left_out:
            continue
        for body, points in columns.get(bonus.rule, {}).items():
            if points.place is None or points.place > len(bonus.first):
                continue
            if all(_passes(columns.get(rule, {}).get(body)) for rule in bonus.only_if):
                points_for_place = bonus.first[points.place - 1]
                adjustment = Adjustment("bonus", points_for_place, "place", bonus.document, bonus.rule)
                earned[body] = (*earned.get(body, ()), adjustment)
    return earned


def _passes(points: Points | None) -> bool:
    return points is not None and points.verdict.outcome is Outcome.PASS
