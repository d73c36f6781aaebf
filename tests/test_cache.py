"""The kept book and the command: not one byte of any output depends on what the cache folder holds."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, RunCli

COMMANDS = (
    ("check", "submissions/2025Q2", "--format", "json"),
    ("check", "submissions/2025Q2", "--lang", "zh-Hant"),
    ("obligations", "2025Q2", "--format", "json"),
    ("targets",),
    ("test",),
    ("validate", "--format", "json"),
)


@pytest.fixture
def book(repo: Path, tmp_path: Path) -> Path:
    """A book of its own, with submissions, worked cases and findings."""
    home = tmp_path / "book"
    shutil.copytree(repo / "tests" / "books" / "dated", home)
    rule = min((home / "rules").glob("*.yaml"))
    rule.write_text(rule.read_text(encoding="utf-8") + "surplus: 1\n", encoding="utf-8")
    return home


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _cut(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:-100])


def _change(folder: Path) -> None:
    chance = random.Random(6)
    for path in folder.iterdir():
        content = bytearray(path.read_bytes())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)


def _exchange(folder: Path) -> None:
    """Every book under the name of another: a file that is stale, or of another book."""
    paths = sorted(folder.iterdir())
    contents = [path.read_bytes() for path in paths]
    for path, content in zip(paths, contents[1:] + contents[:1], strict=True):
        path.write_bytes(content)


def _open_to_all(folder: Path) -> None:
    folder.chmod(0o777)


def _writable(folder: Path) -> None:
    for path in folder.iterdir():
        path.chmod(0o666)


def _file(folder: Path) -> None:
    _remove(folder)
    folder.write_text("a file", encoding="utf-8")


def _keep(folder: Path) -> None:
    """Leave everything as it is."""


SPOILS: tuple[Callable[[Path], None], ...] = (
    _keep, _remove, _cut, _change, _exchange, _open_to_all, _writable, _file
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command))
def test_no_byte_depends_on_the_cache(run_cli: RunCli, book: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    home = tmp_path / "home"
    env = {"XDG_CACHE_HOME": str(home)}

    def run(*options: str) -> Ran:
        return run_cli(*command, *options, cwd=book, env=env)

    expected = run("--no-cache")
    assert not home.exists()
    for spoil in SPOILS:
        # With and without cases, so that there is a file to be taken for the other.
        run_cli("obligations", "2025Q2", cwd=book, env=env)
        run_cli("test", cwd=book, env=env)
        assert run() == expected
        spoil(home / "biaochi")
        assert run() == expected, spoil.__name__
        assert run() == expected, spoil.__name__
        if (home / "biaochi").is_file():
            (home / "biaochi").unlink()
        _remove(home / "biaochi")


def test_a_changed_rule_is_judged_by_at_once(run_cli: RunCli, book: Path, tmp_path: Path) -> None:
    """Every file of the book in turn, each changed so that its time and its length stay the same."""
    env = {"XDG_CACHE_HOME": str(tmp_path / "home")}
    args = ("check", "submissions/2025Q2", "--format", "json")
    for path in sorted(book.rglob("*.yaml")):
        if "submissions" in path.parts:
            continue
        run_cli(*args, cwd=book, env=env)
        status, text = path.stat(), path.read_text(encoding="utf-8")
        for old, new in (("1", "2"), ("5", "6"), ("市", "縣")):
            path.write_text(text.replace(old, new), encoding="utf-8")
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
            assert run_cli(*args, cwd=book, env=env) == run_cli(*args, "--no-cache", cwd=book, env=env)
        path.write_text(text, encoding="utf-8")


def test_the_folder_of_the_cache(run_cli: RunCli, book: Path, tmp_path: Path) -> None:
    run_cli("targets", cwd=book, env={"XDG_CACHE_HOME": str(tmp_path / "stated")})
    assert [path.suffix for path in (tmp_path / "stated" / "biaochi").iterdir()] == [".book"]
    # A relative path is as good as none.
    run_cli("targets", cwd=book, env={"XDG_CACHE_HOME": "relative", "HOME": str(tmp_path / "user")})
    assert [path.suffix for path in (tmp_path / "user" / ".cache" / "biaochi").iterdir()] == [".book"]
    assert not (book / "relative").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_cannot_be_written_is_left_alone(run_cli: RunCli, book: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    env = {"XDG_CACHE_HOME": str(home)}
    assert run_cli("targets", cwd=book, env=env) == run_cli("targets", "--no-cache", cwd=book, env=env)
    assert list(home.iterdir()) == []


def test_processes_at_once_say_the_same(repo: Path, book: Path, tmp_path: Path) -> None:
    script = "from cli import main; main()"
    command = [sys.executable, "-c", script, "check", "submissions/2025Q2", "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(repo), "XDG_CACHE_HOME": str(tmp_path / "home"), "LC_ALL": "C.UTF-8"}
    alone = subprocess.run([*command, "--no-cache"], cwd=book, env=environment, capture_output=True, check=False)
    for _ in range(2):
        running = [
            subprocess.Popen(command, cwd=book, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(4)
        ]
        assert [process.communicate() for process in running] == [(alone.stdout, alone.stderr)] * 4
        assert {process.returncode for process in running} == {alone.returncode}
        assert [path.suffix for path in (tmp_path / "home" / "biaochi").iterdir()] == [".book"]
