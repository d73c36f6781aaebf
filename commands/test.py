"""`biaochi test`: the worked cases of the rules."""

import sys
from typing import Any

import click

from commands.shared.opening import open_book
from commands.shared.options import CLAUSES, RULES, common_options, format_option
from commands.shared.output import deliver, language_of, view_of
from commands.shared.speech import Command
from engine.report import formats
from engine.report.words import Words


@click.command(cls=Command)
@format_option(formats.CASES)
@CLAUSES
@RULES
@click.option(
    "--threshold", type=click.IntRange(0, 100), help="The least coverage, in per cent (default: the book's own)."
)
@common_options
def test(form: str, clauses: tuple[str, ...], rules: tuple[str, ...], threshold: int | None, **common: Any) -> None:
    """Run the worked cases that stand with the rules, and say which edges and situations of the rules they try.

    Exit code: 0 all came out as expected, 1 a case failed or the coverage is below the threshold, 2 wrong usage,
    3 some file or case could not be used.
    """
    words = Words(language_of(common))
    book = open_book(common["book_folder"], words, with_cases=True)
    result = book.test(clauses=clauses, rules=rules).inner
    deliver(formats.CASES[form](result, view_of(words, common, threshold=threshold)), common)
    sys.exit(result.exit_code(threshold))
