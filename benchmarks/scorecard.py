"""Every figure that this project holds itself to in one table: what is wanted, what came out, and the command for it.

`python benchmarks/scorecard.py` runs what takes minutes, one command after the other; `--long` also what takes an hour
or more, and `--only WORDS` the rows that hold one of the words. The table is Markdown and grows while it is made. The
exit code is 1 where a figure is not met or a command failed. Times are only worth something on a machine that does
nothing else.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PYTHON = sys.executable


@dataclass(frozen=True)
class Figure:
    """One number in what a command prints, and its limit; `pick` chooses where the pattern matches several times."""

    name: str
    pattern: str
    limit: str
    pick: Callable[[list[Fraction]], Fraction] = max

    def met(self, value: Fraction) -> bool:
        """Whether the value keeps the limit, which is `<= 2.0`, `>= 95` or `= 0`."""
        sign, _, number = self.limit.partition(" ")
        bound = Fraction(number)
        return {"<=": value <= bound, ">=": value >= bound, "=": value == bound}[sign]


@dataclass(frozen=True)
class Measured:
    """A command and the figures that it prints; without figures its exit code has to be 0. `long`: an hour or more."""

    command: tuple[str, ...]
    figures: tuple[Figure, ...]
    long: bool = False
    settings: tuple[tuple[str, str], ...] = ()


def script(*arguments: str) -> tuple[str, ...]:
    """A program of this repository, by the interpreter that runs this one."""
    return (PYTHON, *arguments)


def suite(name: str, *arguments: str, long: bool = False, settings: tuple[tuple[str, str], ...] = ()) -> Measured:
    """Tests of which none may fail."""
    figures = (Figure(name, r"(\d+) passed", ">= 1"),)
    return Measured(script("-m", "pytest", "-q", *arguments), figures, long, settings)


#: Cells of a row of a table in Markdown, up to the one that is wanted.
_CELLS = r"(?: [^|\n]* \|){%d} ([\d.]+) \|"

ROWS = (
    Measured(
        script("benchmarks/startup.py"),
        (Figure("start-up of check, of three imports", r"ratio of the medians +([\d.]+)", "<= 2.0"),),
    ),
    Measured(
        script("benchmarks/manyrules.py"),
        (
            Figure("check of 5 000 rules, the first time, s", r"the first time +([\d.]+) s", "<= 4"),
            Figure("the second time, s", r"the second time +([\d.]+) s", "<= 1"),
        ),
    ),
    Measured(script("benchmarks/validate.py"), (Figure("validate of 5 000 rules, s", r"rules +([\d.]+) s", "<= 10"),)),
    Measured(
        script("benchmarks/workbooks.py"),
        (Figure("check of 1 000 workbooks, s", r"figures: ([\d.]+) s", "<= 20"),),
    ),
    Measured(
        script("benchmarks/page.py"),
        (
            Figure("page of 20 000 verdicts, first paint, ms", r"first paint (\d+) ms", "<= 1000"),
            Figure("a filter, ms", r"drawn after (\d+) ms", "<= 100"),
        ),
    ),
    Measured(
        script("benchmarks/bulk.py", "10000000"),
        (Figure("10⁷ figures, of the straightforward SQL", r"\| ours \|" + _CELLS % 2, "<= 0.6"),),
    ),
    Measured(
        script("benchmarks/bulk.py", "10000000", "--rules", "200", "10000"),
        (Figure("10 000 rules, of 200", r"\| 10000 \|" + _CELLS % 2, "<= 1.15"),),
    ),
    Measured(
        script("benchmarks/bulk.py", "100000000"),
        (
            Figure("10⁸ figures, of the floor", r"\| ours \|" + _CELLS % 1, "<= 4.5"),
            Figure("10⁸ figures, GB", r"\| ours \|" + _CELLS % 3, "<= 2.5"),
        ),
        long=True,
    ),
    Measured(
        script("benchmarks/bulk.py", "100000000", "--changed", "1000"),
        (Figure("one changed file of 1 000, times faster", r"of \d+ \|" + _CELLS % 2, ">= 20"),),
        long=True,
    ),
    Measured(
        ("make", "bench-peers"),
        (
            Figure(
                "10⁶ figures: the fastest rule or validation engine, of ours",
                r"\| (?:pointblank|pandera|great_expectations|zen-engine|rule-engine)[^|\n]*\|" + _CELLS % 5,
                ">= 20",
                min,
            ),
            Figure("a loop of Decimals, of ours", r"\| Python loop, Decimal \|" + _CELLS % 5, ">= 5", min),
            Figure("pandas by hand, the fastest, of ours", r"\| pandas[^|\n]*\|" + _CELLS % 5, ">= 5", min),
        ),
        long=True,
    ),
    Measured(
        script("-m", "tests.study"),
        (),
    ),
    Measured(script("-m", "tests.mutants"), (Figure("planted faults that survive", r"caught, (\d+) survive", "= 0"),)),
    Measured(
        script("-m", "tests.sqlmutants"),
        (Figure("mutants of the judging text killed, %", r"killed \(([\d.]+) %\)", ">= 95"),),
    ),
    Measured(
        script("-m", "pytest", "-q", "--cov=engine", "--cov-branch", "--cov-report=term"),
        (Figure("lines and branches of engine/ reached, %", r"TOTAL .* (\d+)%", ">= 95"),),
        long=True,
    ),
    Measured(
        script("-m", "tests.fuzz", "--runs", "1000000"),
        (Figure("kinds of fault in 1 000 000 inputs", r"s, (\d+) kinds of fault", "= 0"),),
        long=True,
    ),
    suite("derivations recomputed from their text", "tests/test_explain.py", "tests/test_derivation.py"),
    suite("changed bytes, replays of a day", "tests/test_receipts.py"),
    suite("broken submissions", "tests/test_broken.py"),
    suite("links, requests and pages of the site", "tests/test_site.py", "tests/test_docs.py"),
    suite(
        "words in three languages", "tests/test_languages.py", "tests/test_speech.py", "tests/unit/test_catalogues.py",
    ),
    suite(
        "bulk against the oracle", "tests/test_bulk_oracle.py", settings=(("BIAOCHI_ORACLE", "34"),),
    ),
    suite(
        "killed and edited bulk runs", "tests/test_bulk.py", "-k", "killed or edits", long=True,
        settings=(("BIAOCHI_KILLS", "50"), ("BIAOCHI_EDITS", "500")),
    ),
    suite(
        "causes of differences", "tests/test_diff.py", long=True,
        settings=(("BIAOCHI_DIFFS", "11"), ("BIAOCHI_MIXED_DIFFS", "60")),
    ),
    suite("interrupted writing", "tests/test_faults.py", long=True, settings=(("BIAOCHI_FAULTS", "all"),)),
)  # fmt: skip


def run_row(row: Measured) -> Iterator[tuple[str, str, str, bool]]:
    """Run a command; name, limit, value and whether it is met, for each of its figures."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **dict(row.settings)}
    ran = subprocess.run(row.command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8")
    failed = ran.returncode != 0
    if not row.figures:
        yield " ".join(row.command[1:]), "exit code 0", str(ran.returncode), not failed
    for figure in row.figures:
        values = [Fraction(text) for text in re.findall(figure.pattern, ran.stdout)]
        if not values:
            yield figure.name, figure.limit, "failed" if failed else "not printed", False
            continue
        value = figure.pick(values)
        # A run of tests says how many passed, and its exit code that none failed.
        yield (
            figure.name,
            figure.limit,
            f"{float(value):g}",
            figure.met(value) and not (failed and "pytest" in row.command),
        )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--long", action="store_true", help="also what takes an hour or more")
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD", help="rows that hold one of these words")
    given = parser.parse_args()
    rows = [row for row in ROWS if given.long or not row.long]
    if given.only:
        rows = [row for row in ROWS if any(word in repr(row) for word in given.only)]
    print(f"{os.cpu_count()} processors, Python {platform.python_version()}, {platform.system()}\n")
    print("| figure | wanted | measured | met | s | command |\n| --- | --- | --- | --- | --- | --- |", flush=True)
    kept = True
    for row in rows:
        began = time.perf_counter()
        settings = "".join(f"{name}={value} " for name, value in row.settings)
        for name, limit, value, met in run_row(row):
            kept = kept and met
            seconds = f"{time.perf_counter() - began:.0f}"
            command = f"`{settings}python {' '.join(row.command[1:])}`"
            print(f"| {name} | {limit} | {value} | {'yes' if met else 'NO'} | {seconds} | {command} |", flush=True)
    left = [row for row in ROWS if row.long and row not in rows]
    if left and not given.only:
        print(f"\n{len(left)} commands that take an hour or more were left out: --long")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
