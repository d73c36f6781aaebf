"""How a verdict came about: the plan's words, the figure, what was due, the comparison, and what would change it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from engine.evaluate.arithmetic import list_breach, list_conversion, list_due, list_gap, list_lines
from engine.evaluate.judged import choose_limit, find_figure, is_decided
from engine.evaluate.rounding import list_gap_ends, list_stands_for
from engine.evaluate.ways import list_ways
from engine.model.book import Book
from engine.model.derivation import Derivation, Remark, Step, Summary, Word, equal, step
from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.model.figure import Figure, FigureKey
from engine.model.limit import LimitedObligation
from engine.model.quantity import Quantity
from engine.model.rule import Rule
from engine.model.source import Source
from engine.model.target import Kind
from engine.model.verdict import Outcome, Reason, Verdict
from engine.unit_table import TABLE

_NOTHING: Mapping[Source, Entry] = MappingProxyType({})

#: The headings in their order.
_ORDER = ("promise", "rule", "figure", "due", "comparison", "verdict", "original", "change", "remaining")

#: Notes that the arithmetic itself explains.
_SAID_ELSEWHERE = ("breached-in", "inspected", "revised", "waived")

#: Notes that say how the gap came to the outcome, and so belong to each of two gaps.
_NOTES_OF_GAP = ("depends-on-rounding", "nothing-eligible")


def derive(
    book: Book,
    item: LimitedObligation,
    verdict: Verdict,
    figures: Mapping[FigureKey, Figure],
    findings: Sequence[Diagnostic] = (),
    beside: Mapping[Source, Entry] = _NOTHING,
    promise: Sequence[Step] | None = None,
) -> Derivation:
    """The whole derivation of a verdict that the engine gave; nothing is judged again.

    `figures` are those that the engine had, `findings` those of the check, `beside` what is said of figures at these
    places beside their numbers (evidence, notes, the document of an inspection). `promise` are the `promise_steps` of
    the rule, where they are known.
    """
    obligation = verdict.obligation
    told: list[Step] = []
    if verdict.members:
        for name, member in zip(obligation.rule.members, verdict.members, strict=True):
            told.extend(_member(name, member, _judging(book, item, member, figures, findings, beside, name)))
        told.append(step("verdict", "each", member=verdict.worst_member or ""))
    else:
        told.extend(_judging(book, item, verdict, figures, findings, beside, ""))
    told.extend(_closing(verdict, book.policy.pace_word))
    told.extend(_under_original(book, item, verdict, figures))
    told.extend(_remaining(verdict))
    if not verdict.members:
        told.sort(key=_place)
    promised = promise_steps(book, obligation.rule) if promise is None else promise
    steps = (*promised, *_held(verdict), *told)
    return Derivation(
        about="verdict",
        subject=(
            ("rule", obligation.rule.id),
            ("organization", obligation.organization),
            ("period", obligation.period.label),
        ),
        steps=steps,
        outcome=verdict.outcome.value,
        reason=verdict.reason.value if verdict.reason else "",
    )


def _place(told: Step) -> int:
    return _ORDER.index(told.section)


def _member(name: str, verdict: Verdict, told: Iterable[Step]) -> Iterator[Step]:
    """What is told of one member of a list, which ends with where it stands."""
    # The heading of the verdict is kept for the whole list.
    own = [replace(each, section="comparison") if each.section == "verdict" else each for each in told]
    yield from (replace(each, member=name) for each in sorted(own, key=_place) if each.section != "change")
    stands = step("comparison", "member-verdict", outcome=Word(verdict.outcome.value))
    yield replace(stands, member=name)
    yield from (replace(each, member=name) for each in own if each.section == "change")


def promise_steps(book: Book, rule: Rule) -> Iterator[Step]:
    """The plan's words, who promised, and where the rule stands that judges it."""
    clause = book.clause(rule.clause)
    target = book.targets.get(rule.target)
    if target is not None:
        yield step("promise", "quote", target.source, quote=target.quote, clause=clause.number)
        if target.reading:
            yield step("promise", "reading", reading=Remark(target.reading, target.reading_zh))
        if target.striving:
            yield step("promise", "striving")
    if clause.lead:
        yield step("promise", "lead", lead=clause.lead)
    if clause.responsible:
        yield step("promise", "responsible" if clause.lead else "joint", responsible=clause.responsible)
    indicator = book.indicators[rule.indicator]
    yield step("rule", "rule", rule.source, rule=rule.id, indicator=indicator.name)
    yield step("rule", f"kind-{rule.kind.value}")
    if rule.inner_kind:
        yield step("rule", f"kind-{rule.inner_kind.value}")


