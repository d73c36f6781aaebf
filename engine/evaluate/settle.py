"""The engine's rows → verdicts with their evidence, in the target's unit of measure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import cast

from engine.evaluate.operands import Operands
from engine.model.figure import Figure, FigureKey, Form
from engine.model.limit import LimitedObligation
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.quantity import Quantity
from engine.model.target import Kind
from engine.model.verdict import Obligation, Outcome, Reason, Verdict

#: How the members of an `each` weigh: one that fails decides, then one that is missing, then the worst.
_MEMBER_ORDER = (Outcome.FAIL, Outcome.UNDECIDED, Outcome.AT_RISK, Outcome.PASS)
_PROGRESS_ORDER = ("behind", "on-pace", "ahead", "completed")


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One row as the engine returned it, with exact numbers."""

    obligation: int
    form: str | None
    outcome: Outcome
    reason: Reason | None
    progress: str | None
    gap: Fraction | None
    depends: bool
    nothing_eligible: bool
    breached_in: int | None


def read_row(row: tuple[object, ...]) -> VerdictRow:
    """Name the columns of one returned row; the gap's quotient becomes one exact fraction."""
    number, _, form, outcome, reason, progress, numerator, denominator, depends, nothing, breached = row
    gap = None
    if numerator is not None and denominator:
        gap = Fraction(cast("Decimal", numerator)) / Fraction(cast("Decimal", denominator))
    return VerdictRow(
        obligation=cast("int", number),
        form=cast("str | None", form),
        outcome=Outcome(cast("str", outcome)),
        reason=Reason(cast("str", reason)) if reason else None,
        progress=cast("str | None", progress),
        gap=gap,
        depends=bool(depends),
        nothing_eligible=bool(nothing),
        breached_in=cast("int | None", breached),
    )


def settle(
    limited: Sequence[LimitedObligation],
    operands: Operands,
    rows: Sequence[VerdictRow],
    figures: Mapping[FigureKey, Figure],
) -> list[Verdict]:
    """One verdict per obligation, in the obligations' order.

    Obligations that were not put to the engine are undecided for the reason that is their status.
    """
    inside: dict[int, list[Verdict]] = {}
    under_original: dict[tuple[int, str], Verdict] = {}
    for row in rows:
        place, member, original = operands.owners[row.obligation]
        verdict = _single(limited[place], row, operands.used.get(row.obligation), member, original, figures)
        if original:
            under_original[place, member] = verdict
        else:
            inside.setdefault(place, []).append(verdict)
    verdicts = []
    for place, item in enumerate(limited):
        members = inside.get(place)
        if members is None:
            verdicts.append(_not_judged(item.obligation, figures))
        elif item.obligation.rule.members:
            names = item.obligation.rule.members
            before = [under_original[place, name] for name in names if (place, name) in under_original]
            unamended = _worst_member(item.obligation, before) if before else None
            verdicts.append(_with_original(_worst_member(item.obligation, members), unamended))
        else:
            verdicts.append(_with_original(members[0], under_original.get((place, ""))))
    return verdicts


def _not_judged(obligation: Obligation, figures: Mapping[FigureKey, Figure]) -> Verdict:
    """The verdict of what is not due; a figure that came in all the same stays visible."""
    reason = Reason(obligation.status)
    keys = [
        (name, obligation.indicator.id, obligation.period.key, member)
        for name in obligation.reporters
        for member in obligation.rule.members or ("",)
    ]
    given = [figures[key] for key in keys if key in figures]
    submitted = "；".join(f"{figure.member} {figure.submitted}".strip() for figure in given) or None
    return Verdict(
        obligation=obligation, outcome=Outcome.UNDECIDED, reason=reason, progress=None, actual=None, due=None,
        remaining=None, gap=None, gap_unit=None, unit=_unit(obligation), submitted=submitted,
        figure=given[0] if given else None,
    )  # fmt: skip


def _unit(obligation: Obligation) -> str | None:
    """The target's unit of measure; a coverage is a share, a milestone counts stages."""
    kind = obligation.rule.judging_kind
    if kind is Kind.MILESTONE:
        return "stage"
    bound = obligation.threshold or obligation.rule.threshold
    return bound.unit.symbol if bound else obligation.indicator.unit.symbol


def _step(obligation: Obligation) -> Fraction:
    """One of the target's unit of measure in base units."""
    if obligation.rule.judging_kind is Kind.MILESTONE:
        return Fraction(1)
    bound = obligation.threshold or obligation.rule.threshold
    return Fraction((bound or obligation.indicator).unit.factor)


def _single(
    item: LimitedObligation,
    row: VerdictRow,
    figure: Figure | None,
    member: str,
    original: bool,
    figures: Mapping[FigureKey, Figure],
) -> Verdict:
    obligation = item.obligation
    limits = item.original if original else item.limits
    limit = next((limit for limit in limits if limit.form == row.form), None)
    step = _step(obligation)
    actual = due = remaining = None
    usable = figure is not None and figure.fault is None and row.reason is not Reason.UNUSABLE and limit is not None
    # What is due is known without a figure, too, where it depends on nothing that comes with one.
    known = limit or limits[0]
    if known.due_p == 0:
        due = known.due_c / step
    if usable and figure is not None and limit is not None:
        second = _second(obligation, figure, figures)
        actual = _actual(obligation, figure, step)
        if second is not None and limit.due_p != 0:
            due = (limit.due_p * second + limit.due_c) / step
        threshold = obligation.original if original else obligation.threshold
        remaining = _remaining(obligation, threshold, actual, step)
    return Verdict(
        obligation=obligation,
        outcome=row.outcome,
        reason=row.reason,
        progress=row.progress,
        actual=actual,
        due=due,
        remaining=remaining,
        gap=row.gap,
        gap_unit=limit.gap_unit if limit and row.gap is not None else None,
        unit=_unit(obligation),
        submitted=(figure.submitted or None) if figure else None,
        figure=figure,
        missing_members=(member,) if row.reason is Reason.MISSING and member else (),
        notes=_notes(obligation, row, figure, figures),
        baseline=figure.y / step if figure and figure.form is Form.VALUE and figure.y is not None else None,
    )


