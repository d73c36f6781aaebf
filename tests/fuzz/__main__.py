"""Fuzz all readers and print what came of it; the exit code is 1 where a promise was broken."""

import argparse
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.fuzz.targets import TARGETS, Target

ROOT = Path(__file__).resolve().parents[2]
RUNS = 1_000_000

#: Blocks of memory that may be added for each input after the caches have filled: one of twenty inputs leaves one.
GROWTH = 0.05
#: What a short run may add: caches that still fill.
SLACK = 60_000

_HEAD: tuple[str, ...] = ("target", "inputs", "per second", "edges", "blocks of memory", "MB", "found")


def run_target(target: Target, runs: int, seed: int, folder: Path, coverage: bool) -> dict[str, Any]:
    """The report of one target, driven by a process of its own."""
    report, found = folder / f"{target.name}.json", ROOT / ".fuzz" / target.name
    command = [
        sys.executable, "-m", "tests.fuzz.drive", target.name, f"--runs={runs}", f"--seed={seed}",
        f"--corpus={folder / target.name}", f"--found={found}", f"--report={report}",
    ]  # fmt: skip
    if not coverage:
        command.append("--without-coverage")
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    told: dict[str, Any] = {"inputs": 0, "faults": {}}
    if report.exists():
        told = json.loads(report.read_text(encoding="utf-8"))
    reached = re.findall(r"^#\d+\s+\w+\s+cov: (\d+)", done.stderr, re.MULTILINE)
    told["edges"] = [int(reached[0]), int(reached[-1])] if reached else None
    if told["inputs"] < runs:
        # The process died with an input that no Python code could catch.
        tail = "\n".join(done.stderr.splitlines()[-25:])
        told["faults"]["stopped"] = f"after {told['inputs']} inputs, exit code {done.returncode}\n{tail}"
    return told


def grown(looks: Sequence[Sequence[int]]) -> bool:
    """Whether memory grew with the inputs, after what is loaded and remembered once was there."""
    if len(looks) < 3:
        return False
    (early, before, _), (late, after, _) = looks[1], looks[-1]
    return after - before > SLACK + GROWTH * (late - early)


def _row(told: dict[str, Any], name: str) -> tuple[str, ...]:
    looks = told.get("looks") or [[0, 0, 0]]
    first, last = looks[min(1, len(looks) - 1)], looks[-1]
    edges = f"{told['edges'][0]} → {told['edges'][1]}" if told["edges"] else "not counted"
    rate = f"{told['inputs'] / told['seconds']:.0f}" if told.get("seconds") else "-"
    blocks = f"{first[1]:,} → {last[1]:,}"
    memory = f"{first[2] / 1e6:.0f} → {last[2] / 1e6:.0f}"
    return name, f"{told['inputs']:,}", rate, edges, blocks, memory, str(len(told["faults"]))


def main(arguments: Sequence[str]) -> int:
    """Fuzz, print the table, and list what was found."""
    parser = argparse.ArgumentParser(description="Try the readers with inputs that nobody wrote.")
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help="inputs in all")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--only", default="", metavar="TARGETS", help="comma-separated names of targets")
    parser.add_argument("--without-coverage", action="store_true", help="as where atheris is not there")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the inputs that reached something new here")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="targets at a time")
    options = parser.parse_args(arguments)
    coverage = not options.without_coverage and importlib.util.find_spec("atheris") is not None
    chosen = [target for target in TARGETS if not options.only or target.name in options.only.split(",")]
    if coverage:
        print("Guided by coverage of engine/ (atheris on libFuzzer).")
    else:
        print("NOT guided by coverage: atheris, which has no wheel for this Python or platform, is not installed.")
        print("Inputs are drawn by Hypothesis, and nothing is known of what they reach.")
    rows, lines, total, seconds = [_HEAD], list[str](), 0, 0.0
    with tempfile.TemporaryDirectory(prefix="biaochi-fuzz-") as made:
        shares = sum(target.share for target in chosen)
        runs = [max(20, options.runs * target.share // shares) for target in chosen]
        with ThreadPoolExecutor(options.jobs) as pool:
            reports = pool.map(
                lambda target, inputs: run_target(target, inputs, options.seed, options.keep or Path(made), coverage),
                chosen,
                runs,
            )
            told_of = dict(zip((target.name for target in chosen), reports, strict=True))
        for target in chosen:
            told = told_of[target.name]
            if grown(told.get("looks", [])):
                told["faults"]["memory"] = "grew with the inputs"
            rows.append(_row(told, target.name))
            lines += [f"{target.name}: {key}: {words}" for key, words in told["faults"].items()]
            total, seconds = total + told["inputs"], seconds + told.get("seconds", 0)
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
    for row in rows:
        first, *others = zip(row, widths, strict=True)
        print("  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]))
    print(f"{total:,} inputs in {seconds:.0f} s, {len(lines)} kinds of fault")
    for line in lines:
        print(line)
    if lines:
        print("The inputs are in .fuzz/; mend the defect and move its input to tests/fuzz/corpus/.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
