"""Dated targets: amendments and waivers held against the rules they change or suspend.

A number changes by a document from a day on and never by accident: whatever would bring an older number back, or
leave it to the order of a file which number binds, is a finding. A waiver has to excuse somebody from something
that falls due while it lasts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.rule import Amendment, Rule, Waiver
from engine.rules.obligations import Held, amendments_of, held_bodies, list_obligations
from engine.shapes import read_day

#: How the name of an office ends, in both scripts; a person's name does not.
_OFFICE = re.compile(
    r"(?:政府|[辦办]|[辦办]公室|局|[廳厅]|部|委|[員员][會会]|[會会]|院|[組组]|署|行|[處处]|中心|指[揮挥]部|[機机][構构]|[關关]|人大|政[協协]|中央)$"
)


def check_dated(book: Book) -> list[Diagnostic]:
    """Everything in which amendments and waivers of a bound book disagree with its rules or with each other.

    Errors: the codes of the sections "Amendments" and "Waivers".
    """
    found = [*_amendments(book)] if book.amendments else []
    if book.waivers:
        found.extend(_waivers(book))
    return found


# --- amendments ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Change:
    """What an amendment does to the number of one body under one rule.

    `restores`: the number bound before, and another one since; `sweeps`: it takes an own number of the body away
    without naming it; `older`: the plan, which prints another number, is younger.
    """

    rule: str
    organization: str
    changes: bool
    restores: bool
    sweeps: bool
    older: bool


def _amendments(book: Book) -> Iterator[Diagnostic]:
    by_target: dict[str, list[Rule]] = {}
    for rule in book.rules:
        by_target.setdefault(rule.target, []).append(rule)
    changes: dict[int, list[_Change]] = {}
    for target in dict.fromkeys(amendment.target for amendment in book.amendments):
        for rule in by_target.get(target, ()):
            for held in held_bodies(book, rule):
                _follow(book, rule, held, changes)
    for place, amendment in enumerate(book.amendments):
        if by_target.get(amendment.target):
            yield from _reach(book, amendment, by_target[amendment.target])
            yield from _effect(book, amendment, changes.get(place, []))
        yield from _repeated(book, place)


def _follow(book: Book, rule: Rule, held: Held, changes: dict[int, list[_Change]]) -> None:
    """Walk through the numbers of one body in their order, and note at each amendment what it does."""
    places = {id(amendment): place for place, amendment in enumerate(book.amendments)}
    printed = held.number(rule)
    plan_day = read_day(book.plan.date)
    numbers = [printed.base] if printed else []
    named: Amendment | None = None
    for amendment in amendments_of(book, rule, held.organization, held.allotted):
        number = amendment.threshold.base
        changes_it = not numbers or number != numbers[-1]
        change = _Change(
            rule=rule.id,
            organization=held.organization,
            changes=changes_it,
            restores=changes_it and number in numbers,
            sweeps=changes_it and not amendment.reach and named is not None,
            older=printed is not None and plan_day is not None and amendment.date < plan_day,
        )
        changes.setdefault(places[id(amendment)], []).append(change)
        numbers.append(number)
        named = amendment if amendment.reach else None


def _effect(book: Book, amendment: Amendment, changes: Sequence[_Change]) -> Iterator[Diagnostic]:
    """Findings about one amendment from what it does to all the bodies that it reaches."""
    params = {"target": amendment.target, "found": amendment.threshold.text, "date": amendment.date.isoformat()}

    def finding(code: str, bodies: Sequence[_Change] = (), **more: str) -> Diagnostic:
        names = "、".join(dict.fromkeys(change.organization for change in bodies))
        return Diagnostic(code, amendment.source, {**params, "names": names, **more})

    if amendment.date.year > book.plan.year:
        yield finding("amendment-after-year", year=str(book.plan.year))
        return
    older = [change for change in changes if change.older]
    if older:
        yield finding("amendment-before-plan", older, plan=book.plan.date)
    if changes and not any(change.changes for change in changes):
        yield finding("amendment-changes-nothing", changes)
    restored = [change for change in changes if change.restores]
    if restored and not amendment.restores:
        yield finding("amendment-restores", restored)
    if amendment.restores and changes and not restored:
        yield finding("amendment-restores-nothing")
    swept = [change for change in changes if change.sweeps]
    if swept:
        yield finding("amendment-sweeps", swept)


def _repeated(book: Book, place: int) -> Iterator[Diagnostic]:
    """Two amendments of one day for one body: only the order of the file would say which one binds."""
    amendment = book.amendments[place]
    bodies = book.expand(amendment.reach)
    for earlier in book.amendments[:place]:
        if (earlier.target, earlier.date, not earlier.reach) != (
            amendment.target, amendment.date, not amendment.reach,
        ):  # fmt: skip
            continue
        both = [name for name in book.expand(earlier.reach) if name in bodies]
        if both or not amendment.reach:
            params = {"target": amendment.target, "date": amendment.date.isoformat(), "names": "、".join(both) or "*"}
            yield Diagnostic("amendment-repeated", amendment.source, params, (earlier.source,))
            return


def _reach(book: Book, amendment: Amendment, rules: Sequence[Rule]) -> Iterator[Diagnostic]:
    judged = {held.organization for rule in rules for held in held_bodies(book, rule)}
    for word in amendment.reach:
        bodies = book.words.get(word, ())
        if bodies and judged.isdisjoint(bodies):
            params = {"name": word, "target": amendment.target}
            yield Diagnostic("amendment-reaches-nobody", amendment.source, params)


# --- waivers ---------------------------------------------------------------------------------------------------

#: A rule and a body that it judges.
_Pair = tuple[str, str]


def _waivers(book: Book) -> Iterator[Diagnostic]:
    suspended = tuple(rule for rule in book.rules if any(waiver.covers(rule) for waiver in book.waivers))
    plain = replace(book, rules=suspended, waivers=())
    owed: dict[Period, set[_Pair]] = {}
    judged: set[_Pair] = set()
    for month in range(1, 13):
        period = Period.ending(book.plan.year, month)
        obligations = [each for each in list_obligations(plain, period) if each.status != "not-applicable"]
        judged.update((each.rule.id, each.organization) for each in obligations)
        owed[period] = {(each.rule.id, each.organization) for each in obligations if each.status != "not-due"}
    for place, waiver in enumerate(book.waivers):
        yield from _document(book, waiver)
        pairs = _pairs(book, waiver) & judged
        yield from _reached(book, waiver, judged)
        if pairs:
            yield from _lasting(book, waiver, pairs, owed)
        yield from _overlaps(book, place)


def _pairs(book: Book, waiver: Waiver) -> set[_Pair]:
    bodies = book.expand(waiver.reach)
    return {(rule.id, name) for rule in book.rules if waiver.covers(rule) for name in bodies}


def _document(book: Book, waiver: Waiver) -> Iterator[Diagnostic]:
    if waiver.approver not in book.words and not _OFFICE.search(waiver.approver):
        yield Diagnostic("waiver-approver-no-office", waiver.place("approver"), {"name": waiver.approver})
    if waiver.date > waiver.end and waiver.end.year >= book.plan.year:
        params = {"date": waiver.date.isoformat(), "end": waiver.end.isoformat()}
        yield Diagnostic("waiver-after-the-fact", waiver.place("date"), params)


def _reached(book: Book, waiver: Waiver, judged: set[_Pair]) -> Iterator[Diagnostic]:
    """Words of the waiver that exempt nobody from anything: a body, or a rule, target or clause."""
    rules = [rule for rule in book.rules if waiver.covers(rule)]
    words: list[tuple[str, str, Sequence[Rule], Sequence[str]]] = [
        ("reach", word, rules, book.words.get(word, ())) for word in waiver.reach
    ]
    bodies = book.expand(waiver.reach)
    words += [("rules", name, [rule for rule in rules if rule.id == name], bodies) for name in waiver.rules]
    words += [("targets", name, [rule for rule in rules if rule.target == name], bodies) for name in waiver.targets]
    words += [("clauses", name, [rule for rule in rules if rule.clause == name], bodies) for name in waiver.clauses]
    idle = [
        (key, word)
        for key, word, suspended, names in words
        if judged.isdisjoint((rule.id, name) for rule in suspended for name in names)
    ]
    # Where nobody is reached at all, the bodies are named and not what they are not judged by as well.
    for key, word in idle if len(idle) < len(words) else idle[: len(waiver.reach)]:
        yield Diagnostic("waiver-reaches-nobody", waiver.place(key), {"name": word})


def _lasting(book: Book, waiver: Waiver, pairs: set[_Pair], owed: dict[Period, set[_Pair]]) -> Iterator[Diagnostic]:
    params = {"start": waiver.start.isoformat(), "end": waiver.end.isoformat(), "year": str(book.plan.year)}
    first, last = date(book.plan.year, 1, 1), date(book.plan.year, 12, 31)
    if waiver.end < first or waiver.start > last:
        yield Diagnostic("waiver-outside-year", waiver.place("start"), params)
    elif all(pairs.isdisjoint(due) for period, due in owed.items() if waiver.holds(period)):
        yield Diagnostic("waiver-covers-no-period", waiver.place("start"), params)


def _overlaps(book: Book, place: int) -> Iterator[Diagnostic]:
    """Two waivers at once for one body and rule: only one document can be what excuses it."""
    waiver = book.waivers[place]
    for earlier in book.waivers[:place]:
        if earlier.end < waiver.start:
            continue
        both = sorted(_pairs(book, earlier) & _pairs(book, waiver))
        if both:
            params = {"names": "、".join(f"{name} {rule}" for rule, name in both[:3]), "count": str(len(both))}
            yield Diagnostic("waiver-overlaps", waiver.source, params, (earlier.source,))
