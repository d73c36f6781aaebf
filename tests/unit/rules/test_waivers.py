from datetime import date

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.rule import Waiver
from engine.rules.waivers import Known, bind_waivers, read_waivers
from tests.unit.small import bind, codes, node_of, rule_file

ENTRY = (
    "document: 批復, date: 2025-03-01, approver: 省政府, start: 2025-04-01, end: 2025-06-30, reach: [各縣市區], "
    "rules: [rule], reason: 汛期"
)
KNOWN = Known(
    {"市經信局": ("市經信局",), "咸安區": ("咸安區",), "各縣市區": ("咸安區", "嘉魚縣")},
    ("rule",),
    ("promise",),
    ("16",),
)


def read(*entries: str) -> tuple[tuple[Waiver, ...], list[Diagnostic]]:
    found: list[Diagnostic] = []
    return read_waivers(node_of("waivers:\n" + "".join(f"- {{{entry}}}\n" for entry in entries)), found), found


def bound(entry: str) -> tuple[int, list[tuple[str, str]]]:
    """How many waivers are kept, and the findings with the words that they are about."""
    found: list[Diagnostic] = []
    kept = bind_waivers(node_of(f"waivers:\n- {{{entry}}}\n"), KNOWN, found)
    return len(kept), [(finding.code, next(iter(finding.params.values()))) for finding in found]


def test_a_waiver_is_read_whole() -> None:
    (waiver,), found = read(ENTRY + ", targets: [a, b], clauses: ['16', 一(一)], note: x")
    assert found == []
    assert (waiver.document, waiver.approver, waiver.reason) == ("批復", "省政府", "汛期")
    assert (waiver.date, waiver.start, waiver.end) == (date(2025, 3, 1), date(2025, 4, 1), date(2025, 6, 30))
    assert (waiver.reach, waiver.rules, waiver.targets) == (("各縣市區",), ("rule",), ("a", "b"))
    assert waiver.clauses == ("16", "一(一)")
    assert (waiver.source.line, waiver.place("end").line, waiver.place("end").column) == (2, 2, 75)


def test_waivers_stand_in_the_order_of_their_start() -> None:
    later, earlier = ENTRY, ENTRY.replace("start: 2025-04-01", "start: 2025-02-01").replace("批復", "通知")
    waivers, _ = read(later, earlier)
    assert [waiver.document for waiver in waivers] == ["通知", "批復"]


@pytest.mark.parametrize("key", ["document", "date", "approver", "start", "end", "reach", "rules", "reason"])
def test_what_a_waiver_must_say_is_missed(key: str) -> None:
    others = [part for part in ENTRY.split(", ") if not part.startswith(f"{key}: ")]
    waivers, found = read(", ".join(others))
    assert (waivers, codes(found)) == ((), ["key-missing"])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("end: 2025-06-30", "end: 2025-03-31", "waiver-dates-crossed"),
        ("end: 2025-06-30", "end: 2025-06-31", "not-a-date"),
        ("reach: [各縣市區]", "reach: []", "wrong-shape"),
        ("rules: [rule]", "rules: []", "wrong-shape"),
        ("reach: [各縣市區]", "reach: 各縣市區", "wrong-shape"),
        ("reason: 汛期", "reason: 汛期, person: 甲", "unknown-key"),
    ],
)
def test_a_waiver_that_cannot_be_read_is_left_out(old: str, new: str, code: str) -> None:
    waivers, found = read(ENTRY.replace(old, new))
    assert (waivers, codes(found)) == ((), [code])


def test_a_waiver_may_last_one_day() -> None:
    (waiver,), found = read(ENTRY.replace("end: 2025-06-30", "end: 2025-04-01"))
    assert (waiver.start, waiver.end, found) == (date(2025, 4, 1), date(2025, 4, 1), [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("rules: [rule]", "rules: [rule], targets: [promise], clauses: [16]", (1, [])),
        ("各縣市區", "各县", (0, [("body-unknown", "各县")])),
        ("[rule]", "[rules]", (0, [("waiver-rule-unknown", "rules")])),
        ("rules: [rule]", "targets: [promises]", (0, [("target-unknown", "promises")])),
        ("rules: [rule]", "clauses: ['17']", (0, [("clause-unknown", "17")])),
        ("省政府", "咸安區", (0, [("waiver-self-approved", "咸安區")])),
        ("省政府", "咸安区", (0, [("waiver-self-approved", "咸安区")])),
        ("省政府", "各縣市區", (0, [("waiver-self-approved", "各縣市區")])),
        ("省政府", "市經信局", (1, [])),
    ],
)
def test_a_waiver_is_bound_to_names_that_exist(old: str, new: str, expected: tuple[int, list[tuple[str, str]]]) -> None:
    assert bound(ENTRY.replace(old, new)) == expected


def test_every_wrong_name_is_reported_at_once() -> None:
    wrong = ENTRY.replace("各縣市區", "甲, 乙").replace("rules: [rule]", "rules: [a, b], clauses: ['99']")
    assert [code for code, _ in bound(wrong)[1]] == [
        "body-unknown", "body-unknown", "waiver-rule-unknown", "waiver-rule-unknown", "clause-unknown",
    ]  # fmt: skip


def test_a_rule_that_cannot_be_read_is_not_called_unknown_as_well() -> None:
    broken = rule_file("indicator: firms, kind: total, threshold: 222")
    book, found = bind({"rules/016-small.yaml": broken, "waivers.yaml": f"waivers:\n- {{{ENTRY}}}\n"})
    assert codes(found) == ["unit-missing"]
    assert book is not None
    assert len(book.waivers) == 1
