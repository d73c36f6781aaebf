"""The outcome of validating a book: for the terminal, and as a JSON document."""

from typing import Any

from engine.model.codes import CODES
from engine.model.coverage import Coverage
from engine.model.diagnostic import Severity
from engine.model.result import ValidateResult
from engine.report.diagnostics import LineOf, Paint, findings_text, no_line
from engine.report.documents import finding_row
from engine.report.words import Words

Json = dict[str, Any]


def validate_table(result: ValidateResult, words: Words, paint: Paint, line_of: LineOf = no_line) -> str:
    """Findings, then lines that add up: clauses, numbers, findings."""
    blocks = [findings_text(result.findings, words, paint, line_of)] if result.findings else []
    lines = coverage_lines(result.coverage, words)
    if result.findings:
        severities = {severity.value: 0 for severity in Severity}
        for finding in result.findings:
            severities[CODES[finding.code].severity.value] += 1
        parts = " + ".join(f"{count} {words[name]}" for name, count in severities.items())
        lines.append(words["findings"].format(total=len(result.findings), parts=parts))
    else:
        lines.append(words["no-findings"])
    if not result.complete:
        lines.append(paint(words["incomplete"], "red"))
    return "\n".join([*blocks, "\n".join(lines) + "\n"])


def coverage_lines(coverage: Coverage, words: Words) -> list[str]:
    """How much of the plan the book accounts for: clauses, then numbers."""
    counts = {
        "total": coverage.numbers_in_plan,
        "claimed": coverage.claimed,
        "declared": coverage.declared_not_targets,
        "unclaimed": coverage.unclaimed,
    }
    numbers = "numbers-of-book" if coverage.numbers_in_plan is None else "numbers"
    return [
        words["accounted"].format(accounted=coverage.clauses_accounted, clauses=coverage.clauses),
        words[numbers].format(**counts),
    ]


def validate_document(result: ValidateResult, words: Words) -> Json:
    """The result of validating a book.

    Shape: the JSON Schema `validate`; findings in the order of their places.
    """
    coverage = result.coverage
    return {
        "schema": "biaochi.validate/1",
        "book": {"title": result.title, "digest": result.digest},
        "findings": [finding_row(finding, words) for finding in result.findings],
        "coverage": {
            "numbers_in_plan": coverage.numbers_in_plan,
            "claimed": coverage.claimed,
            "declared_not_targets": coverage.declared_not_targets,
            "unclaimed": coverage.unclaimed,
            "clauses": coverage.clauses,
            "clauses_accounted": coverage.clauses_accounted,
        },
        "complete": result.complete,
    }
