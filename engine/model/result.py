"""What a check or a run of worked cases found, and the exit code that follows from it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from engine.model.account import EMPTY, Account
from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic, Severity
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.receipt import NOTHING, Inputs
from engine.model.source import Source
from engine.model.verdict import Verdict

if TYPE_CHECKING:
    # A check of figures makes none of these, or only where a manifest is: making the classes takes time.
    from engine.model.arrival import Arrival
    from engine.model.case import Position, Trial
    from engine.model.coverage import Coverage

OK, OBJECTIONS, USAGE, INCOMPLETE, DEFECT = 0, 1, 2, 3, 70


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Verdicts and findings of a check. `period` is None when several periods were judged.

    `bodies` are the organizations in the book's order, `pace_word` what its office calls the pace. `arrivals` is
    empty where no manifest says when files came in; `inputs` are the files of which it was made.
    `left_out` says which files came in after the day as of which was asked: the result itself is that of the day.
    """

    title: str
    digest: str
    period: Period | None
    verdicts: tuple[Verdict, ...]
    findings: tuple[Diagnostic, ...]
    complete: bool
    pace_word: str
    bodies: tuple[str, ...]
    account: Account = EMPTY
    arrivals: "tuple[Arrival, ...]" = ()
    inputs: Inputs = NOTHING
    left_out: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class CasesResult:
    """All trials of a book, and every position that its rules have, in the plan's order.

    `places` says where each rule stands.

    Units: `threshold`, the coverage that the book wants of itself, in per cent; None where it says nothing.
    """

    title: str
    digest: str
    trials: "tuple[Trial, ...]"
    positions: "tuple[Position, ...]"
    findings: tuple[Diagnostic, ...]
    threshold: int | None = None
    places: Mapping[str, Source] = field(default_factory=dict)

    @property
    def uncovered(self) -> "tuple[Position, ...]":
        """The positions that no case tries."""
        tried = {position for trial in self.trials for position in trial.covers}
        return tuple(position for position in self.positions if position not in tried)

    @property
    def redundant(self) -> "tuple[Trial, ...]":
        """The trials that could be taken out one at a time, and every position would still be tried."""
        listed = set(self.positions)
        often = Counter(position for trial in self.trials for position in set(trial.covers) & listed)
        return tuple(
            trial for trial in self.trials if all(often[position] > 1 for position in set(trial.covers) & listed)
        )

    @property
    def percent(self) -> int:
        """How many of the positions are tried, in whole per cent, rounded down; 100 where there are none."""
        count = len(self.positions)
        return 100 * (count - len(self.uncovered)) // count if count else 100

    @property
    def complete(self) -> bool:
        """Whether everything could be read and run."""
        return is_complete(self.findings)

    def exit_code(self, threshold: int | None = None) -> int:
        """0, 1 or 3: unusable input wins over a failed case, an error, and coverage below the threshold.

        `threshold` is the one that was asked for; without it the book's own holds.
        """
        wanted = self.threshold if threshold is None else threshold
        if not self.complete:
            return INCOMPLETE
        errors = any(CODES[finding.code].severity is Severity.ERROR for finding in self.findings)
        failed = any(not trial.passed for trial in self.trials)
        short = wanted is not None and self.percent < wanted
        return OBJECTIONS if errors or failed or short else OK


@dataclass(frozen=True, slots=True)
class ValidateResult:
    """What a book says about its plan, and everything in which the two or the book's own files disagree."""

    title: str
    digest: str
    findings: tuple[Diagnostic, ...]
    coverage: "Coverage"

    @property
    def complete(self) -> bool:
        """Whether everything could be read."""
        return is_complete(self.findings)

    @property
    def exit_code(self) -> int:
        """0, 1 or 3: what could not be read wins over what does not match; warnings and notes never count."""
        if not self.complete:
            return INCOMPLETE
        errors = any(CODES[finding.code].severity is Severity.ERROR for finding in self.findings)
        return OBJECTIONS if errors else OK


def is_complete(findings: Collection[Diagnostic]) -> bool:
    """Whether all input could be read and used."""
    return not any(CODES[finding.code].incomplete for finding in findings)


def exit_code(result: CheckResult, fail_on: Collection[str]) -> int:
    """0, 1 or 3: incomplete input wins over objections; warnings and notes never count.

    `fail_on` holds the outcomes that count as objections, but for what is waived; error findings always do.
    """
    if not result.complete:
        return INCOMPLETE
    if any(CODES[finding.code].severity is Severity.ERROR for finding in result.findings):
        return OBJECTIONS
    if any(verdict.outcome.value in fail_on and not verdict.waived for verdict in result.verdicts):
        return OBJECTIONS
    return OK


def sort_verdicts(book: Book, verdicts: Iterable[Verdict]) -> list[Verdict]:
    """In the order of the plan's clauses, then target, period, and the book's list of organizations."""
    clauses = {clause.number: place for place, clause in enumerate(book.clauses)}
    targets = {target: place for place, target in enumerate(book.targets)}
    bodies = {name: place for place, name in enumerate(book.organizations)}
    return sorted(
        verdicts,
        key=lambda verdict: (
            clauses[verdict.obligation.rule.clause],
            targets[verdict.obligation.rule.target],
            verdict.obligation.rule.id,
            verdict.obligation.period,
            bodies[verdict.obligation.organization],
        ),
    )


#: What makes a whole file unreadable.
_FIRST = ("yaml-syntax", "units-broken")


def sort_findings(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By place, then code; what was said twice of one place is kept once.

    A file that could not be read at all comes first: much of what is said of others follows from it.
    """
    by_identity = {
        (
            str(finding.code not in _FIRST),
            finding.source.file,
            finding.source.line,
            finding.source.column,
            finding.source.cell or "",
            finding.code,
            *finding.params.values(),
        ): finding
        for finding in findings
    }
    return [by_identity[key] for key in sorted(by_identity)]
