"""Where something that was read stands."""

from engine.model.noun import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a file: line and column from 1 (0 where the file as a whole is meant).

    `cell` names the place the way a spreadsheet user would (sheet and cell, or row and column name).
    """

    file: str
    line: int = 0
    column: int = 0
    cell: str | None = None

    def __str__(self) -> str:
        """`file:line:column`, the form that editors jump to; of a workbook the sheet and cell that people see."""
        if not self.line:
            return self.file
        if self.cell and "!" in self.cell:
            return f"{self.file}:{self.cell}"
        return f"{self.file}:{self.line}:{self.column}"


#: Where the values of a mapping stand: key, line and column of each.
Places = tuple[tuple[str, int, int], ...]


def place_of(key: str, places: Places, whole: Source) -> Source:
    """Where the value of a key stands; the whole mapping where the key was left out."""
    for name, line, column in places:
        if name == key:
            return Source(whole.file, line, column)
    return whole
