"""One group's table of points, and how a body's score follows from its row."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from engine.model.noun import dataclass
from engine.model.ranking import Adjustment
from engine.model.scoring import Scheme, Veto
from engine.rank.scoring import Points, Term, award_bonus, score_rule

_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Points by rule and body; `earned` and `weights` are the sums of each body's row over what is set for it.

    `given` is what documents add or take, `bonus` what places earned. `bodies` are those with a verdict.
    """

    scheme: Scheme
    terms: tuple[Term, ...]
    rules: tuple[str, ...]
    bodies: tuple[str, ...]
    columns: Mapping[str, Mapping[str, Points]]
    earned: Mapping[str, Fraction]
    weights: Mapping[str, Fraction]
    bonus: Mapping[str, tuple[Adjustment, ...]]
    given: Mapping[str, tuple[Adjustment, ...]]

    def sums(self, body: str) -> tuple[Fraction, Fraction]:
        """What a body earned over what is set for it, by weight, and the weights of that."""
        return self.earned.get(body, _NOTHING), self.weights.get(body, _NOTHING)

    def score(self, body: str) -> Fraction | None:
        """The body's score; None where it gets no place, and then `why_unranked` says why."""
        if self.why_unranked(body):
            return None
        return self.close(body, self.earned[body] / self.weights[body], self.bonus.get(body, ()))

    def close(self, body: str, mean: Fraction, bonus: Sequence[Adjustment]) -> Fraction:
        """A mean of points with what is added and taken; nothing at all where a veto takes the points."""
        given = self.given.get(body, ())
        if any(each.kind == "veto" for each in given):
            return _NOTHING
        return mean + sum((each.points for each in (*bonus, *given)), _NOTHING)

    def why_unranked(self, body: str) -> str | None:
        """Why a body gets no place, as a code: vetoed, or nothing-scored."""
        vetoed = any(each.kind == "veto" for each in self.given.get(body, ()))
        if vetoed and self.scheme.veto is Veto.UNRANKED:
            return "vetoed"
        return None if self.weights.get(body) else "nothing-scored"

    @property
    def scores(self) -> dict[str, Fraction]:
        """The scores of all bodies that get a place, in the book's order."""
        scored = ((body, self.score(body)) for body in self.bodies)
        return {body: score for body, score in scored if score is not None}


def make_table(
    scheme: Scheme, terms: Sequence[Term], rules: Sequence[str], given: Mapping[str, tuple[Adjustment, ...]]
) -> ScoreTable:
    """Score every rule for every member of the group. `rules` are those of the book, in the plan's order."""
    columns = {rule: column for rule in rules if (column := score_rule(scheme, terms, rule))}
    earned: dict[str, Fraction] = {}
    weights: dict[str, Fraction] = {}
    for rule, column in columns.items():
        weight = scheme.weight(rule)
        for body, points in column.items():
            if points.points is not None:
                earned[body] = earned.get(body, _NOTHING) + weight * points.points
                weights[body] = weights.get(body, _NOTHING) + weight
    judged = {body for column in columns.values() for body in column}
    return ScoreTable(
        scheme=scheme,
        terms=tuple(terms),
        rules=tuple(columns),
        bodies=tuple(body for body in scheme.members if body in judged or body in given),
        columns=columns,
        earned=earned,
        weights=weights,
        bonus=award_bonus(scheme, columns),
        given=given,
    )
