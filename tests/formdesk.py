"""A department's desk for tests: fills in a form, has LibreOffice recalculate it, and reads it back."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.model.form import Stamp
from engine.submissions.xlsxform import read_xlsx_submission

SOFFICE = shutil.which("soffice")

#: What identifies a row of a form: indicator, member, part.
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """What is written into a row; an empty unit leaves the one that the form proposes."""

    value: str
    unit: str = ""
    baseline: str | None = None
    evidence: str = ""
    note: str = ""
    revises: tuple[str, str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet to fill in: its number from 1, and its cells by the heading of their column."""

    number: int
    cells: dict[str, str]

    @property
    def key(self) -> Key:
        return (self.cells["指標代碼"], self.cells["成員"], self.cells["組成"])


def rows_of(content: bytes) -> list[Row]:
    """The rows below the header, every cell as text."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells = [[str(cell) for cell in row] for row in book.get_sheet_by_name("填報").to_python(skip_empty_area=False)]
    head = next(place for place, row in enumerate(cells) if "指標代碼" in row)
    return [
        Row(number + 1, dict(zip(cells[head], row, strict=True)))
        for number, row in enumerate(cells)
        if number > head and any(row)
    ]


def stamp_line(content: bytes) -> str:
    """The stamp on the hidden sheet."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return str(book.get_sheet_by_name("_form").to_python()[0][0])


def read_back(content: bytes) -> list[Entry]:
    """The entries of a filled form, as a check reads them; nothing about it is objected to."""
    found: list[Diagnostic] = []
    entries, stamp = read_xlsx_submission(content, "form.xlsx", found)
    assert stamp == Stamp.parse(stamp_line(content))
    assert found == []
    return entries


def restamp(content: bytes, digest: str) -> bytes:
    """The workbook as made from another book."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
        for name in source.namelist():
            result.writestr(name, re.sub(rb"book=sha256:\w+", f"book={digest}".encode(), source.read(name)))
    return target.getvalue()


def fill_in(content: bytes, answers: Mapping[Key, Filled]) -> bytes:
    """The workbook with these answers typed in; formulas lose what was calculated before, as on a change."""
    numbers = {row.key: row.number for row in rows_of(content) if row.cells["指標代碼"]}
    assert set(answers) <= set(numbers), set(answers) - set(numbers)
    texts: dict[str, str] = {}
    columns = {name: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place] for place, name in enumerate(rows_of(content)[0].cells)}
    for key, filled in answers.items():
        typed = {"數值": filled.value, "佐證": filled.evidence, "說明": filled.note}
        typed |= {"計量單位": filled.unit} if filled.unit else {}
        typed |= {"基期數": filled.baseline} if filled.baseline is not None else {}
        typed |= dict(zip(("更正期別", "更正前", "更正後", "更正理由"), filled.revises or (), strict=False))
        texts |= {f"{columns[name]}{numbers[key]}": text for name, text in typed.items() if text or name == "基期數"}
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(r"(</f>)<v>[^<]*</v>|(</f>)<v/>", r"\1\2", data.decode())
                if name == "xl/worksheets/sheet1.xml":
                    text = _typed(text, texts)
                data = text.encode()
            result.writestr(name, data)
    return target.getvalue()


def _typed(sheet: str, texts: Mapping[str, str]) -> str:
    for place, text in texts.items():
        pattern = re.compile(rf'<c r="{place}"( s="\d+")(?: t="\w+"><v>[^<]*</v></c>|/>)')
        cell = f'<c r="{place}"\\1 t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        sheet, count = pattern.subn(cell, sheet)
        assert count == 1, f"{place} is no cell to fill in"
    return sheet


def recalculate(folder: Path, workbooks: Mapping[str, bytes], ending: str = "xlsx") -> dict[str, bytes]:
    """Every workbook as LibreOffice opens, recalculates and saves it; one process takes a few dozen of them."""
    assert SOFFICE is not None, "soffice is not here"
    given, made = folder / "given", folder / "made"
    given.mkdir(parents=True)
    names = {f"{number}.xlsx": name for number, name in enumerate(workbooks)}
    for number, name in names.items():
        (given / number).write_bytes(workbooks[name])
    for batch in batched(names, 40):
        command = [
            SOFFICE, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to", ending, "--outdir", str(made), *(str(given / name) for name in batch),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, done.stderr
    return {names[path.with_suffix(".xlsx").name]: path.read_bytes() for path in sorted(made.iterdir())}


def batched(names: Iterable[str], size: int) -> Iterator[list[str]]:
    """The names in lists of at most `size`."""
    listed = list(names)
    return (listed[place : place + size] for place in range(0, len(listed), size))
