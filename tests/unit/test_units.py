import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.quantity import Unit
from engine.unit_table import MULTIPLIERS, TABLE
from engine.units import UnitDefinitionsError, check_definitions, find_unit, fold_symbol, nearest_units

BOOK = """
# Units of a book of our own.
扎 = [扎]                  # its own dimension
大扎 = 12 * 扎 = _ = 大把
垧 = 15 畝
合 = 0.1 * 升
前年為100 = percent; offset: -100
垧產 = 公斤 / 垧
"""


def known(symbol: str, definitions: str = "") -> Unit:
    unit = find_unit(symbol, definitions)
    assert unit is not None, symbol
    return unit


def worth(symbol: str, definitions: str = "") -> tuple[str, int, int]:
    unit = known(symbol, definitions)
    return unit.dimension, unit.factor, unit.offset


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        ("萬畝", "畝", 10000),
        ("畝", "平方米", Fraction(2000, 3)),
        ("公頃", "畝", 15),
        ("平方公里", "公頃", 100),
        ("萬平方米", "公頃", 1),
        ("億元", "元", 10**8),
        ("萬億元", "萬元", 10**8),
        ("億美元", "萬美元", 10**4),
        ("公里", "里", 2),
        ("噸", "斤", 2000),
        ("斤", "兩", 10),
        ("億斤", "萬噸", 5),
        ("億千瓦時", "萬度", 10**4),
        ("萬千瓦", "兆瓦", 10),
        ("億立方米", "立方米", 10**8),
        ("萬人次", "人次", 10**4),
        ("成", "%", 10),
        ("%", "‰", 10),
        ("毫克/立方米", "微克/立方米", 1000),
        ("小時", "分鐘", 60),
        ("年", "季度", 4),
        ("名", "人", 1),
        ("元/平方米", "元/畝", Fraction(2000, 3)),
        ("萬元/畝", "億元/平方公里", Fraction(3, 20)),
        ("個/千人", "個/萬人", 10),
        ("人/千人", "人/萬人", 10),
        ("億元/年", "萬元/年", 10**4),
        ("元/個月", "元/年", 12),
    ],
)
def test_conversion_is_exact(one: str, other: str, times: Fraction | int) -> None:
    assert known(one).dimension == known(other).dimension
    assert Fraction(known(one).factor, known(other).factor) == times


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人", "人次"),
        ("人", "位"),
        ("家", "個"),
        ("%", "個百分點"),
        ("%", "倍"),
        ("元", "美元"),
        ("美元", "歐元"),
        ("港元", "元"),
        ("千瓦", "千瓦時"),
        ("噸", "噸標準煤"),
        ("畝", "畝次"),
        ("天", "工作日"),
        ("天", "個月"),
        ("床", "床位"),
        ("分", "元"),
        ("%", "人/千人"),
    ],
)
def test_likeness_is_not_sameness(one: str, other: str) -> None:
    assert known(one).dimension != known(other).dimension


@pytest.mark.parametrize(
    ("traditional", "other"),
    [
        ("萬畝", "万亩"),
        ("萬畝", "万畝"),
        ("萬畝", "萬亩"),
        ("億元", "亿元"),
        ("個百分點", "个百分点"),
        ("公頃", "公顷"),
        ("噸", "吨"),
        ("輛", "辆"),
        ("戶", "户"),
        ("臺", "台"),
        ("隻", "只"),
        ("噸標準煤", "吨标准煤"),
        ("上年同期=100", "上年同期＝100"),
        ("上年為100", "上年=100"),
        ("平方米", "㎡"),
        ("平方米", "m²"),
        ("平方米", "m2"),
        ("公里", "㎞"),
        ("公斤", "㎏"),
        ("噸", "t"),
        ("度", "kWh"),
        ("萬千瓦", "萬 kW"),
        ("兆瓦", "MW"),
        ("%", "％"),
        ("微克/立方米", "μg/m³"),
        ("微克/立方米", "微克每立方米"),
        ("微克/立方米", "\u00b5g/m3"),
        ("萬元", "（万元）"),
        ("萬元", " 萬 元 "),
        ("元/公頃", "元/公顷"),
    ],
)
def test_spelling_does_not_matter(traditional: str, other: str) -> None:
    assert worth(traditional) == worth(other)


def test_symbol_is_kept_as_it_was_written() -> None:
    assert known("万亩") == Unit("万亩", "area", 20_000_000)


def test_base_units_are_those_of_the_design() -> None:
    expected = {"畝": 2000, "公頃": 30000, "萬畝": 20_000_000, "平方米": 3, "毫米": 1, "克": 1, "‰": 1, "元": 100}
    assert expected == {symbol: known(symbol).factor for symbol in expected}


