"""Every code is explained, in every language."""

import pytest

from engine.model.codes import CODES
from engine.report.explain import explain_text
from engine.report.explaincodes import describe_code
from engine.report.words import LANGUAGES, Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_meaning_and_way_out(language: str) -> None:
    words = Words(language)
    for code in CODES:
        found = describe_code(code, words)
        assert {each.section for each in found.steps} >= {"code", "way-out"}
        assert code in explain_text(found, words)


def test_example_shows_lines_and_place() -> None:
    text = explain_text(describe_code("figures-conflict", Words("en")), Words("en"))
    assert "cultural-squares: 9 個" in text
    assert "Found at conflict-two-names.yaml:7:19" in text
