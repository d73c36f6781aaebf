from hypothesis import given
from hypothesis import strategies as st

from engine.plan.phrases import read_promises


def test_unit_is_in_the_plans_own_script() -> None:
    (promise,), _ = read_promises("新增就業４．５萬人以上")
    assert (promise.value, promise.unit, promise.quote) == ("4.5", "萬人", "新增就業４．５萬人以上")


def test_numbers_in_responsibility_brackets_are_not_read() -> None:
    assert read_promises("改造小区5个。(责任单位:市第10中学)")[1] == ()


def test_goal_of_a_later_year_says_so() -> None:
    (promise,), _ = read_promises("到2030年,森林覆盖率达到65%", 2025)
    assert promise.year == 2030


def test_goal_of_the_plans_year_has_no_year() -> None:
    (promise,), _ = read_promises("到2025年底,森林覆盖率达到65%", 2025)
    assert promise.year is None


def test_pair_shares_its_words() -> None:
    first, second = read_promises("工业投资、民间投资分别增长7%、8%左右")[0]
    assert (first.soft, second.soft) == (True, True)
    assert (first.change, second.change) == ("increase", "increase")


def test_empty_body_promises_nothing() -> None:
    assert read_promises("") == ((), ())


@given(st.text(alphabet="增长7%以上不少于30家、，。()（）“”年2025万亿个新至-+:力争一两翻番每 \n〔〕", max_size=60))
def test_any_text_is_read_and_every_quote_stands_in_it(text: str) -> None:
    promises, others = read_promises(text, 2025)
    assert all(text[one.start : one.end] == one.quote for one in promises)
    assert all(text[one.start : one.end] == one.quote for one in others)
