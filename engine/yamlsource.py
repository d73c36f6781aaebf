"""YAML text → nodes with line and column. Keys may not repeat, numbers stay the text they were written as."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from engine.model.diagnostic import Diagnostic
from engine.model.source import Source

#: Hand-written files are far below these; what is above is a mistake or an attack.
MAX_CHARACTERS = 20_000_000
MAX_DEPTH = 40


@dataclass(slots=True)
class Node:
    """A scalar (`text`), a list (`items`) or a mapping (`pairs`) and where it begins.

    Never changed once it is read; it is not frozen because a book has thousands of them.
    """

    kind: str
    text: str
    items: "tuple[Node, ...]"
    pairs: "tuple[tuple[Node, Node], ...]"
    file: str
    line: int
    column: int

    @property
    def source(self) -> Source:
        """The place where it begins."""
        return Source(self.file, self.line, self.column)

    def get(self, key: str) -> "Node | None":
        """The value of a key of a mapping; the first one where a key repeats (which was reported)."""
        for name, value in self.pairs:
            if name.text == key:
                return value
        return None

    @property
    def is_null(self) -> bool:
        """Whether nothing was written: an empty value, `~` or `null`."""
        return self.kind == "text" and self.text in ("", "~", "null")


def read_yaml(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """Compose one YAML document; None where there is none or it is not YAML.

    Errors: yaml-syntax, yaml-too-large, yaml-too-deep, yaml-alias, repeated-key.
    """
    refused = _refuse_hostile(text, file)
    if refused:
        return None, [refused]
    try:
        raw = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return None, [_syntax_diagnostic(error, file)]
    if raw is None:
        return None, []
    found: list[Diagnostic] = []
    return _convert(raw, file, found), found


def _refuse_hostile(text: str, file: str) -> Diagnostic | None:
    """Stop what would cost memory or stack before it is composed."""
    if len(text) > MAX_CHARACTERS:
        return Diagnostic("yaml-too-large", Source(file), {"limit": str(MAX_CHARACTERS)})
    # Aliases and depth need a pass over the events, so only texts that could hold either pay for it.
    aliased = "*" in text and "&" in text
    nested = text.count("[") + text.count("{") > MAX_DEPTH and re.search(r"([\[{]\s*){10}", text) is not None
    indented = re.search(r"^[ -]{60}", text, re.MULTILINE) is not None
    if not (aliased or nested or indented):
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent):
                return Diagnostic("yaml-alias", _place(event.start_mark, file), {"alias": str(event.anchor)})
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    return Diagnostic("yaml-too-deep", _place(event.start_mark, file), {"limit": str(MAX_DEPTH)})
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError as error:
        return _syntax_diagnostic(error, file)
    return None


def _syntax_diagnostic(error: yaml.YAMLError, file: str) -> Diagnostic:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    source = _place(mark, file) if mark else Source(file)
    return Diagnostic("yaml-syntax", source, {"problem": " ".join(str(problem).split())})


def _place(mark: Any, file: str) -> Source:
    return Source(file, mark.line + 1, mark.column + 1)


def _convert(raw: yaml.Node, file: str, found: list[Diagnostic]) -> Node:
    mark = raw.start_mark
    line, column = mark.line + 1, mark.column + 1
    if isinstance(raw, yaml.ScalarNode):
        return Node("text", raw.value, (), (), file, line, column)
    if isinstance(raw, yaml.SequenceNode):
        return Node("list", "", tuple([_convert(item, file, found) for item in raw.value]), (), file, line, column)
    pairs = tuple([(_convert(key, file, found), _convert(value, file, found)) for key, value in raw.value])
    found.extend(_repeated_keys(pairs))
    return Node("mapping", "", (), pairs, file, line, column)


def _repeated_keys(pairs: tuple[tuple[Node, Node], ...]) -> Iterator[Diagnostic]:
    first: dict[str, Node] = {}
    for key, _ in pairs:
        if key.text in first:
            yield Diagnostic("repeated-key", key.source, {"key": key.text}, (first[key.text].source,))
        else:
            first[key.text] = key
