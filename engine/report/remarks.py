"""What the forms for build servers have in common: everything worth an annotation, each with its place."""

from collections.abc import Iterator, Sequence

from engine.model.case import Trial
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic, Severity
from engine.model.noun import dataclass
from engine.model.result import CasesResult, CheckResult
from engine.model.source import Source
from engine.model.verdict import Outcome, Verdict
from engine.report.cases import case_name, position_name
from engine.report.documents import target_value
from engine.report.sentences import standing
from engine.report.words import Words

#: How much a verdict weighs beside findings; a kept promise is no remark.
_WEIGHTS = {
    Outcome.FAIL: Severity.ERROR,
    Outcome.AT_RISK: Severity.WARNING,
    Outcome.UNDECIDED: Severity.NOTE,
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One annotation.

    `identity` says what it is about in words that stay when lines move or languages change; `excuse` is the document
    that waives it.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    source: Source
    related: tuple[Source, ...]
    identity: tuple[str, ...]
    excuse: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code of remarks means, without any particular case: in short, in full, and a way out."""

    code: str
    severity: Severity
    short: str
    full: str
    hint: str


def finding_remarks(findings: Sequence[Diagnostic], words: Words) -> Iterator[Remark]:
    """Findings as they are."""
    for finding in findings:
        yield Remark(
            finding.code,
            CODES[finding.code].severity,
            words.message(finding),
            words.hint(finding),
            finding.source,
            finding.related,
            tuple(f"{key}={value}" for key, value in sorted(finding.params.items())),
        )


def check_remarks(result: CheckResult, words: Words) -> list[Remark]:
    """The findings of a check, then every verdict that is no pass, in the plan's order."""
    verdicts = (verdict for verdict in result.verdicts if verdict.outcome in _WEIGHTS)
    return [
        *finding_remarks(result.findings, words),
        *(_verdict_remark(verdict, words, result.pace_word) for verdict in verdicts),
    ]


def cases_remarks(result: CasesResult, words: Words, threshold: int | None) -> list[Remark]:
    """The findings of worked cases, the cases that failed, and the rules with positions that no case tries.

    Without a `threshold` the book's own holds.
    Positions that are not tried weigh as an error where the coverage is below the threshold, else as a note.
    """
    wanted = result.threshold if threshold is None else threshold
    short = wanted is not None and result.percent < wanted
    untried: dict[str, list[str]] = {}
    for position in result.uncovered:
        untried.setdefault(position.rule, []).append(position_name(position))
    return [
        *finding_remarks(result.findings, words),
        *(_failed_remark(trial, words) for trial in result.trials if not trial.passed),
        *(
            Remark(
                "edge-untried",
                Severity.ERROR if short else Severity.NOTE,
                f"{words['untried']} {rule}: {'; '.join(names)}",
                words["edge-untried-hint"],
                result.places.get(rule, Source("rules")),
                (),
                (rule,),
            )
            for rule, names in untried.items()
        ),
    ]


def differences_text(trial: Trial, words: Words) -> str:
    """In what a failed case differs, in one line."""
    said = words["case-difference"]
    return "; ".join(
        f"{each.field}: {said.format(expected=each.expected, found=each.found)}" for each in trial.differences
    )


def _failed_remark(trial: Trial, words: Words) -> Remark:
    return Remark(
        "case-failed",
        Severity.ERROR,
        f"{case_name(trial)}: {differences_text(trial, words)}",
        words["case-failed-hint"],
        trial.case.source,
        (trial.case.obligation.rule.source,),
        (case_name(trial),),
    )


def meaning(code: str, words: Words) -> Meaning:
    """What a code means, whoever it is found with."""
    if code in CODES:
        weight = f"weight-{CODES[code].severity.value}" + ("-incomplete" if CODES[code].incomplete else "")
        message, hint = words.general(code)
        return Meaning(code, CODES[code].severity, message, f"{message}{words.said('. ')}{words[weight]}", hint)
    severities = {
        "case-failed": Severity.ERROR,
        "edge-untried": Severity.NOTE,
        **{f"verdict-{outcome.value}": weight for outcome, weight in _WEIGHTS.items()},
    }
    return Meaning(code, severities[code], words[f"{code}-short"], words[f"{code}-full"], words[f"{code}-hint"])


def _verdict_remark(verdict: Verdict, words: Words, pace_word: str) -> Remark:
    obligation = verdict.obligation
    due = target_value(obligation)
    head = f"{obligation.organization} {obligation.period.label} {obligation.rule.clause} {obligation.indicator.name}"
    code = f"verdict-{verdict.outcome.value}"
    target = f"{words['target']} {due} {verdict.unit or ''}".rstrip() if due else ""
    waiver = obligation.waiver if verdict.waived else None
    return Remark(
        code,
        # What is waived stays what it is, and nobody has to act on it.
        Severity.NOTE if waiver else _WEIGHTS[verdict.outcome],
        f"{head}{words.said(': ')}{standing(verdict, words, pace_word)}"
        + (f"{words.said('; ')}{target}" if target else ""),
        words[f"{code}-hint"],
        # Where nothing came in, the rule says what was asked for.
        verdict.figure.source if verdict.figure else obligation.rule.source,
        (obligation.rule.source,) if verdict.figure else (),
        (obligation.rule.id, obligation.organization, obligation.period.label, verdict.outcome.value),
        waiver.document if waiver else "",
    )
