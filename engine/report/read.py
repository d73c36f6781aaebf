"""The lines that findings cite, read again when they are shown, and templates. Nothing here knows what they say."""

import re
from collections.abc import Callable
from pathlib import Path

from engine.model.noun import dataclass
from engine.model.source import Source

_LIMIT = 50_000_000

#: What ends a line, as the reader of each kind of file counts: YAML knows more ends than others.
_ENDS = {
    ".yaml": re.compile("\r\n|[\n\r\x85\u2028\u2029]"),
    ".yml": re.compile("\r\n|[\n\r\x85\u2028\u2029]"),
    ".csv": re.compile("\r\n|[\n\r]"),
}

#: The one text file of a book. Another is a plan's own text: its prose is the publisher's and never shown.
_UNITS, _UNITS_END = "units.txt", re.compile("\n")


class CitedFiles:
    """The files that findings name: where they lie, and their lines.

    They are read when they are shown, and not kept from before: most runs show none, and millions of figures
    should not wait in memory for a finding.
    """

    def __init__(self, locate: Callable[[str], Path]) -> None:
        """`locate` says where the file lies that a finding names."""
        self._locate = locate
        self._lines: dict[str, list[str]] = {}

    def path(self, file: str) -> str:
        """The file as it is named from the working folder, with `/` between its parts."""
        return self._locate(file).as_posix()

    def line(self, source: Source) -> str | None:
        """The line of a place without its end; None where no line is meant or the file cannot be shown."""
        if source.file not in self._lines:
            self._lines[source.file] = _read_lines(self._locate(source.file))
        lines = self._lines[source.file]
        return lines[source.line - 1] if 0 < source.line <= len(lines) else None


@dataclass(frozen=True, slots=True)
class Template:
    """A Word template: the book's own where it has one, and the one that ships, for when that cannot be read."""

    content: bytes
    file: str
    shipped: bytes


def read_template(book: Path, name: str) -> Template:
    """The template of this name, from the book's `templates/`, else the one that ships.

    Errors: OSError where the book's own is there and cannot be read.
    """
    shipped = _shipped("templates", name)
    own = book / "templates" / name
    return Template(own.read_bytes() if own.is_file() else shipped, f"templates/{name}", shipped)


def schema_folder(book: Path) -> str:
    """Where a book's files find their schemas, as its `targets.yaml` says in its first line; `schemas/` by default."""
    lines = _read_lines(book / "targets.yaml")
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S*/)?targets-file\.json", lines[0]) if lines else None
    return named[1] or "" if named else "schemas/"


def _read_lines(path: Path) -> list[str]:
    end = _UNITS_END if path.name == _UNITS else _ENDS.get(path.suffix.lower())
    try:
        # What is no regular file could keep a reader waiting for ever.
        if end is None or not path.is_file() or path.stat().st_size > _LIMIT:
            return []
        return end.split(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return []


def read_asset(name: str) -> str:
    """A text that ships in the package: a part of the page's program, its style or its template."""
    return _shipped("assets", name).decode("utf-8")


def _shipped(folder: str, name: str) -> bytes:
    # Imported here: only pages and documents need it, and every check would wait for it.
    from importlib.resources import files

    return files("engine").joinpath("report", folder, name).read_bytes()
