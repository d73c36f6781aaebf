from dataclasses import replace

import pytest

from engine.model.difference import Cause, Change, Difference, Edit, RowChange, SidedFinding
from engine.model.source import Source
from engine.report.difference import (
    cause_word,
    closing_lines,
    difference_document,
    difference_markdown,
    difference_table,
    reason_text,
)
from engine.report.words import Words
from tests.test_schemas import errors
from tests.unit.followup.differing import row_of, told_of_rows

FIGURE, RULE = Cause.CORRECTED_FIGURE, Cause.RULE
PLACES = Source("a.yaml", 3, 5), Source("b.yaml", 3, 5)
EDIT = Edit(FIGURE, "figure", "經信局 firms 2025Q2", ("111 家", "90 家"), PLACES)
FAILED = row_of(verdict="fail", actual="90")
FLIP = RowChange(Change.FLIP, row_of(), FAILED, ((FIGURE,),), (), ((FIGURE, "fail"),), (0,))
FINDING = SidedFinding("sum-differs", "error", "兩數不符", Source("a.yaml", 3, 5))


def difference(*changes: RowChange) -> Difference:
    told = told_of_rows(row_of())
    return Difference(
        told, told, (EDIT,), changes, (), (), tuple(each.row for each in changes), (), (FINDING,), (), 4, True
    )


def unpainted(text: str, style: str) -> str:
    return text


@pytest.mark.parametrize(
    ("because", "alone", "said"),
    [
        (((FIGURE,),), ((FIGURE, "fail"),), "corrected figure"),
        (((FIGURE, RULE),), ((RULE, "at-risk"),), "corrected figure, rule together; rule alone: at risk"),
        (((FIGURE,), (RULE,)), (), "corrected figure or rule, each alone"),
        (((FIGURE,),), ((RULE, "-"),), "corrected figure; rule alone: -"),
        ((), (), "no cause was found"),
    ],
)
def test_causes_are_said_as_they_work(
    because: tuple[tuple[Cause, ...], ...], alone: tuple[tuple[Cause, str], ...], said: str
) -> None:
    assert reason_text(replace(FLIP, because=because, alone=alone), Words("en")) == said


def test_what_is_not_proved_is_said_to_be_suspected() -> None:
    suspected = replace(FLIP, because=(), alone=(), suspected=(FIGURE, Cause.POLICY))
    assert reason_text(suspected, Words("en")) == "corrected figure, policy: at least one of them"
    assert reason_text(suspected, Words("zh-Hans")) == "更正数、判定口径：至少其一"


def test_table_shows_edit_flip_cause_places_and_counts() -> None:
    text = difference_table(difference(FLIP), Words("en"), unpainted)
    for words in ("111 家", "90 家", "a.yaml:3:5 → b.yaml:3:5", "pass → fail", "111 / 111 家 → 90 / 111 家"):
        assert words in text
    assert "Verdicts: 1 changed, 0 with other numbers, 0 added, 0 gone" in text
    assert "Failures: 0 still there, 1 new, 0 gone" in text
    assert "Findings: 4 still there, 1 new, 0 gone" in text


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_every_language_names_the_cause_and_data_stay(language: str) -> None:
    words = Words(language)
    for text in (difference_table(difference(FLIP), words, unpainted), difference_markdown(difference(FLIP), words)):
        assert cause_word(FIGURE, words) in text
        assert "經信局" in text


def test_markdown_cells_stay_text() -> None:
    edit = replace(EDIT, said=("a|b # c", "`d`"))
    text = difference_markdown(replace(difference(), edits=(edit,)), Words("en"))
    assert "a\\|b \\# c" in text
    assert "\\`d\\`" in text


def test_nothing_that_came_in_is_obeyed_by_a_terminal() -> None:
    evil = "\x1b[2Ja\nb"
    edit = Edit(FIGURE, "figure", evil, (evil, evil), (Source(evil, 1, 1), None))
    row = row_of(organization=evil, actual=evil, indicator=evil)
    finding = replace(FINDING, code=evil, message=evil, source=Source(evil))
    hostile = replace(difference(replace(FLIP, new=row)), edits=(edit,), new_findings=(finding,))
    text = difference_table(hostile, Words("en"), unpainted)
    assert "\x1b" not in text
    assert "a\nb" not in text


def test_document_follows_its_schema_and_counts_flips_by_cause() -> None:
    gone = RowChange(Change.REMOVED, row_of(rule="b"), None, ((RULE,),))
    shift = RowChange(Change.SHIFT, row_of(rule="c"), row_of(rule="c", actual="120"), ((FIGURE,),))
    together = replace(FLIP, because=((FIGURE, RULE),))
    document = difference_document(difference(FLIP, gone, shift, together))
    assert errors("diff", document) == []
    assert document["causes"] == [
        {"cause": "corrected-figure", "edits": 1, "flips": 1, "rows": 3},
        {"cause": "rule", "edits": 0, "flips": 1, "rows": 2},
    ]


def test_nothing_changed_is_said() -> None:
    told = told_of_rows(row_of())
    same = Difference(told, told, (), (), (), (), (), (), (), (), 0, True)
    assert closing_lines(same, Words("en"))[0] == "Nothing changed."
    incomplete = replace(same, new=replace(told, complete=False))
    assert closing_lines(incomplete, Words("en"))[-1].startswith("Some input could not be used")
