"""`biaochi report`: one page to explore what was submitted."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from biaochi.book import require_paths
from commands.shared.opening import open_inner
from commands.shared.options import FILE, PATH, DateType, PeriodType, book_options, screen_options
from commands.shared.output import Progress, deliver, language_of
from commands.shared.speech import Command
from engine.model.diagnostic import Diagnostic
from engine.model.period import Period
from engine.model.result import INCOMPLETE, OK
from engine.report.words import Words


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("-o", "--output", type=FILE, required=True, help="Write to this .html file, whole or not at all.")
@click.option("--period", type=PeriodType(), help="The period, where neither file nor folder names one.")
@click.option("--as-of", type=DateType(), help="Leave out what came in, was found or was decided after this day.")
@book_options
@screen_options
def report(
    paths: tuple[Path, ...],
    output: Path,
    period: Period | None,
    as_of: date | None,
    book_folder: Path | None,
    **common: Any,
) -> None:
    """Write one self-contained page to explore what was submitted: it opens from a disk and needs no network.

    With several period folders, or the folder of them, it shows every period and the trend across them. The page
    starts in the language of --lang and switches to the others. Exit code: 0 written, 2 wrong usage, 3 written,
    but some input could not be used.
    """
    from engine.publication import check_and_rank_all
    from engine.report.page import report_page

    require_paths(paths)
    found: list[Diagnostic] = []
    words = Words(language_of(common))
    book = open_inner(book_folder, found, words, as_of=as_of)
    with Progress(words, common) as progress:
        result, ranks, told = check_and_rank_all(book, found, paths, period=period, as_of=as_of, on_file=progress.show)
    deliver(report_page(result, book, words, ranks, told), {"output": output})
    if not common["quiet"]:
        bodies = {verdict.obligation.organization for verdict in result.verdicts}
        periods = {verdict.obligation.period for verdict in result.verdicts}
        counts = {"verdicts": len(result.verdicts), "bodies": len(bodies), "periods": len(periods)}
        click.echo(words["report-into"].format(file=output, **counts))
        if not result.complete:
            click.echo(words["incomplete"], err=True)
    sys.exit(OK if result.complete else INCOMPLETE)
