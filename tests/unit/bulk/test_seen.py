from pathlib import Path

import pytest

from engine.bulk.inventory import Inventory, take_inventory
from engine.bulk.read import digest_file
from engine.bulk.seen import Seen
from engine.bulk.store import open_store
from engine.model.diagnostic import Diagnostic
from engine.submissions.read import SubmittedFile, find_files
from tests.bulkdesk import COLUMNS, write_parquet
from tests.unit.bulk.desk import PLAIN


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def files(folder: Path) -> list[SubmittedFile]:
    return list(find_files([folder], []).files)


def look(folder: Path, cache: Path | None) -> Inventory:
    found: list[Diagnostic] = []
    with open_store(None) as connection:
        inventory = take_inventory(connection, files(folder), found, cache)
    assert not found
    return inventory


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_parquet(tmp_path / "in" / "one.parquet", PLAIN[:1], COLUMNS[:5], "DECIMAL(18,4)")
    write_parquet(tmp_path / "in" / "two.parquet", PLAIN[1:], COLUMNS[:5], "DECIMAL(18,4)")
    return tmp_path / "in"


def test_what_was_seen_before_is_the_same(home: Path, cache: Path) -> None:
    assert look(home, None) == look(home, cache) == look(home, cache)


def test_only_what_changed_is_looked_at(home: Path, cache: Path) -> None:
    look(home, cache)
    write_parquet(home / "two.parquet", [PLAIN[1], PLAIN[1]], COLUMNS[:5], "DECIMAL(18,4)")
    with open_store(None) as connection:
        known = Seen(connection, cache, files(home)).known
    assert look(home, cache) == look(home, None)
    assert len(known & set(look(home, cache).digests)) == 1


def test_the_same_content_twice_counts_twice(tmp_path: Path, cache: Path) -> None:
    for name in ("one", "two"):
        write_parquet(tmp_path / "in" / f"{name}.parquet", PLAIN, COLUMNS[:5], "DECIMAL(18,4)")
    assert look(tmp_path / "in", cache).rows == 2 * len(PLAIN)
    assert look(tmp_path / "in", cache) == look(tmp_path / "in", None)


def test_what_is_gone_is_forgotten(home: Path, cache: Path) -> None:
    look(home, cache)
    (home / "one.parquet").unlink()
    write_parquet(home / "three.parquet", PLAIN[:2], COLUMNS[:5], "DECIMAL(18,4)")
    look(home, cache)
    with open_store(None) as connection:
        seen = Seen(connection, cache, files(home))
        counted = connection.execute("SELECT count(DISTINCT digest) FROM seen_bodies").fetchone()
    assert (len(seen.known), len(seen.kinds), counted) == (2, 2, (2,))


def test_nothing_is_kept_of_a_file_that_was_exchanged_meanwhile(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Digested, exchanged, counted: what was counted is not what the digest speaks of."""
    asked: list[str] = []

    def exchanged(file: SubmittedFile) -> str:
        asked.append(file.name)
        again = file.path.name == "two.parquet" and asked.count(file.name) > 1
        return "another" if again else digest_file(file)

    monkeypatch.setattr("engine.bulk.inventory.digest_file", exchanged)
    look(home, cache)
    monkeypatch.undo()
    (one,) = (digest for digest in look(home, None).digests if digest == digest_file(files(home)[0]))
    with open_store(None) as connection:
        assert Seen(connection, cache, files(home)).known == {one}
        rows = connection.execute("SELECT DISTINCT digest FROM seen_bodies").fetchall()
    assert rows == [(one,)]


def test_what_is_spoilt_is_looked_at_again(home: Path, cache: Path) -> None:
    before = look(home, cache)
    for path in cache.iterdir():
        path.write_bytes(path.read_bytes()[:-3])
    with open_store(None) as connection:
        assert not Seen(connection, cache, files(home)).known
    assert look(home, cache) == before
