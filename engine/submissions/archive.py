"""A ZIP of XML parts, read with bounds: nothing in it decides how much memory or time it takes.

Sizes and counts that an archive states of itself are not believed. Document types, and with them entities, are refused.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

#: Limits, far above any submission: parts, bytes when all is unpacked, bytes and elements of what is parsed.
MAX_PARTS, MAX_UNPACKED, MAX_PARSED, MAX_ELEMENTS = 5_000, 100_000_000, 30_000_000, 300_000

_DIRECTORY_ENTRY = b"PK\x01\x02"
_CHUNK = 1_000_000
_DEPTH = 100

#: What unpacking a damaged part raises.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip

#: Called with an element's name, its attributes and its own text.
Handler = Callable[[str, dict[str, str], str], None]


class WorkbookError(Exception):
    """The workbook cannot be read: `code` is the finding's, `problem` its words."""

    def __init__(self, code: str, problem: str) -> None:
        """Say why."""
        super().__init__(problem)
        self.code, self.problem = code, problem


class Archive:
    """The parts of a ZIP. What is parsed of all of them together is bounded, however often a part is asked for.

    Errors: WorkbookError with workbook-broken or workbook-too-large.
    """

    def __init__(self, content: bytes) -> None:
        """Read the list of parts; no part is unpacked."""
        # Counted before the list is read: it alone could take all memory.
        if content.count(_DIRECTORY_ENTRY) > MAX_PARTS:
            raise WorkbookError("workbook-too-large", f"> {MAX_PARTS}")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, struct.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise _broken(str(error) or type(error).__name__) from error
        infos = self._zip.infolist()
        unpacked = sum(info.file_size for info in infos)
        if unpacked > MAX_UNPACKED:
            raise WorkbookError("workbook-too-large", f"{unpacked} > {MAX_UNPACKED}")
        self.names = frozenset(info.filename for info in infos)
        if len(self.names) < len(infos):
            # Which of the two counts differs from program to program.
            raise _broken("ZIP: two parts of one name")
        self._bytes, self._elements = MAX_PARSED, MAX_ELEMENTS

    def parse(self, part: str, on_end: Handler, on_start: Callable[[str, dict[str, str]], None] | None = None) -> None:
        """Call `on_end` with every element's name, attributes and own text, `on_start` when it begins.

        Names of elements come without their namespaces.
        """
        stack: list[tuple[str, dict[str, str], list[str]]] = []
        local: dict[str, str] = {}

        def begin(name: str, attributes: dict[str, str]) -> None:
            self._elements -= 1
            if self._elements < 0:
                raise WorkbookError("workbook-too-large", f"> {MAX_ELEMENTS}")
            if len(stack) > _DEPTH:
                raise _broken("XML: nested too deep")
            # A sheet has few names and very many elements.
            short = local.get(name) or local.setdefault(name, name.rpartition(" ")[2])
            stack.append((short, attributes, []))
            if on_start:
                on_start(short, attributes)

        def end(_: str) -> None:
            name, attributes, texts = stack.pop()
            on_end(name, attributes, "".join(texts))

        def text(written: str) -> None:
            if stack:
                stack[-1][2].append(written)

        def document_type(*_: object) -> None:
            raise _broken("XML: DOCTYPE")

        content = self._unpack(part)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, text
        parser.StartDoctypeDeclHandler = document_type
        try:
            # In one piece: fed in many, a long word would be read again with every one of them.
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise _broken(f"XML: {error}") from error

    def _unpack(self, part: str) -> bytes:
        chunks: list[bytes] = []
        try:
            info = self._zip.getinfo(part)
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise _broken(f"ZIP: {part}: {info.compress_type}")
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    chunks.append(chunk)
                    self._bytes -= len(chunk)
                    if self._bytes < 0:
                        raise WorkbookError("workbook-too-large", f"> {MAX_PARSED}")
        except _DAMAGED as error:
            raise _broken(str(error) or type(error).__name__) from error
        except (KeyError, ValueError) as error:
            raise _broken(f"ZIP: {part}") from error
        return b"".join(chunks)


def _broken(problem: str) -> WorkbookError:
    return WorkbookError("workbook-broken", problem)
