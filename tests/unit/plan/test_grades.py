import pytest

from engine.plan.context import find_candidates
from engine.plan.numbers import find_numbers
from engine.plan.refuse import reasons_against


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("大干100天", ["a length of time: says when or how fast, not how much"]),
        ("全省排名前移2位", ["a rank"]),
        ("优良天数达到300天", [None]),
        ("配送课程300课时", [None]),
    ],
)
def test_grade_or_length_of_time_is_no_promise(text: str, reasons: list[str | None]) -> None:
    found = find_candidates(text, list(find_numbers(text)))
    assert list(reasons_against(found, text, 2025)) == reasons
