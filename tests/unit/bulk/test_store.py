import errno
from fractions import Fraction
from pathlib import Path

import duckdb
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


@pytest.mark.parametrize(
    ("said", "number", "named"),
    [
        ('Async write failed: {"exception_message":"Could not write file \\"/a/.v.part\\": No space left on device"}',
         errno.ENOSPC, True),
        ('Cannot open file "/a/out/.v.part": Permission denied', errno.EACCES, True),
        ('No files found that match the pattern "/b/figures/a.parquet"', errno.EIO, False),
        ('Cannot open file "/b/figures/a.parquet": No such file or directory', errno.ENOENT, False),
    ],
)  # fmt: skip
def test_what_is_read_is_told_from_what_is_written(said: str, number: int, named: bool) -> None:
    with pytest.raises(OSError, match=r"\w") as caught, disk_trouble(Path("/a/out")):
        raise duckdb.IOException(said)
    assert (caught.value.errno, caught.value.filename) == (number, "/a/out" if named else None)
    # What was written is named as it was asked for, and not by the name of a part.
    assert (".part" in str(caught.value)) is False
