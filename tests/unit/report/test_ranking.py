"""How places read; that every form names every body is in tests/test_ranking.py."""

from fractions import Fraction

import pytest

from engine.model.ranking import Case, Standing
from engine.report.ranking import case_text, change_of, place_cells, score_text, target_cell
from engine.report.words import Words

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


def test_a_case_says_what_would_be_otherwise() -> None:
    names = {"growth": "增速"}
    assert case_text(Case("left-out", "growth"), names, EN) == "增速 is left out"
    assert case_text(Case("rounding-low", "growth", "甲"), names, ZH) == "甲 增速取進位區間下端"
