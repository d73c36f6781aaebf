"""An independent ranking: the words of "Scores and ranks" in plain fractions, worked out anew for every case.

It imports nothing of the engine. Verdicts are those of the oracle, which judges every kind of promise by itself, and
the policy is taken as it stands in YAML. Ranges are brute force: every case is the whole ranking once more, with one
thing otherwise.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from tests.oracle import Earlier, Judgement, Promise, Reported, judge

Json = dict[str, Any]

#: What names a case: its kind, rule, body, indicator and member.
CaseName = tuple[str, str, str | None, str | None, str | None]

_OUTCOMES = {"pass": Fraction(2), "at-risk": Fraction(1), "fail": Fraction(0)}


@dataclass(frozen=True, slots=True)
class Goal:
    """A rule of a random book, whose indicator has the same name.

    Units: `factor` base units make one of `unit`, in which it is promised and reported; `quotas` in base units, None
    for a body that gets nothing. `counted`: things are counted, and a count has no rounding.
    """

    id: str
    promise: Promise
    unit: str
    factor: int
    counted: bool = False
    partner: str | None = None
    quotas: tuple[tuple[str, Fraction | None], ...] = ()

    def of(self, body: str, month: int) -> Promise:
        """The promise as it holds for one body at the end of a month."""
        return replace(self.promise, month=month, number=dict(self.quotas).get(body, self.promise.number))


@dataclass(frozen=True, slots=True)
class Given:
    """A figure that came in, and how it is written. `halves` are half of the last digit of each of its numbers."""

    figure: Reported
    halves: tuple[Fraction, Fraction]
    text: Any


@dataclass(frozen=True, slots=True)
class Season:
    """One period: its figures by goal, body and member, and which goals are waived for whom."""

    label: str
    month: int
    figures: dict[tuple[str, str, str], Given]
    waived: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class World:
    """What is known: a group with its scheme, what was promised, what came in, and what documents add.

    `seasons` are all periods of the year so far, `shares` how much each that counts weighs; the last one is ranked.
    `factors` multiplies weights, `without` leaves a goal out, `ends` puts a figure at an end of its rounding.
    """

    goals: tuple[Goal, ...]
    bodies: tuple[str, ...]
    scheme: Json
    seasons: tuple[Season, ...]
    shares: dict[str, Fraction]
    adjustments: tuple[Json, ...] = ()
    factors: dict[str, Fraction] = field(default_factory=dict)
    without: str | None = None
    ends: dict[tuple[str, tuple[str, str, str]], Reported] = field(default_factory=dict)
    origin: "World | None" = None

    @cached_property
    def counted(self) -> list[Season]:
        """The periods that count."""
        return [season for season in self.seasons if season.label in self.shares]

    @cached_property
    def columns(self) -> "dict[tuple[str, str], dict[str, Cell]]":
        """Every goal in every period that counts; those that no moved figure serves are as they were."""
        moved = {(label, name) for label, (name, _, _) in self.ends}
        found = {}
        for season in self.counted:
            for goal in self.goals:
                key, serves = (season.label, goal.id), {(season.label, name) for name in (goal.id, goal.partner)}
                same = self.origin is not None and not serves & moved
                found[key] = self.origin.columns[key] if same and self.origin else column(self, season, goal)
        return found


# --- verdicts --------------------------------------------------------------------------------------------------


@cache
def judged(
    promise: Promise,
    figures: tuple[tuple[str, Reported], ...],
    partner: Reported | None,
    history: tuple[tuple[str, tuple[Earlier, ...]], ...],
) -> Judgement:
    """The oracle's verdict."""
    return judge(promise, dict(figures), partner, dict(history))


def figure_of(world: World, season: Season, key: tuple[str, str, str]) -> Reported | None:
    """The figure that counts."""
    if (season.label, key) in world.ends:
        return world.ends[season.label, key]
    came = season.figures.get(key)
    return came.figure if came else None


def verdict_of(world: World, season: Season, goal: Goal, body: str) -> Judgement:
    """How a body did on a goal in a period."""
    promise = goal.of(body, season.month)
    if (body, None) in goal.quotas:
        return Judgement("undecided", "not-applicable")
    members = promise.members or ("",)
    known = [(member, figure_of(world, season, (goal.id, body, member))) for member in members]
    earlier = [
        (
            member,
            tuple(
                Earlier(past.month, came.figure, promise.number)
                for past in world.seasons
                if past.month < season.month and (came := past.figures.get((goal.id, body, member)))
            ),
        )
        for member in members
    ]
    partner = figure_of(world, season, (goal.partner, body, "")) if goal.partner else None
    figures = tuple((member, figure) for member, figure in known if figure is not None)
    return judged(promise, figures, partner, tuple(earlier) if promise.judging == "always" else ())


