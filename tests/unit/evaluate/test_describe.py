"""A rule in words, quarter by quarter."""

from fractions import Fraction

from engine.evaluate.describe import describe_rule
from engine.rules.obligations import limit_obligations, list_obligations
from tests.unit.small import book_of, period_of


def test_every_quarter_says_what_is_due() -> None:
    book = book_of("indicator: firms, kind: total, threshold: 222 家")
    quarters = [
        limit_obligations(book, list_obligations(book, period_of(f"2025Q{number}")), ()) for number in (1, 2, 3, 4)
    ]
    found = describe_rule(book, book.rules[0], quarters)
    due = [dict(each.params)["due"] for each in found.steps if each.key == "period"]
    assert due == [Fraction(111, 2), 111, Fraction(333, 2), 222]
    assert [each.key for each in found.steps if each.key.startswith("bands")] == [*3 * ["bands"], "bands-none"]


def test_everybody_who_is_judged_is_named() -> None:
    book = book_of(
        "indicator: growth, kind: rate, threshold: 7 %, judged: {lead: city, responsible: {same: [各縣市區]}}"
    )
    found = describe_rule(book, book.rules[0], [limit_obligations(book, list_obligations(book, period_of("2025")), ())])
    named = [dict(each.params)["organization"] for each in found.steps if each.key == "body"]
    assert named == ["市經信局", "咸安區", "嘉魚縣"]
