"""Exact reasoning about several linear constraints at once: bounds, and a point that keeps them all.

Bounds are drawn from one constraint after the other in fractions (interval reasoning). Each remembers the claims it
rests on, so an empty interval names a set of claims that conflict, and a point is checked in every constraint: both
answers are proofs. Where neither is found the answer is None, and a solver has to say.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field
from fractions import Fraction
from typing import NamedTuple

from engine.exact.intervals import Interval
from engine.model.noun import dataclass


class Variable(NamedTuple):
    """A figure at the year's end: whose (empty for the city's), of what, of which member, and in which aspect.

    `aspect` is empty for the figure itself, `share` for done ÷ eligible, `last` for where it stood a year before.
    """

    body: str
    indicator: str
    member: str = ""
    aspect: str = ""


#: A claim by its number in the list of claims: a rule of one body, or a relation.
Claims = frozenset[int]

#: An answer of any method: the claims that conflict, a point that keeps everything, or None where it cannot say.
Answer = Claims | dict[Variable, Fraction] | None

NONE: Claims = frozenset()

#: How many times over all constraints bounds are drawn; bounds that creep for ever are left to a solver.
_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Linear:
    """The sum of coefficient × variable, and the constant, is at or above 0 (above it where `strict`).

    It holds where all claims of `because` do.
    """

    terms: tuple[tuple[Variable, Fraction], ...]
    constant: Fraction
    strict: bool
    because: Claims

    def holds(self, point: Mapping[Variable, Fraction]) -> bool:
        """Whether a point keeps it."""
        total = sum((factor * point[name] for name, factor in self.terms), self.constant)
        return total > 0 or (total == 0 and not self.strict)


@dataclass(frozen=True, slots=True)
class Product:
    """`scale` × numerator = rate × denominator, with the denominator above 0: the one form that is not linear."""

    rate: Variable
    numerator: Variable
    denominator: Variable
    scale: int
    because: Claims

    def holds(self, point: Mapping[Variable, Fraction]) -> bool:
        """Whether a point keeps it."""
        below = point[self.denominator]
        return below > 0 and self.scale * point[self.numerator] == point[self.rate] * below


@dataclass(frozen=True, slots=True)
class System:
    """Variables with the ranges of their figures, and what is claimed of them."""

    ranges: dict[Variable, Interval]
    linear: tuple[Linear, ...]
    products: tuple[Product, ...] = ()

    @property
    def claims(self) -> Claims:
        """Every claim that says something in it."""
        return frozenset().union(
            *(each.because for each in self.linear), *(product.because for product in self.products)
        )

    def only(self, claims: Collection[int]) -> "System":
        """What these claims alone say."""
        chosen = frozenset(claims)
        linear = tuple(each for each in self.linear if each.because <= chosen)
        products = tuple(each for each in self.products if each.because <= chosen)
        used = {name for each in linear for name, _ in each.terms}
        used.update(name for each in products for name in (each.rate, each.numerator, each.denominator))
        return System({name: range_ for name, range_ in self.ranges.items() if name in used}, linear, products)

    def holds(self, point: Mapping[Variable, Fraction]) -> bool:
        """Whether a point lies in all ranges and keeps everything."""
        return (
            all(interval.holds(point[name]) for name, interval in self.ranges.items())
            and all(each.holds(point) for each in self.linear)
            and all(each.holds(point) for each in self.products)
        )


@dataclass(frozen=True, slots=True)
class Bound:
    """A variable, or its negative, is at or above `at`; None where it has no such bound."""

    at: Fraction | None
    open: bool
    because: Claims = NONE

    def exceeds(self, other: "Bound") -> bool:
        """Whether it says more than the other."""
        if self.at is None:
            return False
        return other.at is None or self.at > other.at or (self.at == other.at and self.open and not other.open)


#: A variable and a side of it: 0 for its lower bound, 1 for the lower bound of its negative.
Side = tuple[Variable, int]


@dataclass(slots=True)
class Bounds:
    """The bounds that constraints draw from one another, starting from the ranges.

    `rivals` are claims that give a bound which stood already: who is implied could as well be the other one.
    """

    system: System
    sides: dict[Side, Bound] = field(default_factory=dict)
    rivals: dict[Side, list[Claims]] = field(default_factory=dict)
    conflict: Claims | None = None
    _uses: dict[Variable, list[Linear]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with the ranges."""
        for name, interval in self.system.ranges.items():
            self.sides[name, 0] = Bound(interval.low, interval.low_open)
            high = None if interval.high is None else -interval.high
            self.sides[name, 1] = Bound(high, interval.high_open)
        for each in self.system.linear:
            # What is said of one variable alone is said once and for all.
            for name, _ in each.terms if len(each.terms) > 1 else ():
                self._uses.setdefault(name, []).append(each)

    def draw(self, first: Iterable[Linear] | None = None, journal: list[tuple[Side, Bound]] | None = None) -> None:
        """Draw bounds until nothing moves or an interval is empty; `journal` collects what is overwritten."""
        waiting = dict.fromkeys(self.system.linear if first is None else first)
        budget = _ROUNDS * (len(self.system.linear) + 1)
        while waiting and self.conflict is None and budget:
            budget -= 1
            constraint = next(iter(waiting))
            del waiting[constraint]
            for name in self._apply(constraint, journal):
                waiting.update(dict.fromkeys(self._uses.get(name, ())))

    def _apply(self, constraint: Linear, journal: list[tuple[Side, Bound]] | None) -> Iterator[Variable]:
        """The variables whose bounds one constraint moves."""
        if not constraint.terms and not constraint.holds({}):
            self.conflict = constraint.because
        tops = [self.sides[name, 1 if factor > 0 else 0] for name, factor in constraint.terms]
        unbounded = [place for place, top in enumerate(tops) if top.at is None]
        if len(unbounded) > 1:
            return
        known = [
            -abs(factor) * top.at for (_, factor), top in zip(constraint.terms, tops, strict=True) if top.at is not None
        ]
        total = sum(known, constraint.constant)
        opened = sum(top.open for top in tops)
        for place in unbounded or range(len(tops)):
            name, factor = constraint.terms[place]
            own = tops[place]
            rest = total if own.at is None else total + abs(factor) * own.at
            is_open = constraint.strict or opened > own.open
            side = (name, 0 if factor > 0 else 1)
            if self.sides[side].exceeds(Bound(-rest / abs(factor), is_open)):
                continue
            # Only a bound that counts is worth the sum of its reasons.
            because = constraint.because.union(*(top.because for other, top in enumerate(tops) if other != place))
            if self.tighten(side, Bound(-rest / abs(factor), is_open, because), journal):
                yield name

    def tighten(self, side: Side, bound: Bound, journal: list[tuple[Side, Bound]] | None = None) -> bool:
        """Take a bound that says more; an interval that becomes empty is the conflict."""
        before = self.sides[side]
        if not bound.exceeds(before):
            if not before.exceeds(bound) and bound.because != before.because:
                self.rivals.setdefault(side, []).append(bound.because)
            return False
        if journal is not None:
            journal.append((side, before))
        self.sides[side] = bound
        other = self.sides[side[0], 1 - side[1]]
        if bound.at is not None and other.at is not None:
            width = -(bound.at + other.at)
            if width < 0 or (width == 0 and (bound.open or other.open)):
                self.conflict = self.conflict if self.conflict is not None else bound.because | other.because
        return True

    def fix(self, name: Variable, value: Fraction) -> bool:
        """Give a variable its value and draw what follows; everything stays as it was where that is impossible."""
        journal: list[tuple[Side, Bound]] = []
        self.tighten((name, 0), Bound(value, False), journal)
        if self.conflict is None:
            self.tighten((name, 1), Bound(-value, False), journal)
        if self.conflict is None:
            self.draw(self._uses.get(name, ()), journal)
        if self.conflict is None:
            return True
        for side, before in reversed(journal):
            self.sides[side] = before
        self.conflict = None
        return False

    def candidates(self, name: Variable) -> list[Fraction]:
        """Numbers to try for a variable: its ends, or near them where they are open, and the middle."""
        low, high = self.sides[name, 0], self.sides[name, 1]
        if low.at is None and high.at is None:
            return [Fraction(0)]
        if high.at is None and low.at is not None:
            return [low.at + 1] if low.open else [low.at, low.at + 1]
        if low.at is None and high.at is not None:
            return [-high.at - 1] if high.open else [-high.at, -high.at - 1]
        assert low.at is not None, "the other cases returned"
        assert high.at is not None, "the other cases returned"
        ends = [end for end, is_open in ((low.at, low.open), (-high.at, high.open)) if not is_open]
        return list(dict.fromkeys([*ends, (low.at - high.at) / 2]))


