"""A number of a workbook as its cell showed it. Decimals throughout: no binary fraction is ever made of it.

A workbook keeps the number's digits as text and, apart from them, the format in which they were shown:
- Up to 15 significant digits are what was typed. More are the print of a binary fraction; its first 15 are all
  that a spreadsheet shows or lets anybody type, and they give back every number that was typed.
- A format with decimals adds the zeros that were seen: 7 shown by 0.0 is 7.0.
- A per cent format shows a hundred times the number, and quoted words of a format are part of what was seen.
- A calculated number with more decimals than can be judged counts as it was shown, and a note says so.
"""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, InvalidOperation

from engine.model.noun import dataclass
from engine.model.tables import GRID_DECIMALS

#: What the numbers of formats that every workbook knows stand for, as far as they matter here.
BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
    **dict.fromkeys([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)], "yyyy-mm-dd"),
}  # fmt: skip

#: Characters of a format; programs allow no more, and every cell is held against the format.
_LONGEST_FORMAT = 255

_CONTEXT = Context(prec=15, rounding=ROUND_HALF_EVEN)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|(?P<one>.)'
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell showed; `stored` is the number behind it where that has more decimals than can be judged."""

    text: str
    stored: str | None = None


@dataclass(frozen=True, slots=True)
class _Layout:
    prefix: str
    suffix: str
    least: int
    most: int
    percent: bool


def show_number(digits: str, code: str, epoch_1904: bool = False) -> Shown | None:
    """The number as the cell showed it; None where the format shows another number than the one that is kept."""
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return Shown(digits)
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return Shown(digits)
    number = _CONTEXT.plus(number)
    if len(code) > _LONGEST_FORMAT:
        return None
    section = code.split(";")[0]
    tokens = list(_TOKEN.finditer(section))
    plain = "".join(token["one"] or "" for token in tokens)
    if code.lower() == "general" or not code or plain in ("", "@"):
        return Shown(_written(number, 0))
    if re.search("[ymdhsYMDHS年月日]", plain):
        return Shown(_date(number, epoch_1904))
    if re.search("[0#?],+([^0#?,]|$)", plain):
        return None
    if "/" in plain or "E" in plain:
        return Shown(_written(number, 0))
    layout = _layout(tokens, plain)
    if layout.percent:
        number = number * 100
    stored = None
    if _decimals(number) > GRID_DECIMALS >= layout.most:
        stored = _written(number, 0)
        number = number.quantize(Decimal(1).scaleb(-layout.most), ROUND_HALF_UP, Context(prec=60))
    return Shown(f"{layout.prefix}{_written(number, layout.least)}{layout.suffix}".strip(), stored)


def _layout(tokens: list[re.Match[str]], plain: str) -> _Layout:
    before: list[str] = []
    behind: list[str] = []
    digits = False
    for token in tokens:
        one = token["one"]
        if one is not None and one in "0#?":
            digits = True
            continue
        word = token["quoted"] or token["escaped"] or token["currency"] or ""
        if one is not None and one not in ",. ()-+":
            word = one
        (behind if digits else before).append(word)
    point = re.search(r"\.([0#?]*)", plain)
    places = point[1] if point else ""
    return _Layout("".join(before), "".join(behind), places.count("0"), len(places), "%" in plain)


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _written(number: Decimal, least: int) -> str:
    """All digits, with at least so many decimals."""
    return f"{number:.{max(_decimals(number), least)}f}" if number else f"{Decimal(0):.{least}f}"


def _date(number: Decimal, epoch_1904: bool) -> str:
    days = int(number)
    # The usual count knows a 29 February 1900, so that its day 61 is 1 March.
    usual = date(1899, 12, 30) if days > 59 else date(1899, 12, 31)
    start = date(1904, 1, 1) if epoch_1904 else usual
    try:
        return (start + timedelta(days)).isoformat()
    except OverflowError:
        return _written(number, 0)
