import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.model.quantity import Fault, Quantity
from engine.quantities import format_decimal, read_number, read_quantity
from engine.unit_table import TABLE
from engine.units import UnitDefinitionsError


def quantity(text: str, unit: str | None = None, definitions: str = "") -> Quantity:
    read = read_quantity(text, unit, definitions)
    assert isinstance(read, Quantity), read
    return read


def fault(text: str, unit: str | None = None) -> Fault:
    read = read_quantity(text, unit)
    assert isinstance(read, Fault), read
    return read


@pytest.mark.parametrize(
    ("text", "value", "decimals", "unit"),
    [
        ("7%", "7", 0, "%"),
        ("7.0 %", "7.0", 1, "%"),
        ("7.00％", "7.00", 2, "%"),
        ("１２３．４５％", "123.45", 2, "%"),
        ("+5 家", "5", 0, "家"),
        ("-3%", "-3", 0, "%"),
        ("－３％", "-3", 0, "%"),
        ("−3%", "-3", 0, "%"),
        ("-0.0%", "0.0", 1, "%"),
        ("1,234,567.8 元", "1234567.8", 1, "元"),
        ("１，２３４元", "1234", 0, "元"),
        ("1 234 567.8 元", "1234567.8", 1, "元"),
        ("1\u00a0234\u00a0元", "1234", 0, "元"),
        ("1\u2009234元", "1234", 0, "元"),
        ("1\u202f234元", "1234", 0, "元"),
        ("1\u3000234\u3000元", "1234", 0, "元"),
        (" 222 家\n", "222", 0, "家"),
        ("999999999999999.99999 元", "999999999999999.99999", 5, "元"),
        ("1.2萬家", "1.2", 1, "萬家"),
        ("7.00億美元", "7.00", 2, "億美元"),
        ("5 万人次", "5", 0, "万人次"),
        ("3 个百分点", "3", 0, "个百分点"),
        ("５㎡", "5", 0, "m2"),
        ("5 km²", "5", 0, "km2"),
        ("35 μg/m³", "35", 0, "μg/m3"),
        ("4.5 個/千人", "4.5", 1, "個/千人"),
        ("5 元/公頃", "5", 0, "元/公頃"),
        ("100 上年同期=100", "100", 0, "上年同期=100"),
        ("105.3（上年同期＝100）", "105.3", 1, "上年同期=100"),
        ("百分之七", "7", 0, "%"),
        ("百分之七點五", "7.5", 1, "%"),
        ("百分之7.50", "7.50", 2, "%"),
        ("百分之百", "100", 0, "%"),
        ("百分之一百二十", "120", 0, "%"),
        ("負百分之三", "-3", 0, "%"),
        ("百分之負三", "-3", 0, "%"),
        ("千分之五", "5", 0, "‰"),
        ("三成", "3", 0, "成"),
        ("3成", "3", 0, "成"),
        ("兩家", "2", 0, "家"),
        ("两百万亩", "2000000", 0, "亩"),
        ("一百五十五個", "155", 0, "個"),
        ("十二個月", "12", 0, "個月"),
        ("三点五万亩", "3.5", 1, "万亩"),
        ("二百四十四點四〇萬畝", "244.40", 2, "萬畝"),
        ("負一點二億元", "-1.2", 1, "億元"),
        ("三億二千萬元", "320000000", 0, "元"),
        ("一億五百萬元", "105000000", 0, "元"),
        ("一萬兩千元", "12000", 0, "元"),
        ("五十萬千瓦", "500000", 0, "千瓦"),
        ("三億千瓦時", "300000000", 0, "千瓦時"),
        ("三百分點", "3", 0, "百分點"),
        ("二兩", "2", 0, "兩"),
        ("兩兩", "2", 0, "兩"),
        ("零起", "0", 0, "起"),
    ],
)
def test_quantity_is_read_as_written(text: str, value: str, decimals: int, unit: str) -> None:
    read = quantity(text)
    assert (str(read.value), read.decimals, read.unit.symbol, read.text) == (value, decimals, unit, text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        *(("number-missing", text) for text in ["", "  ", "-", "—", "——", "/", "－", "家", "萬元", "%"]),
        *(
            ("number-unreadable", text)
            for text in [
                "待定", "NaN", "nan%", "inf", "-Infinity %", "1e5", "1E5 元", "1e3", "0x1F", "0b1 家", "1_000 元",
                ".5%", "5.", "5.%", "-.5%", "1.2.3%", "--5%", "+-5%", "- 5%", "5-%", "(5)%", "△5%",
                "1,23 元", "12,34,567 元", "1234,567 元", "1,234 567 元", "1,234.567,8 元", "0,5%", "0,123 家",
                "007 家", "0123 人", "000999999999999999 元",
                "1,2345 元", "12 34 家", "1  234 家", "1 23 家", "1.234 5 元", "1, 234 元", "1'234 元", "1、234 元",
                "5－6%", "5~6%", "5—6%", "5/6%", "3+4 家", "3×4 家", "1:30", "1/2 家", "5至6家",
                "10²", "10² 家", "①家", "½ 家", "1½家", "Ⅲ 家", "٣ %", "𝟑%", "3㊀家",
                "3億2千萬元", "3萬5家", "5百二十家", "三5家", "一百五家", "一億十萬元", "一億千萬元", "三億千人",
                "二〇二五家", "一二三家", "七八成", "廿家", "半", "半成", "一個半", "三倍半", "三點五十萬元", "三點",
                "點五家", "三分之一", "百分之", "百分之七家", "萬分之三", "百分之百分之三", "負百分之負三",
                "百分之三至五", "第三", "200多家", "200余家", "數百家", "十幾家", "-三家", "壹佰元",
                "5\u202e%", "\u202d5%", "5\u200b%", "1\u200b2 家", "\ufeff5%", "5\x00%", "5\t%", "1\n2 家", "5\u2028%",
                "5\ud800%", "5\u00ad%", "９" * 201, "5" + " " * 200 + "%",
            ]
        ),
        *(
            ("too-many-digits", text)
            for text in ["1234567890123456 元", "1,234,567,890,123,456 元", "1.000000%", "0.123456 元", "一千萬億元"]
        ),
        *(("unit-missing", text) for text in ["7", "7.0", "-7", "1,234", "1.2萬", "5億", "三萬", "兩"]),
        *(("unit-unknown", text) for text in ["7 家家", "5%%", "5 m/s", "5 km3", "5 KM", "222 家。", "5%以上"]),
        ("unit-unknown", "5 a/b"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_refused(code: str, text: str) -> None:
    assert fault(text).code == code


@pytest.mark.parametrize(
    ("text", "unit", "value", "symbol"),
    [
        ("7", "%", "7", "%"),
        ("7", " ％ ", "7", "%"),
        ("7", "（萬元）", "7", "萬元"),
        ("7%", "%", "7", "%"),
        ("百分之七", "%", "7", "%"),
        ("5 畝", "亩", "5", "畝"),
        ("5 名", "人", "5", "名"),
        ("1.2萬", "家", "1.2", "萬家"),
        ("3千", "克", "3", "千克"),
        ("三萬", "家", "30000", "家"),
        ("7 家", "", "7", "家"),
        ("7 家", None, "7", "家"),
    ],
)
def test_unit_may_stand_apart(text: str, unit: str | None, value: str, symbol: str) -> None:
    read = quantity(text, unit)
    assert (str(read.value), read.unit.symbol) == (value, symbol)


@pytest.mark.parametrize(
    ("code", "found", "text", "unit"),
    [
        ("unit-contradicts", "家 / 個", "5 家", "個"),
        ("unit-contradicts", "畝 / 萬畝", "5 畝", "萬畝"),
        ("unit-contradicts", "% / 個百分點", "5%", "個百分點"),
        ("unit-contradicts", "% / 上年=100", "5%", "上年=100"),
        ("unit-contradicts", "萬 / 萬家", "1.2萬", "萬家"),
        ("unit-contradicts", "萬 / %", "1.2萬", "%"),
        ("unit-unknown", "斛斛", "5", "斛斛"),
        ("unit-unknown", "斛斛", "5 家", "斛斛"),
        ("unit-unknown", "\\u202e家", "5 家", "\u202e家"),
        ("number-missing", "", "", "家"),
        ("number-missing", "家", "家", "家"),
        ("number-unreadable", "一億十萬", "一億十萬", "元"),
        ("too-many-digits", "0.1234567", "0.1234567", "家"),
    ],
)
def test_unit_apart_may_be_at_fault(code: str, found: str, text: str, unit: str) -> None:
    read = fault(text, unit)
    assert (read.code, read.found) == (code, found)


def test_unknown_unit_names_the_nearest() -> None:
    assert fault("7 平方米米") == Fault("unit-unknown", "平方米米", fault("7", "平方米米").nearest)
    assert fault("7 平方米米").nearest[0] == "平方米"


def test_fault_shows_few_words_and_nothing_hidden() -> None:
    long = fault("9" * 300 + "%")
    assert (long.code, len(long.found), long.found[-1]) == ("number-unreadable", 40, "…")
    assert fault("5\u202e%").found == "5\\u202e%"


def test_index_is_read_in_base_units_of_a_share() -> None:
    assert quantity("105.3 上年同期=100").base == quantity("5.3%").base == 53
    assert quantity("105.3 上年同期=100").half_step == Fraction(1, 2)


def test_units_of_a_book_are_read() -> None:
    book = "扎 = [扎]\n大扎 = 12 * 扎\n"
    assert quantity("3 萬大扎", definitions=book).base == 360_000
    assert quantity("3", "大扎", book).base == 36
    with pytest.raises(UnitDefinitionsError):
        read_quantity("3 大扎", definitions="大扎 = 12 * 扎")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7.0", (Decimal("7.0"), 1)),
        ("1,234.50", (Decimal("1234.50"), 2)),
        ("－７", (Decimal(-7), 0)),
        ("三萬二千", (Decimal(32000), 0)),
        ("三點一四", (Decimal("3.14"), 2)),
        ("", Fault("number-missing", "")),
        ("家", Fault("number-missing", "家")),
        ("7%", Fault("number-unreadable", "7%")),
        ("1.2萬", Fault("number-unreadable", "1.2萬")),
        ("百分之七", Fault("number-unreadable", "百分之七")),
        ("1234567890123456", Fault("too-many-digits", "1234567890123456")),
    ],
)
def test_number_alone(text: str, expected: tuple[Decimal, int] | Fault) -> None:
    assert read_number(text) == expected


