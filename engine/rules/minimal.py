"""Which claims conflict, as few as can be named, and which claims others already imply."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from fractions import Fraction
from itertools import combinations
from math import comb

from engine.exact.linear import NONE, Answer, Bounds, Claims, Decide, Linear, System, Variable, reason
from engine.model.noun import dataclass

#: How many combinations are tried for a set smaller than one that no claim can be left out of.
_TRIES = 3000

#: How many conflicts of one component are looked for, and how many ways out of them are followed.
_CONFLICTS, _WAYS_OUT = 12, 60


@dataclass(slots=True)
class Search:
    """Conflicts of one component; `undecided` says that no method could decide all of it.

    `tries` is how many combinations may be tried for a smaller set.
    """

    system: System
    solver: Decide | None
    tries: int = _TRIES
    undecided: bool = False
    _all: Claims = field(init=False)

    def __post_init__(self) -> None:
        """Count the claims."""
        self._all = self.system.claims

    def conflicts(self) -> list[Claims]:
        """Sets of claims that cannot all hold, until what is left can: every way of mending one is followed.

        Each is irreducible: without any one of its claims the others can hold. It is also the smallest by number
        among the claims it was found in, unless more combinations than `tries` would have had to be tried.
        """
        found: list[Claims] = []
        waiting: deque[Claims] = deque([NONE])
        seen = {NONE}
        while waiting and len(found) < _CONFLICTS and len(seen) < _WAYS_OUT:
            left_out = waiting.popleft()
            known = next((each for each in found if not each & left_out), None)
            conflict = known if known is not None else self._conflict(self._all - left_out)
            if conflict is None:
                continue
            if known is None:
                conflict = self._smallest(self._irreducible(conflict), self._all - left_out)
                found.append(conflict)
            for claim in sorted(conflict):
                if (further := left_out | {claim}) not in seen:
                    seen.add(further)
                    waiting.append(further)
        return found

    def _decide(self, claims: Claims) -> Answer:
        system = self.system.only(claims)
        answer = reason(system)
        if answer is None and self.solver is not None:
            answer = self.solver(system)
        return answer

    def _conflict(self, claims: Claims) -> Claims | None:
        """A conflict among these claims; None where they can all hold or nobody can say."""
        answer = self._decide(claims)
        if answer is None and claims == self._all:
            self.undecided = True
        return answer if isinstance(answer, frozenset) else None

    def _irreducible(self, conflict: Claims) -> Claims:
        """A part of a conflict that cannot do without any of its claims."""
        for claim in sorted(conflict, reverse=True):
            if claim in conflict:
                smaller = self._conflict(conflict - {claim})
                conflict = conflict if smaller is None else smaller
        return conflict

    def _smallest(self, conflict: Claims, among: Claims) -> Claims:
        """The smallest conflict among some claims, if it can be found in so many tries."""
        tries = self.tries
        for size in range(len(conflict)):
            tries -= comb(len(among), size)
            if tries < 0:
                break
            for chosen in combinations(sorted(among), size):
                if self._conflict(frozenset(chosen)) is not None:
                    return frozenset(chosen)
        return conflict


def implied(system: System, own: Mapping[int, Linear]) -> Iterator[tuple[int, Claims]]:
    """Claims that hold wherever some others do, with those others, the later of two that say the same first.

    `own` is what each claim says by itself. What is found is proved; only bounds are searched for it.
    """
    bounds = Bounds(system)
    bounds.draw()
    if bounds.conflict is not None:
        return
    gone: set[int] = set()
    same: dict[object, list[int]] = {}
    for claim, linear in own.items():
        same.setdefault(linear.terms, []).append(claim)
    for claim in sorted(own, reverse=True):
        rivals = same[own[claim].terms] if len(own[claim].terms) > 1 else []
        for others in _grounds(bounds, own[claim]):
            grounds = None if claim in others or others & gone else _imply(system, others, own[claim])
            if grounds:
                break
        else:
            weaker = [other for other in rivals if other not in gone and _stronger(own, other, claim)]
            grounds = frozenset(weaker[:1])
        if grounds:
            gone.add(claim)
            yield claim, grounds


def _stronger(own: Mapping[int, Linear], other: int, claim: int) -> bool:
    """Whether one of two claims with the same terms says as much as the other; of two equal ones the earlier."""
    first, second = ((own[each].constant, not own[each].strict) for each in (other, claim))
    return other != claim and (first < second or (first == second and other < claim))


def _grounds(bounds: Bounds, linear: Linear) -> Iterator[Claims]:
    """What the smallest value of a sum rests on, and what would give the same bound."""
    sides = [(name, 0 if factor > 0 else 1) for name, factor in linear.terms]
    if any(bounds.sides[side].at is None for side in sides):
        return
    yield NONE.union(*(bounds.sides[side].because for side in sides))
    if len(sides) == 1:
        yield from bounds.rivals.get(sides[0], ())


def _imply(system: System, others: Claims, claim: Linear) -> Claims | None:
    """The claims among `others` that are needed to imply one; None where they do not."""
    terms = tuple((name, -factor) for name, factor in claim.terms)
    denied = Linear(terms, -claim.constant, not claim.strict, NONE)

    def conflict(claims: Collection[int]) -> Claims | None:
        part = system.only(claims)
        ranges = {**part.ranges, **{name: system.ranges[name] for name, _ in terms}}
        answer = reason(System(ranges, (*part.linear, denied), part.products))
        return answer if isinstance(answer, frozenset) else None

    needed = conflict(others)
    for each in sorted(needed or ()):
        if needed is not None and each in needed:
            smaller = conflict(needed - {each})
            needed = needed if smaller is None else smaller
    return needed


def linear_of(
    terms: Mapping[Variable, Fraction | int] | Mapping[Variable, int], constant: Fraction, strict: bool, because: Claims
) -> Linear:
    """A constraint from the coefficients of its variables; those that are 0 are left out."""
    kept = tuple((name, Fraction(factor)) for name, factor in terms.items() if factor)
    return Linear(kept, constant, strict, because)
