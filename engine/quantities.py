"""Written numbers with their units of measure: read exactly as they are written, and written again.

What could mean two things is refused: a figure sent back costs a day, a misread one costs the verdict.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from engine.model.quantity import Fault, Quantity, Unit
from engine.unit_table import MULTIPLIERS, TABLE
from engine.units import find_unit, fold_symbol, nearest_units

_LONGEST_TEXT = 200
_LONGEST_FOUND = 40
_INTEGER_DIGITS = 15
_DECIMALS = 5

#: Taken off at both ends; anywhere else a tab or a line's end is a control character.
_OUTER_BLANKS = " \t\r\n\u00a0\u3000"

# Groups of three keep one separator throughout and begin without a zero: 0,123 is somebody's 0.123.
_NUMBER = re.compile(
    r"(?P<sign>[+\-\u2212]?)"
    r"(?P<integer>[1-9][0-9]{0,2}(?P<comma>[, ])[0-9]{3}(?:(?P=comma)[0-9]{3})*(?![0-9])|0|[1-9][0-9]*)"
    r"(?:\.(?P<decimals>[0-9]+))?"
)

# 兩 is a number before 家 and a unit of 50 g behind a number: it counts where it opens or is multiplied.
_CHINESE = re.compile(
    r"(?P<sign>[負负]?)"
    r"(?P<integer>[兩两]?(?:[零〇一二三四五六七八九十百千萬万億亿]|[兩两](?=[百千萬万億亿]))*)"
    r"(?:[點点](?P<decimals>[零〇一二三四五六七八九]+))?"
)
_CHINESE_FORM = str.maketrans("〇兩两萬億", "零二二万亿")
_CHINESE_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")

_SHARE = re.compile(r"(?P<sign>[負负]?)(?P<share>[百千])分之(?P<number>.+)")
_SHARE_UNITS = {"百": "%", "千": "‰"}

#: In what follows a number and is no unit, these show that the number goes on in a way that is not read here.
_GOES_ON = re.compile(
    r"^[.,+\-\u2212~_'\u2019*×^/:點点多餘余來来]|(?<!m)[0-9]|[零〇一二三四五六七八九十兩两半幾几廿卅]|分之"
)

#: What is written into a cell that is left empty on purpose.
_PLACEHOLDER = re.compile(r"[-\u2010-\u2015\u2212/]+")


class _Number(NamedTuple):
    """A number at the beginning of a text, and the text that follows it."""

    value: Decimal
    decimals: int
    rest: str


def read_number(text: str) -> tuple[Decimal, int] | Fault:
    """A written number and its written decimals, for a cell that holds a number and nothing else.

    Errors: number-missing, number-unreadable, too-many-digits.
    """
    folded = _fold(text)
    if isinstance(folded, Fault):
        return folded
    for number in _leading_numbers(folded):
        if not number.rest:
            return _count_digits(number, text) or (number.value, number.decimals)
    return _no_number(folded, text)


def read_quantity(text: str, unit: str | None = None, definitions: str = "") -> Quantity | Fault:
    """A written number with its unit of measure; the unit may stand in the text, in `unit`, or in both.

    `definitions` are further units of the book. A multiplier alone belongs to the unit: 1.2萬 under the
    heading 家 is 1.2 萬家.

    Errors: number-missing, number-unreadable, too-many-digits, unit-missing, unit-unknown,
    unit-contradicts; raises UnitDefinitionsError for definitions that cannot be used.
    Source: docs/verdicts.md, on exactness.
    """
    folded = _fold(text)
    if isinstance(folded, Fault):
        return folded
    fault: Fault | None = None
    for number in _leading_numbers(folded):
        found = _count_digits(number, text) or _choose_unit(number.rest, unit, definitions, text)
        if isinstance(found, Unit):
            return Quantity(number.value, number.decimals, found, text)
        # 五十萬千瓦 is tried as 五十萬千, 五十萬, …: the fault of the longest number is the one to show.
        fault = fault or found
    return fault or _no_number(folded, text, definitions)


def format_decimal(value: Fraction, decimals: int | None = None) -> str:
    """A number as decimal text: exact, or rounded half away from zero to a number of decimals.

    Exact is without trailing zeros, and `a/b` where no decimal is exact. Rounded has more decimals where it
    would read 0 without being 0. Neither is ever -0.

    >>> format_decimal(Fraction(1, 8)), format_decimal(Fraction(1, 3)), format_decimal(Fraction(-1, 8), 2)
    ('0.125', '1/3', '-0.13')
    """
    return _decimal_text(value.numerator, value.denominator, decimals)


# A page says the same number in several languages and sentences. Whole numbers are quick to find again, fractions slow.
@lru_cache(maxsize=8192)
def _decimal_text(numerator: int, denominator: int, decimals: int | None) -> str:
    if decimals is None:
        places = _exact_places(denominator)
        if places is None:
            return f"{numerator}/{denominator}"
        # With so many places it is whole: its divisor goes into their power of ten.
        return _place_point(numerator * (10**places // denominator), places)
    if decimals < 0:
        raise ValueError(f"decimals must not be negative: {decimals}")
    places = decimals
    while (rounded := _round(numerator, denominator, places)) == 0 and numerator != 0:
        places += 1
    return _place_point(rounded, places)


def _fold(text: str) -> str | Fault:
    """Full width to half width, outer blanks off; a Fault for a text that is too long or hides characters."""
    if len(text) > _LONGEST_TEXT:
        return Fault("number-unreadable", _show(text))
    folded = text.strip(_OUTER_BLANKS)
    if not folded.isascii():
        folded = "".join(_fold_sign(sign) for sign in folded)
    # Beside controls this refuses marks of direction and blanks without width, which make 12 look like 21.
    return folded if folded.isprintable() else Fault("number-unreadable", _show(text))


def _fold_sign(sign: str) -> str:
    if unicodedata.category(sign) == "Zs":
        return " "
    folded = unicodedata.normalize("NFKC", sign)
    # Only full-width digits are digits: NFKC would read 10² as 102 and ① as 1. ㎡ is for the unit to fold.
    makes_digit = any("0" <= part <= "9" for part in folded)
    return sign if makes_digit and not "\uff10" <= sign <= "\uff19" else folded


def _leading_numbers(folded: str) -> Iterator[_Number]:
    """The ways to read the beginning of a text as a number, the longest first."""
    if match := _NUMBER.match(folded):
        integer = match["integer"].replace(match["comma"] or ",", "")
        yield _number(match["sign"], integer, match["decimals"], folded[match.end() :])
    elif match := _SHARE.fullmatch(folded):
        yield from _shares(match["sign"], match["number"], _SHARE_UNITS[match["share"]])
    elif (match := _CHINESE.match(folded)) and (integer := match["integer"]):
        rest = folded[match.end() :]
        decimals = match["decimals"] and match["decimals"].translate(_CHINESE_DIGITS)
        for end in [len(integer)] if decimals else range(len(integer), 0, -1):
            digits = _read_chinese(integer[:end])
            # 五十萬千瓦 is 五十萬 and 千瓦, because 千瓦 is a word. 一億十萬元 is not 一億 times 十萬元.
            word = end == len(integer) or fold_symbol(integer[end:] + rest) in TABLE
            if digits is not None and word and not rest.startswith("十"):
                yield _number(match["sign"], digits, decimals, integer[end:] + rest)


def _shares(sign: str, number: str, unit: str) -> Iterator[_Number]:
    """百分之七 and 百分之7 as 7 %; the sign stands on one side only."""
    if number == "百":
        number = "一百"
    if number.startswith(("百分之", "千分之")):
        return
    for value, decimals, rest in _leading_numbers(number):
        signed = value.is_signed() or number[0] in "負负+-\u2212"
        if not rest and not (sign and signed):
            yield _Number(-value if sign and value else value, decimals, unit)


def _number(sign: str, integer: str, decimals: str | None, rest: str) -> _Number:
    value = Decimal(integer + (f".{decimals}" if decimals else ""))
    if sign and sign != "+" and value:
        value = value.copy_negate()
    return _Number(value, len(decimals or ""), rest.strip(" "))


def _read_chinese(numeral: str) -> str | None:
    """The digits of a whole number in Chinese numerals, None where it is none or not written in full."""
    # Loaded here: 130 ms, and figures are written with Arabic digits.
    from cn2an import an2cn, cn2an

    form = numeral.translate(_CHINESE_FORM)
    try:
        value = cn2an(form, "strict")
    except ValueError:
        return None
    # cn2an reads 一億十萬 as 100000000. Writing its answer again, but for 零 and 一十, has to give the text.
    if not isinstance(value, int) or _skeleton(str(an2cn(value, "low"))) != _skeleton(form):
        return None
    return str(value)


def _skeleton(form: str) -> str:
    return form.replace("零", "").replace("一十", "十")


def _count_digits(number: _Number, text: str) -> Fault | None:
    integer_digits = number.value.adjusted() + 1 if number.value else 1
    if integer_digits > _INTEGER_DIGITS or number.decimals > _DECIMALS:
        return Fault("too-many-digits", _show(text))
    return None


def _choose_unit(rest: str, unit: str | None, definitions: str, text: str) -> Unit | Fault:
    """The unit of measure behind the number, or the one stated apart, or what is wrong with them."""
    stated = unit.strip(_OUTER_BLANKS) if unit else ""
    apart = find_unit(stated, definitions) if stated else None
    if stated and apart is None:
        return Fault("unit-unknown", _show(stated), nearest_units(stated, definitions))
    if not rest:
        return apart or Fault("unit-missing", _show(text))
    if rest in MULTIPLIERS:
        if apart is None:
            return Fault("unit-missing", _show(text))
        return find_unit(rest + apart.symbol, definitions) or _contradiction(rest, stated)
    written = find_unit(rest, definitions) if not _NUMBER.match(rest) else None
    if written is None:
        if _GOES_ON.search(rest) or any(sign.isnumeric() and not sign.isascii() for sign in rest):
            return Fault("number-unreadable", _show(text))
        return Fault("unit-unknown", _show(rest), nearest_units(rest, definitions))
    if apart and _worth(apart) != _worth(written):
        return _contradiction(rest, stated)
    return written


def _worth(unit: Unit) -> tuple[str, int, int]:
    return unit.dimension, unit.factor, unit.offset


def _contradiction(written: str, stated: str) -> Fault:
    return Fault("unit-contradicts", f"{_show(written)} / {_show(stated)}")


def _no_number(folded: str, text: str, definitions: str = "") -> Fault:
    """Nothing there, or something unreadable: only the first is mended by filling in a figure."""
    if not folded or _PLACEHOLDER.fullmatch(folded):
        return Fault("number-missing", _show(text))
    unit_alone = find_unit(fold_symbol(folded), definitions)
    return Fault("number-missing" if unit_alone else "number-unreadable", _show(text))


def _show(text: str) -> str:
    """The words of a fault, short, and with hidden characters made visible."""
    shown = text.strip(_OUTER_BLANKS)
    short = shown if len(shown) <= _LONGEST_FOUND else shown[: _LONGEST_FOUND - 1] + "…"
    return "".join(
        sign
        if sign.isprintable() or unicodedata.category(sign) == "Zs"
        else sign.encode("unicode_escape").decode("ascii")
        for sign in short
    )


def _exact_places(denominator: int) -> int | None:
    """How many decimals a fraction with this denominator has; None where they never end."""
    places = 0
    for prime in (2, 5):
        power = 0
        while denominator % prime == 0:
            denominator //= prime
            power += 1
        places = max(places, power)
    return places if denominator == 1 else None


def _round(numerator: int, denominator: int, places: int) -> int:
    """A fraction in units of its last place, half away from zero."""
    rounded: int = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)
    return -rounded if numerator < 0 else rounded


def _place_point(scaled: int, places: int) -> str:
    digits = str(abs(scaled)).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
