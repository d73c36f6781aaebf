"""The book: everything that stands before any figure comes in."""

from dataclasses import field
from typing import TYPE_CHECKING

from engine.model.noun import dataclass
from engine.model.organization import Group, Organization
from engine.model.relation import Relation
from engine.model.rule import Allocation, Amendment, Indicator, Policy, Rule, Waiver
from engine.model.scoring import AdjustmentEntry
from engine.model.target import Clause, Plan, Target

if TYPE_CHECKING:
    # Only a book that is opened with its worked cases has any.
    from engine.model.case import Case


@dataclass(frozen=True, slots=True)
class Book:
    """A plan with its bodies, rules and policy, read and bound.

    `words` maps every body's word of the plan (names, aliases, group words) to the organizations it stands for.
    `cases` are there where the book was opened with them: judging takes none. `digests` are those of its files.
    """

    folder: str
    plan: Plan
    clauses: tuple[Clause, ...]
    organizations: dict[str, Organization]
    groups: dict[str, Group]
    indicators: dict[str, Indicator]
    rules: tuple[Rule, ...]
    policy: Policy
    allocations: dict[str, Allocation]
    amendments: tuple[Amendment, ...]
    words: dict[str, tuple[str, ...]]
    digest: str
    definitions: str
    cases: "tuple[Case, ...]" = ()
    relations: tuple[Relation, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    adjustments: tuple[AdjustmentEntry, ...] = ()
    digests: dict[str, str] = field(default_factory=dict)
    _clauses: dict[str, Clause] = field(init=False, repr=False, compare=False)
    _targets: dict[str, Target] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find clauses by number and targets by id: every rule asks for its own."""
        object.__setattr__(self, "_clauses", {clause.number: clause for clause in self.clauses})
        targets = {target.id: target for clause in self.clauses for target in clause.targets}
        object.__setattr__(self, "_targets", targets)

    def expand(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The organizations that the plan's words stand for, in order, each once."""
        seen: dict[str, None] = {}
        for word in words:
            for name in self.words.get(word, ()):
                seen.setdefault(name)
        return tuple(seen)

    def clause(self, number: str) -> Clause:
        """The clause of this number.

        Errors: KeyError where the plan has none.
        """
        return self._clauses[number]

    @property
    def targets(self) -> dict[str, Target]:
        """Every target by id, in the plan's order."""
        return self._targets
