"""Ties share a place and the next one is skipped."""

from fractions import Fraction

from engine.rank.places import assign_places, list_levels


def test_ties_share_a_place_and_the_next_is_skipped() -> None:
    scores = {"甲": Fraction(5), "乙": Fraction(9), "丙": Fraction(5), "丁": Fraction(4)}
    assert assign_places(scores) == {"乙": 1, "甲": 2, "丙": 2, "丁": 4}


def test_scores_that_differ_by_little_do_not_tie() -> None:
    scores = {"甲": Fraction(1, 3), "乙": Fraction(1, 3) + Fraction(1, 10**30)}
    assert assign_places(scores) == {"乙": 1, "甲": 2}


def test_nobody_has_no_places() -> None:
    assert assign_places({}) == {}


def test_levels_keep_together_who_shares_a_place() -> None:
    assert list_levels({"乙": 1, "甲": 2, "丙": 2, "丁": 4}) == [["乙"], ["甲", "丙"], ["丁"]]
