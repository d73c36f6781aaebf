"""An independent ranking: the words of "Scores and ranks" in plain fractions, worked out anew for every case.

It imports nothing of the engine. It knows two kinds of promise, totals and rates, judges them itself, and takes the
policy as it stands in YAML. Ranges are brute force: every case is the whole ranking once more, with one thing
otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Promise:
    """A rule of the random book. `exact`: things are counted, and a count has no rounding."""

    id: str
    kind: str  # total or rate
    ceiling: bool
    number: Fraction
    unit: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Year:
    """What is known: who is ranked, what was promised, which figures came in (as written), and the policy.

    `figures` is by (promise, body); what is absent is missing. `ends` puts figures at an end of their rounding,
    `factors` multiplies weights, `without` leaves a promise out.
    """

    share: Fraction
    bodies: tuple[str, ...]
    promises: tuple[Promise, ...]
    figures: dict[tuple[str, str], str]
    scheme: Json
    adjustments: tuple[Json, ...] = ()
    ends: dict[tuple[str, str], Fraction] = field(default_factory=dict)
    factors: dict[str, Fraction] = field(default_factory=dict)
    without: str | None = None


def number(year: Year, promise: Promise, body: str) -> Fraction | None:
    """The figure that counts."""
    if (promise.id, body) in year.ends:
        return year.ends[promise.id, body]
    written = year.figures.get((promise.id, body))
    return None if written is None else Fraction(written)


def gap(year: Year, promise: Promise, value: Fraction) -> Fraction:
    """How far ahead of what is due, in points."""
    if promise.kind == "total":
        return 100 * (value / promise.number - year.share)
    return promise.number - value if promise.ceiling else value - promise.number


def outcome(year: Year, promise: Promise, value: Fraction) -> str:
    """The verdict, with the bands of a book that states none: 10 points for totals, 1 for rates."""
    short = gap(year, promise, value)
    if short >= 0:
        return "pass"
    band = 10 if promise.kind == "total" else 1
    return "at-risk" if year.share < 1 and short >= -band else "fail"


def place_on(year: Year, promise: Promise, body: str) -> int:
    """The place on one promise: one more than there are better ones."""
    own = number(year, promise, body)
    assert own is not None
    others = [value for other in year.bodies if (value := number(year, promise, other)) is not None]
    return 1 + sum(gap(year, promise, value) > gap(year, promise, own) for value in others)


def rule_of(year: Year, promise: Promise) -> tuple[Fraction, Json]:
    """The weight and the method of a promise."""
    weight, method = Fraction(1), year.scheme["method"]
    for apart in year.scheme.get("targets", ()):
        if promise.id in apart["rules"]:
            weight, method = Fraction(apart.get("weight", "1")), apart.get("method", method)
    return weight * year.factors.get(promise.id, Fraction(1)), method


def points(year: Year, promise: Promise, body: str) -> Fraction | None:
    """What a promise gives a body; None where it is left out."""
    value = number(year, promise, body)
    if value is None:
        price = year.scheme["undecided"]["missing"]
        return None if price == "left-out" else Fraction(price)
    method = rule_of(year, promise)[1]
    passed = outcome(year, promise, value) == "pass"
    cap = Fraction(method.get("cap", "100"))
    match method["name"]:
        case "verdict":
            return Fraction(method["points"][outcome(year, promise, value)])
        case "all-or-nothing":
            return Fraction(100 if passed else 0)
        case "rank":
            return max(Fraction(0), 100 - Fraction(method["step"]) * (place_on(year, promise, body) - 1))
        case "linear":
            given = Fraction(method["base"]) + Fraction(method["per_point"]) * gap(year, promise, value)
            return min(cap, max(Fraction(0), given))
    due = promise.number * (year.share if promise.kind == "total" else 1)
    done = 100 * due / value if promise.ceiling else max(Fraction(0), 100 * value / due)
    return min(cap, max(done, Fraction(100)) if passed else done)


def bonus(year: Year, body: str) -> Fraction:
    """What first places add."""
    total = Fraction(0)
    by_id = {promise.id: promise for promise in year.promises}
    for each in year.scheme.get("bonus", ()):
        promise = by_id[each["rule"]]
        ranked = [other for other in year.bodies if number(year, promise, other) is not None]
        if each["rule"] == year.without or body not in ranked or len(ranked) < 2:
            continue
        place = place_on(year, promise, body)
        passes = True
        for name in each.get("only_if", ()):
            value = number(year, by_id[name], body)
            passes = passes and value is not None and outcome(year, by_id[name], value) == "pass"
        if place <= len(each["first"]) and passes:
            total += Fraction(each["first"][place - 1])
    return total


def score(year: Year, body: str) -> Fraction | None:
    """The score of a body; None where it gets no place."""
    own = [each for each in year.adjustments if body in each["reach"]]
    vetoed = any(each["kind"] == "veto" for each in own)
    if vetoed and year.scheme.get("veto", "unranked") == "unranked":
        return None
    earned = weights = Fraction(0)
    for promise in year.promises:
        given = points(year, promise, body)
        if promise.id != year.without and given is not None:
            weight = rule_of(year, promise)[0]
            earned, weights = earned + weight * given, weights + weight
    if not weights:
        return None
    if vetoed:
        return Fraction(0)
    signs = {"bonus": 1, "deduction": -1}
    given = sum((signs[each["kind"]] * Fraction(each["points"]) for each in own), Fraction(0))
    return earned / weights + bonus(year, body) + given


def places(year: Year) -> dict[str, int]:
    """Every body's place: one more than there are with a higher score."""
    scores = {body: own for body in year.bodies if (own := score(year, body)) is not None}
    return {body: 1 + sum(other > own for other in scores.values()) for body, own in scores.items()}


