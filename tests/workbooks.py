"""Workbooks and Parquet files for tests, made when they are needed: sound ones, and those with one fault each."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from engine.submissions.workbook import column_letters

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

HEADER = ("organization", "indicator", "value", "unit")


class Raw(str):
    """The inside of a cell as XML, its attributes before a bar: `s="1"|<v>0.104</v>`."""

    __slots__ = ()


def rows_xml(rows: Sequence[Sequence[str]], first: int = 1, hidden: Sequence[int] = ()) -> str:
    """Rows of text cells and raw ones; an empty text is no cell."""
    made = []
    for line, row in enumerate(rows, start=first):
        cells = []
        for column, value in enumerate(row, start=1):
            place = f"{column_letters(column)}{line}"
            if isinstance(value, Raw):
                attributes, _, inside = value.partition("|")
                cells.append(f'<c r="{place}" {attributes}>{inside}</c>')
            elif value:
                cells.append(f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>')
        mark = ' hidden="1"' if line in hidden else ""
        made.append(f'<row r="{line}"{mark}>{"".join(cells)}</row>')
    return "".join(made)


def workbook(
    sheets: Mapping[str, str],
    *,
    formats: Sequence[str] = (),
    merged: Sequence[str] = (),
    hidden_sheets: Sequence[str] = (),
    parts: Mapping[str, bytes] | None = None,
    strings: Sequence[str] = (),
    epoch_1904: bool = False,
    packed: bool = True,
) -> bytes:
    """A workbook of these sheets (name → XML of its rows); style n of `formats` is s="n+1"."""
    listed, relations = [], []
    texts: dict[str, bytes] = {}
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden_sheets else ""
        listed.append(f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"{state}/>')
        relations.append(f'<Relationship Id="rId{number}" Type="x" Target="worksheets/sheet{number}.xml"/>')
        ranges = "".join(f'<mergeCell ref="{each}"/>' for each in merged)
        merges = f"<mergeCells>{ranges}</mergeCells>" if merged and number == 1 else ""
        sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{merges}</worksheet>'
        texts[f"xl/worksheets/sheet{number}.xml"] = sheet.encode()
    properties = f'<workbookPr date1904="{int(epoch_1904)}"/>'
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{properties}<sheets>{"".join(listed)}</sheets></workbook>'
    codes = "".join(f'<numFmt numFmtId="{200 + at}" formatCode={quoteattr(code)}/>' for at, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + at}"/>' for at in range(len(formats)))
    texts["xl/workbook.xml"] = book.encode()
    texts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}">{"".join(relations)}</Relationships>'.encode()
    )
    texts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{_MAIN}"><numFmts>{codes}</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs>'
        "</styleSheet>"
    ).encode()
    if strings:
        shared = "".join(f"<si>{string}</si>" for string in strings)
        texts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{shared}</sst>'.encode()
    return archive({**texts, **(parts or {})}, packed)


def table(*rows: Sequence[str], header: Sequence[str] = HEADER, packed: bool = True) -> bytes:
    """A workbook of one sheet, Sheet1, with a header and these rows."""
    return workbook({"Sheet1": rows_xml([header, *rows])}, packed=packed)


def archive(parts: Mapping[str, bytes], packed: bool = True) -> bytes:
    """A ZIP of these parts, the same bytes every time; with parts as they are also on every machine."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()
