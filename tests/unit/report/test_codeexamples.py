"""The examples that ship are those of tests/broken/."""

from engine.model.codes import CODES
from engine.report.codeexamples import EXAMPLES
from tests.codeexamples import MODULE, module_text


def test_module_is_what_the_broken_files_give() -> None:
    assert module_text() == MODULE.read_text(encoding="utf-8"), "run python -m tests.codeexamples"


def test_examples_are_of_known_codes() -> None:
    assert set(EXAMPLES) <= set(CODES)
    assert len(EXAMPLES) > 30