def against(world: World, season: Season, goal: Goal, body: str) -> tuple[Fraction, Fraction, bool] | None:
    """What stands there and what is due, and whether both count from a baseline; None where one is unknown."""
    promise, outcome = goal.of(body, season.month), verdict_of(world, season, goal, body)
    figure = figure_of(world, season, (goal.id, body, worst_member(world, season, goal, body)))
    if outcome.gap is None or figure is None:
        return None
    share, number, kind = promise.share, promise.number or Fraction(0), promise.judging
    if kind == "milestone":
        planned = len([stage for stage in promise.stages if promise.at_end or stage[0] <= season.month])
        return figure.first, Fraction(planned), False
    if kind == "coverage":
        assert figure.second
        part = share if promise.eligible == "fixed-list" else 1
        return 1000 * figure.first / figure.second, number * part, False
    if kind == "relative":
        partner = figure_of(world, season, (goal.partner or "", body, ""))
        assert partner is not None
        return figure.first, partner.first, False
    if kind == "level" and on_its_way(world, season, goal, body):
        assert figure.second is not None
        return figure.first - figure.second, share * (number - figure.second), True
    if kind == "rate" and figure.shape != "value":
        assert figure.second
        growth = 1 if figure.shape == "growth" else 0
        return 1000 * (figure.first / figure.second - growth), number, False
    return figure.first, number * share if kind == "total" else number, False


def worst_member(world: World, season: Season, goal: Goal, body: str) -> str:
    """The member whose figure decides."""
    promise, whole = goal.of(body, season.month), verdict_of(world, season, goal, body)
    for member in promise.members:
        figure = figure_of(world, season, (goal.id, body, member))
        if figure and judged(replace(promise, members=()), (("", figure),), None, ()).gap == whole.gap:
            return member
    return ""


def on_its_way(world: World, season: Season, goal: Goal, body: str) -> bool:
    """Whether a level is judged by its way from a baseline that does not meet the target yet."""
    promise, figure = goal.of(body, season.month), figure_of(world, season, (goal.id, body, ""))
    if promise.judging != "level" or figure is None or figure.second is None or promise.number is None:
        return False
    return promise.good * (promise.number - figure.second) > 0


# --- points ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """A body on a goal in one period: what it got, its place, and why where it was not the method that decided."""

    verdict: Judgement
    points: Fraction | None
    place: int | None
    why: str | None


def rule_of(world: World, goal: Goal) -> tuple[Fraction, Json]:
    """The weight and the method of a goal."""
    weight, method = Fraction(1), world.scheme["method"]
    for apart in world.scheme.get("targets", ()):
        if goal.id in apart["rules"]:
            weight, method = Fraction(apart.get("weight", "1")), apart.get("method", method)
    return weight * world.factors.get(goal.id, Fraction(1)), method


def left_out_why(world: World, season: Season, goal: Goal, body: str, verdict: Judgement) -> str | None:
    """Why nothing is counted whatever came in: an annual rule during the year, or a waiver of what did not pass."""
    if goal.id in world.scheme.get("annual_only", ()) and season.month != 12:
        return "annual-only"
    idle = verdict.outcome == "pass" or verdict.reason in ("not-due", "not-applicable")
    return "waived" if (goal.id, body) in season.waived and not idle else None


def price(world: World, reason: str) -> Fraction | None:
    """What the policy gives for a verdict without an outcome."""
    prices = world.scheme["undecided"]
    if reason in ("unusable", "different-measure"):
        written = prices.get(reason, prices["missing"])
    else:
        written = prices.get(reason, "left-out")
    return None if written == "left-out" else Fraction(written)


