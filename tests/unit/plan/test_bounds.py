import pytest

from engine.plan.context import find_candidates
from engine.plan.numbers import find_numbers
from engine.plan.refuse import reasons_against


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("50亿元以上重大项目不少于10个", ["the class bound of what is counted", None]),
        ("力争70%村集体年经营性收入过10万元", [None, "the class bound of what is counted"]),
        ("完成投资50亿元以上", [None]),
        ("推动20户以上自然村通硬化路", ["the class bound of what is counted"]),
        ("至少有1所200张床位以上的养老院", [None, "the class bound of what is counted"]),
        ("完成500万平方米小区整治与300个管网改造", [None, None]),
    ],
)
def test_class_bound_is_no_promise(text: str, reasons: list[str | None]) -> None:
    found = find_candidates(text, list(find_numbers(text)))
    assert list(reasons_against(found, text, 2025)) == reasons
