"""Two checks held against each other: what changed, and because of what.

A composer as `pipeline.py` is, one step further on: where both sides are folders, everything is judged again with one
cause exchanged at a time.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from engine.followup.attribution import Attribution, attribute
from engine.followup.changes import changed_rows, compare_failures, compare_findings, link_edits
from engine.followup.readcauses import compare_receipts, read_causes, read_edits
from engine.model.difference import (
    Cause,
    Change,
    Difference,
    Edit,
    Row,
    RowChange,
    RowKey,
    Told,
)
from engine.replay import Replay, SideChecked

#: Edits of one row that are tried apart from each other, and sets of edits that are tried for all rows: where
#: thousands of figures differ, their causes are told and no more.
_MOST_UNITS, _MOST_TRIES = 6, 500


def compare_results(old: Told, new: Told) -> Difference:
    """What changed between two results, because of what they themselves show."""
    inputs = compare_receipts(old, new)
    changes = read_causes(changed_rows(old, new), old, new, inputs)
    edits = read_edits(changes, old, new, inputs)
    return _difference(old, new, edits, link_edits(changes, edits, {}), (), False)


def compare_checks(old: SideChecked, new: SideChecked) -> Difference:
    """What changed between two folders; every cause is proved by judging again with it exchanged."""
    replay = Replay(old, new)
    edits = replay.edits()
    changes = changed_rows(old.told, new.told)
    causes = [cause for cause in Cause if cause in replay.causes()]
    before, after = ({row.key: row for row in side.told.rows} for side in (old, new))
    named, offset = _attributed(changes, before, after, causes, replay)
    reporters = {
        (each.obligation.rule.id, each.obligation.organization, each.obligation.period.label): each.obligation.reporters
        for side in (old, new)
        for each in side.checked.limited
    }
    linked = [_decided(change, edits, replay) for change in link_edits(named, edits, reporters)]
    return _difference(old.told, new.told, edits, tuple(linked), link_edits(offset, edits, reporters), True)


def _decided(change: RowChange, edits: Sequence[Edit], replay: "Replay") -> RowChange:
    """The change with the single edits that decide it, where one of its causes has several."""
    if change.change is Change.SHIFT or not change.because:
        return change
    named = {cause for each in change.because for cause in each}
    units = replay.units(edits, [place for place in change.edits if edits[place].cause in named])
    if len(units) <= len(change.because[0]) or len(units) > _MOST_UNITS or replay.tries > _MOST_TRIES:
        return change
    key = change.row.key
    old, new = ({key: row.state} if row else {} for row in (change.old, change.new))

    def judge(chosen: frozenset[tuple[int, ...]]) -> dict[RowKey, Hashable]:
        judged = replay.judge_edits(edits, frozenset(place for unit in chosen for place in unit))
        return {key: judged[key][0]} if key in judged else {}

    found = attribute(units, old, new, judge)[key].because
    return replace(change, decided_by=tuple(tuple(place for unit in each for place in unit) for each in found))


def _difference(
    old: Told,
    new: Told,
    edits: Sequence[Edit],
    changes: tuple[RowChange, ...],
    offset: tuple[RowChange, ...],
    replayed: bool,
) -> Difference:
    still, fresh, gone = compare_failures(old, new)
    new_findings, gone_findings, kept = compare_findings(old.findings, new.findings)
    return Difference(
        old, new, tuple(edits), changes, offset, still, fresh, gone, new_findings, gone_findings, kept, replayed
    )


def _attributed(
    changes: Sequence[RowChange],
    before: Mapping[RowKey, Row],
    after: Mapping[RowKey, Row],
    causes: Sequence[Cause],
    replay: "Replay",
) -> tuple[list[RowChange], list[RowChange]]:
    """The changes with their causes, and the rows whose verdict stands although one cause alone would flip it."""
    periods = {row.period for row in before.values()}, {row.period for row in after.values()}
    common = {key for key in (*before, *after) if key[2] in periods[0] & periods[1]}
    states = attribute(
        causes,
        {key: row.state for key, row in before.items() if key in common},
        {key: row.state for key, row in after.items() if key in common},
        lambda chosen: {key: each[0] for key, each in replay.judge(chosen).items() if key in common},
    )
    shifts = {change.row.key for change in changes if change.change is Change.SHIFT}
    numbers = attribute(
        causes,
        {key: before[key].numbers for key in shifts if key in before},
        {key: after[key].numbers for key in shifts if key in after},
        lambda chosen: {key: each[1] for key, each in replay.judge(chosen).items()},
    )
    named, touched = [], set()
    for change in changes:
        key = change.row.key
        touched.add(key)
        if key not in common:
            named.append(replace(change, because=((Cause.PERIOD,),)))
            continue
        found = numbers[key] if change.change is Change.SHIFT else states[key]
        because = tuple(found.because) or replay.from_naming(change)
        named.append(replace(change, because=because, alone=_alone(states[key])))
    offset = [
        RowChange(Change.SHIFT, before[key], after[key], alone=_alone(each))
        for key, each in states.items()
        if each.alone and key not in touched and key in before and key in after
    ]
    return named, offset


def _alone(found: Attribution[Cause]) -> tuple[tuple[Cause, str], ...]:
    """The verdict that each cause alone makes; `-` where there would be none."""
    return tuple((cause, state[0] if isinstance(state, tuple) else "-") for cause, state in found.alone.items())