def reason(system: System) -> Answer:
    """What interval reasoning alone can say of a system."""
    bounds = Bounds(system)
    bounds.draw()
    if bounds.conflict is not None:
        return bounds.conflict
    return _find_point(bounds)


def _find_point(bounds: Bounds) -> dict[Variable, Fraction] | None:
    """A point that keeps everything: first all variables at once, then one after the other."""
    system = bounds.system
    rates = {product.rate: product for product in system.products}
    point = {name: bounds.candidates(name)[0] for name in system.ranges}
    if system.holds(point):
        return point
    point = {}
    for name in sorted(system.ranges, key=lambda name: name in rates):
        choices = _quotient(rates[name], point) if name in rates else bounds.candidates(name)
        value = next((choice for choice in choices if bounds.fix(name, choice)), None)
        if value is None:
            return None
        point[name] = value
    return point if system.holds(point) else None


def _quotient(product: Product, point: Mapping[Variable, Fraction]) -> list[Fraction]:
    below = point.get(product.denominator)
    above = point.get(product.numerator)
    return [product.scale * above / below] if below and above is not None else []


def components(system: System) -> list[System]:
    """The parts of a system that share no variable, in the order of their first constraint."""
    leader: dict[Variable, Variable] = {}

    def find(name: Variable) -> Variable:
        while leader.setdefault(name, name) != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    groups = [[name for name, _ in each.terms] for each in system.linear]
    groups += [[product.rate, product.numerator, product.denominator] for product in system.products]
    for names in groups:
        for name in names[1:]:
            leader[find(name)] = find(names[0])
    parts: dict[Variable, tuple[dict[Variable, Interval], list[Linear], list[Product]]] = {}
    for each in system.linear:
        for name, _ in each.terms[:1]:
            parts.setdefault(find(name), ({}, [], []))[1].append(each)
    for product in system.products:
        parts.setdefault(find(product.rate), ({}, [], []))[2].append(product)
    for name, interval in system.ranges.items():
        root = find(name)
        if root in parts:
            parts[root][0][name] = interval
    return [System(ranges, tuple(linear), tuple(products)) for ranges, linear, products in parts.values()]


Decide = Callable[[System], Answer]
