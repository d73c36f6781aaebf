"""`biaochi targets`: what the plan promises."""

from typing import Any

import click

from commands.shared.opening import open_book
from commands.shared.options import common_options, format_option
from commands.shared.output import deliver, end, language_of, view_of
from commands.shared.speech import Command
from engine.report import formats
from engine.report.words import Words


@click.command(cls=Command)
@format_option(formats.TARGETS)
@common_options
def targets(form: str, **common: Any) -> None:
    """What the plan promises, clause by clause, and which rule judges it."""
    words = Words(language_of(common))
    book = open_book(common["book_folder"], words)
    deliver(formats.TARGETS[form](book.inner, view_of(words, common)), common)
    end(list(book.diagnostics), words, common)
