"""The plan's own text ↔ the book: every clause, every quote in its place, every printed number accounted for.

What the plan says beside its promises is the publisher's: of its prose nothing is copied into a finding but the few
signs around a number that nobody claimed.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from engine.model.book import Book
from engine.model.coverage import Coverage
from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.source import Source
from engine.model.target import Clause, NotTarget, Target
from engine.plan.bodies import find_brackets
from engine.plan.clauses import PlanClause, read_plan
from engine.plan.fold import fold_text
from engine.plan.phrases import read_promises
from engine.plan.places import place_in
from engine.verbatim import DIGITS, Words, count_runs, find_value, find_words, fold_words

#: How many lines a page or a letter may have before the plan begins.
_LINES_BEFORE = 200

#: How many signs are shown on either side of a number that nobody claimed.
_AROUND = 3

_SPAN = tuple[int, int]

_NUMERAL = re.compile("[一二三四五六七八九十百千萬万億亿兩两]")


@dataclass(frozen=True, slots=True)
class _Body:
    """What a clause says, folded, without its responsibility brackets, and where it stands in the plan's text.

    Shape: `runs` are stretches of `words.text`: runs of Arabic digits, and the words around a Chinese numeral that
    counts something (新建三所學校), which `numerals` holds once more.
    """

    words: Words
    start: int
    runs: tuple[_SPAN, ...]
    numerals: frozenset[_SPAN]


def digest_text(text: str) -> str:
    """The digest by which a plan's text is recognized: of the text in NFKC, without white space, in UTF-8.

    >>> digest_text("增 長７%") == digest_text("增長7%")
    True
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return f"sha256:{hashlib.sha256(folded.encode()).hexdigest()}"


def plan_proper(text: str, digest: str | None) -> str:
    """The text with every line blanked that is not the plan's, where the lines of this digest stand in it.

    A saved web page, or a document with its covering letter, has more lines than the plan. Places stay the same.

    >>> plan_proper("網站\\n增長7%\\n頁腳", digest_text("增長7%"))
    '\\n增長7%\\n'
    """
    folded = ["".join(unicodedata.normalize("NFKC", line).split()) for line in text.split("\n")]
    if digest is None or digest == digest_text(text):
        return text
    spoken = [place for place, line in enumerate(folded) if line]
    for first in spoken[:_LINES_BEFORE]:
        seen = hashlib.sha256()
        for place in spoken[spoken.index(first) :]:
            seen.update(folded[place].encode())
            if seen.hexdigest() == digest.removeprefix("sha256:"):
                lines = text.split("\n")
                kept = range(first, place + 1)
                return "\n".join(line if number in kept else "" for number, line in enumerate(lines))
    return text


def cover_plan(book: Book, text: str, file: str) -> tuple[Coverage, list[Diagnostic]]:
    """Hold a book against its plan's text; `file` names the text in findings.

    Errors: plan-differs, plan-digest-missing, plan-without-clauses, clause-not-in-plan, clause-not-in-book,
    clauses-unordered, bodies-differ, quote-not-in-clause, number-claimed-twice, number-unclaimed.
    """
    clauses = {clause.number: clause for clause in read_plan(text).clauses}
    found = [*_recognize(book, text, file)]
    if not any(_is_known(clause, clauses.get(clause.number)) for clause in book.clauses):
        found.append(Diagnostic("plan-without-clauses", Source(file), {"count": str(len(clauses))}))
        return covered_by_book(book), found
    found.extend(_match_clauses(book, clauses, text, file))
    counts = _Counts()
    for clause in book.clauses:
        printed = clauses.get(clause.number)
        if printed is not None:
            found.extend(_match_bodies(clause, printed, text, file))
            found.extend(_Claims(clause, _body_of(printed, book.plan.year), text, file, counts).findings())
    listed = {clause.number for clause in book.clauses}
    for number, printed in clauses.items():
        if number not in listed:
            runs = len(_body_of(printed, book.plan.year).runs)
            counts.printed += runs
            counts.unclaimed += runs
    return Coverage(
        numbers_in_plan=counts.printed,
        claimed=counts.claimed,
        declared_not_targets=counts.declared,
        unclaimed=counts.unclaimed,
        clauses=len(clauses),
        clauses_accounted=sum(number in listed for number in clauses),
    ), found


