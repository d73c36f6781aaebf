"""Who signs: keys of OpenSSH, each bound to one organization or to the office that supervises all of them."""

from datetime import date

from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.source import Source


@dataclass(frozen=True, slots=True)
class Signer:
    """A public key and whose it is.

    `name` is an organization of the book, or what the office is called where `office` is set. `fingerprint` is the
    key's as OpenSSH prints it (SHA256:...), empty where the key cannot be used. The key signs for periods that end
    from `first` to `last`, None being any day.
    """

    name: str
    office: bool
    fingerprint: str
    source: Source
    first: date | None = None
    last: date | None = None

    def signs_for(self, period: Period) -> bool:
        """Whether the period ends within the time of the key."""
        return (self.first is None or self.first <= period.end) and (self.last is None or period.end <= self.last)
