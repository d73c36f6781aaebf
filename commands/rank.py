"""`biaochi rank`: scores and places."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from biaochi.book import require_paths
from commands.shared.opening import open_book
from commands.shared.options import PATH, DateType, PeriodType, common_options, format_option
from commands.shared.output import Progress, deliver, language_of, tell, view_of
from commands.shared.speech import Command
from engine.model.period import Period
from engine.model.result import INCOMPLETE, OK
from engine.report import formats
from engine.report.words import Words


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, type=PATH)
@format_option(formats.RANK)
@click.option(
    "--period", type=PeriodType(), help="The period that is ranked (default: the latest of PATHS); 2025 is the year."
)
@click.option("--as-of", type=DateType(), help="Leave out what came in, was found or was decided after this day.")
@common_options
def rank(paths: tuple[Path, ...], form: str, period: Period | None, as_of: date | None, **common: Any) -> None:
    """Scores and honest places of the groups in policy.yaml: like ranked with like, and how sure each place is.

    At the year's end the quarters beside are rolled up, and every promise of the plan is settled. Exit code: 0
    ranked, 2 wrong usage, 3 some input could not be used.
    """
    require_paths(paths)
    words = Words(language_of(common))
    book = open_book(common["book_folder"], words, as_of=as_of)
    with Progress(words, common) as progress:
        result = book.rank(paths, period=period, as_of=as_of, on_file=progress.show).inner
    deliver(formats.RANK[form](result, view_of(words, common, paths)), common)
    if form in formats.WITHOUT_FINDINGS:
        tell(result.findings, words, common, paths)
    sys.exit(OK if result.complete else INCOMPLETE)
