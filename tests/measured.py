"""Runs `biaochi` many times, each time in a process of its own, and measures what it cost.

Every process is forked from one that has loaded the program, so that a hundred of them cost what the checks cost; with
`fresh` it is started anew, as an office starts it. Processor time and memory are those that the kernel counted for the
process alone: they do not depend on what else the machine does.
"""

import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic

ROOT = Path(__file__).resolve().parent.parent

#: What every broken submission has to keep to. Units: seconds of processor time, bytes.
MOST_SECONDS, MOST_MEMORY = 2.0, 300_000_000

#: Where a process is stopped, so that a fault costs a test and not the machine.
_STOP_SECONDS, _STOP_MEMORY = 20, 2_000_000_000

_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Command:
    """A command by name: its arguments, and whether it is started anew."""

    name: str
    arguments: list[str]
    cwd: str = str(ROOT)
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What a process left behind. `exit_code` is negative where it was stopped by a signal."""

    exit_code: int
    stdout: str
    stderr: str
    seconds: float
    memory: int

    def within_limits(self) -> bool:
        """Whether it kept to two seconds and 300 MB."""
        return self.seconds <= MOST_SECONDS and self.memory <= MOST_MEMORY


def run_all(commands: Sequence[Command], folder: Path) -> dict[str, Measured]:
    """What became of each command, by its name; `folder` takes their outputs."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = json.dumps([asdict(command) for command in commands])
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "COLUMNS": "120", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.measured", str(folder)],
        input=asked, capture_output=True, text=True, check=True, cwd=ROOT, env=environment,
    )  # fmt: skip
    costs = json.loads(ran.stdout)
    return {
        command.name: Measured(
            stdout=(folder / f"{at}.out").read_text(encoding="utf-8", errors="surrogateescape"),
            stderr=(folder / f"{at}.err").read_text(encoding="utf-8", errors="surrogateescape"),
            **costs[at],
        )
        for at, command in enumerate(commands)
    }


def _start(command: Command, folder: Path, at: int) -> int:
    child = os.fork()
    if child:
        return child
    try:
        for descriptor, ending in ((1, "out"), (2, "err")):
            os.dup2(os.open(folder / f"{at}.{ending}", os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o644), descriptor)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(command.cwd)
        resource.setrlimit(resource.RLIMIT_CPU, (_STOP_SECONDS, _STOP_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (_STOP_MEMORY, _STOP_MEMORY))
        if command.fresh:
            os.execv(sys.executable, [sys.executable, "-m", "cli", *command.arguments])
        _run(command.arguments)
    finally:
        os._exit(99)


def _run(arguments: list[str]) -> None:
    from cli import main

    sys.argv = ["biaochi", *arguments]
    code = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _load() -> None:
    """Load what every check loads, and the book: they are measured by other tests."""
    import cli
    from engine import pipeline

    # A check of sound figures, so that nothing is loaded for the first time while it is measured.
    with redirect_stdout(io.StringIO()), suppress(SystemExit):
        cli.cli.main(["check", str(ROOT / "submissions"), "--book", str(ROOT), "--format", "json"])
    book = pipeline.open_book(ROOT, [])

    def opened(
        folder: Path,
        found: list[Diagnostic],
        with_cases: bool = False,
        cache: Path | None = None,
        as_of: date | None = None,
    ) -> Book | None:
        return book

    pipeline.open_book = opened


def _main() -> None:
    folder = Path(sys.argv[1])
    commands = [Command(**each) for each in json.load(sys.stdin)]
    _load()

    running: dict[int, int] = {}
    costs: list[dict[str, float]] = [{} for _ in commands]
    waiting = list(enumerate(commands))[::-1]
    while waiting or running:
        while waiting and len(running) < _AT_ONCE:
            at, command = waiting.pop()
            running[_start(command, folder, at)] = at
        child, status, used = os.wait4(-1, 0)
        costs[running.pop(child)] = {
            "exit_code": os.waitstatus_to_exitcode(status),
            "seconds": used.ru_utime + used.ru_stime,
            "memory": used.ru_maxrss * 1024,
        }
    json.dump(costs, sys.stdout)


if __name__ == "__main__":
    _main()
