from fractions import Fraction

import pytest

from engine.model.limit import Edge

ZERO = Fraction(0)


@pytest.mark.parametrize(("x", "expected"), [("110.999", False), ("111", True), ("111.001", True)])
def test_an_edge_holds_at_and_above_its_line(x: str, expected: bool) -> None:
    assert Edge(q=1, p=0, c=111).holds(Fraction(x), ZERO) is expected


@pytest.mark.parametrize(("x", "expected"), [("110.999", False), ("111", False), ("111.001", True)])
def test_a_strict_edge_excludes_its_line(x: str, expected: bool) -> None:
    assert Edge(q=1, p=0, c=111, strict=True).holds(Fraction(x), ZERO) is expected


@pytest.mark.parametrize(("x", "y", "expected"), [("70", "100", True), ("69.999", "100", False), ("0", "0", True)])
def test_an_edge_weighs_both_operands(x: str, y: str, expected: bool) -> None:
    assert Edge(q=10, p=-7, c=0).holds(Fraction(x), Fraction(y)) is expected


def test_a_third_is_compared_exactly() -> None:
    assert Edge(q=3, p=-1, c=0).holds(Fraction(1, 3), Fraction(1))
