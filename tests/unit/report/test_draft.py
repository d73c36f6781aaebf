from engine.plan.draft import draft_plan
from engine.report.draft import draft_document, draft_table
from engine.report.words import Words

PLAN = """2025年重点工作任务分解
二、任务
1.实施“5+4”行动,新增企业30家左右。(责任单位:市经信局、各县区)
"""


def test_document_has_the_shape_of_targets_and_what_is_open() -> None:
    document = draft_document(draft_plan(PLAN, "plan.txt"), Words("en"))
    assert document["schema"] == "biaochi.draft/1"
    (target,) = document["targets"]
    assert (target["comparator"], target["value"], target["unit"], target["soft"]) == ("at_least", "30", "家", True)
    assert (target["organizations"], target["responsible"]) == (["市经信局"], ["市经信局", "各县区"])
    assert (target["rules"], target["indicators"], target["open"]) == (["001-1"], ["001-1"], ["tolerance"])
    assert document["not_targets"][0]["quote"] == "“5+4”"
    assert [(item["clause"], item["name"], item["question"]) for item in document["open"]] == [
        ("1", "001-1", "tolerance"), (None, "各县区", "members"),
    ]  # fmt: skip
    assert document["open"][0]["source"] == {"file": "plan.txt", "line": 3, "column": 13, "cell": None}


def test_table_shows_promises_other_numbers_and_questions() -> None:
    text = draft_table(draft_plan(PLAN, "plan.txt"), Words("en"), lambda words, style: words)
    assert "at_least 30 家 soft" in text
    assert "1  “5+4”: part of a name in quotation marks" in text
    assert "tolerance (1): write the tolerance, and take tolerance out of open\n    plan.txt:3:13: 1 001-1\n" in text
    assert text.endswith(
        "Clauses: 1; promises: 1, of these 1 with a number; numbers that promise nothing: 1; open items: 2\n"
    )
