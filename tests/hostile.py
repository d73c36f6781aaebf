"""Submissions that no repository can hold: pipes, links, names that git refuses, and what is small on disk and large.

They are part of the table of tests/brokencases.py and declared in its words. Each is made when it is needed, and
checked by the real command in a process started for it.
"""

import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests import parquets
from tests.parquets import parquet
from tests.workbooks import HEADER, Raw, archive, rows_xml, workbook

_CSV = "organization,indicator,value,unit\n"
_WRONG = "organization: 市財政\nfigures:\n  new-pocket-parks: 5 個\n"


@dataclass(frozen=True, slots=True)
class Hostile:
    """What is put into a folder under a name, and what a check is expected to say (tests/brokencases.py).

    `alone` is what a check is pointed at by its own path; of anything else at the folder that it lies in.
    """

    name: str
    remark: str
    expect: str
    make: Callable[[Path], object]
    also: str = ""
    alone: bool = True

    @property
    def declared(self) -> str:
        """The declaration that a file would hold."""
        return f"# expect: {self.expect}\n" + (f"# also: {self.also}\n" if self.also else "")

    def put(self, folder: Path) -> list[Path]:
        """Make it; the paths that a check is pointed at."""
        self.make(folder / self.name)
        return [folder / self.name if self.alone else folder]


def _bytes(content: Callable[[], bytes]) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content())


