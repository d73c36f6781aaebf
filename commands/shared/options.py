"""Arguments and options that commands share."""

import functools
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import biaochi
from commands.shared import offers
from commands.shared.speech import Choice, nearest_names, said
from engine.model.period import Period
from engine.report.words import LANGUAGES

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

#: The names under which the program can be called.
PROGRAMS = ("biaochi", "check")

_COLOURS = ("auto", "always", "never")

PATH = click.Path(path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


class PeriodType(click.ParamType[Period]):
    """A period, as 2025Q2."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """The period that a text names."""
        if isinstance(value, Period):
            return value
        period = Period.parse(str(value))
        if period is None:
            self.fail(
                said("{value} is no period; write 2025Q2, 2025H1, 2025-11 or 2025", value=repr(value)), param, ctx
            )
        return period

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list["CompletionItem"]:
        """The periods of the book's year."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(period) for period in offers.periods(ctx, param, incomplete)]


class DateType(click.ParamType[date]):
    """A day, as 2025-06-30."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that a text names."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(said("{value} is no date; write 2025-06-30", value=repr(value)), param, ctx)


LANG = functools.partial(
    click.option, "--lang", type=Choice(LANGUAGES), help="Language of messages (default: from the locale)."
)
_SCREEN = (
    LANG(),
    click.option("--color", type=Choice(_COLOURS), default="auto", show_default=True, help="Colours."),
    click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors; the exit code says the rest."),
    click.option("--debug", is_flag=True, help="Show the trace of a defect."),
)
BOOK = (
    click.option("--book", "book_folder", type=PATH, help="The book's folder (default: from here upwards)."),
    click.option("--no-cache", is_flag=True, help="Read the book anew, and keep nothing for the next run."),
)
#: The options that choose from what is judged or due.
ORGANIZATIONS = click.option(
    "--org", "organizations", multiple=True, shell_complete=offers.organizations,
    help="Only this organization (repeatable).",
)  # fmt: skip
CLAUSES = click.option(
    "--clause", "clauses", multiple=True, shell_complete=offers.clauses,
    help="Only this clause, as 16 or 一(七) (repeatable).",
)  # fmt: skip
RULES = click.option("--rule", "rules", multiple=True, shell_complete=offers.rules, help="Only this rule (repeatable).")

_COMMON = (
    *BOOK,
    click.option("-o", "--output", type=FILE, help="Write to this file, whole or not at all."),
    *_SCREEN,
)

_Command = Callable[..., None]


def common_options(command: _Command) -> _Command:
    """The options of every command that opens a book."""
    return _with(_refusing(command), _COMMON)


def book_options(command: _Command) -> _Command:
    """The options that say which book is opened, and how."""
    return _with(command, BOOK)


def screen_options(command: _Command) -> _Command:
    """The options of every command."""
    return _with(_refusing(command), _SCREEN)


def _refusing(command: _Command) -> _Command:
    """What cannot be answered at all is a wrong command."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except biaochi.BiaochiError as error:
            raise click.UsageError(_problem(error)) from error

    return run


def _with(command: _Command, options: Sequence[Callable[[_Command], _Command]]) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command


def format_option(names: Iterable[str]) -> Callable[[_Command], _Command]:
    """The option that chooses one of the forms in which a result can be printed."""
    return click.option(
        "--format",
        "form",
        type=Choice(tuple(names)),
        default="table",
        show_default=True,
        help="Form of the output.",
    )


def _problem(error: biaochi.BiaochiError) -> str:
    """What the public interface refused, in the reader's language."""
    return said(error.wording, **error.params) + nearest_names(error.nearest)
