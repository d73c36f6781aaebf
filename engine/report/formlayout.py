"""Which rows a form has, and how tall they are."""

from engine.model.form import Blank, BlankForm, Item
from engine.model.noun import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: a blank of an item, or without one the whole list of its members.

    `first` is the first row of its item and says in full what is asked; `shows` has a verdict; `asks` is filled in,
    because no row above asks for the same figure.
    """

    item: Item
    blank: Blank | None
    first: bool
    shows: bool
    asks: bool


def lay_out(form: BlankForm) -> list[Row]:
    """Every blank once where it is asked for first; where another rule needs it again, its row is locked."""
    rows: list[Row] = []
    asked: set[tuple[str, str, str]] = set()
    for item in form.items:
        member: str | None = None
        for place, blank in enumerate(item.blanks):
            rows.append(Row(item, blank, place == 0, blank.member != member, blank.key not in asked))
            member = blank.member
            asked.add(blank.key)
        if item.limited.obligation.rule.members:
            rows.append(Row(item, None, False, True, False))
    return rows


def count_lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a Chinese character is as wide as two.

    Units: `width` in characters of the column.
    """
    wide = sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)
    return max(1, -(-wide // (width - 1)))