amounts = st.decimals(-(10**15) + 1, 10**15 - 1, places=5) | st.decimals(-100, 100, places=1)


@given(amounts, st.integers(0, 5))
def test_text_to_value_to_text_is_identity(amount: Decimal, decimals: int) -> None:
    text = format_decimal(Fraction(amount), decimals)
    read = read_number(text)
    assume(not isinstance(read, Fault) or read.code != "too-many-digits")
    assert isinstance(read, tuple)
    assert format_decimal(Fraction(read[0]), read[1]) == text


@given(amounts, st.sampled_from(sorted(TABLE)))
def test_all_ways_to_write_a_number_agree(amount: Decimal, unit: str) -> None:
    plain = quantity(f"{amount:f}", unit)
    full_width = f"{amount:f}".translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.-"})
    spaced = f"{amount:,f}".replace(",", " ")
    for text in (f"{amount:,f}", spaced, full_width, f" {amount:f}\u3000"):
        assert (quantity(text, unit).value, quantity(text, unit).base) == (plain.value, plain.base)
    assert quantity(f"{amount:f} {unit}").base == plain.base


@given(st.integers(0, 10**15 - 1), st.sampled_from(["元", "千瓦時", "百分點", "兩", "家"]))
def test_chinese_numerals_in_full_are_read(number: int, unit: str) -> None:
    from cn2an import an2cn

    numeral = str(an2cn(number, "low"))
    traditional = numeral.replace("万", "萬").replace("亿", "億")
    # 三千瓦時 may be 3000 瓦時 or 3 千瓦時, which is the same; a heading decides which of them it is.
    for text in (numeral + unit, traditional + unit):
        assert quantity(text).base == quantity(f"{number} {unit}").base
        assert quantity(text, unit).value == number