def test_index_form_is_percent_from_100() -> None:
    assert worth("上年同期=100") == ("share", 10, 100)


@pytest.mark.parametrize(
    "symbol",
    [
        "", " ", "萬", "百%", "萬個百分點", "百分", "萬小時", "萬萬元", "元/元", "天/小時", "人/人/人", "/", "元/",
        "/元", "a/b", "家家", "畝s", "kgs", "KG", "m^2", "m**2", "9**9**9", "元*人", "上年=100/元", "()", "(", "∞",
        "\ud800", "\x00", "[area]", "家\u202e", "畝 = 3 家", "__import__('os')", "a" * 10_000, "/".join("家" * 30),
    ],
)  # fmt: skip
def test_what_is_no_unit_is_none(symbol: str) -> None:
    assert find_unit(symbol) is None


@given(st.text(max_size=30) | st.text(alphabet="萬亿元/亩人%m3每=()^*. s", max_size=12))
def test_no_text_raises(text: str) -> None:
    unit = find_unit(text)
    assert unit is None or (unit.factor > 0 and unit == find_unit(unit.symbol))
    assert len(nearest_units(text)) <= 3


@given(st.sampled_from(sorted(TABLE)), st.sampled_from(["", *MULTIPLIERS]))
def test_folding_again_changes_nothing(symbol: str, multiplier: str) -> None:
    assert fold_symbol(multiplier + symbol) == multiplier + symbol
    unit = find_unit(multiplier + symbol)
    assert unit is None or unit.symbol == multiplier + symbol


def test_every_factor_agrees_with_pint(repo: Path) -> None:
    """Every unit with every multiplier, against a registry that reads units.txt by itself."""
    from pint import UnitRegistry

    registry: UnitRegistry[Fraction] = UnitRegistry(None, non_int_type=Fraction)
    lines = (repo / "engine" / "units.txt").read_text(encoding="utf-8").splitlines()
    registry.load_definitions([line.split("#")[0].strip() for line in lines if line.split("#")[0].strip()])
    references: dict[str, tuple[str, Unit]] = {}
    compared = 0
    for word in ["", *(word for word in MULTIPLIERS if not set(word) & set("万亿"))]:
        for symbol in TABLE:
            unit = find_unit(word + symbol)
            name = {"%": "percent", "‰": "permille"}.get(symbol, symbol)
            if unit is None or not name.isidentifier() or name not in registry:
                continue
            reference, base = references.setdefault(unit.dimension, (word + name, unit))
            one, zero = (registry.convert(Fraction(value), word + name, reference) for value in (1, 0))
            assert Fraction(one) - Fraction(zero) == Fraction(unit.factor, base.factor), word + symbol
            assert Fraction(zero) * base.factor == -unit.offset * unit.factor, word + symbol
            compared += 1
    assert compared > 1500


@given(st.fractions(max_denominator=10**5), st.data())
def test_converting_there_and_back_is_identity(value: Fraction, data: st.DataObject) -> None:
    one = known(data.draw(st.sampled_from(sorted(TABLE))))
    same = sorted(symbol for symbol in TABLE if TABLE[symbol][0] == one.dimension)
    other = known(data.draw(st.sampled_from(same)))
    there = (value - one.offset) * one.factor / other.factor + other.offset
    assert (there - other.offset) * other.factor / one.factor + one.offset == value


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        ("扎", ("扎", 1, 0)),
        ("大扎", ("扎", 12, 0)),
        ("萬大把", ("扎", 120_000, 0)),
        ("垧", ("area", 30000, 0)),
        ("万垧", ("area", 300_000_000, 0)),
        ("合", ("volume", 100, 0)),
        ("前年=100", ("share", 10, 100)),
    ],
)
def test_a_book_adds_units(symbol: str, expected: tuple[str, int, int]) -> None:
    assert worth(symbol, BOOK) == expected
    assert find_unit(symbol) is None


def test_units_of_a_book_are_comparable_with_ours() -> None:
    assert worth("元/垧", BOOK) == worth("元/公頃")
    assert worth("垧產", BOOK) == worth("公斤/公頃")
    assert worth("元/扎", BOOK)[1] == 12 * worth("元/大扎", BOOK)[1]


def test_quotients_of_ours_do_not_depend_on_the_book() -> None:
    awkward = "小塊 = 7 * 平方米\n"
    assert worth("元/公頃", awkward) == worth("元/公頃")
    assert find_unit("元/小塊", awkward) is None


