"""The account of what came in: every figure was judged, or a finding says what became of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from engine.model.account import Account, AccountedCell, Fate
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.entry import Cell, Entry
from engine.model.figure import Figure, FigureKey
from engine.model.period import Period
from engine.model.verdict import Reason, Verdict
from engine.submissions.convert import ReadEntry

#: Characters of a name or a figure in the account: a text that a file holds once may stand in all of its cells.
_LONGEST = 300


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


#: Verdicts that ask for no figure: one that came in all the same was not needed.
_UNASKED = (Reason.NOT_DUE, Reason.AWAITING_TARGET, Reason.NOT_APPLICABLE)


def settle_account(
    files: Iterable[str],
    read: Iterable[ReadEntry],
    index: Mapping[FigureKey, Figure],
    verdicts: Iterable[Verdict],
    year: int,
    periods: Collection[Period],
) -> Account:
    """What became of every cell: judged, not needed or refused, and why."""
    asked: dict[tuple[str, str, int], str | None] = {}
    for verdict in verdicts:
        obligation = verdict.obligation
        because = verdict.reason.value if verdict.reason in _UNASKED else None
        for name in obligation.reporters:
            for indicator in filter(None, (obligation.indicator.id, obligation.rule.partner)):
                key = (name, indicator, obligation.period.key)
                # One verdict that used the figure is enough, whatever others say.
                asked[key] = because if key not in asked else asked[key] and because
    cells: list[AccountedCell] = []
    for each in read:
        fate, why = _fate(each, index, asked, year, periods)
        cells.extend(_account_cell(each.entry, cell, fate, why) for cell in _figure_cells(each.entry))
    cells.sort(key=lambda cell: (cell.source.file, cell.source.line, cell.source.column, cell.source.cell or ""))
    return Account(tuple(files), tuple(cells))


def _fate(
    read: ReadEntry,
    index: Mapping[FigureKey, Figure],
    asked: Mapping[tuple[str, str, int], str | None],
    year: int,
    periods: Collection[Period],
) -> tuple[Fate, str | None]:
    if read.aside is not None:
        return Fate.NOT_NEEDED, read.aside
    fault = read.refused or next((figure.fault for figure in read.figures if figure.fault), None)
    if fault is not None:
        return Fate.REFUSED, fault
    figure = read.figures[0]
    kept = index.get(figure.key)
    if kept is not None and kept.fault is not None:
        # Two that differ: neither stands.
        return Fate.REFUSED, kept.fault
    if figure.period.year != year:
        return Fate.REFUSED, "period-outside-plan"
    if figure.period not in periods:
        return Fate.NOT_NEEDED, "period-not-judged"
    if kept is not None and kept.source != figure.source:
        # A later submission says what it is now, or the same was said before.
        return Fate.NOT_NEEDED, "revised" if "revised" in kept.notes else "figure-repeated"
    because = asked.get((figure.organization, figure.indicator, figure.period.key), "not-judged")
    return (Fate.NOT_NEEDED, because) if because else (Fate.JUDGED, None)


def _figure_cells(entry: Entry) -> list[Cell]:
    cells = [cell for cell in (entry.value, entry.stage, entry.baseline, *entry.parts.values()) if cell is not None]
    return cells or [Cell("", entry.source)]


def _account_cell(entry: Entry, cell: Cell, fate: Fate, because: str | None) -> AccountedCell:
    written = f"{cell.text[:_LONGEST]} {cell.unit[:_LONGEST]}" if cell.unit else cell.text[:_LONGEST]
    names = (entry.organization.text[:_LONGEST], entry.indicator.text[:_LONGEST])
    return AccountedCell(cell.source, *names, written, fate, because)