def value_of(numeral: str) -> int | None:
    """A second reading of Chinese numerals, by sections: 億, 萬, then 千 百 十 in falling order."""
    for word, times in (("億", 10**8), ("萬", 10**4)):
        if word in numeral:
            high, low = numeral.rsplit(word, 1) if word == "億" else numeral.split(word, 1)
            top, rest = value_of(high), value_of(low) if low else 0
            return None if top is None or rest is None or rest >= times else top * times + rest
    value, digit, last = 0, None, 10**4
    for sign in numeral.replace("零", ""):
        if sign in "一二三四五六七八九":
            if digit is not None:
                return None
            digit = "一二三四五六七八九".index(sign) + 1
        else:
            size = {"十": 10, "百": 100, "千": 1000}[sign]
            if size >= last:
                return None
            value, digit, last = value + (digit or 1) * size, None, size
    return value + (digit or 0)


@given(st.text(alphabet="零一二五九十百千萬億", min_size=1, max_size=9))
def test_chinese_numerals_are_never_misread(numeral: str) -> None:
    read = read_quantity(numeral + "元")
    if isinstance(read, Quantity):
        assert (int(read.value), read.unit.symbol) == (value_of(numeral), "元")


@given(st.text(max_size=40) | st.text(alphabet="0123456789.,-+ 一百萬億點兩分之%家元/半成負", max_size=20))
def test_no_text_raises(text: str) -> None:
    read = read_quantity(text)
    if isinstance(read, Quantity):
        assert read.value.is_finite()
        assert read.decimals <= 5
        assert abs(read.value) < 10**15
    assert isinstance(read_number(text), tuple | Fault)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction(0), None, "0"),
        (Fraction(0), 2, "0.00"),
        (Fraction(7), None, "7"),
        (Fraction(-7, 2), None, "-3.5"),
        (Fraction(1, 8), None, "0.125"),
        (Fraction(100), None, "100"),
        (Fraction(1, 3), None, "1/3"),
        (Fraction(-2000, 3), None, "-2000/3"),
        (Fraction(1, 10**20), None, "0.00000000000000000001"),
        (Fraction(7), 2, "7.00"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(3, 2), 0, "2"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-45, 100), 2, "-0.45"),
        (Fraction(1035, 1000), 2, "1.04"),
        (Fraction(-1035, 1000), 2, "-1.04"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(11, 12) * 100, 1, "91.7"),
        (Fraction(4, 1000), 2, "0.004"),
        (Fraction(49, 100000), 2, "0.0005"),
        (Fraction(-1, 3000), 2, "-0.0003"),
        (Fraction(-1, 10), 0, "-0.1"),
        (Fraction(5, 1000), 2, "0.01"),
        (Fraction(12345678901234567890123, 10), 0, "1234567890123456789012"),
    ],
)
def test_decimal_is_written(value: Fraction, decimals: int | None, expected: str) -> None:
    assert format_decimal(value, decimals) == expected


@given(st.fractions(max_denominator=10**6), st.integers(0, 8))
def test_rounding_is_off_by_half_a_place_at_most(value: Fraction, decimals: int) -> None:
    text = format_decimal(value, decimals)
    assert abs(Fraction(text) - value) <= Fraction(1, 2 * 10**decimals)
    assert (Fraction(text) == 0) == (value == 0)
    assert text.startswith("-") == (value < 0)
    assert Fraction(format_decimal(value)) == value


def test_negative_number_of_decimals_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        format_decimal(Fraction(1), -1)


def test_figures_in_arabic_digits_load_nothing_heavy(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo)
    code = (
        "import sys\nfrom engine.quantities import read_quantity\n"
        "read_quantity('1,234.5 万亩'), read_quantity('７.0％'), read_quantity('7'), read_quantity('')\n"
        "print(*({'pint', 'cn2an', 'opencc', 'difflib'} & sys.modules.keys()))\n"
        "read_quantity('三成')\nprint('cn2an' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n")[:2] == ["", "True"]
