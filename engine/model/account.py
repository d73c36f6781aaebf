"""What became of every cell that was read."""

from collections.abc import Iterable
from enum import StrEnum

from engine.model.noun import dataclass
from engine.model.source import Source


class Fate(StrEnum):
    """What became of a cell; one of three, so that they add up to what was read."""

    JUDGED = "judged"
    NOT_NEEDED = "not-needed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AccountedCell:
    """A cell that holds a figure, or a part of one, as it was written.

    `because` is the code of the finding or the reason of the verdict that says why it was not judged.
    """

    source: Source
    organization: str
    indicator: str
    submitted: str
    fate: Fate
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """All cells in the order of their places; `files` also holds those of which no cell could be read."""

    files: tuple[str, ...]
    cells: tuple[AccountedCell, ...]

    def by_file(self) -> dict[str, dict[Fate, int]]:
        """How many cells of each file met which fate; a file without cells has nothing but zeros."""
        grouped: dict[str, list[AccountedCell]] = {file: [] for file in self.files}
        for cell in self.cells:
            grouped.setdefault(cell.source.file, []).append(cell)
        return {file: count_fates(cells) for file, cells in grouped.items()}


def count_fates(cells: Iterable[AccountedCell]) -> dict[Fate, int]:
    """How many cells met which fate; always all three, so that they add up visibly."""
    counts = dict.fromkeys(Fate, 0)
    for cell in cells:
        counts[cell.fate] += 1
    return counts


EMPTY = Account((), ())
