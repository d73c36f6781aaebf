"""Two checks held against each other: what changed, and because of what.

A composer as `pipeline.py` is, one step further on: where both sides are folders, everything is judged again with one
cause exchanged at a time.
"""

import hashlib
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from engine import __version__
from engine.followup.attribution import Attribution, attribute
from engine.followup.bookedits import compare_books, rules_counting
from engine.followup.changes import changed_rows, compare_failures, compare_findings, link_edits
from engine.followup.figureedits import Both, Delivered, FigureEdits, compare_figures, file_edits, mix
from engine.followup.readcauses import compare_receipts, read_causes, read_edits
from engine.followup.resultread import shared_name, told_of
from engine.followup.singleedits import take_back, units_of
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.difference import (
    DATA,
    Cause,
    Change,
    Difference,
    Edit,
    MadeOf,
    Row,
    RowChange,
    RowKey,
    Told,
    cause_of_file,
)
from engine.model.figure import Figure, FigureKey
from engine.model.period import Period
from engine.model.verdict import Obligation, Verdict
from engine.pipeline import Checked, bind_files, check_whole, judge_limited
from engine.report.documents import check_document, verdict_row
from engine.report.words import Words
from engine.rules.obligations import limit_obligations, list_obligations
from engine.rules.read import BookFiles, read_book_files
from engine.submissions.read import BESIDE, SubmittedFile, find_files, read_binary

#: The files of a book by which figures are read; the others only judge them.
_READING = frozenset({Cause.RULE, Cause.PLAN, Cause.ORGANIZATIONS, Cause.UNITS})

#: Edits of one row that are tried apart from each other.
_MOST_UNITS = 6

