"""The only place that writes files: whole or not at all."""

import os
import tempfile
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Put `text` into `path` as UTF-8: afterwards there is the old file or the new one, never a part.

    Errors: OSError where the folder cannot be written to.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes files private; an output is as readable as any file of this user.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def make_folder(path: Path) -> None:
    """Make a folder for outputs, and those above it; one that is there stays as it is.

    Errors: OSError where it cannot be made, or a file is in its place.
    """
    path.mkdir(parents=True, exist_ok=True)
