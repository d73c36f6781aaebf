"""Tables for the terminal: aligned with CJK widths, verdicts in colour and in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from engine.model.account import Account, Fate, count_fates
from engine.model.arrival import Arrival
from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.diagnostic import Severity
from engine.model.limit import LimitedObligation
from engine.model.result import CheckResult
from engine.model.rule import Amendment
from engine.model.target import Clause
from engine.model.verdict import Outcome, Verdict
from engine.quantities import format_decimal
from engine.report.columns import aligned
from engine.report.diagnostics import LineOf, Paint, findings_text, no_line
from engine.report.documents import (
    count_inspections,
    count_outcomes,
    count_waived,
    obligation_row,
    original_value,
    target_value,
)
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
    lines = aligned(rows, headers)
    text = lines[:2]
    place = 2
    for key, group in groups.items():
        text.append("")
        text.append(paint(key, "bold") + "  " + outcome_counts(group, words, paint))
        text.extend(lines[place : place + len(group)])
        place += len(group)
    return "\n".join(text) + "\n"


def _aligned(rows: Sequence[Sequence[str]], headers: Sequence[str]) -> str:
    from tabulate import tabulate

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
    if verdict.waived:
        label += f" · {words['waived']}"
    first = obligation.rule.clause if by == "organization" else obligation.organization
    return [
        one_line(f"{first} {obligation.period.label}" if several else first),
        one_line(obligation.indicator.name),
        _due(verdict, words),
        paint(label, _COLOURS[outcome]),
        one_line(standing(verdict, words, pace_word)),
    ]


def _due(verdict: Verdict, words: Words) -> str:
    """What is due; of an amended target with what was due before beside it."""
    obligation, original = verdict.obligation, verdict.under_original
    if not obligation.owed:
        return "-"
    if obligation.due_stage:
        return obligation.due_stage
    if verdict.due is None:
        value, before = target_value(obligation), original_value(obligation)
    else:
        value = _short(verdict.due)
        before = _short(original.due) if original and original.due is not None else None
    if not value:
        return "-"
    was = f"{words.said(' (')}{words['was'].format(number=before)}{words.said(')')}" if before else ""
    return f"{value} {verdict.unit}{was}"


def _short(number: Fraction) -> str:
    """The number in full where it is short, else with two decimals."""
    exact = format_decimal(number)
    return format_decimal(number, 2) if "/" in exact or len(exact) > 10 else exact


def outcome_counts(verdicts: Sequence[Verdict], words: Words, paint: Paint) -> str:
    """How many verdicts of each outcome that occurs, in one line."""
    counts = count_outcomes(verdicts)
    parts = [paint(f"{words[name]} {count}", _COLOURS[name]) for name, count in counts.items() if count]
    waived = count_waived(verdicts)
    return " · ".join(parts) + (f"{words.said(' (')}{words['waived']} {waived}{words.said(')')}" if waived else "")


def summary_lines(result: CheckResult, words: Words, paint: Paint) -> list[str]:
    """What a check comes to: verdicts, reasons and findings, each with the parts that add up to it."""
    counts = count_outcomes(result.verdicts)
    parts = " + ".join(paint(f"{count} {words[name]}", _COLOURS[name]) for name, count in counts.items())
    lines = [words["verdicts"].format(total=len(result.verdicts), parts=parts)]
    waived = count_outcomes(verdict for verdict in result.verdicts if verdict.waived)
    if any(waived.values()):
        parts = " + ".join(paint(f"{count} {words[name]}", _COLOURS[name]) for name, count in waived.items() if count)
        lines.append(words["of-which-waived"].format(total=sum(waived.values()), parts=parts))
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
    inspections = count_inspections(result)
    if inspections["inspected"]:
        lines.append(words["inspections"].format(**inspections))
    lines.extend(_arrival_lines(result.arrivals, words))
    if result.account.files:
        lines.extend(account_lines(result.account, words))
    if not result.complete:
        lines.append(paint(words["incomplete"], "red"))
    return lines


#: How a standing is called in the line that counts them; a missing figure and a missing submission are two things.
_STANDINGS = {"on-time": "on-time", "late": "late", "unlisted": "unlisted", "missing": "not-sent"}


def _arrival_lines(arrivals: Sequence[Arrival], words: Words) -> list[str]:
    """How many submissions of each period came in time; one line a period."""
    lines = []
    for period in sorted({arrival.period for arrival in arrivals}):
        own = [arrival for arrival in arrivals if arrival.period == period]
        counts = Counter(arrival.standing.value for arrival in own)
        parts = " + ".join(f"{counts[key]} {words[word]}" for key, word in _STANDINGS.items() if counts[key])
        due = words["arrivals-due"].format(day=own[0].due) if own[0].due else ""
        lines.append(words["arrivals"].format(period=period.label, due=due, parts=parts))
    return lines


def _reason_name(name: str, words: Words) -> str:
    return words[name] if name != "not-applicable" else words.said("not applicable")


def targets_table(book: Book, words: Words) -> str:
    """What the plan promises, clause by clause: the reading beside the plan's words."""
    judged: dict[str, list[str]] = {}
    for rule in book.rules:
        judged.setdefault(rule.target, []).append(rule.id)
    text = promises_table(book.clauses, words, judged, book.amendments)
    remarks = [
        f"{clause.number}  {target.id}: {words.remark(target.reading, target.reading_zh)}"
        for clause in book.clauses
        for target in clause.targets
        if target.reading
    ]
    remarks += [
        f"{target.clause}  {target.id}: {_amended(each)}: {each.document}"
        for target in book.targets.values()
        for each in book.amendments
        if each.target == target.id
    ]
    remarks += [f"{clause.number}  {clause.qualitative}" for clause in book.clauses if clause.qualitative]
    remarks += [
        f"{clause.number}  {other.quote}: {other.why}" for clause in book.clauses for other in clause.not_targets
    ]
    return text + "\n" + words["remarks"] + "\n" + "\n".join(remarks) + "\n" if remarks else text


