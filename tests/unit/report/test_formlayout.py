from dataclasses import replace

import pytest

from engine.report.formlayout import count_lines, lay_out
from tests.unit.report.forms_of import TOTAL, forms_of

EACH = "indicator: firms, kind: each, inner_kind: coverage, eligible: to-date, members: [甲, 乙], threshold: 100 %"


def test_each_member_shows_one_verdict_and_the_list_its_own() -> None:
    rows = lay_out(forms_of(EACH)[0])
    parts = [(row.blank.member, row.blank.part) if row.blank else None for row in rows]
    assert parts == [("甲", "done"), ("甲", "eligible"), ("乙", "done"), ("乙", "eligible"), None]
    assert [row.shows for row in rows] == [True, False, True, False, True]
    assert [row.first for row in rows] == [True, False, False, False, False]
    assert [row.asks for row in rows] == [True, True, True, True, False]


def test_a_figure_that_two_rules_need_is_asked_for_once() -> None:
    (form,) = forms_of(TOTAL)
    twice = replace(form, items=form.items * 2)
    assert [row.asks for row in lay_out(twice)] == [True, False]


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("abc", 1), ("規上企業", 1), ("規上企業數", 2)])
def test_chinese_characters_are_twice_as_wide(text: str, lines: int) -> None:
    assert count_lines(text, 9) == lines
