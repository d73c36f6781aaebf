"""What somebody asks of a book: how a verdict came about, and what a rule means.

A composer as `pipeline.py` is, one step further on: an answer stands on whole checks.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from engine.model.book import Book
from engine.model.derivation import Derivation
from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.rule import Rule
from engine.pipeline import Selection, check_whole, list_period
from engine.submissions.gather import Progress, read_beside_figures
from engine.submissions.read import find_files


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
    # Imported here: describing codes and rules should not wait for the engine.
    from engine.evaluate.explain import derive

    selection = Selection(organizations=(organization,), rules=(rule.id,))
    checked = check_whole(book, book_findings, paths, period, as_of, selection, on_file)
    owed = {(each.obligation.rule.id, each.obligation.organization): each for each in checked.limited}
    derivation = None
    delivery = find_files(paths, [])
    for verdict in checked.result.verdicts:
        named = sorted({each.figure.source.file for each in (verdict, *verdict.members) if each.figure})
        entries = [entry for name in named for entry in read_beside_figures(book, delivery, name)]
        item = owed[verdict.obligation.rule.id, verdict.obligation.organization]
        derivation = derive(book, item, verdict, checked.figures, checked.result.findings, entries)
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
