"""The examples that ship are what the program finds in tests/broken/, tests/codecases.py and tests/codesmade.py."""

import pytest

from engine.model.codes import CODES
from engine.report.codeexamples import EXAMPLES
from engine.report.explain import explain_text
from engine.report.explaincodes import describe_code
from engine.report.words import Words
from tests.codeexamples import CANNOT_BE_SHOWN, MODULE, module_text


def test_module_is_what_the_program_finds() -> None:
    assert module_text() == MODULE.read_text(encoding="utf-8"), "run python -m tests.codeexamples"


def test_no_code_lacks_an_example_but_those_that_are_listed() -> None:
    assert set(CODES) - set(EXAMPLES) == set(CANNOT_BE_SHOWN)
    assert set(EXAMPLES) <= set(CODES)
    assert all(CANNOT_BE_SHOWN.values())


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_every_example_has_its_place_and_a_way_out(language: str) -> None:
    words = Words(language)
    for code, (_, lines, place, _) in EXAMPLES.items():
        assert place, code
        derivation = describe_code(code, words)
        assert [each.section for each in derivation.steps][-1] == "way-out"
        text = explain_text(derivation, words)
        assert place in text
        assert all(f"  | {line}" in text for line in lines if line.isprintable()), code
