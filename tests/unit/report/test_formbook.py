import io
import re
import zipfile
from dataclasses import replace

import pytest

from engine.model.diagnostic import Diagnostic
from engine.report.formbook import form_workbook
from engine.report.words import LANGUAGES, Words
from engine.submissions.xlsxform import read_xlsx_submission
from tests.formdesk import Filled, fill_in, read_back, rows_of, stamp_line
from tests.unit.report.forms_of import TOTAL, forms_of

WORDS = Words("zh-Hant")


def part_of(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_form_has_the_same_bytes(language: str) -> None:
    (form,) = forms_of(TOTAL)
    assert form_workbook(form, Words(language)) == form_workbook(form, Words(language))


def test_the_sheet_says_what_is_asked_and_what_is_due() -> None:
    (form,) = forms_of(TOTAL)
    (row,) = rows_of(form_workbook(form, WORDS))
    assert row.key == ("firms", "", "")
    assert (row.cells["條款"], row.cells["指標"], row.cells["單位"]) == ("16", "規上企業", "市經信局")
    assert (row.cells["方案原文"], row.cells["本期應達"]) == ("全市凈增規上企業222家以上", "≥ 166.5 家")
    assert (row.cells["數值"], row.cells["計量單位"], row.cells["判定"]) == ("", "家", "未報送")


def test_the_stamp_stands_on_a_hidden_sheet_and_in_the_properties() -> None:
    (form,) = forms_of(TOTAL)
    content = form_workbook(form, WORDS)
    assert stamp_line(content) == form.stamp.text
    assert 'name="_form" sheetId="7" state="veryHidden"' in part_of(content, "xl/workbook.xml")
    assert "biaochi.organization" in part_of(content, "docProps/custom.xml")


def test_only_the_cells_to_fill_in_are_unlocked() -> None:
    content = form_workbook(forms_of(TOTAL)[0], WORDS)
    sheet, styles = part_of(content, "xl/worksheets/sheet1.xml"), part_of(content, "xl/styles.xml")
    kinds = re.findall(r"<xf [^>]*/>|<xf .*?</xf>", styles[styles.index("<cellXfs") : styles.index("</cellXfs>")])
    unlocked = {str(place) for place, kind in enumerate(kinds) if 'locked="0"' in kind}
    cells = [place for place, style in re.findall(r'<c r="(\w+)" s="(\d+)"', sheet) if style in unlocked]
    assert cells == ["F6", "G6", "N6", "O6", "P6", "Q6", "R6", "S6"]
    assert "<sheetProtection" in sheet


def test_what_is_typed_is_read_back_as_text() -> None:
    content = form_workbook(forms_of(TOTAL)[0], WORDS)
    filled = fill_in(content, {("firms", "", ""): Filled("131.50", evidence="月報.pdf", note="初步數")})
    (entry,) = read_back(filled)
    assert entry.value is not None
    assert (entry.value.text, entry.value.unit, entry.evidence, entry.note) == ("131.50", "家", ("月報.pdf",), "初步數")


def test_a_blank_form_reports_nothing() -> None:
    found: list[Diagnostic] = []
    assert read_xlsx_submission(form_workbook(forms_of(TOTAL)[0], WORDS), "form.xlsx", found)[0] == []
    assert [each.code for each in found] == ["submission-empty"]


def test_every_member_has_a_row_and_the_list_one_of_its_own() -> None:
    rule = "indicator: firms, kind: each, inner_kind: total, members: [甲, 乙], threshold: 30 家"
    rows = rows_of(form_workbook(forms_of(rule)[0], WORDS))
    assert [(row.cells["成員"], row.cells["指標代碼"]) for row in rows] == [("甲", "firms"), ("乙", "firms"), ("", "")]


def test_words_of_the_book_are_never_formulas() -> None:
    indicators = "- {id: firms, name: '=1+1', unit: 家}\n"
    (form,) = forms_of(TOTAL, indicators=indicators)
    (row,) = rows_of(form_workbook(form, WORDS))
    assert row.cells["指標"] == "=1+1"


def test_a_figure_that_two_rules_need_has_one_cell_and_two_verdicts() -> None:
    (form,) = forms_of(TOTAL)
    content = form_workbook(replace(form, items=(*form.items, replace(form.items[0]))), WORDS)
    first, second = rows_of(content)
    assert (first.key[0], second.cells["指標代碼"], second.cells["說明"]) == ("firms", "", "與第 6 行同一數，只填一次")
    assert (first.cells["判定"], second.cells["判定"]) == ("未報送", "未報送")
