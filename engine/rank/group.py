"""Groups of bodies, ranked: scores, places, how sure they are, and who is commended or named."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.ranking import Adjustment, RankedGroup, Standing, TargetScore
from engine.model.scoring import AdjustmentEntry, Scheme, Scoring
from engine.model.verdict import Verdict
from engine.rank.places import assign_places
from engine.rank.ranges import Alternative, Ranges, find_ranges
from engine.rank.scoring import FULL, Term
from engine.rank.table import ScoreTable, make_table
from engine.rank.variation import vary_weights


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everything that places follow from.

    `terms` are the periods that count: how much each weighs, and its verdicts; the last one is the period that is
    ranked. `alternatives` are what the rounding of figures leaves open, `previous` the period before. `whole_year`:
    what documents add and take in any period of the year counts, whether or not figures came in for it.
    """

    scoring: Scoring
    rules: tuple[str, ...]
    terms: tuple[tuple[Fraction, Period, Sequence[Verdict]], ...]
    alternatives: tuple[Alternative, ...]
    previous: tuple[Period, Sequence[Verdict]] | None
    adjustments: tuple[AdjustmentEntry, ...]
    whole_year: bool = False


def rank_groups(ranking: Ranking) -> tuple[RankedGroup, ...]:
    """Rank every group of which anybody was judged, in the order of the policy."""
    terms = [_term(share, period, verdicts) for share, period, verdicts in ranking.terms]
    entries = ranking.adjustments
    periods = {entry.period for entry in entries if entry.period.year == ranking.terms[-1][1].year}
    given = given_points(entries, periods if ranking.whole_year else {ranking.terms[-1][1]})
    past: tuple[Term, Mapping[str, tuple[Adjustment, ...]]] | None = None
    if ranking.previous:
        period, verdicts = ranking.previous
        past = _term(Fraction(1), period, verdicts), given_points(entries, {period})
    groups = []
    for scheme in ranking.scoring.schemes:
        table = make_table(scheme, terms, ranking.rules, given)
        if table.bodies:
            previous = assign_places(make_table(scheme, [past[0]], ranking.rules, past[1]).scores) if past else {}
            ranges = find_ranges(table, ranking.alternatives)
            groups.append(_rank_table(table, previous, ranges, ranking.scoring))
    return tuple(groups)


def _term(share: Fraction, period: Period, verdicts: Sequence[Verdict]) -> Term:
    by_rule: dict[str, dict[str, Verdict]] = {}
    for verdict in verdicts:
        if verdict.obligation.period == period:
            by_rule.setdefault(verdict.obligation.rule.id, {})[verdict.obligation.organization] = verdict
    return Term(share, period.is_year_end, by_rule)


def given_points(
    adjustments: Sequence[AdjustmentEntry], periods: Collection[Period]
) -> dict[str, tuple[Adjustment, ...]]:
    """What documents add and take in these periods, by body, in the order of their file."""
    given: dict[str, tuple[Adjustment, ...]] = {}
    for entry in adjustments:
        if entry.period in periods:
            for body in entry.reach:
                adjustment = Adjustment(entry.kind, entry.points, entry.reason, entry.document)
                given[body] = (*given.get(body, ()), adjustment)
    return given


def _rank_table(table: ScoreTable, previous: Mapping[str, int], ranges: Ranges, scoring: Scoring) -> RankedGroup:
    """The standings of a group, best first; who gets no place comes last."""
    scheme, places = table.scheme, assign_places(table.scores)
    unranked = [body for body in table.bodies if body not in places]
    standings = tuple(_standing(table, body, places, previous, ranges) for body in (*places, *unranked))
    commended, named = _distinguish(scheme, standings)
    return RankedGroup(
        name=scheme.name,
        method=scheme.method.name.value,
        document=scheme.document,
        illustrative=scheme.illustrative,
        standings=standings,
        flips=ranges.flips,
        variation=vary_weights(table, scoring.draws, scoring.seed) if scoring.draws and len(places) > 1 else None,
        commended=commended,
        named=named,
        cases=ranges.cases,
        rules=table.rules,
    )


def _standing(
    table: ScoreTable, body: str, places: Mapping[str, int], previous: Mapping[str, int], ranges: Ranges
) -> Standing:
    best, worst = ranges.reached.get(body, (None, None))
    return Standing(
        organization=body,
        place=places.get(body),
        score=table.score(body),
        previous_place=previous.get(body),
        best=best,
        worst=worst,
        not_separable=ranges.not_separable.get(body, ()),
        targets=tuple(
            TargetScore(
                points.verdict,
                table.scheme.weight(rule),
                points.points,
                FULL,
                points.place,
                points.why,
                table.scheme.method_of(rule).name.value,
                table.scheme.method_of(rule).document,
            )
            for rule in table.rules
            if (points := table.columns[rule].get(body)) is not None
        ),
        adjustments=(*table.bonus.get(body, ()), *table.given.get(body, ())),
        why=table.why_unranked(body),
    )


def _distinguish(scheme: Scheme, standings: Sequence[Standing]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is commended and who is named. Ties stand together.

    Below the line, or with a veto, a body is named whatever its place. Who stands both on a first and on a last place,
    because the group is small or many share a place, is neither commended nor named for it.
    """
    places = {standing.organization: standing.place for standing in standings if standing.place is not None}
    tail = list(places.values())[-scheme.named :] if scheme.named else []
    first = {body for body, place in places.items() if place <= scheme.commended}
    last = {body for body, place in places.items() if tail and place >= tail[0]}
    below = scheme.named_below
    worst = {
        standing.organization
        for standing in standings
        if _is_vetoed(standing) or (below is not None and standing.score is not None and standing.score < below)
    }
    bodies = [standing.organization for standing in standings]
    return (
        tuple(body for body in bodies if body in first - last - worst),
        tuple(body for body in bodies if body in (last - first) | worst),
    )


def _is_vetoed(standing: Standing) -> bool:
    return any(each.kind == "veto" for each in standing.adjustments)
