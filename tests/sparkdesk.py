"""A desk for bulk checks on Spark: engines on this machine, and digests of what two engines wrote."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import duckdb
import pytest

from engine.bulk.run import BulkResult, prepare
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.spark.run import run
from engine.spark.session import Engine, open_engine
from engine.submissions.read import find_files

LOCAL = "local[2]"


def why_not(kind: str) -> str | None:
    """Why an engine cannot be had here: `local`, or `connect`, a server without a JVM in this process."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed: pip install 'biaochi[spark]'"
    if kind == "local":
        return None if which("java") else "Spark in this process needs Java, and none is here"
    return None if find_spec("pysail") else "pysail, a Spark Connect server without a JVM, is not installed"


@contextmanager
def engine_of(kind: str) -> Iterator[Engine]:
    """An engine of this kind; the test is skipped where none can be had."""
    missing = why_not(kind)
    if missing:
        pytest.skip(missing)
    if kind == "local":
        with open_engine(LOCAL) as own:
            # What a cluster needs for its sizes takes most of the time here.
            own.set("spark.sql.shuffle.partitions", "2")
            yield own
    else:
        with server() as url, alone(), open_engine(url) as own:
            yield own


@contextmanager
def alone() -> Iterator[None]:
    """A session of Spark Connect marks the process as one that has no other sessions; afterwards it may again."""
    before = {name: value for name, value in os.environ.items() if name.startswith("SPARK_")}
    try:
        yield
    finally:
        for name in [name for name in os.environ if name.startswith("SPARK_")]:
            del os.environ[name]
        os.environ.update(before)


@contextmanager
def server() -> Iterator[str]:
    """The URL of a Spark Connect server of our own, reached by this machine alone."""
    from pysail.spark import SparkConnectServer

    running = SparkConnectServer("127.0.0.1", 0)
    running.start(background=True)
    try:
        _, port = running.listening_address
        yield f"sc://127.0.0.1:{port}"
    finally:
        running.stop()


def check_on(engine: Engine, book: Book, paths: Sequence[Path], folder: Path) -> BulkResult:
    """Run a bulk check on an engine into a folder."""
    found: list[Diagnostic] = []
    return run(prepare(book, find_files(paths, found), found), folder, engine)


def digests(folder: Path) -> dict[str, str]:
    """What a bulk check wrote: of each table the digest of its sorted rows, types included, and of its totals."""
    found = {"totals": hashlib.sha256((folder / "result.json").read_bytes()).hexdigest()}
    with duckdb.connect() as connection:
        for name in ("verdicts", "findings", "summary"):
            source = f"read_parquet('{folder}/{name}/*.parquet')"
            types = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
            rows = connection.execute(f"SELECT * FROM {source} ORDER BY ALL").fetchall()
            whole = hashlib.sha256(repr([row[:2] for row in types]).encode())
            for row in rows:
                whole.update(repr(row).encode())
            found[name] = f"{len(rows)} rows, {whole.hexdigest()}"
    return found
