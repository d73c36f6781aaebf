"""What holds of every input, whatever it is. A reader that breaks one of these has a defect."""

import re
import tempfile
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from engine.model.account import Account, Fate, count_fates
from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic
from engine.model.period import Period
from engine.model.rule import Rule
from engine.model.source import Source
from engine.model.verdict import Reason
from engine.pipeline import check, open_book
from engine.plan.bodies import find_brackets
from engine.plan.clauses import read_plan
from engine.plan.draft import draft_plan
from engine.plan.fold import fold_text
from engine.plan.phrases import read_promises
from engine.plan.read import read_plan_file
from engine.report.words import Words
from engine.rules.book import bind_book
from engine.rules.read import BookFiles, read_book_files
from engine.submissions.account import settle_account
from engine.submissions.convert import Converter, index_figures
from engine.submissions.gather import read_figures
from engine.submissions.read import SubmittedFile

ROOT = Path(__file__).resolve().parents[2]
SMALL_BOOK = ROOT / "tests" / "books" / "dated"
PERIOD = Period.parse("2025Q2")

#: Reasons for which a cell is no part of any verdict.
_NAMED = frozenset(CODES) | {reason.value for reason in Reason}


#: What is done with one input; it gives what a second time has to give again.
Attempt = Callable[[bytes], Hashable]


class BrokenPromise(AssertionError):
    """A property does not hold; the message names which."""


@cache
def the_book() -> Book:
    """The repository's own book, which the seeds are written for."""
    book = open_book(ROOT, [])
    assert book is not None
    return book


@cache
def reading_book() -> Book:
    """As much of the book as reading needs: a rule of every kind, and bodies of every tier. A tenth of the time."""
    book = the_book()
    chosen: dict[Hashable, Rule] = {}
    for rule in book.rules:
        parts = book.indicators[rule.indicator].parts
        chosen.setdefault((rule.judging_kind, bool(rule.members), rule.net, parts and parts.form), rule)
    named = {rule.indicator for rule in chosen.values()} | {
        "high-standard-farmland",
        "net-new-enterprises",
        "gdp-growth",
    }
    words = {word: names for place, (word, names) in enumerate(sorted(book.words.items())) if place % 8 == 0}
    words |= {word: book.words[word] for word in ("市農業農村局", "市經信局", "咸安區", "嘉魚縣", "市衛健委")}
    indicators = {name: each for name, each in book.indicators.items() if name in named}
    rules = tuple(rule for rule in book.rules if rule.indicator in named)
    return replace(book, rules=rules, indicators=indicators, words=words)


@cache
def small_book() -> BookFiles:
    """A book of ten files, one of which an input replaces."""
    return read_book_files(SMALL_BOOK, [])


@cache
def _workplace() -> Path:
    """A folder in memory where there is one: every input is opened as a file, as a submission is."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="biaochi-fuzz-", dir=memory if memory.is_dir() else None))


def _written(content: bytes, suffix: str) -> Path:
    path = _workplace() / f"input{suffix}"
    path.write_bytes(content)
    return path


def read_submission(content: bytes, suffix: str) -> Hashable:
    """Read one submission into figures, and settle the account of what was read."""
    book, found = reading_book(), list[Diagnostic]()
    path = _written(content, suffix)
    converter = Converter(book, found)
    figures = read_figures(book, converter, [SubmittedFile(path.name, path, None)], PERIOD, found)
    index = index_figures(figures, found, book.indicators)
    account = settle_account([path.name], converter.read, index, (), book.plan.year, [PERIOD] if PERIOD else [])
    _hold_places(found, None if suffix == ".xlsx" else _lines_of(content, suffix), path.name)
    _hold_account(account, found)
    if not converter.read and not found:
        raise BrokenPromise("nothing was read, and nothing says why")
    return _comparable(found), account.cells


def check_submission(content: bytes) -> Hashable:
    """A whole check of one submission; the first byte chooses how it came."""
    suffix = (".yaml", ".csv", ".xlsx")[content[0] % 3] if content else ".yaml"
    path = _written(content[1:], suffix)
    result = check(the_book(), [], [path], period=PERIOD)
    _hold_places(result.findings, None, path.as_posix())
    _hold_account(result.account, result.findings)
    return _comparable(result.findings), result.account.cells, tuple(map(repr, result.verdicts))


def read_plan_text(content: bytes) -> Hashable:
    """Draft a book from a plan's text: every number of it is a promise, or one that promises nothing."""
    found: list[Diagnostic] = []
    path = _written(content, ".txt")
    text = read_plan_file(path, found)
    if text is None:
        _hold_places(found, None, path.as_posix())
        return _comparable(found)
    draft = draft_plan(text, path.name)
    lines = text.count("\n") + 1
    for printed in read_plan(text).clauses:
        if text[printed.start : printed.start + len(printed.body)] != printed.body:
            raise BrokenPromise("a clause does not stand where it says")
        _hold_promises(printed.body, draft.year)
    for drafted in draft.clauses:
        clause = drafted.clause
        for source in (
            clause.source,
            *(one.source for one in clause.targets),
            *(one.source for one in clause.not_targets),
        ):
            if not 1 <= source.line <= lines or source.column < 1:
                raise BrokenPromise("a place outside the plan")
    return repr(draft)


