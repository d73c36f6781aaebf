from fractions import Fraction

import pytest

from engine.followup.bookedits import compare_books, plain, rules_counting, said
from engine.model.book import Book
from engine.model.difference import Cause, Edit
from engine.model.rule import Ladder
from engine.model.source import Source
from tests.unit.small import INDICATORS, book_of

RULE = "indicator: firms, kind: total, threshold: 222 家"
FILE = "rules/016-small.yaml"


def told(old: Book, new: Book, *files: str) -> list[tuple[Cause, str, str | None, str | None]]:
    return [(edit.cause, edit.name, *edit.said) for edit in compare_books(old, new, files or (FILE,))]


def edits(old: str, new: str) -> list[tuple[Cause, str, str | None, str | None]]:
    return told(book_of(old), book_of(new))


def test_threshold_is_named_with_its_place() -> None:
    (edit,) = compare_books(book_of(RULE), book_of(RULE.replace("222", "240")), (FILE,))
    assert (edit.cause, edit.name, edit.said) == (Cause.RULE, "rule: threshold", ("222 家", "240 家"))
    assert [str(place) for place in edit.places] == [f"{FILE}:9:95"] * 2
    assert edit.rules == ("rule",)


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("pace", "{2025Q2: 40 %, 2025Q4: 100 %}", "2025-06-30 0.4、2025-12-31 1"),
        ("comparator", "more_than", "more_than"),
        ("soft", "true, tolerance: 2 個百分點", "true"),
        ("due_in", "[2025Q4]", "202512"),
    ],
)
def test_every_field_of_a_rule_is_compared(key: str, value: str, shown: str) -> None:
    found = edits(RULE, f"{RULE}, {key}: {value}")
    assert (Cause.RULE, f"rule: {key}", shown) in [(cause, name, after) for cause, name, _, after in found]


def test_another_way_to_write_is_named_as_such() -> None:
    assert edits(RULE, RULE.replace("222 家", "222家")) == [(Cause.WRITING, FILE, None, None)]


def test_indicator_concerns_the_rules_that_count_it() -> None:
    book = book_of(RULE)
    other = book_of(RULE, INDICATORS.replace("規上企業", "工業企業"))
    (edit,) = compare_books(book, other, (FILE,))
    assert (edit.name, edit.said, edit.rules) == ("firms: name", ("規上企業", "工業企業"), ("rule",))
    assert rules_counting(book, "growth") == ()


def test_policy_is_compared_field_by_field() -> None:
    old, new = book_of(RULE), book_of(RULE, policy="ahead_margin: 7\n")
    assert told(old, new, "policy.yaml") == [(Cause.POLICY, "ahead_margin", "5", "7")]


AMENDMENT = "amendments:\n- {target: promise, threshold: NUMBER 家, document: 通知, date: 2025-05-01}\n"
WAIVER = (
    "waivers:\n- {document: 批復, date: 2025-05-01, approver: 省政府, start: 2025-04-01, end: DAY, "
    "reach: [市經信局], targets: [promise], reason: 汛期}\n"
)


def test_amendment_comes_changes_and_goes() -> None:
    none = book_of(RULE)
    old, new = (book_of(RULE, amendments=AMENDMENT.replace("NUMBER", number)) for number in ("240", "260"))
    before, after = "240 家 (2025-05-01 通知)", "260 家 (2025-05-01 通知)"
    file = "amendments.yaml"
    assert told(none, old, file) == [(Cause.AMENDMENT, "promise", None, before)]
    assert told(old, new, file) == [(Cause.AMENDMENT, "promise", before, after)]
    assert told(new, none, file) == [(Cause.AMENDMENT, "promise", after, None)]


def test_waiver_concerns_its_bodies_and_rules() -> None:
    old, new = (book_of(RULE, waivers=WAIVER.replace("DAY", day)) for day in ("2025-06-30", "2025-07-31"))
    (edit,) = compare_books(old, new, ("waivers.yaml",))
    assert edit.said == ("2025-04-01–2025-06-30 (批復)", "2025-04-01–2025-07-31 (批復)")
    assert (edit.cause, edit.rules, edit.organizations) == (Cause.WAIVER, ("rule",), ("市經信局",))


def test_what_did_not_change_on_disk_is_not_told() -> None:
    assert compare_books(book_of(RULE), book_of(RULE.replace("222", "240")), ("policy.yaml",)) == [
        Edit(Cause.WRITING, "file", "policy.yaml", places=_both("policy.yaml"))
    ]


def _both(file: str) -> tuple[Source, Source]:
    return Source(file), Source(file)


def test_values_are_compared_without_places_and_shown_in_words() -> None:
    book = book_of(RULE)
    assert plain(book.rules[0]) == plain(book_of(RULE.replace("222 家", "222家")).rules[0])
    assert said(Ladder(Fraction(0), Fraction(-10))) == "passing 0, risky -10"
    assert (said(None), said(()), said(True), said({"a": 1})) == (None, None, "true", "a 1")
