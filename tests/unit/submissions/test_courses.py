"""What the course of a cell says for its being the wrong one."""

from fractions import Fraction

import pytest

from engine.exact.linear import components
from engine.model.figure import Figure, FigureKey
from engine.rules.obligations import list_obligations
from engine.submissions.cells import fill_sheet
from engine.submissions.courses import Courses
from tests.unit.small import figures_of, period_of
from tests.unit.submissions.test_reconcile import quota_book

BODIES = ("市經信局", "咸安區", "嘉魚縣")


def gains(*quarters: tuple[int | None, ...], doubt: bool = True) -> dict[str, Fraction]:
    """How much less strange each figure of the last quarter were if it alone were mended.

    The city's target is 50, the quotas are 30 and 20; the figures are those of `BODIES`.
    """
    book = quota_book()
    figures: dict[FigureKey, Figure] = {}
    for number, counts in enumerate(quarters, start=1):
        texts = [
            f"organization: {name}\nfigures: {{firms: {count} 家}}"
            for name, count in zip(BODIES, counts, strict=True)
            if count is not None
        ]
        figures.update(figures_of(book, f"2025Q{number}", *texts))
    now = period_of(f"2025Q{len(quarters)}")
    obligations = list_obligations(book, now)
    sheet = fill_sheet(book, obligations, figures, 2025, [now.key])
    doubted = {key for key in figures if key[2] == now.key} if doubt else set()
    courses = Courses(obligations, figures, doubted)
    found = {}
    for part in components(sheet.system):
        for claim in part.claims:
            figure = sheet.cells[claim].figure
            if figure.period == now:
                found[figure.organization] = courses.gain(sheet, part, claim)
    return found


def test_a_figure_that_is_off_its_course_and_can_be_mended_gains_most() -> None:
    # 25, 15 and 10 are due. 51 for 15 is mended by 15, which is due; the others would become strange.
    found = gains((12, 7, 5), (25, 51, 10))
    assert found["咸安區"] == Fraction(51, 15) * Fraction(51, 14) / Fraction(15, 14)
    assert found["市經信局"] < found["咸安區"]
    # Nothing below zero can be left to the other county, so it gains nothing.
    assert found["嘉魚縣"] < 1


def test_without_a_quarter_before_it_what_is_due_speaks_alone() -> None:
    assert gains((12, 70, 5))["咸安區"] == Fraction(70) / Fraction(15, 2) / (Fraction(15, 2) / 7)


def test_what_fits_together_gains_nothing_by_a_change() -> None:
    assert gains((12, 7, 5), (25, 15, 10)) == {"市經信局": 1, "咸安區": 1, "嘉魚縣": 1}


@pytest.mark.parametrize(("count", "expected"), [(0, 1000), (1, Fraction(10))])
def test_one_reference_says_only_so_much(count: int, expected: Fraction) -> None:
    # 嘉魚縣 owes 10 by June; with the city's 25 and the other's 15 that is what is left to it.
    assert gains((None, None, None), (25, 15, count))["嘉魚縣"] == expected


def test_a_doubted_quarter_says_nothing_of_the_next() -> None:
    doubted = gains((25, 15, 10), (20, 15, 10))
    assert doubted["市經信局"] == Fraction(25, 20) * Fraction(50, 20) / (Fraction(1) * 2)
