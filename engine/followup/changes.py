"""Two results → the rows that differ, and which failures and findings are still there, new, or gone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from engine.model.difference import Change, Edit, Row, RowChange, RowKey, SidedFinding, Told
from engine.model.period import Period


def changed_rows(old: Told, new: Told) -> tuple[RowChange, ...]:
    """Every row that differs, in the order of the new result; what is gone comes last."""
    before = {row.key: row for row in old.rows}
    after = {row.key: row for row in new.rows}
    changes = []
    for key, row in after.items():
        was = before.get(key)
        if was is None:
            changes.append(RowChange(Change.ADDED, None, row))
        elif was.state != row.state:
            changes.append(RowChange(Change.FLIP, was, row))
        elif was.numbers != row.numbers:
            changes.append(RowChange(Change.SHIFT, was, row))
    gone = [RowChange(Change.REMOVED, row, None) for key, row in before.items() if key not in after]
    return (*changes, *gone)


def compare_failures(old: Told, new: Told) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...]]:
    """The failures that are still there, the new ones, and those that are gone; a waived one is none."""
    before = {row.key for row in old.rows if row.failed}
    after = {row.key for row in new.rows if row.failed}
    still = tuple(row for row in new.rows if row.failed and row.key in before)
    fresh = tuple(row for row in new.rows if row.failed and row.key not in before)
    gone = tuple(row for row in old.rows if row.failed and row.key not in after)
    return still, fresh, gone


def compare_findings(
    old: Sequence[SidedFinding], new: Sequence[SidedFinding]
) -> tuple[tuple[SidedFinding, ...], tuple[SidedFinding, ...], int]:
    """The findings that are new, those that are gone, and how many stayed.

    A finding is the same wherever it stands: a line that was put in above it makes no other one of it.
    """
    fresh, gone = _without(new, old), _without(old, new)
    return fresh, gone, len(new) - len(fresh)


def _without(these: Iterable[SidedFinding], others: Iterable[SidedFinding]) -> tuple[SidedFinding, ...]:
    left = Counter((each.code, each.message) for each in others)
    kept = []
    for each in these:
        if left[each.code, each.message]:
            left[each.code, each.message] -= 1
        else:
            kept.append(each)
    return tuple(kept)


def link_edits(
    changes: Iterable[RowChange], edits: Sequence[Edit], reporters: Mapping[RowKey, Sequence[str]]
) -> tuple[RowChange, ...]:
    """The changes, each with the places of its edits; `reporters` are the bodies whose figure may serve for a row."""
    # Of thousands of edits few concern a row: those of its bodies, of its rule, and those of everybody.
    index: dict[tuple[str, str], list[int]] = {}
    for place, edit in enumerate(edits):
        for owner in _owners(edit):
            index.setdefault(owner, []).append(place)
    linked = []
    for change in changes:
        row = change.row
        bodies = {row.organization, *reporters.get(row.key, ())}
        named = {*change.causes, *(cause for cause, _ in change.alone)}
        owners = product(("", *bodies), ("", row.rule))
        near = sorted({place for owner in owners for place in index.get(owner, ())})
        places = tuple(place for place in near if edits[place].cause in named and _known_by(edits[place], row))
        linked.append(replace(change, edits=places))
    return tuple(linked)


def _owners(edit: Edit) -> Iterable[tuple[str, str]]:
    """The bodies and rules that an edit concerns; an empty name stands for all."""
    return product(edit.organizations or ("",), edit.rules or ("",))


def _known_by(edit: Edit, row: Row) -> bool:
    """Whether an edit is of no later period than a row."""
    then, now = Period.parse(edit.period), Period.parse(row.period)
    return then is None or now is None or then <= now
