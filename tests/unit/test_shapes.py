from collections.abc import Callable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.quantity import Fault
from engine.model.source import Source
from engine.report.words import Words
from engine.shapes import Fields, fault_diagnostic, node_quantity, read_day
from tests.unit.small import codes, node_of

KNOWN = ("a", "b")


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def asked(text: str, question: Callable[[Fields], Any]) -> tuple[Any, list[tuple[str, dict[str, str]]]]:
    """The answer of a mapping's fields, and what is wrong with it."""
    found: list[Diagnostic] = []
    answer = question(Fields(node_of(text), found, KNOWN))
    return answer, [(finding.code, finding.params) for finding in found]


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("a: 1.50", lambda fields: fields.text("a"), "1.50"),
        ("b: 1", lambda fields: fields.text("a"), None),
        ("a:", lambda fields: fields.text("a"), None),
        ("a: ~", lambda fields: fields.has("a"), False),
        ("a: x", lambda fields: fields.has("a"), True),
        ("a: [x, y]", lambda fields: fields.texts("a"), ("x", "y")),
        ("a: []", lambda fields: fields.texts("a"), ()),
        ("a: [{b: 1}]", lambda fields: len(fields.items("a")), 1),
        ("a: true", lambda fields: fields.flag("a"), True),
        ("a: false", lambda fields: fields.flag("a"), False),
        ("b: 1", lambda fields: fields.flag("a"), False),
        ("a: green", lambda fields: fields.choice("a", Colour), Colour.GREEN),
        ("a: 2025-06-30", lambda fields: fields.day("a"), date(2025, 6, 30)),
        ("a: -0.5", lambda fields: fields.number("a"), Fraction(-1, 2)),
    ],
)
def test_a_field_is_read_as_asked(text: str, question: Callable[[Fields], Any], expected: Any) -> None:
    assert asked(text, question) == (expected, [])


@pytest.mark.parametrize(
    ("text", "question", "code"),
    [
        ("b: 1", lambda fields: fields.text("a", required=True), "key-missing"),
        ("a:", lambda fields: fields.text("a", required=True), "key-missing"),
        ("a: [x]", lambda fields: fields.text("a"), "wrong-shape"),
        ("a: x", lambda fields: fields.texts("a"), "wrong-shape"),
        ("a: [[x]]", lambda fields: fields.texts("a"), "wrong-shape"),
        ("a: x", lambda fields: fields.items("a"), "wrong-shape"),
        ("a: yes", lambda fields: fields.flag("a"), "unknown-word"),
        ("a: True", lambda fields: fields.flag("a"), "unknown-word"),
        ("a: blue", lambda fields: fields.choice("a", Colour), "unknown-word"),
        ("a: [red]", lambda fields: fields.choice("a", Colour), "unknown-word"),
        ("a: 30 June", lambda fields: fields.day("a"), "not-a-date"),
        ("a: 2025-02-30", lambda fields: fields.day("a"), "not-a-date"),
        ("a: 1e5", lambda fields: fields.number("a"), "not-a-number"),
        ("a: 5 %", lambda fields: fields.number("a"), "not-a-number"),
        ("a: .inf", lambda fields: fields.number("a"), "not-a-number"),
        ("a: 1", lambda fields: fields.quantity("a", ""), "unit-missing"),
        ("a: [1 家]", lambda fields: fields.quantity("a", ""), "wrong-shape"),
        ("a: x", lambda fields: fields.quantity("a", ""), "number-unreadable"),
    ],
)
def test_a_departure_is_reported_and_not_read(text: str, question: Callable[[Fields], Any], code: str) -> None:
    answer, found = asked(text, question)
    assert (bool(answer), [each for each, _ in found]) == (False, [code])


def test_an_unknown_key_is_reported_with_the_known_ones() -> None:
    assert asked("c: 1", lambda fields: None)[1] == [("unknown-key", {"key": "c", "known": "a, b", "nearest": ""})]