def _held(verdict: Verdict) -> Iterator[Step]:
    """By which number this body is held, and what document changed it."""
    obligation = verdict.obligation
    rule = obligation.rule
    yield step("rule", f"role-{obligation.role.value}", organization=obligation.organization)
    if obligation.threshold is not None:
        yield step("rule", f"bound-{rule.direction.value}", number=written_amount(obligation.threshold))
    if rule.soft:
        yield step("rule", "soft", tolerance=rule.tolerance)
    if obligation.amendment is not None:
        change = obligation.amendment
        told = {
            "after": written_amount(change.threshold), "document": change.document, "date": change.date.isoformat(),
        }  # fmt: skip
        if obligation.original is None:
            yield step("rule", "number-set", change.source, **told)
        else:
            yield step("rule", "amendment", change.source, before=written_amount(obligation.original), **told)


def _under_original(
    book: Book, item: LimitedObligation, verdict: Verdict, figures: Mapping[FigureKey, Figure]
) -> Iterator[Step]:
    """The same figure held against the number before an amendment, with the arithmetic of its own."""
    before = verdict.under_original
    if before is None:
        return
    owed = replace(item.obligation, threshold=item.obligation.original)
    if owed.threshold is not None:
        yield step("original", f"bound-{owed.rule.direction.value}", number=written_amount(owed.threshold))
    held = replace(item, obligation=owed, limits=item.original)
    names = owed.rule.members
    for name, each in zip(names, before.members, strict=True) if names else (("", before),):
        for told in _compared(book, held, each, figures, name):
            yield replace(told, section="original", member=name)
        if name:
            yield replace(step("original", "member-verdict", outcome=Word(each.outcome.value)), member=name)
    if names:
        yield step("original", "each", member=before.worst_member or "")
    yield step("original", "under-original", outcome=Word(before.outcome.value))


def _compared(
    book: Book, item: LimitedObligation, verdict: Verdict, figures: Mapping[FigureKey, Figure], member: str
) -> Iterator[Step]:
    """What was due, the gap and the lines; of the figure nothing that is told already."""
    judged = choose_limit(item, verdict, figures, book.definitions, member) if item.limits else None
    if judged is not None:
        yield from list_due(judged)
        yield from list_breach(judged, figures)
        if is_decided(verdict):
            yield from list_gap(judged)
            yield from list_lines(judged)
            yield from list_gap_ends(judged)
    yield from _reason(verdict, (), {}, item)
    for note in verdict.notes:
        if note in _NOTES_OF_GAP:
            yield step("verdict", "note", note=Word(note, note=True))


def written_amount(quantity: Quantity) -> str:
    """A quantity as it was printed."""
    return f"{quantity.value:f} {quantity.unit.symbol}"


def _judging(
    book: Book,
    item: LimitedObligation,
    verdict: Verdict,
    figures: Mapping[FigureKey, Figure],
    findings: Sequence[Diagnostic],
    beside: Mapping[Source, Entry],
    member: str,
) -> Iterator[Step]:
    """Figure, due and comparison of one verdict: the only one, or that of one member of a list."""
    yield from _figure(verdict)
    yield from _told_beside(verdict.figure, beside)
    judged = choose_limit(item, verdict, figures, book.definitions, member) if item.limits else None
    if judged is not None:
        yield from list_conversion(judged, _base_unit)
        yield from list_stands_for(judged)
        yield from list_due(judged)
        for told in list_breach(judged, figures):
            yield told
            yield from _document(beside.get(told.source) if told.source else None, told.section)
        if is_decided(verdict):
            if judged.partner is not None:
                yield step("figure", "partner", judged.partner.source, submitted=judged.partner.submitted)
                yield from _document(beside.get(judged.partner.source), "figure")
            yield from list_gap(judged)
            yield from list_lines(judged)
            yield from list_gap_ends(judged)
        yield from list_ways(judged)
    yield from _reason(verdict, findings, figures, item)
    for note in verdict.notes:
        if not note.startswith(_SAID_ELSEWHERE):
            yield step("verdict", "note", note=Word(note, note=True))


def _figure(verdict: Verdict) -> Iterator[Step]:
    figure = verdict.figure
    if figure is None:
        yield step("figure", "no-figure")
        return
    if "inspected" in verdict.notes:
        yield step("figure", "inspected", figure.source, submitted=figure.submitted or "-")
    elif figure.submitted:
        yield step("figure", "submitted", figure.source, submitted=figure.submitted)
    if figure.organization != verdict.obligation.organization:
        yield step("figure", "reporter", organization=figure.organization)
    if figure.revises:
        period, before, after, reason = figure.revises
        yield step("figure", "revises", period=period, before=before, after=after, reason=reason)
    if verdict.actual is not None and "inspected" in verdict.notes:
        yield step("figure", "actual", actual=verdict.actual, unit=verdict.unit or "")
    if verdict.baseline is not None and verdict.obligation.rule.judging_kind is Kind.LEVEL:
        yield step("figure", "baseline", baseline=verdict.baseline, unit=verdict.unit or "")


