"""Blank forms of the small book, for the tests of what is made of them."""

from collections.abc import Mapping

from engine.model.figure import Figure, FigureKey
from engine.model.form import BlankForm
from engine.model.period import Period
from engine.rules.forms import blank_forms
from engine.rules.obligations import limit_obligations, list_obligations
from tests.unit.small import INDICATORS, book_of, period_of


def forms_of(
    rule: str, period: str = "2025Q3", indicators: str = INDICATORS, figures: Mapping[FigureKey, Figure] | None = None
) -> list[BlankForm]:
    """The forms of a book with one rule."""
    book = book_of(rule, indicators)
    at = period_of(period)
    known = figures or {}
    past = sorted({figure.period for figure in known.values()})
    limited = limit_obligations(book, list_obligations(book, at), past)

    def no_baseline(organization: str, indicator: str, at: Period, member: str) -> None:
        return None

    return blank_forms(book, at, limited, known, no_baseline)


TOTAL = "indicator: firms, kind: total, threshold: 222 家"
