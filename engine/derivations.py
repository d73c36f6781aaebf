"""How every verdict of a check came about: what `explain`, the page and the circular tell is the same derivation."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.model.book import Book
from engine.model.derivation import Derivation
from engine.pipeline import Checked
from engine.submissions.gather import told_beside
from engine.submissions.read import find_files


def derive_checked(book: Book, checked: Checked, paths: Sequence[Path]) -> Iterator[Derivation]:
    """The derivations of the verdicts of a check's result, in their order; `paths` are those that were checked."""
    # Imported here: what judges nothing should not wait for the engine.
    from engine.evaluate.explain import derive, promise_steps

    owed = {
        (each.obligation.rule.id, each.obligation.organization, each.obligation.period): each
        for each in checked.limited
    }
    beside = told_beside(checked.entries, find_files(paths, []))
    # What all verdicts of a rule begin with is made once.
    promises = {rule.id: tuple(promise_steps(book, rule)) for rule in book.rules}
    for verdict in checked.result.verdicts:
        obligation = verdict.obligation
        item = owed[obligation.rule.id, obligation.organization, obligation.period]
        promise = promises[obligation.rule.id]
        yield derive(book, item, verdict, checked.figures, checked.result.findings, beside, promise)
