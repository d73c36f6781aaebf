"""All weights varied together: sampled, because there is no end of them, and said to be so."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from engine.model.ranking import Variation
from engine.rank.places import assign_places
from engine.rank.table import ScoreTable

#: Every weight is drawn from these hundredths of itself, each as likely as the other.
LOWEST, HIGHEST = 75, 125

_MASK = 2**64 - 1


def vary_weights(table: ScoreTable, draws: int, seed: int) -> Variation:
    """How often each body reached each place when all weights were drawn from 75 to 125 % of themselves.

    Only whole numbers are drawn, one for each rule in the plan's order, so the same seed gives the same draws
    everywhere.
    """
    drawn_hundredths = draw_hundredths(seed)
    scale = lcm(*(table.scheme.weight(rule).denominator for rule in table.rules), 1)
    weights = [int(table.scheme.weight(rule) * scale) for rule in table.rules]
    bodies = [body for body in table.bodies if table.score(body) is not None]
    rows = {body: _whole_row(table, body) for body in bodies}
    places: dict[str, Counter[int]] = {body: Counter() for body in bodies}
    for _ in range(draws):
        drawn = [weight * next(drawn_hundredths) for weight in weights]
        scores = {}
        for body, (unit, row) in rows.items():
            full = unit * sum(drawn[place] for place, _ in row)
            mean = Fraction(sum(drawn[place] * points for place, points in row), full)
            scores[body] = table.close(body, mean, table.bonus.get(body, ()))
        for body, place in assign_places(scores).items():
            places[body][place] += 1
    return Variation(draws, seed, {body: dict(sorted(counts.items())) for body, counts in places.items()})


def draw_hundredths(seed: int) -> Iterator[int]:
    """Whole numbers from 75 to 125, without end.

    Source: SplitMix64 (Steele, Lea and Flood 2014); a draw that would favour some numbers is drawn again.
    """
    spread = HIGHEST - LOWEST + 1
    fair = _MASK + 1 - (_MASK + 1) % spread
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & _MASK
        mixed = state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        mixed ^= mixed >> 31
        if mixed < fair:
            yield LOWEST + mixed % spread


def _whole_row(table: ScoreTable, body: str) -> tuple[int, list[tuple[int, int]]]:
    """A body's points as whole numbers of 1/unit, each with the place of its rule: adding those is quick."""
    row = [
        (place, points.points)
        for place, rule in enumerate(table.rules)
        if (points := table.columns[rule].get(body)) is not None and points.points is not None
    ]
    unit = lcm(*(points.denominator for _, points in row), 1)
    return unit, [(place, int(points * unit)) for place, points in row]
