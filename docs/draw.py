"""Makes the pictures of the pages: `python docs/draw.py` names those that are out of date, `--write` makes all.

Drawings (`.svg`) follow from the program alone: the terminal shows what a command prints, the layers are those of
`pyproject.toml`. Photographs (`.png`) are taken of real pages by Chromium, LibreOffice and poppler; without these they
stay as they are.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from click.testing import CliRunner
from wcwidth import wcwidth

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"

# The script also runs where the package is not installed.
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from cli import cli  # noqa: E402
from commands.check import check  # noqa: E402
from docs.layers import layers  # noqa: E402

_MONO = "SFMono-Regular,Menlo,Consolas,'Noto Sans Mono CJK TC','Noto Sans Mono CJK SC',NSimSun,monospace"
_SANS = "-apple-system,'Segoe UI',Roboto,'Noto Sans CJK TC',sans-serif"
_CELL, _LINE, _EDGE = 7.8, 19, 16
_COLOURS = {"31": "#ff8a80", "32": "#7ddc9a", "33": "#f2c94c", "34": "#82b1ff", "35": "#d7a6f5", "36": "#7fd8e0"}
_SGR = re.compile(r"\x1b\[([\d;]*)m")


# --- the terminal ----------------------------------------------------------------------------------------------


def terminal(*words: str) -> str:
    """The picture of a terminal in which `check` was called with these words."""
    fixed = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "LANGUAGE": "", "COLUMNS": "120"}
    ran = CliRunner().invoke(
        check, [*words, "--color", "always", "--book", str(ROOT)], prog_name="check", env=fixed, color=True
    )
    shown = ran.output.replace(f"{ROOT}/", "")
    return draw([f"$ check {' '.join(words)}".replace(f"{ROOT}/", ""), *shown.rstrip("\n").split("\n")])


def draw(lines: list[str]) -> str:
    """Lines with the terminal's marks for colours, as a picture.

    A run of wide characters is given the width of its cells, so that columns stand in line whatever font there is.
    """
    columns = max(sum(_cells(text) for text, _ in _runs(line)) for line in lines)
    width, height = round(columns * _CELL + 2 * _EDGE), len(lines) * _LINE + 2 * _EDGE
    body = [text for row, line in enumerate(lines) for text in _row(line, _EDGE + 14 + row * _LINE)]
    return "\n".join([
        _head(width, height),
        "<title>biaochi</title>",
        f'<rect width="{width}" height="{height}" rx="8" fill="#1b1f27"/>',
        f'<g font-family="{_MONO}" font-size="13" fill="#dfe3ea" xml:space="preserve">',
        *body,
        "</g>",
        "</svg>",
        "",
    ])  # fmt: skip


def _head(width: int, height: int) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'


def _row(line: str, y: int) -> Iterator[str]:
    column = 0
    for text, marks in _runs(line):
        for part in re.findall(r"[^\S\n]+|[\x21-\x7e]+(?: [\x21-\x7e]+)*|[^\x20-\x7e]+", text):
            cells = _cells(part)
            if not part.isspace():
                paint = "".join(f' fill="{_COLOURS[mark]}"' for mark in marks if mark in _COLOURS)
                weight = ' font-weight="bold"' if "1" in marks else ""
                faint = ' opacity="0.65"' if "2" in marks else ""
                yield (
                    f'<text x="{_EDGE + column * _CELL:.1f}" y="{y}" textLength="{cells * _CELL:.1f}"'
                    f' lengthAdjust="spacingAndGlyphs"{paint}{weight}{faint}>{escape(part)}</text>'
                )
            column += cells


def _runs(line: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The pieces of a line, each with the marks that hold for it."""
    marks: tuple[str, ...] = ()
    for index, part in enumerate(_SGR.split(line)):
        if index % 2 == 0:
            if part:
                yield part, marks
        else:
            marks = () if part in ("", "0") else (*marks, *part.split(";"))


def _cells(text: str) -> int:
    return sum(max(wcwidth(sign), 0) for sign in text)


# --- the layers ------------------------------------------------------------------------------------------------


