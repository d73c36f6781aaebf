"""Faults as edits of texts: where a node of a file stands, and what stands there instead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.yamlsource import Node, read_yaml

Texts = dict[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Other signs in the place of those from `start` to `end` of a file's text."""

    file: str
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: what kind of thing, where, and the edits that make it so.

    `rules` are those whose cases should notice it first. `needs_plan`: nothing in the book itself can contradict it,
    only the plan's own text can. `alone` names the one thing about which the fault changes the answer: the worked
    case that expects something else, the rule that has one case less, the clause that is read otherwise. Many of these
    can be tried in one run.
    """

    kind: str
    place: str
    edits: tuple[Edit, ...]
    rules: tuple[str, ...] = ()
    needs_plan: bool = False
    alone: str | None = None

    @property
    def name(self) -> str:
        """What is listed of a survivor."""
        return f"{self.kind}: {self.place}"


def plant(texts: Texts, edits: Iterable[Edit]) -> Texts:
    """The texts with the edits made; a file that is left empty is gone."""
    changed = dict(texts)
    for edit in sorted(edits, reverse=True):
        text = changed.get(edit.file, "")
        changed[edit.file] = text[: edit.start] + edit.new + text[edit.end :]
    return {name: text for name, text in changed.items() if text}


def offset(text: str, line: int, column: int) -> int:
    """Where a line and column, both from 1, stand in a text."""
    at = 0
    for _ in range(line - 1):
        at = text.index("\n", at) + 1
    return at + column - 1


def replace_scalar(text: str, node: Node, new: str) -> Edit:
    """Another scalar in the place of a node; quotation marks stay."""
    start = offset(text, node.line, node.column)
    written = node.text.replace("'", "''") if text[start] == "'" else node.text
    start += text[start] in "'\""
    assert text.startswith(written, start), f"{node.source}: only scalars of one line can be edited"
    return Edit(node.file, start, start + len(written), new)


def is_editable(text: str, node: Node) -> bool:
    """Whether a scalar stands in its text as it is."""
    start = offset(text, node.line, node.column)
    return text.startswith(node.text, start + (text[start] in "'\""))


def insert_key(text: str, node: Node, lines: str) -> Edit:
    """Further keys of a block mapping, behind its first one; those of a flow mapping before it."""
    first, value = node.pairs[0]
    if text[offset(text, node.line, node.column)] == "{":
        at = offset(text, first.line, first.column)
        return Edit(node.file, at, at, lines + ", ")
    at = text.index("\n", offset(text, value.line, value.column)) + 1
    indent = " " * (first.column - 1)
    return Edit(node.file, at, at, "".join(f"{indent}{line}\n" for line in lines.split("\n")))


def drop_key(text: str, node: Node, key: str) -> Edit:
    """A mapping without one of its keys, which is not the first one."""
    place = next(place for place, (name, _) in enumerate(node.pairs) if name.text == key)
    name, _ = node.pairs[place]
    start = offset(text, name.line, name.column)
    if text[offset(text, node.line, node.column)] == "{":
        if place + 1 < len(node.pairs):
            following = node.pairs[place + 1][0]
            return Edit(node.file, start, offset(text, following.line, following.column), "")
        return Edit(node.file, text.rindex(",", 0, start), text.index("}", start), "")
    start = offset(text, name.line, 1)
    end = text.index("\n", start) + 1
    # What the key holds is indented further, or a list at the same depth.
    while end < len(text) and text[end:].startswith((" " * name.column, " " * (name.column - 1) + "- ")):
        end = text.index("\n", end) + 1
    return Edit(node.file, start, end, "")


def drop_item(text: str, items: Sequence[Node], at: int) -> Edit:
    """A block list of mappings without one of them."""
    file = items[at].file
    start = offset(text, items[at].line, 1)
    if at + 1 < len(items):
        return Edit(file, start, offset(text, items[at + 1].line, 1), "")
    # Up to the next line that is not indented: the end of the list.
    end = text.find("\n", start) + 1 or len(text)
    while end < len(text) and text[end] in " \n":
        end = text.find("\n", end) + 1 or len(text)
    return Edit(file, start, end, "")


def replace_flow(text: str, node: Node, names: Iterable[str]) -> Edit:
    """Another list in the place of one that is written in brackets."""
    start = offset(text, node.line, node.column)
    assert text[start] == "[", f"{node.source}: a list in brackets"
    return Edit(node.file, start, text.index("]", start) + 1, "[" + ", ".join(names) + "]")


def empty_file(text: str, file: str) -> Edit:
    """A file that is gone."""
    return Edit(file, 0, len(text), "")


def root_of(text: str, name: str) -> Node:
    """The root of a file that is known to be sound."""
    node, found = read_yaml(text, name)
    assert node is not None, f"{name}: {found}"
    return node


def items_of(node: Node, key: str) -> tuple[Node, ...]:
    """The items of a list under a key; none where it is absent."""
    found = node.get(key)
    return found.items if found else ()


def text_of(node: Node, key: str) -> str:
    """The scalar under a key; empty where it is absent."""
    found = node.get(key)
    return found.text if found else ""


def step(number: str) -> Decimal:
    """One reporting step of a printed number: one unit of its last digit."""
    return Decimal(1).scaleb(-len(number.partition(".")[2]))


def moved(number: str) -> Iterator[str]:
    """A number one reporting step up, and one down."""
    for sign in (1, -1):
        yield f"{Decimal(number) + sign * step(number):f}"


#: Units of measure that are taken for each other: another dimension, or another size.
OTHER_UNIT = {
    "家": "個", "個": "家", "%": "‰", "萬畝": "畝", "億元": "萬元", "人": "人次", "萬人": "人", "萬人次": "萬人",
    "項": "件", "場": "次", "部": "臺", "套": "戶", "公里": "里", "萬平方米": "平方米", "次": "起", "起": "次",
    "个": "家", "戶": "套",
}  # fmt: skip
