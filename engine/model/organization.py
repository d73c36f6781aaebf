"""Who answers: bodies and the group words that stand for several of them."""

from engine.model.noun import dataclass
from engine.model.source import Source


@dataclass(frozen=True, slots=True)
class Organization:
    """A body (單位) that the plan names. Never called a unit: that is the unit of measure."""

    name: str
    tier: str
    full_name: str | None
    aliases: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Group:
    """A group word of the plan and its members; no members where the plan does not settle them."""

    name: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    why: str | None
    source: Source