def covered_by_book(book: Book) -> Coverage:
    """What a book says about its numbers and clauses while the plan's text is not there to be asked."""
    judged = {rule.target for rule in book.rules}
    return Coverage(
        numbers_in_plan=None,
        claimed=sum((target.value is not None) + (target.upper is not None) for target in book.targets.values()),
        declared_not_targets=sum(count_runs(other.quote) for clause in book.clauses for other in clause.not_targets),
        unclaimed=None,
        clauses=len(book.clauses),
        clauses_accounted=sum(all(target.id in judged for target in clause.targets) for clause in book.clauses),
    )


def _recognize(book: Book, text: str, file: str) -> Iterator[Diagnostic]:
    digest = digest_text(text)
    if book.plan.digest is None:
        yield Diagnostic("plan-digest-missing", Source("targets.yaml"), {"digest": digest})
    elif book.plan.digest != digest:
        params = {"found": _short(digest), "wanted": _short(book.plan.digest)}
        yield Diagnostic("plan-differs", Source(file), params, (Source("targets.yaml"),))


def _is_known(clause: Clause, printed: PlanClause | None) -> bool:
    """Whether a clause of the text has anything of the book's clause of that number: its bodies, or a quote."""
    if printed is None:
        return False
    words = fold_words(printed.body).text
    quoted = any(fold_words(target.quote).text in words for target in clause.targets)
    return quoted or (printed.lead, printed.responsible) == (clause.lead, clause.responsible) != ((), ())


def _short(digest: str) -> str:
    return digest.removeprefix("sha256:")[:12]


# --- clauses and their bodies ----------------------------------------------------------------------------------


def _match_clauses(book: Book, clauses: dict[str, PlanClause], text: str, file: str) -> Iterator[Diagnostic]:
    for clause in book.clauses:
        if clause.number not in clauses:
            yield Diagnostic("clause-not-in-plan", clause.place("clause"), {"clause": clause.number})
    listed = {clause.number for clause in book.clauses}
    for number, printed in clauses.items():
        if number not in listed:
            yield Diagnostic("clause-not-in-book", place_in(text, printed.start, file), {"clause": number})
    order = {number: place for place, number in enumerate(clauses)}
    known = [clause for clause in book.clauses if clause.number in clauses]
    for before, after in pairwise(known):
        if order[after.number] < order[before.number]:
            params = {"clause": after.number, "other": before.number}
            yield Diagnostic("clauses-unordered", after.place("clause"), params)


def _match_bodies(clause: Clause, printed: PlanClause, text: str, file: str) -> Iterator[Diagnostic]:
    # A body that leads is not repeated among the responsible ones, by either of the two.
    responsible = tuple(name for name in clause.responsible if name not in clause.lead)
    pairs = (("lead", clause.lead, printed.lead), ("responsible", responsible, printed.responsible))
    for key, stated, wanted in pairs:
        if stated == wanted:
            continue
        ours, theirs = ([_fold_body(name) for name in names] for names in (stated, wanted))
        # How a list is cut up is a matter of reading; that the names are there, in their order, is not.
        if "".join(ours) == "".join(theirs):
            continue
        params = {
            "clause": clause.number,
            "missing": "、".join(name for name in theirs if name not in ours) or "-",
            "extra": "、".join(name for name in ours if name not in theirs) or "-",
        }
        yield Diagnostic("bodies-differ", clause.place(key), params, (place_in(text, printed.start, file),))


def _fold_body(name: str) -> str:
    return fold_words(name).text.replace("、", "")


# --- quotes and numbers ----------------------------------------------------------------------------------------


def _body_of(printed: PlanClause, year: int) -> _Body:
    """The clause's words without its brackets; what was cut out leaves a mark that no quote can bridge."""
    text = printed.body
    signs = list(text)
    for bracket in find_brackets(fold_text(text), text):
        signs[bracket.start : bracket.end] = "\ufffc" * (bracket.end - bracket.start)
    words = fold_words("".join(signs))
    digits = [match.span() for match in DIGITS.finditer(words.text)]
    numerals = _numerals(printed, words, year)
    return _Body(words, printed.start, tuple(sorted([*digits, *numerals])), frozenset(numerals))


