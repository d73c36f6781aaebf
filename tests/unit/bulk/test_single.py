from pathlib import Path

import duckdb
import pytest

from engine.bulk.single import SINGLE, write_verdicts
from tests.unit.bulk.desk import LEAD
from tests.unit.small import book_of, verdict_of


def test_verdicts_of_an_ordinary_check_have_their_exact_gap(tmp_path: Path) -> None:
    verdict = verdict_of(book_of("indicator: firms, kind: total, threshold: 222 家"), "2025Q2", "firms: 110 家")
    write_verdicts([verdict], tmp_path / "v.parquet")
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT verdict, gap_numerator, gap_denominator FROM '{tmp_path}/v.parquet'"
        ).fetchall()
        names = connection.execute(f"DESCRIBE FROM '{tmp_path}/v.parquet'").fetchall()
    assert [tuple(map(str, row)) for row in rows] == [("at-risk", "-50", "111")]
    assert [row[0] for row in names] == [name for name, _ in SINGLE]
    assert [path.name for path in tmp_path.iterdir()] == ["v.parquet"]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    verdict = verdict_of(book_of(LEAD), "2025Q2", "growth: 7 %")
    (tmp_path / "v.parquet").mkdir()
    with pytest.raises(IsADirectoryError):
        write_verdicts([verdict], tmp_path / "v.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["v.parquet"]
