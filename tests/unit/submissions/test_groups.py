"""Whose figures belong together."""

from engine.model.book import Book
from engine.rules.obligations import list_obligations
from engine.submissions.groups import group_figures
from tests.unit.small import book_of, figures_of, period_of

JOINT = """\
plan: {title: 示例方案, year: 2025}
clauses:
- clause: '16'
  responsible: [市經信局, 市發改委]
  targets:
  - {id: promise, quote: 全市凈增規上企業222家以上, kind: total}
"""
TOTAL = "indicator: firms, kind: total, threshold: 222 家"


def grouped(book: Book, *texts: str) -> dict[tuple[str, int], dict[str, str]]:
    """The figures as they were written, by body and indicator."""
    obligations = list_obligations(book, period_of("2025Q2"))
    groups = group_figures(obligations, figures_of(book, "2025Q2", *texts), {"firms", "land"})
    return {whose: {name: each.submitted for name, each in group.items()} for whose, group in groups.items()}


def test_the_city_has_what_those_report_who_answer_for_it() -> None:
    texts = ["firms: 131 家, land: 5 畝, growth: 7 %", "organization: 咸安區\nfigures: {firms: 3 家}"]
    assert grouped(book_of(TOTAL), *texts) == {
        ("", 202506): {"firms": "131 家"},
        ("咸安區", 202506): {"firms": "3 家"},
        ("市經信局", 202506): {"firms": "131 家", "land": "5 畝"},
    }


def test_what_cannot_be_used_belongs_to_nobody() -> None:
    assert grouped(book_of(TOTAL), "firms: 131 個") == {}


def test_bodies_that_answer_jointly_report_one_figure_or_none() -> None:
    book = book_of(TOTAL, targets=JOINT)
    first, same, other = "firms: 131 家", "firms: 131.0 家", "firms: 130 家"
    second = "organization: 市發改委\nfigures: {%s}"
    assert grouped(book, second % same)["", 202506] == {"firms": "131.0 家"}
    assert grouped(book, first, second % same)["", 202506] == {"firms": "131 家"}
    assert ("", 202506) not in grouped(book, first, second % other)
