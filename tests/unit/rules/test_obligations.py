from datetime import date
from fractions import Fraction

import pytest

from engine.model.book import Book
from engine.model.verdict import Obligation
from engine.rules.obligations import amendments_of, held_bodies, limit_obligations, list_obligations
from tests.unit.small import ORGANIZATIONS, TARGETS, bind, book_of, period_of, rule_file

TOTAL = "indicator: firms, kind: total, threshold: 222 家"
SAME = TOTAL + ", judged: {lead: city, responsible: {same: [各縣市區]}}"
QUOTA = TOTAL + ", judged: {lead: city, responsible: {quota: q}}"
ALLOCATION = "rule: rule\ndocument: 分解表\nquotas: {咸安區: 42 家}\n"


def owed(book: Book, period: str = "2025Q2", as_of: date | None = None) -> list[Obligation]:
    return list_obligations(book, period_of(period), as_of)


def quota_book(quotas: str = "{咸安區: 42 家}", amendments: str = "") -> Book:
    files = {
        "rules/016-small.yaml": rule_file(QUOTA),
        "allocations/q.yaml": ALLOCATION.replace("{咸安區: 42 家}", quotas),
    }
    if amendments:
        files["amendments.yaml"] = amendments
    book, found = bind(files)
    assert (found, book is None) == ([], False)
    assert book is not None
    return book


def due(book: Book, period: str = "2025Q2") -> Fraction | None:
    """What the first body owes in base units, None where it depends on what is not known yet."""
    item = limit_obligations(book, owed(book, period), [])[0]
    return item.limits[0].due_c if item.limits and not item.limits[0].due_p else None


def numbers(obligations: list[Obligation]) -> dict[str, tuple[str, str | None]]:
    """Each body's status and the number that binds it."""
    return {
        each.organization: (each.status, str(each.threshold.value) if each.threshold else None) for each in obligations
    }


def test_the_lead_answers_alone_where_nobody_else_is_judged() -> None:
    assert [(each.organization, each.role.value) for each in owed(book_of(TOTAL))] == [("市經信局", "lead")]


def test_responsible_bodies_are_judged_at_the_same_number_where_the_rule_says_so() -> None:
    assert numbers(owed(book_of(SAME))) == {
        "市經信局": ("due", "222"),
        "咸安區": ("due", "222"),
        "嘉魚縣": ("due", "222"),
    }
    assert [each.role.value for each in owed(book_of(SAME))] == ["lead", "responsible", "responsible"]


def test_without_a_lead_the_named_bodies_answer_jointly() -> None:
    targets = TARGETS.replace("  lead: [市經信局]\n", "")
    obligations = owed(book_of(TOTAL, targets=targets))
    assert [(each.organization, each.role.value, each.reporters) for each in obligations] == [
        ("咸安區", "lead", ("咸安區", "嘉魚縣")),
        ("嘉魚縣", "lead", ("嘉魚縣", "咸安區")),
    ]


def test_a_quota_binds_its_body_and_who_gets_nothing_is_not_applicable() -> None:
    assert numbers(owed(quota_book())) == {
        "市經信局": ("due", "222"),
        "咸安區": ("due", "42"),
        "嘉魚縣": ("not-applicable", None),
    }


def test_a_quota_speaks_only_of_the_tiers_that_it_names() -> None:
    targets = TARGETS.replace("[各縣市區]", "[各縣市區, 市發改委]")
    files = {"targets.yaml": targets, "rules/016-small.yaml": rule_file(QUOTA), "allocations/q.yaml": ALLOCATION}
    book, _ = bind(files)
    assert book is not None
    assert "市發改委" not in numbers(owed(book))


@pytest.mark.parametrize(("label", "expected"), [("2025Q1", "111/2"), ("2025-11", "407/2"), ("2025Q4", "222")])
def test_due_is_the_time_share(label: str, expected: str) -> None:
    assert due(book_of(TOTAL), label) == Fraction(expected)


def test_due_of_a_level_waits_for_its_baseline() -> None:
    assert due(book_of("indicator: firms, kind: level, threshold: 1200 家")) is None


