"""`biaochi draft`: a new book from a plan's text."""

import sys
from pathlib import Path
from typing import Any

import click

from commands.shared.options import PATH, format_option, screen_options
from commands.shared.output import deliver, language_of, tell, view_of
from commands.shared.speech import Command, refusal
from engine.model.diagnostic import Diagnostic
from engine.model.result import INCOMPLETE, OBJECTIONS, OK
from engine.report import formats
from engine.report.words import Words


@click.command(cls=Command)
@click.argument("plan", type=PATH)
@click.option("-o", "--output", type=PATH, help="Write the new book into this folder, which must be new or empty.")
@click.option("--year", type=click.IntRange(1000, 9999), help="The plan's year, where its text names none.")
@format_option(formats.DRAFT)
@screen_options
def draft(plan: Path, output: Path | None, year: int | None, form: str, **common: Any) -> None:
    """Draft a new book from a plan's text (.txt, .docx, or a web page saved as .html).

    Every promise with its rule, every other number with the reason, and what is left to a person. Without -o
    nothing is written. Exit code: 0 nothing is open, 1 something is, 2 wrong usage, 3 the text could not be read.
    """
    from engine.pipeline import draft as run_draft

    found: list[Diagnostic] = []
    words = Words(language_of(common))
    drafted = run_draft(plan, year, found)
    if drafted is None:
        tell(found, words, {"quiet": False}, [plan])
        sys.exit(INCOMPLETE)
    text = formats.DRAFT[form](drafted, view_of(words, common, [plan]))
    if output:
        from engine.report.newbook import book_texts
        from engine.report.write import write_folder

        texts = book_texts(drafted, words)
        try:
            write_folder(output, texts)
        except OSError as error:
            raise refusal("{output} cannot be written: {problem}", output=output, problem=error.strerror) from error
        if form == "table":
            text += words["drafted-into"].format(folder=output, files=len(texts), plan=plan) + "\n"
    deliver(text, common)
    sys.exit(OBJECTIONS if drafted.open_items else OK)