def promises_table(
    clauses: Sequence[Clause],
    words: Words,
    judged: Mapping[str, Sequence[str]] | None = None,
    amendments: Sequence[Amendment] = (),
) -> str:
    """The promises of these clauses, one a line; with `judged` also the rules of each target."""
    rows = []
    for clause in clauses:
        lead = "、".join(clause.lead)
        if not clause.targets:
            rows.append([clause.number, words["qualitative"], "", "", lead, "", ""])
        for target in clause.targets:
            kind = target.kind.value + (f"/{target.inner_kind.value}" if target.inner_kind else "")
            marks = [mark for mark, on in (("soft", target.soft), ("striving", target.striving)) if on]
            marks += [f"({target.year})"] if target.year else []
            number = f"{target.value}–{target.upper}" if target.upper else target.value or ""
            value = f"{target.comparator.value if target.comparator else ''} {number} {target.unit or ''}"
            rules = "、".join((judged or {}).get(target.id, ())) or "-"
            amended = [_amended(each) for each in amendments if each.target == target.id]
            said = "; ".join([" ".join([value.strip(), *marks]), *amended]).removeprefix("; ")
            rows.append([clause.number, kind, said, target.quote, lead, target.id, rules])
    names = ("clause", "kind", "value", "quote", "bodies", "target", "rule")
    columns = len(names) if judged is not None else len(names) - 1
    return _aligned([row[:columns] for row in rows], [words[name] for name in names[:columns]]) + "\n"


def _amended(amendment: Amendment) -> str:
    """A number set by a document, from when on and for whom."""
    reach = f" ({'、'.join(amendment.reach)})" if amendment.reach else ""
    return f"{amendment.date.isoformat()} → {amendment.threshold.text}{reach}"


def obligations_table(obligations: Sequence[LimitedObligation], words: Words) -> str:
    """Who must report what, in which unit of measure, and what is due; of an amended target the number before too."""
    rows = []
    for obligation in obligations:
        row: dict[str, Any] = obligation_row(obligation)
        due = row["due_stage"] or (
            f"{_short(Fraction(row['due_value']))} {row['due_unit']}" if row["due_value"] else "-"
        )
        if row["original_value"]:
            number = words["was"].format(number=f"{row['original_value']} {row['due_unit']}")
            due += f" ({words['target']} {row['target_value']} {row['due_unit']}, {number})"
        status = words[row["status"]] if row["status"] != "not-applicable" else "-"
        if row["waiver"]:
            status += f" · {words['waived']} → {row['waiver']['end']}"
        rows.append(
            [
                row["organization"],
                words[row["role"]],
                row["clause"],
                row["indicator_name"],
                row["indicator"],
                row["unit"],
                due,
                status,
            ]
        )
    names = ("organization", "role", "clause", "indicator", "indicator", "unit", "due-column", "status")
    headers = [words[name] for name in names]
    headers[4] = "id"
    return _aligned(rows, headers) + "\n"


def account_lines(account: Account, words: Words) -> list[str]:
    """The account in lines that add up: in total, and of each of several files that was not judged whole."""
    lines = [account_line(count_fates(account.cells), words)]
    by_file = account.by_file()
    for file, counts in sorted(by_file.items()):
        whole = counts[Fate.JUDGED] == sum(counts.values()) > 0
        if len(by_file) > 1 and not whole:
            lines.append(f"  {one_line(file)}{words.said(': ')}{account_line(counts, words)}")
    return lines


def account_line(counts: Mapping[Fate, int], words: Words) -> str:
    """What became of the cells of a file, or of all: the number read and the parts that add up to it."""
    return words["cells"].format(
        read=sum(counts.values()),
        judged=counts[Fate.JUDGED],
        not_needed=counts[Fate.NOT_NEEDED],
        refused=counts[Fate.REFUSED],
    )
