from datetime import date

import pytest

from engine.model.signer import Signer
from engine.model.source import Source
from tests.unit.small import period_of


@pytest.mark.parametrize(
    ("first", "last", "signs"),
    [
        (None, None, True),
        ("2025-06-30", None, True),
        ("2025-07-01", None, False),
        (None, "2025-06-30", True),
        (None, "2025-06-29", False),
        ("2025-01-01", "2025-12-31", True),
    ],
)
def test_a_key_signs_for_periods_that_end_within_its_time(first: str | None, last: str | None, signs: bool) -> None:
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    assert Signer("水利局", False, "SHA256:x", Source("signers.yaml"), *days).signs_for(period_of("2025Q2")) is signs
