"""Checks that are made again with some of their inputs exchanged: what would have come out.

A composer as `pipeline.py` is, one step further on. Files are read once; figures and books are mixed in memory.
"""

import hashlib
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from engine import __version__
from engine.followup.bookedits import compare_books, rules_counting
from engine.followup.figureedits import Both, Delivered, FigureEdits, compare_figures, file_edits, mix
from engine.followup.resultread import shared_name, told_of
from engine.followup.singleedits import take_back, units_of
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.difference import DATA, Cause, Change, Edit, MadeOf, RowChange, RowKey, Told, cause_of_file
from engine.model.figure import Figure, FigureKey
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.verdict import Obligation, Verdict
from engine.pipeline import Checked, bind_files, check_whole, judge_limited
from engine.report.documents import check_document, verdict_row
from engine.report.words import Words
from engine.rules.obligations import limit_obligations, list_obligations
from engine.rules.read import BookFiles, read_book_files
from engine.submissions.read import BESIDE, FolderBeside, find_files, list_beside, read_binary

#: The files of a book by which figures are read; the others only judge them.
_READING = frozenset({Cause.RULE, Cause.PLAN, Cause.ORGANIZATIONS, Cause.UNITS})

#: What a replayed row comes to: its state, and the numbers behind it.
Judged = tuple[Hashable, Hashable]


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
    files = read_book_files(side.book, noticed, side.as_of)
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
    folders: tuple[Path | FolderBeside, ...] = (*delivery.folders, *delivery.before)
    beside = [file for name in BESIDE[:2] for file in list_beside(name, listed, folders) if file.path.is_file()]
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


class Replay:
    """Judges any mixture of two checks. Figures are read once for each book that reads them differently."""

    def __init__(self, old: SideChecked, new: SideChecked) -> None:
        self._sides = (old, new)
        names = {*old.files.texts, *new.files.texts}
        self._changed = {name for name in names if old.files.texts.get(name) != new.files.texts.get(name)}
        self._books: dict[frozenset[Cause], Book | None] = {}
        self._checked: dict[tuple[frozenset[Cause], int, int], Mapping[FigureKey, Figure]] = {}
        self._known: dict[frozenset[Cause], dict[RowKey, Judged]] = {}
        self._tried: dict[frozenset[int], dict[RowKey, Judged]] = {}
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
        chosen = dict.fromkeys((frozenset[Cause](), self._book & _READING))
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

    def causes(self) -> frozenset[Cause]:
        """The causes that may change a verdict and can be exchanged, once the edits are known."""
        found = {*self._figures.causes, *self._book}
        return frozenset(found | ({Cause.OPTIONS} if self._options else set()))

    def from_naming(self, change: RowChange) -> tuple[tuple[Cause, ...], ...]:
        """Why a row is on one side only that both books have: single files hold only the bodies that they name."""
        judged = self.judge(frozenset()), self.judge(self.causes())
        if any(change.row.key not in each for each in judged):
            return ()
        if change.change is Change.ADDED:
            return ((Cause.NEW_FIGURE,),)
        return ((Cause.WITHDRAWN_FIGURE,),) if change.change is Change.REMOVED else ()

    def judge(self, chosen: frozenset[Cause]) -> dict[RowKey, Judged]:
        """All rows with these causes as in the new check and all others as in the old one."""
        if chosen not in self._known:
            self._known[chosen] = self._judge(chosen)
        return self._known[chosen]

    def judge_edits(self, edits: Sequence[Edit], kept: frozenset[int]) -> dict[RowKey, Judged]:
        """All rows with these edits alone as in the new check. Each is one that can be exchanged by itself."""
        if kept not in self._tried:
            chosen = frozenset(edits[place].cause for place in kept)
            others = [edit for place, edit in enumerate(edits) if edit.cause in chosen and place not in kept]
            keys = {self._figures.keys[edits[place]] for place in kept if edits[place] in self._figures.keys}
            self._tried[kept] = self._judge(chosen, others, keys)
        return self._tried[kept]

    @property
    def tries(self) -> int:
        """How many sets of single edits were judged so far."""
        return len(self._tried)

    def units(self, edits: Sequence[Edit], places: Sequence[int]) -> list[tuple[int, ...]]:
        """The edits at these places in the smallest groups that can be tried apart."""
        old, new = self._sides
        return units_of(edits, places, old.book, new.book)

    def _judge(
        self, chosen: frozenset[Cause], without: Sequence[Edit] = (), keys: Collection[FigureKey] | None = None
    ) -> dict[RowKey, Judged]:
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
            self._books[chosen] = bind_files(replace(old, texts=ordered))[0]
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


def _judged(verdict: Verdict) -> Judged:
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
