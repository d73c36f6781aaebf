"""How much of a plan a book accounts for."""

from engine.model.noun import dataclass


@dataclass(frozen=True, slots=True)
class Coverage:
    """Numbers and clauses of a plan, and what the book says about them.

    Units: `numbers_in_plan`, `claimed`, `declared_not_targets` and `unclaimed` count runs of Arabic digits in the
    bodies of clauses. Without the plan's text, `numbers_in_plan` and `unclaimed` are None and the others what the
    book itself states.
    """

    numbers_in_plan: int | None
    claimed: int
    declared_not_targets: int
    unclaimed: int | None
    clauses: int
    clauses_accounted: int
