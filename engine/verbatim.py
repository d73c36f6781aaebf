"""The plan's words as they are compared: half width, without blanks, every digit one that was printed as a digit.

Quotes and readings are held against each other with it, and quotes against the plan's own text.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from engine.model.noun import dataclass
from engine.model.quantity import Quantity
from engine.quantities import read_quantity

#: A run of Arabic digits: one printed number.
DIGITS = re.compile(r"\d+(?:\.\d+)?")

_CHINESE = re.compile(r"[百千]分之|[零〇一二三四五六七八九十百千萬万億亿兩两半]+")

#: What may stand between the two numbers of a range; the first then needs no unit of measure of its own.
_TO = r"[-\u2010-\u2015\u2212~\u301c至到—]"


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words, and where each of their characters stands in the text they were made from."""

    text: str
    origin: tuple[int, ...]


def fold_words(text: str) -> Words:
    """Half width and no blanks; the script stays, and no sign becomes a digit that was not printed as one.

    >>> fold_words("增長 ７ ％ ①").text
    '增長7%①'
    """
    signs: list[str] = []
    origin: list[int] = []
    for place, sign in enumerate(text):
        for part in _fold_sign(sign):
            signs.append(part)
            origin.append(place)
    return Words("".join(signs), tuple(origin))


# A cache of a pure function: texts have thousands of signs and few different ones.
@lru_cache(maxsize=8192)
def _fold_sign(sign: str) -> str:
    if sign.isspace():
        return ""
    folded = unicodedata.normalize("NFKC", sign)
    # NFKC would read 10² as 102 and ① as 1, and count numbers that nobody printed.
    if any("0" <= part <= "9" for part in folded) and not (sign.isascii() or "\uff10" <= sign <= "\uff19"):
        return sign
    return "".join(folded.split())


def find_words(wanted: str, text: str) -> Iterator[int]:
    """Where folded words stand in a folded text; a number is never found inside a longer one.

    >>> list(find_words("10億元", "50億元、10億元、110億元"))
    [5]
    """
    before = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    after = r"(?!\.?\d)" if wanted[-1:].isdigit() else ""
    if wanted:
        yield from (match.start() for match in re.finditer(before + re.escape(wanted) + after, text))


def find_value(quote: str, value: str, unit: str | None, upper: str | None = None) -> tuple[int, int] | None:
    """The stretch of a folded quote in which a value stands as printed, followed by its unit of measure.

    The first number of a range may leave its unit to the second. None where the quote says something else.

    >>> find_value("50億元以上重大項目不少于10個", "10", "個")
    (12, 14)
    """
    printed = fold_words(value).text
    measure = fold_words(unit or "").text
    # 1,200家 is the value 1200: the separators of thousands are not part of the number.
    bare = printed.replace(",", "")
    digits = r",?".join(re.escape(sign) for sign in bare)
    follows = re.escape(measure)
    if upper is not None:
        # 1到2個, 4.5%–5%: what stands between the numbers of a range.
        follows = rf"(?:{re.escape(measure)})?{_TO}{re.escape(fold_words(upper).text)}{re.escape(measure)}"
    match = re.search(rf"(?<![\d.]){digits}(?!,?\d|\.\d)(?={follows})", quote)
    return match.span() if match else None


def find_numeral(quote: str, quantity: Quantity, definitions: str) -> bool:
    """Whether a folded quote says this quantity in Chinese numerals (三成, 百分之七, 十個).

    Numerals are read only where they could be meant, because the library for them is slow to load.
    """
    for match in _CHINESE.finditer(quote):
        for end in range(min(len(quote), match.start() + 16), match.end(), -1):
            found = read_quantity(quote[match.start() : end], definitions=definitions)
            if isinstance(found, Quantity):
                if found.base == quantity.base and found.unit.dimension == quantity.unit.dimension:
                    return True
                break
    return False


def count_runs(text: str) -> int:
    """How many runs of Arabic digits a text has."""
    return len(DIGITS.findall(fold_words(text).text))
