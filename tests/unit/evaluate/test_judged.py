"""The lines that are printed are the engine's own edges."""

from fractions import Fraction

import pytest

from engine.evaluate.judged import value_of
from engine.rules.obligations import limit_obligations, list_obligations
from tests.unit.small import book_of, period_of

_NET = "indicator: firms, kind: total, threshold: 222 家"


@pytest.mark.parametrize(("period", "risk"), [("2025Q2", -10), ("2025", 0)])
def test_edges_are_read_back_as_gaps(period: str, risk: int) -> None:
    book = book_of(_NET)
    (limited,) = limit_obligations(book, list_obligations(book, period_of(period)), ())
    limit = limited.limits[0]
    assert value_of(limit.passing, limit) == 0
    assert value_of(limit.risk, limit) == Fraction(risk)
