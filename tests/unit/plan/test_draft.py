from engine.model.draft import Draft, DraftTarget
from engine.plan.draft import draft_plan

PLAN = """2025年重点工作任务分解
一、目标
(一)生产总值增长7%。(牵头单位:市发改委;责任单位:各县区人民政府)
二、任务
1.实施“5+4”行动,新增
  企业30家,到2030年达到100家。(责任单位:市经信局)
2.持续优化环境。(责任单位:市商务局)
"""


def targets(draft: Draft) -> list[DraftTarget]:
    return [target for clause in draft.clauses for target in clause.targets]


def test_draft_holds_every_clause_with_its_promises_and_other_numbers() -> None:
    draft = draft_plan(PLAN, "plan.txt")
    assert (draft.title, draft.year) == ("2025年重点工作任务分解", 2025)
    assert [(each.clause.number, each.clause.category, each.file) for each in draft.clauses] == [
        ("一(一)", "quantitative", "rules/h01-targets.yaml"),
        ("1", "quantitative", "rules/001-targets.yaml"),
        ("2", "qualitative", "rules/002-targets.yaml"),
    ]
    assert [(one.target.id, one.target.value, one.target.unit) for one in targets(draft)] == [
        ("h01-1", "7", "%"), ("001-1", "30", "家"), ("001-2", "100", "家"),
    ]  # fmt: skip
    assert [(other.quote, str(other.source)) for other in draft.clauses[1].clause.not_targets] == [
        ("“5+4”", "plan.txt:5:5"), ("2030年", "plan.txt:6:10"),
    ]  # fmt: skip


def test_a_quote_over_two_lines_becomes_one() -> None:
    assert targets(draft_plan(PLAN))[1].target.quote == "新增企业30家"


def test_a_goal_of_a_later_year_has_no_rule() -> None:
    later = targets(draft_plan(PLAN))[2]
    assert (later.target.year, later.rule) == (2030, None)


def test_bodies_and_words_for_several_are_told_apart() -> None:
    draft = draft_plan(PLAN)
    assert draft.bodies == (("市发改委", "department"), ("市经信局", "department"), ("市商务局", "department"))
    assert [group.name for group in draft.groups] == ["各县区人民政府"]


def test_text_without_title_and_year_says_so_unless_told() -> None:
    assert (draft_plan("1.新增企业30家。").title, draft_plan("1.新增企业30家。").year) == (None, None)
    assert draft_plan("1.新增企业30家。", year=2026).year == 2026


def test_the_same_text_gives_the_same_draft() -> None:
    assert draft_plan(PLAN) == draft_plan(PLAN)


def test_ids_are_unique_and_plain() -> None:
    ids = [one.target.id for one in targets(draft_plan("第一条 新增企业3家、园区5个。\n第二条 修路5公里。"))]
    assert len(set(ids)) == len(ids) == 3
    assert all(one.isascii() for one in ids)
