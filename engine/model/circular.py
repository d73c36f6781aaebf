"""A ranked circular: everything that it says of a period, before it is put into words."""

from collections.abc import Sequence
from datetime import date

from engine.model.derivation import Derivation
from engine.model.notice import ItemStanding
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.ranking import RankResult
from engine.model.result import CheckResult
from engine.model.rule import Policy
from engine.model.target import Clause
from engine.model.verdict import Outcome, Role, Verdict


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A quantitative target of the plan with all its verdicts of the period, the lead's before the others'."""

    clause: Clause
    quote: str
    verdicts: tuple[Verdict, ...]

    @property
    def main(self) -> Verdict:
        """The verdict on the promise itself: the lead's, or the first where no lead is judged."""
        return self.verdicts[0]


@dataclass(frozen=True, slots=True)
class Circular:
    """What was judged in a period, who is where in the ranking, and where every item of the notices stands.

    `number` and `day` are empty in a draft. `reply_by` is the day for replies, `next_due` that for the figures of
    the period after this one; None where nothing says it. `follow_up` is as of `asked`. `ranks` is None where the
    policy has no scoring. `derivations` tell of every verdict of the result how it came about, in the same order.
    """

    result: CheckResult
    period: Period
    targets: tuple[TargetStanding, ...]
    ranks: RankResult | None
    follow_up: tuple[ItemStanding, ...]
    asked: date | None
    policy: Policy
    issuer: str
    plan_digest: str | None
    number: str = ""
    day: date | None = None
    as_of: date | None = None
    reply_by: date | None = None
    next_period: Period | None = None
    next_due: date | None = None
    derivations: tuple[Derivation, ...] = ()

    @property
    def office(self) -> str:
        """Who signs: the office of the policy, or the plan's issuer."""
        return self.policy.notices.office or self.issuer

    @property
    def lagging(self) -> tuple[Verdict, ...]:
        """What is not on pace, what failed before what is at risk, each in the plan's order."""
        return tuple(
            verdict
            for outcome in (Outcome.FAIL, Outcome.AT_RISK)
            for verdict in self.result.verdicts
            if verdict.outcome is outcome
        )

    @property
    def missing(self) -> tuple[Verdict, ...]:
        """What was due and cannot be judged for want of a usable figure."""
        return tuple(verdict for verdict in self.result.verdicts if verdict.obligation.owed and verdict.reason)


def stand_targets(clauses: Sequence[Clause], verdicts: Sequence[Verdict]) -> tuple[TargetStanding, ...]:
    """Every target of the plan that somebody was judged on, in the plan's order."""
    by_target: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        by_target.setdefault(verdict.obligation.rule.target, []).append(verdict)
    return tuple(
        TargetStanding(
            clause,
            target.quote,
            tuple(sorted(by_target[target.id], key=lambda verdict: verdict.obligation.role is not Role.LEAD)),
        )
        for clause in clauses
        for target in clause.targets
        if target.id in by_target
    )
