"""A kept book never changes an answer: whatever is wrong with it, the book is bound from its files."""

import hashlib
import os
import pickle
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.model.target import Kind
from engine.pipeline import open_book
from engine.rules import cache as cache_module
from engine.rules.book import bind_book
from engine.rules.cache import Bound, KeptBooks
from engine.rules.read import BookFiles, read_book_files


@pytest.fixture
def home(repo: Path, tmp_path: Path) -> Path:
    """A book of its own that can be changed, with worked cases, waivers and amendments."""
    home = tmp_path / "book"
    shutil.copytree(repo / "tests" / "books" / "dated", home)
    return home


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "biaochi"


def bind(files: BookFiles, with_cases: bool = False) -> Bound:
    book, found = bind_book(files, with_cases)
    assert book is not None
    return book, found


def keep(home: Path, cache: Path) -> tuple[BookFiles, Bound, Path]:
    """Keep the book; its files, the bound book, and the file in which it is kept."""
    files = read_book_files(home, [])
    bound = bind(files)
    KeptBooks(cache).keep(files, False, bound)
    (path,) = cache.iterdir()
    return files, bound, path


@pytest.mark.parametrize("with_cases", [False, True])
@pytest.mark.parametrize("place", [".", "tests/books/dated", "examples/xianning-2021"])
def test_a_kept_book_is_the_bound_book(repo: Path, cache: Path, place: str, with_cases: bool) -> None:
    files = read_book_files(repo / place, [])
    bound = bind(files, with_cases)
    kept = KeptBooks(cache)
    assert kept.find(files, with_cases) is None
    kept.keep(files, with_cases, bound)
    assert kept.find(files, with_cases) == bound
    assert kept.find(files, not with_cases) is None


