import doctest
from datetime import date

import pytest

from engine.report import officialwords
from engine.report.officialwords import chinese_number, heading_number, written_date


def test_examples_hold() -> None:
    assert doctest.testmod(officialwords).failed == 0


def test_dates_have_no_leading_zeros_and_leave_room_where_there_is_none() -> None:
    assert written_date(date(2025, 7, 5)) == "2025年7月5日"
    assert written_date(None) == "　年　月　日"


def test_every_number_of_a_heading_is_another() -> None:
    assert len({chinese_number(number) for number in range(1, 100)}) == 99


@pytest.mark.parametrize(("level", "written"), [(1, "二十一、"), (2, "（二十一）"), (3, "21."), (4, "（21）")])
def test_levels_are_numbered_as_the_standard_writes_them(level: int, written: str) -> None:
    assert heading_number(level, 21) == written
