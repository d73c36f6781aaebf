"""Who sent what when: the manifest held against what is due, body by body."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

from engine.model.arrival import Arrival, Manifest, Standing
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure
from engine.model.period import Period
from engine.model.verdict import Reason, Verdict
from engine.submissions.read import SubmittedFile


def last_day(book: Book, manifest: Manifest) -> date | None:
    """The last day for submissions of a manifest's period: its own, else the policy's days after the period's end."""
    if manifest.due is not None or book.policy.deadline_days is None:
        return manifest.due
    return manifest.period.end + timedelta(days=book.policy.deadline_days)


def state_arrivals(
    book: Book,
    manifests: Mapping[Path, Manifest],
    files: Iterable[SubmittedFile],
    figures: Iterable[Figure],
    verdicts: Iterable[Verdict],
    found: list[Diagnostic],
) -> tuple[Arrival, ...]:
    """One row for every file with figures of a body, and for every body that was waited for in vain.

    `figures` are those that came in, in the book's order of bodies, then by period and file.
    Errors: submitted-late and nothing-submitted (warnings).
    """
    by_name = {file.name: file for file in files if file.home in manifests}
    sent: dict[tuple[str, Period], dict[str, SubmittedFile]] = {}
    for figure in figures:
        if figure.source.file in by_name:
            file = by_name[figure.source.file]
            sent.setdefault((figure.organization, figure.period), {})[file.name] = file
    missing = Counter(
        (verdict.obligation.organization, verdict.obligation.period)
        for verdict in verdicts
        if verdict.reason is Reason.MISSING
    )
    by_period = {manifest.period: manifest for manifest in manifests.values()}
    arrivals: list[Arrival] = []
    for name in book.organizations:
        for period, manifest in sorted(by_period.items()):
            given = sent.get((name, period), {})
            arrivals.extend(_arrival(book, manifests, name, file) for _, file in sorted(given.items()))
            if not given and missing[name, period]:
                arrivals.append(Arrival(name, period, None, None, last_day(book, manifest), Standing.MISSING))
                params = {"organization": name, "period": period.label, "count": str(missing[name, period])}
                found.append(Diagnostic("nothing-submitted", manifest.source, params))
    _name_late(manifests, by_name, arrivals, found)
    return tuple(arrivals)


def _arrival(book: Book, manifests: Mapping[Path, Manifest], name: str, file: SubmittedFile) -> Arrival:
    assert file.home is not None, "only files of a manifest's folder are stated"
    manifest = manifests[file.home]
    receipt = manifest.receipts.get(file.within)
    due = last_day(book, manifest)
    if receipt is None:
        return Arrival(name, manifest.period, file.name, None, due, Standing.UNLISTED)
    late = due is not None and receipt.day > due
    return Arrival(name, manifest.period, file.name, receipt.day, due, Standing.LATE if late else Standing.ON_TIME)


def _name_late(
    manifests: Mapping[Path, Manifest],
    files: Mapping[str, SubmittedFile],
    arrivals: Iterable[Arrival],
    found: list[Diagnostic],
) -> None:
    """One finding for a file that came late, whoever reports in it."""
    late: dict[str, list[Arrival]] = {}
    for arrival in arrivals:
        if arrival.standing is Standing.LATE and arrival.file is not None:
            late.setdefault(arrival.file, []).append(arrival)
    for name, rows in late.items():
        file, first = files[name], rows[0]
        assert file.home is not None, "only files of a manifest's folder are late"
        params = {
            "organizations": "、".join(row.organization for row in rows),
            "file": file.within,
            "day": str(first.day),
            "due": str(first.due),
            "days": str(first.days_late),
        }
        found.append(Diagnostic("submitted-late", manifests[file.home].receipts[file.within].source, params))
