from pathlib import Path

import pytest

from engine.plan.draft import draft_plan
from engine.report.newbook import book_texts
from engine.report.words import Words
from engine.rules.agreement import check_agreement
from engine.rules.book import bind_book
from engine.rules.proofs import prove_rules
from engine.rules.read import BookFiles

PLAN = """2025年重点工作任务分解
一、目标
(一)生产总值增长7%左右。(牵头单位:市发改委;责任单位:各县区人民政府)
二、任务
1.实施“5+4”行动,新建三所学校,新增航次20航次。PUE降至1.3。(责任单位:市经信局)
2.持续优化环境: 到2030年达到100家。(责任单位:市商务局)
3.城乡居民收入与经济增长同步。不发生重大事故。管网全覆盖。年内大桥建成通车。完成省定目标任务。(牵头单位:市经信局)
4.每个县区培育企业3家以上,人口自然增长率控制在6‰—7‰。(牵头单位:市经信局)
"""


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("text", [PLAN, "1.新增企业30家。"], ids=["plan", "bare"])
def test_a_new_book_is_sound_but_for_what_is_open(text: str, language: str) -> None:
    draft = draft_plan(text)
    texts = book_texts(draft, Words(language))
    book, found = bind_book(BookFiles(Path("book"), texts, "sha256:0"))
    assert book is not None
    found += [*check_agreement(book, found), *prove_rules(book)]
    assert sorted(finding.code for finding in found) == sorted(item.question.code for item in draft.open_items)
    assert len(book.rules) == sum(each.rule is not None for clause in draft.clauses for each in clause.targets)


def test_what_is_open_is_explained_above_the_word() -> None:
    texts = book_texts(draft_plan(PLAN), Words("en"))
    lines = texts["rules/h01-targets.yaml"].splitlines()
    assert lines[-2:] == ["  # write the tolerance, and take tolerance out of open", "  open: [tolerance]"]


def test_units_that_no_table_knows_are_defined() -> None:
    texts = book_texts(draft_plan(PLAN), Words("en"))
    assert texts["units.txt"].splitlines()[1:] == ["航次 = [航次]", "指數值 = [指數值]"]
    assert "units.txt" not in book_texts(draft_plan("1.新增企业30家。"), Words("en"))


def test_numbers_and_signs_stay_as_they_are_printed() -> None:
    texts = book_texts(draft_plan("1.全年完成投资1,200.50亿元。\n2.是: 新增“是”30家。"), Words("en"))
    assert "value: 1200.50" in texts["targets.yaml"]
    assert "threshold: 1200.50 亿元" in texts["rules/001-targets.yaml"]


def test_an_editor_finds_the_schema_of_every_file() -> None:
    texts = book_texts(draft_plan(PLAN), Words("en"))
    for name, text in texts.items():
        if name.endswith(".yaml"):
            schema = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
            assert str((Path("book") / name).parent / schema).replace("rules/../", "") in {
                f"book/{each}" for each in texts
            }
