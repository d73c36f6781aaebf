"""Who owes what for a period: every rule × every judged body, with its threshold and what is due."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from engine.model.book import Book
from engine.model.limit import Limit, LimitedObligation
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.quantity import Quantity
from engine.model.rule import Amendment, Rule
from engine.model.target import Clause, Kind
from engine.model.verdict import Obligation, Role
from engine.rules.compile import compile_limits


def list_obligations(book: Book, period: Period, as_of: date | None = None) -> list[Obligation]:
    """Every obligation of the period, in the order clause, target, organization.

    A plan promises for its own year: other years have none. `as_of` leaves out amendments that were dated
    later. Bodies that an allocation gives nothing are listed as
    `not-applicable`, what is not due yet as `not-due`. Each carries the waiver that excuses it.
    """
    if period.year != book.plan.year:
        return []
    rank = {name: place for place, name in enumerate(book.organizations)}
    listed: list[Obligation] = []
    for rule in book.rules:
        owed = list(_rule_obligations(book, rule, period, as_of))
        listed.extend(sorted(owed, key=lambda obligation: rank[obligation.organization]))
    if not book.waivers:
        return listed
    # Imported here: most books have no waivers, and their checks should not wait for them.
    from engine.rules.waived import excuse

    return excuse(book, listed, as_of)


def limit_obligations(
    book: Book, obligations: Iterable[Obligation], past: Sequence[Period], as_of: date | None = None
) -> list[LimitedObligation]:
    """The obligations with their compiled limits; those that share rule, period and number share the limits.

    `past` are the periods in which figures are known: lines that may not be crossed look back at those of
    the same year, each under the number that bound then.
    """
    known: dict[str, tuple[Limit, ...]] = {}
    again: dict[tuple[str, int, int], tuple[Quantity | None, tuple[Limit, ...]]] = {}

    def limits(obligation: Obligation, threshold: Quantity | None) -> tuple[Limit, ...]:
        # The same quantity of the same rule is asked for by body after body, and its fraction is slow to make.
        asked = obligation.rule.id, obligation.period.key, id(threshold)
        if asked not in again:
            base = threshold.base if threshold else None
            name = f"{obligation.rule.id}@{obligation.period.key}={'' if base is None else base}"
            if name not in known:
                known[name] = compile_limits(
                    obligation.rule, obligation.indicator, base, obligation.period, book.policy, name
                )
            # The quantity is kept beside, so that no other takes its place in memory.
            again[asked] = threshold, known[name]
        return again[asked][1]

    earlier: dict[tuple[str, str, int], Obligation] = {}
    limited = []
    for obligation in obligations:
        if not obligation.owed:
            limited.append(LimitedObligation(obligation, ()))
            continue
        history = []
        if obligation.rule.judging_kind is Kind.ALWAYS:
            for period in past:
                if period.year != obligation.period.year or period >= obligation.period:
                    continue
                key = (obligation.rule.id, obligation.organization, period.key)
                if key not in earlier:
                    for then in _rule_obligations(book, obligation.rule, period, as_of):
                        earlier[then.rule.id, then.organization, period.key] = then
                then = earlier[key]
                if then.owed:
                    history.append((period.key, limits(then, then.threshold)))
        original = limits(obligation, obligation.original) if obligation.original else ()
        own = limits(obligation, obligation.threshold)
        limited.append(LimitedObligation(obligation, own, original, tuple(history)))
    return limited


def amendments_of(book: Book, rule: Rule, organization: str, allotted: bool) -> Iterator[Amendment]:
    """The amendments that change the number of a body under a rule, oldest first.

    An amendment without reach changes the number of everybody who is held to the rule's own. Who is held to a
    quota, or has none in the table, is `allotted`: that changes only by an amendment that names the body.
    """
    for amendment in book.amendments:
        if amendment.target == rule.target:
            reached = organization in book.expand(amendment.reach) if amendment.reach else not allotted
            if reached:
                yield amendment


def bound_quantity(rule: Rule) -> Quantity | None:
    """The number of a rule that is due: for a range the lower bound, or with 控制在 the upper one."""
    return rule.upper if rule.bound == "upper" else rule.threshold


@dataclass(frozen=True, slots=True)
class Held:
    """A body that a rule judges, and by what: the rule's own number, or where it is `allotted` its quota.

    A body to which the table gives nothing is allotted without a quota.
    """

    organization: str
    role: Role
    reporters: tuple[str, ...]
    allotted: bool = False
    quota: Quantity | None = None

    def number(self, rule: Rule) -> Quantity | None:
        """The number before any amendment."""
        return self.quota if self.allotted else bound_quantity(rule)


def held_bodies(book: Book, rule: Rule) -> Iterator[Held]:
    """Every body that a rule judges, the lead first."""
    clause = book.clause(rule.clause)
    leads = leads_of(book, clause) if rule.judged.lead else ()
    for name in leads:
        yield Held(name, Role.LEAD, leads)
    for name in book.expand(rule.judged.same):
        if name not in leads:
            yield Held(name, Role.RESPONSIBLE, (name,))
    if rule.judged.quota:
        quotas = book.allocations[rule.judged.quota].quotas
        for name in _allotted(book, clause, quotas):
            if name not in leads:
                yield Held(name, Role.RESPONSIBLE, (name,), True, quotas.get(name))


def _rule_obligations(book: Book, rule: Rule, period: Period, as_of: date | None) -> Iterator[Obligation]:
    known_by = min(period.end, as_of) if as_of else period.end
    for held in held_bodies(book, rule):
        yield _obligation(book, rule, period, known_by, held)


def leads_of(book: Book, clause: Clause) -> tuple[str, ...]:
    """The lead, or, where the clause names none, the bodies that answer jointly in its place."""
    return book.expand(clause.lead or clause.responsible)


def _allotted(book: Book, clause: Clause, quotas: dict[str, Quantity]) -> list[str]:
    """The bodies a quota table speaks about: those it names, and the clause's others of the same tiers."""
    tiers = {book.organizations[name].tier for name in quotas}
    listed = [name for name in book.expand(clause.responsible) if book.organizations[name].tier in tiers]
    return [*listed, *(name for name in quotas if name not in listed)]


