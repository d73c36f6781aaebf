import io
import re
import zipfile

from python_calamine import CalamineWorkbook

from engine.report.circularbook import circular_workbook
from engine.report.circularwords import circular_values
from engine.report.words import Words
from tests.unit.model.test_circular import made


def workbook() -> bytes:
    circular, words = made("2025Q2"), Words("zh-Hant")
    return circular_workbook(circular, circular_values(circular, words), "通報", words)


def test_every_annex_has_its_sheet() -> None:
    names = CalamineWorkbook.from_filelike(io.BytesIO(workbook())).sheet_names
    assert names[0] == "判定"
    assert {"名次 縣市區和高新區", "分項 縣市區和高新區", "名次 市直部門", "發現", "缺報", "口徑", "計算"} <= set(names)
    assert all(len(name) <= 31 for name in names)


def test_places_are_numbers_and_clauses_are_names() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook()))
    verdicts = book.get_sheet_by_name("判定").to_python()[1:]
    assert all(isinstance(row[0], str) for row in verdicts)
    places = book.get_sheet_by_name("名次 縣市區和高新區").to_python()
    assert places[0][:4] == ["名次", "升降", "單位", "得分"]
    assert [row[2] for row in places[1:3]] == ["咸寧高新區管委會", "咸安區"]
    assert all(isinstance(row[3], float) for row in places[1:])


def test_workbook_does_not_depend_on_the_clock() -> None:
    content = workbook()
    assert content == workbook()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert re.search("created[^>]*>2025-07-20T", archive.read("docProps/core.xml").decode())
