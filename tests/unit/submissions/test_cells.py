"""Submitted cells as claims: what may be wrong, and what holds whoever is right."""

from fractions import Fraction

from engine.exact.linear import Variable, reason
from engine.rules.obligations import list_obligations
from engine.submissions.cells import Sheet, fill_sheet
from engine.submissions.history import inherit_baselines
from engine.submissions.revisions import apply_revisions
from tests.unit.small import figures_of, period_of
from tests.unit.submissions.test_relations import CHAIN, RATE, STOCK, SUM, book_with


def sheet_of(relation: str, *texts: tuple[str, str]) -> Sheet:
    book = book_with(relation)
    figures = {key: figure for period, text in texts for key, figure in figures_of(book, period, text).items()}
    revised = apply_revisions(book, figures, [figure for figure in figures.values() if figure.revises], [])
    known = inherit_baselines(book, revised, list(figures.values()), [])
    return fill_sheet(book, list_obligations(book, period_of("2025Q2")), known, 2025, [202506])


def written(sheet: Sheet) -> list[tuple[str, str, bool]]:
    return [(cell.figure.period.label, cell.figure.indicator, cell.baseline) for cell in sheet.cells]


def test_only_what_is_tied_to_another_figure_is_a_cell() -> None:
    sheet = sheet_of(CHAIN, ("2025Q2", "huge: 3 個, large: 8 個, people: 5 萬人"))
    assert written(sheet) == [("2025Q2", "large", False), ("2025Q2", "huge", False)]
    assert written(sheet_of(CHAIN, ("2025Q2", "huge: 3 個"))) == []


def test_a_baseline_is_a_cell_of_its_own_and_written_once() -> None:
    texts = [
        ("2025Q1", "firms: {value: 1060 家, baseline: 1000 家}, net: 60 家"),
        ("2025Q2", "firms: 1131 家, net: 131 家"),
    ]
    assert written(sheet_of(STOCK, *texts)) == [
        ("2025Q1", "firms", False), ("2025Q1", "firms", True), ("2025Q1", "net", False),
        ("2025Q2", "firms", False), ("2025Q2", "net", False),
    ]  # fmt: skip


def test_what_nobody_wrote_is_no_claim_but_not_negative() -> None:
    sheet = sheet_of(SUM, ("2025Q2", "people: 5 萬人, town: 3 萬人"))
    system = sheet.system
    missing = Variable("市經信局", "country", "", "202506")
    assert (len(sheet.cells), str(system.ranges[missing].low)) == (2, "0")
    answer = reason(system)
    assert isinstance(answer, dict)
    assert (
        answer[missing]
        == answer[Variable("市經信局", "people", "", "202506")] - answer[Variable("市經信局", "town", "", "202506")]
    )


def test_what_may_not_fall_holds_from_period_to_period() -> None:
    sheet = sheet_of(CHAIN, ("2025Q1", "all: 9 個"), ("2025Q2", "all: 8 個"))
    assert written(sheet) == [("2025Q2", "all", False), ("2025Q1", "all", False)]
    assert reason(sheet.system) == frozenset({0, 1})
    revised = "all: {value: 8 個, revises: {period: 2025Q1, from: 9 個, to: 7 個, reason: 核減}}"
    assert isinstance(reason(sheet_of(CHAIN, ("2025Q1", "all: 9 個"), ("2025Q2", revised)).system), dict)


def test_a_rate_ties_its_parts_by_what_it_is_rounded_from() -> None:
    sheet = sheet_of(RATE, ("2025Q2", "started: 92 個, all: 128 個, rate: 71.9 %"))
    assert isinstance(reason(sheet.system.only(sheet.system.claims)), dict)
    other = sheet_of(RATE, ("2025Q2", "started: 92 個, all: 128 個, rate: 71.8 %"))
    assert reason(other.system) == frozenset({0, 1, 2})
    assert other.system.products[0].scale == Fraction(1000)


def test_what_contradicted_itself_before_ties_nothing_now() -> None:
    texts = [("2025Q1", "large: 9 個, all: 3 個"), ("2025Q2", "large: 9 個, all: 9 個")]
    assert isinstance(reason(sheet_of(CHAIN, *texts).system), dict)
    falling = [("2025-01", "all: 9 個"), ("2025Q1", "all: 3 個"), ("2025Q2", "all: 9 個")]
    assert isinstance(reason(sheet_of(CHAIN, *falling).system), dict)
