import pytest

from engine.plan.numbers import find_numbers, read_chinese


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长7%", [("7", None, "%", False)]),
        ("3万余人", [("3", None, "万人", True)]),
        ("20多万人次", [("20", None, "万人次", True)]),
        ("3亿多元", [("3", None, "亿元", True)]),
        ("4.5%-5%", [("4.5", "5", "%", False)]),
        ("1到2个", [("1", "2", "个", False)]),
        ("8～10家".replace("～", "~"), [("8", "10", "家", False)]),
        ("1,200家", [("1200", None, "家", False)]),
        ("10,20家", [("10", None, "", False), ("20", None, "家", False)]),
        ("32微克/立方米", [("32", None, "微克/立方米", False)]),
        ("100台(套)", [("100", None, "台", False)]),
        ("翻一番", [("2", None, "倍", False)]),
        ("翻两番", [("4", None, "倍", False)]),
        ("百分之七", [("7", None, "%", False)]),
        ("千分之3", [("3", None, "‰", False)]),
        ("两万人", [("2", None, "万人", False)]),
        ("五十万千瓦", [("50", None, "万千瓦", False)]),
        ("5家庭农场", [("5", None, "", False)]),
    ],
)
def test_numbers_are_read_as_written(text: str, expected: list[tuple[str, str | None, str, bool]]) -> None:
    assert [(one.value, one.upper, one.unit, one.soft) for one in find_numbers(text)] == expected


@pytest.mark.parametrize(
    ("numeral", "digits"), [("十", "10"), ("三百二十", "320"), ("一千零五", "1005"), ("二点五", "2.5"), ("三五", None)]
)
def test_chinese_numerals(numeral: str, digits: str | None) -> None:
    assert read_chinese(numeral) == digits
