"""Opening the record of notices and decisions. Nothing here knows what they say."""

from pathlib import Path

from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.source import Source

RECORD = "followup"
DECISIONS = f"{RECORD}/decisions.yaml"
REPLIES = "replies.yaml"


@dataclass(frozen=True, slots=True)
class FollowUpFiles:
    """The texts of a book's record by path below the book; the replies, which came in, by path as they were found."""

    notices: dict[str, str]
    decisions: dict[str, str]
    replies: dict[str, str]


def read_followup_files(book: Path, replies: dict[str, str], found: list[Diagnostic]) -> FollowUpFiles:
    """Read every notice and the decisions, sorted by path; `replies` were read where submissions are.

    Errors: not-utf8, not-a-regular-file, file-unreadable for single files, which are then left out.
    """
    notices = {path.relative_to(book).as_posix(): path for path in sorted((book / RECORD).glob("*/*.yaml"))}
    decisions = {DECISIONS: book / DECISIONS} if (book / DECISIONS).exists() else {}
    return FollowUpFiles(_texts(notices, found), _texts(decisions, found), replies)


def is_record_file(name: str) -> bool:
    """Whether findings name a file of the record so, relative to the book's folder."""
    path = Path(name)
    return name == DECISIONS or (len(path.parts) == 3 and path.match(f"{RECORD}/*/*.yaml") and not path.is_absolute())


def _texts(paths: dict[str, Path], found: list[Diagnostic]) -> dict[str, str]:
    texts = {}
    for name, path in paths.items():
        # What is no regular file could keep a reader waiting for ever.
        if not path.is_file():
            found.append(Diagnostic("not-a-regular-file", Source(name), {}))
            continue
        try:
            content = path.read_bytes()
        except OSError as error:
            params = {"problem": error.strerror or type(error).__name__}
            found.append(Diagnostic("file-unreadable", Source(name), params))
            continue
        try:
            texts[name] = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            found.append(Diagnostic("not-utf8", Source(name, line, 1), {}))
    return texts


def read_delivered(path: Path, found: list[Diagnostic]) -> bytes | None:
    """The bytes of a result or of a receipt.

    Errors: not-a-regular-file, file-unreadable, and None.
    """
    name = path.as_posix()
    if path.exists() and not path.is_file():
        found.append(Diagnostic("not-a-regular-file", Source(name), {}))
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        found.append(Diagnostic("file-unreadable", Source(name), {"problem": error.strerror or type(error).__name__}))
        return None
