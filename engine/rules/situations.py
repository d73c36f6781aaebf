"""The situations of a rule beyond its edges, and which of them a worked case tries.

They follow from the rule: which bodies it judges and by which number, in which forms its figures come, what its
kind decides by a law of its own (a level without a baseline, a line that was crossed before), and when what is due
changes by a date.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction

from engine.model.book import Book
from engine.model.case import Case, EdgePosition, Situation
from engine.model.figure import Form
from engine.model.limit import LimitedObligation
from engine.model.period import Period
from engine.model.rule import Rule
from engine.model.target import Kind
from engine.model.verdict import Obligation, Reason, Role, Verdict
from engine.rules.edges import AT, OVER, on_quota
from engine.rules.obligations import list_obligations

#: Notes of a verdict that are situations of the rule, by their beginning.
_NOTES = {
    "can-fall-back": "can-fall-back",
    "nothing-eligible": "nothing-eligible",
    "breached-in:": "breached-in",
    "partner-missing:": "partner-missing",
}

#: Reasons of `undecided` that are situations of the rule.
_REASONS = {Reason.NO_BASELINE: "no-baseline", Reason.AWAITING_TARGET: "awaiting-target"}


def list_situations(book: Book, rule: Rule, edges: Collection[EdgePosition]) -> list[Situation]:
    """Every situation that the rule can get into; `edges` are the positions at its edges."""
    found = [
        *_of_bodies(book, rule),
        *_of_forms(book, rule),
        *_of_kind(rule),
        *_of_dates(book, rule),
    ]
    if rule.judging_kind in (Kind.RATE, Kind.RELATIVE):
        found += [("depends-on-rounding", f"{edge.phase} {edge.edge}") for edge in edges if edge.position == AT]
    return [Situation(rule.id, name, of) for name, of in dict.fromkeys(found)]


def tried_situations(
    case: Case, limited: LimitedObligation, verdict: Verdict, step: Fraction, edges: Collection[EdgePosition]
) -> tuple[Situation, ...]:
    """The situations in which this case puts its rule; `edges` are the positions at which its figure stands.

    Units: `step` in base units, what the last written digit of the figure is worth.
    """
    obligation = case.obligation
    found = [*_tried_bodies(obligation, verdict, edges), *_tried_forms(case, verdict, edges)]
    found += _tried_kind(limited, verdict)
    if verdict.reason in _REASONS:
        found.append((_REASONS[verdict.reason], ""))
    found += [(name, "") for note in verdict.notes for begins, name in _NOTES.items() if note.startswith(begins)]
    if "depends-on-rounding" in verdict.notes:
        found += [("depends-on-rounding", f"{edge.phase} {edge.edge}") for edge in edges if edge.position == AT]
    shown = verdict.reason in (Reason.NOT_DUE, Reason.AWAITING_TARGET) or _shows_number(limited, step, edges)
    found += _tried_dates(obligation, verdict, shown)
    return tuple(Situation(obligation.rule.id, name, of) for name, of in dict.fromkeys(found))


# --- who is judged ---------------------------------------------------------------------------------------------


def _of_bodies(book: Book, rule: Rule) -> Iterator[tuple[str, str]]:
    """The lead beside others, and each of the others by its name: none of them can be dropped unseen."""
    if not (rule.judged.same or rule.judged.quota):
        return
    year_end = Period(book.plan.year, 12, f"{book.plan.year}Q4")
    for obligation in list_obligations(_only(book, rule), year_end):
        if obligation.status == "not-applicable":
            yield "not-applicable", obligation.organization
        elif obligation.role is Role.LEAD:
            yield "lead", ""
        else:
            yield "quota" if on_quota(obligation) else "body", obligation.organization


def _only(book: Book, rule: Rule) -> Book:
    return replace(book, rules=(rule,))


def _tried_bodies(
    obligation: Obligation, verdict: Verdict, edges: Collection[EdgePosition]
) -> Iterator[tuple[str, str]]:
    if verdict.reason is Reason.NOT_APPLICABLE:
        yield "not-applicable", obligation.organization
    if not edges:
        return
    if obligation.role is Role.LEAD:
        yield "lead", ""
    elif not on_quota(obligation):
        yield "body", obligation.organization
    elif any(edge.position == AT for edge in edges):
        # Only a figure at an edge shows the whole number of a quota.
        yield "quota", obligation.organization


# --- in which forms its figures come ---------------------------------------------------------------------------


def _of_forms(book: Book, rule: Rule) -> Iterator[tuple[str, str]]:
    indicator = book.indicators[rule.indicator]
    # A growth or ratio in another unit of measure than a share is no quotient that could be compared.
    if indicator.parts and not rule.partner and (indicator.parts.form == "sum" or indicator.unit.dimension == "share"):
        yield "parts", ""
    if indicator.measure:
        yield "measure", indicator.measure
    if rule.members:
        yield "members", ""
        yield "member-missing", ""


def _tried_forms(case: Case, verdict: Verdict, edges: Collection[EdgePosition]) -> Iterator[tuple[str, str]]:
    rule, indicator, period = case.obligation.rule, case.obligation.indicator, case.obligation.period
    entries = [
        entry for entry in case.entries if entry.period and Period.parse(entry.period.text) == period
        and entry.indicator.text == indicator.id
    ]  # fmt: skip
    decided = verdict.gap is not None
    quotient = verdict.figure is not None and verdict.figure.form is Form.PARTS
    # A quotient shows at the edge only that it was not rounded.
    shows = decided and (not quotient or any(edge.position == AT for edge in edges))
    if indicator.parts and shows and any(set(indicator.parts.names) & set(entry.parts) for entry in entries):
        yield "parts", ""
    if indicator.measure and decided and any(entry.measure for entry in entries):
        yield "measure", indicator.measure
    if rule.members:
        named = {entry.member.text for entry in entries if entry.member}
        places = {entry.member.source for entry in entries if entry.member}
        if decided and named == set(rule.members) and len(places) == len(named):
            yield "members", ""
        if verdict.missing_members:
            yield "member-missing", ""


# --- what its kind decides in its own way ----------------------------------------------------------------------


def _of_kind(rule: Rule) -> Iterator[tuple[str, str]]:
    kind, during = rule.judging_kind, not rule.annual
    if kind is Kind.LEVEL:
        yield "baseline-met", ""
    if kind is Kind.LEVEL and during:
        yield "no-baseline", ""
    if kind is Kind.TOTAL and rule.net:
        yield "below-zero", ""
    # Under a ceiling nothing is completed before the year is over.
    if during and (kind is Kind.LEVEL or (rule.net and kind is Kind.TOTAL and rule.direction.sign > 0)):
        yield "can-fall-back", ""
    if kind is Kind.COVERAGE:
        yield "nothing-eligible", ""
    if kind is Kind.ALWAYS and during:
        yield "breached-in", ""
    if kind is Kind.RELATIVE:
        yield "partner-missing", ""


def _tried_kind(limited: LimitedObligation, verdict: Verdict) -> Iterator[tuple[str, str]]:
    figure, kind = verdict.figure, limited.obligation.rule.judging_kind
    if figure is None or figure.x is None or verdict.gap is None:
        return
    meets = limited.limits[0].meets
    if kind is Kind.LEVEL and figure.y is not None and meets is not None and meets.holds(figure.y, Fraction(0)):
        yield "baseline-met", ""
    if kind is Kind.TOTAL and figure.x < 0:
        yield "below-zero", ""


# --- when what is due changes ----------------------------------------------------------------------------------


def _of_dates(book: Book, rule: Rule) -> Iterator[tuple[str, str]]:
    """For every step of a pace, stages or amendment the first period after it and the last one before."""
    year, waits = book.plan.year, False
    for month in (3, 6, 9, 12):
        period = Period.ending(year, month)
        waits = waits or any(owed.status == "awaiting-target" for owed in list_obligations(_only(book, rule), period))
        if rule.due_in and period.key not in rule.due_in:
            yield "not-due", period.label
    if waits:
        yield "awaiting-target", ""
    if rule.due_in:
        return
    days = [day for day, _ in rule.pace] + [stage.due for stage in rule.stages]
    steps = [(day, "") for day in days]
    for amendment in book.amendments:
        if amendment.target == rule.target:
            steps += [(amendment.date, body) for body in book.expand(amendment.reach) or ("",)]
    for day, body in sorted(steps):
        if day.year == year:
            yield "from", f"{Period.ending(year, day.month).label} {body}".rstrip()
            if day.month > 1:
                yield "until", f"{Period.ending(year, day.month - 1).label} {body}".rstrip()


def _tried_dates(obligation: Obligation, verdict: Verdict, shown: bool) -> Iterator[tuple[str, str]]:
    """A number that changes by a date is shown by a figure at the edge, or by what is not due or not set yet."""
    label = Period.ending(obligation.period.year, obligation.period.month).label
    if verdict.reason is Reason.NOT_DUE:
        yield "not-due", label
    if shown:
        for name in ("from", "until"):
            yield name, label
            yield name, f"{label} {obligation.organization}"


def _shows_number(limited: LimitedObligation, step: Fraction, edges: Collection[EdgePosition]) -> bool:
    """Whether the figure stands at the edge of `pass`, or next to it where no figure of its digits meets it."""
    standing = {edge.position for edge in edges if edge.edge == "pass"}
    if AT in standing or OVER not in standing:
        return AT in standing
    edge = limited.limits[0].passing
    return edge.p == 0 and (Fraction(edge.c, edge.q) / step).denominator != 1
