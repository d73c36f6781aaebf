"""What somebody asks of a book: how a verdict came about, and what a rule means.

A composer as `pipeline.py` is, one step further on: an answer stands on whole checks.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from engine.derivations import derive_checked
from engine.model.book import Book
from engine.model.derivation import Derivation
from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.rule import Rule
from engine.pipeline import Selection, check_whole, list_period
from engine.submissions.gather import Progress


@dataclass(frozen=True, slots=True)
class Answer:
    """A derivation, None where the rule does not judge the body; `judged` are the bodies that it judges.

    `complete`: all input of the body could be read and used.
    """

    derivation: Derivation | None
    judged: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    complete: bool


def explain_verdict(
    book: Book,
    book_findings: Sequence[Diagnostic],
    paths: Sequence[Path],
    rule: Rule,
    organization: str,
    period: Period,
    *,
    as_of: date | None = None,
    on_file: Progress | None = None,
) -> Answer:
    """How the verdict of a rule on a body came about, as `check` gives it for these paths."""
    selection = Selection(organizations=(organization,), rules=(rule.id,))
    checked = check_whole(book, book_findings, paths, period, as_of, selection, on_file)
    derivation = next(derive_checked(book, checked, paths), None)
    judged = tuple(each.obligation.organization for each in list_period(book, period) if each.obligation.rule == rule)
    return Answer(derivation, judged, checked.result.findings, checked.result.complete)


def describe(book: Book, rule: Rule) -> Derivation:
    """A rule of a book that was opened with its cases, in words, quarter by quarter."""
    from engine.evaluate.describe import describe_rule

    quarters = [
        [item for item in list_period(book, Period.ending(book.plan.year, month)) if item.obligation.rule == rule]
        for month in (3, 6, 9, 12)
    ]
    return describe_rule(book, rule, quarters)
