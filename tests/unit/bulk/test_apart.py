from pathlib import Path

from engine.bulk.apart import judge_apart
from engine.bulk.run import prepare
from engine.bulk.store import open_store
from engine.submissions.read import find_files
from tests.bulkdesk import COLUMNS, write_parquet
from tests.unit.small import book_of, period_of

EACH = "indicator: firms, kind: each, inner_kind: total, threshold: 10 家, members: [食品, 電子]"


def test_a_list_is_judged_by_its_worst_member(tmp_path: Path) -> None:
    rows = [
        ("市經信局", "firms", "2025Q4", value, "家", None, member, None, None)
        for member, value in (("食品", "12"), ("電子", "9"))
    ]
    write_parquet(tmp_path / "in" / "a.parquet", rows, COLUMNS, "DECIMAL(9,0)")
    plan = prepare(book_of(EACH), find_files([tmp_path / "in"], []), []).plan
    with open_store(None) as connection:
        ((verdicts, found),) = [part for part in judge_apart(connection, plan, [period_of("2025Q4")], None) if part[0]]
    assert found == []
    assert [row[:6] for row in verdicts] == [("市經信局", "lead", "rule", "2025Q4", "fail", None)]


def test_without_such_rules_nothing_is_read(tmp_path: Path) -> None:
    write_parquet(tmp_path / "in" / "a.parquet", [], COLUMNS, "DECIMAL(9,0)")
    book = book_of("indicator: growth, kind: rate, threshold: 7 %")
    plan = prepare(book, find_files([tmp_path / "in"], []), []).plan
    with open_store(None) as connection:
        assert list(judge_apart(connection, plan, [period_of("2025Q4")], None)) == []