#: What a replayed row comes to: its state, and the numbers behind it.
_Judged = tuple[Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class Side:
    """A folder to be checked: its book's folder, the submissions, for which period, and as of which day."""

    name: str
    book: Path
    paths: tuple[Path, ...]
    period: Period | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class SideChecked:
    """A folder that was checked: its book and files, the check, and the result as its JSON tells it."""

    side: Side
    files: BookFiles
    book: Book
    checked: Checked
    told: Told
    delivered: Delivered


def check_side(side: Side, words: Words, found: list[Diagnostic]) -> SideChecked | None:
    """Check one folder; None where its book cannot be read at all."""
    noticed: list[Diagnostic] = []
    files = read_book_files(side.book, noticed)
    book, diagnostics = bind_files(files)
    noticed.extend(diagnostics)
    if book is None:
        found.extend(noticed)
        return None
    checked = check_whole(book, noticed, side.paths, side.period, side.as_of)
    delivered = _delivered(side)
    made_of = MadeOf(
        {name: _digest(text.encode()) for name, text in files.texts.items()},
        delivered.digests,
        {"biaochi": __version__},
        {"as_of": side.as_of.isoformat()} if side.as_of else {},
    )
    told = told_of(check_document(checked.result, words), side.name, made_of)
    return SideChecked(side, files, book, checked, told, delivered)


def _delivered(side: Side) -> Delivered:
    """Every file that a check of this side reads, with what stands beside them."""
    delivery = find_files(side.paths, [])
    listed = (*delivery.files, *delivery.earlier, *delivery.later)
    homes = {file.home: file.folder_period for file in listed if file.home}
    homes |= {folder: Period.parse(folder.absolute().name) for folder in delivery.folders}
    beside = [
        SubmittedFile((home / name).as_posix(), home / name, period, home)
        for home, period in homes.items()
        for name in BESIDE[:2]
        if (home / name).is_file()
    ]
    digests, shared = {}, {}
    for file in (*listed, *beside):
        content = read_binary(file, [])
        name = f"{file.home.absolute().name}/{file.within}" if file.home else shared_name(file.name)
        shared[file.name] = name
        if content is not None:
            digests[name] = _digest(content)
    return Delivered(digests, shared)


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def compare_results(old: Told, new: Told) -> Difference:
    """What changed between two results, because of what they themselves show."""
    inputs = compare_receipts(old, new)
    changes = read_causes(changed_rows(old, new), old, new, inputs)
    edits = read_edits(changes, old, new, inputs)
    return _difference(old, new, edits, link_edits(changes, edits, {}), (), False)


def compare_checks(old: SideChecked, new: SideChecked) -> Difference:
    """What changed between two folders; every cause is proved by judging again with it exchanged."""
    replay = _Replay(old, new)
    edits = replay.edits()
    changes = changed_rows(old.told, new.told)
    causes = [cause for cause in Cause if cause in replay.causes(edits)]
    before, after = ({row.key: row for row in side.told.rows} for side in (old, new))
    named, offset = _attributed(changes, before, after, causes, replay)
    reporters = {
        (each.obligation.rule.id, each.obligation.organization, each.obligation.period.label): each.obligation.reporters
        for side in (old, new)
        for each in side.checked.limited
    }
    linked = [_decided(change, edits, replay) for change in link_edits(named, edits, reporters)]
    return _difference(old.told, new.told, edits, tuple(linked), link_edits(offset, edits, reporters), True)


def _decided(change: RowChange, edits: Sequence[Edit], replay: "_Replay") -> RowChange:
    """The change with the single edits that decide it, where one of its causes has several."""
    if change.change is Change.SHIFT or not change.because:
        return change
    named = {cause for each in change.because for cause in each}
    units = replay.units(edits, [place for place in change.edits if edits[place].cause in named])
    if len(units) <= len(change.because[0]) or len(units) > _MOST_UNITS:
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
    replay: "_Replay",
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


class _Replay:
    """Judges any mixture of two checks. Figures are read once for each book that reads them differently."""

    def __init__(self, old: SideChecked, new: SideChecked) -> None:
        self._sides = (old, new)
        names = {*old.files.texts, *new.files.texts}
        self._changed = {name for name in names if old.files.texts.get(name) != new.files.texts.get(name)}
        self._books: dict[frozenset[Cause], Book | None] = {}
        self._checked: dict[tuple[frozenset[Cause], int, int], Mapping[FigureKey, Figure]] = {}
        self._known: dict[frozenset[Cause], dict[RowKey, _Judged]] = {}
        self._tried: dict[frozenset[int], dict[RowKey, _Judged]] = {}
        self._figures = FigureEdits()
        self._options = old.side.as_of != new.side.as_of
        self._book: frozenset[Cause] = frozenset()

    def edits(self) -> list[Edit]:
        """Everything that differs between the inputs of the two."""
        old, new = self._sides
        listed = compare_books(old.book, new.book, self._changed)
        self._book = frozenset(edit.cause for edit in listed if edit.effective)
        checked = {each.obligation.period.key for side in self._sides for each in side.checked.limited}
        both = Both(old.delivered, new.delivered, checked)
        chosen = {frozenset[Cause](), self._book & _READING}
        options = (0, 1) if self._options else (0,)
        pairs = [(self._read(book, 0, day), self._read(book, 1, day)) for book in chosen for day in options]
        rules = {
            name: tuple(dict.fromkeys((*rules_counting(old.book, name), *rules_counting(new.book, name))))
            for name in (*old.book.indicators, *new.book.indicators)
        }
        self._figures = compare_figures(pairs, both, rules)
        arrivals = [
            [
                (each.organization, each.period, shared_name(each.file or ""), each.day, each.due)
                for each in side.checked.result.arrivals
            ]
            for side in self._sides
        ]
        data = [*self._figures.edits, *file_edits(both, self._figures.edits, arrivals[0] != arrivals[1])]
        data.sort(key=lambda edit: [*Cause].index(edit.cause))
        was, now = (side.side.as_of.isoformat() if side.side.as_of else None for side in self._sides)
        asked = [Edit(Cause.OPTIONS, "option", "as-of", (was, now))] if self._options else []
        return [*data, *listed, *asked]

    def causes(self, edits: Sequence[Edit]) -> set[Cause]:
        """The causes that may change a verdict and can be exchanged."""
        found = {*self._figures.causes, *self._book}
        return found | ({Cause.OPTIONS} if self._options else set())

    def from_naming(self, change: RowChange) -> tuple[tuple[Cause, ...], ...]:
        """Why a row is on one side only that both books have: single files hold only the bodies that they name."""
        if change.change is Change.ADDED:
            return ((Cause.NEW_FIGURE,),)
        return ((Cause.WITHDRAWN_FIGURE,),) if change.change is Change.REMOVED else ()

    def judge(self, chosen: frozenset[Cause]) -> dict[RowKey, _Judged]:
        """All rows with these causes as in the new check and all others as in the old one."""
        if chosen not in self._known:
            self._known[chosen] = self._judge(chosen)
        return self._known[chosen]

    def judge_edits(self, edits: Sequence[Edit], kept: frozenset[int]) -> dict[RowKey, _Judged]:
        """All rows with these edits alone as in the new check. Each is one that can be exchanged by itself."""
        if kept not in self._tried:
            chosen = frozenset(edits[place].cause for place in kept)
            others = [edit for place, edit in enumerate(edits) if edit.cause in chosen and place not in kept]
            keys = {self._figures.keys[edits[place]] for place in kept if edits[place] in self._figures.keys}
            self._tried[kept] = self._judge(chosen, others, keys)
        return self._tried[kept]

    def units(self, edits: Sequence[Edit], places: Sequence[int]) -> list[tuple[int, ...]]:
        """The edits at these places in the smallest groups that can be tried apart."""
        old, new = self._sides
        return units_of(edits, places, old.book, new.book)

    def _judge(
        self, chosen: frozenset[Cause], without: Sequence[Edit] = (), keys: Collection[FigureKey] | None = None
    ) -> dict[RowKey, _Judged]:
        book = self._mixed(chosen & self._book)
        if book is None:
            return {}
        book = take_back(book, self._sides[0].book, without)
        new_day = int(Cause.OPTIONS in chosen)
        as_of = self._sides[new_day].side.as_of
        reading = chosen & self._book & _READING
        figures = mix(
            self._read(reading, 0, new_day), self._read(reading, 1, new_day), self._figures, chosen & set(DATA), keys
        )
        periods = {each.obligation.period for side in self._sides for each in side.checked.limited}
        wanted = {row.key for side in self._sides for row in side.told.rows}
        owed = [
            each for period in sorted(periods) for each in list_obligations(book, period, as_of) if _key(each) in wanted
        ]
        past = sorted({figure.period for figure in figures.values()})
        verdicts = judge_limited(limit_obligations(book, owed, past, as_of), figures, [])
        return {_key(verdict.obligation): _judged(verdict) for verdict in verdicts}

    def _mixed(self, chosen: frozenset[Cause]) -> Book | None:
        """The old book with the files of these causes from the new one."""
        if chosen not in self._books:
            old, new = (side.files for side in self._sides)
            texts = {
                name: text
                for side, files in enumerate((old, new))
                for name, text in files.texts.items()
                if (cause_of_file(name) in chosen) == bool(side)
            }
            ordered = {name: texts[name] for name in sorted(texts)}
            self._books[chosen] = bind_files(BookFiles(old.folder, ordered, old.digest))[0]
        return self._books[chosen]

    def _read(self, book: frozenset[Cause], side: int, day: int) -> Mapping[FigureKey, Figure]:
        """The figures of one side, as a mixed book reads them and as they were known on one side's day."""
        key = (book, side, day)
        if key not in self._checked:
            own, whole = self._sides[side], self._book & _READING
            if day == side and book == (whole if side else frozenset()):
                self._checked[key] = own.checked.figures
            else:
                mixed = self._mixed(book)
                as_of = self._sides[day].side.as_of
                asked = own.side.paths, own.side.period, as_of
                self._checked[key] = {} if mixed is None else check_whole(mixed, [], *asked).figures
        return self._checked[key]


def _key(obligation: Obligation) -> RowKey:
    return (obligation.rule.id, obligation.organization, obligation.period.label)


_NO_WORDS = Words("en")


def _judged(verdict: Verdict) -> _Judged:
    row = told_of(
        {
            "book": {"title": "", "digest": ""},
            "verdicts": [verdict_row(verdict, _NO_WORDS, "")],
            "findings": [],
            "complete": True,
        },
        "",
    ).rows[0]
    return row.state, row.numbers
