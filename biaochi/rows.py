"""The rows of results as frozen objects: verdicts, obligations, findings."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from engine.model.period import Period

if TYPE_CHECKING:
    from engine.model.diagnostic import Diagnostic
    from engine.model.limit import LimitedObligation
    from engine.model.verdict import Verdict as JudgedVerdict
    from engine.report.words import Words

Outcome = Literal["pass", "at-risk", "fail", "undecided"]
Severity = Literal["error", "warning", "note"]
Role = Literal["lead", "responsible"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a file that is wrong or worth a look.

    Shape: `code` as in docs/codes.md; `severity` is error, warning or note, and only errors change an exit code;
    `message` and `hint` are in the book's language; `line` and `column` count from 1 and are None where the whole
    file is meant; `cell` is the spreadsheet's name of the place.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    file: str
    line: int | None
    column: int | None
    cell: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one promise for one body and period, with its evidence.

    Shape: `verdict` is pass, at-risk, fail or undecided, then with a `reason`; `progress` is None where there is no
    pace; `submitted` is the figure as it was written; `sentence` says it in the book's language; `file`, `line`,
    `column`, `cell` are the figure's place, None where nothing came in. `waived`: excused by a waiver, counted apart.

    Units: `actual`, `due`, `target_value` and `remaining` in `unit`; `gap` in `gap_unit` (positive is good). All are
    exact fractions and never rounded.
    """

    organization: str
    role: Role
    clause: str
    target: str
    rule: str
    indicator: str
    period: Period
    kind: str
    unit: str | None
    verdict: Outcome
    reason: str | None
    progress: str | None
    submitted: str | None
    actual: Fraction | None
    due: Fraction | None
    target_value: Fraction | None
    gap: Fraction | None
    gap_unit: str | None
    remaining: Fraction | None
    notes: tuple[str, ...]
    waived: bool
    sentence: str
    file: str | None
    line: int | None
    column: int | None
    cell: str | None


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one body has to report for one rule and period, and what is due.

    Shape: `status` is due, not-due, awaiting-target or not-applicable; `due_stage` names the stage of a milestone.

    Units: figures are reported in `unit`; `target_value` and `due` are exact and in `due_unit`, None where they
    depend on a baseline or on another figure.
    """

    organization: str
    role: Role
    clause: str
    target: str
    rule: str
    indicator: str
    period: Period
    kind: str
    unit: str
    comparator: str | None
    target_value: Fraction | None
    due: Fraction | None
    due_unit: str | None
    due_stage: str | None
    status: str


def findings_of(diagnostics: "Iterable[Diagnostic]", lang: str) -> tuple[Finding, ...]:
    """Findings with their sentences in a language."""
    from engine.report.documents import finding_row
    from engine.report.words import Words

    words = Words(lang)
    found = []
    for row in (finding_row(each, words) for each in diagnostics):
        source = row["source"]
        said = (row["code"], row["severity"], row["message"], row["hint"])
        found.append(Finding(*said, source["file"], source["line"], source["column"], source["cell"]))
    return tuple(found)


def verdict_of(judged: "JudgedVerdict", words: "Words", pace_word: str) -> Verdict:
    """One verdict of the engine as a row; what is rounded in print is exact here."""
    from engine.report.documents import verdict_row

    row = verdict_row(judged, words, pace_word)
    source = row["source"] or dict.fromkeys(("file", "line", "column", "cell"))
    return Verdict(
        **{key: row[key] for key in _AS_PRINTED},
        period=judged.obligation.period,
        actual=judged.actual,
        due=judged.due,
        target_value=_exact(row["target_value"]),
        gap=judged.gap,
        remaining=judged.remaining,
        notes=judged.notes,
        waived=judged.waived,
        **source,
    )


_AS_PRINTED = (
    "organization", "role", "clause", "target", "rule", "indicator", "kind", "unit", "verdict", "reason", "progress",
    "submitted", "gap_unit", "sentence",
)  # fmt: skip


def obligation_of(limited: "LimitedObligation") -> Obligation:
    """One obligation of the engine as a row."""
    from engine.report.documents import obligation_row

    row: dict[str, Any] = obligation_row(limited)
    same = (
        "organization", "role", "clause", "target", "rule", "indicator", "kind", "unit", "comparator", "due_unit",
        "due_stage", "status",
    )  # fmt: skip
    return Obligation(
        **{key: row[key] for key in same},
        period=limited.obligation.period,
        target_value=_exact(row["target_value"]),
        due=_exact(row["due_value"]),
    )


def _exact(number: str | None) -> Fraction | None:
    return None if number is None else Fraction(number)
