from dataclasses import replace
from typing import Any

import pytest

from engine.followup.receipts import (
    changed_files,
    digest_document,
    digest_of,
    first_byte,
    first_difference,
    own_digest,
    read_receipt,
    receipt_document,
    seal,
)
from engine.model.receipt import Receipt

OPEN = Receipt(
    "sha256:b", {"targets.yaml": "sha256:t"}, {"2025Q2/a.yaml": "sha256:a"}, {"biaochi": "1"}, {"lang": "en"}
)


def test_the_digest_of_a_document_knows_no_layout() -> None:
    assert digest_document({"b": 1, "a": ["中"]}) == digest_document({"a": ["中"], "b": 1})
    assert digest_document({"a": 1}) == digest_of(b'{"a":1}')
    assert digest_document({"a": 1}) != digest_document({"a": "1"})


def test_a_receipt_is_read_as_it_was_written() -> None:
    sealed = seal(OPEN, "sha256:r")
    assert (sealed.result, sealed.digest) == ("sha256:r", own_digest(sealed))
    assert read_receipt(receipt_document(sealed)) == sealed


@pytest.mark.parametrize(
    "change",
    [{"book_digest": "x"}, {"book": {}}, {"submissions": {}}, {"program": {}}, {"options": {}}, {"previous": "x"}],
)
def test_whatever_changes_in_a_receipt_changes_its_digest(change: dict[str, Any]) -> None:
    sealed = seal(OPEN, "sha256:r")
    assert own_digest(replace(sealed, **change)) != sealed.digest
    assert own_digest(replace(sealed, result="sha256:s")) != sealed.digest


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("book", None), ("book", {"digest": 1, "files": {}}), ("submissions", {"a": 1}), ("program", []),
        ("options", "x"), ("previous", 0), ("result", None), ("digest", {}),
    ],
)  # fmt: skip
def test_what_has_not_the_shape_of_a_receipt_is_none(key: str, value: object) -> None:
    assert read_receipt({**receipt_document(seal(OPEN, "sha256:r")), key: value}) is None
    assert read_receipt([key]) is None


@pytest.mark.parametrize(
    ("found", "wanted", "place"),
    [
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 2]}}, None),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, ("a.b[1]", "2", "3")),
        ({"a": [1]}, {"a": [1, 2]}, ("a[1]", "–", "2")),
        ({"a": 1, "c": 1}, {"b": 1, "c": 1}, ("a", "1", "–")),
        ({"a": True}, {"a": 1}, ("a", "true", "1")),
        ({"a": "x" * 80}, {"a": None}, ("a", '"' + "x" * 59 + "…", "null")),
    ],
)
def test_the_first_difference_is_named(found: object, wanted: object, place: tuple[str, str, str] | None) -> None:
    assert first_difference(found, wanted) == place


@pytest.mark.parametrize(
    ("found", "wanted", "place"),
    [("a\nbc", "a\nbd", (3, 2, 2)), ("a", "ab", (1, 1, 2)), ("中x", "中y", (3, 1, 2)), ("b", "a", (0, 1, 1))],
)
def test_the_first_byte_that_differs_has_a_line_and_a_column(
    found: str, wanted: str, place: tuple[int, int, int]
) -> None:
    assert first_byte(found.encode(), wanted.encode()) == place


def test_files_are_changed_added_or_removed() -> None:
    then, now = {"a": "1", "b": "2", "c": "3"}, {"b": "0", "c": "3", "d": "4"}
    assert changed_files(then, now) == [("input-removed", "a"), ("input-changed", "b"), ("input-added", "d")]
