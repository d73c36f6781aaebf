"""Bulk checks against the floor of the job and a straightforward SQL for the same job, in one run.

`python benchmarks/bulk.py [FIGURES ...] [--order ORDER] [--rules RULES ...] [--changed FILES] [--runs N]`

For each number of figures it writes a book and its Parquet (`benchmarks/bulkbook.py`), and measures in processes of
their own: the floor (read every figure and write one row in the shape of a verdict, no join), a straightforward SQL
over names and wide decimals with a window for the figure before, and `biaochi check --format parquet -o FOLDER`, from
start to exit. With `--rules` it measures the check alone, with the same figures and more and more rules; with
`--changed` a run over so many files, and again after one of them changed. Verdicts are counted and must be the same.
Ratios within one run hold while the machine's speed drifts; single times do not.
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
from collections.abc import Sequence
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.bulkbook import write_book, write_figures
from benchmarks.peak import own_peak, run_measured
from engine.bulk.owed import Tables
from engine.bulk.run import prepare, run
from engine.model.diagnostic import Diagnostic
from engine.model.tables import LIMITS
from engine.pipeline import open_book
from engine.submissions.read import find_files

#: What the straightforward SQL may use, on one machine.
MEMORY = "8GB"

FLOOR = """
COPY (
  SELECT organization, 'responsible' AS role, indicator AS rule, period, 'pass' AS verdict, NULL::VARCHAR AS reason,
    'ahead' AS progress, CAST(value * 10000 AS DECIMAL(38, 0)) AS gap_numerator, 1::DECIMAL(38, 0) AS gap_denominator,
    NULL::VARCHAR AS notes, false AS under_original, filename AS file, file_row_number AS line
  FROM read_parquet('{figures}/*.parquet', filename = true)
) TO '{output}' (FORMAT parquet)
"""

#: As one writes it who does not know yet how many figures there will be. `duties` and `worth` are made beforehand.
STRAIGHTFORWARD = """
COPY (
  WITH f AS (
    SELECT s.organization, s.indicator, s.period, CAST(s.value AS DECIMAL(38, 4)) * w.worth AS x,
      CAST(w.half AS DECIMAL(38, 4)) AS half, filename AS file, file_row_number AS line
    FROM read_parquet('{figures}/*.parquet', filename = true) AS s
    INNER JOIN worth AS w ON w.indicator = s.indicator AND w.unit = s.unit
  ),
  g AS (SELECT *, LAG(x) OVER (PARTITION BY organization, indicator ORDER BY period) AS before FROM f),
  b AS (
    SELECT g.organization, d.rule, MIN(g.period) AS breached_in
    FROM g INNER JOIN bodies AS o ON o.organization = g.organization
    INNER JOIN duties AS d ON d.grp = o.grp AND d.indicator = g.indicator AND d.period = g.period
    WHERE d.is_line AND d.q * g.x < d.risk_c GROUP BY ALL
  ),
  owed AS (SELECT o.organization, d.* FROM bodies AS o INNER JOIN duties AS d ON d.grp = o.grp),
  j AS (
    SELECT o.*, g.x, g.half, g.before, g.file, g.line, b.breached_in, o.q * g.x AS s
    FROM owed AS o
    LEFT JOIN g ON g.organization = o.organization AND g.indicator = o.indicator AND g.period = o.period
    LEFT JOIN b ON b.organization = o.organization AND b.rule = o.rule AND b.breached_in < o.period
  )
  SELECT organization, 'responsible' AS role, rule, period,
    CASE WHEN breached_in IS NOT NULL THEN 'fail' WHEN x IS NULL THEN 'undecided'
      WHEN s > pass_c OR (s = pass_c AND NOT pass_strict) THEN 'pass'
      WHEN s > risk_c OR (s = risk_c AND NOT risk_strict) THEN 'at-risk' ELSE 'fail' END AS verdict,
    CASE WHEN breached_in IS NULL AND x IS NULL THEN 'missing' END AS reason,
    CASE WHEN x IS NULL OR even_c IS NULL THEN NULL
      WHEN s > full_c OR (s = full_c AND NOT full_strict) THEN 'completed'
      WHEN ahead_c IS NOT NULL AND s > ahead_c THEN 'ahead'
      WHEN s >= even_c THEN 'on-pace' ELSE 'behind' END AS progress,
    gap_q * x + gap_c AS gap_numerator, gap_d AS gap_denominator,
    CASE WHEN rounding AND ((s - half <= pass_c AND s + half >= pass_c) OR (s - half <= risk_c AND s + half >= risk_c))
      THEN 'depends-on-rounding' END AS notes,
    x < before AS fell, file, line
  FROM j
) TO '{output}' (FORMAT parquet)
"""


def lay_out(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The tables that the straightforward SQL joins: what is owed by name, and what a unit of measure is worth."""
    book = open_book(folder, [])
    assert book is not None
    plan = prepare(book, find_files([folder / "figures"], []), []).plan
    tables = plan.owed.tables
    assert isinstance(tables, Tables), "without a folder to keep them they are in memory"
    names = [name for name, _ in LIMITS]
    limits = {str(row[0]): dict(zip(names, row, strict=True)) for row in tables.limits}
    rows = []
    for row in tables.duties:
        limit = limits[str(row[9])]
        edges = [limit[name] for name in ("pass_q", "pass_c", "risk_c", "even_c", "ahead_c", "full_c")]
        stricts = [limit[name] for name in ("pass_strict", "risk_strict", "full_strict", "rounding")]
        gaps = [limit[name] for name in ("gap_nq", "gap_nc", "gap_dc")]
        month, indicator = row[5], plan.understood.order[int(str(row[7]))]
        period = f"{book.plan.year}-{month:02}"
        rows.append([row[1], row[2], indicator, period, row[10] is not None, *edges, *stricts, *gaps])
    numbers = ", ".join(f"{name} DECIMAL(38, 4)" for name in ("q", "pass_c", "risk_c", "even_c", "ahead_c", "full_c"))
    truths = ", ".join(f"{name} BOOLEAN" for name in ("pass_strict", "risk_strict", "full_strict", "rounding"))
    gaps_text = ", ".join(f"{name} DECIMAL(38, 4)" for name in ("gap_q", "gap_c", "gap_d"))
    names_text = "grp INTEGER, rule VARCHAR, indicator VARCHAR, period VARCHAR, is_line BOOLEAN"
    connection.execute(f"CREATE TABLE duties ({names_text}, {numbers}, {truths}, {gaps_text})")
    _insert(connection, "duties", rows)
    connection.execute(
        "CREATE TABLE worth (indicator VARCHAR, unit VARCHAR, worth DECIMAL(38, 0), half DECIMAL(38, 0))"
    )
    worth = [
        (row[0], row[1], int(str(row[4])) * 10**plan.inventory.decimals, row[6]) for row in plan.understood.measures
    ]
    _insert(connection, "worth", worth)
    connection.execute("CREATE TABLE bodies (organization VARCHAR, grp INTEGER)")
    _insert(connection, "bodies", list(zip(book.organizations, plan.owed.classes, strict=True)))


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]) -> None:
    kinds = [row[1] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
    columns = [[None if cell is None else str(cell) for cell in column] for column in zip(*rows, strict=True)]
    values = ", ".join(f"CAST(unnest(CAST(${n + 1} AS VARCHAR[])) AS {kind})" for n, kind in enumerate(kinds))
    connection.execute(f"INSERT INTO {table} SELECT {values}", columns)


def run_one(what: str, folder: Path, output: Path) -> None:
    """The child process: do one of the three, and print seconds and the most memory as JSON."""
    start = time.perf_counter()
    if what == "ours":
        arguments = [
            "check",
            str(folder / "figures"),
            "--book",
            str(folder),
            "--format",
            "parquet",
            "-o",
            str(output),
            "-q",
        ]
        environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
        # Modules are compiled once, as in every installation.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        home = Path(__file__).resolve().parent.parent
        peak = run_measured("from cli import main; main()", arguments, home, environment)
        seconds = time.perf_counter() - start
    else:
        config = {"threads": os.cpu_count() or 1, "memory_limit": MEMORY, "temp_directory": str(output) + ".spill"}
        with duckdb.connect(config=config) as connection:
            if what == "straightforward":
                lay_out(connection, folder)
                start = time.perf_counter()
            text = FLOOR if what == "floor" else STRAIGHTFORWARD
            connection.execute(text.format(figures=folder / "figures", output=output))
        seconds = time.perf_counter() - start
        peak = own_peak()
    print(json.dumps({"seconds": seconds, "peak": peak / 1024**2}))


def measure(what: str, folder: Path) -> tuple[float, float, dict[str, int]]:
    """Seconds, gigabytes at most, and how many verdicts of each kind."""
    output = folder / f"{what}.parquet" if what != "ours" else folder / "verdicts"
    command = [sys.executable, __file__, "--one", what, str(folder), str(output)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    files = f"{output}/verdicts/*.parquet" if what == "ours" else str(output)
    with duckdb.connect() as connection:
        counted = connection.execute(f"SELECT verdict, count(*) FROM read_parquet('{files}') GROUP BY ALL").fetchall()
    shutil.rmtree(output, ignore_errors=True) if output.is_dir() else output.unlink()
    return told["seconds"], told["peak"], {str(verdict): count for verdict, count in counted if count}


def compare(figures: int, order: str, runs: int, home: Path) -> None:
    """One row of the table for each of the three."""
    folder = home / str(figures)
    write_book(folder, write_figures(folder / "figures", figures, order))
    best: dict[str, tuple[float, float]] = {}
    verdicts: dict[str, dict[str, int]] = {}
    for _ in range(runs):
        for what in ("floor", "straightforward", "ours"):
            seconds, peak, verdicts[what] = measure(what, folder)
            best[what] = min(best.get(what, (seconds, peak)), (seconds, peak))
    assert verdicts["ours"] == verdicts["straightforward"], verdicts
    for what, (seconds, peak) in best.items():
        ratios = [f"{seconds / best[other][0]:.2f}" for other in ("floor", "straightforward")]
        print(f"| {figures:,} | {what} | {seconds:.1f} | {ratios[0]} | {ratios[1]} | {peak:.2f} |", flush=True)
    shutil.rmtree(folder)


def compare_rules(figures: int, rules: Sequence[int], runs: int, home: Path) -> None:
    """How long the same figures take with more rules, each for some of the towns: the first time, and later."""
    folder = home / "rules"
    towns = write_figures(folder / "figures", figures)
    least = 0.0
    for count in rules:
        for name in ("rules", "cache"):
            shutil.rmtree(folder / name, ignore_errors=True)
        write_book(folder, towns, max(1, count // 200))
        first = measure("ours", folder)[0]
        later = min(measure("ours", folder)[0] for _ in range(runs))
        least = least or later
        print(f"| {figures:,} | {count} | {first:.1f} | {later:.1f} | {later / least:.2f} |", flush=True)
    shutil.rmtree(folder)


def compare_change(figures: int, files: int, home: Path) -> None:
    """All files, and again after one of them changed, without the start of the program; both must be right."""
    folder, cache = home / "changed", home / "changed" / "cache"
    write_book(folder, write_figures(folder / "figures", figures, files=files))
    whole, kept, tiles = _judge(folder, folder / "out", cache)
    path = sorted((folder / "figures").iterdir())[files // 2]
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE changed AS SELECT * FROM read_parquet('{path}')")
        connection.execute("UPDATE changed SET value = value + 0.0001 WHERE rowid % 100 = 7")
        connection.execute(f"COPY changed TO '{path}' (FORMAT parquet)")
    again, kept, tiles = _judge(folder, folder / "out", cache)
    _judge(folder, folder / "anew", None)
    for path in sorted(path for path in (folder / "anew").rglob("*") if path.is_file()):
        same = (folder / "out" / path.relative_to(folder / "anew")).read_bytes() == path.read_bytes()
        assert same, f"{path.name} is another one than from scratch"
    ratio = f"{whole:.2f} | {again:.2f} | {whole / again:.1f}"
    print(f"| {figures:,} | {files} | {kept} of {tiles} | {ratio} |", flush=True)
    shutil.rmtree(folder)


def _judge(folder: Path, output: Path, cache: Path | None) -> tuple[float, int, int]:
    """Seconds of a run in this process, and how many of its parts were there."""
    start = time.perf_counter()
    found: list[Diagnostic] = []
    book = open_book(folder, found, cache=cache)
    assert book is not None
    workers = os.cpu_count() or 1
    prepared = prepare(book, find_files([folder / "figures"], found), found, threads=workers, cache=cache)
    result = run(prepared, output, workers)
    return time.perf_counter() - start, result.kept, result.tiles


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("figures", nargs="*", type=int, default=[1_000_000, 10_000_000])
    parser.add_argument("--order", default="organization", help="in which order the figures stand in their file")
    parser.add_argument("--rules", nargs="*", type=int, help="compare numbers of rules, in steps of 200")
    parser.add_argument("--changed", type=int, metavar="FILES", help="judge again after one of so many files changed")
    parser.add_argument("--runs", type=int, default=1, help="the best of so many runs counts")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        run_one(given.one[0], Path(given.one[1]), Path(given.one[2]))
        return
    print(
        f"{os.cpu_count()} processors, Python {platform.python_version()}, DuckDB {duckdb.__version__}, {given.order}\n"
    )
    with tempfile.TemporaryDirectory(prefix="biaochi-bulk-") as home:
        if given.rules:
            print("| figures | rules | s | later | of the fewest |\n| --- | --- | --- | --- | --- |")
            for figures in given.figures:
                compare_rules(figures, given.rules, given.runs, Path(home))
            return
        if given.changed:
            print("| figures | files | kept | s | one changed | times |\n| --- | --- | --- | --- | --- | --- |")
            for figures in given.figures:
                compare_change(figures, given.changed, Path(home))
            return
        print(
            "| figures | what | s | of the floor | of the straightforward | GB |\n| --- | --- | --- | --- | --- | --- |"
        )
        for figures in given.figures:
            compare(figures, given.order, given.runs, Path(home))


if __name__ == "__main__":
    main()