def order_on(world: World, season: Season, goal: Goal, bodies: list[str]) -> dict[str, Fraction]:
    """By what bodies stand in order: the gap, or the verdict where gaps are in different measures or tell half."""
    verdicts = {body: verdict_of(world, season, goal, body) for body in bodies}
    measures = {(each.unit, on_its_way(world, season, goal, body)) for body, each in verdicts.items()}
    gaps = {body: each.gap for body, each in verdicts.items() if each.gap is not None}
    old = any(note.startswith("breached-in") for each in verdicts.values() for note in each.notes)
    if len(measures) == 1 and len(gaps) == len(bodies) and not old:
        return gaps
    return {body: _OUTCOMES[each.outcome] for body, each in verdicts.items()}


def column(world: World, season: Season, goal: Goal) -> dict[str, Cell]:
    """Every body of the group on a goal."""
    cells: dict[str, Cell] = {}
    counted = []
    for body in world.bodies:
        verdict = verdict_of(world, season, goal, body)
        why = left_out_why(world, season, goal, body, verdict)
        if why is None and verdict.outcome != "undecided":
            counted.append(body)
        else:
            reason = why or verdict.reason or ""
            cells[body] = Cell(verdict, None if why else price(world, reason), None, reason)
    keys = order_on(world, season, goal, counted)
    for body in counted:
        place = 1 + sum(other > keys[body] for other in keys.values())
        given = by_method(world, season, goal, body, place, keys)
        verdict = verdict_of(world, season, goal, body)
        cells[body] = Cell(verdict, given, place if len(counted) > 1 else None, None)
    return {body: cells[body] for body in world.bodies}


def by_method(world: World, season: Season, goal: Goal, body: str, place: int, keys: dict[str, Fraction]) -> Fraction:
    """What the named method gives."""
    method, verdict = rule_of(world, goal)[1], verdict_of(world, season, goal, body)
    passed = verdict.outcome == "pass"
    by_place = max(Fraction(0), 100 - Fraction(method.get("step", "0")) * (place - 1))
    low, high = min(keys.values()), max(keys.values())
    match method["name"]:
        case "verdict":
            return Fraction(method["points"][verdict.outcome])
        case "all-or-nothing":
            return Fraction(100 if passed else 0)
        case "rank":
            return by_place
        case "efficacy":
            base = Fraction(method["base"])
            if low == high:
                return Fraction(100) if passed else base
            return base + (100 - base) * (keys[body] - low) / (high - low)
        case "met-then-rank":
            met = 100 * Fraction(method["met"]) / Fraction(method["most"])
            above = verdict.gap is not None and verdict.gap > 0
            return (met + (100 - met) * by_place / 100 if above else met) if passed else Fraction(0)
        case "linear":
            return linear(world, season, goal, body)
    return completion(world, season, goal, body)


def crossed_before(verdict: Judgement) -> bool:
    """Whether an old breach decides, and not where the figure stands now."""
    return any(note.startswith("breached-in") for note in verdict.notes)


def linear(world: World, season: Season, goal: Goal, body: str) -> Fraction:
    """The base, more or less for each point of the gap; in a unit of its own it counts in per cent of what is due."""
    method, verdict = rule_of(world, goal)[1], verdict_of(world, season, goal, body)
    base, gap = Fraction(method["base"]), verdict.gap
    both = against(world, season, goal, body)
    if crossed_before(verdict):
        gap = None
    elif gap is not None and verdict.unit != "points":
        # A gap in the goal's own unit, against what is due in base units.
        size = 1 if verdict.unit == "stages" else goal.factor
        gap = 100 * gap * size / abs(both[1]) if both and both[1] else None
    if gap is None:
        return base if verdict.outcome == "pass" else Fraction(0)
    return min(Fraction(method.get("cap", "100")), max(Fraction(0), base + Fraction(method["per_point"]) * gap))


def completion(world: World, season: Season, goal: Goal, body: str) -> Fraction:
    """Actual in per cent of what is due, of a ceiling the other way round; the verdict where that means nothing."""
    method, verdict = rule_of(world, goal)[1], verdict_of(world, season, goal, body)
    cap, both = Fraction(method.get("cap", "100")), against(world, season, goal, body)
    done = Fraction(100 if verdict.outcome == "pass" else 0)
    if both and not crossed_before(verdict):
        actual, due, from_baseline = both
        if from_baseline:
            done = max(Fraction(0), 100 * actual / due) if due else done
        elif due > 0 and goal.promise.good > 0:
            done = max(Fraction(0), 100 * actual / due)
        elif due > 0:
            done = 100 * due / actual if actual > 0 else cap
    done = min(cap, done)
    return max(done, Fraction(100)) if verdict.outcome == "pass" else done


