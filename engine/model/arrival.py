"""When submissions came in, as an office wrote it down."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.source import Source


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file of a period's folder and the day on which it came in, perhaps in the place of an earlier one."""

    file: str
    day: date
    source: Source
    replaces: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The receipts of a period's folder by file, and the last day for them; None where the policy says it."""

    period: Period
    source: Source
    due: date | None
    receipts: Mapping[str, Receipt]


class Standing(StrEnum):
    """Whether a file came in time."""

    ON_TIME = "on-time"
    LATE = "late"
    UNLISTED = "unlisted"  # it lies in the folder, and the manifest does not say when it came
    MISSING = "missing"  # nothing of this body came in


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of a file with figures of a body; without a file, that nothing of it came in."""

    organization: str
    period: Period
    file: str | None
    day: date | None
    due: date | None
    standing: Standing

    @property
    def days_late(self) -> int | None:
        """How many days after the last day it came; None where that is not known, 0 where it was in time."""
        if self.day is None or self.due is None:
            return None
        return max(0, (self.day - self.due).days)
