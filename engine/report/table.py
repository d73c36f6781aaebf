"""Tables for the terminal: aligned with CJK widths, verdicts in colour and in words."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from tabulate import tabulate

from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.diagnostic import Severity
from engine.model.limit import LimitedObligation
from engine.model.result import CheckResult
from engine.model.verdict import Outcome, Verdict
from engine.quantities import format_decimal
from engine.report.diagnostics import LineOf, Paint, findings_text, no_line
from engine.report.documents import count_outcomes, obligation_row, target_value
from engine.report.excerpt import one_line
from engine.report.sentences import standing
from engine.report.words import Words

_COLOURS = {
    "pass": "green",
    "at-risk": "yellow",
    "fail": "red",
    "undecided": "blue",
}
_SIGNS = {"pass": "✓", "at-risk": "!", "fail": "✗", "undecided": "?"}


def check_table(result: CheckResult, words: Words, paint: Paint, by: str, line_of: LineOf = no_line) -> str:
    """What an auditor sees first: verdicts grouped by organization or clause, findings, and a line that adds up."""
    blocks = []
    if result.verdicts:
        blocks.append(_verdict_groups(result, words, paint, by))
    if result.findings:
        blocks.append(findings_text(result.findings, words, paint, line_of))
    blocks.append("\n".join(summary_lines(result, words, paint)) + "\n")
    return "\n".join(blocks)


def group_verdicts(result: CheckResult, by: str) -> dict[str, list[Verdict]]:
    """Verdicts by organization, in the book's order, or by clause, in the plan's."""
    groups: dict[str, list[Verdict]] = {name: [] for name in result.bodies} if by == "organization" else {}
    for verdict in result.verdicts:
        key = verdict.obligation.organization if by == "organization" else verdict.obligation.rule.clause
        groups.setdefault(key, []).append(verdict)
    return {key: group for key, group in groups.items() if group}


def verdict_headers(words: Words, by: str) -> list[str]:
    """The heads of the columns of `verdict_cells`."""
    other = "organization" if by == "clause" else "clause"
    return [words[name] for name in (other, "indicator", "due-column", "verdict", "standing")]


def _verdict_groups(result: CheckResult, words: Words, paint: Paint, by: str) -> str:
    groups = group_verdicts(result, by)
    headers = verdict_headers(words, by)
    ordered = [verdict for group in groups.values() for verdict in group]
    several = covers_several(result)
    rows = [verdict_cells(verdict, words, paint, result.pace_word, by, several) for verdict in ordered]
    # One table, so that all groups share their column widths; headings are put between its lines afterwards.
    lines = _aligned(rows, headers).splitlines()
    text = lines[:2]
    place = 2
    for key, group in groups.items():
        text.append("")
        text.append(paint(key, "bold") + "  " + outcome_counts(group, words, paint))
        text.extend(lines[place : place + len(group)])
        place += len(group)
    return "\n".join(line.rstrip() for line in text) + "\n"


def _aligned(rows: Sequence[Sequence[str]], headers: Sequence[str]) -> str:
    return tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True)


def covers_several(result: CheckResult) -> bool:
    """Whether the verdicts are of more than one period, so that each has to say which."""
    return len({verdict.obligation.period for verdict in result.verdicts}) > 1


def verdict_cells(verdict: Verdict, words: Words, paint: Paint, pace_word: str, by: str, several: bool) -> list[str]:
    """One verdict as a row; `several` says whether its period has to be told."""
    obligation = verdict.obligation
    outcome = verdict.outcome.value
    label = f"{_SIGNS[outcome]} {words[outcome]}"
    if verdict.progress:
        label += f" · {words[verdict.progress]}"
    first = obligation.rule.clause if by == "organization" else obligation.organization
    return [
        f"{first} {obligation.period.label}" if several else first,
        obligation.indicator.name,
        _due(verdict),
        paint(label, _COLOURS[outcome]),
        one_line(standing(verdict, words, pace_word)),
    ]


def _due(verdict: Verdict) -> str:
    obligation = verdict.obligation
    if not obligation.owed:
        return "-"
    if obligation.due_stage:
        return obligation.due_stage
    if verdict.due is None:
        value = target_value(obligation)
        return f"{value} {verdict.unit}" if value else "-"
    return f"{_short(verdict.due)} {verdict.unit}"


def _short(number: Fraction) -> str:
    """The number in full where it is short, else with two decimals."""
    exact = format_decimal(number)
    return format_decimal(number, 2) if "/" in exact or len(exact) > 10 else exact


def outcome_counts(verdicts: Sequence[Verdict], words: Words, paint: Paint) -> str:
    """How many verdicts of each outcome that occurs, in one line."""
    counts = count_outcomes(verdicts)
    return " · ".join(paint(f"{words[name]} {count}", _COLOURS[name]) for name, count in counts.items() if count)


def summary_lines(result: CheckResult, words: Words, paint: Paint) -> list[str]:
    """What a check comes to: verdicts, reasons and findings, each with the parts that add up to it."""
    counts = count_outcomes(result.verdicts)
    parts = " + ".join(paint(f"{count} {words[name]}", _COLOURS[name]) for name, count in counts.items())
    lines = [words["verdicts"].format(total=len(result.verdicts), parts=parts)]
    reasons: dict[str, int] = {}
    for verdict in result.verdicts:
        if verdict.outcome is Outcome.UNDECIDED and verdict.reason:
            reasons[verdict.reason.value] = reasons.get(verdict.reason.value, 0) + 1
    if reasons:
        undecided = " + ".join(f"{count} {_reason_name(name, words)}" for name, count in sorted(reasons.items()))
        lines.append(f"{counts['undecided']} {words['undecided']} = {undecided}")
    severities = {severity.value: 0 for severity in Severity}
    for finding in result.findings:
        severities[CODES[finding.code].severity.value] += 1
    if result.findings:
        parts = " + ".join(f"{count} {words[name]}" for name, count in severities.items())
        lines.append(words["findings"].format(total=len(result.findings), parts=parts))
    else:
        lines.append(words["no-findings"])
    if not result.complete:
        lines.append(paint(words["incomplete"], "red"))
    return lines


def _reason_name(name: str, words: Words) -> str:
    return words[name] if name != "not-applicable" else words.said("not applicable", "不適用")


def targets_table(book: Book, words: Words) -> str:
    """What the plan promises, clause by clause: the reading beside the plan's words."""
    rows = []
    for clause in book.clauses:
        if not clause.targets:
            rows.append([clause.number, words["qualitative"], "", "", "、".join(clause.lead), "", ""])
        for target in clause.targets:
            kind = target.kind.value + (f"/{target.inner_kind.value}" if target.inner_kind else "")
            marks = [mark for mark, on in (("soft", target.soft), ("striving", target.striving)) if on]
            number = f"{target.value}–{target.upper}" if target.upper else target.value or ""
            value = f"{target.comparator.value if target.comparator else ''} {number} {target.unit or ''}"
            rules = [rule.id for rule in book.rules if rule.target == target.id]
            rows.append(
                [
                    clause.number,
                    kind,
                    " ".join([value.strip(), *marks]),
                    target.quote,
                    "、".join(clause.lead),
                    target.id,
                    "、".join(rules) or "-",
                ]
            )
    headers = [words[name] for name in ("clause", "kind", "value", "quote", "bodies", "target", "rule")]
    remarks = [
        f"{clause.number}  {target.id}: {target.reading}"
        for clause in book.clauses
        for target in clause.targets
        if target.reading
    ]
    remarks += [f"{clause.number}  {clause.qualitative}" for clause in book.clauses if clause.qualitative]
    remarks += [
        f"{clause.number}  {other.quote}: {other.why}" for clause in book.clauses for other in clause.not_targets
    ]
    text = _aligned(rows, headers) + "\n"
    return text + "\n" + words["remarks"] + "\n" + "\n".join(remarks) + "\n" if remarks else text


def obligations_table(obligations: Sequence[LimitedObligation], words: Words) -> str:
    """Who must report what, in which unit of measure, and what is due."""
    rows = []
    for obligation in obligations:
        row: dict[str, Any] = obligation_row(obligation)
        due = row["due_stage"] or (
            f"{_short(Fraction(row['due_value']))} {row['due_unit']}" if row["due_value"] else "-"
        )
        rows.append(
            [
                row["organization"],
                words[row["role"]],
                row["clause"],
                row["indicator_name"],
                row["indicator"],
                row["unit"],
                due,
                words[row["status"]] if row["status"] != "not-applicable" else "-",
            ]
        )
    names = ("organization", "role", "clause", "indicator", "indicator", "unit", "due-column", "status")
    headers = [words[name] for name in names]
    headers[4] = "id"
    return _aligned(rows, headers) + "\n"
