"""Every sentence of an explanation stands in both languages and takes the same particulars."""

from string import Formatter

import pytest

from engine.report.explainwords import SECTIONS, SENTENCES


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_both_languages_take_the_same_particulars(key: str) -> None:
    english, chinese = SENTENCES[key]
    assert fields(english) == fields(chinese)


def test_headings_are_translated() -> None:
    assert all(chinese and not chinese.isascii() for _, chinese in SECTIONS.values())
