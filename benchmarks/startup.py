"""Start-up: `check submissions/2025Q2/` against the imports it cannot do without, in paired runs.

The book was checked before, so its bound form is kept in a cache folder, which is made for this benchmark.
`python benchmarks/startup.py [RUNS]` prints the median wall time of both and the median of the pairs' ratios.
Ratios within one run hold while the machine's speed drifts; single times do not.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECK = [sys.executable, "-c", "from cli import check_main; check_main()", "submissions/2025Q2/"]
FLOOR = [sys.executable, "-c", "import click, yaml, duckdb"]


def wall_time(command: list[str], cache: str) -> float:
    """Seconds of the whole process; the check's own exit code is 1, since the sample holds failures."""
    environment = {**os.environ, "XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache}
    # Modules are compiled once, as in every installation.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return time.perf_counter() - start


def main(runs: int) -> None:
    """Measure pairs, one warm-up pair first, which leaves the bound book behind, and print the table."""
    with tempfile.TemporaryDirectory() as cache:
        pairs = [(wall_time(CHECK, cache), wall_time(FLOOR, cache)) for _ in range(runs + 1)][1:]
    checks, floors = zip(*pairs, strict=True)
    ratios = [check / floor for check, floor in pairs]
    print(f"check submissions/2025Q2/   {statistics.median(checks):.3f} s (median of {runs})")
    print(f"import click, yaml, duckdb  {statistics.median(floors):.3f} s (median of {runs})")
    print(f"ratio of the medians        {statistics.median(checks) / statistics.median(floors):.2f} (at most 2.00)")
    print(f"ratio of the pairs          {statistics.median(ratios):.2f}, {min(ratios):.2f} to {max(ratios):.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