def cases(year: Year) -> Iterator[tuple[tuple[str, str, str | None], Year]]:
    """Everything that is taken otherwise, one thing at a time."""
    for promise in year.promises:
        yield ("weight-low", promise.id, None), replace(year, factors={promise.id: Fraction(3, 4)})
        yield ("weight-high", promise.id, None), replace(year, factors={promise.id: Fraction(5, 4)})
        yield ("left-out", promise.id, None), replace(year, without=promise.id)
        for body in year.bodies:
            written = year.figures.get((promise.id, body))
            if written is None or promise.exact:
                continue
            decimals = len(written.partition(".")[2])
            half = Fraction(1, 2 * 10**decimals)
            for kind, end in (("rounding-low", -half), ("rounding-high", half)):
                yield (kind, promise.id, body), replace(year, ends={(promise.id, body): Fraction(written) + end})


@dataclass(frozen=True, slots=True)
class Brute:
    """What brute force finds."""

    places: dict[str, int]
    scores: dict[str, Fraction]
    ranges: dict[str, tuple[int, int]]
    mixed: set[frozenset[str]]
    flips: set[tuple[str, str, tuple[str, str, str | None]]]
    count: int


def rank(year: Year) -> Brute:
    """The ranking with every case tried."""
    base = places(year)
    reached = {body: {place} for body, place in base.items()}
    pairs = [(one, two) for one in base for two in base if one != two and base[one] <= base[two]]
    mixed = {frozenset(pair) for pair in pairs if base[pair[0]] == base[pair[1]]}
    levels = sorted(set(base.values()))
    flips = set()
    count = 0
    for name, other in cases(year):
        count += 1
        then = places(other)
        for body, place in then.items():
            reached[body].add(place)
        for one, two in pairs:
            if one in then and two in then and base[one] < base[two] and then[two] <= then[one]:
                mixed.add(frozenset((one, two)))
                if levels.index(base[two]) == levels.index(base[one]) + 1:
                    flips.add((one, two, name))
    scores = {body: own for body in base if (own := score(year, body)) is not None}
    ranges = {body: (min(found), max(found)) for body, found in reached.items()}
    return Brute(base, scores, ranges, mixed, flips, count)
