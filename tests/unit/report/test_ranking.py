"""How places read; that every form names every body is in tests/test_ranking.py."""

from dataclasses import replace
from fractions import Fraction

import pytest

from engine.model.ranking import Case, Standing, TargetScore
from engine.model.scoring import AdjustmentEntry, Method, MethodName, Override, Scoring
from engine.model.source import Source
from engine.model.verdict import Reason
from engine.rank.group import Ranking, rank_groups
from engine.report.ranking import (
    case_text,
    change_of,
    group_remarks,
    place_cells,
    score_text,
    target_cell,
    target_table,
)
from engine.report.words import Words
from tests.unit.rank.ranks import GROWTH, scheme_of, verdicts_of
from tests.unit.small import period_of

EN, ZH = Words("en"), Words("zh-Hant")


def standing(place: int | None, before: int | None, others: tuple[str, ...] = (), why: str | None = None) -> Standing:
    score = None if place is None else Fraction(281, 3)
    return Standing("甲", place, score, before, place, place and place + 1, others, (), (), why)


@pytest.mark.parametrize(("place", "before", "change", "shown"), [(2, 4, 2, "↑2"), (4, 2, -2, "↓2"), (3, 3, 0, "=")])
def test_a_change_counts_places_upwards(place: int, before: int, change: int, shown: str) -> None:
    assert change_of(standing(place, before)) == change
    assert place_cells(standing(place, before), EN)[1] == shown


def test_no_place_before_shows_no_change() -> None:
    assert change_of(standing(2, None)) is None
    assert place_cells(standing(2, None), EN) == ["2", "", "甲", "93.67", "2–3", ""]


def test_a_body_without_a_place_says_why() -> None:
    assert place_cells(standing(None, 1, why="vetoed"), ZH)[-1] == "一票否決，不排位次"


def test_many_names_are_counted() -> None:
    names = tuple("乙丙丁戊己")
    assert place_cells(standing(1, 1, names), EN)[-1] == "乙、丙、丁 and 2 more"
    assert place_cells(standing(1, 1, names), ZH)[-1] == "乙、丙、丁等5個"


def test_scores_are_rounded_half_away_from_zero() -> None:
    assert score_text(Fraction(93665, 1000)) == "93.67"


def test_what_is_not_set_is_a_dash() -> None:
    assert target_cell(None, EN) == "-"


@pytest.mark.parametrize(
    ("why", "cell"),
    [("not-applicable", "-"), ("not-due", "not due yet"), ("awaiting-target", "no number has been set yet")],
)
def test_a_dash_says_that_no_target_is_set_and_nothing_else(why: str, cell: str) -> None:
    verdict = replace(verdicts_of(GROWTH, {})["咸安區"], reason=Reason(why))
    assert target_cell(TargetScore(verdict, Fraction(1), None, Fraction(100), None, why), EN) == cell


def test_remarks_say_what_is_scored_otherwise_since_when_places_changed_and_what_was_taken() -> None:
    own = Method(MethodName.LINEAR, "供銷系統")
    given = AdjustmentEntry(
        "deduction", period_of("2025Q2"), ("嘉魚縣",), Fraction(-2), "紅牌", "督查通報", Source("adjustments.yaml")
    )
    override = Override(("rule",), Fraction("1.5"), own, "示例", Source("policy.yaml"))
    term = (Fraction(1), period_of("2025Q2"), tuple(verdicts_of(GROWTH, {"咸安區": "growth: 7 %"}).values()))
    scoring = Scoring((scheme_of(overrides=(override,)),), None, 0, 1)
    (group,) = rank_groups(Ranking(scoring, ("rule",), (term,), (), None, (given,)))
    lines = group_remarks(group, ZH, period_of("2025Q1"))
    assert "總值增速：基礎分加減分（供銷系統）" in lines
    assert "升降：與 2025Q1 相比。" in lines
    assert "嘉魚縣：紅牌扣2分（督查通報）" in lines
    headers, rows = target_table(group, ZH)
    assert (headers[2], rows[0][2]) == ("權重", "1.5")


def test_a_case_says_what_would_be_otherwise() -> None:
    names = {"growth": "增速"}
    assert case_text(Case("left-out", "growth"), names, EN) == "增速 is left out"
    assert case_text(Case("rounding-low", "growth", "甲"), names, ZH) == "甲 增速取捨入區間下端"
