"""Every clause is settled once: kept, not kept, undecided, or qualitative."""

from engine.model.ranking import Kept
from engine.model.verdict import Verdict
from engine.rank.year import settle_clauses
from tests.unit.rank.ranks import GROWTH
from tests.unit.small import book_of, figures_of, judge_book


def settle(figures: str | None) -> tuple[Kept, str | None]:
    book = book_of(GROWTH)
    verdicts: list[Verdict] = judge_book(book, "2025Q4", figures_of(book, "2025Q4", *([figures] if figures else [])))
    (clause,) = settle_clauses(book.clauses, verdicts)
    (promise,) = clause.promises
    assert clause.kept is promise.kept
    return promise.kept, promise.why


def test_a_promise_is_kept_or_not_or_undecided_with_its_reason() -> None:
    assert settle("growth: 7 %") == (Kept.KEPT, None)
    assert settle("growth: 6.99 %") == (Kept.NOT_KEPT, None)
    assert settle(None) == (Kept.UNDECIDED, "missing")


def test_what_no_rule_judges_is_undecided() -> None:
    (clause,) = settle_clauses(book_of(GROWTH).clauses, [])
    assert (clause.kept, clause.promises[0].why) == (Kept.UNDECIDED, "not-judged")
