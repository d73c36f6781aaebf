"""`check` on a made-up book of N rules, the first time and the second time.

`python benchmarks/manyrules.py [RULES]` (5 000 unless told) writes the book with one period folder into a temporary
folder, checks it in processes of its own with an empty cache folder, and prints the seconds of the first run, of the
second one, which finds the bound book kept, and of one with `--no-cache`. All say the same, to the byte. The numbers
of the book and of its submissions are made up; each file says so.
"""

import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.validate import COUNTIES, PER_CLAUSE, SHAPES, write_book  # noqa: E402

CHECK = "from cli import check_main; check_main()"
MADE_UP = "# Made up for a benchmark: illustrative, nobody reported it.\n"
#: A few bodies report a few figures each; for everything else the figure is missing, as early in a quarter.
REPORTED = 40


def write_submissions(folder: Path, rules: int) -> None:
    """The department's figures of the first clauses, and those of two counties."""
    clauses = range(1, min(rules // PER_CLAUSE, REPORTED) + 1)
    whole = [
        f"  i-{clause}-{place}: {clause + place} {unit}\n"
        for clause in clauses
        for place, (_, _, unit) in enumerate(SHAPES[:-1])
        if place != 7
    ]
    _submission(folder / "department.yaml", "示例局", whole)
    for county in range(min(2, COUNTIES)):
        own = [f"  i-{clause}-4: {clause % 12} %\n  i-{clause}-7: {clause} 畝\n" for clause in clauses]
        _submission(folder / f"county-{county}.yaml", f"示例縣{county}", own)


def _submission(path: Path, body: str, figures: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f"{MADE_UP}organization: {body}\nperiod: 2025Q2\nfigures:\n{''.join(figures)}"
    path.write_text(text, encoding="utf-8")


def timed(folder: Path, cache: Path, *options: str) -> tuple[float, str]:
    """Seconds of the whole process, and a digest of what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache)}
    # Modules are compiled once, as in every installation.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", CHECK, "submissions/2025Q2/", "--fail-on", "never", *options]
    start = time.perf_counter()
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    seconds = time.perf_counter() - start
    if ran.returncode not in (0, 1):
        raise SystemExit((ran.stdout + ran.stderr).decode()[-2000:])
    return seconds, hashlib.sha256(ran.stdout + ran.stderr).hexdigest()


def main(rules: int, runs: int = 5) -> None:
    """Measure each kind of run several times, print the medians, and refuse other bytes."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "book"
        write_book(home, rules)
        write_submissions(home / "submissions" / "2025Q2", rules)
        timed(home, Path(name) / "warm-up")
        first = [timed(home, Path(name) / f"cache-{run}") for run in range(runs)]
        second = [timed(home, Path(name) / f"cache-{run}") for run in range(runs)]
        without = [timed(home, Path(name) / "none", "--no-cache") for _ in range(runs)]
    if len({digest for _, digest in first + second + without}) != 1:
        raise SystemExit("the runs differ in what they print")
    for label, measured in (("the first time", first), ("the second time", second), ("with --no-cache", without)):
        seconds = [each for each, _ in measured]
        limit = {"the first time": " (at most 4 for 5000)", "the second time": " (at most 1 for 5000)"}.get(label, "")
        print(f"check, {rules} rules, {label:<16} {statistics.median(seconds):.2f} s{limit}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
