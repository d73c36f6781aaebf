"""Quote ↔ reading: the grammar reads every promise again, and says where a person's reading differs from it."""

from collections.abc import Iterator, Mapping

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.target import Clause, Target
from engine.plan.clauses import PlanClause
from engine.plan.fold import fold_unit
from engine.plan.phrases import Promise, read_promises
from engine.verbatim import fold_words

#: What the words say without a choice: 力爭 reaches up to the next full stop, and a growth is not a level.
_PLAIN = ("change", "striving")


def reread_quotes(book: Book, printed: Mapping[str, PlanClause]) -> list[Diagnostic]:
    """Hold every reading of a book against the grammar's, in the plan's own clause where its text is there.

    A reading that the book explains (`reading`) is a person's decision: a difference is then only a note, unless
    there was nothing to decide. Whether the plan strives for something is asked only where the whole clause is
    there, because 力爭 may stand far before.
    Errors: reading-differs, reading-guess-differs, reading-explained, reading-not-understood.
    """
    return [finding for clause in book.clauses for finding in _clause(book, clause, printed.get(clause.number))]


def _clause(book: Book, clause: Clause, printed: PlanClause | None) -> Iterator[Diagnostic]:
    whole = read_promises(printed.body, book.plan.year)[0] if printed and clause.targets else ()
    for target in clause.targets:
        promises = _same_words(target, whole)
        in_clause = bool(promises)
        if not in_clause:
            promises = read_promises(target.quote, book.plan.year)[0]
        yield from _target(target, promises, in_clause)


def _same_words(target: Target, promises: tuple[Promise, ...]) -> tuple[Promise, ...]:
    """The promises of a clause that say what the target quotes, or a part of it."""
    words = fold_words(target.quote).text
    said = [(promise, fold_words(promise.quote).text) for promise in promises]
    return tuple(promise for promise, quote in said if quote in words or words in quote)


def _target(target: Target, promises: tuple[Promise, ...], in_clause: bool) -> Iterator[Diagnostic]:
    if target.value is None:
        acts = [promise for promise in promises if promise.value is None]
        # What has no number is read from weak words: only a plain contradiction of kinds is worth a word.
        if acts and all(_kinds(act) != _kinds(target) for act in acts):
            yield _differs(target, "kind", _shown_kinds(target), _shown_kinds(acts[0]))
        return
    numbered = [promise for promise in promises if _same_number(promise, target)]
    if not numbered:
        if target.reading is None:
            yield Diagnostic("reading-not-understood", target.place("quote"), {"target": target.id})
        return
    compared = [_differences(target, promise, in_clause) for promise in numbered]
    for key, found, wanted in min(compared, key=len):
        yield _differs(target, key, found, wanted)


def _same_number(promise: Promise, target: Target) -> bool:
    if promise.value is None or target.value is None:
        return False
    return _digits(promise.value) == _digits(target.value)


def _digits(number: str) -> str:
    return fold_words(number).text.replace(",", "")


def _differences(target: Target, promise: Promise, in_clause: bool) -> list[tuple[str, str, str]]:
    """Every key in which the two readings differ: key, the book's, the grammar's."""
    pairs = [
        ("upper", _digits(target.upper or "-"), _digits(promise.upper or "-")),
        ("unit", fold_unit(target.unit or "-"), fold_unit(promise.unit or "-")),
        ("comparator", *((each.value if each else "-") for each in (target.comparator, promise.comparator))),
        ("soft", str(target.soft).lower(), str(promise.soft).lower()),
        ("change", target.change.value if target.change else "-", promise.change or "-"),
        ("year", str(target.year or "-"), str(promise.year or "-")),
    ]
    if in_clause:
        pairs.append(("striving", str(target.striving).lower(), str(promise.striving).lower()))
    if not promise.doubts:
        pairs.append(("kind", _shown_kinds(target), _shown_kinds(promise)))
    return [(key, found, wanted) for key, found, wanted in pairs if found != wanted]


def _kinds(one: Target | Promise) -> tuple[object, object]:
    return one.kind, one.inner_kind


def _shown_kinds(one: Target | Promise) -> str:
    return "/".join(kind.value for kind in (one.kind, one.inner_kind) if kind)


def _differs(target: Target, key: str, found: str, wanted: str) -> Diagnostic:
    params = {"target": target.id, "key": key, "found": found, "wanted": wanted}
    words = (target.place("quote"),)
    if target.reading is not None and key not in _PLAIN:
        return Diagnostic("reading-explained", target.place(key), params, words)
    if key == "kind":
        return Diagnostic("reading-guess-differs", target.place(key), params, words)
    return Diagnostic("reading-differs", target.place(key), params, words)
