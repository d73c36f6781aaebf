"""`biaochi sign`: signatures of OpenSSH beside submissions and results."""

from pathlib import Path
from typing import Any

import click

from biaochi.book import require_paths
from commands.shared.options import FILE, PeriodType, screen_options
from commands.shared.output import language_of
from commands.shared.speech import Command, refusal
from engine.model.period import Period
from engine.report.words import Words


@click.command(cls=Command)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "--key", required=True, type=FILE, help="The private key, or the public one of a key that an agent holds."
)
@click.option("--period", type=PeriodType(), help="The period, where the folder of a submission names none.")
@screen_options
def sign(files: tuple[Path, ...], key: Path, period: Period | None, **common: Any) -> None:
    """Sign submissions for their period, or results and circulars, with a key of OpenSSH.

    Beside each FILE stands FILE.sig afterwards. What is signed is the file as it is and the period of its folder, so
    that neither can be exchanged. Whose key it is stands in signers.yaml. Exit code: 0 signed, 2 wrong usage.
    """
    from engine.followup.read import read_delivered
    from engine.model.diagnostic import Diagnostic
    from engine.report.write import write_text
    from engine.signatures import RESULT, SUFFIX, NotSigned, SigningUnavailable, make_signature, namespace_of
    from engine.submissions.read import READABLE
    from engine.verification import receive

    require_paths(files)
    words = Words(language_of(common))
    for file in files:
        found: list[Diagnostic] = []
        content = read_delivered(file, found)
        if content is None:
            raise refusal("{file} cannot be read", file=file)
        is_result = receive(file, None, []) is not None or file.suffix.lower() not in READABLE
        bound = None if is_result else period or Period.parse(file.absolute().parent.name)
        if not is_result and bound is None:
            raise refusal("{file} lies in no folder of a period; name the period with --period", file=file)
        output = file.with_name(file.name + SUFFIX)
        try:
            write_text(output, make_signature(content, key, namespace_of(bound) if bound else RESULT))
        except SigningUnavailable as error:
            raise refusal("files are signed by OpenSSH 8.2 or newer: {problem}", problem=error) from error
        except NotSigned as error:
            raise refusal("{file} was not signed: {problem}", file=file, problem=error) from error
        except OSError as error:
            raise refusal("{output} cannot be written: {problem}", output=output, problem=error.strerror) from error
        if not common["quiet"]:
            click.echo(words["signed-for" if bound else "signed-result"].format(file=output, period=bound))
