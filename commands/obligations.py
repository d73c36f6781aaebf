"""`biaochi obligations`: who must report what."""

from datetime import date
from typing import Any

import click

from commands.shared.opening import open_book
from commands.shared.options import CLAUSES, ORGANIZATIONS, RULES, DateType, PeriodType, common_options, format_option
from commands.shared.output import deliver, end, language_of, view_of
from commands.shared.speech import Command
from engine.model.period import Period
from engine.report import formats
from engine.report.words import Words


@click.command(cls=Command)
@click.argument("period", type=PeriodType())
@format_option(formats.OBLIGATIONS)
@ORGANIZATIONS
@CLAUSES
@RULES
@click.option("--as-of", type=DateType(), help="Leave out amendments and waivers dated after this day.")
@common_options
def obligations(
    period: Period,
    form: str,
    organizations: tuple[str, ...],
    clauses: tuple[str, ...],
    rules: tuple[str, ...],
    as_of: date | None,
    **common: Any,
) -> None:
    """Who must report what for PERIOD, in which unit of measure, and what is due."""
    words = Words(language_of(common))
    book = open_book(common["book_folder"], words, as_of=as_of)
    owed = book.obligations(period, as_of=as_of, organizations=organizations, clauses=clauses, rules=rules)
    deliver(formats.OBLIGATIONS[form](owed.inner, view_of(words, common)), common)
    end(list(book.diagnostics), words, common)
