"""`biaochi check`: judge submissions."""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from biaochi.book import require_paths
from commands.shared.opening import open_book
from commands.shared.options import (
    CLAUSES,
    FILE,
    ORGANIZATIONS,
    PATH,
    RULES,
    DateType,
    PeriodType,
    book_options,
    format_option,
    screen_options,
)
from commands.shared.output import Progress, deliver, language_of, tell, view_of
from commands.shared.speech import Choice, Command, refusal
from engine.model.diagnostic import Diagnostic
from engine.model.period import Period
from engine.model.result import INCOMPLETE, exit_code
from engine.names import fold_width
from engine.report import formats
from engine.report.words import Words

if TYPE_CHECKING:
    from engine.model.result import CheckResult

OUTCOMES = ("pass", "at-risk", "fail", "undecided")
PARQUET = "parquet"


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, type=PATH)
@format_option((*formats.CHECK, PARQUET))
@click.option(
    "--by",
    type=Choice(("organization", "clause")),
    default="organization",
    show_default=True,
    help="How the table is grouped.",
)
@ORGANIZATIONS
@CLAUSES
@RULES
@click.option(
    "--only",
    "outcomes",
    multiple=True,
    type=Choice(OUTCOMES),
    help="Only verdicts of this outcome (repeatable).",
)
@click.option("--period", type=PeriodType(), help="The period, where neither file nor folder names one.")
@click.option("--as-of", type=DateType(), help="Leave out what came in, was found or was decided after this day.")
@click.option(
    "--fail-on",
    multiple=True,
    type=Choice(("fail", "at-risk", "undecided", "never")),
    default=("fail",),
    show_default=True,
    help="What makes the exit code 1 (repeatable).",
)
@click.option("-o", "--output", type=PATH, help="Write to this file, whole or not at all; Parquet also into a folder.")
@click.option(
    "--engine",
    type=Choice(("duckdb", "spark")),
    default="duckdb",
    show_default=True,
    help="What judges Parquet into a folder.",
)
@click.option("--master", help="Where Spark is: local[2], spark://host:port, or Spark Connect at sc://host:port.")
@click.option("--receipt", "receipt_file", type=FILE, help="Write the receipt of the result to this file, too.")
@click.option("--after", type=FILE, help="The result before this one in a chain, or its receipt.")
@book_options
@screen_options
def check(
    paths: tuple[Path, ...],
    form: str,
    by: str,
    organizations: tuple[str, ...],
    clauses: tuple[str, ...],
    rules: tuple[str, ...],
    outcomes: tuple[str, ...],
    period: Period | None,
    as_of: date | None,
    fail_on: tuple[str, ...],
    engine: str,
    master: str | None,
    receipt_file: Path | None,
    after: Path | None,
    **common: Any,
) -> None:
    """Judge submissions: period folders, folders of them, or single files.

    A period folder (submissions/2025Q2/) is held to everything that is due; a single file only to the bodies
    that it names. With --format parquet and a folder as OUTPUT, Parquet files of any size are judged part by part:
    a run that was stopped goes on, and what has not changed is not judged again. Exit code: 0 nothing to object,
    1 findings, 2 wrong usage, 3 some input could not be used.
    """
    require_paths(paths)
    words = Words(language_of(common))
    output: Path | None = common["output"]
    if form == PARQUET and output is None:
        raise refusal("Parquet is written to a file or into a folder: -o verdicts.parquet, or -o verdicts/")
    if form != PARQUET and output is not None and output.is_dir():
        raise refusal("{output} is a folder; only Parquet is written into one", output=output)
    if form == PARQUET and (receipt_file or after):
        raise refusal("Parquet has no receipt; write JSON beside it")
    if after and form != "json" and receipt_file is None:
        raise refusal("--after goes into the receipt: --format json, or --receipt FILE")
    into_folder = form == PARQUET and output is not None and output.suffix.lower() != ".parquet"
    if engine != "duckdb" or master:
        from commands.bulk import refuse_engine

        refuse_engine(engine, master, into_folder)
    previous = _previous(after, words) if after else None
    book = open_book(common["book_folder"], words, as_of=as_of)
    if into_folder and output is not None:
        from commands.bulk import check_bulk

        options = {"--org": organizations, "--clause": clauses, "--rule": rules, "--only": outcomes, "--period": period}
        chosen = [name for name, given in options.items() if given]
        if chosen:
            raise refusal(
                "{chosen}: choose from the verdicts in {output} afterwards", chosen=", ".join(chosen), output=output
            )
        check_bulk(book.inner, list(book.diagnostics), paths, output, as_of, fail_on, words, common, master)
    with Progress(words, common) as progress:
        result = book.check(
            paths, period=period, as_of=as_of, organizations=organizations, clauses=clauses, rules=rules,
            outcomes=outcomes, on_file=progress.show,
        ).inner  # fmt: skip
    if form == PARQUET:
        _deliver_verdicts(result, common)
    else:
        asked: dict[str, object] = {
            "command": "check",
            "paths": sorted(path.as_posix() for path in paths),
            "format": form,
            "by": by,
            "lang": words.language,
            "organizations": [book.find_organization(name) for name in organizations],
            "clauses": [fold_width(clause) for clause in clauses],
            "rules": list(rules),
            "only": list(outcomes),
            "period": period.label if period else None,
            "fail_on": list(fail_on),
        }
        sign_off = _sign_off(result, asked, previous) if form == "json" else None
        text = formats.CHECK[form](result, view_of(words, common, paths, by=by, sign_off=sign_off))
        deliver(text, common)
        if receipt_file:
            _deliver_receipt(text, result, asked, previous, receipt_file)
    # The result is that of the day; what came in since is said beside it.
    tell(result.left_out, words, common, paths)
    if form in (*formats.WITHOUT_FINDINGS, PARQUET):
        tell(result.findings, words, common, paths)
        if not common["quiet"]:
            # A line below the rows would be one of them to whoever reads the table.
            from engine.report.table import account_lines

            click.echo("\n".join(account_lines(result.account, words)), err=True)
    sys.exit(exit_code(result, () if "never" in fail_on else fail_on))


