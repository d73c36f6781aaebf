"""The JSON documents. Numbers that matter are decimal strings, or exact fractions where no decimal is exact."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from engine.model.account import Account, Fate, count_fates
from engine.model.arrival import Arrival
from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic
from engine.model.limit import LimitedObligation
from engine.model.quantity import Quantity
from engine.model.result import CheckResult
from engine.model.rule import Amendment, Waiver
from engine.model.source import Source
from engine.model.target import Clause, Kind, Target
from engine.model.verdict import Obligation, Outcome, Verdict
from engine.quantities import format_decimal
from engine.report.sentences import standing
from engine.report.words import Words

Json = dict[str, Any]


def check_document(result: CheckResult, words: Words) -> Json:
    """The result of a check.

    Shape: `docs/commands.md`, and the JSON Schema `check`; verdicts in the order clause, target, period,
    organization.
    """
    return {
        "schema": "biaochi.check/1",
        "book": {"title": result.title, "digest": result.digest},
        "period": result.period.label if result.period else None,
        "verdicts": [verdict_row(verdict, words, result.pace_word) for verdict in result.verdicts],
        "findings": [finding_row(finding, words) for finding in result.findings],
        "summary": {
            "by_verdict": count_outcomes(result.verdicts),
            "by_organization": _by_organization(result.verdicts),
            "waived": count_waived(result.verdicts),
            "inspections": count_inspections(result),
        },
        "arrivals": [_arrival_row(arrival) for arrival in result.arrivals],
        "account": account_document(result.account),
        "complete": result.complete,
    }


def count_inspections(result: CheckResult) -> dict[str, int]:
    """How many of the judged figures were established on site, and how many submissions were better than those."""
    judged = [verdict for verdict in result.verdicts if verdict.figure is not None]
    return {
        "judged": len(judged),
        "inspected": sum(_is_inspected(verdict) for verdict in judged),
        "overstated": sum(finding.code == "overstated" for finding in result.findings),
    }


def _is_inspected(verdict: Verdict) -> bool:
    return any("inspected" in each.notes for each in (verdict, *verdict.members))


def _arrival_row(arrival: Arrival) -> Json:
    return {
        "organization": arrival.organization,
        "period": arrival.period.label,
        "file": arrival.file,
        "received": arrival.day.isoformat() if arrival.day else None,
        "due": arrival.due.isoformat() if arrival.due else None,
        "days_late": arrival.days_late,
        "standing": arrival.standing.value,
    }


def account_document(account: Account) -> Json:
    """What became of every cell: `read` is the sum of the other three, of each file and in total."""
    return {
        "total": _fates(count_fates(account.cells)),
        "files": [{"file": file, **_fates(counts)} for file, counts in sorted(account.by_file().items())],
        "cells": [
            {
                "source": source_row(cell.source),
                "organization": cell.organization,
                "indicator": cell.indicator,
                "submitted": cell.submitted,
                "fate": cell.fate.value,
                "because": cell.because,
            }
            for cell in account.cells
        ],
    }


def _fates(counts: Mapping[Fate, int]) -> dict[str, int]:
    return {"read": sum(counts.values()), **{fate.value: count for fate, count in counts.items()}}


def verdict_row(verdict: Verdict, words: Words, pace_word: str) -> Json:
    """One verdict. Units: `actual`, `due`, `remaining` in `unit`; `gap` in `gap_unit`."""
    obligation = verdict.obligation
    original = verdict.under_original
    return {
        "organization": obligation.organization,
        "role": obligation.role.value,
        "clause": obligation.rule.clause,
        "target": obligation.rule.target,
        "rule": obligation.rule.id,
        "indicator": obligation.indicator.id,
        "period": obligation.period.label,
        "kind": obligation.rule.kind.value,
        "comparator": obligation.rule.comparator.value if obligation.threshold else None,
        "unit": verdict.unit,
        "verdict": verdict.outcome.value,
        "reason": verdict.reason.value if verdict.reason else None,
        "progress": verdict.progress,
        "actual": _number(verdict.actual),
        "submitted": verdict.submitted,
        "due": _number(verdict.due),
        "target_value": target_value(obligation),
        "gap": gap_number(verdict.gap, verdict.gap_unit),
        "gap_unit": verdict.gap_unit,
        "remaining": _number(verdict.remaining),
        "remaining_per_period": _per_period(verdict),
        "short_members": list(verdict.short_members),
        "missing_members": list(verdict.missing_members),
        "under_original": _under_original(original) if original else None,
        "amended_by": _amended_by(obligation),
        "waiver": waiver_row(obligation.waiver) if obligation.waiver and verdict.waived else None,
        "notes": list(verdict.notes),
        "sentence": standing(verdict, words, pace_word),
        "source": source_row(verdict.figure.source) if verdict.figure else None,
    }


def gap_number(gap: Fraction | None, unit: str | None) -> str | None:
    """A gap as it is printed: points to two decimals, anything else exact."""
    if gap is None:
        return None
    if unit != "percentage point":
        return format_decimal(gap)
    rounded = format_decimal(gap, 2)
    return rounded.rstrip("0").rstrip(".") if "." in rounded else rounded


def target_value(obligation: Obligation) -> str | None:
    """The number that binds this body, in the target's unit; the number of stages of a milestone."""
    if obligation.rule.judging_kind is Kind.MILESTONE:
        return str(len(obligation.rule.stages))
    return _amount(obligation.threshold)


