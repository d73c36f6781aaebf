"""The only composer: each use case from its inputs to its result, visible on one screen."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from engine.followup.read import is_record_file
from engine.model.book import Book
from engine.model.codes import CONTRADICTIONS
from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.model.figure import Figure, FigureKey, Form
from engine.model.limit import LimitedObligation
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.receipt import Inputs
from engine.model.result import (
    CasesResult,
    CheckResult,
    ValidateResult,
    is_complete,
    sort_findings,
    sort_verdicts,
)
from engine.model.rule import Rule
from engine.model.source import Source
from engine.model.verdict import Obligation, Verdict
from engine.report.documents import gap_number
from engine.report.read import CitedFiles
from engine.rules.obligations import limit_obligations, list_obligations
from engine.rules.read import BookFiles, find_book, is_book_file, read_book_files
from engine.submissions.account import account_for, settle_account
from engine.submissions.concerned import findings_for
from engine.submissions.convert import Converter, index_figures
from engine.submissions.gather import (
    Progress,
    inspected_figures,
    read_earlier,
    read_figures,
    submitted_figures,
    take_in,
)
from engine.submissions.history import check_history, inherit_baselines, known_baseline
from engine.submissions.read import Delivery, find_files
from engine.submissions.reconcile import reconcile

if TYPE_CHECKING:
    from engine.evaluate.duckdb import Opening
    from engine.model.arrival import Arrival
    from engine.model.case import Case, Position, Trial
    from engine.model.draft import Draft
    from engine.model.form import BlankForm


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
            and self.wants_rule(obligation.rule)
            and (not self.outcomes or verdict.outcome.value in self.outcomes)
        )

    def wants_rule(self, rule: Rule) -> bool:
        """Whether this rule is wanted, whoever is judged."""
        return (not self.clauses or rule.clause in self.clauses) and (not self.rules or rule.id in self.rules)


def open_book(
    folder: Path,
    found: list[Diagnostic],
    with_cases: bool = False,
    cache: Path | None = None,
    as_of: date | None = None,
) -> Book | None:
    """Read and bind the book in `folder`, if wanted with its worked cases; None where no plan can be read.

    `as_of` leaves out what the book says since a later day: amendments, waivers and rules.

    A book that was bound from the same files before is taken from the folder `cache`, and kept there for the next
    time. Without one, or with nothing in it, the answer is the same.
    """
    files = read_book_files(folder, found, as_of)
    if cache is None:
        book, diagnostics = bind_files(files, with_cases)
    else:
        from engine.rules.cache import KeptBooks

        kept = KeptBooks(cache)
        bound = kept.find(files, with_cases)
        book, diagnostics = bound or bind_files(files, with_cases)
        if bound is None and book is not None:
            kept.keep(files, with_cases, (book, diagnostics))
    found.extend(diagnostics)
    return book


def bind_files(files: BookFiles, with_cases: bool = False) -> tuple[Book | None, list[Diagnostic]]:
    """Bind the files of a book, without its own units of measure where those cannot be used."""
    # Imported here: a book that was bound before needs no binder.
    from engine.rules.book import bind_book
    from engine.units import UnitDefinitionsError, check_definitions

    try:
        check_definitions(files.texts.get("units.txt", ""))
        return bind_book(files, with_cases)
    except UnitDefinitionsError as error:
        broken = Diagnostic("units-broken", Source("units.txt", error.line, 1), {"problem": error.reason})
        texts = {name: text for name, text in files.texts.items() if name != "units.txt"}
        book, diagnostics = bind_book(BookFiles(files.folder, texts, files.digest, files.digests), with_cases)
        return book, [broken, *diagnostics]


def check(
    book: Book,
    book_findings: Sequence[Diagnostic],
    paths: Sequence[Path],
    *,
    period: Period | None = None,
    as_of: date | None = None,
    selection: Selection | None = None,
    on_file: Progress | None = None,
) -> CheckResult:
    """Judge the submissions under `paths`.

    A period folder is held to everything that is due; single files only to the bodies that they name. `on_file` is
    told how many files were read, and of how many.
    """
    return check_whole(book, book_findings, paths, period, as_of, selection, on_file).result


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check, all its verdicts, and what they were made of; `entries` is all that came in."""

    result: CheckResult
    verdicts: tuple[Verdict, ...]
    limited: Sequence[LimitedObligation]
    figures: Mapping[FigureKey, Figure]
    entries: Sequence[Entry] = ()