@pytest.mark.parametrize(("label", "expected"), [("2025Q3", "not-due"), ("2025Q4", "due"), ("2025", "due")])
def test_annual_targets_are_due_in_their_periods_only(label: str, expected: str) -> None:
    (obligation,) = owed(book_of(TOTAL + ", due_in: [2025Q4]"), label)
    assert obligation.status == expected


@pytest.mark.parametrize(
    ("label", "status", "stage", "planned"),
    [
        ("2025Q1", "not-due", None, None),
        ("2025Q2", "due", "開工", 1),
        ("2025Q3", "due", "封頂", 2),
        ("2025Q4", "due", "驗收", 3),
    ],
)
def test_stages_are_due_by_their_days(label: str, status: str, stage: str | None, planned: int | None) -> None:
    rule = (
        "indicator: firms, kind: milestone, "
        "stages: [{stage: 開工, due: 2025-04-01}, {stage: 封頂, due: 2025-09-30}, {stage: 驗收, due: 2025-11-30}]"
    )
    book = book_of(rule)
    (obligation,) = owed(book, label)
    assert (obligation.status, obligation.due_stage, due(book, label)) == (status, stage, planned)


def test_a_number_set_elsewhere_is_awaited_until_it_is_entered() -> None:
    rule = "indicator: growth, kind: external, inner_kind: rate"
    amendment = "amendments: [{target: promise, threshold: 6 %, document: 省文, date: 2025-05-01}]\n"
    assert owed(book_of(rule))[0].status == "awaiting-target"
    book = book_of(rule, amendments=amendment)
    assert [owed(book, label)[0].status for label in ("2025Q1", "2025Q2")] == ["awaiting-target", "due"]


AMENDMENT = "amendments: [{target: promise, threshold: 250 家, document: 甲, date: 2025-05-01}]\n"


def test_an_amendment_binds_from_its_date_and_the_old_number_stays_beside() -> None:
    book = book_of(TOTAL, amendments=AMENDMENT)
    before, after = owed(book, "2025Q1")[0], owed(book, "2025Q2")[0]
    assert before.threshold is not None
    assert after.threshold is not None
    assert after.original is not None
    assert (str(before.threshold.value), before.original) == ("222", None)
    assert (str(after.threshold.value), str(after.original.value), str(due(book))) == ("250", "222", "125")


def test_as_of_leaves_out_amendments_that_were_dated_later() -> None:
    book = book_of(TOTAL, amendments=AMENDMENT)
    thresholds = [owed(book, as_of=day)[0].threshold for day in (date(2025, 4, 30), date(2025, 5, 1))]
    assert [threshold and threshold.value for threshold in thresholds] == [222, 250]


def test_the_latest_of_several_amendments_binds() -> None:
    second = "amendments:\n- {target: promise, threshold: 300 家, document: 乙, date: 2025-06-01}\n"
    both = second + "- {target: promise, threshold: 250 家, document: 甲, date: 2025-05-01}\n"
    threshold = owed(book_of(TOTAL, amendments=both))[0].threshold
    assert threshold is not None
    assert threshold.value == 300


def test_a_quota_changes_only_by_an_amendment_that_names_its_body() -> None:
    general = quota_book(amendments=AMENDMENT)
    assert numbers(owed(general))["咸安區"] == ("due", "42")
    named = AMENDMENT.replace("250 家", "50 家").replace("document", "reach: [咸安區], document")
    assert numbers(owed(quota_book(amendments=named))) == {
        "市經信局": ("due", "222"),
        "咸安區": ("due", "50"),
        "嘉魚縣": ("not-applicable", None),
    }


def test_a_number_for_everybody_gives_none_to_whom_the_table_gives_nothing() -> None:
    assert numbers(owed(quota_book(amendments=AMENDMENT)))["嘉魚縣"] == ("not-applicable", None)


def test_a_first_quota_has_no_original_beside_it() -> None:
    named = AMENDMENT.replace("250 家", "5 家").replace("document", "reach: [嘉魚縣], document")
    first = owed(quota_book(amendments=named))[-1]
    assert (first.organization, first.status, first.original, first.threshold is None) == ("嘉魚縣", "due", None, False)


