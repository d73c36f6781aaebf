"""An office's desk for tests: has LibreOffice turn a document into PDF, and measures its pages with poppler."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path

from engine.report.officialfonts import fontconfig_aliases

#: Everything that turning and measuring takes; None where something is not here.
WRITER = shutil.which("soffice") if shutil.which("lowriter") and shutil.which("pdftotext") else None

_MM = 25.4 / 72

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text on a page. Units: millimetres from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page. Units: millimetres."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Everything on the page in its order, without blanks."""
        return "".join(word.text for word in self.words)


@dataclass(frozen=True)
class Pdf:
    """A PDF file."""

    path: Path

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return tuple(self._read_pages())

    def _read_pages(self) -> Iterator[Page]:
        ran = subprocess.run(["pdftotext", "-bbox", self.path, "-"], capture_output=True, check=True, timeout=60)
        for width, height, inside in _PAGE.findall(ran.stdout.decode()):
            words = [
                Word(unescape(text), *(float(number) * _MM for number in box)) for *box, text in _WORD.findall(inside)
            ]
            yield Page(float(width) * _MM, float(height) * _MM, tuple(words))

    @property
    def fonts(self) -> dict[str, bool]:
        """The fonts of the file without the mark of a subset, and whether each is embedded."""
        ran = subprocess.run(["pdffonts", self.path], capture_output=True, check=True, timeout=60)
        rows = ran.stdout.decode().splitlines()[2:]
        return {row.split()[0].partition("+")[2] or row.split()[0]: row.split()[-5] == "yes" for row in rows}


def to_pdf(document: Path, folder: Path) -> Pdf:
    """The document as LibreOffice prints it, with the fonts that the format declares as stand-ins."""
    assert WRITER is not None
    folder.mkdir(parents=True, exist_ok=True)
    fonts = folder / "fonts.conf"
    # LibreOffice asks fontconfig for what a document does not bring, and not the document's own list.
    whole = '<fontconfig>\n<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    fonts.write_text(fontconfig_aliases().replace("<fontconfig>", whole, 1), encoding="utf-8")
    subprocess.run(
        [WRITER, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", folder, document],
        check=True, capture_output=True, timeout=300,
        env={"FONTCONFIG_FILE": str(fonts), "HOME": str(folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    return Pdf(folder / f"{document.stem}.pdf")
