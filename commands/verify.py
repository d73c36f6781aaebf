"""`biaochi verify`: a result made again from its inputs."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from commands.shared.options import BOOK, FILE, PATH, DateType, screen_options
from commands.shared.output import language_of, tell
from commands.shared.places import require_home
from commands.shared.speech import Command, refusal
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic, Severity
from engine.model.result import INCOMPLETE, OBJECTIONS, OK, is_complete
from engine.report.words import Words


@click.command(cls=Command)
@click.argument("results", nargs=-1, required=True, type=PATH)
@click.option("--receipt", "beside", type=FILE, help="The receipt, where it is neither in RESULT nor beside it.")
@click.option("--as-of", type=DateType(), help="Make it again as of this day (default: the day that fits).")
@BOOK[0]
@screen_options
def verify(
    results: tuple[Path, ...], beside: Path | None, as_of: date | None, book_folder: Path | None, **common: Any
) -> None:
    """Make a result again from its inputs, and say that it is the same or in what it differs first.

    RESULT is the JSON of a check, or any other form of it with its receipt beside it. Several are a chain and named in
    their order. Of a signed document without a receipt, such as a circular, the signature alone is held against the
    key of the office. Run it where the check was run. Exit code: 0 the same, 1 something differs, 2 wrong usage, 3 a
    result or its receipt cannot be read.
    """
    from engine.verification import is_signed, receive, verify_chain, who_signed
    from engine.verification import verify as run_verify

    if beside is not None and len(results) > 1:
        raise refusal("--receipt is that of one RESULT")
    words = Words(language_of(common))
    home = require_home(book_folder)
    found: list[Diagnostic] = []
    received = []
    for path in results:
        noticed: list[Diagnostic] = []
        each = receive(path, beside, noticed)
        if each is not None:
            received.append(each)
        elif is_signed(path):
            # A circular, for one, is no result of a check: it was made from some.
            office = who_signed(path, home, found)
            if office and not common["quiet"]:
                click.echo(words["signed-only"].format(file=path.as_posix(), name=office))
            continue
        found.extend(noticed)
    for each in received:
        before = len(found)
        day = run_verify(each, home, Path.cwd(), found, as_of)
        office = who_signed(Path(each.name), home, found)
        same = not any(CODES[finding.code].severity is Severity.ERROR for finding in found[before:])
        if same and not common["quiet"]:
            said = words["verified"].format(file=each.name)
            said += words["verified-as-of"].format(day=day) if day else ""
            click.echo(said + (words["verified-signed"].format(name=office) if office else ""))
    if len(results) > 1 and len(received) == len(results):
        before = len(found)
        verify_chain(received, found)
        if len(found) == before and not common["quiet"]:
            click.echo(words["chain-whole"].format(count=len(received)))
    tell(found, words, {**common, "book_folder": book_folder}, results)
    errors = any(CODES[finding.code].severity is Severity.ERROR for finding in found)
    sys.exit(INCOMPLETE if not is_complete(found) else OBJECTIONS if errors else OK)
