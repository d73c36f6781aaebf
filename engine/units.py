"""Units of measure: which ones there are, and what they are worth. The only module that imports pint.

units.txt states the units in pint's syntax; unit_table.py is the same knowledge as a literal table, generated
from it, because importing pint takes longer than judging a quarter. A symbol of the table never imports pint;
units that a book defines, and quotients that the table does not list, do.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from math import lcm
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.model.quantity import Unit
from engine.unit_table import MULTIPLIERS, TABLE

if TYPE_CHECKING:
    from opencc import OpenCC
    from pint import UnitRegistry

Row = tuple[str, int, int]

#: Values have 15 integer digits and 4 decimals at most, and products are compared as DECIMAL(38,4).
_LARGEST_FACTOR = 10**19

#: Up to this factor, units of a dimension count for the base of quotients by that dimension.
_LARGEST_DIVISOR = 10**10

_LONGEST_SYMBOL = 60
_LONGEST_LINE = 200
_POWER = "**"

_UNITS_TXT = Path(__file__).with_name("units.txt")
_UNIT_TABLE = Path(__file__).with_name("unit_table.py")

#: Dimensions whose units take no 萬 or 億 before them, and coins, of which nobody counts 萬.
_NEVER_MULTIPLIED = frozenset(
    {"share", "point", "time", "workday", "calendar", "age", "concentration", "people_ratio", "score"}
)
_NEVER_MULTIPLIED_NAMES = frozenset({"分錢", "分钱", "角"})

_NAME = r"[^\W\d_]\w*"
_BASE = re.compile(rf"\[\s*({_NAME})\s*\]")
_OFFSET = re.compile(r"offset\s*:\s*-?\d{1,9}(\.\d{1,9})?")
_TOKEN = re.compile(rf"\s*({_NAME}|\d{{1,18}}(?:\.\d{{1,18}})?|[*/()])")


class UnitDefinitionsError(ValueError):
    """A book's own definitions of units cannot be used; the message begins with the line.

    Shape: `line` counts from 1 within the definitions; `reason` is the message without it.
    """

    def __init__(self, line: int, reason: str) -> None:
        """Say what is wrong with which line."""
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


class _Measure(NamedTuple):
    """What pint says of a unit: its size and its zero, in the dimensions `over` by the dimensions `under`."""

    scale: Fraction
    zero: Fraction
    over: tuple[str, ...]
    under: tuple[str, ...]


def fold_symbol(symbol: str) -> str:
    """The form in which a unit of measure is looked up: NFKC, without blanks or brackets around it."""
    folded = "".join(unicodedata.normalize("NFKC", symbol).split())
    if folded[:1] == "(" and folded[-1:] == ")" and "(" not in folded[1:]:
        return folded[1:-1]
    return folded


def find_unit(symbol: str, definitions: str = "") -> Unit | None:
    """The unit of measure that is written so, in either script, or None where it is unknown or not exact.

    `definitions` are further units of a book in pint's syntax: lines `name = meaning = symbol = alias`,
    where a meaning is `[a new dimension]` or made of numbers, names defined before, `*`, `/` and brackets.
    They take 萬, 億 and the like, as ours do. Any other A/B is worked out from A and B.

    Units: `factor` is a whole number of base units, always. The base of a quotient is chosen so small that
    the usual units divide it (see `_resolve`); one that still comes out broken is None, never rounded.
    Errors: raises UnitDefinitionsError for definitions that cannot be used; never anything for a symbol.
    """
    folded = fold_symbol(symbol)
    row = _look_up(folded, TABLE)
    if row is None and folded and len(folded) <= _LONGEST_SYMBOL:
        row = _find_outside(folded, definitions)
    return None if row is None else _unit(folded, *row)


@lru_cache(maxsize=256)
def _unit(symbol: str, dimension: str, factor: int, offset: int = 0) -> Unit:
    """The same object for the same unit of measure: a book has thousands of quantities in a dozen of them."""
    return Unit(symbol, dimension, factor, offset)


def nearest_units(symbol: str, definitions: str = "") -> tuple[str, ...]:
    """Up to three known symbols that look like this one, no two of the same unit: a hint, never an answer.

    Errors: raises UnitDefinitionsError, as `find_unit`.
    """
    import difflib

    folded = fold_symbol(symbol)[:_LONGEST_SYMBOL]
    multiplier = max((word for word in MULTIPLIERS if folded.startswith(word)), key=len, default="")
    rows = {**TABLE, **_read_book(definitions)}
    found: dict[Row, str] = {}
    for near in difflib.get_close_matches(folded.removeprefix(multiplier), rows, n=12, cutoff=0.6):
        row = _look_up(multiplier + near, rows)
        # A slip is in one script: the other script's spelling of the same unit stands behind the nearer one.
        if row is not None:
            found.setdefault(row, multiplier + near)
    return tuple(found.values())[:3]


def check_definitions(definitions: str) -> tuple[str, ...]:
    """The symbols that a book's definitions add, so that a book is refused before any figure is read.

    Errors: raises UnitDefinitionsError.
    """
    return tuple(_read_book(definitions))


def _look_up(folded: str, rows: Mapping[str, Row]) -> Row | None:
    """The row of a symbol, with or without 百, 千, 萬 … before it. What a row says, times 萬, is exact."""
    if folded in rows:
        return rows[folded]
    for multiplier, times in MULTIPLIERS.items():
        name = folded.removeprefix(multiplier)
        if name != folded and name in rows:
            dimension, factor, offset = rows[name]
            fixed = dimension in _NEVER_MULTIPLIED or name in _NEVER_MULTIPLIED_NAMES
            if not (fixed or offset or "/" in dimension or factor * times >= _LARGEST_FACTOR):
                return dimension, factor * times, 0
    return None


# The two caches keep pure functions from asking pint the same question for each of a million figures.
@lru_cache(maxsize=4096)
def _find_outside(folded: str, definitions: str) -> Row | None:
    book = _read_book(definitions)
    if row := _look_up(folded, book):
        return row
    parts = [_look_up(part, TABLE) or _look_up(part, book) for part in folded.split("/")]
    rows = [row for row in parts if row is not None]
    if len(rows) < 2 or len(rows) < len(parts) or any(offset for _, _, offset in rows):
        return None
    divisors = {**_divisors(book.values()), **_divisors(TABLE.values())}
    registry = _registry()
    # pint is given the meanings of the parts, never the words of a submission.
    quotient = " / ".join(f"({_meaning(registry, row, divisors)})" for row in rows)
    registry.define(f"quotient = {quotient}")
    return _resolve(_measure(registry, "quotient"), divisors)


@lru_cache(maxsize=16)
def _read_book(definitions: str) -> Mapping[str, Row]:
    lines = [line.split("#")[0].strip() for line in unicodedata.normalize("NFKC", definitions).splitlines()]
    if not any(lines):
        return {}
    registry = _registry()
    measures: dict[str, _Measure] = {}
    numbers: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if line:
            names = _check_line(number, line, measures)
            measures |= dict.fromkeys(names, _define(registry, number, line))
            numbers |= dict.fromkeys(names, number)
    divisors = _divisors(TABLE.values())
    rows: dict[str, Row] = {}
    for name, measure in _plain_first(measures):
        row = _resolve(measure, {**_divisors(rows.values()), **divisors})
        if row is None:
            raise UnitDefinitionsError(numbers[name], f"{name} is not a whole multiple of a base unit")
        rows |= dict.fromkeys(_spellings(name), row)
    return rows


def _check_line(number: int, line: str, earlier: Mapping[str, _Measure]) -> list[str]:
    """The names that a line of a book defines, after every check that spares pint a surprise."""
    name, *rest = (part.strip() for part in line.split("="))
    if not rest or len(line) > _LONGEST_LINE:
        raise UnitDefinitionsError(number, f"not of the form name = meaning: {line[:40]}")
    names = [name, *(alias for alias in rest[1:] if alias != "_")]
    for each in names:
        if not re.fullmatch(_NAME, each) or each.startswith(("base_of_", "delta_")):
            raise UnitDefinitionsError(number, f"not a name of a unit: {each[:40]}")
        ours = any(_look_up(spelling, TABLE) for spelling in _spellings(each))
        if ours or each in earlier or names.count(each) > 1:
            raise UnitDefinitionsError(number, f"{each} has a meaning already")
        if any(each == word + other or other == word + each for other in earlier for word in MULTIPLIERS):
            raise UnitDefinitionsError(number, f"{each} would have two meanings: 萬, 億 and the like multiply")
    meaning, *offset = (part.strip() for part in rest[0].split(";"))
    if len(offset) > 1 or not all(_OFFSET.fullmatch(part) for part in offset):
        raise UnitDefinitionsError(number, f"after ; only `offset: number` may stand: {rest[0][:40]}")
    base = _BASE.fullmatch(meaning)
    if not base:
        _check_meaning(number, meaning, earlier)
    elif base[1] in _divisors(TABLE.values()) or any(base[1] in measure.over for measure in earlier.values()):
        raise UnitDefinitionsError(number, f"the dimension {base[1]} has a base unit already")
    return names


def _check_meaning(number: int, meaning: str, earlier: Mapping[str, _Measure]) -> None:
    # Powers are left out: pint would work out 9**9**9, and the square of a length is not our area.
    if re.search(r"\*\s*\*|/\s*/", meaning) or _TOKEN.sub("", meaning).strip():
        raise UnitDefinitionsError(number, f"only numbers, names, *, / and brackets may stand: {meaning[:40]}")
    for token in _TOKEN.findall(meaning):
        if token[0].isalpha():
            row = _look_up(token, TABLE)
            if row is None and token not in earlier:
                raise UnitDefinitionsError(number, f"{token} is not defined before this line")
            if row[2] if row else earlier[token].zero:
                raise UnitDefinitionsError(number, f"{token} has an offset: nothing can be a multiple of it")


def _define(registry: "UnitRegistry[Any]", number: int, line: str) -> _Measure:
    """Give a checked line to pint, after what its words mean, and ask for the result."""
    divisors = _divisors(TABLE.values())
    name, meaning = (part.strip() for part in line.split("=")[:2])
    # pint and the parsers below it raise a dozen kinds of exception, AssertionError among them.
    try:
        for token in _TOKEN.findall(meaning.split(";")[0]):
            row = None if _BASE.match(meaning) else _look_up(token, TABLE)
            if row and token not in registry:
                registry.define(f"{token} = {_meaning(registry, row, divisors)}")
        registry.define(line)
        return _measure(registry, name)
    except Exception as error:
        raise UnitDefinitionsError(number, f"pint cannot read it: {line[:40]}") from error


def _registry() -> "UnitRegistry[Any]":
    """An empty registry: none of pint's own units, and fractions instead of floats."""
    from pint import UnitRegistry

    return UnitRegistry(None, non_int_type=Fraction, on_redefinition="raise")


