"""Which causes flip a verdict: the smallest sets of them that bring the old one to the new one.

It knows nothing of checks: it asks what would come out with some of the causes exchanged, as few times as it can.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import field
from itertools import combinations
from typing import Generic, TypeVar

from engine.model.noun import dataclass

K = TypeVar("K", bound=Hashable)

#: What is exchanged: a cause, or single edits.
C = TypeVar("C", bound=Hashable)

#: What comes out for each row when these causes are as in the new check and all others as in the old one.
Replay = Callable[[frozenset[C]], Mapping[K, Hashable]]

#: Sets of causes that are tried beyond single ones; more would take longer than anybody waits.
_MOST = 120


@dataclass(slots=True)
class Attribution(Generic[C]):
    """The smallest sets of causes that explain one row, and what each cause alone makes of it.

    `because` is empty where the row cannot be explained: replaying everything does not give what is now.
    """

    because: list[tuple[C, ...]] = field(default_factory=list)
    alone: dict[C, Hashable] = field(default_factory=dict)


def attribute(
    causes: Sequence[C], old: Mapping[K, Hashable], new: Mapping[K, Hashable], replay: Replay[C, K]
) -> dict[K, Attribution[C]]:
    """For each row of `old` and `new`: which sets of causes lead from the one to the other.

    Rows that are the same in both need none, and say only what each cause alone would make of them. All sets of one
    size are tried before larger ones; where too many would have to be tried, all causes together are named.
    """
    found: dict[K, Attribution[C]] = {key: Attribution[C]() for key in (*old, *new)}
    open_rows = {key for key in found if old.get(key) != new.get(key)}
    tried = 0
    for size in range(1, len(causes) + 1):
        if not open_rows and size > 1:
            break
        sets = list(combinations(causes, size))
        if size > 1 and tried + len(sets) > _MOST:
            sets = [tuple(causes)]
        for chosen in sets:
            tried += 1
            outcome = replay(frozenset(chosen))
            for key, each in found.items():
                _note(key, each, chosen, old, new, outcome, open_rows)
        open_rows -= {key for key in open_rows if found[key].because}
        if len(sets[0]) == len(causes):
            break
    return found


def _note(
    key: K,
    each: Attribution[C],
    chosen: tuple[C, ...],
    old: Mapping[K, Hashable],
    new: Mapping[K, Hashable],
    outcome: Mapping[K, Hashable],
    open_rows: Collection[K],
) -> None:
    if len(chosen) == 1 and outcome.get(key) != old.get(key):
        each.alone[chosen[0]] = outcome.get(key)
    if key in open_rows and outcome.get(key) == new.get(key):
        each.because.append(chosen)
