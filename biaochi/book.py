"""A book, and the questions that it answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from biaochi.errors import BiaochiError
from biaochi.results import CasesResult, CheckResult, Explanation, Obligations, RankResult, ValidateResult
from biaochi.rows import Finding, findings_of
from engine.catalogues import Phrases
from engine.model.period import Period
from engine.model.verdict import Outcome
from engine.names import NameIndex, fold_width
from engine.report import formats

if TYPE_CHECKING:
    from biaochi.tables import Table
    from engine.model.book import Book as Bound
    from engine.model.diagnostic import Diagnostic
    from engine.model.rule import Rule
    from engine.pipeline import Selection

#: One path or several.
Paths = str | Path | Sequence[str | Path]

#: Told how many files were read, and of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Book:
    """A plan with its bodies, rules and policy, read and bound: everything that stands before any figure comes in.

    Made by `Book.open`. `inner` and `diagnostics` are the engine's own, for the commands; they are no promise.
    """

    inner: "Bound" = field(repr=False)
    diagnostics: "tuple[Diagnostic, ...]" = field(default=(), repr=False)
    lang: str = "en"
    with_cases: bool = False

    @classmethod
    def open(
        cls,
        folder: str | Path,
        *,
        lang: str = "en",
        with_cases: bool = False,
        cache: str | Path | None = None,
        as_of: date | None = None,
    ) -> "Book":
        """Read the book in `folder`, which holds targets.yaml.

        `lang` (en, zh-Hans, zh-Hant) is that of messages and sentences; data are never translated. `with_cases`:
        with the worked cases, which `test`, `validate` and `explain_rule` need. A book that was bound from the same
        files before is taken from the folder `cache`, and kept there; the answer is the same. `as_of`: without the
        amendments, waivers and rules that came into the book after that day; give `check` the same day.

        Errors: BiaochiError `book-missing` where there is no book, `book-unreadable` (with findings) where no plan
        can be read, `unknown-language`. Whatever else is wrong with the files is in `findings`.
        """
        from engine.pipeline import open_book
        from engine.report.words import LANGUAGES

        if lang not in LANGUAGES:
            raise BiaochiError("unknown-language", "{found} is none of {known}", found=lang, known=", ".join(LANGUAGES))
        home = Path(folder)
        if not (home / "targets.yaml").is_file():
            raise BiaochiError("book-missing", "there is no book (targets.yaml) in {home}", home=home)
        found: list[Diagnostic] = []
        bound = open_book(home, found, with_cases, Path(cache) if cache is not None else None, as_of)
        if bound is None:
            raise BiaochiError(
                "book-unreadable",
                "the book in {home} has no plan that can be read",
                diagnostics=tuple(found),
                lang=lang,
                home=home,
            )
        return cls(bound, tuple(found), lang, with_cases)

    @property
    def title(self) -> str:
        """What the plan is called."""
        return self.inner.plan.title

    @property
    def year(self) -> int:
        """The year of the plan."""
        return self.inner.plan.year

    @property
    def digest(self) -> str:
        """SHA-256 of all files that make up the book, as `sha256:…`."""
        return self.inner.digest

    @property
    def folder(self) -> Path:
        """Where the book lies."""
        return Path(self.inner.folder)

    @property
    def organizations(self) -> tuple[str, ...]:
        """The bodies, in the book's order."""
        return tuple(self.inner.organizations)

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules, in the plan's order."""
        return tuple(rule.id for rule in self.inner.rules)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the book's files, by place; results repeat it."""
        from engine.model.result import sort_findings

        return findings_of(sort_findings(self.diagnostics), self.lang)

    def targets(self) -> "Table":
        """What the plan promises. Shape: the columns of `targets --format csv`, one row per target."""
        from biaochi.tables import table_of
        from engine.report.documents import targets_document

        return table_of(targets_document(self.inner)["targets"])

    def check(
        self,
        paths: Paths,
        *,
        period: str | Period | None = None,
        as_of: date | None = None,
        organizations: Sequence[str] = (),
        clauses: Sequence[str] = (),
        rules: Sequence[str] = (),
        outcomes: Sequence[str] = (),
        on_file: Progress | None = None,
    ) -> CheckResult:
        """Judge the submissions under `paths`: period folders, folders of them, or single files.

        A period folder is held to everything that is due, a single file only to the bodies that it names. `period`
        is that of files which name none; `as_of` leaves out what came in or was decided after that day. The next
        four choose verdicts: names in either script or aliases, ids, and outcomes; empty means all.

        Errors: BiaochiError `path-missing` where none of the paths is there, `unknown-organization`,
        `unknown-clause`, `unknown-rule`, `unknown-outcome`, `period-unreadable`. What is wrong with a file is a
        finding of the result.
        """
        from engine.pipeline import check

        given = listed(paths)
        require_paths(given)
        selection = self._selection(organizations, clauses, rules, outcomes)
        result = check(
            self.inner, self.diagnostics, given,
            period=_period(period), as_of=as_of, selection=selection, on_file=on_file,
        )  # fmt: skip
        return CheckResult(result, self.lang)

    def rank(
        self,
        paths: Paths,
        *,
        period: str | Period | None = None,
        as_of: date | None = None,
        on_file: Progress | None = None,
    ) -> RankResult:
        """Scores and honest places of the groups in policy.yaml, in `period` or the latest one under `paths`.

        Errors: BiaochiError `path-missing`, `no-scoring` where the policy says nothing of scoring, `nothing-judged`,
        `period-unreadable`.
        """
        from engine.publication import rank

        given = listed(paths)
        require_paths(given)
        wanted = _period(period)
        if self.inner.policy.scoring is None:
            raise BiaochiError("no-scoring", "the book's policy.yaml says nothing of scoring; see docs/ranking.md")
        result = rank(self.inner, self.diagnostics, given, period=wanted, as_of=as_of, on_file=on_file)
        if result is None:
            if wanted is None:
                raise BiaochiError("nothing-judged", "nothing was judged for any period of the plan")
            raise BiaochiError("nothing-judged", "nothing was judged for {period}", period=wanted)
        return RankResult(result, self.lang)

    def obligations(
        self,
        period: str | Period,
        *,
        as_of: date | None = None,
        organizations: Sequence[str] = (),
        clauses: Sequence[str] = (),
        rules: Sequence[str] = (),
    ) -> Obligations:
        """Who must report what for a period, and what is due; empty names mean all.

        Errors: BiaochiError `other-year` where the period is not in the plan's year, `unknown-organization`,
        `unknown-clause`, `unknown-rule`, `period-unreadable`.
        """
        from engine.pipeline import list_period

        wanted = _period(period)
        assert wanted is not None
        if wanted.year != self.year:
            raise BiaochiError(
                "other-year",
                "the book's plan is of {year}, and {period} is not in that year",
                year=self.year,
                period=wanted,
            )
        chosen = self._selection(organizations, clauses, rules, ())
        listing = [
            limited
            for limited in list_period(self.inner, wanted, as_of)
            if (not chosen.organizations or limited.obligation.organization in chosen.organizations)
            and chosen.wants_rule(limited.obligation.rule)
        ]
        return Obligations(formats.Obligations(wanted.label, listing), self.lang)

    def validate(self, plan: str | Path | None = None) -> ValidateResult:
        """Hold the book's files against each other, and against the plan's own text where its file is given.

        Errors: BiaochiError `cases-not-read` where the book was opened without its worked cases.
        """
        from engine.pipeline import validate

        self._require_cases()
        result = validate(self.inner, self.diagnostics, None if plan is None else Path(plan))
        return ValidateResult(result, self.lang)

    def test(self, *, clauses: Sequence[str] = (), rules: Sequence[str] = ()) -> CasesResult:
        """Run the worked cases that stand with the rules.

        Errors: BiaochiError `cases-not-read` where the book was opened without them, `unknown-clause`,
        `unknown-rule`.
        """
        from engine.pipeline import run_cases

        self._require_cases()
        return CasesResult(run_cases(self.inner, self.diagnostics, self._selection((), clauses, rules, ())), self.lang)

    def explain_verdict(
        self,
        rule: str,
        organization: str,
        period: str | Period,
        paths: Paths | None = None,
        *,
        as_of: date | None = None,
        on_file: Progress | None = None,
    ) -> Explanation:
        """The whole derivation of one verdict: plan, rule, figure, conversion, what was due, and the comparison.

        Without `paths` the book's own submissions/PERIOD is judged.

        Errors: BiaochiError `no-verdict` where the rule does not judge this body, `path-missing`, `unknown-rule`,
        `unknown-organization`, `period-unreadable`.
        """
        from engine.inquiry import explain_verdict

        wanted = _period(period)
        assert wanted is not None
        known, body = self._rule(rule), self.find_organization(organization)
        given = listed(paths) if paths else [self.folder / "submissions" / wanted.label]
        require_paths(given)
        answer = explain_verdict(self.inner, self.diagnostics, given, known, body, wanted, as_of=as_of, on_file=on_file)
        if answer.derivation is None:
            raise BiaochiError(
                "no-verdict",
                "rule {rule} has no verdict on {body} for {period}; it judges {judged}"
                if answer.judged
                else "rule {rule} has no verdict on {body} for {period}",
                rule=rule,
                body=body,
                period=wanted,
                judged=", ".join(answer.judged),
            )
        return Explanation(answer.derivation, self.lang, answer.complete, answer.findings)

    def explain_rule(self, rule: str) -> Explanation:
        """A rule in words: who is judged, what is due in each period; with its worked cases where they were read.

        Errors: BiaochiError `unknown-rule`.
        """
        from engine.inquiry import describe
        from engine.model.result import is_complete

        derivation = describe(self.inner, self._rule(rule))
        return Explanation(derivation, self.lang, is_complete(self.diagnostics), self.diagnostics)

    def find_organization(self, name: str) -> str:
        """The body of this name or alias, in Traditional or Simplified script; never by likeness.

        Errors: BiaochiError `unknown-organization`, with the nearest names.
        """
        book = self.inner
        names = {word: bodies[0] for word, bodies in book.words.items() if len(bodies) == 1 and word not in book.groups}
        index = NameIndex(names)
        body = index.find(name)
        if body is None:
            raise _unknown(name, "organization", index.nearest(name))
        return body

    def _require_cases(self) -> None:
        if not self.with_cases:
            raise BiaochiError(
                "cases-not-read",
                "the book was opened without its worked cases; open it with Book.open(folder, with_cases=True)",
            )

    def _rule(self, name: str) -> "Rule":
        rules = {rule.id: rule for rule in self.inner.rules}
        return rules[_known(name, set(rules), "rule")]

    def _selection(
        self, organizations: Sequence[str], clauses: Sequence[str], rules: Sequence[str], outcomes: Sequence[str]
    ) -> "Selection":
        from engine.pipeline import Selection

        numbers = {clause.number for clause in self.inner.clauses}
        return Selection(
            tuple(self.find_organization(name) for name in organizations),
            tuple(_known(fold_width(name), numbers, "clause") for name in clauses),
            tuple(_known(name, set(self.rules), "rule") for name in rules),
            tuple(_known(name, {each.value for each in Outcome}, "outcome") for name in outcomes),
        )


