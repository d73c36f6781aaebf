"""What holds between indicators whatever the figures are: a part is no more than its whole, and the like."""

from dataclasses import field
from enum import StrEnum
from itertools import pairwise

from engine.model.noun import dataclass
from engine.model.source import Places, Source, place_of


class RelationForm(StrEnum):
    """The shapes of a relation, each a key of its entry in `relations.yaml`."""

    AT_MOST = "at_most"
    SUM = "sum"
    RATIO = "ratio"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Term:
    """An indicator's figure, added (+1) or taken off (-1); `last` is where it stood when the year began."""

    sign: int
    indicator: str
    last: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """The terms together are at or above 0; with `equal` they are 0.

    Units: base units of the one dimension that all indicators of a relation share.
    """

    terms: tuple[Term, ...]
    equal: bool = False


@dataclass(frozen=True, slots=True)
class Quotient:
    """A rate that is its numerator divided by its denominator."""

    rate: str
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation between figures of the same body and period, with the document or reason that says so.

    `indicators` stand in the order of the form: a chain from the smallest to the largest; the whole and its parts;
    numerator, denominator and, if it is reported, the rate; the level and its net change. `partial`: the parts are
    only some of the whole. `may_exceed`: the numerator is no part of the denominator.
    """

    id: str
    form: RelationForm
    indicators: tuple[str, ...]
    partial: bool
    may_exceed: bool
    document: str | None
    reason: str | None
    source: Source
    places: Places = field(default=(), compare=False, repr=False)

    def place(self, key: str) -> Source:
        """Where the value of a key stands."""
        return place_of(key, self.places, self.source)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """What it says, as sums of figures; a quotient is no such sum and stands in `quotient`."""
        names = self.indicators
        if self.form is RelationForm.AT_MOST:
            return tuple(Comparison((Term(1, more), Term(-1, less))) for less, more in pairwise(names))
        if self.form is RelationForm.SUM:
            parts = tuple(Term(-1, part) for part in names[1:])
            return (Comparison((Term(1, names[0]), *parts), equal=not self.partial),)
        if self.form is RelationForm.STOCK:
            level, change = names
            return (Comparison((Term(1, level), Term(-1, level, last=True), Term(-1, change)), equal=True),)
        return () if self.may_exceed else (Comparison((Term(1, names[1]), Term(-1, names[0]))),)

    @property
    def quotient(self) -> Quotient | None:
        """The rate and what it is made of, where the relation names a rate."""
        if self.form is not RelationForm.RATIO or len(self.indicators) < 3:
            return None
        numerator, denominator, rate = self.indicators
        return Quotient(rate, numerator, denominator)

    @property
    def formula(self) -> str:
        """The relation as it is written in mathematics."""
        names = self.indicators
        if self.form is RelationForm.AT_MOST:
            return " ≤ ".join(names)
        if self.form is RelationForm.SUM:
            return f"{' + '.join(names[1:])} {'≤' if self.partial else '='} {names[0]}"
        if self.form is RelationForm.STOCK:
            return f"{names[0]} = {names[0]}[0] + {names[1]}"
        whole = [] if self.may_exceed else [f"{names[0]} ≤ {names[1]}"]
        rate = [f"{names[2]} = {names[0]} ÷ {names[1]}"] if len(names) > 2 else []
        return ", ".join([*rate, *whole])
