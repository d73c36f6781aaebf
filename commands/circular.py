"""`biaochi circular`: the ranked circular of a period."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from biaochi.book import require_paths
from commands.shared.opening import open_inner
from commands.shared.options import FILE, PATH, DateType, PeriodType, book_options, screen_options
from commands.shared.output import Progress, end, language_of
from commands.shared.places import from_here
from commands.shared.speech import Command, refusal
from engine.model.diagnostic import Diagnostic
from engine.model.period import Period
from engine.model.result import sort_findings
from engine.report.words import Words


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    type=FILE,
    help="Write to this file: .docx, .html, .md, or the annex tables as .xlsx (repeatable).",
)
@click.option("--period", type=PeriodType(), help="The period (default: the latest of PATHS); 2025 is the year.")
@click.option("--number", default="", help="The document number: it also gives the page its red head.")
@click.option("--date", "day", type=DateType(), help="The day of the document; without it, it is a draft.")
@click.option("--as-of", type=DateType(), help="Leave out what came in, was found or was decided after this day.")
@book_options
@screen_options
def circular(
    paths: tuple[Path, ...],
    outputs: tuple[Path, ...],
    period: Period | None,
    number: str,
    day: date | None,
    as_of: date | None,
    book_folder: Path | None,
    **common: Any,
) -> None:
    """Write the ranked circular (通報) of a period in the official format, from the office's template.

    Word, HTML and Markdown hold the same words, .xlsx the tables of the annexes. The document is Chinese: --lang
    zh-Hans writes it in Simplified characters, anything else in Traditional ones. Exit code: 0 written, 2 wrong
    usage, 3 written, but some input could not be used.
    """
    from engine.publication import make_circular
    from engine.report.circular import FORMS, circular_files
    from engine.report.read import read_template
    from engine.report.write import write_bytes

    require_paths(paths)
    unknown = [str(path) for path in outputs if path.suffix.lower() not in FORMS]
    if unknown:
        raise refusal("{unknown}: the name has to end with {forms}", unknown=", ".join(unknown), forms=", ".join(FORMS))
    found: list[Diagnostic] = []
    words = Words(language_of(common))
    book = open_inner(book_folder, found, words, as_of=as_of)
    home = Path(book.folder)
    with Progress(words, common) as progress:
        made = make_circular(
            book, found, paths, from_here(home / "submissions"),
            period=period, number=number, day=day, as_of=as_of, on_file=progress.show,
        )  # fmt: skip
    if made is None:
        if period is None:
            raise refusal("nothing was judged for any period of the plan")
        raise refusal("nothing was judged for {period}", period=period)
    # What the office sends out is Chinese, in whatever language it is told about.
    chinese = words if words.chinese else Words("zh-Hant")
    said: list[Diagnostic] = []
    try:
        template = read_template(home, "circular.docx")
        files = circular_files(made, template, tuple(path.suffix.lower() for path in outputs), chinese, said)
        for path in outputs:
            write_bytes(path, files[path.suffix.lower()])
    except OSError as error:
        raise refusal(
            "{file} cannot be used: {problem}", file=error.filename or outputs[0], problem=error.strerror
        ) from error
    if not common["quiet"]:
        counts = {"verdicts": len(made.result.verdicts), "lagging": len(made.lagging), "period": made.period.label}
        for path in outputs:
            click.echo(words["circular-into"].format(file=path, **counts))
    end(sort_findings([*made.result.findings, *said]), words, {**common, "book_folder": book_folder})
