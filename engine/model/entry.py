"""What a submission says, as written: cells with their places, before anything is understood."""

from dataclasses import field

from engine.model.noun import dataclass
from engine.model.source import Source


@dataclass(frozen=True, slots=True)
class Cell:
    """A written text, the unit of measure from a column of its own if there was one, and the place."""

    text: str
    source: Source
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """A declared change of an earlier period's figure."""

    period: str
    before: str
    after: str
    reason: str


@dataclass(slots=True)
class Entry:
    """Everything a submission says about one figure.

    `parts` holds done and eligible too, under these names. `fault` is set where the entry cannot stand
    whatever its cells say (a repeated key). `document` and `day` are those of an inspection.
    """

    organization: Cell
    indicator: Cell
    source: Source
    period: Cell | None = None
    member: Cell | None = None
    value: Cell | None = None
    baseline: Cell | None = None
    stage: Cell | None = None
    parts: dict[str, Cell] = field(default_factory=dict)
    measure: Cell | None = None
    note: str | None = None
    evidence: tuple[str, ...] = ()
    revises: Revision | None = None
    fault: str | None = None
    document: str | None = None
    day: str | None = None
