import re

from engine.plan import words
from engine.plan.fold import fold_text


def test_every_word_is_in_folded_writing() -> None:
    tables = [*words.BEFORE, *words.AFTER, *words.NOT_AFTER, *words.MORE_UNITS, *words.TIME_UNITS]
    assert [word for word in tables if fold_text(word) != word] == []


def test_guards_are_for_words_that_exist() -> None:
    assert set(words.NOT_AFTER) <= set(words.BEFORE)
    assert all(words.NOT_AFTER.values())


def test_patterns_compile() -> None:
    for pattern in (words.STRIVING, words.CEILING_INDICATOR, words.FLOW_INDICATOR, words.CREATING, words.ABSTRACT):
        re.compile(pattern)
