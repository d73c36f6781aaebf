import pytest

from engine.plan.fold import fold_text
from engine.plan.tables import find_rows

ROWS = [
    ("1", "新建公廁30座", ("市住建局",), ("市城管局", "各縣區")),
    ("2", "新增學位5000個", ("市教育局",), ("各縣區",)),
]
CELLS = """序號
任務內容
牽頭單位
責任單位
完成時限
1
新建公廁30座
市住建局
市城管局、各縣區
2024年12月
2
新增學位5000個
市教育局
各縣區
2024年9月"""
LINES = """序號 | 任務內容 | 牽頭單位 | 責任單位
1 | 新建公廁30座 | 市住建局 | 市城管局、各縣區
2 | 新增學位5000個 | 市教育局 | 各縣區"""


@pytest.mark.parametrize("table", [CELLS, LINES, LINES.replace(" | ", "\t")])
def test_rows_have_their_task_and_bodies(table: str) -> None:
    text = "2024年民生實事清單\n" + table
    start, rows = find_rows(fold_text(text), text)
    assert start == text.index("序號")
    assert [(row.number, text[row.start : row.end], row.lead, row.responsible) for row in rows] == ROWS


def test_task_runs_over_the_columns_before_the_bodies() -> None:
    text = "序号\t工作任务\t年度目标\t责任单位\t完成时限\n1\t稳增长\t生产总值增长6%\t市发改委\t12月底"
    row = find_rows(text, text)[1][0]
    assert (text[row.start : row.end], row.responsible) == ("稳增长\t生产总值增长6%", ("市发改委",))


@pytest.mark.parametrize("text", ["", "1.新建学校3所。", "序号\n内容\n1\n新建学校3所", "甲\t乙\t丙\n1\t2\t3"])
def test_what_has_no_labels_is_no_table(text: str) -> None:
    assert find_rows(text, text) == (0, ())


def test_row_with_cells_too_many_keeps_its_words_and_no_bodies() -> None:
    text = "序号\n任务内容\n责任单位\n1\n新建学校3所\n改造2所\n市教育局\n2\n修路5公里\n市交通局"
    rows = find_rows(text, text)[1]
    assert [(row.number, row.responsible) for row in rows] == [("1", ()), ("2", ("市交通局",))]
    assert text[rows[0].start : rows[0].end] == "新建学校3所\n改造2所\n市教育局"
