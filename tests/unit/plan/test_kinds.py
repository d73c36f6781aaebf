import pytest

from engine.model.target import Kind
from engine.plan.phrases import read_promises


@pytest.mark.parametrize(
    ("phrase", "kind", "inner"),
    [
        ("生产总值增长7%", Kind.RATE, None), ("企业总数超1200家", Kind.LEVEL, None), ("新增企业30家", Kind.TOTAL, None),
        ("每千人口托位数4.5个", Kind.RATE, None), ("每个县至少建成1个园区", Kind.EACH, Kind.TOTAL),
        ("严守244.44万亩耕地保有量", Kind.ALWAYS, None), ("实现旅游收入突破300亿元", Kind.TOTAL, None),
    ],
)  # fmt: skip
def test_kind_follows_the_words(phrase: str, kind: Kind, inner: Kind | None) -> None:
    (promise,), _ = read_promises(phrase)
    assert (promise.kind, promise.inner_kind) == (kind, inner)
