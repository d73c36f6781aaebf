"""The account of what came in: every figure was judged, or a finding says what became of it."""

from collections.abc import Collection, Iterable, Sequence

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure
from engine.model.period import Period
from engine.model.verdict import Verdict


def account_for(
    book: Book,
    current: Iterable[Figure],
    periods: Collection[Period],
    verdicts: Sequence[Verdict],
    found: list[Diagnostic],
) -> None:
    """Name the figures that no verdict used, and the members that a list lacks.

    Errors: period-outside-plan; period-not-judged and not-judged (notes), member-missing (a warning).
    """
    used = set()
    named: set[tuple[str, str]] = set()
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
        if figure.period.year != book.plan.year:
            params = {"period": figure.period.label, "year": str(book.plan.year)}
            _once(Diagnostic("period-outside-plan", figure.source, params), named, found)
        elif figure.period not in periods:
            _once(Diagnostic("period-not-judged", figure.source, {"period": figure.period.label}), named, found)
        elif (figure.organization, figure.indicator, figure.period.key) not in used:
            params = {"organization": figure.organization, "indicator": book.indicators[figure.indicator].name}
            found.append(Diagnostic("not-judged", figure.source, params))


def _once(finding: Diagnostic, named: set[tuple[str, str]], found: list[Diagnostic]) -> None:
    """Report once per file and period: every figure in a file usually shares its mistake."""
    key = (finding.source.file, finding.params["period"])
    if key not in named:
        named.add(key)
        found.append(finding)
