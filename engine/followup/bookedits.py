"""Two books → what differs between them, value by value, with the place of each in both.

What is compared is the bound book: a comment, an order of keys or another way to write a number is no difference.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from engine.model.book import Book
from engine.model.difference import Cause, Edit, cause_of_file
from engine.model.quantity import Quantity, Unit
from engine.model.rule import Amendment, Policy, Rule, Waiver
from engine.model.source import Source
from engine.quantities import format_decimal

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: What a field is called in the file, where that is another word.
_WRITTEN = {"ladder": "bands", "paced": "bands.paced", "percent": "bands.percent", "pace_word": "wording.pace"}

#: Where something stands is no part of what it says.
_PLACES = ("source", "places")


def compare_books(old: Book, new: Book, changed: Collection[str]) -> list[Edit]:
    """Every value that differs between two books; `changed` are the files whose text differs.

    A file that differs without any value in it doing so is named as written otherwise.
    """
    edits = [*_rules(old, new), *_indicators(old, new), *_policy(old.policy, new.policy)]
    edits += [*_amendments(old, new), *_waivers(old, new), *_quotas(old, new), *_plan(old, new), *_bodies(old, new)]
    edits += _listed(Cause.RELATIONS, "relations.yaml", old.relations, new.relations)
    edits += _listed(Cause.ADJUSTMENTS, "adjustments.yaml", old.adjustments, new.adjustments)
    edits += _listed(Cause.SIGNERS, "signers.yaml", old.signers, new.signers)
    if old.definitions != new.definitions and "units.txt" in changed:
        edits.append(_file(Cause.UNITS, "units.txt"))
    told = {place.file for edit in edits for place in edit.places if place}
    edits += [_file(Cause.WRITING, name) for name in sorted(changed) if name not in told]
    # A value can only have changed where a file did; what follows from another file is told there.
    causes = {cause_of_file(name) for name in changed}
    return [edit for edit in edits if edit.cause is Cause.WRITING or edit.cause in causes]


def _file(cause: Cause, name: str) -> Edit:
    return Edit(cause, "file", name, places=(Source(name), Source(name)))


def plain(value: object) -> Hashable:
    """A value without its places, so that two can be compared.

    A quantity is its number and unit of measure, however it is written.
    """
    if isinstance(value, Quantity):
        return value.base, value.unit.symbol
    if isinstance(value, Unit):
        return value.symbol, value.dimension, value.factor, value.offset
    if isinstance(value, Source):
        return None
    if is_dataclass(value) and not isinstance(value, type):
        return tuple((each.name, plain(getattr(value, each.name))) for each in _own_fields(value))
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), plain(each)) for key, each in value.items()))
    if isinstance(value, tuple | list):
        return tuple(map(plain, value))
    if isinstance(value, set | frozenset):
        return frozenset(map(plain, value))
    return str(value) if value is not None else None


def said(value: object) -> str | None:
    """A value as it is shown; None where there is none."""
    if value is None or value == ():
        return None
    if isinstance(value, Quantity):
        return value.text
    if isinstance(value, Unit):
        return value.symbol
    if isinstance(value, Fraction):
        return format_decimal(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        shown = ((each.name, said(getattr(value, each.name))) for each in _own_fields(value))
        return ", ".join(f"{name} {text}" for name, text in shown if text is not None)
    if isinstance(value, Mapping):
        return "、".join(f"{key} {said(each)}" for key, each in value.items())
    if isinstance(value, tuple | list):
        return "、".join(filter(None, map(_one, value)))
    return str(value)


def _one(value: object) -> str | None:
    return " ".join(filter(None, map(said, value))) if isinstance(value, tuple) else said(value)


def _own_fields(value: "DataclassInstance") -> Iterator[Any]:
    return (each for each in fields(value) if each.name not in _PLACES)


def _differing(old: "DataclassInstance", new: "DataclassInstance", skip: Collection[str] = ()) -> Iterator[str]:
    for each in _own_fields(old):
        if each.name not in skip and plain(getattr(old, each.name)) != plain(getattr(new, each.name)):
            yield each.name


def _rules(old: Book, new: Book) -> Iterator[Edit]:
    before, after = ({rule.id: rule for rule in book.rules} for book in (old, new))
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            yield _whole(Cause.RULE, name, was, now, (name,))
            continue
        for field in _differing(was, now):
            yield _field(Cause.RULE, name, field, was, now, (name,), _placed(was, now, field))


def _placed(was: Rule, now: Rule, field: str) -> tuple[Source, Source]:
    key = _WRITTEN.get(field, field)
    return was.place(key), now.place(key)


def _field(
    cause: Cause,
    name: str,
    field: str,
    was: object,
    now: object,
    rules: tuple[str, ...] = (),
    places: tuple[Source | None, Source | None] | None = None,
) -> Edit:
    """A field whose value differs; it stands where its thing does unless told."""
    shown = said(getattr(was, field)), said(getattr(now, field))
    whole = getattr(was, "source", None), getattr(now, "source", None)
    written = _WRITTEN.get(field, field)
    title = f"{name}: {written}" if name else written
    return Edit(cause, "field", title, shown, places or whole, rules, owner=name, field=field)


def _whole(cause: Cause, name: str, was: object, now: object, rules: tuple[str, ...] = ()) -> Edit:
    """Something that is on one side only."""
    shown = None if was is None else name, None if now is None else name
    return Edit(cause, "entry", name, shown, (getattr(was, "source", None), getattr(now, "source", None)), rules)


def _indicators(old: Book, new: Book) -> Iterator[Edit]:
    for name in dict.fromkeys((*old.indicators, *new.indicators)):
        was, now = old.indicators.get(name), new.indicators.get(name)
        rules = _once((*rules_counting(old, name), *rules_counting(new, name)))
        if was is None or now is None:
            yield _whole(Cause.RULE, name, was, now, rules)
            continue
        yield from (_field(Cause.RULE, name, field, was, now, rules) for field in _differing(was, now))


def rules_counting(book: Book, indicator: str) -> tuple[str, ...]:
    """The rules that judge an indicator, or hold another one against it."""
    return tuple(rule.id for rule in book.rules if indicator in (rule.indicator, rule.partner))


def _policy(old: Policy, new: Policy) -> Iterator[Edit]:
    place = Source("policy.yaml")
    for field in _differing(old, new):
        yield _field(Cause.POLICY, "", field, old, new, (), (place, place))


def _amendments(old: Book, new: Book) -> Iterator[Edit]:
    def told(each: Amendment | None) -> str | None:
        return f"{each.threshold.text} ({each.date.isoformat()} {each.document})" if each else None

    for was, now in _paired(old.amendments, new.amendments, lambda each: (each.target, each.reach)):
        each = now or was
        rules = _once(rule.id for rule in (*old.rules, *new.rules) if rule.target == each.target)
        reach = _once((*old.expand(each.reach), *new.expand(each.reach)))
        name = " ".join((each.target, "、".join(each.reach))).strip()
        yield Edit(Cause.AMENDMENT, "entry", name, (told(was), told(now)), _sources(was, now), rules, reach)


def _waivers(old: Book, new: Book) -> Iterator[Edit]:
    def told(each: Waiver | None) -> str | None:
        return f"{each.start.isoformat()}–{each.end.isoformat()} ({each.document})" if each else None

    for was, now in _paired(old.waivers, new.waivers, lambda each: (each.document, each.reach)):
        both = [each for each in (was, now) if each is not None]
        rules = _once(rule.id for rule in (*old.rules, *new.rules) if any(each.covers(rule) for each in both))
        reach = _once(body for each in both for book in (old, new) for body in book.expand(each.reach))
        name = "、".join(both[0].reach)
        yield Edit(Cause.WAIVER, "entry", name, (told(was), told(now)), _sources(was, now), rules, reach)


def _sources(was: object, now: object) -> tuple[Source | None, Source | None]:
    return getattr(was, "source", None), getattr(now, "source", None)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _paired(old: Iterable[Any], new: Iterable[Any], key: Callable[[Any], Hashable]) -> Iterator[tuple[Any, Any]]:
    """The entries that are not on both sides; a gone and a new one with the same key are one that changed."""
    before, after = ({plain(each): each for each in side} for side in (old, new))
    gone = [each for mark, each in before.items() if mark not in after]
    fresh = [each for mark, each in after.items() if mark not in before]
    for each in gone:
        match = next((one for one in fresh if key(one) == key(each)), None)
        if match is not None:
            fresh.remove(match)
        yield each, match
    yield from ((None, each) for each in fresh)


def _quotas(old: Book, new: Book) -> Iterator[Edit]:
    for name in dict.fromkeys((*old.allocations, *new.allocations)):
        was, now = old.allocations.get(name), new.allocations.get(name)
        rules = _once(each.rule for each in (was, now) if each)
        if was is None or now is None:
            yield _whole(Cause.QUOTA, name, was, now, rules)
            continue
        for body in dict.fromkeys((*was.quotas, *now.quotas)):
            pair = was.quotas.get(body), now.quotas.get(body)
            if plain(pair[0]) != plain(pair[1]):
                shown, places = (said(pair[0]), said(pair[1])), (was.place(body), now.place(body))
                yield Edit(Cause.QUOTA, "field", f"{name}: {body}", shown, places, rules, (body,), owner=name)
        yield from (_field(Cause.QUOTA, name, field, was, now, rules) for field in _differing(was, now, ("quotas",)))


def _plan(old: Book, new: Book) -> Iterator[Edit]:
    place = Source("targets.yaml")
    for field in _differing(old.plan, new.plan):
        yield _field(Cause.PLAN, "plan", field, old.plan, new.plan, (), (place, place))
    before, after = ({clause.number: clause for clause in book.clauses} for book in (old, new))
    for number in dict.fromkeys((*before, *after)):
        was, now = before.get(number), after.get(number)
        rules = _once(rule.id for rule in (*old.rules, *new.rules) if rule.clause == number)
        if was is None or now is None:
            yield _whole(Cause.PLAN, number, was, now, rules)
            continue
        for field in _differing(was, now, ("targets",)):
            yield _field(Cause.PLAN, number, field, was, now, rules, (was.place(field), now.place(field)))
    yield from _targets(old, new)


def _targets(old: Book, new: Book) -> Iterator[Edit]:
    before, after = old.targets, new.targets
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        rules = _once(rule.id for rule in (*old.rules, *new.rules) if rule.target == name)
        if was is None or now is None:
            yield _whole(Cause.PLAN, name, was, now, rules)
            continue
        for field in _differing(was, now):
            yield _field(Cause.PLAN, name, field, was, now, rules, (was.place(field), now.place(field)))


def _bodies(old: Book, new: Book) -> Iterator[Edit]:
    place = Source("organizations.yaml")
    sides: tuple[tuple[Mapping[str, object], Mapping[str, object]], ...] = (
        (old.organizations, new.organizations),
        (old.groups, new.groups),
    )
    for before, after in sides:
        if [*before] != [*after] and {*before} == {*after}:
            shown = "、".join(before), "、".join(after)
            yield Edit(Cause.ORGANIZATIONS, "field", "order", shown, (place, place))
        for name in dict.fromkeys((*before, *after)):
            was, now = before.get(name), after.get(name)
            if was is None or now is None:
                yield _whole(Cause.ORGANIZATIONS, name, was, now)
            elif plain(was) != plain(now):
                shown = said(was) or name, said(now) or name
                yield Edit(Cause.ORGANIZATIONS, "entry", name, shown, _sources(was, now))


def _listed(cause: Cause, file: str, old: Collection[object], new: Collection[object]) -> Iterator[Edit]:
    """Entries that judge no figure: they differ as a whole."""
    for was, now in _paired(old, new, lambda each: getattr(each, "id", None) or plain(each)):
        name = getattr(now or was, "id", file)
        places = tuple((getattr(each, "source", None) or Source(file)) if each else None for each in (was, now))
        yield Edit(cause, "entry", name, (said(was), said(now)), (places[0], places[1]))