def _meaning(registry: "UnitRegistry[Any]", row: Row, divisors: Mapping[str, int]) -> str:
    """A row in pint's syntax, in terms of base units that are defined in the registry on the way."""
    dimension, factor, _ = row
    over, *under = dimension.split("/")
    for each in [*over.split("·"), *under]:
        if f"base_of_{each}" not in registry:
            registry.define(f"base_of_{each} = [{each}]")
    terms = [str(factor), *(f"* base_of_{each}" for each in over.split("·"))]
    return " ".join(terms + [f"/ base_of_{each} / {divisors[each]}" for each in under])


def _measure(registry: "UnitRegistry[Any]", name: str) -> _Measure:
    """Ask pint for the size of a unit.

    Errors: raises whatever pint raises, and ArithmeticError where pint answers with a float.
    """
    root = registry.get_root_units(name, check_nonmult=False)[1]
    ends: list[object] = [registry.convert(Fraction(value), name, root) for value in (0, 1)]
    zero, one = (Fraction(end) if isinstance(end, int | Fraction) else None for end in ends)
    if zero is None or one is None:
        raise ArithmeticError(f"{name} is not exact")
    # A power stays visible in the name, so that `_resolve` refuses it.
    powers = [(each.strip("[]"), str(power)) for each, power in registry.get_dimensionality(root).items()]
    over = sorted(each + ("" if power == "1" else _POWER) for each, power in powers if power[0] != "-")
    under = sorted(each + ("" if power == "-1" else _POWER) for each, power in powers if power[0] == "-")
    return _Measure(one - zero, zero, tuple(over), tuple(under))


