"""A power cut, a full or broken disk at each call that changes a file: the old file or the new one, never a part.

`BIAOCHI_FAULTS=all` (`make faults`) tries every call of every kind of output; otherwise each seventh of a few kinds.
"""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WHOLE = os.environ.get("BIAOCHI_FAULTS") == "all"
REASONS = {"power-cut": 0, "full-disk": errno.ENOSPC, "broken-disk": errno.EIO}
SUBMISSION = "submissions/2025Q2/education.yaml"
OLD = b"what stood there before\n"

#: Every kind of output: the arguments before `-o`, and the name of the file or folder.
CHECKS = {
    f"check-{form}": (("check", SUBMISSION, "--format", form, "--fail-on", "never"), f"out.{form}")
    for form in ("table", "json", "csv", "markdown", "sarif", "junit", "github", "parquet")
}
OTHERS = {
    **{f"circular-{kind}": (("circular", SUBMISSION), f"out.{kind}") for kind in ("docx", "html", "md", "xlsx")},
    "report": (("report", SUBMISSION), "out.html"),
    **{
        f"form-{kind}": (("form", "2025Q2", "--org", "市教育局", "--format", kind), "forms")
        for kind in ("xlsx", "yaml", "csv")
    },
    "notices": (("notices", "2025Q2"), "notices"),
    "draft": (("draft", "examples/new-city/plan.txt"), "book"),
    "schema": (("schema", "rule-file"), "rule-file.json"),
    "bulk": (("check", "BULK", "--format", "parquet", "--fail-on", "never"), "verdicts"),
}
KINDS = {**CHECKS, **OTHERS}
SHORT = ("check-json", "check-parquet", "form-csv", "schema")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to: exit code, negative for a signal; the calls that changed files; what it said."""

    code: int
    calls: tuple[str, ...]
    said: str


class Program:
    """The program, loaded once, and run in a fork of that process for each fault."""

    def __init__(self, folder: Path) -> None:
        """Compile what stands between the program and the C library, and load the program."""
        shim = folder / "shim.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, ROOT / "tests/faults/shim.c", "-ldl"], check=True)
        self.place = folder / "place"
        self.log, self.out, self.err = (folder / name for name in ("log", "out", "err"))
        environment = {
            **os.environ, "LD_PRELOAD": str(shim), "BIAOCHI_FAULT_DIR": f"{self.place}/", "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": str(folder / "cache"), "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, ROOT / "tests/faults/server.py"],
            cwd=ROOT, env=environment, text=True, encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def run(self, arguments: Sequence[str], chosen: int = 0, error: int = 0) -> Ran:
        """Run once, interrupted at the chosen call, or not at all."""
        assert self._process.stdin
        assert self._process.stdout
        job = [list(arguments), chosen, error, *map(str, (self.log, self.out, self.err))]
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        calls = self.log.read_text(encoding="utf-8").split()
        return Ran(code, tuple(calls), self.out.read_text(encoding="utf-8") + self.err.read_text(encoding="utf-8"))

    def close(self) -> None:
        """Let it go."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    if sys.platform != "linux" or shutil.which("cc") is None:
        pytest.skip("a C compiler (cc) on Linux is needed to stand between the program and the C library")
    made = Program(tmp_path_factory.mktemp("faults"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def bulk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.bulkdesk import rows_of, write_parquet

    path = tmp_path_factory.mktemp("bulk") / "2025Q2" / "figures.parquet"
    write_parquet(path, rows_of(ROOT / "submissions/2025Q2")[:40])
    return path


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _lay(program: Program, name: str) -> None:
    """An old file, where a file is written; nothing, where a folder is."""
    shutil.rmtree(program.place, ignore_errors=True)
    program.place.mkdir()
    if "." in name:
        (program.place / name).write_bytes(OLD)


@pytest.mark.parametrize("kind", KINDS if WHOLE else SHORT)
def test_an_output_is_the_old_one_or_the_new_one(program: Program, bulk: Path, kind: str) -> None:
    head, name = KINDS[kind]
    arguments = [str(bulk) if word == "BULK" else word for word in head] + ["-o", str(program.place / name)]
    _lay(program, name)
    clean = program.run(arguments)
    assert clean.code in (0, 1, 3), clean.said
    assert clean.calls, "no call was seen: the shim does not stand in between"
    new = _tree(program.place)
    assert not [path for path in new if path.endswith(".part")]
    old = {name: OLD} if "." in name else {}
    for reason, error in REASONS.items():
        for chosen in range(1, len(clean.calls) + 1, 1 if WHOLE else 7):
            where = f"{kind}: {reason} at call {chosen} of {len(clean.calls)}, {clean.calls[chosen - 1]}"
            _lay(program, name)
            ran = program.run(arguments, chosen, error)
            _judge(ran, clean, error, _tree(program.place), old, new, kind == "bulk", where)
            if error:
                continue
            again = program.run(arguments)
            if again.code == 2 and _tree(program.place) == new:
                continue  # A folder that is whole is not written over.
            assert (again.code, _tree(program.place)) == (clean.code, new), f"{where}, and then once more: {again.said}"


def _judge(
    ran: Ran,
    clean: Ran,
    error: int,
    there: dict[str, bytes],
    old: dict[str, bytes],
    new: dict[str, bytes],
    bulk: bool,
    where: str,
) -> None:
    """After an interruption nothing is half there, and the program has said so in one sentence."""
    if error:
        assert ran.code in (2, 3, clean.code), f"{where}: {ran.code} {ran.said}"
        assert "Traceback" not in ran.said, where
        assert ran.code == clean.code or "cannot be" in ran.said, f"{where}: {ran.said}"
    else:
        assert ran.code == -9, where
    if bulk:
        finished = {path: content for path, content in there.items() if not _is_unfinished(path)}
        assert all(new.get(path) == content for path, content in finished.items()), where
        assert "result.json" not in "".join(finished) or there == new, where
        return
    if error == 0:
        there = {path: content for path, content in there.items() if not _is_unfinished(path)}
    assert there in (old, new), f"{where}: {sorted(there)}"
    assert not error or ran.code != clean.code or there == new, f"{where}: it says that it was written"


def _is_unfinished(path: str) -> bool:
    return any(part.endswith(".part") or part == ".spill" for part in path.split("/"))
