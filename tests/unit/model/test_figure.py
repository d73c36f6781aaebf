from engine.model.figure import Form
from tests.unit.small import book_of, figures_of

RULE = "indicator: firms, kind: total, threshold: 222 家"


def test_a_figure_is_known_by_body_indicator_period_and_member() -> None:
    (figure,) = figures_of(book_of(RULE), "2025Q2", "firms: 131 家").values()
    assert figure.key == ("市經信局", "firms", 202506, "")


def test_two_labels_of_one_stretch_give_one_key() -> None:
    quarter = figures_of(book_of(RULE), "2025Q2", "firms: 131 家")
    half_year = figures_of(book_of(RULE), "2025H1", "firms: 131 家")
    assert list(quarter) == list(half_year)


def test_forms_are_the_words_of_the_tables() -> None:
    assert [form.value for form in Form] == ["value", "parts", "counted", "stage"]
