from fractions import Fraction

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure
from engine.submissions.revisions import apply_revisions
from tests.unit.small import book_of, codes, figures_of

LEVEL = "indicator: firms, kind: level, threshold: 1200 家"
RATE = "indicator: growth, kind: rate, threshold: 7 %"


def revise(rule: str, *texts: tuple[str, str]) -> tuple[list[Figure], list[Diagnostic]]:
    """The figures of several periods with what they declare of each other, in the order of the periods."""
    book = book_of(rule)
    figures = {key: value for period, text in texts for key, value in figures_of(book, period, text).items()}
    found: list[Diagnostic] = []
    revised = apply_revisions(book, figures, [figure for figure in figures.values() if figure.revises], found)
    return sorted(revised.values(), key=lambda figure: figure.period), found


def declared(before: str, after: str, period: str = "2025Q1", value: str = "1300 家") -> str:
    return f"firms: {{value: {value}, revises: {{period: {period}, from: {before}, to: {after}, reason: 核減}}}}"


def test_a_revision_stands_in_the_place_of_what_was_submitted_and_both_are_shown() -> None:
    (first, _), found = revise(LEVEL, ("2025Q1", "firms: 1010 家"), ("2025Q2", declared("1010 家", "1008.5 家")))
    assert (first.x, first.decimals, first.submitted, first.notes) == (Fraction(2017, 2), 1, "1010 家", ("revised",))
    assert first.source.file == "2025Q2/0.yaml"
    (finding,) = found
    assert (finding.code, finding.source, finding.related[0].file) == ("revised", first.source, "2025Q1/0.yaml")
    assert {"1010 家", "1008.5 家", "核減", "2025Q1"} <= set(finding.params.values())


def test_the_same_number_in_another_unit_of_measure_is_the_same_number() -> None:
    (first, _), _ = revise(LEVEL, ("2025Q1", "firms: 0.1 萬家"), ("2025Q2", declared("1000 家", "990 家")))
    assert first.x == 990


def test_a_baseline_is_revised_like_a_figure() -> None:
    texts = (("2025Q1", "firms: {value: 1050 家, baseline: 1000 家}"), ("2025Q2", declared("1000 家", "990 家")))
    (first, _), found = revise(LEVEL, *texts)
    assert (first.x, first.y, codes(found)) == (Fraction(1050), Fraction(990), ["revised"])


def test_a_revision_may_be_revised_again() -> None:
    texts = (
        ("2025Q1", "firms: 1010 家"),
        ("2025Q2", declared("1010 家", "1008 家")),
        ("2025Q3", declared("1008 家", "1007 家")),
    )
    (first, _, _), found = revise(LEVEL, *texts)
    assert (first.x, first.notes, codes(found)) == (Fraction(1007), ("revised",), ["revised", "revised"])


@pytest.mark.parametrize("before", ["1009 家", "1010 個", "1010.5 家"])
def test_what_is_on_record_decides(before: str) -> None:
    (first, _), found = revise(LEVEL, ("2025Q1", "firms: 1010 家"), ("2025Q2", declared(before, "1008 家")))
    assert (first.x, codes(found)) == (Fraction(1010), ["revision-differs"])
    assert found[0].params["record"] == "1010 家"


@pytest.mark.parametrize(
    ("first", "now"),
    [
        ("firms: 1010 個", declared("1010 個", "1008 家")),
        ("growth: 7 %", declared("1010 家", "1008 家")),
        ("firms: 1010 家", declared("1010 家", "1008 家", period="2024Q4")),
        ("firms: 1010 家", declared("1010", "1008 家")),
    ],
)
def test_nothing_is_made_of_what_is_not_there_or_cannot_be_read(first: str, now: str) -> None:
    rule = RATE if first.startswith("growth") else LEVEL
    (before, *_), found = revise(rule, ("2025Q1", first), ("2025Q2", now))
    assert ("revised" in before.notes, found) == (False, [])
