"""The only place that writes files: whole or not at all."""

import contextlib
import errno
import glob
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows has none, and there a file that is open cannot be removed in any case.
    fcntl = None

_PART = ".part"


def write_folder(path: Path, texts: Mapping[str, str | bytes]) -> None:
    """Make the folder `path` with these files by relative path: afterwards it is whole, or not there.

    Errors: FileExistsError where something is there that is not an empty folder, OSError where it cannot be made.
    """
    require_free(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    part = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=_PART))
    held = os.open(part, os.O_RDONLY) if fcntl is not None else None
    try:
        if held is not None:
            _claim(held)
        part.chmod(0o777 & ~_mask())
        for name, text in texts.items():
            target = part / name
            target.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(target, text.encode() if isinstance(text, str) else text)
        part.replace(path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    finally:
        if held is not None:
            os.close(held)
    _keep_names(path.parent)


def require_free(path: Path) -> None:
    """Make sure that a folder can be written there: nothing, or an empty folder.

    Errors: FileExistsError where something else is there.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise FileExistsError(errno.EEXIST, "something is there already, and nothing is overwritten", str(path))


def write_text(path: Path, text: str) -> None:
    """Put `text` into `path` as UTF-8: afterwards there is the old file or the new one, never a part.

    Errors: OSError where the folder cannot be written to.
    """
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Put `content` into `path`: afterwards there is the old file or the new one, never a part.

    A link is followed, a file that is there keeps its mode, and a device or pipe is written to as it is.
    Errors: OSError where the folder cannot be written to.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    path = path.resolve()
    _sweep(path)
    # mkstemp makes files private; an output is as readable as any file of this user.
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_mask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_PART)
    try:
        with os.fdopen(handle, "wb") as stream:
            _claim(handle)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _keep_names(path.parent)


def _sweep(path: Path) -> None:
    """Take away what a run that was killed left half written for `path`; what a living run writes is let be."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{_PART}"):
        with contextlib.suppress(OSError):
            handle = os.open(left, os.O_RDONLY)
            try:
                _claim(handle)
                remove(left)
            finally:
                os.close(handle)


def _claim(handle: int) -> None:
    """Hold a file or folder until it is closed: whoever else claims it is refused, and a dead process holds nothing."""
    if fcntl is not None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _keep_names(folder: Path) -> None:
    """Have the disk keep the names in a folder, too: without it a power cut may bring back the old ones."""
    # The files are whole in any case, and some file systems cannot do this to a folder.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def make_folder(path: Path) -> None:
    """Make a folder for outputs, and those above it; one that is there stays as it is.

    Errors: OSError where it cannot be made, or a file is in its place.
    """
    path.mkdir(parents=True, exist_ok=True)


def write_record(path: Path, record: Mapping[str, object]) -> None:
    """Put a JSON document into `path`, whole or not at all.

    Errors: OSError where the folder cannot be written to.
    """
    write_text(path, json.dumps(record, ensure_ascii=False, indent=2) + "\n")


@contextlib.contextmanager
def written_apart(path: Path) -> Iterator[Path]:
    """A place for something else to write what is then put into `path`, on the terms of `write_bytes`.

    Errors: OSError where it cannot be.
    """
    if path.exists() and not path.is_file():
        with tempfile.TemporaryDirectory() as folder:
            part = Path(folder) / path.name
            yield part
            path.write_bytes(part.read_bytes())
        return
    path = path.resolve()
    part = path.with_name(f".{path.name}{_PART}")
    try:
        yield part
        settle(part, path)
    finally:
        remove(part)


def settle(part: Path, path: Path) -> None:
    """Give a file that something else has written its name, once all of it is on the disk; its mode stays as it was.

    Errors: OSError where it cannot be.
    """
    with part.open("rb") as stream:
        os.fsync(stream.fileno())
    if path.exists():
        part.chmod(stat.S_IMODE(path.stat().st_mode))
    part.replace(path)
    _keep_names(path.parent)


def remove(path: Path) -> None:
    """Take away a file, or a folder with all that is in it; what is not there stays so."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
