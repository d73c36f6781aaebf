"""Receipts of whole results, and whether a result still follows from what its receipt names.

A composer as `pipeline.py` is, one step further on: what is verified are whole checks.
"""

import sys
from collections.abc import Mapping

from engine import __version__
from engine.followup.receipts import digest_document, receipt_document, seal
from engine.model.receipt import Inputs, Receipt

#: The versions of the shapes in which results and receipts are written.
_SHAPES = {"result": "biaochi.check/1", "receipt": "biaochi.receipt/1"}


def make_receipt(book_digest: str, inputs: Inputs, options: Mapping[str, object], previous: str | None) -> Receipt:
    """The receipt of a result that is not written yet: it lacks the digests of the result and of itself."""
    from engine.evaluate.duckdb import engine_version

    python = ".".join(map(str, sys.version_info[:3]))
    program = {"biaochi": __version__, "python": python, "duckdb": engine_version(), **_SHAPES}
    return Receipt(book_digest, inputs.book, inputs.submissions, program, options, previous)


def with_receipt(document: dict[str, object], receipt: Receipt) -> dict[str, object]:
    """A JSON result that carries its receipt; the receipt is sealed over everything else in it."""
    return {**document, "receipt": receipt_document(seal(receipt, digest_document(document)))}
