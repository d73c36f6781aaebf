"""Receipts as JSON: written beside a result, sealed over its content, and read again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.model.receipt import Receipt

Json = dict[str, Any]


def digest_of(content: bytes) -> str:
    """The digest of bytes as receipts write it.

    >>> digest_of(b"")
    'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    """
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def digest_document(document: Mapping[str, object]) -> str:
    """The digest of a JSON document whatever its layout: keys sorted, nothing between the signs, UTF-8."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return digest_of(text.encode(errors="surrogatepass"))


def seal(receipt: Receipt, result: str) -> Receipt:
    """The receipt of a result with this digest, closed by a digest of its own."""
    sealed = replace(receipt, result=result)
    return replace(sealed, digest=own_digest(sealed))


def own_digest(receipt: Receipt) -> str:
    """What the digest of a receipt has to be: that of everything else in it."""
    document = receipt_document(receipt)
    del document["digest"]
    return digest_document(document)


def receipt_document(receipt: Receipt) -> Json:
    """The receipt as it stands in a result. Shape: the JSON Schema `receipt`."""
    return {
        "book": {"digest": receipt.book_digest, "files": dict(receipt.book)},
        "submissions": dict(receipt.submissions),
        "program": dict(receipt.program),
        "options": dict(receipt.options),
        "previous": receipt.previous,
        "result": receipt.result,
        "digest": receipt.digest,
    }


def read_receipt(document: object) -> Receipt | None:
    """The receipt of a document; None where it has not the shape of one."""
    if not isinstance(document, dict) or not isinstance(book := document.get("book"), dict):
        return None
    texts = (book.get("digest"), document.get("result"), document.get("digest"))
    tables = (book.get("files"), document.get("submissions"), document.get("program"))
    options, previous = document.get("options"), document.get("previous")
    sound = (
        all(isinstance(text, str) for text in texts)
        and all(isinstance(table, dict) and all(isinstance(each, str) for each in table.values()) for table in tables)
        and isinstance(options, dict)
        and (previous is None or isinstance(previous, str))
    )
    if not sound:
        return None
    return Receipt(
        book["digest"],
        book["files"],
        document["submissions"],
        document["program"],
        document["options"],
        previous,
        document["result"],
        document["digest"],
    )


def first_difference(found: object, wanted: object, place: str = "") -> tuple[str, str, str] | None:
    """Where two JSON values differ first, and what stands there in either; None where they are the same.

    >>> first_difference({"a": [1, 2]}, {"a": [1, 3]})
    ('a[1]', '2', '3')
    """
    if isinstance(found, dict) and isinstance(wanted, dict):
        for key in sorted({*found, *wanted}):
            inner = f"{place}.{key}" if place else str(key)
            if key not in found or key not in wanted:
                return inner, _shown(found.get(key, _ABSENT)), _shown(wanted.get(key, _ABSENT))
            if difference := first_difference(found[key], wanted[key], inner):
                return difference
        return None
    if isinstance(found, list) and isinstance(wanted, list):
        for number, (one, other) in enumerate(zip(found, wanted, strict=False)):
            if difference := first_difference(one, other, f"{place}[{number}]"):
                return difference
        if len(found) != len(wanted):
            number = min(len(found), len(wanted))
            rest = [_shown(each[number]) if number < len(each) else "–" for each in (found, wanted)]
            return f"{place}[{number}]", rest[0], rest[1]
        return None
    # True is no 1, and 1.0 is another text than 1.
    return None if _shown(found) == _shown(wanted) else (place, _shown(found), _shown(wanted))


_ABSENT = object()
_MOST = 60


def _shown(value: object) -> str:
    """A value on one line, shortened where it is long."""
    if value is _ABSENT:
        return "–"
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"


def first_byte(found: bytes, wanted: bytes) -> tuple[int, int, int]:
    """The first byte in which two contents differ, from 0, and its line and column, both from 1."""
    count = min(len(found), len(wanted))
    place = next((number for number in range(count) if found[number] != wanted[number]), count)
    before = found[:place]
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8", "replace")) + 1
    return place, before.count(b"\n") + 1, column


def changed_files(then: Mapping[str, str], now: Mapping[str, str]) -> list[tuple[str, str]]:
    """Which files are not what they were: the code that says how, and the file, in the order of their names."""
    changed = []
    for name in sorted({*then, *now}):
        if name not in now:
            changed.append(("input-removed", name))
        elif name not in then:
            changed.append(("input-added", name))
        elif then[name] != now[name]:
            changed.append(("input-changed", name))
    return changed
