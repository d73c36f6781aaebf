"""Numbers, brackets and hidden characters in the sentences of an explanation."""

from fractions import Fraction

import pytest

from engine.model.derivation import Comparison, Derivation, Equation, Step, step
from engine.report.explain import explain_document, explain_text, number_text, sentence
from engine.report.words import Words


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(1, 8), "0.125"), (Fraction(-1, 3), "-1/3 ≈ -0.33"), (Fraction(1, 3000), "1/3000 ≈ 0.0003"), (0, "0")],
)
def test_number_is_exact_with_a_rounded_one_beside_a_fraction(value: Fraction, text: str) -> None:
    assert number_text(Fraction(value)) == text


def test_negative_number_inside_a_sum_stands_in_brackets() -> None:
    gap = Step("comparison", "gap", equation=Equation((Fraction(-5), "-", Fraction(-2)), Fraction(-3), "%"))
    assert sentence(gap, Words("en")) == "Gap: -5 - (-2) = -3 %"


def test_comparison_says_yes_or_no() -> None:
    line = Step(
        "comparison", "line-pass", (("unit", "percentage point"),), comparison=Comparison(Fraction(1), ">", Fraction(1))
    )
    assert sentence(line, Words("en")).endswith("(percentage points): 1 > 1: no")
    assert sentence(line, Words("zh-Hans")) == "是否达标？差距与达标线比较（个百分点）：1 > 1：否"


def test_control_characters_of_a_submission_never_reach_the_page() -> None:
    found = Derivation("verdict", (("rule", "r"),), (step("figure", "submitted", submitted="1\x1b[31m\n家"),))
    text = explain_text(found, Words("en"))
    assert "\x1b" not in text
    assert len(text.splitlines()) == 4


def test_document_names_what_it_is_about_and_leaves_the_rest_null() -> None:
    document = explain_document(Derivation("code", (("code", "not-utf8"),), ()), Words("en"))
    assert (document["code"], document["rule"], document["verdict"]) == ("not-utf8", None, None)
