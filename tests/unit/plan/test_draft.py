import json
from typing import Any

from engine.plan.draft import draft_plan

PLAN = """2025年重点工作任务分解
一、目标
(一)生产总值增长7%。(牵头单位:市发改委;责任单位:各县区人民政府)
二、任务
1.实施“5+4”行动,新增企业30家。(责任单位:市经信局)
2.持续优化环境。(责任单位:市商务局)
"""


def test_document_has_the_agreed_shape() -> None:
    document: Any = draft_plan(PLAN)
    assert document["plan"] == {"title": "2025年重点工作任务分解", "year": 2025}
    assert [(one["clause"], one["class"]) for one in document["clauses"]] == [
        ("一(一)", "quantitative"), ("1", "quantitative"), ("2", "qualitative"),
    ]  # fmt: skip
    first, second = document["targets"]
    assert (first["id"], first["value"], first["unit"], first["comparator"]) == ("h01-1", "7", "%", "at_least")
    assert (second["id"], second["lead"], second["responsible"]) == ("001-1", [], ["市经信局"])
    (other,) = document["not_targets"]
    assert other == {"clause": "1", "quote": "“5+4”", "why": "part of a name in quotation marks"}
    json.dumps(document)


def test_text_without_title_and_year_says_null() -> None:
    document: Any = draft_plan("1.新增企业30家。")
    assert document["plan"] == {"title": None, "year": None}


def test_the_same_text_gives_the_same_document() -> None:
    assert json.dumps(draft_plan(PLAN)) == json.dumps(draft_plan(PLAN))


def test_ids_are_unique_and_plain() -> None:
    document: Any = draft_plan("第一条 新增企业3家、园区5个。\n第二条 修路5公里。")
    ids = [one["id"] for one in document["targets"]]
    assert len(set(ids)) == len(ids) == 3
    assert all(one.isascii() for one in ids)