def architecture() -> str:
    """The picture of the layers: whatever stands lower knows nothing of what stands above it."""
    rows = [["cli"], ["biaochi"], *layers()]
    wide, tall, gap, across = 108, 34, 20, 860
    height = len(rows) * (tall + gap) + 10
    body: list[str] = []
    for index, names in enumerate(rows):
        y = 10 + index * (tall + gap)
        room = len(names) * wide + (len(names) - 1) * 12
        for place, name in enumerate(names):
            x = (across - room) / 2 + place * (wide + 12)
            fill = "#e3f2ef" if (ROOT / "engine" / name).is_dir() else "#eef0f4"
            body.append(
                f'<rect x="{x:.0f}" y="{y}" width="{wide}" height="{tall}" rx="5" fill="{fill}" stroke="#00796b"/>'
                f'<text x="{x + wide / 2:.0f}" y="{y + 22}" text-anchor="middle">{escape(name)}</text>'
            )
        if index + 1 < len(rows):
            middle, foot = across // 2, y + tall
            body.append(f'<path d="M{middle} {foot + 2}v{gap - 6}m-4 -5l4 5l4 -5" fill="none" stroke="#546e7a"/>')
    return "\n".join([
        _head(across, height),
        "<title>Layers: what stands higher imports what stands lower</title>",
        f'<rect width="{across}" height="{height}" fill="#ffffff"/>',
        f'<g font-family="{_SANS}" font-size="13" fill="#20262e">',
        *body,
        "</g>",
        "</svg>",
        "",
    ])  # fmt: skip


#: Drawings, by the name of their file.
DRAWN: dict[str, Callable[[], str]] = {
    "check.svg": lambda: terminal("submissions/2025Q2/", "--org", "市發改委", "--lang", "en"),
    "check.zh.svg": lambda: terminal("submissions/2025Q2/", "--org", "市發改委", "--lang", "zh-Hans"),
    "architecture.svg": architecture,
}


# --- photographs -----------------------------------------------------------------------------------------------


def photograph_report(language: str, picture: Path) -> None:
    """The page of `biaochi report` in Chromium."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        _made("report", str(ROOT / "submissions"), "-o", str(page), "--lang", language)
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1280,760",
             f"--user-data-dir={folder}/profile", "--virtual-time-budget=4000", f"--screenshot={picture}",
             page.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


def photograph_circular(picture: Path) -> None:
    """The first page of a circular, as LibreOffice prints it."""
    from tests.officedesk import to_pdf

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = folder / "circular.docx"
        _made("circular", str(ROOT / "submissions" / "2025Q2"), "-o", str(document), "--lang", "zh-Hans")
        pdf = to_pdf(document, folder / "pdf")
        subprocess.run(
            ["pdftoppm", "-f", "1", "-l", "1", "-r", "75", "-png", "-singlefile", pdf.path, picture.with_suffix("")],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip


def _made(*words: str) -> None:
    ran = CliRunner().invoke(cli, [*words, "--book", str(ROOT)], catch_exceptions=False)
    if ran.exit_code:
        raise SystemExit(ran.output)


#: Photographs, by the name of their file, with the programs that they take.
TAKEN: dict[str, tuple[tuple[str, ...], Callable[[Path], None]]] = {
    "report.png": (("chromium",), lambda picture: photograph_report("en", picture)),
    "report.zh.png": (("chromium",), lambda picture: photograph_report("zh-Hans", picture)),
    "circular.png": (("soffice", "lowriter", "pdftotext", "pdftoppm"), photograph_circular),
}


def stale() -> list[str]:
    """The drawings that are not as they should be."""
    return [
        name
        for name, drawn in DRAWN.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != drawn()
    ]


def main(arguments: list[str]) -> int:
    """Check the drawings, or make all pictures with `--write`; 1 where one is out of date."""
    if arguments not in ([], ["--write"]):
        print("usage: python docs/draw.py [--write]", file=sys.stderr)
        return 2
    old = stale()
    for name in old:
        if arguments:
            (FOLDER / name).write_text(DRAWN[name](), encoding="utf-8")
        print(f"{'written' if arguments else 'out of date'}: docs/pictures/{name}")
    for name, (programs, take) in TAKEN.items() if arguments else ():
        if all(shutil.which(program) for program in programs):
            take(FOLDER / name)
            print(f"taken: docs/pictures/{name}")
        else:
            print(f"left as it is, for want of {', '.join(programs)}: docs/pictures/{name}", file=sys.stderr)
    return 1 if old and not arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
