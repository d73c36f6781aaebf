import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.submissions.numberformat import Shown, show_number


@pytest.mark.parametrize(
    ("digits", "code", "shown"),
    [
        ("131", "General", "131"),
        ("131", "", "131"),
        ("10.4", "General", "10.4"),
        ("10.300000000000001", "General", "10.3"),
        ("0.30000000000000004", "General", "0.3"),
        ("1E-3", "General", "0.001"),
        ("7", "0.0", "7.0"),
        ("6.95", "0.0", "6.95"),
        ("1234567", "#,##0", "1234567"),
        ("0.104", "0.0%", "10.4%"),
        ("0.10400000000000001", "0.00%", "10.40%"),
        ("-0.009", "0.0%", "-0.9%"),
        ("131", '0"家"', "131家"),
        ("131", "0\\家", "131家"),
        ("131", "[$¥-804]#,##0.00", "¥131.00"),
        ("-5", "0;[Red]0", "-5"),
        ("45838", "yyyy-mm-dd", "2025-06-30"),
        ("45838.5", 'yyyy"年"m"月"', "2025-06-30"),
        ("1", "yyyy", "1900-01-01"),
        ("0", "0.00", "0.00"),
        ("131", "@", "131"),
        ("nonsense", "0", "nonsense"),
        ("1E+999", "0", "1E+999"),
    ],
)
def test_a_number_is_what_its_cell_showed(digits: str, code: str, shown: str) -> None:
    assert show_number(digits, code) == Shown(shown)


def test_a_date_counts_from_1904_where_the_workbook_does() -> None:
    assert show_number("44376", "yyyy-mm-dd", epoch_1904=True) == Shown("2025-06-30")


@pytest.mark.parametrize("code", ["0,", "#,##0.0,,", '0.0,"千"'])
def test_a_format_that_shows_another_number_leaves_it_in_doubt(code: str) -> None:
    assert show_number("131000", code) is None


def test_a_calculated_number_counts_as_it_was_shown_and_says_so() -> None:
    assert show_number("33.333333333333336", "0.0") == Shown("33.3", "33.3333333333333")
    assert show_number("0.33333333333333331", "0.00%") == Shown("33.33%", "33.3333333333333")


def test_a_calculated_number_without_a_format_is_not_rounded_for_its_author() -> None:
    assert show_number("33.333333333333336", "General") == Shown("33.3333333333333")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_what_was_typed_comes_back_from_its_binary_fraction(typed: object) -> None:
    number = format(typed, "f")
    shown = show_number(format(float(number), ".17g"), "General")
    assert shown is not None
    assert float(shown.text) == float(number)
    assert len(shown.text.rpartition(".")[2] if "." in shown.text else "") <= 4
