import pytest

from engine.model.quantity import Quantity
from engine.quantities import read_quantity
from engine.verbatim import count_runs, find_numeral, find_value, find_words, fold_words


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("增長 7 ％", "增長7%"),
        ("１５５　個", "155個"),
        ("(一)", "(一)"),
        ("10²、①、㎡", "10²、①、㎡"),
        ("凈增不少于", "凈增不少于"),
    ],
)
def test_words_are_folded_and_no_digit_is_made(printed: str, folded: str) -> None:
    assert fold_words(printed).text == folded


def test_folded_words_know_where_they_stood() -> None:
    words = fold_words("增 長７%")
    assert [words.origin[place] for place in range(len(words.text))] == [0, 2, 3, 4]


@pytest.mark.parametrize(
    ("wanted", "text", "places"),
    [
        ("10億元", "110億元,10億元", [6]),
        ("新增10", "新增100家、新增10家、新增10.5家", [7]),
        ("建成", "建成又建成", [0, 3]),
        ("", "任何", []),
    ],
)
def test_words_are_never_found_inside_a_longer_number(wanted: str, text: str, places: list[int]) -> None:
    assert list(find_words(wanted, text)) == places


@pytest.mark.parametrize(
    ("quote", "value", "unit", "upper", "found"),
    [
        ("改造老舊小區155個", "155", "個", None, "155"),
        ("50億元以上項目不少于10個", "10", "個", None, "10"),
        ("50億元以上項目不少于10個", "50", "個", None, None),
        ("完成7.8萬畝", "7.8", "萬畝", None, "7.8"),
        ("完成7.8萬畝", "8", "萬畝", None, None),
        ("完成17.8萬畝", "7.8", "萬畝", None, None),
        ("新增1,200家", "1200", "家", None, "1,200"),
        ("增長7.0%", "7", "%", None, None),
        ("強度4.5%–5%", "4.5", "%", "5", "4.5"),
        ("新建1到2個", "1", "個", "2", "1"),
        ("新建1到2個", "2", "個", None, "2"),
        ("增速不低於-2.5%", "-2.5", "%", None, "-2.5"),
        ("指數達到105", "105", None, None, "105"),
    ],
)
def test_a_value_stands_as_printed_before_its_unit(
    quote: str, value: str, unit: str | None, upper: str | None, found: str | None
) -> None:
    span = find_value(quote, value, unit, upper)
    assert (quote[slice(*span)] if span else None) == found


@pytest.mark.parametrize(
    ("quote", "quantity", "expected"),
    [
        ("建成十個站點", "10 個", True),
        ("建成十個站點", "11 個", False),
        ("壓減三成", "3 成", True),
        ("增長百分之七", "7 %", True),
        ("一批十家", "10 家", True),
        ("建成一批站點", "1 個", False),
    ],
)
def test_chinese_numerals_are_read(quote: str, quantity: str, expected: bool) -> None:
    wanted = read_quantity(quantity)
    assert isinstance(wanted, Quantity)
    assert find_numeral(quote, wanted, "") is expected


@pytest.mark.parametrize(
    ("text", "runs"), [("“5+4”產業", 2), ("244.44萬畝和222萬畝", 2), ("12345熱線", 1), ("第八屆", 0)]
)
def test_runs_of_digits_are_counted(text: str, runs: int) -> None:
    assert count_runs(text) == runs
