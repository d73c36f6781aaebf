"""Rows → CSV text that a spreadsheet opens without running anything."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

#: A cell that begins with one of these is a formula to a spreadsheet, unless it is a plain number; blanks before it
#: are passed over by some, and signs of full width are read as the usual ones.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?(/\d+)?")


def to_csv(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> str:
    """A header and one line per row; lists are joined by ；, a source is its file:line:column.

    Text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return buffer.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _harmless("；".join(str(item) for item in value))
    if isinstance(value, dict) and "file" in value:
        places = [str(value[part]) for part in ("file", "line", "column") if value.get(part)]
        return _harmless(":".join(places))
    if isinstance(value, dict):
        return _harmless("；".join(f"{key} {item}" for key, item in value.items()))
    return _harmless(str(value))


def _harmless(text: str) -> str:
    # A line's end inside a cell would begin a row of its own in some spreadsheets.
    text = re.sub(r"[\r\n]+", " ", text)
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
