"""`biaochi completion`: what a shell needs to complete commands."""

import click
from click.shell_completion import ShellComplete, get_completion_class

from commands.shared.options import PROGRAMS
from commands.shared.speech import Choice, Command

_SHELLS = ("bash", "zsh", "fish")


@click.command(cls=Command)
@click.argument("shell", metavar="SHELL", type=Choice(_SHELLS))
def completion(shell: str) -> None:
    """What makes SHELL (bash, zsh or fish) complete commands, options, and the names of the book.

    bash and zsh take it from their start file: eval "$(biaochi completion bash)". fish reads it from a file:
    biaochi completion fish > ~/.config/fish/completions/biaochi.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    for program in PROGRAMS:
        completer = kind(click.Command(program), {}, program, f"_{program.upper()}_COMPLETE")
        # That of the class for bash starts a bash to ask for its version.
        click.echo(ShellComplete.source(completer))