def rolled(world: World, goal: Goal, body: str) -> Fraction | None:
    """A goal's points over all periods that count; one in which it was left out leaves its weight to the others."""
    total = weight = Fraction(0)
    for label, share in world.shares.items():
        points = world.columns[label, goal.id][body].points
        if points is not None:
            total, weight = total + share * points, weight + share
    return total / weight if weight else None


# --- scores and places -----------------------------------------------------------------------------------------


def bonuses(world: World, body: str) -> list[tuple[str, Fraction]]:
    """What first places of the last period add, with the goal."""
    last = world.counted[-1].label
    earned = []
    for each in world.scheme.get("bonus", ()):
        place = world.columns[last, each["rule"]][body].place
        if each["rule"] == world.without or place is None or place > len(each["first"]):
            continue
        if all(world.columns[last, name][body].verdict.outcome == "pass" for name in each.get("only_if", ())):
            earned.append((each["rule"], Fraction(each["first"][place - 1])))
    return earned


def given_to(world: World, body: str) -> list[tuple[str, Fraction]]:
    """What documents add or take, by kind."""
    signs = {"bonus": 1, "deduction": -1, "veto": 0}
    own = [each for each in world.adjustments if body in each["reach"]]
    return [(each["kind"], signs[each["kind"]] * Fraction(each.get("points", "0"))) for each in own]


def is_vetoed(world: World, body: str) -> bool:
    """Whether a document vetoes it."""
    return any(kind == "veto" for kind, _ in given_to(world, body))


def why_unranked(world: World, body: str) -> str | None:
    """Why a body gets no place."""
    if is_vetoed(world, body) and world.scheme.get("veto", "unranked") == "unranked":
        return "vetoed"
    counted = [goal for goal in world.goals if goal.id != world.without]
    return None if any(rolled(world, goal, body) is not None for goal in counted) else "nothing-scored"


def score(world: World, body: str, weights: dict[str, Fraction] | None = None) -> Fraction | None:
    """The score of a body, None where it gets no place; `weights` take the place of the policy's."""
    if why_unranked(world, body):
        return None
    if is_vetoed(world, body):
        return Fraction(0)
    earned = full = Fraction(0)
    for goal in world.goals:
        points = rolled(world, goal, body)
        if points is not None and goal.id != world.without:
            weight = weights[goal.id] if weights else rule_of(world, goal)[0]
            earned, full = earned + weight * points, full + weight
    added = [points for _, points in (*bonuses(world, body), *given_to(world, body))]
    return earned / full + sum(added, Fraction(0))


def scores_of(world: World, weights: dict[str, Fraction] | None = None) -> dict[str, Fraction]:
    """The scores of all that get a place."""
    return {body: own for body in world.bodies if (own := score(world, body, weights)) is not None}


def places(scores: dict[str, Fraction]) -> dict[str, int]:
    """Every body's place: one more than there are with a higher score."""
    return {body: 1 + sum(other > own for other in scores.values()) for body, own in scores.items()}


# --- how sure they are -----------------------------------------------------------------------------------------


def ends_of(goal: Goal, came: Given) -> Iterator[tuple[str, Reported]]:
    """The figure at either end of its rounding; the parts of a rate stand at opposite ends."""
    figure, (one, two) = came.figure, came.halves
    if figure.shape == "value" and not (goal.counted and one <= Fraction(1, 2)) and one:
        yield "rounding-low", replace(figure, first=figure.first - one)
        yield "rounding-high", replace(figure, first=figure.first + one)
    if figure.shape in ("ratio", "growth"):
        assert figure.second is not None
        for kind, sign in (("rounding-low", -1), ("rounding-high", 1)):
            first = figure.first + sign * one
            second = figure.second - sign * two if first >= 0 else figure.second + sign * two
            if figure.first >= 0 > first:
                # The numerator's own sign decides which denominator makes the quotient extreme.
                second = figure.second + sign * two
            if second > 0:
                yield kind, replace(figure, first=first, second=second)


def is_open(verdict: Judgement) -> bool:
    """Whether another figure could give another outcome: it was judged, or lacks a baseline or some members."""
    return verdict.outcome != "undecided" or verdict.reason == "no-baseline" or bool(verdict.missing)


