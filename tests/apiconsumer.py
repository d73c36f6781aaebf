"""A program of somebody else: what it names and which types it gets is part of the promise.

mypy reads it strictly with everything else; tests/test_api.py runs it.
"""

from fractions import Fraction
from pathlib import Path
from typing import Literal, assert_type

from biaochi import (
    BiaochiError,
    Book,
    CasesResult,
    CheckResult,
    Explanation,
    Finding,
    Obligation,
    Obligations,
    Period,
    RankResult,
    Table,
    ValidateResult,
    Verdict,
)


def lagging(folder: Path, period: str) -> dict[str, Fraction]:
    """How far behind everybody is who fails, by organization and rule."""
    book = Book.open(folder, with_cases=True)
    result = assert_type(book.check(folder / "submissions" / period), CheckResult)
    assert_type(result.verdicts, tuple[Verdict, ...])
    assert_type(result.findings, tuple[Finding, ...])
    assert_type(result.period, Period | None)
    assert_type(result.table(), Table)
    gaps: dict[str, Fraction] = {}
    for verdict in result.verdicts:
        assert_type(verdict.verdict, Literal["pass", "at-risk", "fail", "undecided"])
        assert_type(verdict.gap, Fraction | None)
        if verdict.verdict == "fail" and verdict.gap is not None:
            gaps[f"{verdict.organization} {verdict.rule}"] = verdict.gap
    return gaps


def everything_else(folder: Path, period: str) -> list[str]:
    """Asks every other question once."""
    book = Book.open(folder, lang="zh-Hant", with_cases=True)
    owed = assert_type(book.obligations(Period.parse(period) or period), Obligations)
    first = assert_type(owed.listed[0], Obligation)
    ranked = assert_type(book.rank(folder / "submissions" / period), RankResult)
    explained = assert_type(book.explain_verdict(first.rule, first.organization, period), Explanation)
    described = assert_type(book.explain_rule(first.rule), Explanation)
    validated = assert_type(book.validate(), ValidateResult)
    tried = assert_type(book.test(rules=[first.rule]), CasesResult)
    try:
        book.find_organization("-")
    except BiaochiError as error:
        code = assert_type(error.code, str)
    else:
        code = ""
    tables = (owed.table(), ranked.table(), explained.table(), validated.table(), tried.table(), book.targets())
    return [code, explained.text(), described.text(), *(str(len(assert_type(each, Table))) for each in tables)]
