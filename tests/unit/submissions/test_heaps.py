"""Figures that heap just over their lines."""

from fractions import Fraction

import pytest

from engine.model.suspicion import Heaped
from engine.report.words import Words
from engine.submissions.heaps import find_heaps
from tests.unit.small import book_of, figures_of, judge_book

WANTED = Heaped(2, Fraction(1, 2), Fraction(2))
RULE = "indicator: growth, kind: rate, threshold: 7 %, judged: {lead: city, responsible: {same: [各縣市區]}}"


def heaped(rule: str, *figures: str, wanted: Heaped = WANTED) -> list[dict[str, str]]:
    """What is said of the figures of the city and two counties."""
    book = book_of(rule)
    indicator = rule.split(",")[0].split(": ")[1]
    texts = [
        f"organization: {name}\nfigures: {{{indicator}: {figure}}}"
        for name, figure in zip(("市經信局", "咸安區", "嘉魚縣"), figures, strict=False)
    ]
    found = list(find_heaps(judge_book(book, "2025Q2", figures_of(book, "2025Q2", *texts)), wanted))
    for finding in found:
        assert "{" not in Words("en").message(finding) + Words("zh-Hant").message(finding)
        assert len(finding.related) == int(finding.params["count"]) - 1
    return [finding.params for finding in found]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (("7.0 %", "7.4 %", "9.0 %"), [("2", "0")]),
        (("7.0 %", "7.4 %", "6.5 %"), [("2", "1")]),
        (("7.0 %", "7.4 %", "6.4 %"), [("2", "0")]),
        (("7.0 %", "6.9 %", "6.5 %"), []),
        (("7.0 %", "7.5 %", "9.0 %"), []),
        (("7.0 %", "7.1 %", "7.2 %"), [("3", "0")]),
        (("7.1 %",), []),
    ],
)
def test_many_just_over_and_few_just_under(figures: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert [(each["count"], each["under"]) for each in heaped(RULE, *figures)] == expected


def test_the_heap_says_how_far_it_spreads() -> None:
    (said,) = heaped(RULE, "7.0 %", "7.4 %", "7.1 %")
    assert said == {"period": "2025Q2", "count": "3", "under": "0", "within": "0.5", "bodies": "3", "rules": "1"}


@pytest.mark.parametrize(
    ("rule", "figure"),
    [
        (RULE.replace("7 %", "100 %"), "100 %"),
        (RULE + ", soft: true, tolerance: 1 個百分點", "7.1 %"),
        (RULE.replace("rate", "always"), "7.1 %"),
        (RULE.replace("growth", "firms").replace("7 %", "7 家"), "7.1 家"),
    ],
)
def test_a_line_that_is_not_sharp_is_no_line_to_heap_over(rule: str, figure: str) -> None:
    assert heaped(rule, figure, figure, figure) == []
