import pytest

from engine.model.coverage import Coverage
from engine.model.diagnostic import Diagnostic
from engine.model.result import ValidateResult
from engine.model.source import Source
from engine.report.validation import validate_document, validate_table
from engine.report.words import Words

FOUND = Diagnostic(
    "value-differs",
    Source("rules/016-x.yaml", 3, 5),
    {"rule": "a", "key": "threshold", "found": "223 家", "wanted": "222 家"},
    (Source("targets.yaml", 9, 2),),
)
WITH_PLAN = Coverage(79, 61, 18, 0, 165, 165)
WITHOUT = Coverage(None, 61, 18, None, 165, 164)


def table(coverage: Coverage, *findings: Diagnostic, language: str = "en") -> str:
    result = ValidateResult("示例", "sha256:0", findings, coverage)
    return validate_table(result, Words(language), lambda text, style: text)


def test_a_sound_book_is_three_lines_that_add_up() -> None:
    assert table(WITH_PLAN) == (
        "Clauses: 165 of 165 accounted for\n"
        "Numbers in the plan: 79 = 61 promised + 18 declared no targets + 0 unclaimed\n"
        "Findings: none\n"
    )


def test_findings_come_first_with_both_places() -> None:
    assert table(WITHOUT, FOUND) == (
        "rules/016-x.yaml:3:5: error [value-differs] rule a has threshold 223 家, its target 222 家\n"
        "    → targets.yaml:9:2\n"
        "    way out: correct the one that misreads the plan\n"
        "\n"
        "Clauses: 164 of 165 accounted for\n"
        "Numbers in the book: 61 promised, 18 declared no targets; --plan FILE shows that none is missing\n"
        "Findings: 1 = 1 error + 0 warning + 0 note\n"
    )


def test_what_could_not_be_read_is_said() -> None:
    assert table(WITHOUT, Diagnostic("path-missing", Source("plan.txt"))).endswith("this answer is incomplete.\n")


@pytest.mark.parametrize(("language", "word"), [("zh-Hant", "條款：共 165 條，已對應 165 條"), ("zh-Hans", "条款：")])
def test_the_table_speaks_chinese(language: str, word: str) -> None:
    assert word in table(WITH_PLAN, language=language)


def test_the_document_holds_the_counts_as_they_are() -> None:
    document = validate_document(ValidateResult("示例", "sha256:0", (FOUND,), WITHOUT), Words("en"))
    assert document["coverage"]["numbers_in_plan"] is None
    assert document["coverage"]["clauses_accounted"] == 164
    assert [finding["code"] for finding in document["findings"]] == ["value-differs"]
    assert document["complete"] is True
