"""Two results without their inputs → the causes that can be read from them.

What a result carries decides: figures, numbers due, documents in force, digests. Where it leaves several causes
possible, they are named as suspected and none of them as certain.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.followup.resultread import shared_name
from engine.model.difference import (
    DATA,
    Cause,
    Change,
    Edit,
    MadeOf,
    Row,
    RowChange,
    Told,
    cause_of_file,
)
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.source import Source
from engine.model.target import clause_slug

#: What may change a verdict without changing a number that its row shows.
_UNSEEN = (Cause.POLICY, Cause.UNITS, Cause.PLAN, Cause.ORGANIZATIONS)

#: Kinds of which what is due follows from another figure: a baseline, a partner.
_ON_FIGURES = ("level", "relative")

#: Options that change no verdict, those that rows show themselves, and what stands for one that was not given.
_SHOWING = frozenset({"by", "command", "fail-on", "fail_on", "format", "lang", "paths", "period"})
_LEFT_OUT = frozenset({"", "null", "[]", "{}", "false"})


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the receipts of two results say about their inputs; None where one of them says nothing.

    `book`, `submissions`: the files that differ.
    """

    book: frozenset[str] | None
    submissions: frozenset[str] | None
    options: frozenset[str] | None
    program: frozenset[str] | None

    @property
    def groups(self) -> tuple[Cause, ...] | None:
        """The groups of inputs that differ; None where it is not known of each. All data are one group here."""
        if self.book is None or self.submissions is None or self.options is None or self.program is None:
            return None
        found = {cause_of_file(name) for name in self.book}
        found |= {Cause.CORRECTED_FIGURE} if self.submissions else set()
        found |= {Cause.OPTIONS} if self.options else set()
        found |= {Cause.PROGRAM} if self.program else set()
        return tuple(cause for cause in Cause if cause in found)


def compare_receipts(old: Told, new: Told) -> Inputs:
    """Which inputs differ, as far as both results say so."""
    first, second = old.made_of, new.made_of
    book = _differing(first.book, second.book)
    if book is None and old.digest == new.digest:
        book = frozenset()
    return Inputs(
        book,
        _differing(first.submissions, second.submissions),
        _differing(_judging(first.options), _judging(second.options)),
        # A version that only one of them states is no difference.
        _differing(first.program, second.program, {*(first.program or ())} & {*(second.program or ())}),
    )


def _differing(
    old: Mapping[str, str] | None, new: Mapping[str, str] | None, names: Iterable[str] | None = None
) -> frozenset[str] | None:
    if old is None or new is None:
        return None
    return frozenset(name for name in ({*old, *new} if names is None else names) if old.get(name) != new.get(name))


def _judging(options: Mapping[str, str] | None) -> dict[str, str] | None:
    """The options that choose what is judged; what was left out, and how a result is shown, is none."""
    if options is None:
        return None
    return {name: said for name, said in options.items() if name not in _SHOWING and said not in _LEFT_OUT}


def read_causes(changes: Iterable[RowChange], old: Told, new: Told, inputs: Inputs) -> tuple[RowChange, ...]:
    """The changes with the causes that the results show: certain where only one is possible."""
    revised = frozenset(each.message for told in (old, new) for each in told.findings if each.code == "revised")
    kept = {each.message for each in old.findings} & {each.message for each in new.findings}
    revised -= kept
    periods = {row.period for row in old.rows}, {row.period for row in new.rows}
    named: list[RowChange] = []
    for change in changes:
        causes = _causes(change, inputs, bool(revised), periods)
        if len(causes) == 1:
            named.append(replace(change, because=(tuple(causes),)))
        else:
            named.append(replace(change, suspected=tuple(cause for cause in Cause if cause in causes)))
    return tuple(named)


def _causes(change: RowChange, inputs: Inputs, revised: bool, periods: tuple[set[str], set[str]]) -> set[Cause]:
    old, new = change.old, change.new
    if (change.change is Change.ADDED and change.row.period not in periods[0]) or (
        change.change is Change.REMOVED and change.row.period not in periods[1]
    ):
        return {Cause.PERIOD}
    groups = inputs.groups
    if groups is not None and len(groups) == 1 and groups[0] is not Cause.CORRECTED_FIGURE:
        return {groups[0]}
    if old is None or new is None:
        return _one_sided(inputs)
    data = _data_causes(old, new, inputs, revised)
    if groups == (Cause.CORRECTED_FIGURE,):
        # What does not show in the row itself is another figure that it is held against.
        of_files = _cause_of_files(inputs.submissions or (), new.period)
        return data or ({of_files} if of_files else _other_figure(old, new, revised))
    seen = data | _book_causes(old, new, inputs)
    return seen | _unseen(change, seen, inputs)


def _one_sided(inputs: Inputs) -> set[Cause]:
    """Why a row is on one side only: another book, or other options."""
    found = {cause_of_file(name) for name in inputs.book or ()}
    if inputs.book is None:
        found |= {Cause.RULE, Cause.PLAN, Cause.ORGANIZATIONS}
    if inputs.options is None or inputs.options:
        found.add(Cause.OPTIONS)
    return found & {Cause.RULE, Cause.PLAN, Cause.ORGANIZATIONS, Cause.QUOTA, Cause.OPTIONS}


