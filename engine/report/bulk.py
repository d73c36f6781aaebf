"""What a bulk check came to, in lines that add up; its verdicts lie in files."""

from collections.abc import Mapping, Sequence

from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic, Severity
from engine.model.noun import dataclass
from engine.report.diagnostics import Paint, findings_text
from engine.report.words import Words

_COLOURS = {"pass": "green", "at-risk": "yellow", "fail": "red", "undecided": "blue"}


@dataclass(frozen=True, slots=True)
class BulkTotals:
    """Counts of a bulk check: verdicts by outcome, reasons of undecided ones, findings by code, rows by fate."""

    verdicts: Mapping[str, int]
    reasons: Mapping[str, int]
    findings: Mapping[str, int]
    rows: Mapping[str, int]
    complete: bool


def bulk_text(totals: BulkTotals, words: Words, paint: Paint, first: Sequence[Diagnostic] = ()) -> str:
    """The totals for a terminal, and before them the `first` of the findings, which are shown in full."""
    counts = {name: totals.verdicts.get(name, 0) for name in _COLOURS}
    parts = " + ".join(paint(f"{count} {words[name]}", _COLOURS[name]) for name, count in counts.items())
    lines = [words["verdicts"].format(total=sum(counts.values()), parts=parts)]
    if totals.reasons:
        reasons = " + ".join(f"{count} {words[name]}" for name, count in sorted(totals.reasons.items()))
        lines.append(f"{counts['undecided']} {words['undecided']} = {reasons}")
    lines.extend(_finding_lines(totals.findings, words, len(first)))
    lines.append(words["rows"].format(**totals.rows))
    if not totals.complete:
        lines.append(paint(words["incomplete"], "red"))
    shown = findings_text(first, words, paint) + "\n" if first else ""
    return shown + "\n".join(lines) + "\n"


def _finding_lines(findings: Mapping[str, int], words: Words, shown: int) -> list[str]:
    """How many findings there are, and below of which code."""
    if not findings:
        return [words["no-findings"]]
    severities = dict.fromkeys(Severity, 0)
    for code, count in findings.items():
        severities[CODES[code].severity] += count
    parts = " + ".join(f"{count} {words[severity.value]}" for severity, count in severities.items())
    lines = [words["findings"].format(total=sum(findings.values()), parts=parts)]
    if 0 < shown < sum(findings.values()):
        lines.append(words["bulk-first"].format(shown=shown))
    return [*lines, *(f"  {count} × {code}" for code, count in sorted(findings.items()))]
