"""The bound book, kept between runs: binding the same files again gives the same book, and takes far longer.

A kept book is like a compiled module: known by a digest over everything that binding depends on, private to its
user, and never needed. Whatever is wrong with it (cut off, changed, of somebody else, not writable) means that the
book is bound from its files, with the same answer. It is a pickle, for only that is faster to read than the files;
so only what this user alone can write is read, and only the program's own nouns and numbers are made from it.
"""

import contextlib
import gc
import hashlib
import os
import pickle
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from engine import __version__
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.rules.read import BookFiles

#: A book as it was bound, and what was found on the way.
Bound = tuple[Book, list[Diagnostic]]

_MAGIC = b"biaochi book 1\n"
_DIGEST = hashlib.sha256().digest_size
_SUFFIX = ".book"

#: No link is followed, and nothing is waited for: a pipe of that name is no book.
_READING = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))

#: How many kept books there are at most, and how many of the same folder: a book that is being written changes often.
_MOST = 24
_MOST_OF_A_BOOK = 4

#: What a kept book is made of. Nothing among it does anything but hold values.
_MODULES = ("engine.model.",)
_NAMES = frozenset(
    {
        ("fractions", "Fraction"), ("decimal", "Decimal"), ("datetime", "date"), ("builtins", "frozenset"),
        ("builtins", "set"), (__name__, "_build"),
    }
)  # fmt: skip

#: The program's own packages that bind a book; the first is the one above them.
_BINDING = ("", "model", "rules", "schemas")

#: Packages by which the same files could be bound differently.
_READERS = ("yaml", "pint", "opencc")


class KeptBooks:
    """The books kept in one folder, which need not be there."""

    def __init__(self, folder: Path) -> None:
        """Keep books in `folder`; nothing is touched until a book is asked for or given."""
        self._folder = folder

    def find(self, files: BookFiles, with_cases: bool) -> Bound | None:
        """The book that was bound from exactly these files by this very program; None where none is kept."""
        key = _key(files, with_cases)
        try:
            content = self._read(self._path(files, key))
        except OSError:
            return None
        return _unpack(content, key) if content is not None else None

    def keep(self, files: BookFiles, with_cases: bool, bound: Bound) -> None:
        """Keep a book for the next run; where that cannot be done, nothing happens."""
        # Imported here: only who writes needs names that nobody else has.
        import tempfile

        key = _key(files, with_cases)
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_private(self._folder.stat()):
                return
            # mkstemp makes files that nobody else can read or write.
            handle, part = tempfile.mkstemp(dir=self._folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(_pack(bound, key))
                Path(part).replace(self._path(files, key))
            except BaseException:
                Path(part).unlink(missing_ok=True)
                raise
            self._make_room()

    def _path(self, files: BookFiles, key: bytes) -> Path:
        book = hashlib.sha256(os.fsencode(files.folder.absolute())).hexdigest()[:16]
        return self._folder / f"{book}-{key.hex()[:32]}{_SUFFIX}"

    def _read(self, path: Path) -> bytes | None:
        if not _is_private(self._folder.stat()):
            return None
        return _read_private(path)

    def _make_room(self) -> None:
        """Remove the oldest books, and what a run that was killed left behind."""
        seen: dict[str, int] = {}
        newest = sorted(self._ages(), reverse=True)
        for place, (_, path) in enumerate(newest):
            book = path.name.partition("-")[0]
            seen[book] = seen.get(book, 0) + 1
            if place >= _MOST or seen[book] > _MOST_OF_A_BOOK:
                path.unlink(missing_ok=True)

    def _ages(self) -> Iterator[tuple[int, Path]]:
        for path in self._folder.iterdir():
            # Another process may be making room, too.
            with contextlib.suppress(FileNotFoundError):
                if path.suffix in (_SUFFIX, ".part"):
                    yield path.stat().st_mtime_ns, path


class KeptFiles:
    """Files of one kind kept in the same folder, known by all that they were made from.

    What belongs together is a summary, which is read at once, and named files beside it, for others to read.
    """

    def __init__(self, folder: Path, kind: str, names: Sequence[str]) -> None:
        """Keep files of these names in `folder`; nothing is touched until they are asked for or given."""
        self._folder = folder
        self._kind = kind
        self._names = names

    def find(self, told: Iterable[str]) -> tuple[dict[str, Any], list[Path]] | None:
        """The summary and the files that were made from exactly this by this very program; None where none are kept."""
        # Imported here: an ordinary check keeps its book, which is no JSON.
        import json

        key = self._key(told)
        paths = [self._folder / f"{key}-{name}.{self._kind}" for name in self._names]
        try:
            if not _is_private(self._folder.stat()):
                return None
            seal, _, document = self._read(self._folder / f"{key}.{self._kind}").partition(b"\n")
            if hashlib.sha256(key.encode() + document).hexdigest().encode() != seal:
                return None
            kept: dict[str, Any] = json.loads(document)
            if kept["digests"] != [hashlib.sha256(self._read(path)).hexdigest() for path in paths]:
                return None
        except (OSError, ValueError):
            return None
        return kept["summary"], paths

    def keep(self, told: Iterable[str], summary: dict[str, Any], write: Callable[[Sequence[Path]], None]) -> None:
        """Keep a summary and the files that `write` makes at the given places; where it cannot be done, nothing is."""
        import json
        import tempfile

        key = self._key(told)
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_private(self._folder.stat()):
                return
            with tempfile.TemporaryDirectory(dir=self._folder, suffix=".part") as part:
                made = [Path(part) / name for name in self._names]
                write(made)
                digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in made]
                document = json.dumps({"digests": digests, "summary": summary}, ensure_ascii=False).encode()
                sealed = Path(part) / "summary"
                sealed.write_bytes(hashlib.sha256(key.encode() + document).hexdigest().encode() + b"\n" + document)
                for path, name in zip(made, self._names, strict=True):
                    path.chmod(0o600)
                    path.replace(self._folder / f"{key}-{name}.{self._kind}")
                # The summary comes last: without it there is nothing.
                sealed.chmod(0o600)
                sealed.replace(self._folder / f"{key}.{self._kind}")
            self._make_room()

    def _key(self, told: Iterable[str]) -> str:
        program = _program(("", "model", "rules", "schemas", "bulk", "evaluate", "exact"))
        parts = [__version__, sys.version, self._kind, *told, *program]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]

    def _read(self, path: Path) -> bytes:
        content = _read_private(path)
        if content is None:
            raise FileNotFoundError(path)
        return content

    def _make_room(self) -> None:
        """Remove the oldest of this kind."""
        summaries = [path for path in self._folder.glob(f"*.{self._kind}") if "-" not in path.name]
        newest = sorted(((path.stat().st_mtime_ns, path.stem) for path in summaries), reverse=True)
        kept = {stem for _, stem in newest[:_MOST_OF_A_BOOK]}
        for path in self._folder.glob(f"*.{self._kind}"):
            if path.stem.partition("-")[0] not in kept:
                path.unlink(missing_ok=True)


