"""The outcome of worked cases: for the terminal, and as a JSON document."""

from collections.abc import Iterable
from typing import Any

from engine.model.case import EdgePosition, Expected, Position, Trial
from engine.model.result import CasesResult
from engine.report.diagnostics import LineOf, Paint, findings_text, marked_line, no_line
from engine.report.documents import finding_row, source_row
from engine.report.excerpt import one_line
from engine.report.words import Words

Json = dict[str, Any]


def cases_table(result: CasesResult, words: Words, paint: Paint, line_of: LineOf = no_line) -> str:
    """The cases that failed, the edges that none tries, and a line for each that adds up."""
    lines = []
    for trial in result.trials:
        if not trial.passed:
            head = f"{trial.case.source}: {paint(words['case-failed'], 'red')} {one_line(case_name(trial))}"
            lines.append(head)
            lines += marked_line(trial.case.source, line_of, paint, "red")
            for difference in trial.differences:
                said = words["case-difference"].format(expected=difference.expected, found=difference.found)
                lines.append(f"    {difference.field}: {one_line(said)}")
    for rule, positions in _by_rule(result.uncovered).items():
        lines.append(f"{paint(words['untried'], 'yellow')} {rule}: {'; '.join(map(position_name, positions))}")
    failed = sum(not trial.passed for trial in result.trials)
    if result.findings:
        lines.append(findings_text(result.findings, words, paint, line_of).rstrip("\n"))
    counts = {"total": len(result.trials), "passed": len(result.trials) - failed, "failed": failed}
    lines.append(words["cases"].format(**counts))
    coverage = {"percent": result.percent, "tried": _tried(result), "total": len(result.positions)}
    lines.append(words["edge-coverage"].format(**coverage))
    if not result.complete:
        lines.append(paint(words["incomplete"], "red"))
    return "\n".join(lines) + "\n"


def cases_document(result: CasesResult, words: Words, threshold: int | None) -> Json:
    """The result of running worked cases; without a `threshold` the book's own holds.

    Shape: the JSON Schema `test`; cases in the order clause, rule, line. `covers` names the positions of a case,
    `uncovered` those that no case tries.
    """
    failed = sum(not trial.passed for trial in result.trials)
    return {
        "schema": "biaochi.test/1",
        "book": {"title": result.title, "digest": result.digest},
        "cases": [_case_row(trial) for trial in result.trials],
        "coverage": {
            "percent": result.percent,
            "positions": len(result.positions),
            "tried": _tried(result),
            "threshold": result.threshold if threshold is None else threshold,
            "uncovered": [{"rule": position.rule, **_position_row(position)} for position in result.uncovered],
        },
        "findings": [finding_row(finding, words) for finding in result.findings],
        "summary": {"total": len(result.trials), "passed": len(result.trials) - failed, "failed": failed},
        "complete": result.complete,
    }


def case_name(trial: Trial) -> str:
    """What tells a case from the others of its rule, in one line: rule, period, body and figure."""
    obligation = trial.case.obligation
    figure = trial.verdict.submitted or "_"
    return f"{obligation.rule.id} {obligation.period.label} {obligation.organization}: {figure}"


def position_name(position: Position) -> str:
    """A position in short: `year pass at`, `no-baseline`."""
    return str(position)


def _case_row(trial: Trial) -> Json:
    case, verdict = trial.case, trial.verdict
    rule = case.obligation.rule
    return {
        "rule": rule.id,
        "clause": rule.clause,
        "organization": case.obligation.organization,
        "period": case.obligation.period.label,
        "submitted": verdict.submitted,
        "passed": trial.passed,
        "expected": _expected_row(case.expected),
        "found": {
            "verdict": verdict.outcome.value,
            "reason": verdict.reason.value if verdict.reason else None,
            "progress": verdict.progress,
            "gap": trial.printed_gap,
            "notes": list(verdict.notes),
        },
        "differences": [
            {"field": difference.field, "expected": difference.expected, "found": difference.found}
            for difference in trial.differences
        ],
        "covers": [_position_row(position) for position in trial.covers],
        "source": source_row(case.source),
    }


def _expected_row(expected: Expected) -> Json:
    return {
        "verdict": expected.outcome.value,
        "reason": expected.reason.value if expected.reason else None,
        "progress": expected.progress.value if expected.progress else None,
        "gap": expected.gap,
        "notes": None if expected.notes is None else list(expected.notes),
    }


def _position_row(position: Position) -> Json:
    if isinstance(position, EdgePosition):
        edge: Json = {"phase": position.phase, "edge": position.edge, "position": position.position}
        return {**edge, "situation": None, "of": None}
    return {"phase": None, "edge": None, "position": None, "situation": position.name, "of": position.of or None}


def _tried(result: CasesResult) -> int:
    return len(result.positions) - len(result.uncovered)


def _by_rule(positions: Iterable[Position]) -> dict[str, list[Position]]:
    grouped: dict[str, list[Position]] = {}
    for position in positions:
        grouped.setdefault(position.rule, []).append(position)
    return grouped
