"""Reading mappings of known shape from YAML nodes; every departure becomes a diagnostic."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from engine.model.diagnostic import Diagnostic
from engine.model.quantity import Fault, Quantity
from engine.model.source import Places, Source
from engine.names import nearest_names
from engine.quantities import read_quantity
from engine.yamlsource import Node

E = TypeVar("E", bound=StrEnum)

#: Beyond these many unknown keys in one mapping, or characters in a key, nobody mistyped one, and guessing would cost.
_SLIPS, _LONGEST_KEY = 10, 60

_DECIMAL = re.compile(r"[+-]?\d{1,15}(\.\d{1,5})?")


class Fields:
    """The fields of one mapping. Asking for a field reads it; `found` collects what is wrong.

    Errors: wrong-shape, key-missing, unknown-key, unknown-word, not-a-date, not-a-number and the codes of
    quantities.
    """

    def __init__(self, node: Node, found: list[Diagnostic], known: Iterable[str] | None) -> None:
        """Take the mapping `node`, whose keys may only be the `known` ones; None where they are free."""
        self.node = node
        self.source: Source = node.source
        self._found = found
        self._known = tuple(known or ())
        if node.kind != "mapping":
            expected = "a mapping of " + ", ".join(self._known) if self._known else "a mapping"
            self._report("wrong-shape", node.source, expected=expected)
            return
        if known is None:
            return
        unknown = [key for key, _ in node.pairs if key.text not in self._known]
        for key in unknown:
            # A list or a mapping may be a key of YAML, and so may an empty text.
            written = key.text.strip() or "…"
            guess = len(unknown) <= _SLIPS and len(written) <= _LONGEST_KEY
            nearest = "".join(nearest_names(written, self._known, count=1, cutoff=0.6)) if guess else ""
            self._report("unknown-key", key.source, key=written, known=", ".join(self._known), nearest=nearest)

    def _report(self, code: str, source: Source, **params: str) -> None:
        self._found.append(Diagnostic(code, source, params))

    @property
    def places(self) -> Places:
        """Where the value of every key stands."""
        return tuple([(key.text, value.line, value.column) for key, value in self.node.pairs])

    def has(self, key: str) -> bool:
        """Whether the field was written and is not empty."""
        value = self.node.get(key)
        return value is not None and not value.is_null and (value.kind == "text" or bool(value.items or value.pairs))

    def child(self, key: str, required: bool = False) -> Node | None:
        """The node of a field, None where it is absent or empty."""
        value = self.node.get(key)
        if value is None or value.is_null:
            if required and self.node.kind == "mapping":
                self._report("key-missing", self.source, key=key)
            return None
        return value

    def text(self, key: str, required: bool = False) -> str | None:
        """A scalar as written."""
        value = self.child(key, required)
        if value is None:
            return None
        if value.kind != "text":
            self._report("wrong-shape", value.source, expected=f"a text for {key}")
            return None
        return value.text

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of scalars."""
        return tuple(item.text for item in self.text_nodes(key, required))

    def names(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of at least one scalar: an empty one would say something else than none at all."""
        value = self.child(key, required)
        if value is not None and value.kind == "list" and not value.items:
            self._report("wrong-shape", value.source, expected=f"a list of texts for {key}")
        return self.texts(key)

    def text_nodes(self, key: str, required: bool = False) -> tuple[Node, ...]:
        """A list of scalars, each with its place."""
        value = self.child(key, required)
        if value is None:
            return ()
        if value.kind != "list" or any(item.kind != "text" for item in value.items):
            self._report("wrong-shape", value.source, expected=f"a list of texts for {key}")
            return ()
        return value.items

    def items(self, key: str, required: bool = False) -> tuple[Node, ...]:
        """A list of anything."""
        value = self.child(key, required)
        if value is None:
            return ()
        if value.kind != "list":
            self._report("wrong-shape", value.source, expected=f"a list for {key}")
            return ()
        return value.items

    def flag(self, key: str) -> bool:
        """`true` or `false`; false where absent. Only these two words are read."""
        value = self.child(key)
        if value is None or value.text == "false":
            return False
        if value.text != "true":
            self._report("unknown-word", value.source, word=value.text, key=key, known="true, false")
        return value.text == "true"

    def choice(self, key: str, words: type[E], required: bool = False) -> E | None:
        """One of the words of an enumeration."""
        value = self.child(key, required)
        if value is None:
            return None
        for word in words:
            if word.value == value.text:
                return word
        known = ", ".join(word.value for word in words)
        self._report("unknown-word", value.source, word=value.text, key=key, known=known)
        return None

    def day(self, key: str, required: bool = False) -> date | None:
        """An ISO date."""
        value = self.child(key, required)
        if value is None:
            return None
        day = read_day(value.text)
        if day is None:
            self._report("not-a-date", value.source, word=value.text)
        return day

    def number(self, key: str, required: bool = False) -> Fraction | None:
        """A plain decimal without a unit of measure (only for shares of policies and bands)."""
        value = self.child(key, required)
        if value is None:
            return None
        if not _DECIMAL.fullmatch(value.text):
            self._report("not-a-number", value.source, word=value.text)
            return None
        return Fraction(value.text)

    def quantity(self, key: str, definitions: str, required: bool = False) -> Quantity | None:
        """A number with its unit of measure."""
        value = self.child(key, required)
        return None if value is None else node_quantity(value, definitions, self._found)


def node_quantity(node: Node, definitions: str, found: list[Diagnostic]) -> Quantity | None:
    """Read a scalar node as a quantity; None, with a diagnostic, where it is none."""
    if node.kind != "text":
        found.append(Diagnostic("wrong-shape", node.source, {"expected": "a number with its unit of measure"}))
        return None
    quantity = read_quantity(node.text, definitions=definitions)
    if isinstance(quantity, Fault):
        found.append(fault_diagnostic(quantity, node.source))
        return None
    return quantity


def fault_diagnostic(fault: Fault, source: Source) -> Diagnostic:
    """The diagnostic of an unreadable quantity at its place."""
    return Diagnostic(fault.code, source, {"found": fault.found, "nearest": "、".join(fault.nearest)})


def read_day(text: str) -> date | None:
    """An ISO date such as 2025-06-30; None for anything else."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
