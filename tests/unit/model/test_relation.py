"""Relations: what each form says, as sums of figures."""

import pytest

from engine.model.relation import Quotient, Relation, RelationForm, Term
from engine.model.source import Source


def relation(form: str, *indicators: str, partial: bool = False, may_exceed: bool = False) -> Relation:
    places = ((form, 3, 5),)
    source = Source("relations.yaml", 2, 3)
    return Relation("r", RelationForm(form), indicators, partial, may_exceed, None, "示例", source, places)


def said(stated: Relation) -> list[tuple[str, bool]]:
    """The comparisons, as `+b -a`, and whether they are equalities."""
    signs = {1: "+", -1: "-"}

    def written(term: Term) -> str:
        return f"{signs[term.sign]}{term.indicator}{'[0]' if term.last else ''}"

    return [(" ".join(written(term) for term in each.terms), each.equal) for each in stated.comparisons]


@pytest.mark.parametrize(
    ("stated", "expected", "formula"),
    [
        (relation("at_most", "a", "b", "c"), [("+b -a", False), ("+c -b", False)], "a ≤ b ≤ c"),
        (relation("sum", "w", "a", "b"), [("+w -a -b", True)], "a + b = w"),
        (relation("sum", "w", "a", "b", partial=True), [("+w -a -b", False)], "a + b ≤ w"),
        (relation("ratio", "n", "d"), [("+d -n", False)], "n ≤ d"),
        (relation("ratio", "n", "d", "r"), [("+d -n", False)], "r = n ÷ d, n ≤ d"),
        (relation("ratio", "n", "d", "r", may_exceed=True), [], "r = n ÷ d"),
        (relation("stock", "l", "c"), [("+l -l[0] -c", True)], "l = l[0] + c"),
    ],
)
def test_every_form_says_what_holds(stated: Relation, expected: list[tuple[str, bool]], formula: str) -> None:
    assert said(stated) == expected
    assert stated.formula == formula


def test_only_a_ratio_with_a_rate_is_a_quotient() -> None:
    assert relation("ratio", "n", "d", "r").quotient == Quotient("r", "n", "d")
    assert relation("ratio", "n", "d").quotient is None
    assert relation("sum", "w", "a", "b").quotient is None


def test_the_place_of_a_key_is_known() -> None:
    assert relation("stock", "l", "c").place("stock") == Source("relations.yaml", 3, 5)
    assert relation("stock", "l", "c").place("id") == Source("relations.yaml", 2, 3)
