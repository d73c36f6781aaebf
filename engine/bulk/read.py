"""All files that a bulk check opens itself, but for those that DuckDB reads and writes."""

import hashlib
import json
from pathlib import Path
from typing import Any

from engine.submissions.read import SubmittedFile


def digest_file(file: SubmittedFile) -> str:
    """The digest of a file's bytes."""
    with file.path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_record(path: Path) -> dict[str, Any] | None:
    """What an earlier run wrote down; None where that is not there, or not whole."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def list_parquet(folder: Path) -> list[Path]:
    """The Parquet files in a folder, sorted."""
    return [folder / name for name in list_names(folder) if name.endswith(".parquet")]


def list_names(folder: Path) -> list[str]:
    """The names of what lies in a folder, sorted; none where there is no such folder."""
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