def original_value(obligation: Obligation) -> str | None:
    """The number before any amendment, in the unit of measure of the one in force; None where there was none."""
    original, bound = obligation.original, obligation.threshold
    if original is None or bound is None:
        return None
    return format_decimal(original.base / bound.unit.factor + bound.unit.offset)


def _amended_by(obligation: Obligation) -> Json | None:
    """The document that set the number in force."""
    amendment = obligation.amendment
    return {"document": amendment.document, "date": amendment.date.isoformat()} if amendment else None


def waiver_row(waiver: Waiver) -> Json:
    """The document that excuses, who approved it, and how long it lasts."""
    return {
        "document": waiver.document,
        "date": waiver.date.isoformat(),
        "approver": waiver.approver,
        "start": waiver.start.isoformat(),
        "end": waiver.end.isoformat(),
        "reason": waiver.reason,
    }


def _amount(quantity: Quantity | None) -> str | None:
    return None if quantity is None else format_decimal(quantity.base / quantity.unit.factor + quantity.unit.offset)


def _number(value: Fraction | None) -> str | None:
    return None if value is None else format_decimal(value)


def _per_period(verdict: Verdict) -> str | None:
    """What each remaining period of the year must bring."""
    left = verdict.obligation.period.remaining
    if verdict.remaining is None or not left:
        return None
    return format_decimal(verdict.remaining / left)


def _under_original(original: Verdict) -> Json:
    return {
        "target_value": original_value(original.obligation),
        "due": _number(original.due),
        "gap": gap_number(original.gap, original.gap_unit),
        "verdict": original.outcome.value,
    }


def finding_row(finding: Diagnostic, words: Words) -> Json:
    """One finding, its sentence in the reader's language."""
    return {
        "code": finding.code,
        "severity": CODES[finding.code].severity.value,
        "message": words.message(finding),
        "hint": words.hint(finding),
        "source": source_row(finding.source),
        "related": [source_row(source) for source in finding.related],
    }


def source_row(source: Source) -> Json:
    """A place; line and column count from 1 and are null where the whole file is meant."""
    return {
        "file": source.file,
        "line": source.line or None,
        "column": source.column or None,
        "cell": source.cell,
    }