def _text(content: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(content, encoding="utf-8", newline="")


def _sparse(size: int) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        with path.open("wb") as stream:
            stream.truncate(size)

    return make


def _outside(path: Path) -> None:
    """A link to a sound submission that lies beside the folder."""
    away = path.parent.parent / "elsewhere"
    away.mkdir(exist_ok=True)
    (away / "sound.yaml").write_text(
        "organization: 市人社局\nfigures: {trained-care-workers: 1000 人}\n", encoding="utf-8"
    )
    path.symlink_to(away / "sound.yaml")


def _deep(path: Path) -> None:
    """Four hundred folders one within another, and a submission in the last."""
    at = path
    at.mkdir()
    for _ in range(400):
        # One by one: asked for all at once, the library would go down as deep in calls.
        at = at / "d"
        at.mkdir()
    (at / f"{path.name}-a.yaml").write_text(_WRONG, encoding="utf-8")


def _sheet(rows: str, **options: object) -> bytes:
    return workbook({"S": rows}, **options)  # type: ignore[arg-type]


def _header() -> str:
    return rows_xml([HEADER])


def _shared_cells(count: int, cell: str) -> str:
    """Rows of a header and `count` cells, all the same."""
    return _header() + "".join(f'<row r="{row}">{cell.format(row=row)}</row>' for row in range(2, count + 2))


def _lying() -> bytes:
    """A sheet of 150 MB that says of itself to be of a thousand bytes."""
    honest = _sheet(_header() + " " * 150_000_000)
    made = bytearray(honest)
    size = zipfile.ZipFile(io.BytesIO(honest)).getinfo("xl/worksheets/sheet1.xml").file_size
    return bytes(made.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little")))


def _one_sheet_often() -> bytes:
    """Two hundred sheets that are the same part of four megabytes."""
    sheets = "".join(f'<sheet name="s{at}" sheetId="{at}" r:id="rId1"/>' for at in range(1, 200))
    with zipfile.ZipFile(io.BytesIO(_sheet(_header() + " " * 4_000_000))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", f"{sheets}</sheets>".encode())
    return archive(parts)


def _rows(count: int, row: str) -> str:
    return _CSV + "".join(row.format(at) for at in range(count))


def _columns(count: int) -> list[parquets.Column]:
    texts = {"organization": "市財政局", "indicator": "new-pocket-parks", "value": "5", "unit": "個"}
    return [parquets.running(parquets.text(name, text), count) for name, text in texts.items()]


_NAMES = {
    "name-of\ntwo lines.yaml": "A name of two lines.",
    "name-\x1b[2J\x1b[31m.yaml": "A name that would clear a terminal.",
    "name-\u202elmay.yaml": "A name that is shown backwards.",
    "=cmd|'-C calc'!A0.yaml": "A name that is a command to a spreadsheet.",
    "-rf.yaml": "A name that looks like an option.",
    "@SUM(1).yaml": "A name that is a function.",
    "name-<script>alert(1).yaml": "A name with markup.",
    "name-%s-{x}.yaml": "A name with places for words.",
    "name-\udcff.yaml": "A name that is no UTF-8.",
    "::error file=a,line=1::x.yaml": "A name that is a command to a build server.",
    "name-" + "長" * 80 + ".yaml": "A name as long as names may be.",
}

_UNKNOWN = 'unknown-organization 1:15 "市財政"'

HOSTILE: list[Hostile] = [
    # What is no file
    Hostile("pipe.yaml", "A pipe: reading would wait for ever.", "not-a-regular-file -", os.mkfifo),
    Hostile("pipe-in-folder.csv", "A pipe among files.", "not-a-regular-file -", os.mkfifo, alone=False),
    Hostile("folder.yaml", "A folder under the name of a file.", "not-a-regular-file -", Path.mkdir, alone=False),
    Hostile("link-out.yaml", "A link out of the folder.", "link-not-followed -", _outside, alone=False),
    Hostile(
        "link-to-secrets.csv",
        "A link to a file of the machine.",
        "link-not-followed -",
        lambda path: path.symlink_to("/etc/passwd"),
        alone=False,
    ),
    Hostile(
        "link-to-device.yaml",
        "A link to what never ends.",
        "link-not-followed -",
        lambda path: path.symlink_to("/dev/zero"),
        alone=False,
    ),
    Hostile(
        "link-to-folder",
        "A link to the folder that it lies in.",
        "link-not-followed -",
        lambda path: path.symlink_to("."),
        alone=False,
    ),
    Hostile(
        "link-to-folder-above.yaml",
        "A link to the folders above.",
        "link-not-followed -",
        lambda path: path.symlink_to("../.."),
        alone=False,
    ),
    Hostile(
        "link-to-itself.yaml",
        "A link to itself.",
        "file-unreadable -",
        lambda path: path.symlink_to(path.name),
        alone=False,
    ),
    Hostile(
        "link-to-nothing.yaml",
        "A link to nothing.",
        "file-unreadable -",
        lambda path: path.symlink_to("nowhere.yaml"),
        alone=False,
    ),
    Hostile(
        "link-to-itself-alone.yaml",
        "A link to itself, named.",
        "file-unreadable -",
        lambda path: path.symlink_to(path.name),
    ),
    # Names
    *(Hostile(name, remark, _UNKNOWN, _text(_WRONG)) for name, remark in _NAMES.items()),
    Hostile(
        "deep-folders",
        "Four hundred folders within each other.",
        "unknown-organization a.yaml:1:15",
        _deep,
        alone=False,
    ),
    # Workbooks that unpack to more than anybody wrote
    Hostile(
        "bomb-media.xlsx",
        "A picture of 100 MB of nothing.",
        'workbook-too-large - "unpacks"',
        _bytes(lambda: _sheet(_header(), parts={"xl/media/bomb.bin": bytes(100_000_001)})),
    ),
    Hostile(
        "bomb-sheet.xlsx",
        "A sheet of 60 MB of blanks.",
        'workbook-too-large - "unpacks"',
        _bytes(lambda: _sheet(_header() + " " * 60_000_000)),
    ),
    Hostile("bomb-lying.xlsx", "A sheet that says it is small.", "workbook-broken -", _bytes(_lying)),
    Hostile(
        "bomb-one-sheet-often.xlsx", "One part under many names.", "workbook-too-large -", _bytes(_one_sheet_often)
    ),
    Hostile(
        "bomb-parts.xlsx",
        "More parts than can be listed.",
        "workbook-too-large -",
        _bytes(lambda: archive({f"xl/{at}.xml": b"" for at in range(30_000)})),
    ),
    Hostile(
        "bomb-elements.xlsx",
        "A million cells of nothing.",
        "workbook-too-large -",
        _bytes(lambda: _sheet(_header() + '<row r="2">' + "<c/>" * 1_500_000 + "</row>")),
    ),
    Hostile(
        "bomb-cells.xlsx",
        "A quarter of a million cells.",
        "workbook-too-large -",
        _bytes(lambda: _sheet(_shared_cells(250_000, '<c r="A{row}"><v>1</v></c>'))),
    ),
    Hostile(
        "bomb-shared-string.xlsx",
        "One text of 30 000 characters in 50 000 cells.",
        "workbook-too-large -",
        _bytes(
            lambda: _sheet(
                _shared_cells(50_000, '<c r="A{row}" t="s"><v>0</v></c>'), strings=[f"<t>{'很' * 30_000}</t>"]
            )
        ),
    ),
    Hostile(
        "bomb-merged.xlsx",
        "Thousands of merged cells over each other.",
        "workbook-too-large -",
        _bytes(lambda: _sheet(_shared_cells(20_000, '<c r="A{row}"><v>1</v></c>'), merged=["B2:C20001"] * 4_999)),
    ),
    Hostile(
        "bomb-format.xlsx",
        "A number format of a megabyte for every cell.",
        'number-format-doubtful S!C2 "5"',
        _bytes(
            lambda: _sheet(
                rows_xml([HEADER, ("市民政局", "new-pocket-parks", Raw('s="1"|<v>5</v>'), "個")]),
                formats=["0" * 1_000_000],
            )
        ),
    ),
    Hostile(
        "bomb-attributes.xlsx",
        "An element of a hundred thousand attributes.",
        "submission-empty -",
        _bytes(lambda: _sheet("<row " + " ".join(f'a{at}="1"' for at in range(100_000)) + "/>")),
    ),
    Hostile(
        "bomb-word.xlsx",
        "One name of 20 MB.",
        "unknown-organization S!A2",
        _bytes(lambda: _sheet(rows_xml([HEADER, ("x" * 19_000_000, "new-pocket-parks", "5", "個")]))),
    ),
    # Tables
    Hostile(
        "rows-200000.csv",
        "More rows than anybody fills in.",
        "too-many-rows -",
        _text(_rows(200_000, "市財政局,new-pocket-parks,5,個\n")),
    ),
    Hostile(
        "rows-unknown.csv",
        "Ten thousand names that nobody knows.",
        "too-many-findings 5003:3",
        _text(_rows(10_000, "市{}局,new-pocket-parks,5,個\n")),
        also="unknown-organization",
    ),
    Hostile("rows-empty.csv", "Forty million lines of nothing.", "too-many-rows -", _bytes(lambda: b"\n" * 40_000_000)),
    Hostile("row-of-commas.csv", "A row of three million cells.", "csv-broken 2:1", _text(_CSV + "," * 3_000_000)),
    Hostile(
        "cell-of-200000.csv",
        "A cell longer than cells are.",
        'csv-broken 2:1 "131072"',
        _text(_CSV + f"市財政局,new-pocket-parks,{'5' * 200_000},個\n"),
    ),
    Hostile(
        "quote-never-closed.csv",
        "A quote that takes the rest.",
        "csv-broken 2:1",
        _text(_CSV + '"' + "市財政局,new-pocket-parks,5,個\n" * 100_000),
    ),
    Hostile(
        "gbk-lines.csv",
        "Ten million lines in another encoding.",
        "too-many-rows -",
        _bytes(lambda: "甲\n".encode("gbk") * 10_000_000),
    ),
    Hostile("nothing-of-40-MB.csv", "Forty megabytes of NUL.", "csv-broken 1:1", _sparse(40_000_000)),
    Hostile("nothing-of-60-MB.yaml", "Sixty megabytes of NUL.", "file-too-large -", _sparse(60_000_000)),
    # YAML
    Hostile(
        "text-of-300000.yaml",
        "More than a submission holds.",
        "yaml-too-large -",
        _text(_WRONG + "note: " + "x" * 300_000 + "\n"),
    ),
    Hostile(
        "name-of-200000.yaml",
        "A name of 200 000 characters.",
        "unknown-organization 1:15",
        _text(f"organization: {'很' * 200_000}\nfigures:\n  new-pocket-parks: 5 個\n"),
    ),
    Hostile(
        "keys-repeated.yaml",
        "One key, nine thousand times.",
        'repeated-key 4:3 "new-pocket-parks"',
        _text("organization: 市財政局\nfigures:\n" + "  new-pocket-parks: 5 個\n" * 9_000),
        also="figures-conflict",
    ),
    Hostile(
        "indicators-unknown.yaml",
        "Twenty thousand names that nobody knows.",
        "too-many-findings 2",
        _text("organization: 市財政局\nfigures: {" + ",".join(f"k{at}: 5" for at in range(20_000)) + "}\n"),
        also="unknown-indicator",
    ),
    Hostile(
        "parts-by-the-thousand.yaml",
        "Twenty thousand parts.",
        "parts-unknown 3",
        _text(
            "organization: 市司法局\nfigures:\n  new-pocket-parks: {parts: {"
            + ",".join(f"k{at}: 5" for at in range(20_000))
            + "}}\n"
        ),
    ),
    Hostile("brackets.yaml", "A hundred thousand brackets.", "yaml-too-deep 1", _text("[" * 100_000)),
    Hostile("dashes.yaml", "A hundred thousand dashes.", "yaml-too-deep 1", _text("- " * 100_000)),
    Hostile(
        "anchors.yaml",
        "Names for every value, and a use of one.",
        "yaml-alias 2",
        _text("a: [" + ",".join(f"&a{at} x" for at in range(20_000)) + "]\nb: *a1\n"),
    ),
    # Parquet
    Hostile(
        "row-groups.parquet",
        "Twenty thousand row groups.",
        "parquet-broken -",
        _bytes(lambda: parquet(parquets.text("organization", "市財政局"), parquets.text("value", "5"), groups=20_000)),
    ),
    Hostile(
        "rows-of-nothing.parquet",
        "A million rows in half a kilobyte.",
        "too-many-rows -",
        _bytes(lambda: parquet(*_columns(1_000_000))),
    ),
]
