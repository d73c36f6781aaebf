"""Opening the files of a book. Nothing here knows what they mean."""

import hashlib
import os
from dataclasses import field
from datetime import date
from pathlib import Path, PurePosixPath

from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.source import Source

#: What belongs to a book beside its submissions, relative to its folder.
_PATTERNS = (
    "targets.yaml", "organizations.yaml", "policy.yaml", "amendments.yaml", "relations.yaml", "waivers.yaml",
    "adjustments.yaml", "signers.yaml", "units.txt", "rules/*.yaml", "allocations/*.yaml",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BookFiles:
    """The texts of a book by path relative to its folder, one digest over all of them, and one of each file."""

    folder: Path
    texts: dict[str, str]
    digest: str
    digests: dict[str, str] = field(default_factory=dict)


def is_book_file(name: str) -> bool:
    """Whether findings name a file of the book so, relative to the book's folder."""
    path = PurePosixPath(name)
    return any(len(path.parts) == pattern.count("/") + 1 and path.match(pattern) for pattern in _PATTERNS)


def find_book(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds a `targets.yaml`."""
    for folder in (start, *start.parents):
        if (folder / "targets.yaml").is_file():
            return folder
    return None


def read_book_files(folder: Path, found: list[Diagnostic], as_of: date | None = None) -> BookFiles:
    """Read every file of the book in `folder`, sorted by path, as it was known on a day.

    Errors: not-utf8, file-unreadable for single files, which are then left out.
    """
    contents = _read_contents(folder, found)
    if as_of is not None:
        # Imported here: most commands ask for what is known now.
        from engine.rules.known import contents_as_of

        contents = contents_as_of(contents, as_of)
    texts: dict[str, str] = {}
    digests: dict[str, str] = {}
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
        digests[name] = f"sha256:{hashlib.sha256(content).hexdigest()}"
        try:
            texts[name] = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            found.append(Diagnostic("not-utf8", Source(name, line, 1), {}))
    return BookFiles(folder, texts, f"sha256:{digest.hexdigest()}", digests)


def _list_files(folder: Path) -> list[str]:
    """The files of the book by name relative to its folder, sorted as paths are."""
    names = [pattern for pattern in _PATTERNS if "/" not in pattern and (folder / pattern).exists()]
    for pattern in _PATTERNS:
        inner, _, ending = pattern.rpartition("/*")
        if inner and (folder / inner).is_dir():
            names += [f"{inner}/{name}" for name in os.listdir(folder / inner) if name.endswith(ending)]
    return sorted(names, key=lambda name: name.split("/"))


def _read_contents(folder: Path, found: list[Diagnostic]) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    for name in _list_files(folder):
        try:
            # A book has hundreds of files, and each is read whole.
            with open(folder / name, "rb", buffering=0) as stream:
                contents[name] = stream.read()
        except OSError as error:
            params = {"problem": error.strerror or type(error).__name__}
            found.append(Diagnostic("file-unreadable", Source(name), params))
    return contents
