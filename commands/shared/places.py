"""Where things are on the user's machine: the book, the cache, and what lies below the working folder."""

import os
from pathlib import Path

import click

from commands.shared.speech import refusal


def from_here(path: Path) -> Path:
    """The path as seen from the working folder, where it lies below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def find_home(folder: Path | None) -> Path | None:
    """The folder of the book: the one that is named, else the nearest from here upwards that holds one."""
    from engine.pipeline import locate_book

    return folder or locate_book(Path.cwd())


def require_home(folder: Path | None) -> Path:
    """The folder of the book, which has to be there."""
    home = find_home(folder)
    if home is not None and (home / "targets.yaml").is_file():
        return home
    if folder:
        raise refusal("there is no book (targets.yaml) in {folder}; name its folder with --book", folder=folder)
    raise refusal("there is no book (targets.yaml) here or in any folder above; name its folder with --book")


def cache_folder() -> Path | None:
    """Where this run keeps bound books; None where the user wants none kept, or has no home."""
    return None if click.get_current_context().params["no_cache"] else user_cache()


def user_cache() -> Path | None:
    """Where the user's bound books are kept between runs; None where the user has no home."""
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA", "")
        return Path(local) / "biaochi" / "cache" if Path(local).is_absolute() else None
    # A relative path means nothing: the XDG specification has it ignored.
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    home = stated if stated.is_absolute() else Path(os.path.expanduser("~/.cache"))
    return home / "biaochi" if home.is_absolute() else None
