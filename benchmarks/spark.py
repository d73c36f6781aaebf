"""Bulk checks on Spark against those of DuckDB, and what they come to per figure: the rates of docs/spark.md.

`python benchmarks/spark.py [FIGURES ...] [--master URL ...]`

For each number of figures it writes a book and its Parquet (`benchmarks/bulkbook.py`), checks it with DuckDB and with
every engine (`local[2]`; `connect` starts a Spark Connect server without a JVM of its own), in processes of their own,
and compares all verdicts by the digest of their sorted rows. `driver` is the time that the command takes before the
engine is asked anything, which no executor shortens. Two sizes give for every engine what a run takes whatever its
size and what a core does in a second; from these the last table computes how long larger runs take on more cores.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.bulkbook import write_book, write_figures


def run_one(engine: str, folder: Path, output: Path) -> None:
    """The child process: check once, and print seconds as JSON."""
    from engine.bulk.run import prepare, run
    from engine.pipeline import open_book
    from engine.submissions.read import find_files

    start = time.perf_counter()
    book = open_book(folder, [])
    assert book is not None
    prepared = prepare(book, find_files([folder / "figures"], []), [], threads=os.cpu_count() or 1)
    driver = time.perf_counter() - start
    session = 0.0
    if engine == "duckdb":
        run(prepared, output, os.cpu_count() or 1)
    else:
        from engine.spark.run import run as run_on
        from engine.spark.session import open_engine
        from tests.sparkdesk import server

        with server() if engine == "connect" else nullcontext(engine) as url:
            began = time.perf_counter()
            with open_engine(url) as opened:
                session = time.perf_counter() - began
                run_on(prepared, output, opened)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "driver": driver, "session": session}))


#: By engine, of every run: figures, seconds of the driver before the engine, of the session, and of the rest.
Measured = dict[str, list[tuple[int, float, float, float]]]


def digest(output: Path) -> tuple[int, int]:
    """How many verdicts there are, and a sum over their rows that no order changes."""
    import duckdb

    with duckdb.connect() as connection:
        rows, total = connection.execute(
            f"SELECT count(*), sum(hash(s)::HUGEINT) FROM read_parquet('{output}/verdicts/*.parquet') AS s"
        ).fetchall()[0]
    return rows, total


def compare(figures: int, engines: list[str], home: Path, measured: Measured) -> None:
    """One row of the table for each engine."""
    folder = home / str(figures)
    write_book(folder, write_figures(folder / "figures", figures))
    wanted: tuple[int, int] | None = None
    for engine in ("duckdb", *engines):
        output = folder / "out"
        command = [sys.executable, __file__, "--one", engine, str(folder), str(output)]
        ran = subprocess.run(command, check=False, capture_output=True, text=True)
        if ran.returncode:
            print(f"| {figures:,} | {engine} | failed: {ran.stderr.strip().splitlines()[-1][:120]} | | | |", flush=True)
            continue
        told = json.loads(ran.stdout.splitlines()[-1])
        found = digest(output)
        wanted = wanted or found
        assert found == wanted, f"{engine}: {found}, and DuckDB {wanted}"
        work = told["seconds"] - told["driver"] - told["session"]
        measured.setdefault(engine, []).append((figures, told["driver"], told["session"], work))
        print(
            f"| {figures:,} | {engine} | {told['seconds']:.1f} | {told['driver']:.1f} | {told['session']:.1f} |"
            f" {figures / work:,.0f} |",
            flush=True,
        )
        shutil.rmtree(output)
    shutil.rmtree(folder)


def size(measured: Measured) -> None:
    """Print what follows for other sizes and numbers of cores, where two sizes were measured."""
    own = os.cpu_count() or 1
    print("\n| engine | fixed s | figures/s and core | figures | cores | minutes |")
    print("| --- | --- | --- | --- | --- | --- |")
    for engine, runs in measured.items():
        (few, _, _, short), (many, look, session, long) = runs[0], runs[-1]
        if engine == "duckdb" or few == many or long <= short:
            continue
        rate = (many - few) / (long - short) / own
        fixed = max(long - many / rate / own, 0.0)
        for figures, cores in ((10**8, 16), (10**9, 16), (10**9, 100)):
            seconds = figures * look / many + session + fixed + figures / rate / cores
            print(f"| {engine} | {fixed:.0f} | {rate:,.0f} | {figures:,} | {cores} | {seconds / 60:.0f} |", flush=True)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("figures", nargs="*", type=int, default=[1_000_000, 10_000_000])
    parser.add_argument("--master", nargs="*", default=["connect", "local[2]"], help="engines beside DuckDB")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        run_one(given.one[0], Path(given.one[1]), Path(given.one[2]))
        return
    names = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pyspark", "pysail"))
    print(f"{os.cpu_count()} processors, Python {platform.python_version()}, {names}\n")
    print("| figures | engine | s | of these driver | session | figures/s of the rest |")
    print("| --- | --- | --- | --- | --- | --- |")
    measured: Measured = {}
    with tempfile.TemporaryDirectory(prefix="biaochi-spark-") as home:
        for figures in given.figures:
            compare(figures, given.master, Path(home), measured)
    size(measured)


if __name__ == "__main__":
    main()
