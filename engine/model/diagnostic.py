"""One type for everything that somebody other than the developer can mend."""

from dataclasses import field
from enum import StrEnum

from engine.model.noun import dataclass
from engine.model.source import Source


class Severity(StrEnum):
    """How much a finding weighs: only errors can change the exit code."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding: a stable code, where it stands, and the words that fill its message.

    The sentence itself is rendered from `engine.model.codes` in the reader's language. `params` are the
    named words of the message; data in them is never translated.
    """

    code: str
    source: Source
    params: dict[str, str] = field(default_factory=dict)
    related: tuple[Source, ...] = ()
