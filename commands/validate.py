"""`biaochi validate`: rules, targets and plan held against each other."""

import sys
from pathlib import Path
from typing import Any

import click

from commands.shared.opening import open_book
from commands.shared.options import PATH, common_options, format_option
from commands.shared.output import deliver, language_of, view_of
from commands.shared.speech import Command
from engine.report import formats
from engine.report.words import Words


@click.command(cls=Command)
@format_option(formats.VALIDATE)
@click.option(
    "--plan",
    type=PATH,
    help="The plan's own text (.txt, .docx, .html): quotes, bodies and numbers are held against it.",
)
@common_options
def validate(form: str, plan: Path | None, **common: Any) -> None:
    """Show that the rules match targets.yaml, and, with --plan, that both match the plan's own text.

    Exit code: 0 everything agrees, 1 something differs, 2 wrong usage, 3 some file could not be read or used.
    """
    words = Words(language_of(common))
    result = open_book(common["book_folder"], words, with_cases=True).validate(plan).inner
    deliver(formats.VALIDATE[form](result, view_of(words, common, [plan] if plan else [])), common)
    sys.exit(result.exit_code)