def _read_private(path: Path) -> bytes | None:
    """The content of a file that this user alone can write; None where it is anything else."""
    # What is opened is what was looked at: a link, or a file that is exchanged in between, gains nothing.
    handle = os.open(path, _READING)
    with open(handle, "rb") as stream:
        status = os.fstat(handle)
        return stream.read() if stat.S_ISREG(status.st_mode) and _is_private(status) else None


def _is_private(status: os.stat_result) -> bool:
    """Whether it is this user's, and nobody else can write to it."""
    if not hasattr(os, "getuid"):
        # Windows has no such bits: what lies below a user's own folder is that user's.
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _key(files: BookFiles, with_cases: bool) -> bytes:
    """Digest over everything on which the bound book depends.

    Files that could not be decoded count in the digest of the files as well; those that could not be read at all
    are absent from both the digest and the book.
    """
    parts = [__version__, sys.version, str(files.folder), files.digest, str(with_cases), *_program(_BINDING)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).digest()


def _program(packages: Iterable[str]) -> Iterator[str]:
    """Of these packages and of those that read for them every file, with size and time, as compiled modules do."""
    engine = Path(__file__).parent.parent
    for folder in (engine / name for name in packages):
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith((".py", ".json", ".sql", ".txt")):
                    yield f"{entry.path} {_look(entry.stat())}"
    for name in _READERS:
        origin = (spec := find_spec(name)) and spec.origin
        yield f"{origin} {_look(Path(origin).stat()) if origin else ''}"


def _look(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns}"


def _pack(bound: Bound, key: bytes) -> bytes:
    stream = BytesIO()
    _Pickler(stream, protocol=5).dump(bound)
    payload = stream.getvalue()
    return _MAGIC + key + hashlib.sha256(key + payload).digest() + payload


def _unpack(content: bytes, key: bytes) -> Bound | None:
    """What was packed under this key; None where anything else is found."""
    start = len(_MAGIC) + _DIGEST
    digest, payload = content[start : start + _DIGEST], content[start + _DIGEST :]
    if content[:start] != _MAGIC + key or digest != hashlib.sha256(key + payload).digest():
        return None
    collecting = gc.isenabled()
    # Nothing that is made here is garbage: looking for it takes as long as making it.
    gc.disable()
    try:
        book, found = _Unpickler(BytesIO(payload)).load()
    except Exception:  # Whatever went wrong: the files of the book are there to be bound.
        return None
    finally:
        if collecting:
            gc.enable()
    return (book, found) if isinstance(book, Book) and isinstance(found, list) else None


class _Pickler(pickle.Pickler):
    """Lays down nouns as their fields: the way that dataclasses know takes three times as long to read."""

    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if issubclass(kind, Enum):
            # Early releases of Python 3.11 lay down a call of getattr, which is never read.
            return kind, (value.value,)
        if not (kind.__module__.startswith(_MODULES) and is_dataclass(kind) and "__slots__" in vars(kind)):
            return NotImplemented
        values = tuple(getattr(value, field.name) for field in fields(kind))
        # What is made of its fields and nothing else is made again in the shortest way.
        plain = not hasattr(kind, "__post_init__") and all(field.init and not field.kw_only for field in fields(kind))
        return (kind, values) if plain else (_build, (kind, *values))


def _build(kind: type, *values: object) -> object:
    """The noun with these fields, as it was: it was checked when it was made first."""
    made: object = object.__new__(kind)
    for setter, value in zip(_setters(kind), values, strict=True):
        setter(made, value)
    return made


@cache
def _setters(kind: type) -> tuple[Callable[[object, object], None], ...]:
    """What puts a field into its slot, frozen or not."""
    return tuple(getattr(kind, field.name).__set__ for field in fields(kind))


class _Unpickler(pickle.Unpickler):
    """Makes the program's own nouns, and nothing that runs."""

    def find_class(self, module: str, name: str) -> Any:
        if (module.startswith(_MODULES) and "." not in name) or (module, name) in _NAMES:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"a book holds no {module}.{name}")
