"""`biaochi init`: a first book that holds together."""

from pathlib import Path
from typing import Any

import click

from commands.shared.options import PATH, screen_options
from commands.shared.output import language_of
from commands.shared.speech import Command, refusal
from engine.report.words import Words


@click.command(cls=Command)
@click.argument("folder", type=PATH)
@click.option("--year", type=click.IntRange(1000, 9999), required=True, help="The year of the plan.")
@screen_options
def init(folder: Path, year: int, **common: Any) -> None:
    """Write a first book into FOLDER, which must be new or empty.

    One made-up promise with its rule, worked cases and a figure, which hold together: put your own in their place.
    Exit code: 0 written, 2 wrong usage.
    """
    from engine.report.firstbook import first_book_texts
    from engine.report.write import write_folder

    words = Words(language_of(common))
    texts = first_book_texts(year, words)
    try:
        write_folder(folder, texts)
    except OSError as error:
        raise refusal("{output} cannot be written: {problem}", output=folder, problem=error.strerror) from error
    if not common["quiet"]:
        click.echo(words["init-done"].format(folder=folder, files=len(texts), period=f"{year}Q1"))