def _second(obligation: Obligation, figure: Figure, figures: Mapping[FigureKey, Figure]) -> Fraction | None:
    """The second operand as the engine took it: baseline, denominator, eligible, or the partner's figure."""
    if not obligation.rule.partner:
        return figure.y
    partner = figures.get((figure.organization, obligation.rule.partner, figure.period.key, ""))
    return partner.x if partner else None


def _actual(obligation: Obligation, figure: Figure, step: Fraction) -> Fraction | None:
    """The figure in the target's unit of measure; for parts their quotient, as an exact share."""
    if figure.x is None:
        return None
    if figure.form is Form.COUNTED or figure.form is Form.PARTS:
        if not figure.y:
            return None
        quotient = figure.x / figure.y
        parts = obligation.indicator.parts
        if figure.form is Form.PARTS and parts and parts.form == "growth":
            quotient -= 1
        return quotient * 1000 / step
    return figure.x / step


def _remaining(
    obligation: Obligation, threshold: Quantity | None, actual: Fraction | None, step: Fraction
) -> Fraction | None:
    """What is still to be done in the year; None where nothing adds up over the year or it is a ceiling."""
    rule = obligation.rule
    if actual is None or not rule.paced:
        return None
    if rule.judging_kind is Kind.MILESTONE:
        return Fraction(len(rule.stages)) - actual
    if threshold is None or (rule.direction.sign < 0 and rule.judging_kind is not Kind.LEVEL):
        return None
    left = rule.direction.sign * (threshold.base / step - actual)
    return max(left, Fraction(0))


def _notes(
    obligation: Obligation, row: VerdictRow, figure: Figure | None, figures: Mapping[FigureKey, Figure]
) -> tuple[str, ...]:
    notes: list[str] = []
    if row.breached_in is not None:
        notes.append(f"breached-in:{Period.ending(row.breached_in // 100, row.breached_in % 100)}")
    falls_back = obligation.rule.net or obligation.rule.judging_kind is Kind.LEVEL
    if row.progress == "completed" and falls_back and not obligation.period.is_year_end:
        notes.append("can-fall-back")
    if row.depends:
        notes.append("depends-on-rounding")
    if row.nothing_eligible:
        notes.append("nothing-eligible")
    if figure:
        notes.extend(figure.notes)
        if figure.fault and row.reason is Reason.UNUSABLE:
            notes.append(f"finding:{figure.fault}")
    partner = obligation.rule.partner
    if figure and partner and row.reason in (Reason.MISSING, Reason.UNUSABLE):
        other = figures.get((figure.organization, partner, figure.period.key, ""))
        if other is None:
            notes.append(f"partner-missing:{partner}")
        elif other.fault:
            notes.append(f"partner-unusable:{partner}")
    return tuple(sorted(notes))


def _with_original(verdict: Verdict, under_original: Verdict | None) -> Verdict:
    return replace(verdict, under_original=under_original) if under_original else verdict


def _worst_member(obligation: Obligation, members: list[Verdict]) -> Verdict:
    """One verdict for a list of members: the worst decides, the short and the missing are named."""
    worst = min(members, key=_badness)
    names = obligation.rule.members
    short = tuple(
        name for name, verdict in zip(names, members, strict=True) if verdict.outcome in (Outcome.FAIL, Outcome.AT_RISK)
    )
    missing = tuple(name for verdict in members for name in verdict.missing_members)
    decided = [verdict for verdict in members if verdict.progress]
    progress = None
    if len(decided) == len(members):
        progress = min((verdict.progress or "" for verdict in decided), key=_PROGRESS_ORDER.index)
    given = [f"{name} {verdict.submitted}" for name, verdict in zip(names, members, strict=True) if verdict.submitted]
    return Verdict(
        obligation=obligation,
        outcome=worst.outcome,
        reason=worst.reason,
        progress=progress,
        actual=worst.actual,
        due=worst.due,
        remaining=worst.remaining,
        gap=worst.gap,
        gap_unit=worst.gap_unit,
        unit=worst.unit,
        submitted="；".join(given) or None,
        figure=worst.figure or next((verdict.figure for verdict in members if verdict.figure), None),
        worst_member=names[members.index(worst)],
        short_members=short,
        missing_members=missing,
        notes=tuple(sorted({note for verdict in members for note in verdict.notes})),
        members=tuple(members),
    )


def _badness(verdict: Verdict) -> tuple[int, int, bool, Fraction]:
    """Sorts members from worst to best; a missing one comes before others that are undecided."""
    undecided = 0 if verdict.reason in (None, Reason.MISSING) else 1
    # A member without a gap (nobody was eligible, or only an old breach is known) is no better than one with.
    return (_MEMBER_ORDER.index(verdict.outcome), undecided, verdict.gap is None, verdict.gap or Fraction(0))
