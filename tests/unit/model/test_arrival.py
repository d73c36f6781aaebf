from datetime import date

import pytest

from engine.model.arrival import Arrival, Standing
from tests.unit.small import period_of


@pytest.mark.parametrize(
    ("day", "due", "expected"),
    [
        (date(2025, 7, 12), date(2025, 7, 10), 2),
        (date(2025, 7, 10), date(2025, 7, 10), 0),
        (date(2025, 7, 1), date(2025, 7, 10), 0),
        (None, date(2025, 7, 10), None),
        (date(2025, 7, 12), None, None),
    ],
)
def test_days_late_are_counted_from_the_last_day(day: date | None, due: date | None, expected: int | None) -> None:
    assert Arrival("甲", period_of("2025Q2"), "a.yaml", day, due, Standing.LATE).days_late == expected
