"""The year's end: what became of every promise of the plan (年度目標管理考核)."""

from collections.abc import Collection, Mapping, Sequence

from engine.model.ranking import ClauseStanding, Kept, PromiseStanding
from engine.model.target import Clause, Target
from engine.model.verdict import Outcome, Role, Verdict


def settle_clauses(clauses: Sequence[Clause], verdicts: Collection[Verdict]) -> tuple[ClauseStanding, ...]:
    """Every clause of the plan once, in its order, with all of its promises."""
    by_target: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        by_target.setdefault(verdict.obligation.rule.target, []).append(verdict)
    return tuple(_settle_clause(clause, by_target) for clause in clauses)


def _settle_clause(clause: Clause, by_target: Mapping[str, Sequence[Verdict]]) -> ClauseStanding:
    promises = tuple(_settle_target(target, by_target.get(target.id, ())) for target in clause.targets)
    if not promises:
        return ClauseStanding(clause.number, Kept.QUALITATIVE, ())
    found = {promise.kept for promise in promises}
    worst = next(kept for kept in (Kept.NOT_KEPT, Kept.UNDECIDED, Kept.KEPT) if kept in found)
    return ClauseStanding(clause.number, worst, promises)


def _settle_target(target: Target, verdicts: Sequence[Verdict]) -> PromiseStanding:
    """The promise is the city's: the lead's verdict says whether it is kept; where no lead is judged, all say it."""
    if target.year is not None:
        return PromiseStanding(target.id, Kept.UNDECIDED, "later-year", ())
    if not verdicts:
        return PromiseStanding(target.id, Kept.UNDECIDED, "not-judged", ())
    led = tuple(verdict for verdict in verdicts if verdict.obligation.role is Role.LEAD) or tuple(verdicts)
    outcomes = {verdict.outcome for verdict in led}
    if outcomes <= {Outcome.PASS}:
        return PromiseStanding(target.id, Kept.KEPT, None, led)
    if Outcome.FAIL in outcomes or Outcome.AT_RISK in outcomes:
        return PromiseStanding(target.id, Kept.NOT_KEPT, None, led)
    reasons = [verdict.reason.value for verdict in led if verdict.reason is not None]
    return PromiseStanding(target.id, Kept.UNDECIDED, reasons[0] if reasons else "missing", led)
