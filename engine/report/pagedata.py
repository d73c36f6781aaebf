"""The data of the page: the verdicts of a check and what they rest on, as compact rows.

Numbers are the exact strings of the JSON documents; sentences stand in all languages, so that the page can switch.
"""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from engine.model.account import count_fates
from engine.model.book import Book
from engine.model.derivation import Derivation
from engine.model.period import Period
from engine.model.ranking import RankResult
from engine.model.result import CheckResult
from engine.model.rule import Rule, share_due
from engine.model.target import Clause, Target
from engine.model.verdict import Outcome, Verdict
from engine.quantities import format_decimal
from engine.report.documents import count_waived, verdict_row
from engine.report.pagederivations import DerivationRows
from engine.report.pagefindings import finding_rows
from engine.report.pageranks import rank_data
from engine.report.pagetexts import place, same_or_all, script_pairs, thrice
from engine.report.pagewords import page_words
from engine.report.sentences import standing, written_number
from engine.report.words import LANGUAGES, Words

Json = dict[str, Any]

#: What a row of a verdict holds, in this order; the first three are places in the lists of the page.
COLUMNS = (
    "organization", "rule", "period", "verdict", "reason", "role", "waived", "actual", "written", "due", "target",
    "unit", "gap", "gapUnit", "baseline", "sentence", "source", "derivation",
)  # fmt: skip


def page_data(
    result: CheckResult,
    book: Book,
    words: Words,
    ranks: Sequence[RankResult] = (),
    derivations: Iterable[Derivation] = (),
) -> Json:
    """Everything that the page shows. Shape: `COLUMNS` for the rows of verdicts; texts in the order of LANGUAGES.

    `derivations` are those of the verdicts, in their order; they are taken one at a time. Without them the page
    tells of no verdict how it came about.
    """
    spoken = [Words(language) for language in LANGUAGES]
    periods = sorted({verdict.obligation.period for verdict in result.verdicts})
    bodies = {name: place for place, name in enumerate(book.organizations)}
    rules = {rule.id: place for place, rule in enumerate(book.rules)}
    months = {period: place for place, period in enumerate(periods)}
    names = {rule.id: book.indicators[rule.indicator].name for rule in book.rules}
    rows = []
    told = DerivationRows(spoken)
    for verdict, derivation in zip_longest(result.verdicts, derivations):
        owed = verdict.obligation
        places = (bodies[owed.organization], rules[owed.rule.id], months[owed.period])
        own = verdict.figure.source if verdict.figure else None
        derived = told.row(derivation, own) if derivation else 0
        rows.append([*places, *_row(verdict, spoken, result.pace_word), derived])
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
        "targets": [_target(target, clause, spoken) for clause in book.clauses for target in clause.targets],
        "rules": [_rule(rule, book, periods) for rule in book.rules],
        "verdicts": {"columns": list(COLUMNS), "rows": rows},
        "derivations": told.tables(),
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
        int(verdict.waived),
        row["actual"] or "",
        "" if written == row["actual"] else written,
        row["due"] or "",
        row["target_value"] or "",
        row["unit"] or "",
        row["gap"] or "",
        row["gap_unit"] or "",
        "" if verdict.baseline is None else format_decimal(verdict.baseline),
        same_or_all([row["sentence"], *(standing(verdict, words, pace_word) for words in spoken[1:])]),
        place(verdict.figure.source) if verdict.figure else 0,
    ]


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


def _target(target: Target, clause: Clause, spoken: Sequence[Words]) -> Json:
    return {
        "id": target.id,
        "clause": clause.number,
        "quote": target.quote,
        "reading": thrice(spoken, lambda words: words.remark(target.reading or "", target.reading_zh)),
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
    return {
        "id": rule.id,
        "clause": rule.clause,
        "target": rule.target,
        "indicator": rule.indicator,
        "name": indicator.name,
        "unit": indicator.unit.symbol,
        "kind": rule.kind.value,
        "inner": rule.inner_kind.value if rule.inner_kind else "",
        "pace": [[month, format_decimal(share_due(rule, months[month]))] for month in sorted(months)]
        if rule.paced
        else 0,
        "source": place(rule.source),
    }


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