def _resolve(measure: _Measure, divisors: Mapping[str, int]) -> Row | None:
    """A measure as a whole multiple of a base unit, or None.

    Units: the base of a plain dimension is that of units.txt. The base of A/B is the base of A divided by a
    common multiple of the units of B (`_divisors`): 1 元/平方米 is 100 base units of money over 3 of area,
    and only with such a base are 元/平方米 and 元/畝 both whole numbers, and comparable.
    """
    scale, zero, over, under = measure
    if not over or scale <= 0 or any(_POWER in dimension for dimension in over + under):
        return None
    offset = -zero / scale
    for dimension in under:
        scale *= divisors.get(dimension, 1)
    if scale >= _LARGEST_FACTOR or scale.denominator > 1 or offset.denominator > 1:
        return None
    return "/".join(["·".join(over), *under]), int(scale), int(offset)


def _divisors(rows: Iterable[Row], multipliers: Mapping[str, int] = MULTIPLIERS) -> dict[str, int]:
    """For every plain dimension the common multiple of its units, but for the very large ones."""
    factors: dict[str, set[int]] = {}
    for dimension, factor, _ in rows:
        if "/" not in dimension and "·" not in dimension:
            sizes = {1} if dimension in _NEVER_MULTIPLIED else {1, *multipliers.values()}
            factors.setdefault(dimension, {1}).update(factor * size for size in sizes)
    return {
        dimension: lcm(*(factor for factor in those if factor <= _LARGEST_DIVISOR))
        for dimension, those in factors.items()
    }