def _told_beside(figure: Figure | None, beside: Mapping[Source, Entry]) -> Iterator[Step]:
    """What the sender says of a figure beside its number; of one that an inspection established, its document."""
    entry = beside.get(figure.source) if figure else None
    if entry is None:
        return
    if entry.evidence:
        yield step("figure", "evidence", evidence=entry.evidence)
    if entry.note:
        yield step("figure", "remark", remark=entry.note)
    yield from _document(entry, "figure")


def _document(entry: Entry | None, section: str) -> Iterator[Step]:
    if entry is not None and entry.document:
        yield step(section, "inspection-document", document=entry.document, day=entry.day or "-")


def _base_unit(dimension: str) -> str:
    """What the base unit of a dimension is called; the dimension itself where it has no name."""
    named = (symbol for symbol, (kind, factor, off) in TABLE.items() if (kind, factor, off) == (dimension, 1, 0))
    return next(named, dimension)


def _reason(
    verdict: Verdict, findings: Sequence[Diagnostic], figures: Mapping[FigureKey, Figure], item: LimitedObligation
) -> Iterator[Step]:
    """Why no honest verdict is possible, with the finding that stands in its way."""
    if verdict.reason is None:
        return
    rule = verdict.obligation.rule
    yield step("verdict", f"reason-{verdict.reason.value}", period=verdict.obligation.period.label)
    faulty = [verdict.figure]
    if rule.partner:
        partner = find_figure(item, figures, rule.partner, verdict.obligation.period.key, "")
        faulty.append(partner)
    if verdict.reason not in (Reason.UNUSABLE, Reason.DIFFERENT_MEASURE):
        return
    for figure in faulty:
        if figure is None or not figure.fault:
            continue
        known = [each for each in findings if each.code == figure.fault and each.source.file == figure.source.file]
        near = [each for each in known if each.source.line == figure.source.line] or known[:1]
        if near:
            yield step("verdict", "finding", near[0].source, code=figure.fault, finding=near[0])
        else:
            yield step("verdict", "finding-code", code=figure.fault)


def _closing(verdict: Verdict, pace_word: str) -> Iterator[Step]:
    outcome = Word(verdict.outcome.value)
    obligation = verdict.obligation
    if any(note.startswith("breached-in") for note in verdict.notes) and verdict.outcome is Outcome.FAIL:
        yield step("verdict", "stays-crossed")
    yield step("verdict", "verdict", outcome=outcome)
    yield step("verdict", "summary", summary=Summary(verdict, pace_word))
    if verdict.progress:
        yield step("verdict", "progress", progress=Word(verdict.progress))
    if obligation.waiver is not None:
        waiver = obligation.waiver
        yield step(
            "verdict", "waiver" if verdict.waived else "waiver-idle", waiver.source,
            document=waiver.document, approver=waiver.approver,
            start=waiver.start.isoformat(), end=waiver.end.isoformat(),
        )  # fmt: skip


def _remaining(verdict: Verdict) -> Iterator[Step]:
    """What is still to be done in the year, and what each remaining period must bring."""
    obligation, unit = verdict.obligation, verdict.unit or ""
    left, rest = obligation.period.remaining, verdict.remaining
    if rest is None or verdict.actual is None:
        return
    if obligation.rule.judging_kind is Kind.MILESTONE:
        done = int(verdict.actual)
        names = tuple(f"{stage.name} ({stage.due})" for stage in obligation.rule.stages[done:])
        yield step("remaining", "stages-left" if names else "nothing-left", stages=names)
        return
    if not rest:
        yield step("remaining", "nothing-left")
        return
    if obligation.threshold is not None and obligation.rule.judging_kind in (Kind.TOTAL, Kind.LEVEL):
        target = verdict.actual + rest * obligation.rule.direction.sign
        terms = (target, "-", verdict.actual) if obligation.rule.direction.sign > 0 else (verdict.actual, "-", target)
        yield equal("remaining", "left", terms, rest, unit)
        if obligation.rule.direction.strict:
            yield step("remaining", "left-strict")
    else:
        yield step("remaining", "left-plain", rest=rest, unit=unit)
    if left:
        yield equal("remaining", "each-period", (rest, "÷", Fraction(left)), rest / left, unit, periods=Fraction(left))