def check_whole(
    book: Book,
    book_findings: Sequence[Diagnostic],
    paths: Sequence[Path],
    period: Period | None,
    as_of: date | None,
    selection: Selection | None = None,
    on_file: Progress | None = None,
) -> Checked:
    """Judge the submissions under `paths` as `check` does, and keep what the verdicts were made of."""
    found = list(book_findings)
    # Imported here: the commands that judge nothing should not wait for the engine.
    from engine.evaluate.duckdb import Opening

    opening = Opening()
    delivery = find_files(paths, found)
    if book.signers:
        # Imported here: few books are signed.
        from engine.submissions.signed import distrusted

        delivery = replace(delivery, untrusted=distrusted(book, delivery, found))
    intake = take_in(delivery, as_of, found)
    delivery = intake.delivery
    converter = Converter(book, found)
    current = read_figures(book, converter, delivery.files, period, found, intake.aside, on_file)
    named = {*converter.forms, *((figure.organization, figure.period) for figure in current)}
    periods = [period] if period else sorted({*delivery.periods, *(each for _, each in named)})
    submitted = submitted_figures(book, delivery, current, intake, found)
    check_history(book, submitted, [each.key for each in periods], found)
    figures = inspected_figures(book, delivery, submitted, found, as_of)
    obligations = [owed for each in periods for owed in list_obligations(book, each, as_of)]
    reconcile(book, obligations, figures, found)
    if book.relations:
        # Imported here: most books state no relations, and their checks should not wait for them.
        from engine.submissions.relations import hold_relations

        hold_relations(book, obligations, submitted, [each.key for each in periods], found)
    _ask_first(book, obligations, submitted, [each.key for each in periods], found)
    held = _held_to(obligations, delivery, named)
    limited = limit_obligations(book, held, _past_periods(figures), as_of)
    verdicts = judge_limited(limited, figures, found, opening)
    account_for(book, current, periods, verdicts, found)
    if book.policy.suspicions is not None:
        # Imported here: only a policy that asks for them makes a check wait for them.
        from engine.submissions.suspicions import raise_suspicions

        raise_suspicions(book, verdicts, figures, [each.key for each in periods], found)
    listed = [file.name for file in delivery.files]
    account = settle_account(listed, converter.read, submitted, verdicts, book.plan.year, periods)
    arrivals: tuple[Arrival, ...] = ()
    if intake.manifests:
        # Imported here: a folder without a manifest says nothing of when its files came.
        from engine.submissions.arrivals import state_arrivals

        arrivals = state_arrivals(book, intake.manifests, delivery.files, current, verdicts, found)
    if book.waivers:
        # Imported here: most books have no waivers, and their checks should not wait for them.
        from engine.rules.waived import mark_waived

        verdicts = mark_waived(book, verdicts, as_of, found)
    chosen = [verdict for verdict in verdicts if selection is None or selection.wants(verdict)]
    if selection is not None and selection.organizations:
        own = findings_for(found[len(book_findings) :], account, selection.organizations, converter.body)
        found = [*book_findings, *own]
    result = CheckResult(
        title=book.plan.title,
        digest=book.digest,
        period=periods[0] if len(periods) == 1 else None,
        verdicts=tuple(sort_verdicts(book, chosen)),
        findings=tuple(sort_findings(found)),
        complete=is_complete(found),
        pace_word=book.policy.pace_word,
        bodies=tuple(book.organizations),
        account=account,
        arrivals=arrivals,
        inputs=Inputs(book.digests, delivery.digests),
        left_out=intake.left_out,
    )
    return Checked(result, tuple(verdicts), limited, figures, [each.entry for each in converter.read])


def list_period(book: Book, period: Period, as_of: date | None = None) -> list[LimitedObligation]:
    """Who must report what for a period, and what is due."""
    return limit_obligations(book, list_obligations(book, period, as_of), (), as_of)


def make_forms(
    book: Book, period: Period, found: list[Diagnostic], as_of: date | None = None, bodies: Collection[str] = ()
) -> "list[BlankForm]":
    """The blank forms of a period, one per body that owes something, with what the book's own folder knows already."""
    from engine.rules.forms import blank_forms

    home = Path(book.folder) / "submissions"
    delivery = find_files([home] if home.is_dir() else [], [])
    files = [file for file in delivery.files if file.folder_period and file.folder_period < period]
    noticed: list[Diagnostic] = []
    earlier = read_earlier(book, files, noticed)
    if noticed:
        found.append(Diagnostic("earlier-incomplete", Source(home.name), {"count": str(len(noticed))}))
    figures = inherit_baselines(book, index_figures(earlier, noticed, book.indicators), (), noticed)
    owed = limit_obligations(book, list_obligations(book, period, as_of), _past_periods(figures), as_of)

    def baseline(organization: str, indicator: str, at: Period, member: str) -> Fraction | None:
        known = known_baseline(figures, organization, indicator, at, member)
        return known[0] if known else None

    return blank_forms(book, period, owed, figures, baseline, bodies)