def _previous(path: Path, words: Words) -> str:
    """The digest of the receipt of the result before this one."""
    from engine.verification import receive

    found: list[Diagnostic] = []
    received = receive(path, None, found)
    if received is None:
        tell(found, words, {"quiet": False}, [path])
        sys.exit(INCOMPLETE)
    return received.receipt.digest


def _deliver_receipt(
    text: str, result: "CheckResult", options: Mapping[str, object], previous: str | None, path: Path
) -> None:
    """Write the receipt of a result as a document of its own; that of JSON is the one in it."""
    from engine.report.jsontext import to_json
    from engine.verification import make_receipt, own_receipt, receipt_beside

    receipt = make_receipt(result.digest, result.inputs, options, previous)
    own = own_receipt(text) if options["format"] == "json" else receipt_beside(text.encode(), receipt)
    deliver(to_json(own), {"output": path})


def _sign_off(
    result: "CheckResult", options: Mapping[str, object], previous: str | None
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What puts the receipt of a check into its JSON."""
    from engine.verification import make_receipt, with_receipt

    receipt = make_receipt(result.digest, result.inputs, options, previous)
    return lambda document: with_receipt(document, receipt)


def _deliver_verdicts(result: "CheckResult", common: dict[str, Any]) -> None:
    """Write the verdicts of an ordinary check as Parquet."""
    from engine.bulk.single import write_verdicts

    try:
        write_verdicts(result.verdicts, common["output"])
    except OSError as error:
        raise refusal(
            "{output} cannot be written: {problem}", output=common["output"], problem=error.strerror
        ) from error
