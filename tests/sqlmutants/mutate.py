"""Faults in an SQL text, found by its words: it needs no grammar of SQL beyond brackets, AND, OR, CASE and joins."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_TOKEN = re.compile(r"--[^\n]*|'[^']*'|\d+|[A-Za-z_]\w*(?:\.(?:\w+|\*))?|<>|<=|>=|[-+*<>=(),]")

_COMPARISONS = {
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    ">": (">=", "<"),
    ">=": (">", "<="),
    "=": ("<>", "<=", ">="),
    "<>": ("=",),
}
_ARITHMETIC = {"+": "-", "-": "+", "*": "+"}

#: Columns that are easily taken for one another.
_TWINS = (
    ("x", "y"),
    ("x_half", "y_half"),
    ("x_sign", "y_sign"),
    ("low_closed", "high_closed"),
    ("pass_h", "risk_h"),
    *((f"pass_{part}", f"risk_{part}") for part in ("q", "p", "c", "s", "strict")),
    *((f"ahead_{part}", f"even_{part}") for part in ("q", "p", "c", "s")),
    *((f"full_{part}", f"pass_{part}") for part in ("q", "p", "c", "s", "strict")),
    ("gap_nq", "gap_np"),
    ("gap_nc", "gap_dc"),
    ("gap_np", "gap_dp"),
    ("passes", "holds_risk"),
    ("passes", "is_full"),
)
_TWIN = {one: other for pair in _TWINS for one, other in (pair, pair[::-1])}

#: Where an operand of AND or OR ends, on its own level of brackets and of CASE.
_AND_ENDS = frozenset(
    ("AND", "OR", "WHEN", "THEN", "ELSE", "AS", "ON", "WHERE", "GROUP", "SELECT", "FROM", "LEFT", "INNER", ",", ")")
)
_OR_ENDS = _AND_ENDS - {"AND"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the text and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: what stands from `start` to `end` is exchanged. `name` says line, words around it and the change."""

    kind: str
    start: int
    end: int
    new: str
    name: str

    def of(self, text: str) -> str:
        """The text with the fault."""
        return text[: self.start] + self.new + text[self.end :]


