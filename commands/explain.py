"""`biaochi explain`: a verdict, a rule or a finding in words."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from commands.shared import offers
from commands.shared.opening import open_book
from commands.shared.options import FILE, PATH, DateType, PeriodType, common_options, screen_options
from commands.shared.output import Progress, deliver, language_of, view_of
from commands.shared.places import from_here
from commands.shared.speech import Choice, Group, nearest_names, said
from engine.model.codes import CODES
from engine.model.period import Period
from engine.model.result import INCOMPLETE, OK
from engine.names import NameIndex
from engine.report import formats
from engine.report.words import Words


@click.group(cls=Group)
def explain() -> None:
    """How a verdict came about, what a rule means, or what a finding says and how to mend it."""


_EXPLAIN_FORMAT = click.option(
    "--format", "form", type=Choice(tuple(formats.EXPLAIN)), default="text", show_default=True,
    help="Form of the output.",
)  # fmt: skip


@explain.command("rule")
@click.argument("identifier", metavar="ID", shell_complete=offers.rules)
@_EXPLAIN_FORMAT
@common_options
def explain_rule(identifier: str, form: str, **common: Any) -> None:
    """The rule ID in words: the plan's words, who is judged, what is due in each period, and its worked cases."""
    words = Words(language_of(common))
    answer = open_book(common["book_folder"], words, with_cases=True).explain_rule(identifier)
    deliver(formats.EXPLAIN[form](answer.inner, view_of(words, common)), common)
    sys.exit(OK if answer.complete else INCOMPLETE)


@explain.command("verdict")
@click.argument("rule", shell_complete=offers.rules)
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "--org",
    "organization",
    required=True,
    shell_complete=offers.organizations,
    help="The organization whose verdict it is.",
)
@click.option("--period", type=PeriodType(), required=True, help="The period, as 2025Q2.")
@click.option("--as-of", type=DateType(), help="Leave out what came in, was found or was decided after this day.")
@_EXPLAIN_FORMAT
@common_options
def explain_verdict(
    rule: str,
    paths: tuple[Path, ...],
    organization: str,
    period: Period,
    as_of: date | None,
    form: str,
    **common: Any,
) -> None:
    """The whole derivation of the verdict of RULE on an organization: plan, figure, conversion, due, comparison.

    Without PATHS the book's own submissions/PERIOD is judged. Exit code: 0 explained, 2 wrong usage, 3 explained,
    but some input of the organization could not be used.
    """
    words = Words(language_of(common))
    book = open_book(common["book_folder"], words, as_of=as_of)
    given = paths or (from_here(book.folder / "submissions" / period.label),)
    with Progress(words, common) as progress:
        answer = book.explain_verdict(rule, organization, period, given, as_of=as_of, on_file=progress.show)
    deliver(formats.EXPLAIN[form](answer.inner, view_of(words, common, given)), common)
    sys.exit(OK if answer.complete else INCOMPLETE)


@explain.command("code")
@click.argument("code", shell_complete=offers.codes)
@_EXPLAIN_FORMAT
@click.option("-o", "--output", type=FILE, help="Write to this file, whole or not at all.")
@screen_options
def explain_code(code: str, form: str, **common: Any) -> None:
    """What the finding CODE means, an example of it, and the way out; no book is needed."""
    from engine.report.explaincodes import describe_code

    words = Words(language_of(common))
    if code not in CODES:
        nearest = NameIndex({each: each for each in sorted(CODES)}).nearest(code)
        raise click.UsageError(said("there is no finding {code}", code=code) + nearest_names(nearest))
    deliver(formats.EXPLAIN[form](describe_code(code, words), view_of(words, common)), common)
