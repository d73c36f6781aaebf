from fractions import Fraction
from pathlib import Path

from tests.unit.bulk.desk import LEAD, PLAIN, prepared
from tests.unit.small import book_of


def test_names_are_understood_in_either_script(tmp_path: Path) -> None:
    understood = prepared(tmp_path, [("嘉鱼县", "规上企业", "2025H1", "1", "家")]).plan.understood
    assert understood.bodies == {"嘉鱼县": 3}
    assert [row[:3] for row in understood.measures] == [("规上企业", "家", 0)]
    assert understood.periods == [("2025H1", 0, 6)]


def test_a_grid_holds_the_halves_of_all_units_in_use(tmp_path: Path) -> None:
    rows = [("市經信局", "growth", "2025Q1", "7.1", "%"), ("市經信局", "growth", "2025Q2", "71", "‰")]
    understood = prepared(tmp_path, rows, book_of(LEAD), "DECIMAL(9,1)").plan.understood
    # A tenth of a per mille is the smallest digit; a share counts in per mille.
    assert understood.grids["growth"] == Fraction(1, 20)
    assert {row[1]: row[4] for row in understood.measures} == {"%": 20, "‰": 2}


def test_what_the_reader_has_to_weigh_is_not_plain(tmp_path: Path) -> None:
    level = book_of("indicator: firms, kind: level, threshold: 120 家")
    assert prepared(tmp_path, PLAIN, level).plan.understood.measures == []


def test_bodies_are_held_to_the_months_that_they_name(tmp_path: Path) -> None:
    months = prepared(tmp_path, PLAIN).plan.understood.months
    assert months == {2: {3, 6}, 3: {3}}


def test_another_year_has_no_month(tmp_path: Path) -> None:
    understood = prepared(tmp_path, [("咸安區", "firms", "2024Q4", "1", "家")]).plan.understood
    assert (understood.periods, understood.other_years) == ([("2024Q4", 0, 0)], True)
