import pytest

from engine.plan.places import place_in


@pytest.mark.parametrize(("at", "shown"), [(0, "a.txt:1:1"), (2, "a.txt:1:3"), (3, "a.txt:2:1"), (4, "a.txt:3:1")])
def test_lines_and_columns_count_from_one(at: int, shown: str) -> None:
    assert str(place_in("ab\n\nc", at, "a.txt")) == shown
