import pytest

from engine.plan.context import find_candidates
from engine.plan.idioms import is_idiom
from engine.plan.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "idiom"),
    [
        ("五个方面", True),
        ("三大革命", True),
        ("一体化", True),
        ("新建三所学校", False),
        ("不少于两场", False),
        ("两万亩", False),
    ],
)
def test_numerals_in_set_phrases_are_told_apart(text: str, idiom: bool) -> None:
    assert [is_idiom(one) for one in find_candidates(text, list(find_numbers(text)))] == [idiom]
