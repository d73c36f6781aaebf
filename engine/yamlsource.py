"""YAML text → nodes with line and column. Keys may not repeat, numbers stay the text they were written as."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
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


def read_yaml(
    text: str, file: str, trusted: bool = False, most: int = MAX_CHARACTERS
) -> tuple[Node | None, list[Diagnostic]]:
    """Compose one YAML document; None where there is none or it is not YAML.

    `trusted` texts are a book's own: their brackets are counted, not parsed twice. Texts of more than `most`
    characters are refused.

    Errors: yaml-syntax, yaml-too-large, yaml-too-deep, yaml-alias, repeated-key.
    """
    refused = _refuse_hostile(text, file, trusted, most)
    if refused:
        return None, [refused]
    try:
        raw = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return None, [_syntax_diagnostic(error, text, file)]
    if raw is None:
        return None, []
    found: list[Diagnostic] = []
    return _convert(raw, file, found), found


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a list stands in its text, by characters: its key, its start and end, and those of its items.

    `block`: every item begins a line with a dash; its end is then where the next thing begins.
    """

    key: int
    start: int
    end: int
    items: tuple[tuple[int, int], ...]
    block: bool


def find_list(text: str, key: str) -> ListPlace | None:
    """Where the list below a key of the outermost mapping stands, in a text that `read_yaml` could read."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    for name, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if name.value == key and isinstance(value, yaml.SequenceNode):
            items = tuple((item.start_mark.index, item.end_mark.index) for item in value.value)
            start, end = value.start_mark.index, value.end_mark.index
            return ListPlace(name.start_mark.index, start, end, items, not value.flow_style)
    return None


def _may_be_deep(text: str, trusted: bool) -> bool:
    """Whether the text could nest deeper than is read: cheap, and wrong only towards a closer look."""
    depth = deepest = openings = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        if bracket in "[{":
            openings += 1
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth = max(0, depth - 1)
    if deepest > MAX_DEPTH or re.search(r"^[ -]{60}", text, re.MULTILINE):
        return True
    # A bracket inside quotation marks, a remark or a tag closes nothing, so there the count proves nothing.
    if openings > MAX_DEPTH and "!<" in text:
        return True
    if not trusted and openings > MAX_DEPTH and any(mark in text for mark in "'\"#"):
        return True
    long_lines = (line for line in text.splitlines() if len(line) > 2 * MAX_DEPTH)
    return any(len(re.findall(r"(?:^|[ \t])[-?](?=[ \t])", line)) > MAX_DEPTH for line in long_lines)


def _refuse_hostile(text: str, file: str, trusted: bool, most: int) -> Diagnostic | None:
    """Stop what would cost memory or stack before it is composed."""
    if len(text) > most:
        return Diagnostic("yaml-too-large", Source(file), {"limit": str(most)})
    # Aliases and depth need a pass over the events, so only texts that could hold either pay for it.
    aliased = "*" in text and "&" in text
    if not aliased and not _may_be_deep(text, trusted):
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
        return _syntax_diagnostic(error, text, file)
    return None


def _syntax_diagnostic(error: yaml.YAMLError, text: str, file: str) -> Diagnostic:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context = getattr(error, "context", None) or ""
    if "quoted scalar" in context or "flow" in context:
        # What was opened and never closed is noticed far below; the mend is where it was opened.
        mark = getattr(error, "context_mark", None) or mark
    if mark is not None:
        source = _place(mark, file)
    else:
        before = text.encode()[: getattr(error, "position", 0) or 0].decode(errors="ignore")
        lines = re.split("\r\n|[\r\n\x85\u2028\u2029]", before)
        source = Source(file, len(lines), len(lines[-1]) + 1)
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
    """A finding for each key that stands more than once, however often."""
    first: dict[str, Node | None] = {}
    for key, _ in pairs:
        before = first.get(key.text, key)
        if before is key:
            first[key.text] = key
        elif before is not None:
            yield Diagnostic("repeated-key", key.source, {"key": key.text}, (before.source,))
            first[key.text] = None
