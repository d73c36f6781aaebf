"""Waivers on what is owed and on verdicts: who is excused from what, which waivers ended, which served nothing.

A waiver counts where it is in force on the last day of the period, the day a verdict is about. It needs no clock:
a period that ends after the waiver is judged as if there were none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.period import Period
from engine.model.rule import Waiver
from engine.model.verdict import Obligation, Verdict


class Waivers:
    """The waivers of a book that are known on a day, by the rules and bodies that they cover."""

    def __init__(self, book: Book, as_of: date | None = None) -> None:
        """Leave out those that were dated, or that start, after `as_of`."""
        self._covering: dict[tuple[str, str], list[Waiver]] = {}
        for waiver in book.waivers:
            if as_of and max(waiver.date, waiver.start) > as_of:
                continue
            bodies = book.expand(waiver.reach)
            for rule in book.rules:
                if waiver.covers(rule):
                    for name in bodies:
                        self._covering.setdefault((rule.id, name), []).append(waiver)

    def covering(self, obligation: Obligation) -> Sequence[Waiver]:
        """The waivers for this body and rule, whether in force or not, by their start."""
        return self._covering.get((obligation.rule.id, obligation.organization), ())

    def in_force(self, obligation: Obligation) -> Waiver | None:
        """The one that excuses the body at the end of the period; of several the first."""
        return next((waiver for waiver in self.covering(obligation) if waiver.holds(obligation.period)), None)


def excuse(book: Book, obligations: Iterable[Obligation], as_of: date | None = None) -> list[Obligation]:
    """The obligations, each with the waiver in force."""
    waivers = Waivers(book, as_of)
    excused = []
    for obligation in obligations:
        waiver = waivers.in_force(obligation)
        excused.append(replace(obligation, waiver=waiver) if waiver else obligation)
    return excused


def mark_waived(book: Book, verdicts: Iterable[Verdict], as_of: date | None, found: list[Diagnostic]) -> list[Verdict]:
    """The verdicts, each with the note `waived` where a waiver excuses it; outcomes stay what they are.

    Errors: waiver-expired (a warning), waiver-useless (a note).
    """
    marked = [
        replace(verdict, notes=tuple(sorted((*verdict.notes, "waived")))) if verdict.waived else verdict
        for verdict in verdicts
    ]
    found.extend(_useless(marked))
    found.extend(_expired(Waivers(book, as_of), marked))
    return marked


def _useless(verdicts: Iterable[Verdict]) -> Iterable[Diagnostic]:
    """Waivers in force of which every verdict passes; where nothing is due they were not needed yet."""
    served: dict[tuple[Waiver, Period], list[Verdict]] = {}
    for verdict in verdicts:
        waiver = verdict.obligation.waiver
        if waiver is not None:
            served.setdefault((waiver, verdict.obligation.period), []).append(verdict)
    for (waiver, period), covered in served.items():
        if all(verdict.outcome == "pass" for verdict in covered):
            params = {"document": waiver.document, "period": period.label, "names": _names(covered)}
            yield Diagnostic("waiver-useless", waiver.source, params)


def _expired(waivers: Waivers, verdicts: Iterable[Verdict]) -> Iterable[Diagnostic]:
    """Waivers that ended before the period did, while a body that they covered still needs one."""
    ended: dict[tuple[Waiver, Period], list[Verdict]] = {}
    for verdict in verdicts:
        obligation = verdict.obligation
        if obligation.waiver is not None or not verdict.excusable:
            continue
        before = [waiver for waiver in waivers.covering(obligation) if waiver.end < obligation.period.end]
        if before:
            # Of several the last one to end is the one that would have had to be prolonged.
            last = max(before, key=lambda waiver: (waiver.end, waiver.source))
            ended.setdefault((last, obligation.period), []).append(verdict)
    for (waiver, period), counted in ended.items():
        params = {"document": waiver.document, "period": period.label, "names": _names(counted)}
        params["end"] = waiver.end.isoformat()
        yield Diagnostic("waiver-expired", waiver.place("end"), params)


def _names(verdicts: Iterable[Verdict]) -> str:
    return "、".join(f"{verdict.obligation.organization} {verdict.obligation.rule.id}" for verdict in verdicts)
