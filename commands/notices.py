"""`biaochi notices`: supervision notices and the standing of their items."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from commands.shared.opening import open_inner
from commands.shared.options import PATH, DateType, PeriodType, book_options, screen_options
from commands.shared.output import end, language_of
from commands.shared.places import from_here
from commands.shared.speech import Command, refusal
from engine.model.diagnostic import Diagnostic
from engine.model.period import Period
from engine.model.result import sort_findings
from engine.report.words import Words


@click.command(cls=Command)
@click.argument("period", type=PeriodType())
@click.option(
    "-o",
    "--output",
    type=PATH,
    required=True,
    help="Write the documents into this folder, which must be new or empty.",
)
@click.option("--date", "day", type=DateType(), help="The day of the notices: numbers them and puts them on record.")
@click.option(
    "--as-of", type=DateType(), help="The day whose standing is told (default: --date, or the last on record)."
)
@book_options
@screen_options
def notices(
    period: Period, output: Path, day: date | None, as_of: date | None, book_folder: Path | None, **common: Any
) -> None:
    """Write supervision notices (督辦單) for PERIOD, one per organization, and the standing of all items so far.

    Word, Markdown and HTML go into a folder. With --date the notices get numbers and are put on record in the book's
    followup/; without it they are drafts. Exit code: 0 written, 2 wrong usage, 3 some input could not be used.
    """
    from engine.publication import follow_up
    from engine.report.notices import notice_files, record_files
    from engine.report.noticewords import item_words
    from engine.report.read import read_template, schema_folder
    from engine.report.write import require_free, write_folder

    found: list[Diagnostic] = []
    words = Words(language_of(common))
    book = open_inner(book_folder, found, words, as_of=as_of)
    if period.year != book.plan.year:
        raise refusal(
            "the book's plan is of {year}, and {period} is not in that year", year=book.plan.year, period=period
        )
    # What the office sends out is Chinese, in whatever language it is told about.
    chinese = words if words.chinese else Words("zh-Hant")
    home = Path(book.folder)
    followed = follow_up(
        book,
        found,
        from_here(home / "submissions"),
        period,
        lambda verdict: item_words(verdict, chinese, book.policy.pace_word),
        day=day,
        as_of=as_of,
    )
    if followed.issued and day is not None and any(notice.day != day for notice in followed.notices):
        raise refusal(
            "the notices of {period} are on record already, and of another day than {day}", period=period, day=day
        )
    record = home / "followup" / period.label
    recording = day is not None and not followed.issued and bool(followed.notices)
    try:
        require_free(output)
        files = notice_files(followed, read_template(home, "notice.docx"), book.policy.notices.sign, chinese, found)
        if recording:
            write_folder(record, record_files(followed.notices, schema_folder(home)))
        write_folder(output, files)
    except OSError as error:
        raise refusal(
            "{file} cannot be used: {problem}", file=error.filename or output, problem=error.strerror
        ) from error
    if not common["quiet"]:
        from engine.report.noticewords import summary_text

        click.echo(
            summary_text(followed, words, output, len(files), from_here(record) if recording else None), nl=False
        )
    # What is wrong with the template is found once for each notice.
    end(sort_findings(found), words, {**common, "book_folder": book_folder})
