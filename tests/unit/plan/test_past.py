import pytest

from engine.plan.context import find_candidates
from engine.plan.numbers import find_numbers
from engine.plan.refuse import reasons_against


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("去年完成改造200个", ["a result of the past"]),
        ("已建成充电桩300个,今年再建200个", ["a result of the past", None]),
        ("由62%提高到65%", ["where the change starts: only the number it leads to binds", None]),
        ("力争今年达到30家", [None]),
        ("增长7%(上调1个百分点)", [None, "says how the target was changed"]),
        ("上半年,完成投资90亿元,同比增长6.5%", ["a result of the past", "a result of the past"]),
        ("不低于上年度收入的60%", [None]),
        ("拆除现有收费站5个,新建2个", ["a result of the past", None]),
        (
            "从500元、300元提高到560元、340元",
            [
                "where the change starts: only the number it leads to binds",
                "where the change starts: only the number it leads to binds",
                None,
                None,
            ],
        ),
    ],
)
def test_result_or_base_is_no_promise(text: str, reasons: list[str | None]) -> None:
    found = find_candidates(text, list(find_numbers(text)))
    assert list(reasons_against(found, text, 2025)) == reasons