def tokens_of(text: str) -> list[Token]:
    """The words of the text without its comments."""
    found = [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    return [token for token in found if not token.text.startswith("--")]


def mutants_of(text: str) -> list[Mutant]:
    """Every fault, in the order of the text; two that come to the same text are one."""
    tokens = tokens_of(text)
    made: dict[str, Mutant] = {}
    for make in (_words, _operands, _functions, _branches):
        for kind, start, end, new in make(text, tokens):
            mutant = _named(text, kind, start, end, new)
            if (changed := mutant.of(text)) != text:
                made.setdefault(changed, mutant)
    return list(_apart(sorted(made.values(), key=lambda mutant: (mutant.start, mutant.end, mutant.kind, mutant.new))))


_Change = tuple[str, int, int, str]


def _named(text: str, kind: str, start: int, end: int, new: str) -> Mutant:
    """A name that holds when lines above are added: the line's own words, with the change marked in them."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    shown = f"{text[first:start]}⟦{text[start:end]} → {new}⟧{text[end : last if last >= 0 else None]}"
    return Mutant(kind, start, end, new, f"{kind}: {' '.join(shown.split())}")


def _apart(mutants: Iterable[Mutant]) -> Iterator[Mutant]:
    """Lines may stand in a text twice: the second mutant of a name is numbered."""
    seen: dict[str, int] = {}
    for mutant in mutants:
        seen[mutant.name] = count = seen.get(mutant.name, 0) + 1
        name = mutant.name if count == 1 else f"{mutant.name} ({count})"
        yield Mutant(mutant.kind, mutant.start, mutant.end, mutant.new, name)


def _words(text: str, tokens: Sequence[Token]) -> Iterator[_Change]:
    """Single words: comparisons, signs, numbers, words in quotes, AND and OR, joins, null tests, twin columns."""
    for place, token in enumerate(tokens):
        word, before = token.text, tokens[place - 1].text if place else ""
        after = tokens[place + 1].text if place + 1 < len(tokens) else ""
        for other in _COMPARISONS.get(word, ()):
            yield "comparison", token.start, token.end, other
        if word in _ARITHMETIC:
            yield "arithmetic", token.start, token.end, _ARITHMETIC[word]
        if word.isdigit():
            for step in (1, -1):
                yield "number", token.start, token.end, str(int(word) + step)
        if word.startswith("'"):
            yield "word", token.start, token.end, "'nothing like it'"
        if word in ("AND", "OR"):
            yield "connective", token.start, token.end, "OR" if word == "AND" else "AND"
        if word in ("LEFT", "INNER") and after == "JOIN":
            yield "join", token.start, token.end, "INNER" if word == "LEFT" else "LEFT"
        if word == "NOT":
            yield "null" if before == "IS" else "negation", token.start, tokens[place + 1].start, ""
        if word == "IS" and after == "NULL":
            yield "null", token.start, token.end, "IS NOT"
        if word == "NULL" and before in ("THEN", "ELSE"):
            yield "null", token.start, token.end, "'fail'"
        alias, dot, column = word.partition(".")
        if dot and column in _TWIN and after != "AS":
            yield "column", token.start, token.end, f"{alias}.{_TWIN[column]}"


def _operands(text: str, tokens: Sequence[Token]) -> Iterator[_Change]:
    """Each operand of AND and OR, and each whole condition, taken for true and for false."""
    for place, token in enumerate(tokens):
        if token.text in ("AND", "OR"):
            ends = _AND_ENDS if token.text == "AND" else _OR_ENDS
            spans = [_reach(tokens, place, -1, ends), _reach(tokens, place, 1, ends)]
        elif token.text in ("WHEN", "ON", "WHERE"):
            spans = [_reach(tokens, place, 1, _OR_ENDS - {"OR"})]
        else:
            continue
        for first, last in spans:
            for constant in ("TRUE", "FALSE"):
                yield "condition", tokens[first].start, tokens[last].end, constant


def _reach(tokens: Sequence[Token], place: int, step: int, ends: frozenset[str]) -> tuple[int, int]:
    """The first and last word of what stands beside `place`, backwards or forwards."""
    opened, closed = ("(", ")") if step > 0 else (")", "(")
    depth, at = 0, place + step
    while 0 <= at < len(tokens):
        word = tokens[at].text
        if depth == 0 and ((word in ends and word != opened) or word == closed):
            break
        depth += (word == opened) - (word == closed)
        at += step
    return (place + 1, at - 1) if step > 0 else (at + 1, place - 1)


def _functions(text: str, tokens: Sequence[Token]) -> Iterator[_Change]:
    """COALESCE and ABS left out, MIN taken for MAX."""
    for place, token in enumerate(tokens):
        if token.text in ("COALESCE", "ABS") and tokens[place + 1].text == "(":
            commas, last = _bracket(tokens, place + 1)
            end = tokens[commas[-1] if commas else last].start
            yield "null" if commas else "absolute", token.start, tokens[last].end, text[tokens[place + 2].start : end]
        elif token.text == "MIN":
            yield "aggregate", token.start, token.end, "MAX"


def _bracket(tokens: Sequence[Token], place: int) -> tuple[list[int], int]:
    """The commas directly inside the bracket that opens at `place`, and where it closes."""
    commas: list[int] = []
    depth = 0
    for at in range(place, len(tokens)):
        word = tokens[at].text
        depth += (word == "(") - (word == ")")
        if depth == 0:
            return commas, at
        if word == "," and depth == 1:
            commas.append(at)
    raise ValueError("a bracket is not closed")


def _branches(text: str, tokens: Sequence[Token]) -> Iterator[_Change]:
    """Branches of CASE left out and exchanged with the next, ELSE left out."""
    for place, token in enumerate(tokens):
        if token.text != "CASE":
            continue
        marks, end = _marks(tokens, place)
        spans = [
            (tokens[mark].start, tokens[upto - 1].end, tokens[mark].text)
            for mark, upto in zip(marks, [*marks[1:], end], strict=True)
        ]
        for start, stop, word in spans:
            if word == "ELSE" or sum(other[2] == "WHEN" for other in spans) > 1:
                yield "branch", start, stop, ""
        for (start, stop, one), (beyond, last, other) in pairwise(spans):
            if one == other == "WHEN":
                yield "order", start, last, f"{text[beyond:last]}{text[stop:beyond]}{text[start:stop]}"


def _marks(tokens: Sequence[Token], place: int) -> tuple[list[int], int]:
    """Where WHEN and ELSE of the CASE at `place` stand, and its END."""
    marks: list[int] = []
    depth = 0
    for at in range(place, len(tokens)):
        word = tokens[at].text
        depth += (word == "CASE") - (word == "END")
        if depth == 0:
            return marks, at
        if depth == 1 and word in ("WHEN", "ELSE"):
            marks.append(at)
    raise ValueError("a CASE has no END")
