"""One script and one width for matching, while every offset still points into the plan's own text."""

import unicodedata

from engine.model.noun import dataclass
from engine.names import to_simplified


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A folded text without blanks, and where each of its characters stands in the text it was made from.

    Shape: `origin` has one offset per character of `text`, and one more for the end.
    """

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text that these folded characters come from, without outer blanks."""
        return self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]


def fold_text(text: str) -> str:
    """Half width and Simplified script, character by character: the length never changes.

    >>> fold_text("增長７％（不少於３０家）")
    '增长7%(不少于30家)'
    """
    signs = "".join(sorted({sign for sign in text if not sign.isascii()}))
    halves = [_fold_width(sign) for sign in signs]
    # A line for each, so that OpenCC sees no words: a word may become longer or shorter.
    simple = to_simplified("\n".join(halves)).split("\n") if halves else []
    table = {sign: made if len(made) == 1 else sign for sign, made in zip(signs, simple, strict=True)}
    return "".join(table.get(sign, sign) for sign in text)


def squeeze(folded: str) -> Squeezed:
    """Leave out all blanks and line ends, which plans have inside numbers and words alike."""
    origin = [at for at, sign in enumerate(folded) if not (sign.isspace() or sign in "\u200b\ufeff")]
    return Squeezed(_pair_quotes("".join(folded[at] for at in origin)), (*origin, len(folded)))


def _pair_quotes(text: str) -> str:
    """Quotation marks of every kind as “ and ”: straight ones in turn, if there is a whole number of pairs."""
    text = text.translate(_CORNERS)
    if text.count('"') % 2:
        return text
    pieces = text.split('"')
    return pieces[0] + "".join("“”"[index % 2] + piece for index, piece in enumerate(pieces[1:]))


def fold_unit(printed: str) -> str:
    """A unit of measure as printed, in its own script, after folding width and leaving out blanks."""
    return "".join(_fold_width(sign) for sign in printed if not sign.isspace())


_CORNERS = str.maketrans("「」『』〝〞", "“”‘’“”")


def _fold_width(sign: str) -> str:
    folded = unicodedata.normalize("NFKC", sign)
    # Only full-width digits are digits: NFKC would read ① and ² as 1 and 2.
    circled = folded.isdigit() and not "\uff10" <= sign <= "\uff19"
    if len(folded) != 1 or circled or folded in "\n\r":
        return sign
    return "、" if folded == "､" else folded
