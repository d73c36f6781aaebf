"""The account of what came in: every figure was judged, or a finding says what became of it."""

from collections.abc import Iterable, Sequence

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure
from engine.model.verdict import Verdict


def account_for(book: Book, current: Iterable[Figure], verdicts: Sequence[Verdict], found: list[Diagnostic]) -> None:
    """Name the figures that no verdict used, and the members that a list lacks.

    Errors: not-judged (a note), member-missing (a warning).
    """
    used = set()
    for verdict in verdicts:
        obligation = verdict.obligation
        for name in obligation.reporters:
            used.add((name, obligation.indicator.id, obligation.period.key))
            if obligation.rule.partner:
                used.add((name, obligation.rule.partner, obligation.period.key))
        if verdict.missing_members and verdict.figure:
            params = {
                "organization": obligation.organization,
                "indicator": obligation.indicator.name,
                "members": "、".join(verdict.missing_members),
            }
            found.append(Diagnostic("member-missing", verdict.figure.source, params))
    for figure in current:
        if (figure.organization, figure.indicator, figure.period.key) not in used:
            params = {
                "organization": figure.organization,
                "indicator": book.indicators[figure.indicator].name,
            }
            found.append(Diagnostic("not-judged", figure.source, params))
