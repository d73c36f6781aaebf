"""Every sentence of an explanation stands in both languages and takes the same particulars."""

from string import Formatter

import pytest

from engine.report.explainwords import SECTIONS, SENTENCES
from engine.report.words import Words

CHINESE = Words("zh-Hant")


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_both_languages_take_the_same_particulars(key: str) -> None:
    assert fields(SENTENCES[key]) == fields(CHINESE.said(SENTENCES[key], key))


def test_headings_are_translated() -> None:
    assert [key for key, english in SECTIONS.items() if CHINESE.said(english, key).isascii()] == []
