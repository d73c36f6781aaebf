from fractions import Fraction

import pytest

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.rules.obligations import list_obligations
from engine.submissions.reconcile import apply_inspections, reconcile
from tests.unit.small import bind, book_of, codes, figures_of, period_of, rule_file

INDICATORS = "- {id: firms, name: 規上企業, unit: 家, additive: true}\n- {id: land, name: 面積, unit: 畝}\n"
QUOTA = "indicator: firms, kind: total, threshold: 50 家, judged: {lead: city, responsible: {quota: q}}"


def quota_book(rule: str = QUOTA, indicators: str = INDICATORS) -> Book:
    files = {
        "rules/016-small.yaml": rule_file(rule, indicators),
        "allocations/q.yaml": "rule: rule\ndocument: 表\nquotas: {咸安區: 30 家, 嘉魚縣: 20 家}\n",
    }
    book, found = bind(files)
    assert found == []
    assert book is not None
    return book


def reconciled(book: Book, **figures: str) -> list[Diagnostic]:
    texts = [f"organization: {name}\nfigures: {{firms: {figure}}}" for name, figure in figures.items()]
    found: list[Diagnostic] = []
    reconcile(book, list_obligations(book, period_of("2025Q2")), figures_of(book, "2025Q2", *texts), found)
    return found


@pytest.mark.parametrize(("city", "expected"), [("30 家", []), ("31 家", ["sum-differs"]), ("29 家", ["sum-differs"])])
def test_the_city_s_figure_is_the_sum_of_its_counties(city: str, expected: list[str]) -> None:
    assert codes(reconciled(quota_book(), 市經信局=city, 咸安區="20 家", 嘉魚縣="10 家")) == expected


@pytest.mark.parametrize(("city", "expected"), [("32 家", []), ("33 家", ["sum-differs"]), ("27 家", ["sum-differs"])])
def test_the_rule_s_tolerance_is_allowed(city: str, expected: list[str]) -> None:
    book = quota_book(QUOTA + ", reconcile_tolerance: 2 家")
    assert codes(reconciled(book, 市經信局=city, 咸安區="20 家", 嘉魚縣="10 家")) == expected


def test_the_finding_is_against_both_sides() -> None:
    (finding,) = reconciled(quota_book(), 市經信局="31 家", 咸安區="20 家", 嘉魚縣="10 家")
    assert (finding.params["city"], finding.params["sum"], finding.params["count"]) == ("31", "30", "2")
    assert (finding.source.file, [source.file for source in finding.related]) == (
        "2025Q2/0.yaml",
        ["2025Q2/1.yaml", "2025Q2/2.yaml"],
    )


@pytest.mark.parametrize(
    "figures",
    [
        {"市經信局": "31 家", "咸安區": "20 家"},
        {"咸安區": "20 家", "嘉魚縣": "10 家"},
        {"市經信局": "31 家"},
        {"市經信局": "31 家", "咸安區": "20 家", "嘉魚縣": "10 個"},
    ],
)
def test_only_a_whole_sum_can_be_wrong(figures: dict[str, str]) -> None:
    assert reconciled(quota_book(), **figures) == []


@pytest.mark.parametrize(("city", "expected"), [("19 家", ["sum-differs"]), ("20 家", [])])
def test_some_counties_alone_are_no_more_than_the_city(city: str, expected: list[str]) -> None:
    assert codes(reconciled(quota_book(), 市經信局=city, 咸安區="20 家")) == expected


def test_a_missing_net_figure_may_be_negative() -> None:
    book = quota_book(QUOTA + ", net: true", INDICATORS.replace("additive: true", "additive: true, net: true"))
    assert reconciled(book, 市經信局="19 家", 咸安區="20 家") == []


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("3.045 萬家", []),
        ("3.04 萬家", []),
        ("3.05 萬家", ["sum-differs"]),
        ("3.03 萬家", ["sum-differs"]),
        ("30449 家", []),
        ("30450 家", ["sum-differs"]),
    ],
)
def test_what_rounding_explains_is_no_difference(city: str, expected: list[str]) -> None:
    assert codes(reconciled(quota_book(), 市經信局=city, 咸安區="20000 家", 嘉魚縣="1.04 萬家")) == expected


def test_figures_that_do_not_add_up_are_not_compared() -> None:
    book = quota_book(indicators=INDICATORS.replace(", additive: true", ""))
    assert reconciled(book, 市經信局="31 家", 咸安區="20 家", 嘉魚縣="10 家") == []


def inspected(rule: str, submitted: str, established: str) -> tuple[tuple[object, ...], list[str]]:
    """What stands in the figure's place after an inspection, and the findings."""
    book = book_of(rule, INDICATORS)
    found: list[Diagnostic] = []
    figures = figures_of(book, "2025Q2", submitted) if submitted else {}
    after = apply_inspections(book, figures, figures_of(book, "2025Q2", established).values(), found)
    (figure,) = after.values()
    return (figure.x, figure.submitted, figure.notes), codes(found)


FLOOR = "indicator: firms, kind: total, threshold: 50 家"
CEILING = "indicator: firms, kind: total, comparator: at_most, threshold: 50 家"


@pytest.mark.parametrize(
    ("rule", "submitted", "found"),
    [
        (FLOOR, "131 家", ["overstated"]),
        (FLOOR, "120 家", []),
        (FLOOR, "100 家", []),
        (CEILING, "100 家", ["overstated"]),
        (CEILING, "131 家", []),
    ],
)
def test_what_was_established_on_site_takes_the_figure_s_place(rule: str, submitted: str, found: list[str]) -> None:
    after = inspected(rule, f"firms: {submitted}", "firms: 120 家")
    assert after == ((120, submitted, ("inspected",)), found)


def test_an_inspection_stands_where_nothing_came_in() -> None:
    assert inspected(FLOOR, "", "firms: 120 家") == ((120, "", ("inspected",)), [])


@pytest.mark.parametrize(("submitted", "found"), [("125 家", []), ("126 家", ["overstated"])])
def test_an_overstatement_within_the_tolerance_is_none(submitted: str, found: list[str]) -> None:
    rule = FLOOR + ", reconcile_tolerance: 5 家"
    assert inspected(rule, f"firms: {submitted}", "firms: 120 家")[1] == found


def test_an_inspection_mends_an_unusable_figure() -> None:
    assert inspected(FLOOR, "firms: 131 個", "firms: 120 家") == ((120, "131 個", ("inspected",)), [])


def test_an_unusable_inspection_changes_nothing() -> None:
    assert inspected(FLOOR, "firms: 131 家", "firms: 120 個") == ((131, "131 家", ()), [])


def test_the_baseline_of_the_submission_stays() -> None:
    book = book_of("indicator: firms, kind: level, threshold: 1200 家", INDICATORS)
    submitted = figures_of(book, "2025Q2", "firms: {value: 1131 家, baseline: 1000 家}")
    established = figures_of(book, "2025Q2", "firms: 1120 家").values()
    (figure,) = apply_inspections(book, submitted, established, []).values()
    assert (figure.x, figure.y) == (Fraction(1120), Fraction(1000))