def _data_causes(old: Row, new: Row, inputs: Inputs, revised: bool) -> set[Cause]:
    """What the figure of a row and the files that differ show."""
    differs = _figure(old) != _figure(new) or (old.reason != new.reason and "missing" in (old.reason, new.reason))
    if inputs.submissions is not None and not inputs.submissions:
        # The same files with another figure in force: only the day as of which was asked can do that.
        return {Cause.OPTIONS} if inputs.options and differs else set()
    breached = [{note for note in row.notes if note.startswith("breached-in")} for row in (old, new)]
    if not differs:
        if breached[0] != breached[1]:
            return {Cause.REVISED_PAST}
        held = old.due != new.due and old.target_value == new.target_value and new.kind in _ON_FIGURES
        return _held_against(old, new, inputs, revised) if held else set()
    of_files = _cause_of_files(inputs.submissions or (), new.period)
    if of_files is not None:
        return {of_files}
    if "inspected" in {*old.notes, *new.notes}:
        return {Cause.INSPECTION}
    if old.reason == "missing" and new.source is not None and old.source is None:
        return {Cause.NEW_FIGURE}
    if new.reason == "missing" and old.source is not None and new.source is None:
        return {Cause.WITHDRAWN_FIGURE}
    if _of_later(old) or _of_later(new):
        return {Cause.REVISED_PAST}
    if old.source is None or new.source is None or old.reason != new.reason:
        return _other_figure(old, new, revised)
    moved = shared_name(old.source.file) != shared_name(new.source.file)
    # Of two files that both lie there, the day or the manifest may say which one counts.
    unknown = {Cause.ARRIVAL, Cause.OPTIONS} if moved and inputs.submissions is None else set()
    return {Cause.CORRECTED_FIGURE, *unknown}


def _cause_of_files(names: Iterable[str], period: str) -> Cause | None:
    """The cause that follows from which files differ: nothing but one kind of them, or none of the row's own period."""
    own = Period.parse(period)
    kinds = set()
    for name in names:
        folder, _, file = name.rpartition("/")
        if file == "inspections.yaml":
            kinds.add(Cause.INSPECTION)
        elif file == "manifest.yaml":
            kinds.add(Cause.ARRIVAL)
        elif folder and Period.parse(folder.split("/")[0]) != own:
            kinds.add(Cause.REVISED_PAST)
        else:
            return None
    return kinds.pop() if len(kinds) == 1 else None


def _held_against(old: Row, new: Row, inputs: Inputs, revised: bool) -> set[Cause]:
    """What is due of a level follows from its baseline, and of a relative rule from its partner's figure."""
    of_files = _cause_of_files(inputs.submissions or (), new.period)
    other = {of_files} if of_files else _other_figure(old, new, revised)
    if inputs.submissions is None and new.kind == "level":
        other = {Cause.REVISED_PAST, Cause.CORRECTED_FIGURE}
    # Its own rule may say otherwise what is due as well.
    return other if inputs.book == frozenset() or not _own_rule(inputs, new) else other | {Cause.RULE}


def _other_figure(old: Row, new: Row, revised: bool) -> set[Cause]:
    """Which change another figure than the row's own has seen: that of a partner, or an earlier one."""
    if old.reason == "missing" and new.reason != "missing":
        return {Cause.NEW_FIGURE}
    if new.reason == "missing" and old.reason != "missing":
        return {Cause.WITHDRAWN_FIGURE}
    return {Cause.REVISED_PAST if revised else Cause.CORRECTED_FIGURE}


def _figure(row: Row) -> tuple[str | None, bool]:
    """The number that was judged; where there is none, whether one came in."""
    return (row.actual, row.source is not None) if row.unit is None or row.actual is None else (row.actual, True)


def _of_later(row: Row) -> bool:
    """Whether the figure of a row stands in a later period's folder, which declared a revision."""
    if row.source is None:
        return False
    parts = row.source.file.split("/")
    folder = Period.parse(parts[-2]) if len(parts) > 1 else None
    own = Period.parse(row.period)
    return folder is not None and own is not None and folder > own


def _book_causes(old: Row, new: Row, inputs: Inputs) -> set[Cause]:
    """What the numbers of a row show of the book by which it was judged."""
    if inputs.book == frozenset():
        amended = old.amendment != new.amendment or (old.target_value != new.target_value and old.amendment)
        waived = old.waiver != new.waiver and _excusable(old) and _excusable(new)
        return {Cause.OPTIONS} if amended or waived else set()
    found: set[Cause] = set()
    if old.waiver != new.waiver and _excusable(old) and _excusable(new):
        found.add(Cause.WAIVER)
    if old.amendment != new.amendment or (old.target_value != new.target_value and old.amendment):
        found.add(Cause.AMENDMENT)
    elif old.target_value != new.target_value:
        found |= _number_causes(new, inputs)
    elif (old.comparator, old.kind, old.unit) != (new.comparator, new.kind, new.unit) or _other_pace(old, new, inputs):
        found.add(Cause.RULE)
    return found