def count_outcomes(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How many verdicts of each outcome; always all four, so that they add up visibly."""
    counts = {outcome.value: 0 for outcome in Outcome}
    for verdict in verdicts:
        counts[verdict.outcome.value] += 1
    return counts


def count_waived(verdicts: Iterable[Verdict]) -> int:
    """How many verdicts a waiver excuses; each is counted under its outcome as well."""
    return sum(verdict.waived for verdict in verdicts)


def _by_organization(verdicts: Sequence[Verdict]) -> list[Json]:
    grouped: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        grouped.setdefault(verdict.obligation.organization, []).append(verdict)
    return [
        {"organization": name, "total": len(own), **count_outcomes(own), "waived": count_waived(own)}
        for name, own in sorted(grouped.items())
    ]


def targets_document(book: Book) -> Json:
    """What the plan promises, clause by clause, and which rules judge it."""
    return {
        "schema": "biaochi.targets/1",
        "plan": {"title": book.plan.title, "year": book.plan.year},
        "targets": [_target_row(book, clause, target) for clause in book.clauses for target in clause.targets],
        "clauses": [
            {
                "clause": clause.number,
                "class": clause.category,
                "targets": [target.id for target in clause.targets],
                "lead": list(clause.lead),
                "responsible": list(clause.responsible),
                "why_qualitative": clause.qualitative,
            }
            for clause in book.clauses
        ],
        "not_targets": [
            {"clause": clause.number, "quote": other.quote, "why": other.why}
            for clause in book.clauses
            for other in clause.not_targets
        ],
    }


def _target_row(book: Book, clause: Clause, target: Target) -> Json:
    rules = [rule for rule in book.rules if rule.target == target.id]
    indicators = dict.fromkeys(name for rule in rules for name in (rule.indicator, rule.partner) if name)
    return {
        **target_reading(target),
        "amendments": [_amendment_row(amendment) for amendment in book.amendments if amendment.target == target.id],
        "lead": list(clause.lead),
        "responsible": list(clause.responsible),
        "organizations": list(book.expand((*clause.lead, *clause.responsible))),
        "rules": [rule.id for rule in rules],
        "indicators": list(indicators),
    }


def target_reading(target: Target) -> Json:
    """How a promise is read, beside the plan's words."""
    return {
        "id": target.id,
        "clause": target.clause,
        "quote": target.quote,
        "kind": target.kind.value,
        "inner_kind": target.inner_kind.value if target.inner_kind else None,
        "comparator": target.comparator.value if target.comparator else None,
        "value": target.value,
        "upper": target.upper,
        "unit": target.unit,
        "soft": target.soft,
        "striving": target.striving,
        "change": target.change.value if target.change else None,
        "reading": target.reading,
        "reading_zh": target.reading_zh,
        "year": target.year,
    }


def _amendment_row(amendment: Amendment) -> Json:
    """A number set or changed by a document; `reach` is empty where it is for everybody."""
    return {
        "value": _amount(amendment.threshold),
        "unit": amendment.threshold.unit.symbol,
        "document": amendment.document,
        "date": amendment.date.isoformat(),
        "reach": list(amendment.reach),
        "restores": amendment.restores,
    }


def obligations_document(obligations: Sequence[LimitedObligation], period: str) -> Json:
    """Who must report what for a period, in which unit of measure, and what is due."""
    return {
        "schema": "biaochi.obligations/1",
        "period": period,
        "obligations": [obligation_row(obligation) for obligation in obligations],
    }


def obligation_row(limited: LimitedObligation) -> Json:
    """One obligation. Units: figures are reported in `unit`; `target_value`, `due_value` are in `due_unit`."""
    obligation = limited.obligation
    rule, indicator = obligation.rule, obligation.indicator
    bound = obligation.threshold
    due_unit = bound.unit.symbol if bound else None
    due = None
    if limited.due is not None and bound is not None:
        due = _number(limited.due / bound.unit.factor)
    elif limited.due is not None and rule.judging_kind is Kind.MILESTONE:
        due, due_unit = _number(limited.due), "stage"
    return {
        "organization": obligation.organization,
        "role": obligation.role.value,
        "clause": rule.clause,
        "target": rule.target,
        "rule": rule.id,
        "indicator": indicator.id,
        "indicator_name": indicator.name,
        "kind": rule.kind.value,
        "inner_kind": rule.inner_kind.value if rule.inner_kind else None,
        "unit": indicator.unit.symbol,
        "comparator": rule.comparator.value if bound else None,
        "target_value": target_value(obligation),
        "original_value": original_value(obligation),
        "amended_by": _amended_by(obligation),
        "upper": _amount(rule.upper),
        "soft": rule.soft,
        "tolerance": _number(rule.tolerance) if rule.soft or rule.kind is Kind.RELATIVE else None,
        "due_value": due,
        "due_unit": due_unit,
        "due_stage": obligation.due_stage,
        "members": list(rule.members),
        "parts": list(indicator.parts.names) if indicator.parts else [],
        "parts_form": indicator.parts.form if indicator.parts else None,
        "parts_unit": indicator.parts.unit.symbol if indicator.parts else None,
        "stages": [stage.name for stage in rule.stages],
        "partner": rule.partner,
        "eligible": rule.eligible,
        "measure": indicator.measure,
        "status": obligation.status,
        "waiver": waiver_row(obligation.waiver) if obligation.waiver else None,
    }
