import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.submissions.xlsxform import read_xlsx_submission
from tests.unit.small import codes
from tests.workbooks import HEADER, Raw, rows_xml, table, workbook

ROW = ("甲", "firms", "131", "家")


def read(content: bytes) -> tuple[list[Entry], list[Diagnostic]]:
    found: list[Diagnostic] = []
    entries, stamp = read_xlsx_submission(content, "a.xlsx", found)
    assert stamp is None
    return entries, found


def said(entries: list[Entry]) -> list[tuple[str, str, str, str | None]]:
    return [
        (entry.organization.text, entry.indicator.text, entry.value.text, entry.value.unit)
        for entry in entries
        if entry.value
    ]


def test_a_figure_keeps_its_sheet_and_cell() -> None:
    (entry,), found = read(table(ROW))
    assert (said([entry]), found) == ([ROW], [])
    assert entry.value is not None
    at = entry.value.source
    assert (at.file, at.line, at.column, at.cell) == ("a.xlsx", 2, 3, "Sheet1!C2")


@pytest.mark.parametrize("header", [("單位", "指標", "數值", "計量單位"), ("单位名称", "指标", "数值", "计量单位")])
def test_the_header_may_be_chinese_and_stand_below_a_title(header: tuple[str, ...]) -> None:
    content = workbook({"表一": rows_xml([["二季度報表"], [], header, [], ROW])})
    (entry,), found = read(content)
    assert (said([entry]), found) == ([ROW], [])
    assert entry.source.cell == "表一!C5"


def test_every_sheet_is_read_and_a_page_of_explanations_is_named() -> None:
    rows = rows_xml([HEADER, ROW])
    entries, found = read(workbook({"說明": rows_xml([["怎樣填"]]), "一": rows, "二": rows}, hidden_sheets=["二"]))
    assert sorted(entry.source.cell or "" for entry in entries) == ["一!C2", "二!C2"]
    assert codes(found) == ["sheet-not-read", "hidden-cells"]


def test_a_name_over_several_rows_holds_for_each_and_a_figure_for_none() -> None:
    rows = rows_xml([HEADER, ROW, ("", "land", "5", "畝"), ("乙", "land", "6", "畝")])
    entries, found = read(workbook({"a": rows}, merged=["A2:A3"]))
    assert [entry.organization.text for entry in entries] == ["甲", "甲", "乙"]
    assert found == []
    rows = rows_xml([HEADER, ROW, ("甲", "land", "", "畝")])
    entries, found = read(workbook({"a": rows}, merged=["C2:C3"]))
    assert [(each.code, each.source.cell) for each in found] == [
        ("figure-spans-rows", "a!C2"),
        ("figure-spans-rows", "a!C3"),
    ]
    assert {entry.fault for entry in entries} == {"figure-spans-rows"}


def test_two_rows_of_header_are_one_where_cells_span_them() -> None:
    rows = rows_xml([("單位", "指標", "完成情況", ""), ("", "", "數值", "計量單位"), ROW])
    entries, found = read(workbook({"a": rows}, merged=["A1:A2", "B1:B2", "C1:D1"]))
    assert (said(entries), found) == ([ROW], [])


def test_a_heading_over_two_columns_names_neither() -> None:
    rows = rows_xml([("organization", "indicator", "value", ""), ROW])
    entries, found = read(workbook({"a": rows}, merged=["C1:D1"]))
    assert (entries, codes(found), found[0].source.cell) == ([], ["column-repeated"], "a!D1")


def test_what_has_no_table_is_refused() -> None:
    assert codes(read(workbook({"a": ""}))[1]) == ["submission-empty"]
    assert codes(read(table())[1]) == ["submission-empty"]
    assert codes(read(workbook({"a": rows_xml([["甲", "5"]])}))[1]) == ["column-missing"]
    assert codes(read(b"PK")[1]) == ["workbook-broken"]


def test_a_second_table_without_a_whole_header_is_not_passed_over() -> None:
    rows, other = rows_xml([HEADER, ROW]), rows_xml([("單位", "數值"), ("甲", "5 家")])
    entries, found = read(workbook({"a": rows, "b": other}))
    assert (len(entries), codes(found)) == (1, ["column-missing"])


def test_a_cell_that_cannot_stand_refuses_its_figure_alone() -> None:
    entries, found = read(table(("甲", "firms", Raw("|<f>B9</f>"), "家"), ("甲", "land", Raw("|<v>5</v>"), "畝")))
    assert [entry.fault for entry in entries] == ["formula-without-value", None]
    assert [(each.code, each.source.cell, each.params) for each in found] == [
        ("formula-without-value", "Sheet1!C2", {"found": "=B9"})
    ]


def test_hidden_rows_are_read_and_noted() -> None:
    entries, found = read(workbook({"a": rows_xml([HEADER, ROW, ROW], hidden=[3])}))
    assert (len(entries), codes(found), found[0].params["count"]) == (2, ["hidden-cells"], "1")


def test_cells_beside_the_table_are_noted() -> None:
    entries, found = read(table((*ROW, "", "問過財政局")))
    assert (said(entries), codes(found)) == ([ROW], ["cells-without-column"])


def test_links_and_macros_are_noted() -> None:
    parts = {"xl/vbaProject.bin": b"", "xl/externalLinks/externalLink1.xml": b""}
    _, found = read(workbook({"a": rows_xml([HEADER, ROW])}, parts=parts))
    assert codes(found) == ["links-not-followed", "macros-not-run"]


def test_a_calculated_figure_is_as_it_was_shown() -> None:
    rows = rows_xml([HEADER, ("甲", "growth", Raw('s="1"|<f>1/3</f><v>0.33333333333333331</v>'))])
    (entry,), found = read(workbook({"a": rows}, formats=["0.0%"]))
    assert said([entry]) == [("甲", "growth", "33.3%", None)]
    assert codes(found) == ["number-as-shown"]


def test_cells_merged_beside_the_header_change_nothing() -> None:
    rows = rows_xml([HEADER, ("市農業農村局", "high-standard-farmland", "39000", "畝")])
    entries, found = read(workbook({"Sheet1": rows}, merged=("Z1:AA1",)))
    assert (len(entries), found) == (1, [])


def test_where_no_sheet_is_a_table_only_the_likeliest_is_told_to_have_no_header() -> None:
    content = workbook({"說明": rows_xml([["怎樣填"]]), "表": rows_xml([["單位", "指標"], ["甲", "land"]])})
    assert [(each.code, each.source.cell) for each in read(content)[1]] == [
        ("sheet-not-read", "說明!A1"),
        ("column-missing", "表!A1"),
    ]
