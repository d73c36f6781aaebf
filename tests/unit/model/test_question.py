from engine.model.codes import CODES
from engine.model.question import Question


def test_every_question_has_its_diagnostic() -> None:
    assert {question.code for question in Question} == {code for code in CODES if code.startswith("open-")}
