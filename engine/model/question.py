"""What a drafted book leaves to a person. Every reader of a book knows these words; few know drafts."""

from enum import StrEnum

#: Stands in a draft for members that the text does not list, so that the rule is complete and the question visible.
STAND_IN = "待定"


class Question(StrEnum):
    """What a drafted book leaves to a person; the word stands under `open` where the answer belongs.

    Source: each is the diagnostic `open-<word>` of docs/codes.md.
    """

    TITLE = "title"
    YEAR = "year"
    KIND = "kind"
    UNIT = "unit"
    TOLERANCE = "tolerance"
    BANDS = "bands"
    STAGES = "stages"
    ELIGIBLE = "eligible"
    EVENT = "event"
    MEMBERS = "members"
    PARTNER = "partner"
    NUMBER = "number"

    @property
    def code(self) -> str:
        """The diagnostic that asks it."""
        return f"open-{self.value}"
