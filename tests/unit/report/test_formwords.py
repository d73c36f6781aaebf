from dataclasses import replace
from fractions import Fraction

import pytest

from engine.model.form import COLUMNS
from engine.report.formwords import FormWords, baseline_text
from engine.report.words import LANGUAGES, Words
from tests.unit.report.forms_of import TOTAL, forms_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_differ_from_each_other(language: str) -> None:
    words = FormWords(Words(language))
    assert len({words.heading(key) for key in COLUMNS}) == len(COLUMNS)


@pytest.mark.parametrize(
    ("rule", "period", "due"),
    [
        (TOTAL, "2025Q3", "≥ 166.5 家"),
        ("indicator: firms, kind: total, comparator: more_than, threshold: 100 家", "2025Q1", "≥ 25 家"),
        ("indicator: firms, kind: total, comparator: more_than, threshold: 100 家", "2025", "> 100 家"),
        ("indicator: growth, kind: rate, comparator: at_most, threshold: 3 %", "2025Q1", "≤ 3 %"),
        ("indicator: growth, kind: rate, threshold: 8 %, soft: true, tolerance: 0.5 個百分點", "2025Q1", "≥ 8 %左右"),
        ("indicator: firms, kind: level, threshold: 1200 家", "2025Q1", "全年 1200 家"),
        ("indicator: income, kind: relative, partner: growth, tolerance: 0 個百分點", "2025Q1", "≥ 總值增速"),
    ],
)
def test_what_is_due_is_said_in_short(rule: str, period: str, due: str) -> None:
    assert FormWords(Words("zh-Hant")).due(forms_of(rule, period)[0].items[0], None) == due


@pytest.mark.parametrize(("baseline", "due"), [(1000, "≥ 1150 家"), (1300, "≥ 1200 家")])
def test_what_is_due_of_a_level_starts_from_a_known_baseline(baseline: int, due: str) -> None:
    (item,) = forms_of("indicator: firms, kind: level, comparator: more_than, threshold: 1200 家")[0].items
    assert FormWords(Words("zh-Hant")).due(item, Fraction(baseline)) == due


def test_parts_have_words_that_a_department_reads() -> None:
    words = FormWords(Words("zh-Hans"))
    assert words.part("done", None) == "已完成数"
    assert words.last("2025Q2：done 6 家，eligible 10 家") == "2025Q2：已完成数 6 家，应完成数 10 家"


def test_a_verdict_that_the_sheet_cannot_give_is_left_to_check() -> None:
    words = FormWords(Words("en"))
    assert (words.verdict("?"), words.verdict("at-risk")) == ("left to check", "at risk")


def test_a_known_baseline_is_written_as_a_decimal() -> None:
    blank = forms_of(TOTAL)[0].items[0].blanks[0]
    assert baseline_text(blank) == ""
    assert baseline_text(replace(blank, baseline=Fraction(2001, 2))) == "1000.5"