def test_a_book_lists_what_it_adds() -> None:
    added = check_definitions(BOOK)
    assert set(added) == {"扎", "大扎", "大把", "垧", "合", "前年為100", "前年=100", "垧產"}
    assert check_definitions(" \n# nothing\n") == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("扎", "not of the form"),
        ("@import /etc/passwd", "not of the form"),
        ("扎 = 1 畝" + " " * 3 + "* 1" * 100, "not of the form"),
        ("扎- = 12", "not a name"),
        ("= 3 畝", "not a name"),
        ("2扎 = 3 畝", "not a name"),
        ("base_of_area = 3 畝", "not a name"),
        ("畝 = 3 平方米", "畝 has a meaning already"),
        ("亩 = 3 平方米", "亩 has a meaning already"),
        ("萬畝 = 3 平方米", "萬畝 has a meaning already"),
        ("微克每立方米 = 3 家", "has a meaning already"),
        ("扎 = 3 畝 = _ = 家", "家 has a meaning already"),
        ("扎 = 3 畝 = 扎", "扎 has a meaning already"),
        ("好 = 3 畝", "好 has a meaning already"),
        ("萬好 = 3 畝", "two meanings"),
        ("扎 = [area]", "area has a base unit already"),
        ("扎 = 3 斛", "斛 is not defined before"),
        ("扎 = 3 扎", "扎 is not defined before"),
        ("扎 = 9**9**9 畝", "only numbers"),
        ("扎 = 9 * * 9 畝", "only numbers"),
        ("扎 = 米^2", "only numbers"),
        ("扎 = -3 畝", "only numbers"),
        ("扎 = __import__('os')", "only numbers"),
        ("扎 = 3 畝; offset: 9**9", "offset"),
        ("扎 = 3 畝; 家", "offset"),
        ("扎 = 2 * 上年為100", "offset"),
        ("扎 = 2 *", "pint cannot read"),
        ("扎 = (3 畝", "pint cannot read"),
        ("扎 = 畝 / 0", "pint cannot read"),
        ("扎 = " + "(" * 150, "pint cannot read"),
        ("扎 = 0 畝", "whole multiple"),
        ("扎 = 1/7 畝", "whole multiple"),
        ("扎 = 12", "whole multiple"),
        ("扎 = 米 * 米", "whole multiple"),
        ("扎 = 100000000 萬億公里", "whole multiple"),
    ],
)
def test_bad_definition_names_its_line(line: str, words: str) -> None:
    with pytest.raises(UnitDefinitionsError, match=r"^line 3: ") as caught:
        check_definitions(f"# a book\n好 = [好]\n{line}\n")
    assert (caught.value.line, words in caught.value.reason) == (3, True), caught.value.reason
    with pytest.raises(UnitDefinitionsError):
        find_unit("unheard of", f"# a book\n好 = [好]\n{line}\n")


@given(st.text(alphabet="扎畝亩元人次%=[]*/().;:_- \n#0123456789萬offset@", max_size=60))
def test_definitions_raise_nothing_else(definitions: str) -> None:
    try:
        added = check_definitions(definitions)
    except UnitDefinitionsError as error:
        added, line = (), error.line
    else:
        line = 1
    assert 1 <= line <= definitions.count("\n") + 1
    assert all(find_unit(symbol, definitions) for symbol in added)


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [("平方米米", "平方米"), ("萬平方", "萬平方米"), ("個百分", "個百分點"), ("家家", "家"), ("千瓦市", "千瓦")],
)
def test_nearest_units_hint(symbol: str, expected: str) -> None:
    assert expected in nearest_units(symbol)


def test_nearest_units_are_different_units_and_include_the_book() -> None:
    near = nearest_units("人民币员")
    assert len({worth(symbol) for symbol in near}) == len(near)
    assert nearest_units("大扎扎", BOOK)[0] == "大扎"
    assert nearest_units("卟") == ()


def loaded(statement: str) -> set[str]:
    """The heavy modules that a new interpreter has loaded after a statement."""
    heavy = "{'pint', 'cn2an', 'opencc', 'difflib'}"
    code = f"import sys\n{statement}\nprint(*({heavy} & sys.modules.keys()))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def test_units_of_the_table_load_nothing_heavy(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo)
    find = "from engine.units import find_unit, nearest_units\n"
    assert loaded(find + "assert find_unit('万亩') and find_unit('萬元/畝') and not find_unit('no such')") == set()
    assert loaded(find + "assert find_unit('億元/年')") == {"pint"}
    assert loaded(find + "assert nearest_units('平方米米')") == {"difflib"}
    assert loaded(find + "assert find_unit('亩', '扎 = [扎]')") == set()
