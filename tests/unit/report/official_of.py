"""A document with everything that the standard speaks of, its XML, and the numbers of the standard."""

import csv
import io
import re
import zipfile
from datetime import date
from functools import cache
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from engine.report.officialdoc import OfficialDocument
from engine.report.officialwords import written_date
from tests.conftest import ROOT

DAY = date(2025, 7, 5)


@cache
def standard() -> dict[str, str]:
    """The values of the summary by the name of the element.

    Source: tests/data/gbt9704_2012.csv, whose last column names where each value was read.
    """
    with (ROOT / "tests" / "data" / "gbt9704_2012.csv").open(encoding="utf-8", newline="") as stream:
        return {row["element"]: row["value"] for row in csv.DictReader(stream)}


def numbers(element: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", standard()[element])]


def sample() -> OfficialDocument:
    document = OfficialDocument()
    document.letterhead("示例市人民政府")
    document.number("示政督〔2025〕1號")
    document.title("2025年上半年通報")
    document.recipients("各縣：")
    document.paragraph("根據方案，現通報如下。")
    document.heading(1, "總體情況")
    document.heading(2, "進展")
    document.heading(3, "工業")
    document.heading(4, "規上企業")
    document.heading(1, "要求")
    document.table(("單位", "得分"), [(f"單位{number}", str(number)) for number in range(60)], (3, 1))
    document.annex_note(["計分辦法", "全表"])
    document.signature("示例市人民政府", written_date(DAY))
    document.annex("計分辦法", 1)
    document.paragraph("從略。")
    return document


@cache
def content() -> bytes:
    return sample().to_bytes("通報", "示例市人民政府", DAY)


@cache
def part(name: str) -> Any:
    return parse_xml(zipfile.ZipFile(io.BytesIO(content())).read(name))


def body() -> Any:
    return part("word/document.xml").find(qn("w:body"))


def paragraph(text: str) -> Any:
    found = [each for each in body().iter(qn("w:p")) if text_of(each) == text]
    assert len(found) == 1, text
    return found[0]


def text_of(element: Any) -> str:
    return "".join(piece.text or "" for piece in element.iter(qn("w:t")))


def value(element: Any, path: str, name: str = "w:val") -> str | None:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    return None if found is None else found.get(qn(name))


def millimetres(twips: str | None) -> float:
    assert twips is not None
    return int(twips) * 25.4 / 1440


def points(element: Any) -> float:
    return int(value(element, "w:r/w:rPr/w:sz") or "0") / 2


def face_of(element: Any) -> str | None:
    return value(element, "w:r/w:rPr/w:rFonts", "w:eastAsia")
