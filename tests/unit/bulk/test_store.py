from fractions import Fraction
from pathlib import Path

import pytest

from engine.bulk.store import disk_trouble, fill, open_store, text


def test_numbers_go_in_as_they_are_written() -> None:
    with open_store(None) as connection:
        fill(connection, "t", (("x", "DECIMAL(38,0)"), ("yes", "BOOLEAN"), ("name", "VARCHAR")), [(10**37, True, None)])
        assert connection.execute("SELECT CAST(x AS VARCHAR), yes, name FROM t").fetchall() == [
            (str(10**37), True, None)
        ]


def test_a_table_may_be_empty() -> None:
    with open_store(None) as connection:
        fill(connection, "t", (("x", "BIGINT"),), [])
        assert connection.execute("SELECT count(*) FROM t").fetchall() == [(0,)]


def test_what_is_no_whole_number_is_refused() -> None:
    with open_store(None) as connection, pytest.raises(Exception, match="1/3"):
        fill(connection, "t", (("x", "BIGINT"),), [(str(Fraction(1, 3)),)])


@pytest.mark.parametrize("name", ["lanes.sql", "obligations.sql", "history.sql", "written.sql", "unjudged.sql"])
def test_texts_ship_with_the_package(name: str) -> None:
    assert "SELECT" in text(name)


def test_a_disk_that_takes_nothing_is_a_problem_of_the_system(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "out.parquet"
    with (
        open_store(None) as connection,
        pytest.raises(OSError, match="nowhere") as caught,
        disk_trouble(path),
    ):
        connection.execute(f"COPY (SELECT 1) TO '{path}' (FORMAT parquet)")
    assert caught.value.filename == str(path)