def rounding_cases(world: World, season: Season) -> Iterator[tuple[CaseName, World]]:
    """Every figure that serves a verdict, at either end."""
    by_id = {goal.id: goal for goal in world.goals}
    for (name, body, member), came in season.figures.items():
        if body not in world.bodies or came.figure.fault:
            continue
        users = []
        for goal in world.goals:
            own = goal.id == name and (member in goal.promise.members or not goal.promise.members)
            if (own or goal.partner == name) and is_open(verdict_of(world, season, goal, body)):
                users.append(goal.id)
        for kind, end in ends_of(by_id[name], came) if users else ():
            other = replace(world, origin=world, ends={(season.label, (name, body, member)): end})
            yield (kind, users[0], body, name, member or None), other


def cases(world: World) -> Iterator[tuple[CaseName, World]]:
    """Everything that is taken otherwise, one thing at a time."""
    for goal in world.goals:
        yield ("weight-low", goal.id, None, None, None), replace(world, origin=world, factors={goal.id: Fraction(3, 4)})
        yield (
            ("weight-high", goal.id, None, None, None),
            replace(world, origin=world, factors={goal.id: Fraction(5, 4)}),
        )
        yield ("left-out", goal.id, None, None, None), replace(world, origin=world, without=goal.id)
    for season in world.counted:
        yield from rounding_cases(world, season)


@dataclass(frozen=True, slots=True)
class Brute:
    """What brute force finds."""

    places: dict[str, int]
    scores: dict[str, Fraction]
    ranges: dict[str, tuple[int, int]]
    mixed: set[frozenset[str]]
    flips: Counter[tuple[str, str, CaseName]]
    count: int


def rank(world: World) -> Brute:
    """The ranking with every case tried."""
    scores = scores_of(world)
    base = places(scores)
    reached = {body: {place} for body, place in base.items()}
    pairs = [(one, two) for one in base for two in base if one != two and base[one] <= base[two]]
    mixed = {frozenset(pair) for pair in pairs if base[pair[0]] == base[pair[1]]}
    levels = sorted(set(base.values()))
    flips: Counter[tuple[str, str, CaseName]] = Counter()
    count = 0
    for name, other in cases(world):
        count += 1
        then = places(scores_of(other))
        for body in set(then) & set(base):
            reached[body].add(then[body])
        for one, two in pairs:
            if one in then and two in then and base[one] < base[two] and then[two] <= then[one]:
                mixed.add(frozenset((one, two)))
                if levels.index(base[two]) == levels.index(base[one]) + 1:
                    flips[one, two, name] += 1
    ranges = {body: (min(found), max(found)) for body, found in reached.items()}
    return Brute(base, scores, ranges, mixed, flips, count)


def drawn(seed: int) -> Iterator[int]:
    """SplitMix64, and 75 and what is left of each number over 51; numbers beyond the last whole 51 are not used."""
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        one = ((state ^ (state // 2**30)) * 0xBF58476D1CE4E5B9) % 2**64
        two = ((one ^ (one // 2**27)) * 0x94D049BB133111EB) % 2**64
        number = two ^ (two // 2**31)
        if number < 2**64 // 51 * 51:
            yield 75 + number % 51


def vary(world: World, draws: int, seed: int) -> dict[str, Counter[int]]:
    """How often each body got each place with all weights drawn, a number for each goal in the plan's order."""
    numbers = drawn(seed)
    counts: dict[str, Counter[int]] = {body: Counter() for body in scores_of(world)}
    for _ in range(draws):
        weights = {goal.id: rule_of(world, goal)[0] * next(numbers) / 100 for goal in world.goals}
        for body, place in places(scores_of(world, weights)).items():
            counts[body][place] += 1
    return counts


def distinguished(world: World) -> tuple[set[str], set[str]]:
    """Who is commended and who is named; who would be both for its place is neither."""
    scheme, scores = world.scheme, scores_of(world)
    base = places(scores)
    line = Fraction(scheme["named_below"]) if "named_below" in scheme else None
    worst = {body for body in world.bodies if is_vetoed(world, body)}
    worst |= {body for body, own in scores.items() if line is not None and own < line}
    first = {body for body, place in base.items() if place <= int(scheme.get("commended", 0))}
    tail = sorted(base.values(), reverse=True)[: int(scheme.get("named", 0))]
    last = {body for body, place in base.items() if tail and place >= tail[-1]}
    return first - last - worst, (last - first) | worst
