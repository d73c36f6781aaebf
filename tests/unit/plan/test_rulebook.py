import pytest

from engine.model.draft import DraftRule
from engine.model.question import Question
from engine.plan.draft import draft_plan
from engine.plan.rulebook import RuleDrafter


def rules(*bodies: str) -> list[DraftRule]:
    text = "2025年重点工作任务分解\n二、任务\n" + "".join(f"{n}.{body}。\n" for n, body in enumerate(bodies, 1))
    return [each.rule for clause in draft_plan(text).clauses for each in clause.targets if each.rule]


@pytest.mark.parametrize(
    ("words", "expected", "questions"),
    [
        ("新增企业30家以上", {"kind": "total", "comparator": "at_least", "threshold": "30 家"}, []),
        ("净增企业30家", {"kind": "total", "net": "true"}, []),
        ("生产总值增长7%左右", {"kind": "rate", "soft": "true", "tolerance": "0 個百分點"}, ["tolerance"]),
        ("招引项目3到5个", {"comparator": "between", "threshold": "3 个", "upper": "5 个", "bound": "lower"}, []),
        ("失业率控制在4%—5%", {"comparator": "between", "bound": "upper"}, []),
        ("人口自然增长率控制在6‰以内", {"kind": "rate", "threshold": "6 ‰"}, ["bands"]),
        ("上半年一号桥建成通车", {"stages": [{"stage": "完成", "due": "2025-06-30"}]}, ["stages"]),
        ("9月底前一号桥建成通车", {"stages": [{"stage": "完成", "due": "2025-09-30"}]}, ["stages"]),
        ("不发生重大安全事故", {"kind": "always", "comparator": "at_most", "threshold": "0 起"}, ["event"]),
        ("城区管网全覆盖", {"kind": "coverage", "threshold": "100 %", "eligible": "to-date"}, ["eligible"]),
    ],
)
def test_a_rule_has_what_the_words_support(words: str, expected: dict[str, object], questions: list[str]) -> None:
    (rule,) = rules(words)
    assert {key: rule.rule.get(key) for key in expected} == expected
    assert [question.value for question in rule.open] == questions


def test_keeping_step_with_growth_is_held_against_the_promised_gross_product() -> None:
    growth, step = rules("地区生产总值增长7%", "城乡居民收入与经济增长同步")[:2]
    assert step.rule["partner"] == growth.rule["indicator"]
    assert step.open == (Question.PARTNER,)


def test_a_partner_that_the_plan_does_not_promise_gets_an_indicator() -> None:
    rule = rules("城镇居民收入与经济增长同步")[0]
    assert rule.rule["partner"] in [indicator["id"] for indicator in rule.indicators]


def test_an_unknown_unit_of_measure_is_defined_once() -> None:
    drafter = RuleDrafter(2025)
    targets = [one for clause in draft_plan("1.新增20航次。\n2.新增30航次。").clauses for one in clause.clause.targets]
    assert [drafter.draft(target) is not None for target in targets] == [True, True]
    assert drafter.units == ("航次 = [航次]",)


def test_names_of_indicators_are_unique() -> None:
    names = [indicator["name"] for rule in rules("新增企业3家", "新增企业5家") for indicator in rule.indicators]
    assert names == ["新增企业", "新增企业（2）"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("PM2.5平均浓度控制在32微克/立方米以内", ["PM2.5平均浓度"]),
        ("新增规模以上工业企业50家", ["新增规模以上工业企业"]),
        ("招引10亿元以上项目15个", ["招引10亿元以上项目"]),
        ("確保65歲以上老年人健康管理率達到75%以上", ["確保65歲以上老年人健康管理率"]),
        ("引进到位资金三十亿元", ["引进到位资金"]),
        ("一般公共预算收入增长5%，达到18.5亿元", ["一般公共预算收入增长", "一般公共预算收入"]),
        ("进出口总额增长8%至10%", ["进出口总额增长"]),
    ],
)
def test_an_indicator_is_called_what_the_plan_calls_it(words: str, names: list[str]) -> None:
    assert [each["name"] for rule in rules(words) for each in rule.indicators] == names


def test_what_is_striven_for_is_the_same_figure() -> None:
    promised, striven = rules("地区生产总值增长5.5%以上，力争达到6%")
    assert [each["name"] for each in promised.indicators] == ["地区生产总值增长"]
    assert (striven.indicators, striven.rule["indicator"]) == ((), promised.rule["indicator"])
    assert (promised.rule["threshold"], striven.rule["threshold"]) == ("5.5 %", "6 %")


@pytest.mark.parametrize(
    ("words", "count"),
    [("二号桥2027年底建成通车", 0), ("确保2028年前五号路建成通车", 0), ("2025年开工、2027年建成三号水库", 1)],
)
def test_an_act_of_a_later_year_gets_no_rule(words: str, count: int) -> None:
    assert len(rules(words)) == count