def _plain_first(measures: Mapping[str, _Measure]) -> list[tuple[str, _Measure]]:
    """Quotients come last, because their base depends on all units of the plain dimensions."""
    return sorted(measures.items(), key=lambda item: len(item[1].under))


def _spellings(name: str) -> list[str]:
    """The name, and the same with the signs that pint keeps for itself."""
    return list(dict.fromkeys([name, name.replace("每", "/"), name.replace("為", "=").replace("为", "=")]))


def build_table() -> str:
    """The text of unit_table.py: units.txt as pint understands it, in every spelling.

    Errors: raises ValueError for a unit that is no whole multiple of a base, or a spelling of two meanings.
    Source: OpenCC's tables for Simplified, and for the Traditional of the mainland, Taiwan and Hong Kong.
    """
    lines = [line.split("#")[0].strip() for line in _UNITS_TXT.read_text(encoding="utf-8").splitlines()]
    stated = [[part.strip() for part in line.split("=")] for line in lines if line]
    registry = _registry()
    registry.load_definitions([line for line in lines if line])
    multipliers = {name[:-1]: int(meaning) for name, meaning, *_ in stated if name.endswith("-")}
    measures: dict[str, _Measure] = {}
    for name, _, *aliases in stated:
        if not name.endswith("-"):
            measures |= dict.fromkeys([name, *aliases], _measure(registry, name))
    measures.pop("_", None)
    table: dict[str, Row] = {}
    for name, measure in _plain_first(measures):
        row = _resolve(measure, _divisors(table.values(), multipliers))
        if row is None:
            raise ValueError(f"units.txt: {name} is not a whole multiple of a base unit")
        for spelling in [other for form in _scripts(name) for other in _spellings(form)]:
            key = unicodedata.normalize("NFKC", spelling)
            if table.setdefault(key, row) != row:
                raise ValueError(f"units.txt: {key} would have two meanings")
    return _write_table(table, {form: multipliers[word] for word in multipliers for form in _scripts(word)})


def _scripts(word: str) -> list[str]:
    """A word in the Traditional script of units.txt, in Simplified, and as software turns that back."""
    simplified = _convert("t2s", word)
    return list(dict.fromkeys([word, simplified, *(_convert(to, simplified) for to in ("s2t", "s2tw", "s2hk"))]))


def _convert(direction: str, word: str) -> str:
    return str(_converter(direction).convert(word))


@cache
def _converter(direction: str) -> "OpenCC":
    from opencc import OpenCC

    return OpenCC(direction)


def _write_table(table: Mapping[str, Row], multipliers: Mapping[str, int]) -> str:
    return "\n".join(
        [
            '"""Every unit of measure as an exact multiple: symbol -> (dimension, factor, offset).',
            "",
            "One of a unit is `factor` base units of its dimension, and `offset` is taken off first. A word of",
            "MULTIPLIERS before a symbol multiplies it (engine.units.find_unit knows which symbols take one).",
            "Generated from units.txt by `python -m engine.units`; change units.txt, not this file.",
            '"""',
            "# fmt: off",
            "",
            "MULTIPLIERS: dict[str, int] = {",
            *_fill(f'"{word}": {times},' for word, times in multipliers.items()),
            "}",
            "",
            "TABLE: dict[str, tuple[str, int, int]] = {",
            *_fill(f'"{key}": ("{row[0]}", {row[1]}, {row[2]}),' for key, row in table.items()),
            "}",
            "",
        ]
    )


def _fill(items: Iterable[str]) -> list[str]:
    """Lines of at most 108 columns, in which a Chinese character takes two."""
    lines: list[str] = []
    room = 0
    for item in items:
        width = 1 + sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in item)
        if width > room:
            lines.append("   ")
            room = 105
        lines[-1] += f" {item}"
        room -= width
    return lines


def main(arguments: Sequence[str]) -> int:
    """Write unit_table.py, or with --check say whether it is what units.txt yields: 0 if so, 1 if not."""
    if list(arguments) not in ([], ["--check"]):
        print("usage: python -m engine.units [--check]", file=sys.stderr)
        return 2
    text = build_table()
    if not arguments:
        _UNIT_TABLE.write_text(text, encoding="utf-8", newline="\n")
    elif _UNIT_TABLE.read_text(encoding="utf-8") != text:
        print(f"{_UNIT_TABLE.name} differs from units.txt; renew it: python -m engine.units", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
