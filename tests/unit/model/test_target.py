import pytest

from engine.model.target import QUANTITATIVE, Comparator, Kind, clause_slug
from tests.unit.small import ORGANIZATIONS, bind


@pytest.mark.parametrize(
    ("comparator", "sign", "strict"),
    [("at_least", 1, False), ("more_than", 1, True), ("at_most", -1, False), ("less_than", -1, True)],
)
def test_a_comparator_has_a_direction_and_may_be_strict(comparator: str, sign: int, strict: bool) -> None:
    assert (Comparator(comparator).sign, Comparator(comparator).strict) == (sign, strict)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["external", "milestone", "rate"], "quantitative"),
        (["external", "milestone"], "milestone"),
        (["external"], "external"),
        (["each"], "quantitative"),
        (["relative"], "quantitative"),
        ([], "qualitative"),
    ],
)
def test_the_class_of_a_clause_is_that_of_its_strongest_target(kinds: list[str], expected: str) -> None:
    targets = ", ".join(f"{{id: t{place}, quote: 甲, kind: {kind}}}" for place, kind in enumerate(kinds))
    text = f"plan: {{title: 例, year: 2025}}\nclauses: [{{clause: '1', targets: [{targets}]}}]\n"
    book, _ = bind({"targets.yaml": text, "organizations.yaml": ORGANIZATIONS})
    assert book is not None
    assert book.clauses[0].category == expected


def test_milestones_and_external_numbers_do_not_make_a_clause_quantitative() -> None:
    assert set(Kind) - QUANTITATIVE == {Kind.MILESTONE, Kind.EXTERNAL}


@pytest.mark.parametrize(
    ("number", "expected"), [("一(一)", "h01"), ("一(十)", "h10"), ("1", "001"), ("16", "016"), ("155", "155")]
)
def test_a_clause_s_rule_file_begins_with_its_number(number: str, expected: str) -> None:
    assert clause_slug(number) == expected
