"""Ours against scripts written by hand and rule and validation engines, on the comparison that all can express.

`python benchmarks/peers.py [FIGURES] [--runs N] [--python PATH] [--only NAME ...] [--json FILE]`

Every contender holds the same submitted rows in memory (benchmarks/peerbook.py) and says pass, fail or undecided for
each that is owed. Timed is what recurs: bringing names, units of measure, limits and missing rows together, and
comparing. Each peer runs in turns with ours, both in processes that stay, so that a machine that slows down slows both;
the ratio is the median of the ratios of the turns. Every outcome is held against an exact one. Importing a library and
making its rules is the start-up, told beside it. `--python` names an interpreter with benchmarks/peers.txt; a peer that
is not there is skipped, and the reason is told. With `--json` the results of earlier runs in the file are kept.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.contenders.register import CONTENDERS, EXACT, HOME, SLOW
from benchmarks.peerbook import LIMITS, OWED, SUBMITTED, UNITS, exact_outcomes, write_cases

ROOT = Path(__file__).resolve().parent.parent

#: A first run that takes longer (seconds) counts as it is and is not repeated.
LONG = 15

Result = dict[str, Any]

HEAD = (
    "| | version | start-up s | align s | judge s | together s | of ours | wrong | of those on their limit | GB |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
)


class Child:
    """A contender in its process."""

    def __init__(self, name: str, folder: Path, python: str) -> None:
        command = [sys.executable if name in HOME else python, "-m", "benchmarks.contenders.child", name, str(folder)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.told = self._read()

    def run(self) -> Result:
        """Seconds of one alignment and one judgement."""
        return self._ask("run")

    def end(self) -> Result:
        """The outcomes."""
        told = self._ask("end")
        self._process.communicate()
        return told

    def close(self) -> None:
        """Stop it, whatever it does."""
        self._process.kill()
        self._process.communicate()

    def _ask(self, line: str) -> Result:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> Result:
        assert self._process.stdout is not None
        # Libraries may print; what is for us is JSON.
        for line in self._process.stdout:
            if line.startswith("{"):
                told: Result = json.loads(line)
                return told
        raise RuntimeError("the contender ended without an answer")


@contextmanager
def started(name: str, folder: Path, python: str) -> Iterator[Child]:
    """A contender that is stopped afterwards."""
    child = Child(name, folder, python)
    try:
        yield child
    finally:
        child.close()


def total(times: Result) -> float:
    """Seconds of alignment and judgement."""
    return float(times["align"] + times["judge"])


def measure(name: str, folder: Path, runs: int, python: str) -> Result:
    """One contender in turns with ours: medians, ratios, and its outcomes as letters."""
    with started(name, folder, python) as child, started("ours", folder, python) as ours:
        if "skipped" in child.told:
            return child.told
        first = child.run()
        ours.run()
        turns = [(first, ours.run())]
        if total(first) < LONG:
            turns = [(child.run(), ours.run()) for _ in range(runs)]
        middle = {part: median(turn[part] for turn, _ in turns) for part in ("align", "judge")}
        together = median(total(turn) for turn, _ in turns)
        ratios = sorted(total(turn) / total(own) for turn, own in turns)
        beside = {"ours": median(total(own) for _, own in turns), "ratio": median(ratios)}
        return {**child.told, **middle, "together": together, **beside, "runs": len(turns), **child.end()}


def judge(result: Result, folder: Path, exact: tuple[str, str]) -> None:
    """Put in the place of the letters how many are wrong, where, and two examples of it."""
    letters, (outcomes, places) = result.pop("letters"), exact
    assert len(letters) == len(outcomes), f"{len(letters)} outcomes for {len(outcomes)} that are owed"
    wrong = [place for place, (said, right) in enumerate(zip(letters, outcomes, strict=True)) if said != right]
    result["wrong"] = len(wrong)
    result["wrong_on_limit"] = sum(places[place] == "=" for place in wrong)
    result["on_limit"] = places.count("=")
    result["examples"] = [describe(folder, place, letters[place], outcomes[place]) for place in islice(wrong, 2)]


def describe(folder: Path, place: int, said: str, right: str) -> str:
    """A wrong outcome with what it was made from."""
    import duckdb

    with duckdb.connect() as connection:
        row = connection.execute(
            f"""WITH owed AS (SELECT * FROM read_parquet('{folder / OWED}') LIMIT 1 OFFSET {place})
            SELECT organization, indicator, period, s.value, s.unit, u.worth, l.comparator, l.threshold
            FROM owed LEFT JOIN read_parquet('{folder / SUBMITTED}') AS s USING (organization, indicator, period)
            LEFT JOIN read_parquet('{folder / UNITS}') AS u USING (indicator, unit)
            LEFT JOIN read_parquet('{folder / LIMITS}') AS l USING (indicator, period)"""
        ).fetchall()[0]
    organization, indicator, period, value, unit, worth, comparator, limit = row
    words = {"p": "pass", "f": "fail", "u": "undecided"}
    sign = "≥" if comparator == "at_least" else "≤"
    return (
        f"{organization} {indicator} {period}: {value} {unit} × {worth} {sign} {limit} is {words[right]},"
        f" it says {words[said]}"
    )


def measure_whole(name: str, folder: Path, runs: int, python: str) -> float:
    """Seconds from the start of a process to its exit: submitted Parquet in, a file of outcomes out."""
    times = []
    with tempfile.TemporaryDirectory(prefix="biaochi-peers-") as home:
        for run in range(runs):
            # A folder that is there would be gone on with.
            output = Path(home) / str(run)
            if name == "ours":
                command = [
                    "-c",
                    "from cli import main; main()",
                    "check",
                    str(folder / "figures"),
                    "--book",
                    str(folder),
                ]
                command += ["--format", "parquet", "-o", str(output), "-q", "--fail-on", "never"]
            else:
                command = ["-m", "benchmarks.contenders.child", name, str(folder), str(output)]
            start = time.perf_counter()
            interpreter = sys.executable if name in HOME else python
            done = subprocess.run([interpreter, *command], cwd=ROOT, check=False, capture_output=True, text=True)
            times.append(time.perf_counter() - start)
            if done.returncode or not output.exists():
                raise RuntimeError(f"{name} did not finish: {done.stderr[-2000:]}")
    return median(times)


def machine() -> Result:
    """What it all ran on."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        processor = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        processor = platform.processor()
    return {
        "processors": os.cpu_count(),
        "processor": processor,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def table(results: dict[str, Result]) -> list[str]:
    """The table in Markdown, and below it the examples of wrong outcomes and what was skipped."""
    lines, below = list(HEAD), []
    for name in CONTENDERS:
        result = results.get(name)
        if result is None:
            continue
        if "skipped" in result:
            below.append(f"- {name} skipped: {result['skipped']}")
            continue
        share = f"{result['wrong_on_limit']:,} of {result['on_limit']:,}"
        ratio = "1" if name == "ours" else f"{result['ratio']:.1f}"
        lines.append(
            f"| {result['title']} | {result['package']} {result['version']} | {result['startup']:.2f} |"
            f" {result['align']:.2f} | {result['judge']:.2f} | {result['together']:.2f} | {ratio} |"
            f" {result['wrong']:,} | {share} | {result['peak'] / 1024:.1f} |"
        )
        below.extend(f"- {result['title']}: {example}" for example in result["examples"])
    wholes = [(results[name]["title"], results[name]["whole"]) for name in WHOLE if results.get(name, {}).get("whole")]
    if wholes:
        below += ["", "| file to file, with start-up | s |", "| --- | --- |"]
        below += [f"| {title} | {seconds:.1f} |" for title, seconds in wholes]
    return [*lines, "", *below]


#: What is wanted of the fastest of some contenders, as a multiple of ours.
_SCRIPTS = ("pandas-float", "pandas-decimal", "pandas-whole")
_ENGINES = tuple(name for name in CONTENDERS if name not in (*HOME, *_SCRIPTS))
WANTED = (
    ("the fastest rule or validation engine", _ENGINES, 20),
    ("the fastest of those that are never wrong", tuple(name for name in _ENGINES if name in EXACT), 20),
    ("a plain loop of Decimals", ("decimal-loop",), 5),
    ("the fastest script for pandas", _SCRIPTS, 5),
)


def goals(results: dict[str, Result]) -> Iterator[str]:
    """What was wanted beside what came out, of those that were measured."""
    yield from ("| of ours | | wanted | measured |", "| --- | --- | --- | --- |")
    for what, names, wanted in WANTED:
        measured = [results[name] for name in names if "ratio" in results.get(name, {})]
        if measured:
            least = min(measured, key=lambda result: float(result["ratio"]))
            yield f"| {what} | {least['title']} | {wanted} | {least['ratio']:.1f} |"


def report(told: Result) -> str:
    """Everything that was measured, in Markdown."""
    facts, results = told["machine"], told["results"]
    machine_line = (
        f"{told['figures']:,} figures, {facts['processors']} × {facts['processor']}, Python {facts['python']}"
    )
    return "\n".join([machine_line, "", *table(results), "", *goals(results)])


#: The jobs that are also measured from file to file.
WHOLE = ("ours", "decimal-loop", "pandas-float", "pandas-decimal", "pandas-whole")


def compare(names: Sequence[str], figures: int, runs: int, python: str) -> Iterator[tuple[str, Result]]:
    """Measure these, one after the other."""
    with tempfile.TemporaryDirectory(prefix="biaochi-peers-") as home:
        folder = Path(home)
        write_cases(folder, figures)
        exact = exact_outcomes(folder)
        for name in names:
            print(f"{name} …", file=sys.stderr, flush=True)
            result = measure(name, folder, runs, python)
            if "letters" in result:
                judge(result, folder, exact)
                if name in WHOLE:
                    result["whole"] = measure_whole(name, folder, min(runs, 3), python)
            yield name, result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("figures", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5, help="turns of each peer with ours")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has the peers")
    parser.add_argument("--only", nargs="+", choices=CONTENDERS, help="these alone, among them the slow ones")
    parser.add_argument("--json", type=Path, help="write the results here, beside those of earlier runs")
    given = parser.parse_args()
    told: Result = {"machine": machine(), "figures": given.figures, "results": {}}
    if given.json and given.json.exists():
        earlier = json.loads(given.json.read_text(encoding="utf-8"))
        if earlier["figures"] == given.figures:
            told["results"] = earlier["results"]
    names = given.only or [name for name in CONTENDERS if name not in SLOW]
    for name, result in compare(names, given.figures, given.runs, given.python):
        told["results"][name] = result
        if given.json:
            text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
            given.json.write_text(text + "\n", encoding="utf-8")
    print(report(told))


if __name__ == "__main__":
    main()