def test_words_are_kept_whatever_the_python_makes_of_them(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Early releases of Python 3.11 name a member of an enumeration by a call of getattr, which nothing may read.
    def as_they_did(word: Kind, protocol: int) -> tuple[object, ...]:
        return getattr, (type(word), word.name)

    monkeypatch.setattr(Kind, "__reduce_ex__", as_they_did)
    files, bound, _ = keep(home, cache)
    assert KeptBooks(cache).find(files, False) == bound


def test_the_order_of_what_is_kept_stays(repo: Path, cache: Path) -> None:
    files = read_book_files(repo, [])
    book, found = bind(files)
    KeptBooks(cache).keep(files, False, (book, found))
    again = KeptBooks(cache).find(files, False)
    assert again is not None
    for name in ("organizations", "groups", "indicators", "allocations", "words"):
        assert list(getattr(again[0], name).items()) == list(getattr(book, name).items())


def test_what_was_found_while_binding_is_kept(home: Path, cache: Path) -> None:
    rule = next((home / "rules").glob("*.yaml"))
    rule.write_text(rule.read_text(encoding="utf-8").replace("comparator: ", "comparator: not_"), encoding="utf-8")
    said = []
    for folder in (None, cache, cache):
        found: list[Diagnostic] = []
        open_book(home, found, cache=folder)
        said.append(found)
    assert said[0]
    assert said[1:] == [said[0], said[0]]


def test_units_that_cannot_be_used_are_said_again(home: Path, cache: Path) -> None:
    (home / "units.txt").write_text("畝 = \n", encoding="utf-8")
    said = []
    for folder in (None, cache, cache):
        found: list[Diagnostic] = []
        open_book(home, found, cache=folder)
        said.append(found)
    assert "units-broken" in [finding.code for finding in said[0]]
    assert said[1:] == [said[0], said[0]]


def test_a_book_without_a_plan_is_not_kept(tmp_path: Path, cache: Path) -> None:
    for _ in range(2):
        found: list[Diagnostic] = []
        assert open_book(tmp_path, found, cache=cache) is None
        assert [finding.code for finding in found] == ["file-missing", "file-missing"]
    assert not cache.exists()


def changed_byte(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def spoilt(content: bytes) -> Iterator[bytes]:
    """The file cut off and changed at many places, and other files in its place."""
    for part in range(20):
        yield content[: len(content) * part // 20]
        yield changed_byte(content, (len(content) - 1) * part // 19)
    yield content + b"\0"
    yield b"biaochi book 0\n" + content[15:]
    yield pickle.dumps("a book")


def test_a_spoilt_file_is_ignored_and_written_anew(home: Path, cache: Path) -> None:
    files, bound, path = keep(home, cache)
    whole = path.read_bytes()
    for content in spoilt(whole):
        path.write_bytes(content)
        assert KeptBooks(cache).find(files, False) is None
        assert open_book(home, [], cache=cache) == bound[0]
        assert KeptBooks(cache).find(files, False) == bound
        assert path.read_bytes() == whole


def sealed(path: Path, payload: bytes) -> None:
    """Put something else into a kept file, with the digest that fits it."""
    key = path.read_bytes()[15:47]
    path.write_bytes(b"biaochi book 1\n" + key + hashlib.sha256(key + payload).digest() + payload)


class Runs:
    """Its pickle would run a command."""

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("touch ran",)


@pytest.mark.parametrize("other", [Runs(), "a book", ("a", "b"), (None, []), Source("x")], ids=repr)
def test_nothing_but_a_book_is_made_from_a_file(
    home: Path, cache: Path, other: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files, _, path = keep(home, cache)
    sealed(path, pickle.dumps(other))
    assert KeptBooks(cache).find(files, False) is None
    assert not (tmp_path / "ran").exists()


def test_a_file_of_one_book_is_no_other(home: Path, cache: Path) -> None:
    files, _, path = keep(home, cache)
    (home / "policy.yaml").write_text("{}\n", encoding="utf-8")
    other = read_book_files(home, [])
    assert KeptBooks(cache).find(other, False) is None
    # Even under the other's name.
    KeptBooks(cache).keep(other, False, bind(other))
    (kept,) = [each for each in cache.iterdir() if each != path]
    shutil.copy(path, kept)
    assert KeptBooks(cache).find(other, False) is None
    assert KeptBooks(cache).find(files, False) is not None


def test_a_changed_file_of_the_book_is_bound_anew(home: Path, cache: Path) -> None:
    before = open_book(home, [], cache=cache)
    path = home / "targets.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    after = open_book(home, [], cache=cache)
    assert before is not None
    assert after is not None
    assert before.digest != after.digest
    assert after == open_book(home, [])


def test_another_version_of_the_program_binds_anew(home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, bound, _ = keep(home, cache)
    assert KeptBooks(cache).find(files, False) == bound
    monkeypatch.setattr(cache_module, "__version__", "0.0.0")
    assert KeptBooks(cache).find(files, False) is None


def test_a_changed_module_of_the_program_binds_anew(repo: Path, home: Path, cache: Path, tmp_path: Path) -> None:
    before = list(cache_module._program(cache_module._BINDING))
    assert any(line.startswith(str(repo / "engine" / "rules" / "book.py")) for line in before)
    assert any(line.startswith(str(repo / "engine" / "model" / "rule.py")) for line in before)
    assert any("yaml" in line for line in before)
    # Of each file the time and the size count, as they do for compiled modules.
    status = (repo / "engine" / "rules" / "book.py").stat()
    assert f"{repo / 'engine' / 'rules' / 'book.py'} {status.st_size} {status.st_mtime_ns}" in before


def test_what_is_kept_is_private(home: Path, cache: Path) -> None:
    _, _, path = keep(home, cache)
    assert (stat.S_IMODE(cache.stat().st_mode), stat.S_IMODE(path.stat().st_mode)) == (0o700, 0o600)


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_is_not_read(home: Path, cache: Path, mode: int) -> None:
    files, _, path = keep(home, cache)
    path.chmod(mode)
    assert KeptBooks(cache).find(files, False) is None


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_can_write_is_not_used(home: Path, cache: Path, mode: int) -> None:
    files, bound, path = keep(home, cache)
    cache.chmod(mode)
    assert KeptBooks(cache).find(files, False) is None
    path.unlink()
    KeptBooks(cache).keep(files, False, bound)
    assert list(cache.iterdir()) == []


def test_what_belongs_to_another_user_is_not_read(home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, bound, path = keep(home, cache)
    owner = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    assert KeptBooks(cache).find(files, False) is None
    path.unlink()
    KeptBooks(cache).keep(files, False, bound)
    assert list(cache.iterdir()) == []


def test_no_link_and_no_pipe_is_read(home: Path, cache: Path, tmp_path: Path) -> None:
    files, bound, path = keep(home, cache)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert KeptBooks(cache).find(files, False) is None
    path.unlink()
    os.mkfifo(path, 0o600)
    assert KeptBooks(cache).find(files, False) is None
    path.unlink()
    path.mkdir()
    assert KeptBooks(cache).find(files, False) is None
    KeptBooks(cache).keep(files, False, bound)
    assert [each.name for each in cache.iterdir()] == [path.name]


def test_where_nothing_can_be_written_nothing_is_kept(home: Path, cache: Path, tmp_path: Path) -> None:
    expected = open_book(home, [])
    cache.parent.mkdir()
    cache.write_text("a file", encoding="utf-8")
    assert open_book(home, [], cache=cache) == expected
    assert open_book(home, [], cache=cache / "below") == expected
    assert cache.read_text(encoding="utf-8") == "a file"


def test_a_full_disk_leaves_nothing_behind(home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = open_book(home, [])

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert open_book(home, [], cache=cache) == expected
    assert list(cache.iterdir()) == []


def test_few_books_are_kept(home: Path, cache: Path) -> None:
    kept = KeptBooks(cache)
    bound = bind(read_book_files(home, []))
    for place in range(7):
        files = BookFiles(home, {}, f"sha256:{place}")
        kept.keep(files, False, bound)
        os.utime(kept._path(files, cache_module._key(files, False)), ns=(place, place))
    assert len(list(cache.iterdir())) == 4
    last = [kept.find(BookFiles(home, {}, f"sha256:{place}"), False) is not None for place in range(7)]
    # The first three went; the time of the seventh was set after room was made.
    assert last == [False, False, False, True, True, True, True]


def test_few_files_are_kept_of_all_books(home: Path, cache: Path) -> None:
    kept = KeptBooks(cache)
    bound = bind(read_book_files(home, []))
    for place in range(30):
        kept.keep(BookFiles(home / str(place), {}, "sha256:1"), False, bound)
        (cache / f"left{place}.part").touch()
    assert len(list(cache.iterdir())) <= 25
    (cache / "notes.txt").touch()
    kept.keep(BookFiles(home, {}, "sha256:1"), False, bound)
    assert (cache / "notes.txt").exists()