def test_misspelt_key_gets_the_nearest_one() -> None:
    found = list[Diagnostic]()
    Fields(node_of("thershold: 1"), found, ("threshold", "target"))
    assert found[0].params["nearest"] == "threshold"
    assert Words("en").hint(found[0]) == "write threshold? Known here: threshold, target"
    assert Words("zh-Hant").hint(found[0]) == "是否應為 threshold？此處可用：threshold, target"


@pytest.mark.parametrize("text", ["".join(f"thershold{n}: 1\n" for n in range(11)), f"thershold{'x' * 60}: 1"])
def test_what_was_not_mistyped_is_not_guessed_at(text: str) -> None:
    found = list[Diagnostic]()
    Fields(node_of(text), found, ("threshold", "target"))
    assert {each.params["nearest"] for each in found} == {""}


def test_an_unknown_key_is_reported_at_its_own_place() -> None:
    found: list[Diagnostic] = []
    Fields(node_of("a: 1\nc: 2\n"), found, KNOWN)
    assert [str(finding.source) for finding in found] == ["file.yaml:2:1"]


@pytest.mark.parametrize("text", ["x", "[a, b]"])
def test_what_is_no_mapping_is_reported_once(text: str) -> None:
    answer, found = asked(text, lambda fields: (fields.text("a", required=True), fields.has("a")))
    assert (answer, [code for code, _ in found]) == ((None, False), ["wrong-shape"])


def test_a_missing_key_is_named() -> None:
    assert asked("b: 1", lambda fields: fields.text("a", required=True))[1] == [("key-missing", {"key": "a"})]


def test_an_unknown_word_comes_with_the_known_ones() -> None:
    _, found = asked("a: blue", lambda fields: fields.choice("a", Colour))
    assert found == [("unknown-word", {"word": "blue", "key": "a", "known": "red, green"})]


def test_a_quantity_is_exact_and_keeps_its_words() -> None:
    found: list[Diagnostic] = []
    quantity = node_quantity(node_of("7.80 萬畝"), "", found)
    assert quantity is not None
    assert (quantity.base, quantity.decimals, quantity.text, found) == (
        Fraction(156_000_000),
        2,
        "7.80 萬畝",
        [],
    )


def test_a_book_s_own_unit_of_measure_is_known() -> None:
    found: list[Diagnostic] = []
    quantity = node_quantity(node_of("3 擔"), "擔 = 50 * 公斤\n", found)
    assert quantity is not None
    assert (quantity.unit.dimension, found) == ("mass", [])


def test_a_list_is_no_quantity() -> None:
    found: list[Diagnostic] = []
    assert (node_quantity(node_of("[1 家]"), "", found), codes(found)) == (None, ["wrong-shape"])


def test_a_fault_becomes_a_finding_with_its_words() -> None:
    finding = fault_diagnostic(Fault("unit-unknown", "公哩", ("公里", "海里")), Source("a", 1, 2))
    assert (finding.code, finding.params) == ("unit-unknown", {"found": "公哩", "nearest": "公里、海里"})


@pytest.mark.parametrize(
    "text", ["", "2025-6-30", "20250630", "2025-06-31", "2025-W01-1", "2025-06-30T00:00", "０-0-0"]
)
def test_only_iso_days_are_days(text: str) -> None:
    assert read_day(text) is None


def test_an_iso_day_is_read() -> None:
    assert read_day("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [x, y]", (("x", "y"), [])),
        ("b: 1", ((), [])),
        ("a: []", ((), ["wrong-shape"])),
        ("a: x", ((), ["wrong-shape"])),
    ],
)
def test_names_are_a_list_of_at_least_one(text: str, expected: tuple[tuple[str, ...], list[str]]) -> None:
    answer, found = asked(text, lambda fields: fields.names("a"))
    assert (answer, [code for code, _ in found]) == expected
