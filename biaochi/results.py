"""What a book answers: verdicts, places, obligations, checks of the book itself, and explanations.

Each result holds the engine's own as `inner`, for the commands; that part is no promise.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from biaochi.rows import Finding, Obligation, Verdict, findings_of, obligation_of, verdict_of
from engine.report import formats
from engine.report.words import Words

if TYPE_CHECKING:
    from biaochi.tables import Table
    from engine.model.derivation import Derivation
    from engine.model.diagnostic import Diagnostic
    from engine.model.period import Period
    from engine.model.ranking import RankResult as Ranked
    from engine.model.result import CasesResult as Tried
    from engine.model.result import CheckResult as Checked
    from engine.model.result import ValidateResult as Validated

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Every verdict on what was submitted, and everything that was found on the way.

    Shape: `verdicts` in the order of the plan's clauses, then target, period, organization; `findings` by place.
    """

    inner: "Checked" = field(repr=False)
    lang: str = "en"

    @property
    def period(self) -> "Period | None":
        """The period that was judged; None when several were."""
        return self.inner.period

    @property
    def complete(self) -> bool:
        """Whether all input could be read and used."""
        return self.inner.complete

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """One for each obligation, whether a figure came in or not. Units: see `Verdict`."""
        words = Words(self.lang)
        return tuple(verdict_of(each, words, self.inner.pace_word) for each in self.inner.verdicts)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the files or worth a look, by place."""
        return findings_of(self.inner.findings, self.lang)

    def exit_code(self, fail_on: Collection[str] = ("fail",)) -> int:
        """What `biaochi check` would end with: 0 nothing to object, 1 findings, 3 some input could not be used."""
        from engine.model.result import exit_code

        return exit_code(self.inner, fail_on)

    def document(self) -> Json:
        """The JSON document of `check --format json`. Shape: the JSON Schema `check`."""
        from engine.report.documents import check_document

        return check_document(self.inner, Words(self.lang))

    def table(self) -> "Table":
        """The verdicts as a table. Shape: the columns of `check --format csv`, one row per verdict."""
        from biaochi.tables import table_of

        return table_of(self.document()["verdicts"])


@dataclass(frozen=True, slots=True)
class RankResult:
    """Scores and places of the groups in a book's policy, and how sure each place is."""

    inner: "Ranked" = field(repr=False)
    lang: str = "en"

    @property
    def period(self) -> "Period":
        """The period that is ranked."""
        return self.inner.period

    @property
    def complete(self) -> bool:
        """Whether all input could be read and used."""
        return self.inner.complete

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the files or worth a look, by place."""
        return findings_of(self.inner.findings, self.lang)

    def document(self) -> Json:
        """The JSON document of `rank --format json`. Shape: the JSON Schema `rank`."""
        from engine.report.ranking import rank_document

        return rank_document(self.inner, Words(self.lang))

    def table(self) -> "Table":
        """The places as a table. Shape: the columns of `rank --format csv`, one row per body. Units: points."""
        from biaochi.tables import table_of
        from engine.report.ranking import rank_rows

        return table_of(rank_rows(self.inner))


@dataclass(frozen=True, slots=True)
class Obligations:
    """Who must report what for a period, in which unit of measure, and what is due."""

    inner: formats.Obligations = field(repr=False)
    lang: str = "en"

    @property
    def listed(self) -> tuple[Obligation, ...]:
        """One for each rule and body, in the plan's order. Units: see `Obligation`."""
        return tuple(obligation_of(each) for each in self.inner.listed)

    def document(self) -> Json:
        """The JSON document of `obligations --format json`. Shape: the JSON Schema `obligations`."""
        from engine.report.documents import obligations_document

        return obligations_document(self.inner.listed, self.inner.period)

    def table(self) -> "Table":
        """The obligations as a table. Shape: the columns of `obligations --format csv`, one row per obligation."""
        from biaochi.tables import table_of

        return table_of(self.document()["obligations"])


@dataclass(frozen=True, slots=True)
class ValidateResult:
    """In what the files of a book disagree with each other, or with the plan's own text."""

    inner: "Validated" = field(repr=False)
    lang: str = "en"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every disagreement, by place."""
        return findings_of(self.inner.findings, self.lang)

    @property
    def exit_code(self) -> int:
        """What `biaochi validate` would end with: 0 everything agrees, 1 something differs, 3 unreadable."""
        return self.inner.exit_code

    def document(self) -> Json:
        """The JSON document of `validate --format json`. Shape: the JSON Schema `validate`."""
        from engine.report.validation import validate_document

        return validate_document(self.inner, Words(self.lang))

    def table(self) -> "Table":
        """The findings as a table. Shape: one row per finding."""
        from biaochi.tables import table_of

        return table_of(self.document()["findings"])


@dataclass(frozen=True, slots=True)
class CasesResult:
    """How the worked cases of a book came out, and which edges and situations of its rules no case tries."""

    inner: "Tried" = field(repr=False)
    lang: str = "en"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the cases, by place."""
        return findings_of(self.inner.findings, self.lang)

    def exit_code(self, threshold: int | None = None) -> int:
        """What `biaochi test` would end with. Units: `threshold` in per cent; without it the book's own holds."""
        return self.inner.exit_code(threshold)

    def document(self) -> Json:
        """The JSON document of `test --format json`. Shape: the JSON Schema `test`."""
        from engine.report.cases import cases_document

        return cases_document(self.inner, Words(self.lang), None)

    def table(self) -> "Table":
        """The cases as a table. Shape: one row per worked case, with what was expected and what came out."""
        from biaochi.tables import table_of

        return table_of(self.document()["cases"])


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a verdict came about, or what a rule means: sentences with arithmetic that can be done again by hand."""

    inner: "Derivation" = field(repr=False)
    lang: str = "en"
    complete: bool = True
    diagnostics: "tuple[Diagnostic, ...]" = field(default=(), repr=False)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found on the way: in the book, and of a verdict in what its organization submitted."""
        return findings_of(self.diagnostics, self.lang)

    def text(self) -> str:
        """The explanation as `biaochi explain` prints it: numbers exact, a rounded one beside a fraction."""
        from engine.report.explain import explain_text

        return explain_text(self.inner, Words(self.lang))

    def document(self) -> Json:
        """The JSON document of `explain --format json`. Shape: the JSON Schema `explain`."""
        from engine.report.explain import explain_document

        return explain_document(self.inner, Words(self.lang))

    def table(self) -> "Table":
        """The steps as a table. Shape: one row per sentence, with section, key and source."""
        from biaochi.tables import table_of

        return table_of(self.document()["steps"])