@pytest.mark.parametrize(("number", "beside"), [("250 家", "222 家"), ("222 家", None), ("0.0222 萬家", None)])
def test_the_original_stands_beside_another_number_only(number: str, beside: str | None) -> None:
    changed = owed(book_of(TOTAL, amendments=AMENDMENT.replace("250 家", number)))[0]
    assert (changed.original.text if changed.original else None) == beside
    assert changed.amendment is not None
    assert changed.amendment.document == "甲"


def test_amendments_of_a_body_stand_oldest_first_and_of_one_day_those_for_all_before() -> None:
    text = (
        "amendments:\n"
        "- {target: promise, threshold: 3 家, document: 丙, date: 2025-06-01, reach: [咸安區]}\n"
        "- {target: promise, threshold: 2 家, document: 乙, date: 2025-06-01}\n"
        "- {target: promise, threshold: 1 家, document: 甲, date: 2025-05-01}\n"
    )
    book = book_of(SAME, amendments=text)

    def documents(name: str, allotted: bool) -> str:
        return "".join(each.document for each in amendments_of(book, book.rules[0], name, allotted))

    assert [documents("咸安區", False), documents("嘉魚縣", False), documents("咸安區", True)] == [
        "甲乙丙",
        "甲乙",
        "丙",
    ]


def test_bodies_are_held_to_the_rule_s_number_or_to_their_quota() -> None:
    book = quota_book()
    held = [(each.organization, each.role.value, each.allotted) for each in held_bodies(book, book.rules[0])]
    assert held == [
        ("市經信局", "lead", False),
        ("咸安區", "responsible", True),
        ("嘉魚縣", "responsible", True),
    ]
    shown = [
        number.text if (number := each.number(book.rules[0])) else None for each in held_bodies(book, book.rules[0])
    ]
    assert shown == ["222 家", "42 家", None]


def test_obligations_stand_in_the_order_of_the_organizations() -> None:
    reordered = ORGANIZATIONS.replace("members: [咸安區, 嘉魚縣]", "members: [嘉魚縣, 咸安區]")
    assert [each.organization for each in owed(book_of(SAME, organizations=reordered))] == [
        "市經信局",
        "咸安區",
        "嘉魚縣",
    ]


def test_equal_obligations_share_their_limits() -> None:
    book = book_of(SAME)
    limited = limit_obligations(book, owed(book), [])
    assert len({limits for item in limited for limits in [id(item.limits)]}) == 1


def test_a_plan_promises_for_its_own_year_only() -> None:
    assert [owed(book_of(TOTAL), label) for label in ("2024Q4", "2026Q1")] == [[], []]


def test_what_is_not_owed_has_no_limits() -> None:
    book = book_of("indicator: growth, kind: external, inner_kind: rate")
    (item,) = limit_obligations(book, owed(book), [])
    assert item.limits == ()


@pytest.mark.parametrize(
    ("past", "expected"),
    [(["2024Q4"], []), (["2025Q1", "2025Q3"], [202503]), (["2025Q1", "2025-05"], [202503, 202505]), (["2025Q2"], [])],
)
def test_lines_look_back_at_earlier_periods_of_the_year(past: list[str], expected: list[int]) -> None:
    book = book_of("indicator: land, kind: always, threshold: 100 畝")
    (item,) = limit_obligations(book, owed(book), [period_of(label) for label in past])
    assert [period for period, _ in item.history] == expected


def test_earlier_periods_are_held_to_the_number_that_bound_then() -> None:
    amendments = "amendments: [{target: promise, threshold: 120 畝, document: 甲, date: 2025-05-01}]\n"
    book = book_of("indicator: land, kind: always, threshold: 100 畝", amendments=amendments)
    (item,) = limit_obligations(book, owed(book), [period_of("2025Q1")])
    ((_, (then,)),) = item.history
    assert [then.due_c, item.limits[0].due_c] == [Fraction(100 * 2000), Fraction(120 * 2000)]
