import io
import zipfile

import pytest

from engine.submissions.archive import WorkbookError
from engine.submissions.workbook import SheetCell, column_letters, read_workbook
from tests.workbooks import Raw, archive, rows_xml, table, workbook


def cells(content: bytes) -> dict[int, dict[int, SheetCell]]:
    return read_workbook(content).sheets[0].cells


def refused(content: bytes) -> str:
    with pytest.raises(WorkbookError) as caught:
        read_workbook(content)
    return caught.value.code


def test_texts_of_every_kind_are_read() -> None:
    row = [
        "甲",
        Raw('t="s"|<v>0</v>'),
        Raw('t="s"|<v>1</v>'),
        Raw('t="str"|<f>A1&amp;"x"</f><v>甲x</v>'),
        Raw('t="b"|<v>1</v>'),
        Raw('t="e"|<v>#DIV/0!</v>'),
        Raw("|<v>10.4</v>"),
    ]
    strings = ["<t>乙</t>", "<r><t>131</t></r><r><t> 家</t></r><rPh><t>jiā</t></rPh>"]
    (sheet,) = read_workbook(workbook({"一": rows_xml([row])}, strings=strings)).sheets
    assert [cell.text for cell in sheet.cells[1].values()] == ["甲", "乙", "131 家", "甲x", "TRUE", "#DIV/0!", "10.4"]


def test_a_formula_counts_by_its_result_and_is_refused_without_one() -> None:
    read = cells(table([Raw("|<f>1+1</f><v>2</v>"), Raw("|<f>1+1</f>"), Raw("|<f>1+1</f><v></v>")]))
    assert list(read[2].values()) == [
        SheetCell("2"),
        SheetCell("=1+1", "formula-without-value"),
        SheetCell("=1+1", "formula-without-value"),
    ]


def test_formats_belong_to_their_cells() -> None:
    rows = rows_xml([[Raw('s="1"|<v>0.104</v>'), Raw('s="2"|<v>131000</v>'), Raw('s="9"|<v>5</v>')]])
    read = cells(workbook({"a": rows}, formats=["0.0%", "0,"]))
    assert list(read[1].values()) == [
        SheetCell("10.4%"),
        SheetCell("131000", "number-format-doubtful"),
        SheetCell("5"),
    ]


def test_hidden_links_macros_and_merged_cells_are_seen() -> None:
    content = workbook(
        {"a": rows_xml([["x"], ["y"]], hidden=[2]), "b": ""},
        merged=["A1:B2"],
        hidden_sheets=["b"],
        parts={"xl/vbaProject.bin": b"", "xl/externalLinks/externalLink1.xml": b"<a/>"},
    )
    read = read_workbook(content)
    assert (read.links, read.macros) == (True, True)
    assert [sheet.hidden for sheet in read.sheets] == [False, True]
    assert (read.sheets[0].hidden_rows, read.sheets[0].merged) == ({2}, [(1, 1, 2, 2)])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workbook-broken"),
        (b"organization,indicator,value", "workbook-broken"),
        (table(["甲"])[:-200], "workbook-broken"),
        (table(["甲"])[:300] + b"\0" * 400 + table(["甲"])[700:], "workbook-broken"),
        (archive({"a.txt": b"x"}), "workbook-broken"),
        (workbook({"a": "<row>"}), "workbook-broken"),
        (workbook({"a": '<row><c t="s"><v>7</v></c></row>'}), "workbook-broken"),
        (workbook({"a": ""}, parts={"xl/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "workbook-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook-protected"),
        (archive({f"{number}.xml": b"" for number in range(5001)}), "workbook-too-large"),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, code: str) -> None:
    assert refused(content) == code


@pytest.mark.parametrize(
    ("rows", "merged", "code"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', [], "workbook-broken"),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', [], "workbook-broken"),
        ('<row r="1"><c r="A2"><v>1</v></c></row>', [], "workbook-broken"),
        ('<row r="0"><c><v>1</v></c></row>', [], "workbook-broken"),
        ('<row r="1"><c r="A1" s="-1"><v>1</v></c></row>', [], "workbook-broken"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', [], "workbook-broken"),
        ('<row r="1"><c r="ZZZ1"><v>1</v></c></row>', [], "workbook-too-large"),
        ("".join(f"<row><c><v>{n}</v></c></row>" for n in range(100)), ["B1:B100"] * 700, "workbook-too-large"),
    ],
)
def test_cells_that_stand_nowhere_or_everywhere_are_refused(rows: str, merged: list[str], code: str) -> None:
    assert refused(workbook({"a": rows}, merged=merged, strings=["<t>x</t>"])) == code


@pytest.mark.parametrize("names", [["a", "A"], ["很" * 63]])
def test_sheets_have_names_of_their_own(names: list[str]) -> None:
    assert refused(workbook(dict.fromkeys(names, ""))) == "workbook-broken"


@pytest.mark.parametrize(
    ("formula", "calls"),
    [
        ('_xlfn.WEBSERVICE("http://x")', True),
        ("cmd|'/C calc'!A0", True),
        ('1+IMPORTDATA("x")', True),
        ('IF(A1="|",1,2)', False),
        ("SUM(A1:A9)", False),
        ("INDIRECT(A1)", False),
    ],
)
def test_formulas_that_call_out_are_seen(formula: str, calls: bool) -> None:
    (sheet,) = read_workbook(table([Raw(f"|<f>{formula}</f><v>1</v>")], header=["x"])).sheets
    assert [call[:2] for call in sheet.calls] == ([(2, 1)] if calls else [])


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    content = workbook({"a": ""}, parts={"xl/media/bomb.bin": b"\0" * 100_000_001})
    assert len(content) < 200_000
    assert refused(content) == "workbook-too-large"


def test_a_part_under_a_password_is_refused() -> None:
    content = bytearray(table(["甲"]))
    for start in (content.find(b"PK\x01\x02"), content.rfind(b"PK\x01\x02")):
        content[start + 8] |= 1
    assert zipfile.is_zipfile(__import__("io").BytesIO(bytes(content)))
    assert refused(bytes(content)) == "workbook-broken"


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_have_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters


@pytest.mark.parametrize(
    ("written", "spoilt"),
    [
        ('r="A1"', 'r="1"'),
        ('r="A1"', 'r="ZZZZZ1"'),
        ('<row r="1"', '<row r="0"'),
        ('<row r="1"', '<row r="1048577"'),
    ],
)
def test_cells_where_no_sheet_has_any_are_refused(written: str, spoilt: str) -> None:
    rows = rows_xml([("甲",)])
    assert written in rows
    assert refused(workbook({"一": rows.replace(written, spoilt)})) == "workbook-broken"


def test_an_encoding_that_nobody_knows_is_refused() -> None:
    styles = b'<?xml version="1.0" encoding="x-none"?><styleSheet/>'
    assert refused(workbook({"一": rows_xml([("甲",)])}, parts={"xl/styles.xml": styles})) == "workbook-broken"


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_packing_that_no_spreadsheet_uses_is_refused(method: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        made.writestr("xl/workbook.xml", b"<workbook/>")
    assert refused(buffer.getvalue()) == "workbook-broken"
