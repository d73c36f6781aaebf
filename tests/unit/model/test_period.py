from datetime import date
from fractions import Fraction

import pytest

from engine.model.period import Period
from tests.unit.small import period_of


@pytest.mark.parametrize(
    ("text", "key", "label"),
    [
        ("2025Q1", 202503, "2025Q1"),
        ("2025Q4", 202512, "2025Q4"),
        ("2025H1", 202506, "2025Q2"),
        ("2025-11", 202511, "2025-11"),
        ("2025-06", 202506, "2025Q2"),
        ("2025", 202512, "2025"),
        (" 2025q2 ", 202506, "2025Q2"),
        ("２０２５Ｑ２", 202506, "2025Q2"),
    ],
)
def test_periods_are_read_in_all_their_forms(text: str, key: int, label: str) -> None:
    period = period_of(text)
    assert (period.key, period.label) == (key, label)


@pytest.mark.parametrize(
    "text", ["", "2025Q5", "2025Q0", "2025H2", "2025-13", "2025-00", "2025-1", "25Q2", "二季度", "٢٠٢٥Q2", "0000Q2"]
)
def test_anything_else_is_no_period(text: str) -> None:
    assert Period.parse(text) is None


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("2025Q1", Fraction(1, 4)),
        ("2025Q2", Fraction(1, 2)),
        ("2025Q3", Fraction(3, 4)),
        ("2025-11", Fraction(11, 12)),
        ("2025", Fraction(1)),
    ],
)
def test_time_share_is_exact(label: str, expected: Fraction) -> None:
    assert period_of(label).share == expected


def test_labels_of_one_stretch_are_equal() -> None:
    assert period_of("2025H1") == period_of("2025Q2") == period_of("2025-06")


def test_periods_stand_in_the_order_of_time() -> None:
    labels = ["2025Q4", "2024Q4", "2025-11", "2025Q1"]
    assert [str(period) for period in sorted(map(period_of, labels))] == ["2024Q4", "2025Q1", "2025-11", "2025Q4"]


@pytest.mark.parametrize(
    ("label", "expected"),
    [("2025Q1", date(2025, 3, 31)), ("2025-02", date(2025, 2, 28)), ("2024-02", date(2024, 2, 29))],
)
def test_a_period_ends_with_the_last_day_of_its_month(label: str, expected: date) -> None:
    assert period_of(label).end == expected


@pytest.mark.parametrize(("label", "expected"), [("2025Q1", 3), ("2025Q3", 1), ("2025Q4", 0), ("2025-11", 1)])
def test_what_remains_counts_periods_of_the_same_kind(label: str, expected: int) -> None:
    assert period_of(label).remaining == expected


@pytest.mark.parametrize(
    ("label", "expected"), [("2025Q3", False), ("2025-11", False), ("2025Q4", True), ("2025", True)]
)
def test_the_year_ends_with_december(label: str, expected: bool) -> None:
    assert period_of(label).is_year_end is expected


def test_a_month_that_ends_a_quarter_is_called_after_it() -> None:
    assert (Period.ending(2025, 9).label, Period.ending(2025, 10).label) == ("2025Q3", "2025-10")
