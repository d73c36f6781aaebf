import pytest

from engine.plan.context import find_candidates
from engine.plan.numbers import find_numbers
from engine.plan.refuse import reasons_against


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("50亿元以上重大项目不少于10个", ["the class bound of what is counted", None]),
        ("力争70%村集体年经营性收入过10万元", [None, "the class bound of what is counted"]),
        ("推进总投资20亿元的新能源项目", ["the size of a project, not a promise"]),
        ("围绕5个重点领域", ["the length of a list"]),
        ("电子、医药等2个新兴产业", ["counts what is named before it"]),
        ("去年完成改造200个", ["a result of the past"]),
        ("由62%提高到65%", ["where the change starts: only the number it leads to binds", None]),
        ("每亩补贴150元", ["the rate of a grant or a levy, not a promise"]),
        ("大干100天", ["a length of time: says when or how fast, not how much"]),
        ("改造小区155个", [None]),
    ],
)
def test_reason_comes_from_what_stands_around(text: str, reasons: list[str | None]) -> None:
    found = find_candidates(text, list(find_numbers(text)))
    assert list(reasons_against(found, text, 2025)) == reasons


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("涉及3个街道,住宅5005套,总建筑面积36万平方米", ["the size of a project, not a promise"] * 3),
        ("优良天数达到甲县220天、乙县210天", [None, None]),
        ("大干220天、乙县210天", ["a length of time: says when or how fast, not how much"] * 2),
        ("10大类52项民生实事", ["the length of a list"] * 2),
        ("用地500亩、占地200亩的产业园", ["the size of a project, not a promise"] * 2),
    ],
)
def test_reason_comes_from_the_numbers_around_it(text: str, reasons: list[str | None]) -> None:
    found = find_candidates(text, list(find_numbers(text)))
    assert list(reasons_against(found, text, 2025)) == reasons