def _numerals(printed: PlanClause, words: Words, year: int) -> list[_SPAN]:
    """The words with a Chinese numeral that counts something, as the grammar reads them."""
    if not _NUMERAL.search(words.text):
        return []
    promises, others = read_promises(printed.body, year)
    said = [(one.start, one.end) for one in promises if one.value is not None]
    said += [(other.start, other.end) for other in others]
    spans = [(bisect_left(words.origin, start), bisect_left(words.origin, end)) for start, end in said]
    return sorted({span for span in spans if not DIGITS.search(words.text, *span)})


@dataclass(slots=True)
class _Counts:
    """Printed numbers, counted over all clauses."""

    printed: int = 0
    claimed: int = 0
    declared: int = 0
    unclaimed: int = 0


class _Claims:
    """Who claims which printed number of one clause: each is claimed once, by a target or by a reason."""

    def __init__(self, clause: Clause, body: _Body, text: str, file: str, counts: _Counts) -> None:
        self._clause = clause
        self._body = body
        self._text = text
        self._file = file
        self._counts = counts
        #: Which quote claimed a run.
        self._by: dict[_SPAN, str] = {}

    def findings(self) -> Iterator[Diagnostic]:
        for target in self._clause.targets:
            yield from self._target(target)
        claimed = len(self._by)
        for other in self._clause.not_targets:
            yield from self._not_target(other)
        declared = len(self._by) - claimed
        left = [run for run in self._body.runs if run not in self._by]
        self._counts.printed += len(self._body.runs)
        self._counts.claimed += claimed
        self._counts.declared += declared
        self._counts.unclaimed += len(left)
        for start, end in left:
            signs = self._body.words.text
            around = signs[max(0, start - _AROUND) : end + _AROUND].replace("\ufffc", "")
            params = {"clause": self._clause.number, "number": signs[start:end], "around": around}
            at = self._body.start + self._body.words.origin[start]
            yield Diagnostic("number-unclaimed", place_in(self._text, at, self._file), params, (self._clause.source,))

    def _target(self, target: Target) -> Iterator[Diagnostic]:
        quote = fold_words(target.quote).text
        places = list(find_words(quote, self._body.words.text))
        if not places:
            yield self._absent(target.quote, quote, target.place("quote"))
            return
        spans = [
            span
            for number, upper in ((target.value, target.upper), (target.upper, None))
            if number is not None and (span := find_value(quote, number, target.unit, upper))
        ]
        if target.value is not None and not spans:
            # Printed in Chinese numerals: the whole quote stands for its number.
            spans = [(0, len(quote))]
        yield from self._claim(quote, spans, places, target.place("value"))

    def _not_target(self, other: NotTarget) -> Iterator[Diagnostic]:
        quote = fold_words(other.quote).text
        places = list(find_words(quote, self._body.words.text))
        if not places:
            yield self._absent(other.quote, quote, other.source)
            return
        spans = [match.span() for match in DIGITS.finditer(quote)] or [(0, len(quote))]
        yield from self._claim(quote, spans, places, other.source)

    def _claim(self, quote: str, spans: Sequence[_SPAN], places: Iterable[int], source: Source) -> Iterator[Diagnostic]:
        """Claim the runs that the spans of a quote cover, at the first place where all of them are free.

        Words that stand there twice are two numbers; two promises in the same words (篩查和聽力篩查) share theirs.
        """
        wanted = [[run for start, end in spans for run in self._runs(place + start, place + end)] for place in places]
        free = next((runs for runs in wanted if not any(run in self._by for run in runs)), None)
        shared = next((runs for runs in wanted if all(self._by.get(run, quote) == quote for run in runs)), None)
        chosen = free if free is not None else shared
        if chosen is not None:
            self._by.update(dict.fromkeys(chosen, quote))
            return
        taken = next(self._by[run] for run in wanted[-1] if self._by.get(run, quote) != quote)
        yield Diagnostic(
            "number-claimed-twice", source, {"clause": self._clause.number, "quote": quote, "other": taken}
        )

    def _runs(self, start: int, end: int) -> list[_SPAN]:
        return [run for run in self._body.runs if run[0] < end and start < run[1]]

    def _absent(self, quote: str, folded: str, source: Source) -> Diagnostic:
        """The quote does not stand there; how far it does helps to find the sign that differs."""
        length = 0
        while length < len(folded) and folded[: length + 1] in self._body.words.text:
            length += 1
        params = {"clause": self._clause.number, "quote": quote, "prefix": folded[:length] or "-"}
        related = (place_in(self._text, self._body.start, self._file),)
        return Diagnostic("quote-not-in-clause", source, params, related)
