import pytest

from engine.plan.clauses import read_plan


def numbers(text: str) -> list[str]:
    return [clause.number for clause in read_plan(text).clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、主要目标\n(一)GDP增长7%。\n(二)投资增长9%。\n二、重点工作\n1.新建学校3所。\n2.改造小区5个。",
            ["一(一)", "一(二)", "1", "2"],
        ),
        ("一、主要目標\n（一）生產總值增長7%。\n（二）投資增長9%。", ["一(一)", "一(二)"]),
        ("1．新建学校3所。\n2、改造小区5个。\n3.新增学位100个。", ["1", "2", "3"]),
        ("第一條 新建学校3所。\n第二條 改造小区5个。", ["第一條", "第二條"]),
        ("1.新建学校:\n(1)小学3所。\n(2)中学5所。", ["1(1)", "1(2)"]),
        ("新建学校3所。\n改造小区5个。", ["1", "2"]),
        ("1.新建学校3所。(责任单位:市教育局)2.改造小区5个。(责任单位:市住建局)", ["1", "2"]),
        ("一、民生\n①新建学校3所。(市教育局牵头)\n②改造小区5个。(责任单位:市住建局)", ["一①", "一②"]),
        ("1.新建学校:\n①小学3所;\n②中学5所。(责任单位:市教育局)\n2.修路5公里。", ["1", "2"]),
        ("一是新建学校3所。(责任单位:市教育局)\n二是修路5公里。(责任单位:市交通局)", ["一是", "二是"]),
        ("序号\t任务\t责任单位\n1\t新建学校3所\t市教育局\n2\t修路5公里\t市交通局", ["1", "2"]),
        ("", []),
    ],
)  # fmt: skip
def test_clauses_keep_the_plans_numbers(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def test_letter_that_sends_the_plan_round_is_left_out() -> None:
    text = "一、提高认识。\n二、抓好落实。\n2025年重点任务分解方案\n一、目标\n(一)增长7%。(责任单位:市发改委)\n"
    plan = read_plan(text)
    assert [clause.number for clause in plan.clauses] == ["一(一)"]
    assert (plan.title, plan.year) == ("2025年重点任务分解方案", 2025)


def test_numbers_that_repeat_stay_apart() -> None:
    found = numbers("一、工业\n1.新增企业3家。\n2.技改5项。\n二、农业\n1.造林3万亩。\n2.修路5公里。")
    assert len(found) == len(set(found)) == 4


def test_goals_under_a_heading_are_a_clause() -> None:
    text = "一、主要目标\n今年预期目标是:生产总值增长6%。\n二、重点工作\n(一)新建学校3所。\n"
    assert numbers(text) == ["一", "二(一)"]


def test_decimal_at_the_beginning_of_a_line_is_no_number_of_a_clause() -> None:
    assert numbers("1.新增就业\n3.5万人。\n2.新建学校3所。") == ["1", "2"]


def test_heading_of_the_next_group_is_not_in_the_body() -> None:
    plan = read_plan("1.新建学校3所。(责任单位:市教育局)\n壮大县域经济。\n2.修路5公里。(责任单位:市交通局)")
    assert [clause.body for clause in plan.clauses] == [
        "新建学校3所。(责任单位:市教育局)",
        "修路5公里。(责任单位:市交通局)",
    ]


def test_body_stands_in_the_text_where_it_says() -> None:
    text = "1. 新建學校３所。（責任單位：市教育局）\n2. 修路5公里。\n"
    assert all(text[one.start : one.start + len(one.body)] == one.body for one in read_plan(text).clauses)


def test_text_without_title_has_none() -> None:
    assert (read_plan("1.新建学校3所。").title, read_plan("1.新建学校3所。").year) == (None, None)


def test_year_may_be_written_in_chinese() -> None:
    assert read_plan("二〇二四年重点工作分工\n1.新建学校3所。\n2.修路5公里。").year == 2024


def test_what_is_promised_before_the_first_number_is_a_clause_of_its_own() -> None:
    letter = "关于印发2025年重点工作分工的通知\n市政办〔2025〕3号\n"
    text = letter + "今年主要目标:生产总值增长6%,新增就业3万人。\n一、工业\n增加值增长8%。"
    plan = read_plan(text)
    assert [(one.number, one.body) for one in plan.clauses] == [
        ("前言", "今年主要目标:生产总值增长6%,新增就业3万人。"), ("一", "增加值增长8%。"),
    ]  # fmt: skip
    assert (plan.title, plan.year) == ("2025年重点工作分工", 2025)


def test_a_heading_in_a_line_of_its_own_is_not_part_of_the_promise() -> None:
    (clause,) = read_plan("一、扩大内需\n社会消费品零售总额增长7%。").clauses
    assert (clause.heading, clause.body) == ("", "社会消费品零售总额增长7%。")


def test_a_heading_that_promises_something_belongs_to_its_clause() -> None:
    clauses = read_plan("1.新增企业50家。\n(1)培育链主3家。\n(2)培育小巨人5家。").clauses
    assert [one.body for one in clauses] == ["新增企业50家。", "培育链主3家。", "培育小巨人5家。"]
