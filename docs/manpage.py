"""Makes the manual page of the program from its commands: `python docs/manpage.py FOLDER` writes biaochi.1 and check.1.

The page follows from the helps alone. `make man` writes it into build/man/man1/; `man -M build/man biaochi` shows it.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent

# The script also runs where the package is not installed.
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from cli import cli  # noqa: E402
from commands.shared.speech import Group, paragraphs  # noqa: E402
from engine import __version__  # noqa: E402

#: What every command answers with; a command that differs says so in its own words.
_EXIT_CODES = (
    ("0", "nothing to object"),
    ("1", "findings: a failed verdict, or an error finding"),
    ("2", "wrong usage"),
    ("3", "some input could not be used; what could be judged is printed all the same"),
    ("70", "a defect of this program"),
)

#: What the environment decides where no option does.
_ENVIRONMENT = (
    ("LC_ALL, LC_MESSAGES, LANG", "the language of messages"),
    ("NO_COLOR", "no colours"),
    ("XDG_CACHE_HOME", "where bound books are kept between runs (default: ~/.cache)"),
)


def page() -> str:
    """The manual page of all commands, in the macros of man(7).

    Not dated: the same commands give the same bytes.
    """
    lines = [
        f'.TH BIAOCHI 1 "" "biaochi {__version__}" "Biaochi"',
        ".SH NAME",
        f"biaochi, check \\- {_plain(_lowered(str(cli.help)))}",
        ".SH SYNOPSIS",
        *_synopsis("biaochi", cli),
        ".br",
        *_synopsis("check", cli.members()["check"]),
        ".SH DESCRIPTION",
        *_text(
            "Biaochi judges the figures that organizations report against the quantitative targets of a plan, which"
            " stand as rules in a book: the folder with targets.yaml, looked for from the working folder upwards."
            " check is biaochi check under its own name."
        ),
        ".SH OPTIONS",
        *_options(cli),
        ".SH COMMANDS",
    ]
    for name, command in commands_of("biaochi", cli):
        lines += [f".SS {_plain(name)}", *_synopsis(name, command), *_text(str(command.help)), *_options(command)]
    lines.append(".SH EXIT STATUS")
    lines += [line for code, meaning in _EXIT_CODES for line in _term(code, meaning)]
    lines.append(".SH ENVIRONMENT")
    lines += [line for names, meaning in _ENVIRONMENT for line in _term(names, meaning)]
    return "\n".join(lines) + "\n"


def commands_of(program: str, group: Group) -> Iterator[tuple[str, click.Command]]:
    """Every command below a group, under the words with which it is called; those of a group after it."""
    for name, command in group.members().items():
        yield f"{program} {name}", command
        if isinstance(command, Group):
            yield from commands_of(f"{program} {name}", command)


def _synopsis(name: str, command: click.Command) -> list[str]:
    pieces = command.collect_usage_pieces(_context(command))
    return [f".B {_plain(name)}", _plain(" ".join(pieces))]


def _options(command: click.Command) -> Iterator[str]:
    context = _context(command)
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if record is not None:
            yield from _term(*record)


def _context(command: click.Command) -> click.Context:
    """What a command is shown in: click keeps the option for help as it is first asked for."""
    return click.Context(command, help_option_names=cli.context_settings["help_option_names"])


def _term(head: str, meaning: str) -> list[str]:
    return [".TP", f"\\fB{_plain(head)}\\fR", *_text(meaning)]


def _text(text: str) -> list[str]:
    """Paragraphs; the first follows what stands above it."""
    first, *others = map(_plain, paragraphs(text).split("\n\n"))
    return [first, *(line for each in others for line in (".PP", each))]


def _plain(text: str) -> str:
    """Text in which nothing is a macro, and every hyphen can be copied as it is typed."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def main(arguments: Sequence[str]) -> int:
    """Write both pages into the folder that is named; exit code 2 where none is."""
    if len(arguments) != 1:
        print("name the folder: python docs/manpage.py FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "biaochi.1").write_text(page(), encoding="utf-8")
    # The other name of the program is another name of the page.
    (folder / "check.1").write_text(".so man1/biaochi.1\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
