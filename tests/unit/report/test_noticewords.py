import doctest

import pytest

from engine.model.notice import Cause, State
from engine.report import noticewords
from engine.report.noticewords import STATES, cause_word, item_words, remark, state_word
from engine.report.words import Words
from tests.unit.followup.small import REFUSAL, REPLY, stand_on
from tests.unit.small import book_of, figures_of, judge_book

CHINESE = Words("zh-Hant")


def test_examples_hold() -> None:
    assert doctest.testmod(noticewords).failed == 0


@pytest.mark.parametrize("word", Cause)
def test_every_cause_has_a_word(word: Cause) -> None:
    assert cause_word(word, CHINESE)
    assert cause_word(word, Words("en")) == word.value


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_word_of_its_own(state: State) -> None:
    assert len({state_word(each, CHINESE) for each in State}) == len(STATES) == len(State)
    assert state_word(state, Words("zh-Hans"))


@pytest.mark.parametrize(
    ("rule", "figure", "wanted"),
    [
        (
            "indicator: firms, kind: total, comparator: at_least, threshold: 222 家",
            "firms: 88 家",
            ("222 家", "111 家", "88 家", "-10.36 個百分點", "134 家"),
        ),
        (
            "indicator: growth, kind: rate, comparator: at_least, threshold: 7 %",
            "growth: 5.9 %",
            ("7 %", "7 %", "5.9 %", "-1.1 個百分點", "1.1 %"),
        ),
        (
            "indicator: land, kind: always, comparator: at_least, threshold: 244.44 萬畝",
            "land: 244.43 萬畝",
            ("244.44 萬畝", "244.44 萬畝", "244.43 萬畝", "-0.01 萬畝", "0.01 萬畝"),
        ),
        (
            "indicator: firms, kind: milestone, "
            "stages: [{stage: 開工, due: 2025-03-31}, {stage: 封頂, due: 2025-06-30}]",
            "firms: {stage: 開工}",
            ("封頂", "封頂", "開工", "-1 個節點", ""),
        ),
    ],
)
def test_item_names_numbers_with_their_units(rule: str, figure: str, wanted: tuple[str, ...]) -> None:
    book = book_of(rule)
    (verdict,) = judge_book(book, "2025Q2", figures_of(book, "2025Q2", figure))
    said = item_words(verdict, CHINESE, "序時進度")
    found = (said.target, said.due, said.submitted, said.gap, said.remaining)
    assert found[:4] == wanted[:4]
    assert found[4] in (wanted[4], "")
    assert said.standing


def test_missing_figure_says_what_was_due() -> None:
    book = book_of("indicator: firms, kind: total, comparator: at_least, threshold: 222 家")
    (verdict,) = judge_book(book, "2025Q2", {})
    said = item_words(verdict, CHINESE, "序時進度")
    assert (said.standing, said.target, said.submitted, said.gap) == ("未報送", "222 家", "", "")


def test_remark_gives_the_reason_of_a_refusal_and_lateness() -> None:
    late = REPLY.replace("2025-05-01", "2025-05-06")
    assert remark(stand_on("2025-05-21", late, REFUSAL)[0], CHINESE) == "理由：沒有時限；逾期回復"
    assert remark(stand_on("2025-05-01")[0], CHINESE) == "—"
