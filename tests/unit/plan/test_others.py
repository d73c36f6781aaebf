import pytest

from engine.plan.others import find_others, unclaimed_digits


@pytest.mark.parametrize(
    ("text", "quote", "why"),
    [
        ("实施“5+4”行动", "“5+4”", "part of a name in quotation marks"),
        ("落实《2025年计划》", "《2025年计划》", "part of a document's title"),
        ("咸政发〔2025〕3号", "咸政发〔2025〕3号", "a document's number"),
        ("2025年6月底前完成", "2025年6月底前", "a date"),
        ("1-6月", "1-6月", "a date"),
        ("5G基站", "5G", "part of a name"),
        ("G107国道", "G107", "part of a name"),
        ("排名前10企业", "前10", "a rank"),
        ("60岁以上老人", "60岁以上", "an age"),
        ("110千伏变电站", "110千伏", "the class of a power line or a station"),
        ("第8届", "第8届", "an ordinal"),
        ("拨打12345", "12345", "the number of a hotline"),
        ("2025咸宁马拉松", "2025", "a year: the edition of what follows, or part of a name"),
    ],
)
def test_other_numbers_have_their_reason(text: str, quote: str, why: str) -> None:
    assert [(text[one.start : one.end], one.why) for one in find_others(text)] == [(quote, why)]


@pytest.mark.parametrize(
    "text", ["增长7%", "人均预期寿命79岁", "2025套住房", "GDP7%", "“力争增长7%”", "提前3天", "12个月"]
)
def test_what_may_bind_is_left(text: str) -> None:
    assert find_others(text) == ()


def test_unclaimed_digits_are_named() -> None:
    assert list(unclaimed_digits("甲3乙4.5", iter([(1, 2)]))) == [(3, 6)]