def _other_pace(old: Row, new: Row, inputs: Inputs) -> bool:
    """Whether another share of the same number is due, which only the rule itself says."""
    return old.due != new.due and old.kind not in _ON_FIGURES and _own_rule(inputs, new)


def _excusable(row: Row) -> bool:
    """Whether a waiver would show: what passes, or is not due, needs none."""
    return row.verdict != "pass" and row.reason not in ("not-due", "not-applicable")


def _number_causes(row: Row, inputs: Inputs) -> set[Cause]:
    """Where another number may come from: the rule, and for a responsible body its quota as well."""
    possible = {Cause.RULE} if row.role == "lead" else {Cause.RULE, Cause.QUOTA}
    if inputs.book is None:
        return possible
    changed = {cause_of_file(name) for name in inputs.book}
    if not _own_rule(inputs, row):
        changed.discard(Cause.RULE)
    return possible & changed or {Cause.RULE}


def _own_rule(inputs: Inputs, row: Row) -> bool:
    """Whether the rule file of a row's clause differs, or may do so."""
    slug = clause_slug(row.clause)
    if inputs.book is None:
        return True
    return any(name.startswith(f"rules/{slug}-" if slug else "rules/") for name in inputs.book)


def _unseen(change: RowChange, seen: set[Cause], inputs: Inputs) -> set[Cause]:
    """Causes that would leave no trace in the numbers of a row, so that they cannot be ruled out.

    A shift that the numbers explain needs no other cause; a flip could have one beside it.
    """
    if seen and change.change is Change.SHIFT:
        return set()
    found = {cause_of_file(name) for name in inputs.book or ()} & set(_UNSEEN)
    if _own_rule(inputs, change.row):
        found.add(Cause.RULE)
    if inputs.book is None:
        found.add(Cause.POLICY)
    if inputs.program is None or inputs.program:
        found.add(Cause.PROGRAM)
    if not seen and (inputs.options is None or inputs.options):
        found.add(Cause.OPTIONS)
    # Without receipts nothing can be ruled out: what the numbers show is then the best answer.
    if seen and inputs.groups is None:
        return set()
    return found - seen


def read_edits(changes: Iterable[RowChange], old: Told, new: Told, inputs: Inputs) -> list[Edit]:
    """What differs, as far as rows and receipts show it."""
    edits: list[Edit] = []
    for change in changes:
        if change.old is not None and change.new is not None:
            edits += _row_edits(change, change.old, change.new)
    # What is said of a rule is said of each of its rows.
    edits = list(dict.fromkeys(edits))
    for name in sorted(inputs.book or ()):
        edits.append(Edit(cause_of_file(name), "file", name, places=(Source(name), Source(name))))
    told = {shared_name(place.file) for edit in edits for place in edit.places if place}
    from_receipts = old.made_of, new.made_of
    for name in sorted(inputs.submissions or ()):
        if name not in told:
            edits.append(_submission(name, *from_receipts))
    for cause, names, sides in (
        (Cause.OPTIONS, inputs.options, (old.made_of.options, new.made_of.options)),
        (Cause.PROGRAM, inputs.program, (old.made_of.program, new.made_of.program)),
    ):
        for name in sorted(names or ()):
            was, now = ((side or {}).get(name) for side in sides)
            edits.append(Edit(cause, "option", name, (was, now)))
    return edits


def _submission(name: str, old: MadeOf, new: MadeOf) -> Edit:
    was, now = (side.submissions or {} for side in (old, new))
    return Edit(Cause.WRITING, "file", name, (name if name in was else None, name if name in now else None))


def _row_edits(change: RowChange, old: Row, new: Row) -> list[Edit]:
    """What the numbers of a row that differs show of its causes."""
    edits = []
    rules, bodies, places = (new.rule,), (new.organization,), (old.source, new.source)
    data = next((cause for cause in change.causes if cause in DATA), None)
    if data is not None:
        name, shown = " ".join((new.organization, new.indicator, new.period)), (old.submitted, new.submitted)
        edits.append(Edit(data, "figure", name, shown, places, rules, bodies, new.period))
    about = f"{new.rule} {new.organization}"
    for cause, said in (
        (Cause.AMENDMENT, (old.target_value, new.target_value)),
        (Cause.QUOTA, (old.target_value, new.target_value)),
        (Cause.WAIVER, (old.waiver, new.waiver)),
    ):
        if cause in change.causes:
            edits.append(Edit(cause, "entry", about, said, rules=rules, organizations=bodies))
    if Cause.RULE in change.causes:
        for field in ("comparator", "kind", "target_value", "due"):
            was, now = getattr(old, field), getattr(new, field)
            if was != now:
                edits.append(Edit(Cause.RULE, "field", f"{new.rule}: {field}", (was, now), rules=rules))
    return edits
