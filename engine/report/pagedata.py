"""The data of the page: the verdicts of a check and what they rest on, as compact rows.

Numbers are the exact strings of the JSON documents; sentences stand in all languages, so that the page can switch.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from engine.model.account import count_fates
from engine.model.book import Book
from engine.model.period import Period
from engine.model.ranking import RankResult
from engine.model.result import CheckResult
from engine.model.rule import Rule, share_due
from engine.model.target import Clause, Kind, Target
from engine.model.verdict import Outcome, Verdict
from engine.quantities import format_decimal
from engine.report.documents import count_waived, verdict_row, waiver_row
from engine.report.pagefindings import finding_rows
from engine.report.pageranks import rank_data
from engine.report.pagetexts import place, script_pairs, thrice
from engine.report.pagewords import page_words
from engine.report.sentences import standing, written_number
from engine.report.words import LANGUAGES, Words

Json = dict[str, Any]

#: What a row of a verdict holds, in this order; the first three are places in the lists of the page.
COLUMNS = (
    "organization", "rule", "period", "verdict", "reason", "role", "progress", "waived", "submitted", "actual",
    "written", "due", "target", "unit", "gap", "gapUnit", "remaining", "perPeriod", "baseline", "sentence",
    "source", "more",
)  # fmt: skip


def page_data(result: CheckResult, book: Book, words: Words, ranks: Sequence[RankResult] = ()) -> Json:
    """Everything that the page shows. Shape: `COLUMNS` for the rows of verdicts; texts in the order of LANGUAGES."""
    spoken = [Words(language) for language in LANGUAGES]
    periods = sorted({verdict.obligation.period for verdict in result.verdicts})
    bodies = {name: place for place, name in enumerate(book.organizations)}
    rules = {rule.id: place for place, rule in enumerate(book.rules)}
    months = {period: place for place, period in enumerate(periods)}
    names = {rule.id: book.indicators[rule.indicator].name for rule in book.rules}
    rows = []
    for verdict in result.verdicts:
        owed = verdict.obligation
        places = (bodies[owed.organization], rules[owed.rule.id], months[owed.period])
        rows.append([*places, *_row(verdict, spoken, result.pace_word)])
    return {
        "title": result.title,
        "digest": result.digest,
        "complete": result.complete,
        "year": book.plan.year,
        "language": words.language,
        "languages": list(LANGUAGES),
        "outcomes": [outcome.value for outcome in Outcome],
        "periods": [
            {"label": period.label, "month": period.month, "share": format_decimal(period.share)} for period in periods
        ],
        "organizations": _organizations(book),
        "clauses": [_clause(clause) for clause in book.clauses],
        "targets": [_target(target, clause) for clause in book.clauses for target in clause.targets],
        "rules": [_rule(rule, book, periods) for rule in book.rules],
        "verdicts": {"columns": list(COLUMNS), "rows": rows},
        "waived": count_waived(result.verdicts),
        "findings": finding_rows(result, book, spoken),
        "arrivals": _arrivals(result, bodies),
        "cells": _cells(result),
        "ranks": [rank_data(each, spoken, names) for each in ranks],
        "words": page_words(),
        "scripts": script_pairs(_searched(book)),
    }


def _row(verdict: Verdict, spoken: Sequence[Words], pace_word: str) -> list[Any]:
    row = verdict_row(verdict, spoken[0], pace_word)
    written = written_number(verdict)
    return [
        row["verdict"],
        row["reason"] or "",
        row["role"],
        row["progress"] or "",
        int(verdict.waived),
        row["submitted"] or "",
        row["actual"] or "",
        "" if written == row["actual"] else written,
        row["due"] or "",
        row["target_value"] or "",
        row["unit"] or "",
        row["gap"] or "",
        row["gap_unit"] or "",
        row["remaining"] or "",
        row["remaining_per_period"] or "",
        "" if verdict.baseline is None else format_decimal(verdict.baseline),
        thrice(spoken, lambda words: standing(verdict, words, pace_word)),
        place(verdict.figure.source) if verdict.figure else 0,
        _more(verdict, spoken, row) or 0,
    ]


def _more(verdict: Verdict, spoken: Sequence[Words], row: Json) -> Json:
    """What few verdicts have; absent keys keep the page small."""
    obligation = verdict.obligation
    more: Json = {
        "notes": [thrice(spoken, lambda words, note=note: words.note(note)) for note in verdict.notes],  # type: ignore[misc]
        "short": row["short_members"],
        "missing": row["missing_members"],
        "original": row["under_original"],
        "amended": row["amended_by"],
        "waiver": waiver_row(obligation.waiver) if obligation.waiver and verdict.waived else None,
        "stage": obligation.due_stage,
        "partner": obligation.partner.name if obligation.partner else None,
        "members": [_member(name, each) for name, each in _members(verdict)],
    }
    return {key: value for key, value in more.items() if value}


def _members(verdict: Verdict) -> Iterable[tuple[str, Verdict]]:
    return zip(verdict.obligation.rule.members, verdict.members, strict=False)


def _member(name: str, verdict: Verdict) -> Json:
    return {
        "name": verdict.figure.member if verdict.figure and verdict.figure.member else name,
        "verdict": verdict.outcome.value,
        "submitted": verdict.submitted or "",
        "gap": "" if verdict.gap is None else format_decimal(verdict.gap, 2),
        "gapUnit": verdict.gap_unit or "",
        "source": place(verdict.figure.source) if verdict.figure else 0,
    }


def _organizations(book: Book) -> list[Json]:
    return [
        {"name": body.name, "full": body.full_name or "", "tier": body.tier, "aliases": list(body.aliases)}
        for body in book.organizations.values()
    ]


def _clause(clause: Clause) -> Json:
    return {
        "number": clause.number,
        "class": clause.category,
        "lead": list(clause.lead),
        "responsible": list(clause.responsible),
        "qualitative": clause.qualitative or "",
        "source": place(clause.source),
    }


def _target(target: Target, clause: Clause) -> Json:
    return {
        "id": target.id,
        "clause": clause.number,
        "quote": target.quote,
        "reading": target.reading or "",
        "kind": target.kind.value,
        "striving": int(target.striving),
        "year": target.year or 0,
        "source": place(target.source),
    }


def _rule(rule: Rule, book: Book, periods: Sequence[Period]) -> Json:
    indicator = book.indicators[rule.indicator]
    months = {period.month: period for period in periods}
    for month in (3, 6, 9, 12):
        months.setdefault(month, Period.ending(book.plan.year, month))
    ladder = rule.ladder or _default_ladder(rule, book)
    return {
        "id": rule.id,
        "clause": rule.clause,
        "target": rule.target,
        "indicator": rule.indicator,
        "name": indicator.name,
        "unit": indicator.unit.symbol,
        "kind": rule.kind.value,
        "inner": rule.inner_kind.value if rule.inner_kind else "",
        "comparator": rule.direction.value,
        "soft": format_decimal(rule.tolerance) if rule.soft else "",
        "pace": [[month, format_decimal(share_due(rule, months[month]))] for month in sorted(months)]
        if rule.paced
        else 0,
        "ladder": [format_decimal(ladder.passing), format_decimal(ladder.risky)] if ladder else 0,
        "stages": [[stage.name, stage.due.isoformat()] for stage in rule.stages],
        "source": place(rule.source),
    }


def _default_ladder(rule: Rule, book: Book) -> Any:
    """The book's bands for this kind; None where a rule that states none has no warning band."""
    if rule.judging_kind in (Kind.TOTAL, Kind.LEVEL, Kind.COVERAGE):
        return book.policy.paced
    percent = rule.threshold is None or rule.threshold.unit.symbol == "%"
    return book.policy.percent if rule.judging_kind in (Kind.RATE, Kind.RELATIVE) and percent else None


def _arrivals(result: CheckResult, bodies: dict[str, int]) -> list[Json]:
    return [
        {
            "organization": bodies[arrival.organization],
            "period": arrival.period.label,
            "file": arrival.file or "",
            "received": arrival.day.isoformat() if arrival.day else "",
            "late": arrival.days_late or 0,
            "standing": arrival.standing.value,
        }
        for arrival in result.arrivals
        if arrival.organization in bodies
    ]


def _cells(result: CheckResult) -> Json:
    counts = count_fates(result.account.cells)
    return {"read": sum(counts.values()), **{fate.value: count for fate, count in counts.items()}}


def _searched(book: Book) -> Iterable[str]:
    for body in book.organizations.values():
        yield from (body.name, body.full_name or "", *body.aliases)
    for clause in book.clauses:
        yield from (*clause.lead, *clause.responsible, *(target.quote for target in clause.targets))
    for indicator in book.indicators.values():
        yield indicator.name
