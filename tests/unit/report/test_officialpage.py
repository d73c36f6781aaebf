"""The page in the document's XML against the numbers of tests/data/gbt9704_2012.csv."""

import pytest
from docx.oxml.ns import qn

from tests.unit.report.official_of import (
    body,
    face_of,
    millimetres,
    numbers,
    part,
    points,
    text_of,
    value,
)


def test_paper_and_margins_leave_the_type_area() -> None:
    size, margins = body().find(f"{qn('w:sectPr')}/{qn('w:pgSz')}"), body().find(f"{qn('w:sectPr')}/{qn('w:pgMar')}")
    width, height = (millimetres(size.get(qn(f"w:{name}"))) for name in ("w", "h"))
    top, bottom, left, right = (
        millimetres(margins.get(qn(f"w:{name}"))) for name in ("top", "bottom", "left", "right")
    )
    assert [width, height] == pytest.approx(numbers("paper")[1:], abs=0.05)
    assert top == pytest.approx(numbers("top margin 天头")[0], abs=0.05)
    assert left == pytest.approx(numbers("left margin 订口")[0], abs=0.05)
    assert [right, bottom] == pytest.approx(numbers("derived right / bottom margin")[:2], abs=0.05)
    assert [width - left - right, height - top - bottom] == pytest.approx(numbers("type area 版心"), abs=0.1)


def test_lines_and_characters_fill_the_type_area() -> None:
    lines, characters = numbers("lines per page, characters per line")[:2]
    width, height = numbers("type area 版心")
    styles = part("word/styles.xml")
    normal = next(each for each in styles if each.get(qn("w:styleId")) == "Normal")
    line = int(value(normal, "w:pPr/w:spacing", "w:line") or "0") / 20
    assert value(normal, "w:pPr/w:spacing", "w:lineRule") == "exact"
    assert line == 28.95
    assert line in numbers("line spacing")
    assert lines == height * 72 / 25.4 // line
    size, closer = int(value(normal, "w:rPr/w:sz") or "0") / 2, int(value(normal, "w:rPr/w:spacing") or "0") / 20
    assert size == numbers("body font")[1]
    assert characters == width * 72 / 25.4 // (size + closer)
    grid = body().find(f"{qn('w:sectPr')}/{qn('w:docGrid')}")
    assert int(grid.get(qn("w:linePitch"))) / 20 == line


def test_page_numbers_stand_outside_below_the_type_area() -> None:
    size, drop = numbers("page number")[0], numbers("page number")[1]
    assert size == 4  # 4號 is 14 points
    margins = body().find(f"{qn('w:sectPr')}/{qn('w:pgMar')}")
    below = millimetres(margins.get(qn("w:bottom"))) - millimetres(margins.get(qn("w:footer"))) - 14 * 25.4 / 72
    assert below == pytest.approx(drop, abs=0.1)
    kinds = {}
    for reference in body().iter(qn("w:footerReference")):
        relations = part("word/_rels/document.xml.rels")
        target = next(each.get("Target") for each in relations if each.get("Id") == reference.get(qn("r:id")))
        kinds[reference.get(qn("w:type"))] = part(f"word/{target}")
    assert set(kinds) == {"default", "even"}
    for kind, side in (("default", "right"), ("even", "left")):
        foot = kinds[kind].find(qn("w:p"))
        assert text_of(foot) == "— 1 —"
        assert value(foot, "w:pPr/w:jc") == side
        assert value(foot, "w:pPr/w:ind", f"w:{side}Chars") == "100"
        assert (face_of(foot), points(foot)) == ("宋体", 14)
    assert part("word/settings.xml").find(qn("w:evenAndOddHeaders")) is not None
