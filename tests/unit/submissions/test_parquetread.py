from pathlib import Path

import duckdb
import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.submissions.parquetread import read_parquet_submission
from engine.submissions.read import SubmittedFile

COLUMNS = "'甲' AS organization, 'firms' AS indicator"


def read(folder: Path, query: str, name: str = "a.parquet") -> tuple[list[Entry], list[Diagnostic]]:
    path = folder / "made.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    found: list[Diagnostic] = []
    return read_parquet_submission(SubmittedFile(name, path.rename(folder / name), None), found), found


@pytest.mark.parametrize(
    ("value", "text"),
    [("'10.40'", "10.40"), ("CAST(10.4 AS DECIMAL(9,2))", "10.40"), ("131", "131"), ("NULL::VARCHAR", "")],
)
def test_texts_and_decimals_are_read_with_their_row(tmp_path: Path, value: str, text: str) -> None:
    (first, second), found = read(tmp_path, f"SELECT {COLUMNS}, {value} AS value, '家' AS unit FROM range(2)")
    assert found == []
    assert first.value is not None
    assert (first.value.text, first.value.unit) == (text, "家")
    assert (first.source.line, second.source.line, second.source.cell) == (1, 2, "value")


def test_binary_fractions_are_refused_with_their_row(tmp_path: Path) -> None:
    query = f"SELECT {COLUMNS}, NULL::DOUBLE AS value UNION ALL SELECT {COLUMNS}, 0.1::DOUBLE"
    entries, found = read(tmp_path, query)
    assert [entry.fault for entry in entries] == [None, "parquet-float"]
    assert [(each.code, each.source.line, each.source.cell) for each in found] == [("parquet-float", 2, "value")]


def test_columns_are_those_of_other_tables(tmp_path: Path) -> None:
    _, found = read(tmp_path, "SELECT '甲' AS organization, 1 AS value")
    assert [each.code for each in found] == ["column-missing"]


def test_a_name_is_no_pattern(tmp_path: Path) -> None:
    entries, found = read(tmp_path, f"SELECT {COLUMNS}, '5 家' AS value", name="a[1]*.parquet")
    assert (len(entries), found) == (1, [])


def test_what_is_empty_or_broken_is_refused(tmp_path: Path) -> None:
    assert [each.code for each in read(tmp_path, f"SELECT {COLUMNS}, '1' AS value LIMIT 0")[1]] == ["submission-empty"]
    broken = tmp_path / "b.parquet"
    broken.write_bytes(b"PAR1 nothing more")
    found: list[Diagnostic] = []
    assert read_parquet_submission(SubmittedFile("b.parquet", broken, None), found) == []
    assert [each.code for each in found] == ["parquet-broken"]
