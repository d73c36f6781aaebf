"""What a shell is offered while a command is typed: names of the book, periods, codes and schemas.

Whatever is wrong with a book, a shell gets names or nothing, never a message.
"""

import contextlib
from collections.abc import Callable, Sequence

import click

import biaochi
from commands.shared.places import find_home, user_cache
from engine.names import fold_script

_Offer = Callable[[click.Context, click.Parameter, str], list[str]]


def _beginning(names: Sequence[str], typed: str) -> list[str]:
    """The names that begin so; Chinese also in the other script."""
    found = [name for name in names if name.startswith(typed)]
    if found or typed.isascii():
        return found
    return [name for name in names if fold_script(name).startswith(fold_script(typed))]


def of_the_book(names: Callable[[biaochi.Book], Sequence[str]]) -> _Offer:
    """What offers names of the book that the command line means so far."""

    def offer(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
        # A shell in the middle of a line has no use for what went wrong.
        with contextlib.suppress(Exception):
            home = find_home(ctx.params.get("book_folder"))
            if home is not None:
                return _beginning(names(biaochi.Book.open(home, cache=user_cache())), typed)
        return []

    return offer


def _periods(book: biaochi.Book) -> list[str]:
    parts = ("", "Q1", "Q2", "Q3", "Q4", "H1", "H2", *(f"-{month:02}" for month in range(1, 13)))
    return [f"{book.year}{part}" for part in parts]


organizations = of_the_book(lambda book: book.organizations)
rules = of_the_book(lambda book: book.rules)
clauses = of_the_book(lambda book: [str(row["clause"]) for row in book.targets()])
periods = of_the_book(_periods)


def codes(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """The codes of findings."""
    from engine.model.codes import CODES

    return _beginning(sorted(CODES), typed)


def schemas(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """The names of the schemas, and the two words that ask for all."""
    from engine.report.schemas import schema_names

    return _beginning(["all", "list", *schema_names()], typed)
