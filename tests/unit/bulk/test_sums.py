from pathlib import Path

import pytest

from tests.bulkdesk import COLUMNS, check_bulk, check_singly, write_parquet
from tests.unit.small import INDICATORS, book_of

BOTH = "indicator: firms, kind: total, threshold: 120 家, judged: {lead: city, responsible: {same: [各縣市區]}}"
ADDITIVE = INDICATORS.replace("phrase: 凈增}", "phrase: 凈增, additive: true}").replace(
    "unit: 畝}", "unit: 萬畝, additive: true}"
)
LAND = BOTH.replace("firms", "land").replace("120 家", "120 萬畝")


@pytest.mark.parametrize(
    ("rule", "unit", "kind", "city", "parts", "differs"),
    [
        (BOTH, "家", "BIGINT", "30", ("10", "20"), False),
        (BOTH, "家", "BIGINT", "31", ("10", "20"), True),
        (BOTH, "家", "BIGINT", "31", ("10",), False),
        (BOTH, "家", "BIGINT", "9", ("10",), True),
        # 3.0, 1.0 and 2.1 may be 3.05, 0.96 and 2.06; 3.0, 1.0 and 2.2 are too far apart.
        (LAND, "萬畝", "DECIMAL(9,1)", "3.0", ("1.0", "2.1"), False),
        (LAND, "萬畝", "DECIMAL(9,1)", "3.0", ("1.0", "2.2"), True),
        (LAND, "萬畝", "VARCHAR", "3.0", ("一", "2.0"), False),
    ],
)
@pytest.mark.parametrize("size", [None, 1])
def test_sums_differ_where_the_ordinary_check_says_so(
    tmp_path: Path, rule: str, unit: str, kind: str, city: str, parts: tuple[str, ...], differs: bool, size: int | None
) -> None:
    book = book_of(rule, ADDITIVE)
    indicator = book.rules[0].indicator
    bodies = zip(("市經信局", "咸安區", "嘉魚縣"), (city, *parts), strict=False)
    rows = [(body, indicator, "2025Q2", value, unit) for body, value in bodies]
    write_parquet(tmp_path / "in" / "a.parquet", rows, COLUMNS[:5], kind)
    _, findings = check_singly(book, [tmp_path / "in"])
    whole = check_bulk(book, [tmp_path / "in"], tmp_path / "out", size)
    assert [code for code, *_ in whole.findings if code == "sum-differs"] == ["sum-differs"] * differs
    assert whole.findings == findings
