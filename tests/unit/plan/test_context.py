import pytest

from engine.model.target import Comparator
from engine.plan.context import find_candidates, read_chain
from engine.plan.numbers import find_numbers
from engine.plan.words import Word


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("增长不低于", Word.AT_LEAST), ("总数超", Word.MORE_THAN), ("商超", None), ("签约", None), ("大约", Word.SOFT),
        ("不超过", Word.AT_MOST), ("提高到", Word.REACH), ("提高", Word.INCREASE), ("通过", None), ("新增", None),
    ],
)  # fmt: skip
def test_word_before_a_number(text: str, first: Word | None) -> None:
    chain, _ = read_chain(text, 0, len(text))
    assert (chain[0] if chain else None) is first


def test_words_of_each_number_begin_after_the_one_before() -> None:
    text = "新建公园5个、改造道路8条以上,其中快速路2条"
    found = find_candidates(text, list(find_numbers(text)))
    assert [one.words for one in found] == ["新建公园", "改造道路", "快速路"]
    assert [one.after for one in found] == [None, Comparator.AT_LEAST, None]


def test_commas_in_brackets_without_numbers_are_no_pause() -> None:
    text = "各县(市,区)改造小区5个"
    assert find_candidates(text, list(find_numbers(text)))[0].words == "各县(市,区)改造小区"


def test_noun_behind_the_number_is_seen() -> None:
    text = "完成7.8万亩高标准农田建设"
    assert find_candidates(text, list(find_numbers(text)))[0].leads
