"""The only place that writes files: whole or not at all."""

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_folder(path: Path, texts: Mapping[str, str | bytes]) -> None:
    """Make the folder `path` with these files by relative path: afterwards it is whole, or not there.

    Errors: FileExistsError where something is there that is not an empty folder, OSError where it cannot be made.
    """
    require_free(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part"))
    try:
        part.chmod(0o777 & ~_mask())
        for name, text in texts.items():
            target = part / name
            target.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(target, text.encode() if isinstance(text, str) else text)
        part.replace(path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


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

    Errors: OSError where the folder cannot be written to.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes files private; an output is as readable as any file of this user.
        Path(name).chmod(0o666 & ~_mask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


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


def settle(part: Path, path: Path) -> None:
    """Give a file that something else has written its name, once all of it is on the disk.

    Errors: OSError where it cannot be.
    """
    with part.open("rb") as stream:
        os.fsync(stream.fileno())
    part.replace(path)


def remove(path: Path) -> None:
    """Take away a file, or a folder with all that is in it; what is not there stays so."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
