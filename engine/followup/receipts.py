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
