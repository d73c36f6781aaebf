"""The part of `biaochi check` that judges Parquet of any size into a folder."""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from commands.shared.output import end, paint, tell
from commands.shared.places import cache_folder
from commands.shared.speech import refusal
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.result import INCOMPLETE, OBJECTIONS, OK
from engine.report.words import Words

if TYPE_CHECKING:
    from engine.bulk.run import BulkResult, Prepared


def check_bulk(
    book: Book,
    found: list[Diagnostic],
    paths: Sequence[Path],
    folder: Path,
    as_of: date | None,
    fail_on: Sequence[str],
    words: Words,
    common: dict[str, Any],
    master: str | None,
) -> NoReturn:
    """Judge Parquet files of any size into a folder, part by part, or all at once by the Spark of that name."""
    from engine.bulk.run import prepare, run
    from engine.bulk.told import first_findings
    from engine.report.bulk import BulkTotals, bulk_text
    from engine.submissions.read import find_files

    if book.signers:
        raise refusal(
            "signers.yaml asks for signatures, and Parquet that is judged into a folder has none; write one file with "
            "-o FILE.parquet, which takes all kinds of submissions"
        )
    delivery = find_files(paths, found)
    beside = [home / name for home in delivery.folders for name in ("manifest.yaml", "inspections.yaml")]
    others = [file.path for file in delivery.files if file.suffix != ".parquet"]
    others += [path for path in beside if path.exists()]
    if others:
        raise refusal(
            "{file} is no Parquet, and only Parquet is judged into a folder; write one file with "
            "-o FILE.parquet, which takes all kinds of submissions",
            file=others[0],
        )
    inputs = [path for path in paths if path.is_dir() and folder.resolve().is_relative_to(path.resolve())]
    if inputs:
        raise refusal(
            "{folder} lies in {home}, whose files are judged; write somewhere else", folder=folder, home=inputs[0]
        )
    workers = os.cpu_count() or 1
    prepared = prepare(book, delivery, found, as_of=as_of, threads=workers, cache=cache_folder())
    tell(found, words, common, paths)
    free = _free_space(folder)
    needed = prepared.forecast.bytes
    if master:
        from engine.spark.run import WORK_BYTES

        needed += prepared.forecast.rows * WORK_BYTES
    if not common["quiet"]:
        counts = {
            "rows": prepared.forecast.rows,
            "verdicts": prepared.forecast.verdicts,
            "tiles": prepared.forecast.tiles,
        }
        sizes = {"needed": needed // 10**6 + 1, "free": free // 10**6, "folder": folder}
        click.echo(words["bulk-forecast"].format(**counts, **sizes), err=True)
    if needed > free:
        raise refusal(
            "{folder} has {free} MB free, and about {needed} MB are needed",
            folder=folder,
            free=free // 10**6,
            needed=needed // 10**6 + 1,
        )
    try:
        with _Rate(words, common) as rate:
            if master:
                result = _run_on_spark(prepared, folder, master, rate, words, common)
            else:
                result = run(prepared, folder, workers, rate.show)
    except OSError as error:
        if error.filename is None:
            # Not what is written gives trouble, but what is read.
            click.echo(f"{click.get_current_context().command_path}: {error.strerror}", err=True)
            sys.exit(INCOMPLETE)
        raise refusal("{folder} cannot be written to: {problem}", folder=folder, problem=error.strerror) from error
    rows = {"read": result.rows, "judged": result.judged, "not_needed": result.not_needed, "refused": result.refused}
    totals = BulkTotals(result.verdicts, result.reasons, result.findings, rows, result.complete)
    if not common["quiet"]:
        first = first_findings(folder, found)
        click.echo(bulk_text(totals, words, paint({**common, "output": None}), first), nl=False, color=True)
        into = "bulk-into-by" if master else "bulk-into"
        click.echo(words[into].format(folder=folder, kept=result.kept, tiles=result.tiles))
    objects = any(result.verdicts[name] > (result.waived_failures if name == "fail" else 0) for name in fail_on)
    sys.exit(INCOMPLETE if not result.complete else OBJECTIONS if objects or result.errors else OK)


def refuse_engine(engine: str, master: str | None, into_folder: bool) -> None:
    """Stop where what was said of the engine does not fit together, or the engine is not installed."""
    if engine != "spark":
        if master:
            raise refusal("--master names a Spark; add --engine spark")
        return
    from engine.spark.session import is_master, missing_packages

    if not into_folder:
        raise refusal("--engine spark judges Parquet into a folder: --format parquet -o verdicts/")
    if not master:
        raise refusal("--engine spark needs --master: local[2], spark://host:port, or sc://host:port")
    if not is_master(master):
        raise refusal("{master} is no Spark; write local[2], spark://host:port, or sc://host:port", master=master)
    missing = missing_packages(master)
    if missing:
        raise refusal("{missing} not installed; pip install 'biaochi[spark]'", missing=", ".join(missing))


def _run_on_spark(
    prepared: "Prepared", folder: Path, master: str, rate: "_Rate", words: Words, common: dict[str, Any]
) -> "BulkResult":
    """Judge on Spark; an engine that cannot is told of, and nothing is changed."""
    from engine.spark.run import run
    from engine.spark.session import EngineError, open_engine

    try:
        with open_engine(master) as engine:
            return run(prepared, folder, engine, rate.show)
    except EngineError as error:
        end([error.diagnostic], words, common)


def _free_space(folder: Path) -> int:
    """Bytes that are free where a folder is, or will be."""
    import shutil

    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    return shutil.disk_usage(there).free


class _Rate:
    """A bar on a terminal with rows per second and the time that is left; nothing anywhere else."""

    def __init__(self, words: Words, common: Mapping[str, Any]) -> None:
        self._words = words
        self._wanted = sys.stderr.isatty() and not common["quiet"]
        self._bar: Any = None
        self._first, self._began = 0, 0.0

    def show(self, done: int, total: int) -> None:
        """`done` of `total` rows are judged; those that were there before count as done, and not for the rate."""
        if not self._wanted:
            return
        if self._bar is None:
            self._first, self._began = done, time.monotonic()
            self._bar = click.progressbar(length=total, file=sys.stderr, show_pos=True, show_eta=True)
            self._bar.__enter__()
        seconds = time.monotonic() - self._began
        rate = int((done - self._first) / seconds) if seconds > 0 else 0
        self._bar.label = self._words["judging"].format(rate=rate)
        self._bar.update(done - self._bar.pos)

    def __enter__(self) -> "_Rate":
        return self

    def __exit__(self, *problem: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(*problem)
