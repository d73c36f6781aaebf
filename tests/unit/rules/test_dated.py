import pytest

from engine.rules.dated import check_dated
from tests.unit.small import ORGANIZATIONS, TARGETS, bind, codes, rule_file

RULE = "indicator: firms, kind: total, threshold: 222 家"
SAME = RULE + ", judged: {lead: city, responsible: {same: [各縣市區]}}"
LEADS = "reach: [市經信局]"
PLAN = TARGETS.replace("year: 2025", "year: 2025, date: 2025-02-01")


def dated(rule: str = RULE, **files: str) -> list[str]:
    """The codes of what is found in a book of one rule."""
    texts = {f"{name}.yaml": text for name, text in files.items()}
    book, found = bind({"rules/016-small.yaml": rule_file(rule), **texts})
    assert found == []
    assert book is not None
    return codes(check_dated(book))


def amendments(*entries: str) -> str:
    """Numbers with their dates, as `240 家 2025-05-01 reach: […]`."""
    lines = []
    for entry in entries:
        number, unit, day, *more = entry.split(" ", 3)
        rest = f", {more[0]}" if more else ""
        lines.append(f"- {{target: promise, threshold: {number} {unit}, document: 批復, date: {day}{rest}}}\n")
    return "amendments:\n" + "".join(lines)


def waivers(*entries: str) -> str:
    """Waivers from their dates and further keys, as `2025-04-01 2025-06-30 reach: […]`."""
    lines = []
    for entry in entries:
        start, end, more = entry.split(" ", 2)
        rest = more if "approver" in more else f"{more}, approver: 省政府"
        lines.append(
            f"- {{document: 批復, date: 2025-03-01, start: {start}, end: {end}, reason: 汛期, rules: [rule], {rest}}}\n"
        )
    return "waivers:\n" + "".join(lines)


def test_a_book_without_dated_targets_has_no_findings() -> None:
    assert dated() == []


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (("200 家 2025-05-20",), []),
        (("200 家 2025-05-20", "200 家 2025-05-20"), ["amendment-changes-nothing", "amendment-repeated"]),
        (("200 家 2025-05-20 reach: [咸安區]",), ["amendment-reaches-nobody"]),
        ((f"200 家 2025-05-20 {LEADS}",), []),
        (("0.0222 萬家 2025-05-20",), ["amendment-changes-nothing"]),
        (("200 家 2025-05-20", "222 家 2025-06-20"), ["amendment-restores"]),
        (("200 家 2025-05-20", "222 家 2025-06-20 restores: true"), []),
        (("200 家 2025-05-20 restores: true",), ["amendment-restores-nothing"]),
        (("200 家 2025-05-20", "210 家 2025-06-20", "200 家 2025-07-20"), ["amendment-restores"]),
        (("200 家 2026-01-01",), ["amendment-after-year"]),
        (("200 家 2025-12-31",), []),
        ((f"200 家 2025-05-20 {LEADS}", "210 家 2025-06-20"), ["amendment-sweeps"]),
        ((f"200 家 2025-05-20 {LEADS}", f"210 家 2025-06-20 {LEADS}"), []),
        ((f"200 家 2025-05-20 {LEADS}", "210 家 2025-05-20"), []),
    ],
)
def test_numbers_change_by_one_document_at_a_time(entries: tuple[str, ...], expected: list[str]) -> None:
    assert dated(amendments=amendments(*entries)) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("reach: [各縣市區]", "reach: [咸安區]", ["amendment-repeated"]),
        ("reach: [嘉魚縣]", "reach: [咸安區]", []),
        ("reach: [各縣市區]", "reach: [市經信局]", []),
    ],
)
def test_two_numbers_of_one_day_for_one_body_are_found(first: str, second: str, expected: list[str]) -> None:
    assert dated(SAME, amendments=amendments(f"200 家 2025-05-20 {first}", f"210 家 2025-05-20 {second}")) == expected


def test_a_number_that_is_new_to_some_of_its_bodies_changes_something() -> None:
    entries = ("200 家 2025-05-20 reach: [咸安區]", "200 家 2025-06-20 reach: [各縣市區]")
    assert dated(SAME, amendments=amendments(*entries)) == []


@pytest.mark.parametrize(("day", "expected"), [("2025-01-31", ["amendment-before-plan"]), ("2025-02-01", [])])
def test_a_number_older_than_the_plan_is_found(day: str, expected: list[str]) -> None:
    assert dated(targets=PLAN, amendments=amendments(f"200 家 {day}")) == expected


def test_where_the_plan_prints_no_number_an_older_document_may_set_it() -> None:
    rule = "indicator: growth, kind: external, inner_kind: rate"
    targets = PLAN.replace("kind: total", "kind: external, inner_kind: rate")
    assert dated(rule, targets=targets, amendments=amendments("7 % 2025-01-02")) == []


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((f"2025-04-01 2025-06-30 {LEADS}",), []),
        ((f"2025-04-01 2025-06-30 {LEADS}", f"2025-07-01 2025-09-30 {LEADS}"), []),
        ((f"2025-04-01 2025-06-30 {LEADS}", f"2025-06-30 2025-09-30 {LEADS}"), ["waiver-overlaps"]),
        (("2025-04-01 2025-06-30 reach: [各縣市區]",), ["waiver-reaches-nobody"]),
        (("2025-04-01 2025-06-30 reach: [市經信局, 各縣市區]",), ["waiver-reaches-nobody"]),
        ((f"2024-04-01 2024-12-31 {LEADS}",), ["waiver-outside-year"]),
        ((f"2026-01-01 2026-12-31 {LEADS}",), ["waiver-outside-year"]),
        ((f"2025-06-01 2025-06-29 {LEADS}",), ["waiver-covers-no-period"]),
        ((f"2025-06-01 2025-06-30 {LEADS}",), []),
        ((f"2025-01-01 2025-02-28 {LEADS}",), ["waiver-after-the-fact"]),
        ((f"2025-01-01 2025-03-01 {LEADS}",), []),
        ((f"2025-04-01 2025-06-30 {LEADS}, approver: 甲某某",), ["waiver-approver-no-office"]),
        ((f"2025-04-01 2025-06-30 {LEADS}, approver: 市發改委",), []),
    ],
)
def test_a_waiver_excuses_somebody_from_something_that_falls_due(entries: tuple[str, ...], expected: list[str]) -> None:
    assert dated(waivers=waivers(*entries)) == expected


@pytest.mark.parametrize(("end", "expected"), [("2025-11-30", ["waiver-covers-no-period"]), ("2025-12-31", [])])
def test_what_is_due_once_a_year_needs_a_waiver_at_that_time(end: str, expected: list[str]) -> None:
    assert dated(RULE + ", due_in: [2025Q4]", waivers=waivers(f"2025-01-01 {end} {LEADS}"))[-1:] == expected


@pytest.mark.parametrize(
    ("approver", "office"),
    [
        ("高新園區", True),
        ("示例市人民政府", True),
        ("省政府办公厅", True),
        ("防汛抗旱指揮部", True),
        ("市委", True),
        ("甲某某", False),
    ],
)
def test_an_office_is_told_from_a_person_by_the_end_of_its_name(approver: str, office: bool) -> None:
    # Whoever stands in the book is a body, however it is called.
    bodies = ORGANIZATIONS.replace("groups:", "- {name: 高新園區, tier: development-zone}\ngroups:")
    granted = waivers(f"2025-04-01 2025-06-30 {LEADS}, approver: {approver}")
    found = dated(waivers=granted, organizations=bodies)
    assert found == ([] if office else ["waiver-approver-no-office"])
