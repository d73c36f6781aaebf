"""Who may read and write what the program leaves: what the user's mask says, what the file before it said."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.bulkdesk import rows_of, write_parquet

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")

_FILE = "submissions/2025Q2/education.yaml"

#: A file of every kind of writing: text, bytes, and what DuckDB writes.
FILES = {
    "out.json": ("check", _FILE, "--fail-on", "never", "--format", "json"),
    "out.parquet": ("check", _FILE, "--fail-on", "never", "--format", "parquet"),
    "out.docx": ("circular", _FILE),
    "page.html": ("report", _FILE),
}
FOLDERS = {
    "forms": ("form", "2025Q2", "--org", "市教育局"),
    "notices": ("notices", "2025Q2"),
    "newbook": ("draft", "examples/new-city/plan.txt"),
}


def run(repo: Path, arguments: Sequence[str], path: Path, umask: int, cache: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "from cli import main; main()", *arguments, "-o", str(path)],
        cwd=repo, env={**os.environ, "PYTHONPATH": str(repo), "XDG_CACHE_HOME": str(cache)}, umask=umask,
        capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode in (0, 1), ran.stderr.decode()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.mark.parametrize("umask", [0o022, 0o077])
@pytest.mark.parametrize("name", FILES)
def test_a_new_file_has_the_rights_that_the_mask_leaves(repo: Path, tmp_path: Path, name: str, umask: int) -> None:
    out = tmp_path / "out" / name
    out.parent.mkdir()
    run(repo, FILES[name], out, umask, tmp_path / "cache")
    assert {path.name: mode(path) for path in out.parent.iterdir()} == {name: 0o666 & ~umask}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_new_folder_has_the_rights_that_the_mask_leaves(repo: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out" / name
    out.parent.mkdir()
    run(repo, FOLDERS[name], out, 0o027, tmp_path / "cache")
    made = [out, *out.rglob("*")]
    assert len(made) > 1
    assert {mode(path) for path in made if path.is_dir()} == {0o750}
    assert {mode(path) for path in made if path.is_file()} == {0o640}


def test_a_bulk_check_leaves_the_rights_that_the_mask_leaves(repo: Path, tmp_path: Path) -> None:
    figures, out = tmp_path / "2025Q2" / "figures.parquet", tmp_path / "verdicts"
    write_parquet(figures, rows_of(repo / "submissions/2025Q2")[:40])
    run(repo, ("check", str(figures), "--format", "parquet", "--fail-on", "never"), out, 0o027, tmp_path / "cache")
    made = [out, *out.rglob("*")]
    assert {mode(path) for path in made if path.is_dir()} == {0o750}
    assert {mode(path) for path in made if path.is_file()} == {0o640}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_there_keeps_its_rights_and_the_link_to_it_stays(repo: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out" / name
    (tmp_path / "kept").mkdir()
    out.parent.mkdir()
    kept = tmp_path / "kept" / "real"
    kept.write_bytes(b"before\n")
    kept.chmod(0o604)
    out.symlink_to(kept)
    run(repo, FILES[name], out, 0o022, tmp_path / "cache")
    assert out.is_symlink()
    assert (mode(kept), kept.read_bytes() != b"before\n") == (0o604, True)
    assert [path.name for folder in ("out", "kept") for path in (tmp_path / folder).iterdir()] == [name, "real"]


@pytest.mark.skipif(shutil.which("cat") is None, reason="cat is not here")
@pytest.mark.parametrize("name", FILES)
def test_a_pipe_is_written_to_and_stays_one(repo: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out" / name
    out.parent.mkdir()
    os.mkfifo(out)
    said = tmp_path / "said"
    with said.open("wb") as stream, subprocess.Popen(["cat", out], stdout=stream) as reader:
        try:
            run(repo, FILES[name], out, 0o022, tmp_path / "cache")
            assert reader.wait(30) == 0
        finally:
            # Somebody to whom nothing was written would wait for ever.
            reader.kill()
    assert out.is_fifo()
    assert said.stat().st_size
    assert [path.name for path in out.parent.iterdir()] == [name]


def test_what_is_kept_between_runs_is_private(repo: Path, tmp_path: Path) -> None:
    run(repo, FILES["out.json"], tmp_path / "out.json", 0o000, tmp_path / "cache")
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert kept
    assert {mode(path) for path in kept} == {0o600}
    assert {mode(path.parent) for path in kept} == {0o700}
