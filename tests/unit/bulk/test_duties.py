from engine.bulk.duties import list_duties
from tests.unit.bulk.desk import LEAD, SAME
from tests.unit.small import book_of, period_of

QUARTERS = [period_of("2025Q1"), period_of("2025Q2")]


def test_bodies_that_owe_the_same_are_one_class() -> None:
    book = book_of(SAME)
    duties = list_duties(book, QUARTERS)
    by_name = dict(zip(book.organizations, duties.classes, strict=True))
    assert by_name["咸安區"] == by_name["嘉魚縣"] != by_name["市經信局"]
    assert [len(duties.spans[by_name[name]]) for name in ("咸安區", "市經信局")] == [2, 0]


def test_a_body_that_something_names_is_a_class_of_its_own() -> None:
    book = book_of(SAME.replace("各縣市區", "咸安區"))
    by_name = dict(zip(book.organizations, list_duties(book, QUARTERS).classes, strict=True))
    assert by_name["咸安區"] != by_name["嘉魚縣"]


def test_equal_limits_are_counted_once() -> None:
    duties = list_duties(book_of(SAME), QUARTERS)
    assert [duty.limit for duty in duties.duties] == [0, 1]
    assert len(duties.limits) == 2


def test_periods_of_a_line_share_its_number() -> None:
    rule = "indicator: land, kind: always, threshold: 100 畝"
    duties = list_duties(book_of(rule), QUARTERS)
    assert [duty.line for duty in duties.duties] == [0, 0]


def test_lists_stand_apart() -> None:
    rule = "indicator: firms, kind: each, inner_kind: total, threshold: 10 家, members: [食品, 電子]"
    duties = list_duties(book_of(rule), QUARTERS)
    assert (list(duties.apart), duties.duties) == (["rule"], [])


def test_what_is_not_due_is_a_duty_without_limits() -> None:
    (early, due) = list_duties(book_of(LEAD + ", due_in: [2025Q2]"), QUARTERS).duties
    assert (early.limit, due.limit) == (None, 0)
