"""The program: runs the command that is called, and leaves with its exit code. The commands are in `commands/`."""

import contextlib
import gc
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from commands.shared.console import prepare_streams
from commands.shared.options import LANG
from commands.shared.speech import Group
from engine import __version__
from engine.model.result import DEFECT, USAGE

#: The commands; each is in the module of its name.
_COMMANDS = (
    "check",
    "circular",
    "completion",
    "diff",
    "draft",
    "explain",
    "form",
    "init",
    "notices",
    "obligations",
    "rank",
    "report",
    "schema",
    "sign",
    "targets",
    "test",
    "validate",
    "verify",
)


class _Program(Group):
    """The group of all commands. What a command needs is loaded when it is called, and the rest never."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"commands.{cmd_name}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            # What is not loaded cannot be near.
            raise click.NoSuchCommand(error.command_name, possibilities=_COMMANDS, ctx=ctx) from None


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="biaochi", help="Show the version and exit.")
# Also before the command; what is asked for is known before anything is parsed (commands.shared.speech).
@LANG(expose_value=False)
def cli() -> None:
    """Hold what a government promised against what was reported."""


def _guarded(command: click.Command, name: str) -> NoReturn:
    """Run a command; a defect of ours is one sentence and exit code 70, its trace only with --debug."""
    prepare_streams()
    # Thousands of small objects live as long as the process: looking for cycles among them is wasted time.
    gc.set_threshold(100_000)
    try:
        command.main(prog_name=name, standalone_mode=True)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else USAGE
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        click.echo(f"{name}: a defect of this program: {type(error).__name__}: {error}", err=True)
        click.echo("Run it again with --debug for the trace, and report it.", err=True)
        code = DEFECT
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End the process at once: taking the book and the engine apart object by object serves nobody.

    Every output file is whole by now (it was renamed into its place); what is printed is flushed here.
    """
    for stream in (sys.stdout, sys.stderr):
        # The reader of a pipe may have gone away, as in `check | head`.
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(code)


def main() -> NoReturn:
    """The program `biaochi`."""
    _guarded(cli, "biaochi")


def check_main() -> NoReturn:
    """The program `check`: `biaochi check` under its own name."""
    from commands.check import check

    _guarded(check, "check")


if __name__ == "__main__":
    main()
