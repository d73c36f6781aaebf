"""Bytes of a text → its characters. An encoding is known or the text is refused; nothing is replaced."""

import re
import unicodedata

from engine.model.diagnostic import Diagnostic
from engine.model.source import Source

#: Lines of a table, some of them within cells: even an empty one takes its time.
MAX_LINES = 300_000


def decode(content: bytes, file: str, table: bool, found: list[Diagnostic]) -> str | None:
    """The text of a file in UTF-8, with or without its mark; of a table also in GB18030.

    A spreadsheet in China saves CSV in GB18030. Almost any bytes can be read so, and therefore it holds for
    the whole text or not at all: no line may be UTF-8, and no character one that nobody types.

    Errors: not-utf8, encoding-doubtful, too-many-rows; read-as-gb18030 (a note).
    """
    if table and content.count(b"\n") + content.count(b"\r") > MAX_LINES:
        found.append(Diagnostic("too-many-rows", Source(file), {"limit": str(MAX_LINES)}))
        return None
    mark = 3 if content.startswith(b"\xef\xbb\xbf") else 0
    try:
        return content[mark:].decode("utf-8")
    except UnicodeDecodeError as error:
        at = mark + error.start
    if not table:
        found.append(Diagnostic("not-utf8", _place(content, at, file), {}))
        return None
    doubt = _doubt(content, at)
    if doubt is not None:
        found.append(Diagnostic("encoding-doubtful", _place(content, doubt, file), {}))
        return None
    found.append(Diagnostic("read-as-gb18030", Source(file), {}))
    return content.decode("gb18030")


def _doubt(content: bytes, first: int) -> int | None:
    """Where the bytes cannot be GB18030, None where they can; `first` is where they are not UTF-8."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:3] == b"\xef\xbb\xbf":
        return first
    if b"\0" in content:
        return content.index(b"\0")
    start = 0
    for line in content.split(b"\n"):
        if not line.isascii():
            if _is_utf8(line):
                # The place where the one encoding ends and the other begins.
                return max(start, first)
            try:
                text = line.decode("gb18030")
            except UnicodeDecodeError as error:
                return start + error.start
            for place, character in enumerate(text):
                if character != "\t" and character != "\r" and unicodedata.category(character)[0] == "C":
                    return start + len(text[:place].encode("gb18030"))
        start += len(line) + 1
    return None


def _is_utf8(line: bytes) -> bool:
    """Whether a line is UTF-8 with Chinese in it; short words of GB18030 may pass for other UTF-8 by chance."""
    try:
        return any("\u3000" <= character <= "\u9fff" or character > "\uff00" for character in line.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _place(content: bytes, at: int, file: str) -> Source:
    lines = re.split(rb"\r\n|\r|\n", content[:at])
    try:
        before = lines[-1].decode("utf-8")
    except UnicodeDecodeError:
        before = lines[-1].decode("gb18030", "replace")
    return Source(file, len(lines), len(before) + 1)
