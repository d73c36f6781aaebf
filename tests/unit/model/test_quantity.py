from decimal import Decimal
from fractions import Fraction

import pytest

from engine.model.quantity import Quantity, Unit

PERCENT = Unit("%", "share", 10)
INDEX = Unit("上年同期=100", "share", 10, 100)
TEN_THOUSAND_MU = Unit("萬畝", "area", 20_000_000)


def quantity(value: str, unit: Unit) -> Quantity:
    return Quantity(Decimal(value), -int(Decimal(value).as_tuple().exponent), unit, value)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [("6.1", PERCENT, "61"), ("-0.3", PERCENT, "-3"), ("100.2", INDEX, "2"), ("99.8", INDEX, "-2")],
)
def test_base_units_are_exact(value: str, unit: Unit, expected: str) -> None:
    assert quantity(value, unit).base == Fraction(expected)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [("7.0", PERCENT, "0.5"), ("7", PERCENT, "5"), ("7.8", TEN_THOUSAND_MU, "1000000"), ("100.2", INDEX, "0.5")],
)
def test_half_of_the_last_written_digit(value: str, unit: Unit, expected: str) -> None:
    assert quantity(value, unit).half_step == Fraction(expected)


def test_same_number_with_other_precision_has_the_same_worth() -> None:
    assert quantity("7.0", PERCENT).base == quantity("7", PERCENT).base
    assert quantity("7.0", PERCENT).decimals != quantity("7", PERCENT).decimals