def run_cases(book: Book, book_findings: Sequence[Diagnostic], selection: Selection | None = None) -> CasesResult:
    """Run the worked cases of a book that was opened with them; coverage counts the chosen rules.

    All are judged at once, each by a body of its own, so that no case sees another's figures.
    """
    # Imported here: judging figures needs none of it.
    from engine.model.case import Trial, compare, find_unsaid
    from engine.rules.cases import limit_case
    from engine.rules.edges import on_quota, reporting_step, tried_positions
    from engine.rules.situations import tried_situations

    found = list(book_findings)
    rules = [rule for rule in book.rules if selection is None or selection.wants_rule(rule)]
    places = {rule.id: place for place, rule in enumerate(rules)}
    chosen = [case for case in book.cases if case.obligation.rule.id in places]
    cases = {f"{place} {case.obligation.organization}": case for place, case in enumerate(chosen)}
    figures, unusable = _case_figures(book, cases, found)
    limited = {body: held_by(body, limit_case(book, case)) for body, case in cases.items()}
    verdicts = judge_limited(list(limited.values()), figures, found)
    trials = []
    for verdict in verdicts:
        body = verdict.obligation.organization
        case = cases[body]
        printed = gap_number(verdict.gap, verdict.gap_unit)
        differences = compare(case.expected, verdict, printed)
        if differences:
            # A figure that cannot be used may be what a case is about; otherwise it is why the case fails.
            found.extend(unusable.get(body, ()))
        elif book.policy.cases_threshold is not None and (unsaid := find_unsaid(case.expected, verdict, printed)):
            found.append(Diagnostic("expectation-incomplete", case.source, {"found": ", ".join(unsaid)}))
        step = reporting_step(case, verdict, book.definitions)
        edges = tried_positions(limited[body], verdict, step, figures)
        situations = tried_situations(case, limited[body], verdict, step, edges)
        own = () if on_quota(case.obligation) else edges
        trials.append(Trial(case, verdict, printed, step, differences, (*own, *situations)))
    trials.sort(key=lambda trial: places[trial.case.obligation.rule.id])
    positions = tuple(position for rule in rules for position in _positions(book, rule, trials))
    return CasesResult(
        title=book.plan.title,
        digest=book.digest,
        trials=tuple(_with_known_situations(trials, set(positions))),
        positions=positions,
        findings=tuple(sort_findings(found)),
        threshold=book.policy.cases_threshold,
        places={rule.id: rule.source for rule in rules},
    )


def validate(book: Book, book_findings: Sequence[Diagnostic], plan: Path | None = None) -> ValidateResult:
    """Hold the files of a book against each other, and all against the plan's text."""
    # Imported here: judging figures needs none of it, and every check would wait for it.
    from engine.exact.solver import find_solver
    from engine.plan.clauses import read_plan
    from engine.plan.coverage import cover_plan, covered_by_book, plan_proper
    from engine.plan.read import read_plan_file
    from engine.plan.reread import reread_quotes
    from engine.rules.agreement import check_agreement
    from engine.rules.dated import check_dated
    from engine.rules.proofs import prove_rules

    found = [*book_findings, *check_agreement(book, book_findings), *check_dated(book)]
    found.extend(prove_rules(book, find_solver()))
    text = read_plan_file(plan, found) if plan else None
    if plan is None or text is None:
        coverage = covered_by_book(book)
        found.extend(reread_quotes(book, {}))
    else:
        proper = plan_proper(text, book.plan.digest)
        coverage, diagnostics = cover_plan(book, proper, str(plan))
        clauses = {clause.number: clause for clause in read_plan(proper).clauses}
        found.extend([*diagnostics, *reread_quotes(book, clauses)])
    return ValidateResult(book.plan.title, book.digest, tuple(sort_findings(found)), coverage)


def draft(plan: Path, year: int | None, found: list[Diagnostic]) -> "Draft | None":
    """Draft a book from a plan's text; None where the file cannot be read."""
    from engine.plan.draft import draft_plan
    from engine.plan.read import read_plan_file

    text = read_plan_file(plan, found)
    return None if text is None else draft_plan(text, str(plan), year)


