"""Documents → JSON text: `schema` first, other keys sorted, Chinese as it is."""

import json
from typing import Any


def to_json(document: dict[str, Any]) -> str:
    """The text of a document, the same bytes for the same document.

    >>> to_json({"b": 1, "schema": "x", "a": {"d": 2, "c": 3}})
    '{\\n "schema": "x",\\n "a": {\\n  "c": 3,\\n  "d": 2\\n },\\n "b": 1\\n}\\n'
    """
    ordered = {"schema": document["schema"]}
    ordered.update((key, _sorted(document[key])) for key in sorted(document) if key != "schema")
    return json.dumps(ordered, ensure_ascii=False, indent=1) + "\n"


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_sorted(item) for item in value]
    return value
