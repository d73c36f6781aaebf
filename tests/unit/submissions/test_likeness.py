"""Two bodies that report the same figures."""

from fractions import Fraction

import pytest

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.suspicion import Identical
from engine.report.words import Words
from engine.rules.obligations import list_obligations
from engine.submissions.likeness import find_identical_figures
from tests.unit.small import ORGANIZATIONS, book_of, figures_of, period_of

ORGANIZED = ORGANIZATIONS.replace("groups:", "- {name: 赤壁市, tier: county}\n- {name: 通城縣, tier: county}\ngroups:")
BOOK = book_of("indicator: firms, kind: total, threshold: 222 家", organizations=ORGANIZED)
WANTED = Identical(3, Fraction(3, 4))
COLUMN = "firms: 31 家, growth: 7.3 %, income: 5.2 %, land: 812 畝"


def pairs(book: Book, wanted: Identical = WANTED, **figures: str) -> list[Diagnostic]:
    return pairs_of(book, figures, wanted)


def pairs_of(book: Book, figures: dict[str, str], wanted: Identical = WANTED) -> list[Diagnostic]:
    texts = [f"organization: {name}\nfigures: {{{text}}}" for name, text in figures.items()]
    known = figures_of(book, "2025Q2", *texts)
    return list(find_identical_figures(book, list_obligations(book, period_of("2025Q2")), known, [202506], wanted))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (COLUMN, ("4", "4")),
        (COLUMN.replace("812", "813"), ("3", "4")),
        (COLUMN.replace("812", "813").replace("5.2", "5.3"), None),
        ("firms: 31 家, growth: 7.30 %, land: 812 畝", ("3", "3")),
        ("firms: 31 家, growth: 7.3 %", None),
        ("firms: 31 家, growth: 7.3 %, land: 812 平方米", None),
        ("firms: 31 個, growth: 7.3 %, land: 812 畝", None),
    ],
)
def test_a_column_that_was_copied(other: str, expected: tuple[str, str] | None) -> None:
    found = pairs(BOOK, 咸安區=COLUMN, 嘉魚縣=other)
    assert [(each.params["count"], each.params["common"]) for each in found] == ([expected] if expected else [])


def test_both_bodies_and_all_places_are_named() -> None:
    (finding,) = pairs(BOOK, 咸安區=COLUMN, 嘉魚縣=COLUMN)
    assert (finding.params["organization"], finding.params["other"]) == ("咸安區", "嘉魚縣")
    assert (
        sorted(each.file for each in (finding.source, *finding.related))
        == ["2025Q2/0.yaml"] * 4 + ["2025Q2/1.yaml"] * 4
    )
    for language in ("en", "zh-Hant", "zh-Hans"):
        assert "{" not in Words(language).message(finding)


def test_zeros_say_nothing() -> None:
    zeros = "firms: 0 家, growth: 0 %, income: 0 %, land: 0 畝"
    assert pairs(BOOK, 咸安區=zeros, 嘉魚縣=zeros) == []


def test_what_many_report_says_nothing() -> None:
    every = {"咸安區": COLUMN, "嘉魚縣": COLUMN, "赤壁市": COLUMN}
    assert len(pairs_of(BOOK, every)) == 3
    assert pairs_of(BOOK, {**every, "通城縣": COLUMN}) == []


def test_few_of_many_are_chance() -> None:
    more = ", capital: 5 美元"
    assert len(pairs(BOOK, Identical(3, Fraction(1)), 咸安區=COLUMN, 嘉魚縣=COLUMN + more)) == 1
    assert pairs(BOOK, Identical(4, Fraction(1)), 咸安區=COLUMN + more, 嘉魚縣=COLUMN + ", capital: 6 美元") == []


def test_bodies_that_answer_jointly_may_report_the_same() -> None:
    targets = """\
plan: {title: 示例方案, year: 2025}
clauses:
- {clause: '16', responsible: [市經信局, 市發改委], targets: [{id: promise, quote: 企業222家, kind: total}]}
"""
    book = book_of("indicator: firms, kind: total, threshold: 222 家", targets=targets)
    same = "firms: 31 家, growth: 7.3 %, income: 5.2 %"
    assert pairs(book, Identical(3, Fraction(1, 2)), 市經信局=same, 市發改委=same) == []
    assert len(pairs(book, Identical(2, Fraction(1, 2)), 市經信局=same, 市發改委=same)) == 1
