"""One edit of a book among several of the same file: taken back alone, so that each can be tried by itself."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from engine.model.book import Book
from engine.model.difference import DATA, Cause, Edit
from engine.model.source import Source


def units_of(edits: Sequence[Edit], places: Iterable[int], old: Book, new: Book) -> list[tuple[int, ...]]:
    """The edits at these places in the smallest groups that can be tried apart from each other.

    A figure, a field of a rule or of the policy, an amendment, a waiver and a quota can be exchanged alone. Where one
    edit of a file cannot, all edits of its cause go together.
    """
    by_cause: dict[Cause, list[int]] = {}
    for place in places:
        by_cause.setdefault(edits[place].cause, []).append(place)
    units: list[tuple[int, ...]] = []
    for cause, own in by_cause.items():
        if cause in DATA:
            units += [(place,) for place in own if edits[place].what == "figure"]
        elif all(_separable(edits[place], old, new) for place in own):
            units += [(place,) for place in own]
        else:
            units.append(tuple(own))
    return units


def _separable(edit: Edit, old: Book, new: Book) -> bool:
    if edit.cause is Cause.RULE:
        return all(any(rule.id == edit.owner for rule in book.rules) for book in (old, new)) and edit.what == "field"
    if edit.cause is Cause.QUOTA:
        known = edit.owner in old.allocations and edit.owner in new.allocations
        return known and bool(edit.organizations)
    return edit.cause in (Cause.POLICY, Cause.AMENDMENT, Cause.WAIVER)


def take_back(book: Book, old: Book, edits: Iterable[Edit]) -> Book:
    """The book, with these edits as they were in the old one; those that cannot be exchanged alone stay."""
    listed = list(edits)
    for edit in listed:
        if edit.cause in _UNDO and _separable(edit, old, book):
            book = _UNDO[edit.cause](book, old, edit)
    book = _undo_amendments(book, old, [edit for edit in listed if edit.cause is Cause.AMENDMENT])
    return _undo_waivers(book, old, [edit for edit in listed if edit.cause is Cause.WAIVER])


def _undo_rule(book: Book, old: Book, edit: Edit) -> Book:
    was = next(rule for rule in old.rules if rule.id == edit.owner)
    rules = (
        replace(rule, **{edit.field: getattr(was, edit.field)}) if rule.id == edit.owner else rule
        for rule in book.rules
    )
    return replace(book, rules=tuple(rules))


def _undo_policy(book: Book, old: Book, edit: Edit) -> Book:
    return replace(book, policy=replace(book.policy, **{edit.field: getattr(old.policy, edit.field)}))


def _undo_quota(book: Book, old: Book, edit: Edit) -> Book:
    table, was = book.allocations[edit.owner], old.allocations[edit.owner]
    (body,) = edit.organizations
    quotas = {name: quota for name, quota in table.quotas.items() if name != body}
    if body in was.quotas:
        quotas[body] = was.quotas[body]
    return replace(book, allocations={**book.allocations, edit.owner: replace(table, quotas=quotas)})


def _undo_amendments(book: Book, old: Book, edits: Collection[Edit]) -> Book:
    was, now = _places(edits)
    kept = [each for each in book.amendments if each.source not in now]
    kept += [each for each in old.amendments if each.source in was]
    # In the order in which they bind, whichever was written first.
    return replace(book, amendments=tuple(sorted(kept, key=lambda each: (each.date, bool(each.reach), each.source))))


def _undo_waivers(book: Book, old: Book, edits: Collection[Edit]) -> Book:
    was, now = _places(edits)
    kept = [each for each in book.waivers if each.source not in now]
    kept += [each for each in old.waivers if each.source in was]
    return replace(book, waivers=tuple(sorted(kept, key=lambda each: (each.start, each.source))))


def _places(edits: Collection[Edit]) -> tuple[set[Source | None], set[Source | None]]:
    """Where the entries stood and where they stand; both files have one name, so that a place alone says nothing."""
    return {edit.places[0] for edit in edits}, {edit.places[1] for edit in edits}


_UNDO: dict[Cause, Callable[[Book, Book, Edit], Book]] = {
    Cause.RULE: _undo_rule,
    Cause.POLICY: _undo_policy,
    Cause.QUOTA: _undo_quota,
}