def _obligation(book: Book, rule: Rule, period: Period, known_by: date, held: Held) -> Obligation:
    name = held.organization
    original = held.number(rule)
    known = [each for each in amendments_of(book, rule, name, held.allotted) if each.date <= known_by]
    # The latest one binds: an older number never comes back because its entry was written later.
    amendment = known[-1] if known else None
    threshold = amendment.threshold if amendment else original
    # A number that came back to the first one has nothing to be shown beside it.
    moved = amendment is not None and original is not None and original.base != amendment.threshold.base
    status = "not-applicable" if held.allotted and threshold is None else _status(rule, threshold, period)
    return Obligation(
        organization=name,
        role=held.role,
        rule=rule,
        indicator=book.indicators[rule.indicator],
        period=period,
        threshold=threshold,
        status=status,
        due_stage=_due_stage(rule, period),
        partner=book.indicators[rule.partner] if rule.partner else None,
        reporters=(name, *(other for other in held.reporters if other != name)),
        original=original if moved else None,
        amendment=amendment,
    )


def _status(rule: Rule, threshold: Quantity | None, period: Period) -> str:
    if rule.due_in and period.key not in rule.due_in:
        return "not-due"
    if rule.judging_kind is Kind.MILESTONE:
        return "due" if period.is_year_end or rule.stages[0].due <= period.end else "not-due"
    if threshold is None and rule.judging_kind is not Kind.RELATIVE:
        return "awaiting-target"
    return "due"


def _due_stage(rule: Rule, period: Period) -> str | None:
    if rule.judging_kind is not Kind.MILESTONE:
        return None
    planned = [stage.name for stage in rule.stages if stage.due <= period.end]
    if period.is_year_end:
        return rule.stages[-1].name
    return planned[-1] if planned else None
