"""How sure a place is: every case in which one thing is taken otherwise, enumerated, none sampled."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise, product

from engine.model.noun import dataclass
from engine.model.ranking import Adjustment, Case, Flip
from engine.model.verdict import Verdict
from engine.rank.places import assign_places, list_levels
from engine.rank.scoring import Points, Term, award_bonus, score_rule
from engine.rank.table import ScoreTable

_FACTORS = (("weight-low", Fraction(3, 4)), ("weight-high", Fraction(5, 4)), ("left-out", Fraction(0)))


@dataclass(frozen=True, slots=True)
class Alternative:
    """The verdicts that would be other ones if a figure stood at an end of its rounding, by rule and body.

    `term` is the place of the period in which the figure came in.
    """

    case: Case
    term: int
    verdicts: Mapping[tuple[str, str], Verdict]


@dataclass(frozen=True, slots=True)
class Ranges:
    """The places that each body reaches, whom it cannot be told from, and in which cases neighbours swap."""

    reached: Mapping[str, tuple[int, int]]
    not_separable: Mapping[str, tuple[str, ...]]
    flips: tuple[Flip, ...]
    cases: int


def find_ranges(table: ScoreTable, alternatives: Iterable[Alternative]) -> Ranges:
    """Try all cases. A body for which nothing is left in a case has no place in it, and the others go without it."""
    tally = _Tally(table.scores)
    count = 0
    for case, changed in (*_weight_cases(table), *_rounding_cases(table, alternatives)):
        count += 1
        if changed:
            tally.add(case, changed)
    return tally.ranges(count)


def _weight_cases(table: ScoreTable) -> Iterator[tuple[Case, dict[str, Fraction | None]]]:
    """Each weight × 3/4 and × 5/4, and each target left out together with the bonus that it earned."""
    for rule in table.rules:
        weight = table.scheme.weight(rule)
        without = award_bonus(table.scheme, table.columns, rule)
        for kind, factor in _FACTORS:
            changed: dict[str, Fraction | None] = {}
            bonuses = without if kind == "left-out" else table.bonus
            for body, points in table.columns[rule].items():
                if points.points is None or table.why_unranked(body):
                    continue
                more = (factor - 1) * weight
                full = table.weights[body] + more
                mean = (table.earned[body] + more * points.points) / full if full else None
                changed[body] = None if mean is None else table.close(body, mean, bonuses.get(body, ()))
            yield Case(kind, rule), changed


def _rounding_cases(
    table: ScoreTable, alternatives: Iterable[Alternative]
) -> Iterator[tuple[Case, dict[str, Fraction | None]]]:
    """Each figure at either end of its rounding, with everything that follows from it on all rules it serves."""
    for alternative in alternatives:
        rules = dict.fromkeys(rule for rule, body in alternative.verdicts if body in table.columns.get(rule, {}))
        if rules:
            yield alternative.case, _rescored(table, alternative, tuple(rules))


def _rescored(table: ScoreTable, alternative: Alternative, rules: Sequence[str]) -> dict[str, Fraction | None]:
    """The scores that differ once the verdicts of an alternative take the place of those that are."""
    scheme = table.scheme
    rewarded = {rule for bonus in scheme.bonus for rule in (bonus.rule, *bonus.only_if)}.intersection(rules)
    columns: dict[str, Mapping[str, Points]] = {}
    sums: dict[str, tuple[Fraction, Fraction]] = {}
    for rule in rules:
        own = {body: verdict for (name, body), verdict in alternative.verdicts.items() if name == rule}
        # Where no place counts, a body's points follow from its own figure, and nobody else's change.
        alone = not scheme.method_of(rule).compares and rule not in rewarded
        column = score_rule(scheme, [*_terms_with(table, alternative.term, rule, own, alone)], rule)
        if not alone:
            columns[rule] = column
        weight = scheme.weight(rule)
        for body, points in column.items():
            before = table.columns[rule][body].points
            if points.points != before:
                earned, full = sums.get(body, table.sums(body))
                # A figure at its end may be left out where it was counted, or the other way round.
                full += weight * ((points.points is not None) - (before is not None))
                sums[body] = (earned + weight * ((points.points or 0) - (before or 0)), full)
    bonus = award_bonus(scheme, {**table.columns, **columns}) if rewarded else table.bonus
    for body in _differing(table.bonus, bonus) if rewarded else ():
        sums.setdefault(body, table.sums(body))
    return {
        body: table.close(body, earned / full, bonus.get(body, ())) if full else None
        for body, (earned, full) in sums.items()
        if table.why_unranked(body) != "vetoed"
    }


def _terms_with(table: ScoreTable, place: int, rule: str, own: Mapping[str, Verdict], alone: bool) -> Iterator[Term]:
    """The verdicts on one rule in all terms, in one of them with those of `own`; `alone`, of no other body."""
    for each, term in enumerate(table.terms):
        known = term.verdicts.get(rule, {})
        if alone:
            known = {body: known[body] for body in own if body in known}
        if each == place:
            known = {**known, **{body: verdict for body, verdict in own.items() if body in known}}
        yield Term(term.share, term.year_end, {rule: known})


def _differing(one: Mapping[str, tuple[Adjustment, ...]], other: Mapping[str, tuple[Adjustment, ...]]) -> list[str]:
    return [body for body in sorted({*one, *other}) if one.get(body) != other.get(body)]


class _Tally:
    """Best and worst place of every body over all cases, and which pairs did not keep their order."""

    def __init__(self, scores: Mapping[str, Fraction]) -> None:
        self._scores = scores
        self._places = assign_places(scores)
        self._best = dict(self._places)
        self._worst = dict(self._places)
        self._order = list(self._places)
        # Ascending, for bisection: most cases move one body, and only those between its two scores with it.
        self._rising = self._order[::-1]
        self._heights = [scores[body] for body in self._rising]
        levels = list_levels(self._places)
        self._mixed: set[frozenset[str]] = {frozenset(pair) for level in levels for pair in combinations(level, 2)}
        self._neighbours = [pair for one, two in pairwise(levels) for pair in product(one, two)]
        self._flips: list[Flip] = []

    def add(self, case: Case, changed: Mapping[str, Fraction | None]) -> None:
        """Take the places of a case, of which only the scores that differ are given."""
        if len(changed) == 1:
            ((body, score),) = changed.items()
            if score is not None and body in self._scores:
                self._add_one(case, body, score)
                return
        # A body without a place may get one in a case; it then stands before others, and has no range all the same.
        scores = {body: score for body, score in {**self._scores, **changed}.items() if score is not None}
        places = assign_places(scores)
        for body in self._order:
            if body in places:
                self._reach(body, places[body])
        placed = [body for body in self._order if body in places]
        for position, ahead in enumerate(placed):
            own = places[ahead]
            for behind in placed[position + 1 :]:
                if places[behind] <= own and self._places[ahead] < self._places[behind]:
                    self._mixed.add(frozenset((ahead, behind)))
        for ahead, behind in self._neighbours:
            if ahead in places and behind in places and places[behind] <= places[ahead]:
                self._flips.append(Flip(ahead, behind, case))

    def _add_one(self, case: Case, body: str, score: Fraction) -> None:
        old = self._scores[body]
        if score == old:
            return
        others_above = len(self._heights) - bisect_right(self._heights, score) - (old > score)
        self._reach(body, others_above + 1)
        if score > old:
            # Passed: those above the old score and no higher than the new one; those strictly below it fall back.
            passed = self._rising[bisect_right(self._heights, old) : bisect_right(self._heights, score)]
            beaten = self._rising[bisect_left(self._heights, old) : bisect_left(self._heights, score)]
            step = 1
        else:
            passed = self._rising[bisect_left(self._heights, score) : bisect_left(self._heights, old)]
            beaten = self._rising[bisect_left(self._heights, score) : bisect_left(self._heights, old)]
            step = -1
        for other in beaten:
            if other != body:
                self._reach(other, self._places[other] + step)
        pairs = {frozenset((body, other)) for other in passed}
        self._mixed |= pairs
        for ahead, behind in self._neighbours:
            if frozenset((ahead, behind)) in pairs:
                self._flips.append(Flip(ahead, behind, case))

    def _reach(self, body: str, place: int) -> None:
        self._best[body] = min(self._best[body], place)
        self._worst[body] = max(self._worst[body], place)

    def ranges(self, count: int) -> Ranges:
        """What all cases together say."""
        mixed: dict[str, tuple[str, ...]] = {
            body: tuple(other for other in self._order if other != body and frozenset((body, other)) in self._mixed)
            for body in self._order
        }
        reached = {body: (self._best[body], self._worst[body]) for body in self._order}
        order = {pair: place for place, pair in enumerate(self._neighbours)}
        flips = sorted(self._flips, key=lambda flip: order[flip.ahead, flip.behind])
        return Ranges(reached, mixed, tuple(flips), count)