def _case_figures(
    book: Book, cases: "Mapping[str, Case]", found: list[Diagnostic]
) -> tuple[dict[FigureKey, Figure], dict[str, list[Diagnostic]]]:
    """The figures of every case under its own body, and what is wrong with them by body."""
    figures: list[Figure] = []
    unusable: dict[str, list[Diagnostic]] = {}
    noticed: list[Diagnostic] = []
    converter = Converter(book, noticed)
    for body, case in cases.items():
        figures.extend(replace(figure, organization=body) for figure in converter.convert(case.entries, None, None))
        if noticed:
            unusable[body] = noticed.copy()
            noticed.clear()
    return inherit_baselines(book, index_figures(figures, found, book.indicators), (), found), unusable


def held_by(body: str, limited: LimitedObligation) -> LimitedObligation:
    """The same obligation as if another body had it alone, so that its figures do not mix with others'."""
    obligation = replace(limited.obligation, organization=body, reporters=(body,))
    return replace(limited, obligation=obligation)


def _positions(book: Book, rule: Rule, trials: "Sequence[Trial]") -> "list[Position]":
    from engine.rules.edges import list_positions
    from engine.rules.situations import list_situations

    own = [trial for trial in trials if trial.case.obligation.rule.id == rule.id]
    # Only a figure of one number lies on a grid; two that make one, as done and eligible, meet any edge.
    single = (Form.VALUE, Form.STAGE)
    steps = [trial.step for trial in own if trial.verdict.figure and trial.verdict.figure.form in single]
    edges = list_positions(book, rule, [trial.case for trial in own], min(steps, default=None))
    return [*edges, *list_situations(book, rule, edges)]


def _with_known_situations(trials: "Sequence[Trial]", positions: "Collection[Position]") -> "Iterator[Trial]":
    """The trials without situations that their rules cannot get into: those of a figure at the edge are many."""
    from engine.model.case import EdgePosition

    for trial in trials:
        covers = (each for each in trial.covers if isinstance(each, EdgePosition) or each in positions)
        yield replace(trial, covers=tuple(covers))


def _ask_first(
    book: Book,
    obligations: Sequence[Obligation],
    submitted: Mapping[FigureKey, Figure],
    current: Sequence[int],
    found: list[Diagnostic],
) -> None:
    if CONTRADICTIONS.isdisjoint(finding.code for finding in found):
        return
    # Imported here: only where figures contradict each other is there anything to search.
    from engine.exact.solver import find_solver
    from engine.submissions.suspects import name_suspects

    name_suspects(book, obligations, submitted, current, found, find_solver())


def _held_to(
    obligations: Sequence[Obligation], delivery: Delivery, named: Collection[tuple[str, Period]]
) -> list[Obligation]:
    """Everything in a period folder; of other periods only what the bodies owe that single files name."""
    whole = {period.key for period in delivery.periods}
    return [
        obligation
        for obligation in obligations
        if obligation.period.key in whole or (obligation.organization, obligation.period) in named
    ]


def _past_periods(figures: dict[FigureKey, Figure]) -> list[Period]:
    return sorted({figure.period for figure in figures.values()})


def judge_limited(
    limited: Sequence[LimitedObligation],
    figures: dict[FigureKey, Figure],
    found: list[Diagnostic],
    opening: "Opening | None" = None,
) -> list[Verdict]:
    """One verdict for each obligation, in their order, from these figures."""
    # Imported here: the commands that judge nothing should not wait for the engine.
    from engine.evaluate.judge import judge, keep_exact

    exact, refused = keep_exact(limited)
    for rule in refused:
        found.append(Diagnostic("rule-not-exact", rule.source, {"rule": rule.id}))
    verdicts, diagnostics = judge(exact, figures, opening)
    found.extend(diagnostics)
    return verdicts


def cited_files(book_folder: Path, given: Sequence[Path], here: Path) -> CitedFiles:
    """Where the files lie that findings name: the book's below its folder, what was given as it was named.

    `here` is the working folder: what lies below it is named from there.
    """

    def locate(file: str) -> Path:
        named = Path(file)
        own = is_book_file(file) or is_record_file(file)
        path = book_folder / named if own and named not in given else named
        return path.relative_to(here) if path.is_relative_to(here) else path

    return CitedFiles(locate)


def locate_book(start: Path) -> Path | None:
    """The folder of the nearest book from `start` upwards."""
    return find_book(start)
