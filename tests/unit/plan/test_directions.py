import pytest

from engine.model.target import Comparator
from engine.plan.context import Candidate, find_candidates
from engine.plan.directions import find_groups, find_raised, read_change, read_comparator
from engine.plan.numbers import find_numbers


def candidates(text: str) -> tuple[Candidate, ...]:
    return find_candidates(text, list(find_numbers(text)))


@pytest.mark.parametrize(
    ("text", "comparator", "change"),
    [
        ("增长7%", Comparator.AT_LEAST, "increase"),
        ("能耗下降3%", Comparator.AT_LEAST, "decrease"),
        ("失业率5.5%左右", Comparator.AT_MOST, None),
        ("物价涨幅3%左右", Comparator.AT_MOST, "increase"),
        ("负担不超过总费用的10%", Comparator.AT_MOST, None),
        ("时限压缩至3个工作日", Comparator.AT_MOST, None),
        ("总数突破400家", Comparator.MORE_THAN, None),
        ("培育8-10个百亿企业", Comparator.BETWEEN, None),
    ],
)
def test_direction_comes_from_the_words(text: str, comparator: Comparator, change: str | None) -> None:
    one = candidates(text)[0]
    assert read_change(one, one, one.chain) == change
    assert read_comparator(one, one, one.chain, one.after, change) is comparator


def test_numbers_joined_by_a_pause_hang_together() -> None:
    kept = candidates("收入分别增长7%、8%左右")
    assert find_groups(kept) == [(kept[0], kept[1])] * 2


def test_numbers_apart_stand_alone() -> None:
    kept = candidates("收入分别增长7%、8%左右,产值增长9%")
    assert find_groups(kept) == [(kept[0], kept[1])] * 2 + [(kept[2], kept[2])]


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("生产总值增长6%以上,力争6.5%", 0),
        ("收入增长7%(城镇6%)", 0),
        ("生产总值增长6%以上,投资增长8%", None),
        ("净增企业20家以上,总数超100家", None),
    ],
)
def test_number_that_only_raises_another_is_known(text: str, raised: int | None) -> None:
    assert find_raised(1, candidates(text)) == raised
