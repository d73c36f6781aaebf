"""Where the output of a command goes: the terminal, a file, and standard error."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from commands.shared.places import find_home
from commands.shared.speech import language_of_run, refusal
from engine.model.diagnostic import Diagnostic
from engine.model.result import INCOMPLETE, OK, is_complete
from engine.report import formats
from engine.report.words import Words

if TYPE_CHECKING:
    from engine.report.read import CitedFiles


def language_of(common: dict[str, Any]) -> str:
    """The language in which a command answers."""
    return str(common["lang"] or language_of_run())


class Progress:
    """A bar on a terminal while many files are read; nothing anywhere else."""

    def __init__(self, words: Words, common: Mapping[str, Any]) -> None:
        self._label = words["reading"]
        self._wanted = sys.stderr.isatty() and not common["quiet"]
        self._bar: Any = None

    def show(self, done: int, total: int) -> None:
        """`done` of `total` files were read; a few need no bar."""
        if self._bar is None and self._wanted and total >= 50:
            self._bar = click.progressbar(length=total, label=self._label, file=sys.stderr, show_pos=True)
            self._bar.__enter__()
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *problem: object) -> None:
        if self._bar is not None:
            self._bar.update(self._bar.length - self._bar.pos)
            self._bar.__exit__(*problem)


def view_of(words: Words, common: dict[str, Any], given: Sequence[Path] = (), **wanted: Any) -> formats.View:
    """How the result is to be shown; `given` are the paths of the command line that findings may name."""
    return formats.View(words, paint(common), _cited(common, given), **wanted)


def _cited(common: dict[str, Any], given: Sequence[Path]) -> "CitedFiles":
    """The files of which findings show a line."""
    from engine.pipeline import cited_files

    here = Path.cwd()
    return cited_files(find_home(common.get("book_folder")) or here, given, here)


def paint(common: dict[str, Any]) -> Callable[[str, str], str]:
    """What gives a text its colour, or leaves it as it is."""
    if common["color"] == "never" or common.get("output"):
        return plain
    if common["color"] == "auto" and (not sys.stdout.isatty() or os.environ.get("NO_COLOR")):
        return plain
    return _coloured


def plain(text: str, style: str) -> str:
    """A text without colour."""
    return text


def _coloured(text: str, style: str) -> str:
    return click.style(text, bold=True) if style == "bold" else click.style(text, fg=style)


def deliver(text: str, common: dict[str, Any]) -> None:
    """Print a result, or write it to the file that was named."""
    if common.get("output"):
        from engine.report.write import write_text

        try:
            write_text(common["output"], text)
        except OSError as error:
            raise refusal(
                "{output} cannot be written: {problem}", output=common["output"], problem=error.strerror
            ) from error
    elif not common["quiet"]:
        # Colours were decided before; click must not strip them again where --color always asked for them.
        click.echo(text, nl=False, color=True)


def tell(found: Sequence[Diagnostic], words: Words, common: dict[str, Any], given: Sequence[Path] = ()) -> None:
    """Findings on standard error, where the output has no place for them."""
    if found and not common["quiet"]:
        from engine.report.diagnostics import findings_text

        click.echo(findings_text(found, words, plain, _cited(common, given).line), err=True, nl=False)


def end(found: list[Diagnostic], words: Words, common: dict[str, Any]) -> NoReturn:
    """Tell what was found, and leave with the exit code that it asks for."""
    tell(found, words, common)
    sys.exit(OK if is_complete(found) else INCOMPLETE)
