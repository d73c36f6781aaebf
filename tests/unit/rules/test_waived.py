from datetime import date

import pytest

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.verdict import Verdict
from engine.rules.obligations import list_obligations
from engine.rules.waived import Waivers, excuse, mark_waived
from tests.unit.small import book_of, figures_of, judge_book, period_of

RULE = "indicator: firms, kind: total, threshold: 222 家, judged: {lead: city, responsible: {same: [各縣市區]}}"


def waiver(start: str = "2025-04-01", end: str = "2025-06-30", reach: str = "市經信局", document: str = "批復") -> str:
    return (
        f"- {{document: {document}, date: 2025-05-01, approver: 省政府, start: {start}, end: {end}, "
        f"reach: [{reach}], targets: [promise], reason: 汛期}}\n"
    )


def waived_book(*entries: str) -> Book:
    return book_of(RULE, waivers="waivers:\n" + "".join(entries or (waiver(),)))


def excused(book: Book, period: str = "2025Q2", as_of: date | None = None) -> dict[str, str]:
    """The document that excuses each body, in the words of the obligations of a period."""
    owed = list_obligations(book, period_of(period), as_of)
    return {each.organization: each.waiver.document for each in owed if each.waiver}


def marked(book: Book, figure: str, period: str = "2025Q2") -> tuple[Verdict, list[tuple[str, str]]]:
    """The lead's verdict on a figure, and the findings with the verdicts that they name."""
    found: list[Diagnostic] = []
    verdicts = judge_book(book, period, figures_of(book, period, f"firms: {figure}"))
    marks = mark_waived(book, verdicts, None, found)
    return marks[0], [(finding.code, finding.params["names"]) for finding in found]


@pytest.mark.parametrize(("period", "expected"), [("2025Q1", {}), ("2025-04", 1), ("2025Q2", 1), ("2025-07", {})])
def test_a_waiver_excuses_where_the_last_day_of_the_period_lies_in_it(period: str, expected: object) -> None:
    assert excused(waived_book(), period) == ({"市經信局": "批復"} if expected else {})


def test_a_group_word_excuses_its_members() -> None:
    assert excused(waived_book(waiver(reach="各縣市區"))) == {"咸安區": "批復", "嘉魚縣": "批復"}


@pytest.mark.parametrize(("day", "expected"), [(date(2025, 4, 30), {}), (date(2025, 5, 1), {"市經信局": "批復"})])
def test_what_was_not_known_on_a_day_excuses_nobody(day: date, expected: dict[str, str]) -> None:
    assert excused(waived_book(), as_of=day) == expected


def test_of_two_waivers_at_once_the_earlier_one_excuses() -> None:
    book = waived_book(waiver(start="2025-05-01", document="乙"), waiver(document="甲"))
    assert excused(book) == {"市經信局": "甲"}
    (lead,) = [each for each in list_obligations(book, period_of("2025Q2")) if each.organization == "市經信局"]
    assert [each.document for each in Waivers(book).covering(lead)] == ["甲", "乙"]


def test_without_waivers_obligations_stay_the_same() -> None:
    book = book_of(RULE)
    owed = list_obligations(book, period_of("2025Q2"))
    assert excuse(book, owed) == owed


@pytest.mark.parametrize(
    ("figure", "outcome", "notes", "findings"),
    [
        ("88 家", "fail", ("waived",), []),
        ("110 家", "at-risk", ("waived",), []),
        ("111 個", "undecided", ("finding:unit-mismatch", "waived"), []),
        ("111 家", "pass", (), [("waiver-useless", "市經信局 rule")]),
    ],
)
def test_a_verdict_stays_what_it_is(
    figure: str, outcome: str, notes: tuple[str, ...], findings: list[tuple[str, str]]
) -> None:
    verdict, found = marked(waived_book(), figure)
    assert (verdict.outcome, verdict.notes, verdict.waived, found) == (outcome, notes, outcome != "pass", findings)


def test_after_its_end_a_waiver_is_named_while_the_promise_is_not_kept() -> None:
    verdict, found = marked(waived_book(), "88 家", "2025Q3")
    assert (verdict.waived, found) == (False, [("waiver-expired", "市經信局 rule")])
    assert marked(waived_book(), "222 家", "2025Q3")[1] == []


def test_of_several_ended_waivers_the_last_is_named() -> None:
    found: list[Diagnostic] = []
    book = waived_book(waiver(), waiver("2025-07-01", "2025-07-31", document="乙"), waiver("2025-01-01", "2025-03-31"))
    mark_waived(book, judge_book(book, "2025Q3", {}), None, found)
    assert [(finding.code, finding.params["document"]) for finding in found] == [("waiver-expired", "乙")]


def test_nothing_is_said_of_a_waiver_before_it_starts() -> None:
    assert marked(waived_book(), "1 家", "2025Q1")[1] == []


def test_bodies_that_one_waiver_covers_are_named_together() -> None:
    found: list[Diagnostic] = []
    book = waived_book(waiver(reach="各縣市區"))
    mark_waived(book, judge_book(book, "2025Q3", {}), None, found)
    assert [finding.params["names"] for finding in found] == ["咸安區 rule、嘉魚縣 rule"]
