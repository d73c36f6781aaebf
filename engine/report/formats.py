"""Which forms each result has, and what renders them.

Renderers are imported when they are used: a check that prints JSON should not wait for the tables.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.model.noun import dataclass
from engine.report.words import Words

if TYPE_CHECKING:
    from engine.model.book import Book
    from engine.model.derivation import Derivation
    from engine.model.difference import Difference
    from engine.model.draft import Draft
    from engine.model.limit import LimitedObligation
    from engine.model.ranking import RankResult
    from engine.model.result import CasesResult, CheckResult, ValidateResult
    from engine.report.diagnostics import Paint
    from engine.report.read import CitedFiles


@dataclass(frozen=True, slots=True)
class View:
    """How a reader wants to see a result, and the files that it names.

    `by` is how a check's verdicts are grouped, `threshold` the edge coverage that was asked for. `sign_off` gives a
    document its receipt.
    """

    words: Words
    paint: "Paint"
    files: "CitedFiles"
    by: str = "organization"
    threshold: int | None = None
    sign_off: Callable[[dict[str, Any]], dict[str, Any]] | None = None


# --- check -----------------------------------------------------------------------------------------------------


def _check_table(result: "CheckResult", view: View) -> str:
    from engine.report.table import check_table

    return check_table(result, view.words, view.paint, view.by, view.files.line)


def _check_json(result: "CheckResult", view: View) -> str:
    from engine.report.documents import check_document

    document = check_document(result, view.words)
    return _json(view.sign_off(document) if view.sign_off else document)


def _check_csv(result: "CheckResult", view: View) -> str:
    from engine.report.documents import check_document

    return _csv(check_document(result, view.words)["verdicts"])


def _check_markdown(result: "CheckResult", view: View) -> str:
    from engine.report.markdown import check_markdown

    return check_markdown(result, view.words, view.by)


def _check_sarif(result: "CheckResult", view: View) -> str:
    from engine.report.documents import account_document
    from engine.report.remarks import check_remarks
    from engine.report.sarif import to_sarif

    account = account_document(result.account)
    # Every cell would be too much for a scanner's result; JSON has them.
    properties = {"account": {key: account[key] for key in ("total", "files")}}
    remarks = check_remarks(result, view.words)
    return to_sarif("check", remarks, result.complete, view.words, view.files, properties)


def _check_junit(result: "CheckResult", view: View) -> str:
    from engine.report.junit import check_junit

    return check_junit(result, view.words)


def _check_github(result: "CheckResult", view: View) -> str:
    from engine.report.github import to_github
    from engine.report.remarks import check_remarks
    from engine.report.table import account_lines

    closing = account_lines(result.account, view.words) if result.account.files else ()
    return to_github(check_remarks(result, view.words), view.words, view.files, closing)


CHECK: Mapping[str, "Callable[[CheckResult, View], str]"] = {
    "table": _check_table,
    "json": _check_json,
    "csv": _check_csv,
    "markdown": _check_markdown,
    "sarif": _check_sarif,
    "junit": _check_junit,
    "github": _check_github,
}

#: Forms with a line for each verdict and nothing else: findings are told beside them.
WITHOUT_FINDINGS = ("csv",)


# --- validate --------------------------------------------------------------------------------------------------


def _validate_table(result: "ValidateResult", view: View) -> str:
    from engine.report.validation import validate_table

    return validate_table(result, view.words, view.paint, view.files.line)


def _validate_json(result: "ValidateResult", view: View) -> str:
    from engine.report.validation import validate_document

    return _json(validate_document(result, view.words))


def _validate_sarif(result: "ValidateResult", view: View) -> str:
    from engine.report.remarks import finding_remarks
    from engine.report.sarif import to_sarif

    remarks = list(finding_remarks(result.findings, view.words))
    return to_sarif("validate", remarks, result.complete, view.words, view.files)


def _validate_junit(result: "ValidateResult", view: View) -> str:
    from engine.report.junit import validate_junit

    return validate_junit(result, view.words)


def _validate_github(result: "ValidateResult", view: View) -> str:
    from engine.report.github import to_github
    from engine.report.remarks import finding_remarks

    return to_github(list(finding_remarks(result.findings, view.words)), view.words, view.files)


VALIDATE: Mapping[str, "Callable[[ValidateResult, View], str]"] = {
    "table": _validate_table,
    "json": _validate_json,
    "sarif": _validate_sarif,
    "junit": _validate_junit,
    "github": _validate_github,
}


# --- test ------------------------------------------------------------------------------------------------------


def _cases_table(result: "CasesResult", view: View) -> str:
    from engine.report.cases import cases_table

    return cases_table(result, view.words, view.paint, view.files.line)


def _cases_json(result: "CasesResult", view: View) -> str:
    from engine.report.cases import cases_document

    return _json(cases_document(result, view.words, view.threshold))


def _cases_sarif(result: "CasesResult", view: View) -> str:
    from engine.report.remarks import cases_remarks
    from engine.report.sarif import to_sarif

    remarks = cases_remarks(result, view.words, view.threshold)
    return to_sarif("test", remarks, result.complete, view.words, view.files)


def _cases_junit(result: "CasesResult", view: View) -> str:
    from engine.report.junit import cases_junit

    return cases_junit(result, view.words, view.threshold)


def _cases_github(result: "CasesResult", view: View) -> str:
    from engine.report.github import to_github
    from engine.report.remarks import cases_remarks

    return to_github(cases_remarks(result, view.words, view.threshold), view.words, view.files)


CASES: Mapping[str, "Callable[[CasesResult, View], str]"] = {
    "table": _cases_table,
    "json": _cases_json,
    "sarif": _cases_sarif,
    "junit": _cases_junit,
    "github": _cases_github,
}


# --- rank ------------------------------------------------------------------------------------------------------


def _rank_table(result: "RankResult", view: View) -> str:
    from engine.report.ranking import rank_table

    return rank_table(result, view.words, view.paint, view.files.line)


def _rank_json(result: "RankResult", view: View) -> str:
    from engine.report.ranking import rank_document

    return _json(rank_document(result, view.words))


def _rank_csv(result: "RankResult", view: View) -> str:
    from engine.report.ranking import rank_rows

    return _csv(rank_rows(result))


def _rank_markdown(result: "RankResult", view: View) -> str:
    from engine.report.ranking import rank_markdown

    return rank_markdown(result, view.words)


RANK: Mapping[str, "Callable[[RankResult, View], str]"] = {
    "table": _rank_table,
    "json": _rank_json,
    "csv": _rank_csv,
    "markdown": _rank_markdown,
}


# --- draft -----------------------------------------------------------------------------------------------------


def _draft_table(draft: "Draft", view: View) -> str:
    from engine.report.draft import draft_table

    return draft_table(draft, view.words, view.paint)


def _draft_json(draft: "Draft", view: View) -> str:
    from engine.report.draft import draft_document

    return _json(draft_document(draft, view.words))


DRAFT: Mapping[str, "Callable[[Draft, View], str]"] = {
    "table": _draft_table,
    "json": _draft_json,
}


# --- lists -----------------------------------------------------------------------------------------------------


def _targets_table(book: "Book", view: View) -> str:
    from engine.report.table import targets_table

    return targets_table(book, view.words)


def _targets_json(book: "Book", view: View) -> str:
    from engine.report.documents import targets_document

    return _json(targets_document(book))


def _targets_csv(book: "Book", view: View) -> str:
    from engine.report.documents import targets_document

    return _csv(targets_document(book)["targets"])


TARGETS: Mapping[str, "Callable[[Book, View], str]"] = {
    "table": _targets_table,
    "json": _targets_json,
    "csv": _targets_csv,
}


@dataclass(frozen=True, slots=True)
class Obligations:
    """What is owed for a period."""

    period: str
    listed: "Sequence[LimitedObligation]"


def _obligations_table(owed: Obligations, view: View) -> str:
    from engine.report.table import obligations_table

    return obligations_table(owed.listed, view.words)


def _obligations_json(owed: Obligations, view: View) -> str:
    from engine.report.documents import obligations_document

    return _json(obligations_document(owed.listed, owed.period))


def _obligations_csv(owed: Obligations, view: View) -> str:
    from engine.report.documents import obligations_document

    return _csv(obligations_document(owed.listed, owed.period)["obligations"])


OBLIGATIONS: Mapping[str, "Callable[[Obligations, View], str]"] = {
    "table": _obligations_table,
    "json": _obligations_json,
    "csv": _obligations_csv,
}


# --- explain ---------------------------------------------------------------------------------------------------


def _explain_text(derivation: "Derivation", view: View) -> str:
    from engine.report.explain import explain_text

    return explain_text(derivation, view.words)


def _explain_json(derivation: "Derivation", view: View) -> str:
    from engine.report.explain import explain_document

    return _json(explain_document(derivation, view.words))


EXPLAIN: Mapping[str, "Callable[[Derivation, View], str]"] = {"text": _explain_text, "json": _explain_json}


# --- diff ------------------------------------------------------------------------------------------------------


def _diff_table(difference: "Difference", view: View) -> str:
    from engine.report.difference import difference_table

    return difference_table(difference, view.words, view.paint)


def _diff_json(difference: "Difference", view: View) -> str:
    from engine.report.difference import difference_document

    return _json(difference_document(difference))


def _diff_markdown(difference: "Difference", view: View) -> str:
    from engine.report.difference import difference_markdown

    return difference_markdown(difference, view.words)


DIFF: Mapping[str, "Callable[[Difference, View], str]"] = {
    "table": _diff_table,
    "json": _diff_json,
    "markdown": _diff_markdown,
}


def _json(document: dict[str, Any]) -> str:
    from engine.report.jsontext import to_json

    return to_json(document)


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    from engine.report.csvtext import to_csv

    return to_csv(rows, list(rows[0]) if rows else [])
