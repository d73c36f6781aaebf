import pytest

from tests.unit.small import TARGETS, book_of

RULE = "indicator: firms, kind: total, threshold: 222 家"


def test_words_expand_in_order_and_each_body_once() -> None:
    expanded = book_of(RULE).expand(("嘉魚縣", "各縣市區", "市經濟和信息化局"))
    assert expanded == ("嘉魚縣", "咸安區", "市經信局")


def test_unknown_word_stands_for_nobody() -> None:
    assert book_of(RULE).expand(("市氣象局",)) == ()


def test_clause_is_found_by_its_number() -> None:
    assert book_of(RULE).clause("16").lead == ("市經信局",)


def test_absent_clause_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="17"):
        book_of(RULE).clause("17")


def test_targets_stand_in_the_plan_s_order() -> None:
    more = TARGETS + "- clause: '3'\n  targets: [{id: earlier-number, quote: 上規, kind: total}]\n"
    assert list(book_of(RULE, targets=more).targets) == ["promise", "earlier-number"]
