import pytest

from engine.plan.context import find_candidates
from engine.plan.numbers import find_numbers
from engine.plan.refuse import reasons_against


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("围绕5个重点领域", ["the length of a list"]),
        ("聚焦6大产业、10条产业链", ["the length of a list", "the length of a list"]),
        ("电子、医药等2个新兴产业", ["counts what is named before it"]),
        ("新建5个公园", [None]),
        ("460个活动室提供不少于2300场活动", ["says where or on whom, not how much", None]),
        ("计划出列的20个贫困村通自来水", ["counts what is fixed elsewhere"]),
        ("新建城东、城西2座水厂", [None]),
        ("每个街道建有1个广场、每个社区建有1个点、每个小区建有1个站", [None, None, None]),
    ],
)
def test_list_is_no_promise(text: str, reasons: list[str | None]) -> None:
    found = find_candidates(text, list(find_numbers(text)))
    assert list(reasons_against(found, text, 2025)) == reasons
