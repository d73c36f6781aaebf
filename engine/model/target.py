"""What the plan promises, clause by clause, as facts."""

from dataclasses import field
from enum import StrEnum

from engine.model.noun import dataclass
from engine.model.source import Places, Source, place_of


class Kind(StrEnum):
    """The kinds of target.

    Source: the table of kinds in docs/kinds.md.
    """

    TOTAL = "total"
    LEVEL = "level"
    RATE = "rate"
    ALWAYS = "always"
    MILESTONE = "milestone"
    COVERAGE = "coverage"
    EACH = "each"
    RELATIVE = "relative"
    EXTERNAL = "external"


class Change(StrEnum):
    """Whether the number is a growth or a reduction by an amount; a level that is reached has none."""

    INCREASE = "increase"
    DECREASE = "decrease"


class Comparator(StrEnum):
    """The direction of a promise, and whether equality keeps it."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    BETWEEN = "between"

    @property
    def sign(self) -> int:
        """+1 where more is better, -1 for ceilings."""
        return -1 if self in (Comparator.AT_MOST, Comparator.LESS_THAN) else 1

    @property
    def strict(self) -> bool:
        """Whether equality breaks the promise."""
        return self in (Comparator.MORE_THAN, Comparator.LESS_THAN)


#: Kinds that make a clause quantitative.
QUANTITATIVE = frozenset({Kind.TOTAL, Kind.LEVEL, Kind.RATE, Kind.ALWAYS, Kind.COVERAGE, Kind.EACH, Kind.RELATIVE})


@dataclass(frozen=True, slots=True)
class Target:
    """One promise: the plan's words (`quote`) beside the structured reading of them.

    Units: `value` and `upper` are as printed, in `unit` as printed; all three are None where the promise
    has no number. `year` is set for a goal of a later year than the plan's: no rule of this book judges it.
    `left_open`: a person still has to decide something about it. `reading_zh`: what Chinese readers see in the place of
    `reading`; whoever wrote the book writes both.
    """

    id: str
    clause: str
    quote: str
    kind: Kind
    inner_kind: Kind | None
    comparator: Comparator | None
    value: str | None
    upper: str | None
    unit: str | None
    change: Change | None
    soft: bool
    striving: bool
    reading: str | None
    source: Source
    places: Places = field(default=(), compare=False, repr=False)
    year: int | None = None
    left_open: bool = False
    reading_zh: str | None = None

    def place(self, key: str) -> Source:
        """Where the value of a key stands."""
        return place_of(key, self.places, self.source)


@dataclass(frozen=True, slots=True)
class NotTarget:
    """A number in a clause that promises nothing, and why."""

    quote: str
    why: str
    source: Source


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause of the plan with its bodies in the plan's own words."""

    number: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    targets: tuple[Target, ...]
    not_targets: tuple[NotTarget, ...]
    qualitative: str | None
    source: Source
    places: Places = field(default=(), compare=False, repr=False)

    def place(self, key: str) -> Source:
        """Where the value of a key stands."""
        return place_of(key, self.places, self.source)

    @property
    def category(self) -> str:
        """`quantitative`, `milestone`, `external` or `qualitative`: the strongest of its targets."""
        kinds = {target.kind for target in self.targets}
        if kinds & QUANTITATIVE:
            return "quantitative"
        if Kind.MILESTONE in kinds:
            return "milestone"
        return "external" if kinds else "qualitative"


@dataclass(frozen=True, slots=True)
class Plan:
    """The document that promises: its title, year and the digest that recognizes its text."""

    title: str
    issuer: str
    date: str
    year: int
    digest: str | None


_DIGITS = "一二三四五六七八九十"


def clause_slug(number: str) -> str | None:
    """The beginning of a clause's rule file: `h07` for 一(七), `016` for 16; None for other numbers.

    >>> clause_slug("一(七)"), clause_slug("16"), clause_slug("一(十二)"), clause_slug("3.1")
    ('h07', '016', 'h12', None)
    """
    if number.isascii() and number.isdigit():
        return f"{int(number):03d}"
    inner = number[2:-1]
    if not number.startswith("一(") or not number.endswith(")") or not inner or set(inner) - set(_DIGITS):
        return None
    tens, found, ones = inner.rpartition("十")
    if not found:
        return f"h{_DIGITS.index(inner) + 1:02d}" if len(inner) == 1 else None
    values = [_DIGITS.index(digit) + 1 for digit in (tens or "一", ones) if digit in _DIGITS[:9] and len(digit) == 1]
    return f"h{values[0] * 10 + (values[1] if len(values) > 1 else 0):02d}" if values else None
