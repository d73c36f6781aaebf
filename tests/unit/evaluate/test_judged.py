"""The lines that are printed are the engine's own edges."""

from fractions import Fraction

import pytest

from engine.evaluate.judged import value_of
from engine.rules.obligations import limit_obligations, list_obligations
from tests.unit.evaluate.test_explain import derivation_of
from tests.unit.small import book_of, period_of

_NET = "indicator: firms, kind: total, threshold: 222 家"


@pytest.mark.parametrize(("period", "risk"), [("2025Q2", -10), ("2025", 0)])
def test_edges_are_read_back_as_gaps(period: str, risk: int) -> None:
    book = book_of(_NET)
    (limited,) = limit_obligations(book, list_obligations(book, period_of(period)), ())
    limit = limited.limits[0]
    assert value_of(limit.passing, limit) == 0
    assert value_of(limit.risk, limit) == Fraction(risk)


def test_share_that_a_document_sets_is_due_in_per_cent() -> None:
    """What is dealt with is counted in firms; the number from above is a share of them, and stays one."""
    rule = "indicator: firms, kind: external, inner_kind: coverage, eligible: to-date"
    set_by = "amendments: [{target: promise, threshold: 98.5 %, document: 甲, date: 2025-05-01}]\n"
    found = derivation_of(rule, "firms: {done: 63 家, eligible: 64 家}", amendments=set_by)
    due = next(dict(each.params) for each in found.steps if each.key == "due-whole")
    assert (due["target"], due["unit"]) == (Fraction("98.5"), "%")
    assert "number-set" in [each.key for each in found.steps]