#: What is said of a name that the book does not have.
_UNKNOWN: Phrases = (
    "the book has no organization {name}",
    "the book has no rule {name}",
    "the book has no clause {name}",
    "the book has no outcome {name}",
)


def listed(paths: Paths) -> list[Path]:
    """One path or several, as a list."""
    return [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]


def require_paths(paths: Sequence[Path]) -> None:
    """Nothing of what was named is there: that is a wrong question, and not a wrong submission.

    Errors: BiaochiError `path-missing`.
    """
    from engine.submissions.read import is_pattern

    absent = [path for path in paths if not path.exists() and not path.is_symlink() and not is_pattern(path)]
    if len(absent) == len(paths):
        raise BiaochiError(
            "path-missing",
            "there is no such file or folder: {paths}",
            paths=", ".join(str(path) for path in absent),
        )


def _period(period: str | Period | None) -> Period | None:
    if period is None or isinstance(period, Period):
        return period
    parsed = Period.parse(period)
    if parsed is None:
        raise BiaochiError(
            "period-unreadable", "{value} is no period; write 2025Q2, 2025H1, 2025-11 or 2025", value=repr(period)
        )
    return parsed


def _known(name: str, names: set[str], what: str) -> str:
    if name not in names:
        raise _unknown(name, what, NameIndex({each: each for each in sorted(names)}).nearest(name))
    return name


def _unknown(name: str, what: str, nearest: tuple[str, ...]) -> BiaochiError:
    wording = next(each for each in _UNKNOWN if f" {what} " in each)
    return BiaochiError(f"unknown-{what}", wording, nearest=nearest, name=name)
