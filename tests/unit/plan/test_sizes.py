import pytest

from engine.plan.context import find_candidates
from engine.plan.numbers import find_numbers
from engine.plan.refuse import reasons_against


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("推进总投资20亿元的新能源项目", ["the size of a project, not a promise"]),
        ("加快占地300亩的物流园建设", ["the size of a project, not a promise"]),
        ("完成固定资产投资300亿元", [None]),
        ("新增建筑面积20万平方米", [None]),
        ("管道改造工程(1698米)", ["the size of a project, not a promise"]),
        ("投入90万元新建中转站2座", ["the size of a project, not a promise", None]),
        ("项目建成后,年处理污水3000万吨", ["the size of a project, not a promise"]),
        ("改善灌溉面积约8000亩", [None]),
    ],
)
def test_size_of_one_thing_is_no_promise(text: str, reasons: list[str | None]) -> None:
    found = find_candidates(text, list(find_numbers(text)))
    assert list(reasons_against(found, text, 2025)) == reasons
