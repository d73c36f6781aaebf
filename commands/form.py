"""`biaochi form`: blank forms of a period."""

from datetime import date
from pathlib import Path
from typing import Any

import click

import biaochi
from commands.shared.opening import open_inner
from commands.shared.options import ORGANIZATIONS, PATH, DateType, PeriodType, book_options, screen_options
from commands.shared.output import end, language_of
from commands.shared.speech import Choice, Command, refusal
from engine.model.diagnostic import Diagnostic
from engine.model.period import Period
from engine.report.words import Words


@click.command(cls=Command)
@click.argument("period", type=PeriodType())
@click.option(
    "-o",
    "--output",
    type=PATH,
    required=True,
    help="Write the forms into this folder, which must be new or empty.",
)
@click.option(
    "--format",
    "form",
    type=Choice(("xlsx", "yaml", "csv")),
    default="xlsx",
    show_default=True,
    help="Form of the forms.",
)
@ORGANIZATIONS
@click.option("--as-of", type=DateType(), help="Leave out amendments and waivers dated after this day.")
@book_options
@screen_options
def form(
    period: Period,
    output: Path,
    form: str,
    organizations: tuple[str, ...],
    as_of: date | None,
    book_folder: Path | None,
    **common: Any,
) -> None:
    """Write blank forms for PERIOD into a folder, one per organization: only what it owes, with what is due.

    A workbook shows verdict, pace and gap while a figure is typed. Exit code: 0 written, 2 wrong usage, 3 some
    file of the book could not be used.
    """
    from engine.pipeline import make_forms
    from engine.report.forms import form_files
    from engine.report.write import write_folder

    found: list[Diagnostic] = []
    words = Words(language_of(common))
    book = open_inner(book_folder, found, words, as_of=as_of)
    if period.year != book.plan.year:
        raise refusal(
            "the book's plan is of {year}, and {period} is not in that year", year=book.plan.year, period=period
        )
    bodies = {biaochi.Book(book).find_organization(name) for name in organizations}
    forms = make_forms(book, period, found, as_of, bodies)
    files = form_files(forms, words, form)
    if not files:
        raise refusal("nobody named owes anything for {period}", period=period)
    try:
        write_folder(output, files)
    except OSError as error:
        raise refusal("{output} cannot be written: {problem}", output=output, problem=error.strerror) from error
    if not common["quiet"]:
        click.echo(words["forms-into"].format(folder=output, files=len(files), items=sum(len(f.items) for f in forms)))
    end(found, words, common)
