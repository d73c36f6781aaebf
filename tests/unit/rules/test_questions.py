from engine.model.diagnostic import Diagnostic
from engine.model.question import Question
from engine.rules.questions import ask_open
from engine.shapes import Fields
from tests.unit.small import codes, node_of


def ask(text: str) -> tuple[bool, list[Diagnostic]]:
    found: list[Diagnostic] = []
    fields = Fields(node_of(text), found, ("open",))
    return ask_open(fields, "rule-1", (Question.STAGES, Question.BANDS), found), found


def test_nothing_open_asks_nothing() -> None:
    assert ask("{}") == (False, [])


def test_every_open_word_is_asked_in_its_place() -> None:
    asked, found = ask("open: [stages, bands]")
    assert asked
    assert [(finding.code, str(finding.source), finding.params["name"]) for finding in found] == [
        ("open-stages", "file.yaml:1:8", "rule-1"), ("open-bands", "file.yaml:1:16", "rule-1"),
    ]  # fmt: skip


def test_a_word_that_does_not_fit_is_an_error() -> None:
    assert codes(ask("open: [title]")[1]) == ["unknown-word"]
