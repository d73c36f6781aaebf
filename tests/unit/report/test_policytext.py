from dataclasses import replace
from fractions import Fraction

import pytest

from engine.model.rule import Policy, Rule
from engine.model.scoring import Method, MethodName
from engine.pipeline import open_book
from engine.report.policytext import policy_lines
from engine.report.words import Words
from engine.rules.policy import DEFAULT_POLICY
from tests.conftest import ROOT


def lines_of(policy: Policy, rules: tuple[tuple[Rule, str], ...] = ()) -> dict[str, tuple[str, str]]:
    return {what: (how, document) for what, how, document in policy_lines(policy, rules, Words("zh-Hant"))}


def test_a_book_that_says_nothing_has_the_defaults() -> None:
    lines = lines_of(DEFAULT_POLICY)
    assert lines["判定檔次（總量、水平、覆蓋類，差距按百分點）"][0] == "不低於0為達標，不低於-10為預警，其餘為未達標"
    assert lines["僅年終考核的指標"][0] == "無"
    assert "報送期限" not in lines
    assert not any("計分" in what for what in lines)


def test_every_decision_of_the_book_is_told() -> None:
    book = open_book(ROOT, [])
    assert book is not None
    assert book.policy.scoring is not None
    rules = tuple((rule, book.indicators[rule.indicator].name) for rule in book.rules)
    lines = lines_of(book.policy, rules)
    assert lines["四個季度的權重"] == (
        "15%、25%、25%、35%",
        book.policy.scoring.quarters.document if book.policy.scoring.quarters else "",
    )
    for scheme in book.policy.scoring.schemes:
        assert lines[f"{scheme.name}：計分辦法"][1].startswith(scheme.method.document)
        assert f"前{scheme.commended}位" in lines[f"{scheme.name}：表揚與點名"][0]
    assert lines["縣市區和高新區：未判定的計分"][0] == (
        "未報送計0分、報送數無法使用計0分、報送口徑不同計0分、缺基期數，無法判定進度不計入"
    )
    annual = [name for rule, name in rules if rule.due_in and set(rule.due_in) == {202512}]
    assert annual
    assert lines["僅年終考核的指標"][0] == "、".join(annual)
    assert [name for rule, name in rules if rule.ladder] == [
        what[5:] for what in lines if what.startswith("判定檔次：")
    ]


def test_price_of_a_target_that_is_not_set_is_told() -> None:
    book = open_book(ROOT, [])
    assert book is not None
    scoring = book.policy.scoring
    assert scoring is not None
    scheme = replace(scoring.schemes[0], undecided={"missing": Fraction(0), "not-applicable": Fraction(5)})
    lines = lines_of(replace(book.policy, scoring=replace(scoring, schemes=(scheme,))))
    assert lines[f"{scheme.name}：未判定的計分"][0].endswith("、未設置該項目標計5分")


@pytest.mark.parametrize(
    ("method", "said"),
    [
        (Method(MethodName.VERDICT, "甲", {"pass": Fraction(100), "at-risk": Fraction(60), "fail": Fraction(0)}),
         "按判定計分：達標100分、預警60分、未達標0分"),
        (Method(MethodName.COMPLETION, "甲", cap=Fraction(120)), "按完成應達數的比例計分，最多120分"),
        (Method(MethodName.ALL_OR_NOTHING, "甲"), "完成得100分，未完成不得分"),
        (Method(MethodName.RANK, "甲", step=Fraction(5)), "按位次計分，第一位100分，每後一位減5分"),
        (Method(MethodName.EFFICACY, "甲", base=Fraction(60)), "功效系數法：組內最好的100分，最差的60分，其餘按比例"),
        (Method(MethodName.MET_THEN_RANK, "甲", met=Fraction(80), step=Fraction(10)),
         "達標得80分，超過目標的再按位次得其餘分數，每後一位減其餘分數的10%"),
        (Method(MethodName.LINEAR, "甲", base=Fraction(80), per_point=Fraction(1, 2)),
         "恰好完成得80分，每高（低）1個百分點加（減）0.5分，最多100分"),
    ],
)  # fmt: skip
def test_methods_are_told_with_their_numbers(method: Method, said: str) -> None:
    book = open_book(ROOT, [])
    assert book is not None
    scoring = book.policy.scoring
    assert scoring is not None
    scheme = replace(scoring.schemes[0], method=method, overrides=())
    policy = replace(book.policy, scoring=replace(scoring, schemes=(scheme,)))
    assert lines_of(policy)[f"{scheme.name}：計分辦法"] == (said, "甲（示意）")
