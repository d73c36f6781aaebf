"""The findings of a check on the page: each with the bodies and rules that it is about."""

from collections.abc import Sequence
from typing import Any

from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic
from engine.model.result import CheckResult
from engine.report.pagetexts import place, thrice
from engine.report.words import Words

Json = dict[str, Any]


def finding_rows(result: CheckResult, book: Book, spoken: Sequence[Words]) -> list[Json]:
    """All findings in their order. Shape: `verdicts` are the places of the verdicts whose figures they are about."""
    by_place: dict[tuple[str, int, str | None], list[int]] = {}
    by_name: dict[tuple[str, str], list[int]] = {}
    bodies: dict[tuple[str, int], set[str]] = {}
    for number, verdict in enumerate(result.verdicts):
        obligation = verdict.obligation
        by_name.setdefault((obligation.organization, obligation.indicator.name), []).append(number)
        for each in (verdict, *verdict.members):
            if each.figure is not None:
                source = each.figure.source
                by_place.setdefault((source.file, source.line, source.cell), []).append(number)
    for cell in result.account.cells:
        bodies.setdefault((cell.source.file, cell.source.line), set()).add(cell.organization)
    return [
        _row(finding, spoken, _about(finding, by_place, by_name), _bodies(finding, book, bodies))
        for finding in result.findings
    ]


def _about(
    finding: Diagnostic,
    by_place: dict[tuple[str, int, str | None], list[int]],
    by_name: dict[tuple[str, str], list[int]],
) -> list[int]:
    """The verdicts whose figures stand where the finding points, and those of the body and indicator that it names."""
    found: set[int] = set()
    for source in (finding.source, *finding.related):
        found.update(by_place.get((source.file, source.line, source.cell), ()))
    if not found:
        named = (finding.params.get("organization", ""), finding.params.get("indicator", ""))
        found.update(by_name.get(named, ()))
    return sorted(found)


def _bodies(finding: Diagnostic, book: Book, by_line: dict[tuple[str, int], set[str]]) -> list[int]:
    names = {finding.params.get("organization", "")}
    for source in (finding.source, *finding.related):
        names |= by_line.get((source.file, source.line), set())
    return [place for place, name in enumerate(book.organizations) if name in names]


def _row(finding: Diagnostic, spoken: Sequence[Words], verdicts: list[int], bodies: list[int]) -> Json:
    return {
        "code": finding.code,
        "severity": CODES[finding.code].severity.value,
        "message": thrice(spoken, lambda words: words.message(finding)),
        "hint": thrice(spoken, lambda words: words.hint(finding)),
        "source": place(finding.source),
        "related": [place(source) for source in finding.related],
        "verdicts": verdicts,
        "organizations": bodies,
    }