def _hold_promises(body: str, year: int | None) -> None:
    promises, others = read_promises(body, year)
    covered = bytearray(len(body))
    promised = [(one.start, one.end, one.quote) for one in promises]
    for start, end, quote in promised + [(one.start, one.end, one.quote) for one in others]:
        if body[start:end] != quote or start >= end:
            raise BrokenPromise("a quote that is not in the plan")
        covered[start:end] = b"\1" * (end - start)
    for bracket in find_brackets(fold_text(body), body):
        covered[bracket.start : bracket.end] = b"\1" * (bracket.end - bracket.start)
    for digits in re.finditer("[0-9]+", body):
        if not any(covered[digits.start() : digits.end()]):
            raise BrokenPromise("a number of which nothing is said")


def read_plan_document(content: bytes, suffix: str) -> Hashable:
    """The text of a web page or a Word document, cut into clauses."""
    found: list[Diagnostic] = []
    path = _written(content, suffix)
    text = read_plan_file(path, found)
    if text is None:
        if len(found) != 1:
            raise BrokenPromise("no text, and not one reason")
        _hold_places(found, None, path.as_posix())
        return _comparable(found)
    text.encode()
    return text, read_plan(text).clauses


def bind_changed_book(content: bytes) -> Hashable:
    """Bind a book of which one file was replaced; the first byte says which."""
    files = small_book()
    names = sorted(files.texts)
    name = names[content[0] % len(names)] if content else names[0]
    try:
        text = content[1:].decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    book, found = bind_book(BookFiles(files.folder, {**files.texts, name: text}, files.digest), True)
    lines = {each: written.count("\n") + written.count("\r") + 2 for each, written in files.texts.items()}
    lines[name] = len(_lines_of(content[1:], ".yaml")) + 1
    for finding in found:
        _hold_place(finding.source, lines.get(finding.source.file, 0), None)
    _render(found)
    return _comparable(found), book is None or tuple(rule.id for rule in book.rules)


def _lines_of(content: bytes, suffix: str) -> list[bytes]:
    """The lines, by every sign that the format ends a line with."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        suffix = ".csv"
    return re.split((b"\r\n|\r|\n" if suffix == ".csv" else "\r\n|\r|\n|\x85|\u2028|\u2029".encode()), content)


def _hold_account(account: Account, found: Iterable[Diagnostic]) -> None:
    codes = {finding.code for finding in found}
    places = {(cell.source.line, cell.source.column, cell.source.cell) for cell in account.cells}
    if len(places) != len(account.cells):
        raise BrokenPromise("a cell that is counted twice")
    for cell in account.cells:
        if (cell.because is None) != (cell.fate is Fate.JUDGED):
            raise BrokenPromise("a cell without a reason")
        if cell.because is not None and cell.because not in _NAMED:
            raise BrokenPromise(f"a reason that nobody knows: {cell.because}")
        if cell.fate is Fate.REFUSED and cell.because not in codes:
            raise BrokenPromise(f"refused for {cell.because}, which is not among the findings")
    if sum(sum(fates.values()) for fates in account.by_file().values()) != sum(count_fates(account.cells).values()):
        raise BrokenPromise("the files do not add up to the whole")


def _hold_places(found: Iterable[Diagnostic], lines: list[bytes] | None, file: str) -> None:
    for finding in found:
        for source in (finding.source, *finding.related):
            if source.file == file:
                _hold_place(source, None if lines is None else len(lines), lines)
    _render(found)


def _hold_place(source: Source, last: int | None, lines: list[bytes] | None) -> None:
    if source.line < 0 or source.column < 0 or (source.line > 0) != (source.column > 0):
        raise BrokenPromise(f"no place at all: {source.line}:{source.column}")
    if last is not None and source.line > last + 1:
        raise BrokenPromise("a line behind the end of the file")
    # A table counts cells, and one that a row lacks stands behind its end.
    if lines is not None and source.cell is None and 0 < source.line <= len(lines):
        widest = len(lines[source.line - 1]) + lines[source.line - 1].count(b",") + 20
        if source.column > widest:
            raise BrokenPromise("a column behind the end of the line")


_WORDS = (Words("en"), Words("zh-Hant"))


def _render(found: Iterable[Diagnostic]) -> None:
    """Every finding can be said, in either language, in characters that can be written."""
    for finding in found:
        for words in _WORDS:
            (words.message(finding) + (words.hint(finding) or "")).encode()


def _comparable(found: Iterable[Diagnostic]) -> Hashable:
    return tuple((each.code, each.source, tuple(each.params.items()), each.related) for each in found)
