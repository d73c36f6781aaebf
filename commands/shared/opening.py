"""Opening the book that a command means."""

import sys
from datetime import date
from pathlib import Path

import biaochi
from commands.shared.output import tell
from commands.shared.places import cache_folder, require_home
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.result import INCOMPLETE
from engine.report.words import Words


def open_book(folder: Path | None, words: Words, with_cases: bool = False, as_of: date | None = None) -> biaochi.Book:
    """The book of a command; one of which nothing can be used ends it."""
    home = require_home(folder)
    try:
        return biaochi.Book.open(home, lang=words.language, with_cases=with_cases, cache=cache_folder(), as_of=as_of)
    except biaochi.BiaochiError as error:
        tell(error.diagnostics, words, {"book_folder": folder, "quiet": False})
        sys.exit(INCOMPLETE)


def open_inner(folder: Path | None, found: list[Diagnostic], words: Words, as_of: date | None = None) -> Book:
    """The book as the composers of the engine take it, with what was found in it."""
    book = open_book(folder, words, as_of=as_of)
    found.extend(book.diagnostics)
    return book.inner
