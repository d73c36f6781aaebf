"""Bulk checks on Spark: row for row what DuckDB writes, on a Spark of this machine and through Spark Connect."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from benchmarks.bulkbook import write_book, write_figures
from engine.bulk.run import prepare
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.pipeline import open_book
from engine.spark.run import run
from engine.spark.session import Engine, EngineError
from engine.submissions.read import find_files
from tests.bulkdesk import COLUMNS, Row, check_bulk, rows_of, write_parquet
from tests.conftest import RunCli
from tests.sparkdesk import LOCAL, alone, check_on, digests, engine_of, server, why_not
from tests.test_bulk import FIGURES, SPOILT, opened

# pyspark warns of newer releases of packages that it only moves rows through.
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")

PLAIN = COLUMNS[:5]


@pytest.fixture(scope="module", params=["connect", "local"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A Spark Connect server without a JVM, and a Spark in this process."""
    with engine_of(request.param) as own:
        yield own


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A Spark Connect server."""
    missing = why_not("connect")
    if missing:
        pytest.skip(missing)
    with server() as place, alone():
        yield place


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Book]:
    folder = tmp_path_factory.mktemp("towns")
    write_book(folder, write_figures(folder / "figures", FIGURES, files=3), groups=2)
    return folder, opened(folder)


def agree(engine: Engine, book: Book, paths: Sequence[Path], folder: Path) -> dict[str, str]:
    """Whether Spark writes what DuckDB writes; what that is."""
    check_bulk(book, paths, folder / "duckdb")
    check_on(engine, book, paths, folder / "spark")
    wanted = digests(folder / "duckdb")
    assert digests(folder / "spark") == wanted
    assert sorted(path.name for path in (folder / "spark").iterdir()) == [
        "findings", "result.json", "summary", "verdicts",
    ]  # fmt: skip
    return wanted


def test_verdicts_of_every_kind_are_the_same(repo: Path, engine: Engine, tmp_path: Path) -> None:
    book = open_book(repo, [])
    assert book is not None
    write_parquet(tmp_path / "in" / "all.parquet", rows_of(repo / "submissions"))
    assert agree(engine, book, [tmp_path / "in"], tmp_path)["verdicts"].startswith("336 rows")


def test_verdicts_on_heaped_figures_are_the_same(engine: Engine, towns: tuple[Path, Book], tmp_path: Path) -> None:
    folder, book = towns
    agree(engine, book, [folder / "figures"], tmp_path)


def test_figures_in_folders_with_any_name_and_of_any_type(
    engine: Engine, towns: tuple[Path, Book], tmp_path: Path
) -> None:
    """Text, short and wide decimals and whole numbers, numbers too long for 64 bits."""
    _, book = towns
    home = tmp_path / "報送 [一]%20{x}"

    def rows(town: int, *values: str) -> list[Row]:
        return [(f"鎮{town:06}", "indicator-000", f"2025-{n:02}", one, "億元") for n, one in enumerate(values, 1)]

    write_parquet(home / "2025-03" / "a*b.parquet", [(*row[:2], None, *row[3:]) for row in rows(0, "7")], PLAIN)
    write_parquet(
        home / "text.parquet", rows(1, "1.5", "-0", "2.123456", "1 ", "99999999999", "3\n", ".5", "5."), PLAIN
    )
    write_parquet(home / "wide.parquet", rows(2, "1.5", "10000000000", "99999999999.25"), PLAIN, "DECIMAL(38,2)")
    write_parquet(home / "short.parquet", rows(3, "1.5", "-1.5"), PLAIN, "DECIMAL(4,1)")
    write_parquet(home / "whole.parquet", rows(4, "15", "14"), PLAIN, "UTINYINT")
    agree(engine, book, [home], tmp_path)


def test_figures_of_other_years(engine: Engine, towns: tuple[Path, Book], tmp_path: Path) -> None:
    _, book = towns
    rows: list[Row] = [("鎮000004", "indicator-001", period, "1", "%") for period in ("2024-12", "2025-01")]
    write_parquet(tmp_path / "in" / "a.parquet", rows, PLAIN, "INTEGER")
    agree(engine, book, [tmp_path / "in"], tmp_path)


def test_short_numbers_that_stay_short(engine: Engine, towns: tuple[Path, Book], tmp_path: Path) -> None:
    """Beside long ones that only the reader of single files reads."""
    _, book = towns
    rows: list[Row] = [
        ("鎮000000", "indicator-000", "2025-01", "1", "億元"),
        ("鎮000001", "indicator-000", "2025-01", "9", "元"),
    ]
    write_parquet(tmp_path / "in" / "a.parquet", rows, PLAIN, "DECIMAL(18,4)")
    wide: list[Row] = [("鎮000002", "indicator-002", "2025-01", "123456789012345678", "萬畝")]
    write_parquet(tmp_path / "in" / "b.parquet", wide, PLAIN, "DECIMAL(38,0)")
    agree(engine, book, [tmp_path / "in"], tmp_path)


def test_rows_that_are_not_plain_and_rows_that_came_twice(
    engine: Engine, towns: tuple[Path, Book], tmp_path: Path
) -> None:
    _, book = towns
    write_parquet(tmp_path / "in" / "spoilt.parquet", SPOILT)
    twice: list[Row] = [("鎮000002", "indicator-000", "2025-01", value, "億元") for value in ("1", "1", "2")]
    write_parquet(tmp_path / "in" / "twice.parquet", twice, PLAIN, "DECIMAL(18,4)")
    agree(engine, book, [tmp_path / "in"], tmp_path)


@pytest.mark.parametrize("body", ["無名鎮", "鎮000000"])
def test_files_without_a_plain_row(engine: Engine, towns: tuple[Path, Book], tmp_path: Path, body: str) -> None:
    """Of a body that nobody knows, to whom nothing is owed, and of one that is known."""
    _, book = towns
    rows: list[Row] = [(body, "indicator-000", "2025-01", "約1", "億元")]
    write_parquet(tmp_path / "in" / "a.parquet", rows, PLAIN)
    agree(engine, book, [tmp_path / "in"], tmp_path)


class _Failing(Engine):
    """An engine that stops at the last thing it is asked to write."""

    def write(self, text: str, folder: Path) -> None:
        if folder.name == "written":
            folder.mkdir()
            raise EngineError(Diagnostic("engine-failed", self.blind("").diagnostic.source, {"problem": "no more"}))
        super().write(text, folder)


def test_a_run_that_stops_leaves_what_was_there(engine: Engine, towns: tuple[Path, Book], tmp_path: Path) -> None:
    folder, book = towns
    prepared = prepare(book, find_files([folder / "figures"], []), [])
    failing = _Failing(engine._session, engine.url)
    with pytest.raises(EngineError):
        run(prepared, tmp_path / "new", failing)
    assert list((tmp_path / "new").iterdir()) == []
    check_bulk(book, [folder / "figures"], tmp_path / "old")
    before = digests(tmp_path / "old")
    with pytest.raises(EngineError):
        run(prepared, tmp_path / "old", failing)
    assert digests(tmp_path / "old") == before
    run(prepared, tmp_path / "old", engine)
    assert digests(tmp_path / "old") == before
    assert not (tmp_path / "old" / "tiles").exists()


def test_an_engine_that_sees_other_files_is_refused(engine: Engine, tmp_path: Path, towns: tuple[Path, Book]) -> None:
    _, book = towns
    rows: list[Row] = [("鎮000000", "indicator-000", "2025-01", "1", "億元")]
    path = tmp_path / "in" / "a.parquet"
    write_parquet(path, rows, PLAIN, "DECIMAL(18,4)")
    prepared = prepare(book, find_files([path], []), [])
    write_parquet(path, rows * 2, PLAIN, "DECIMAL(18,4)")
    with pytest.raises(EngineError) as caught:
        run(prepared, tmp_path / "out", engine)
    assert caught.value.diagnostic.code == "engine-blind"
    assert caught.value.diagnostic.params == {"problem": "2 rows, and 1 are there"}
    if engine.url != LOCAL:
        # Not every server minds a file that is not there: it counts as one without rows, which the count shows.
        return
    with pytest.raises(EngineError) as caught:
        engine.read([tmp_path / "nowhere.parquet"])
    assert caught.value.diagnostic.code == "engine-blind"


def test_an_engine_that_is_not_ansi_is_refused(engine: Engine) -> None:
    setting = "spark.sql.ansi.enabled"
    engine.set(setting, "false")
    try:
        with pytest.raises(EngineError) as caught:
            Engine(engine._session, engine.url)
    finally:
        engine.set(setting, "true")
    assert caught.value.diagnostic.code == "engine-not-ansi"
    assert caught.value.diagnostic.params == {"setting": setting}


def test_the_command_writes_the_same_folder(
    towns: tuple[Path, Book], url: str, tmp_path: Path, run_cli: RunCli
) -> None:
    folder, _ = towns
    given = ("check", folder / "figures", "--book", folder, "--format", "parquet", "-o")
    one = run_cli(*given, tmp_path / "duckdb")
    other = run_cli(*given, tmp_path / "spark", "--engine", "spark", "--master", url)
    assert one.exit_code == other.exit_code == 1
    assert other.stdout.splitlines()[:-1] == one.stdout.splitlines()[:-1]
    assert other.stdout.splitlines()[-1] == f"Verdicts, findings and summaries: {tmp_path / 'spark'}"
    assert digests(tmp_path / "spark") == digests(tmp_path / "duckdb")


def test_the_command_names_an_engine_that_is_not_there(
    towns: tuple[Path, Book], url: str, tmp_path: Path, run_cli: RunCli
) -> None:
    """Port 1 of this machine answers nobody."""
    folder, _ = towns
    given = ("check", folder / "figures", "--book", folder, "--format", "parquet", "-o", tmp_path / "out")
    ran = run_cli(*given, "--engine", "spark", "--master", "sc://127.0.0.1:1/;token=secret")
    assert ran.exit_code == 3
    assert "[engine-unreachable]" in ran.stderr
    assert "sc://127.0.0.1:1" in ran.stderr
    assert "secret" not in ran.stderr
    assert not (tmp_path / "out" / "result.json").exists()
    assert url


@pytest.mark.parametrize("seed", range(int(os.environ.get("BIAOCHI_KILLS", "2"))))
def test_a_run_that_is_killed_leaves_nothing_that_looks_finished(
    towns: tuple[Path, Book], url: str, tmp_path: Path, run_cli: RunCli, repo: Path, seed: int
) -> None:
    folder, _ = towns
    out = tmp_path / "out"
    given = ("check", folder / "figures", "--book", folder, "--format", "parquet", "-o", out)
    by_spark = [*map(str, given), "--engine", "spark", "--master", url, "--quiet"]
    chance = random.Random(seed)
    with subprocess.Popen([sys.executable, "-c", "from cli import main; main()", *by_spark], cwd=repo) as process:
        # The engine has begun once the folder is there.
        while process.poll() is None and not out.exists():
            time.sleep(0.01)
        time.sleep(chance.random() * 3)
        process.kill()
    if (out / "result.json").exists():
        assert [name for name in sorted(os.listdir(out)) if not name.startswith(".")] == [
            "findings", "result.json", "summary", "verdicts",
        ]  # fmt: skip
    assert run_cli(*by_spark).exit_code == 1
    assert sorted(os.listdir(out)) == ["findings", "result.json", "summary", "verdicts"]
    assert run_cli(*given[:-1], tmp_path / "duckdb").exit_code == 1
    assert digests(out) == digests(tmp_path / "duckdb")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--master", "local[2]"), "add --engine spark"),
        (("--engine", "spark"), "needs --master"),
        (("--engine", "spark", "--master", "http://host"), "is no Spark"),
        (("--engine", "spark", "--master", "local[2]", "-o", "one.parquet"), "into a folder"),
    ],
)
def test_the_command_says_what_does_not_fit_together(
    repo: Path, tmp_path: Path, run_cli: RunCli, options: Sequence[str], message: str
) -> None:
    given = ("check", tmp_path, "--book", repo, "--format", "parquet", "-o", tmp_path / "out")
    ran = run_cli(*given, *options)
    assert ran.exit_code == 2
    assert message in ran.stderr


def test_the_command_says_what_is_missing(
    repo: Path, tmp_path: Path, run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.spark.session.find_spec", lambda name: None)
    given = ("check", tmp_path, "--book", repo, "--format", "parquet", "-o", tmp_path / "out")
    ran = run_cli(*given, "--engine", "spark", "--master", "local[2]")
    assert ran.exit_code == 2
    assert "pyspark not installed; pip install 'biaochi[spark]'" in ran.stderr
