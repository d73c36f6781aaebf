"""How the command line itself speaks: helps, wrong usage, and what click says, in the reader's language.

The wordings stand in English where they are used; docs/translating.md says how they are translated.
"""

import contextlib
import copy
import gettext
import inspect
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from engine.catalogues import DOMAIN, LOCALE, catalogue
from engine.report.columns import display_width

_LANGUAGES = ("en", "zh-Hans", "zh-Hant")
_KEY = "biaochi.language"
_SHOWN = "biaochi.shown"
_OPTION = "--lang"

#: What may not begin a line of Chinese.
_CLOSING = "，。、；：？！）》〉」』”’…%"


# --- which language --------------------------------------------------------------------------------------------


def language_of_locale() -> str:
    """The language that the environment asks for."""
    set_by = (os.environ.get(variable) for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, set_by), "").replace("-", "_")
    if not locale.startswith("zh"):
        return "en"
    return "zh-Hant" if locale[:5] in ("zh_TW", "zh_HK", "zh_MO") or "Hant" in locale else "zh-Hans"


def asked_language(arguments: Sequence[str]) -> str:
    """The language that a command line asks for, before it is parsed: also what cannot be parsed is answered in it.

    >>> asked_language(["check", "--lang", "en", "--lang=zh-Hant"])
    'zh-Hant'
    """
    found = ""
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == _OPTION and place + 1 < len(arguments):
            found = arguments[place + 1]
        elif argument.startswith(f"{_OPTION}="):
            found = argument.partition("=")[2]
    return found if found in _LANGUAGES else language_of_locale()


def language_of_run(context: click.Context | None = None) -> str:
    """The language in which a run answers: the one that its arguments ask for, else that of the environment."""
    here = context or click.get_current_context(silent=True)
    return str(here.meta.get(_KEY) or language_of_locale()) if here else "en"


def said(wording: str, context: click.Context | None = None, /, **params: object) -> str:
    """A wording of the command line in the language of the run, its braces filled.

    Names of files and of the book stay as they were written.
    """
    return catalogue(language_of_run(context)).gettext(wording).format(**params)


def refusal(wording: str, /, **params: object) -> click.UsageError:
    """Wrong usage, said in the reader's language."""
    return click.UsageError(said(wording, **params))


# --- commands --------------------------------------------------------------------------------------------------


def paragraphs(text: str) -> str:
    """A help text as the catalogues hold it: one line for each paragraph."""
    return "\n\n".join(" ".join(each.split()) for each in inspect.cleandoc(text).split("\n\n"))


class _Speaking(click.Command):
    """What commands and groups have in common. In English click does everything as ever."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        given = list(sys.argv[1:] if args is None else args)
        with _click_speaks(asked_language(given)):
            return super().main(args, *rest, **options)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.parent is None:
            ctx.meta[_KEY] = asked_language(args)
        if not _is_english(ctx):
            ctx.formatter_class = _Formatter
        return super().parse_args(ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        known = super().get_params(ctx)
        # Parsing asks for them as well, and has no use for their words.
        return [_translated(each, ctx) for each in known] if _SHOWN in ctx.meta else known

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if not _is_english(ctx):
            ctx.meta[_SHOWN] = True
        super().format_options(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            # Click keeps the option as it was first made, which may have been for another language.
            option.help = gettext.gettext("Show this message and exit.")
        return option

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if _is_english(ctx):
            super().format_help_text(ctx, formatter)
        elif self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(said(paragraphs(self.help), ctx))

    def get_short_help_str(self, limit: int = 45) -> str:
        here = click.get_current_context(silent=True)
        if here is None or _is_english(here):
            return super().get_short_help_str(limit)
        first = said(paragraphs(self.help or ""), here).partition("\n")[0]
        return first.removesuffix("。")


class Command(_Speaking):
    """A command that speaks three languages."""


class Group(_Speaking, click.Group):
    """A group of commands that speaks three languages."""

    command_class = Command
    group_class = type

    def members(self) -> dict[str, click.Command]:
        """The commands below by their names, in the order of the help."""
        context = click.Context(self)
        found = {name: self.get_command(context, name) for name in self.list_commands(context)}
        return {name: command for name, command in found.items() if command is not None}


class Choice(click.Choice[str]):
    """One of several words; what is none of them is told what it may have been meant for."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What click says, and the nearest words."""
        from engine.names import NameIndex

        nearest = NameIndex({str(each): str(each) for each in self.choices}).nearest(str(value))
        return super().get_invalid_choice_message(value, ctx).rstrip(".。") + nearest_names(nearest)


def nearest_names(names: Sequence[str]) -> str:
    """The end of a refusal that names what the user may have meant."""
    return said("; the nearest are {nearest}", nearest=", ".join(names)) if names else ""


def _is_english(ctx: click.Context) -> bool:
    return language_of_run(ctx) == "en"


def _translated(param: click.Parameter, ctx: click.Context) -> click.Parameter:
    """An option as its help is shown."""
    wording = getattr(param, "help", None)
    if not wording:
        return param
    spoken = copy.copy(param)
    spoken.help = said(paragraphs(wording), ctx)
    return spoken


@contextlib.contextmanager
def _click_speaks(language: str) -> Iterator[None]:
    """Have click, which asks the standard library's gettext, say its own words in this language."""
    if language == "en":
        yield
        return
    before, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    os.environ["LANGUAGE"] = language.replace("-", "_")
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


# --- lines of Chinese ------------------------------------------------------------------------------------------


def wrap(text: str, width: int, first: str = "", later: str = "") -> str:
    """A paragraph in lines of at most `width` columns; a Chinese character takes two, and needs no blank to break.

    >>> wrap("寫入此文件 out.md，要麼全部。", 12)
    '寫入此文件\\nout.md，要麼\\n全部。'
    """
    lines, line, used = [], first, display_width(first)
    start = True
    for blank, piece in _pieces(text):
        room = display_width(blank) if not start else 0
        if not start and used + room + display_width(piece) > width:
            lines.append(line)
            line, used, room, start = later, display_width(later), 0, True
        line += ("" if start else blank) + piece
        used += room + display_width(piece)
        start = False
    return "\n".join([*lines, line])


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What stays on one line, each with the blank before it."""
    unit = (
        rf"(?:[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“‘]|[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+)[{_CLOSING}]*"
    )
    for found in re.finditer(rf"(\s*)([“‘（《「]*{unit})", text):
        yield (" " if found[1] else ""), found[2]


class _Formatter(click.HelpFormatter):
    """Lays out helps of which some characters are two columns wide."""

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        blocks = (wrap(each, max(self.width, 20), indent, indent) for each in text.split("\n\n"))
        self.write("\n\n".join(blocks) + "\n")

    def write_heading(self, heading: str) -> None:
        self.write(f"{' ' * self.current_indent}{heading}：\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        head = f"{prefix or gettext.gettext('Usage:')}{prog} "
        self.write(wrap(args, self.width, head, " " * display_width(head)).rstrip() + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        listed = list(rows)
        widest = min(max((display_width(term) for term, _ in listed), default=0), col_max) + col_spacing
        indent, hanging = " " * self.current_indent, " " * (widest + self.current_indent)
        for term, meaning in listed:
            head = f"{indent}{term}"
            if not meaning:
                self.write(f"{head}\n")
                continue
            if display_width(term) > widest - col_spacing:
                self.write(f"{head}\n")
                head = ""
            head += " " * (len(hanging) - display_width(head))
            self.write(wrap(meaning, max(self.width - 2, widest + 12), head, hanging) + "\n")
