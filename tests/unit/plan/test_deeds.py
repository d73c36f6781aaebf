import pytest

from engine.model.target import Kind
from engine.plan.deeds import PATTERNS, find_deeds


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("支持甲县创建省级园区、乙县成立蔬菜研究院。", ["乙县成立蔬菜研究院"]),
        ("推动大桥年内通车,加快二期建设。", ["推动大桥年内通车"]),
        ("推动项目尽快开工。", []),
        ("代谢病筛查和听力筛查应筛尽筛。", ["代谢病筛查和听力筛查应筛尽筛"] * 2),
    ],
)
def test_deeds_are_cut_at_the_pauses(text: str, quotes: list[str]) -> None:
    assert [text[one.start : one.end] for one in find_deeds(text)] == quotes


def test_every_pattern_says_what_is_doubtful() -> None:
    assert all(doubt for *_, doubt in PATTERNS)
    assert {kind for _, kind, _, _ in PATTERNS} == {
        Kind.EXTERNAL, Kind.RELATIVE, Kind.EACH, Kind.COVERAGE, Kind.ALWAYS, Kind.MILESTONE,
    }  # fmt: skip
