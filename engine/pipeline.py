"""The only composer: each use case from its inputs to its result, visible on one screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine.evaluate.judge import judge, keep_exact
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey
from engine.model.limit import LimitedObligation
from engine.model.period import Period
from engine.model.result import CheckResult, is_complete, sort_findings, sort_verdicts
from engine.model.source import Source
from engine.model.verdict import Obligation, Verdict
from engine.rules.book import bind_book
from engine.rules.obligations import limit_obligations, list_obligations
from engine.rules.read import BookFiles, find_book, read_book_files
from engine.submissions.account import account_for
from engine.submissions.convert import Converter, index_figures
from engine.submissions.csvform import read_csv_submission
from engine.submissions.history import check_history, inherit_baselines
from engine.submissions.inspections import read_inspection_entries
from engine.submissions.read import Delivery, SubmittedFile, find_files, read_content, read_inspections
from engine.submissions.reconcile import apply_inspections, reconcile
from engine.submissions.yamlform import read_yaml_submission
from engine.units import UnitDefinitionsError


@dataclass(frozen=True, slots=True)
class Selection:
    """Which verdicts are wanted: empty means all."""

    organizations: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()

    def wants(self, verdict: Verdict) -> bool:
        """Whether this verdict is wanted."""
        obligation = verdict.obligation
        return (
            (not self.organizations or obligation.organization in self.organizations)
            and (not self.clauses or obligation.rule.clause in self.clauses)
            and (not self.rules or obligation.rule.id in self.rules)
            and (not self.outcomes or verdict.outcome.value in self.outcomes)
        )


def open_book(folder: Path, found: list[Diagnostic]) -> Book | None:
    """Read and bind the book in `folder`; None where no plan can be read."""
    files = read_book_files(folder, found)
    try:
        book, diagnostics = bind_book(files)
    except UnitDefinitionsError as error:
        found.append(Diagnostic("units-broken", Source("units.txt", error.line, 1), {"problem": error.reason}))
        texts = {name: text for name, text in files.texts.items() if name != "units.txt"}
        book, diagnostics = bind_book(BookFiles(files.folder, texts, files.digest))
    found.extend(diagnostics)
    return book


def check(
    book: Book,
    book_findings: Sequence[Diagnostic],
    paths: Sequence[Path],
    *,
    period: Period | None = None,
    as_of: date | None = None,
    selection: Selection | None = None,
) -> CheckResult:
    """Judge the submissions under `paths`.

    A period folder is held to everything that is due; single files only to the bodies that they name.
    """
    found = list(book_findings)
    delivery = find_files(paths, found)
    current = _read_figures(book, delivery.files, period, found)
    periods = [period] if period else sorted({*delivery.periods, *(figure.period for figure in current)})
    figures = _known_figures(book, delivery, current, found)
    check_history(book, figures, [each.key for each in periods], found)
    obligations = [owed for each in periods for owed in list_obligations(book, each, as_of)]
    reconcile(book, obligations, figures, found)
    held = _held_to(obligations, delivery, current)
    verdicts = _judge(limit_obligations(book, held, _past_periods(figures), as_of), figures, found)
    account_for(book, current, periods, verdicts, found)
    chosen = [verdict for verdict in verdicts if selection is None or selection.wants(verdict)]
    return CheckResult(
        title=book.plan.title,
        digest=book.digest,
        period=periods[0] if len(periods) == 1 else None,
        verdicts=tuple(sort_verdicts(book, chosen)),
        findings=tuple(sort_findings(found)),
        complete=is_complete(found),
        pace_word=book.policy.pace_word,
        bodies=tuple(book.organizations),
    )


def list_period(book: Book, period: Period, as_of: date | None = None) -> list[LimitedObligation]:
    """Who must report what for a period, and what is due."""
    return limit_obligations(book, list_obligations(book, period, as_of), (), as_of)


def _read_figures(
    book: Book, files: Sequence[SubmittedFile], period: Period | None, found: list[Diagnostic]
) -> list[Figure]:
    converter = Converter(book, found)
    figures: list[Figure] = []
    for file in files:
        text = read_content(file, found)
        if text is not None:
            read = read_csv_submission if file.suffix == ".csv" else read_yaml_submission
            figures.extend(converter.convert(read(text, file.name, found), file.folder_period, period))
    return figures


def _known_figures(
    book: Book, delivery: Delivery, current: Sequence[Figure], found: list[Diagnostic]
) -> dict[FigureKey, Figure]:
    """What came in, completed by what earlier periods and inspections on site say."""
    past: list[Diagnostic] = []
    known = index_figures(_read_figures(book, delivery.earlier, None, past), past)
    if past:
        folder = Source(delivery.earlier[0].name)
        found.append(Diagnostic("earlier-incomplete", folder, {"count": str(len(past))}))
    known.update(index_figures(current, found))
    completed = inherit_baselines(book, known, current, found)
    converter = Converter(book, found)
    established = [
        figure
        for file, text in read_inspections(delivery, found)
        for figure in converter.convert(read_inspection_entries(text, file.name, found), file.folder_period, None)
    ]
    return apply_inspections(book, completed, established, found)


def _held_to(obligations: Sequence[Obligation], delivery: Delivery, current: Sequence[Figure]) -> list[Obligation]:
    """Everything in a period folder; of other periods only what the bodies owe that single files name."""
    named = {(figure.organization, figure.period.key) for figure in current}
    whole = {period.key for period in delivery.periods}
    return [
        obligation
        for obligation in obligations
        if obligation.period.key in whole or (obligation.organization, obligation.period.key) in named
    ]


def _past_periods(figures: dict[FigureKey, Figure]) -> list[Period]:
    return sorted({figure.period for figure in figures.values()})


def _judge(
    limited: Sequence[LimitedObligation], figures: dict[FigureKey, Figure], found: list[Diagnostic]
) -> list[Verdict]:
    exact, refused = keep_exact(limited)
    for rule in refused:
        found.append(Diagnostic("rule-not-exact", rule.source, {"rule": rule.id}))
    verdicts, diagnostics = judge(exact, figures)
    found.extend(diagnostics)
    return verdicts


def locate_book(start: Path) -> Path | None:
    """The folder of the nearest book from `start` upwards."""
    return find_book(start)
