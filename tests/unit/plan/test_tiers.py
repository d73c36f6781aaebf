import pytest

from engine.plan.tiers import guess_tier, is_group_word

GROUPS = (
    "各縣市區人民政府",
    "市政府各部門",
    "市直各单位",
    "市安全生產委員會成員單位",
    "有关部门",
    "其他政府部門",
    "各鎮(街道)",
)
BODIES = (
    "市發改委",
    "嘉魚縣",
    "咸寧高新區管委會",
    "市供電公司",
    "市中心醫院",
    "省自然資源廳",
    "溫泉街道辦事處",
    "市住房公積金中心",
)


@pytest.mark.parametrize("name", GROUPS)
def test_a_word_for_several_bodies_is_known(name: str) -> None:
    assert is_group_word(name)


@pytest.mark.parametrize("name", BODIES)
def test_a_single_body_is_no_group(name: str) -> None:
    assert not is_group_word(name)


def test_tiers_are_guessed_from_names() -> None:
    assert [guess_tier(name) for name in BODIES] == [
        "department", "county", "development-zone", "company", "institution", "province", "township", "institution",
    ]  # fmt: skip
