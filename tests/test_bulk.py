"""Bulk checks: the same verdicts as one by one, however the work is cut, killed, or begun again."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.bulkbook import write_book, write_figures
from engine.bulk.run import prepare, run
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.pipeline import open_book
from engine.submissions.read import find_files
from tests.bulkdesk import COLUMNS, Whole, check_bulk, check_singly, rows_of, write_parquet
from tests.conftest import RunCli
from tests.test_schemas import errors

FIGURES = 12_000


@pytest.fixture(scope="module")
def xianning(repo: Path) -> Book:
    book = open_book(repo, [])
    assert book is not None
    return book


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Book]:
    """A book of towns, and its folder."""
    folder = tmp_path_factory.mktemp("towns")
    write_book(folder, write_figures(folder / "figures", FIGURES, files=3), groups=2)
    return folder, opened(folder)


def opened(folder: Path) -> Book:
    found: list[object] = []
    book = open_book(folder, found)  # type: ignore[arg-type]
    assert book is not None
    assert found == []
    return book


def digest(folder: Path) -> str:
    """The digest of a folder: names and bytes of all files."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        whole.update(path.relative_to(folder).as_posix().encode())
        if path.is_file():
            whole.update(path.read_bytes())
    return whole.hexdigest()


@pytest.mark.parametrize("size", [None, 40])
def test_verdicts_of_every_kind_are_those_of_the_ordinary_check(
    repo: Path, xianning: Book, tmp_path: Path, size: int | None
) -> None:
    write_parquet(tmp_path / "in" / "all.parquet", rows_of(repo / "submissions"))
    verdicts, findings = check_singly(xianning, [tmp_path / "in"])
    whole = check_bulk(xianning, [tmp_path / "in"], tmp_path / "out", size)
    kinds = {rule.kind for rule in xianning.rules if any(key[1] == rule.id for key in verdicts)}
    assert len(kinds) == len({rule.kind for rule in xianning.rules})
    assert whole.verdicts == verdicts
    assert whole.findings == findings
    assert (whole.result.tiles > 1) == (size is not None)


def test_a_folder_of_a_period_holds_everybody(repo: Path, xianning: Book, tmp_path: Path) -> None:
    rows = [row for row in rows_of(repo / "submissions") if row[2] == "2025Q2" and row[0] != "市經信局"]
    write_parquet(tmp_path / "in" / "2025Q2" / "all.parquet", rows)
    verdicts, _ = check_singly(xianning, [tmp_path / "in" / "2025Q2"])
    assert check_bulk(xianning, [tmp_path / "in" / "2025Q2"], tmp_path / "out").verdicts == verdicts
    assert any(key[0] == "市經信局" for key in verdicts)


def test_verdicts_on_heaped_figures_are_those_of_the_ordinary_check(towns: tuple[Path, Book], tmp_path: Path) -> None:
    folder, book = towns
    verdicts, findings = check_singly(book, [folder / "figures"])
    whole = check_bulk(book, [folder / "figures"], tmp_path / "out", 3_000)
    assert whole.verdicts == verdicts
    assert whole.findings == findings
    assert "year-to-date-falls" in {code for code, *_ in findings}
    assert whole.result.judged == whole.result.rows


@pytest.mark.parametrize("order", [lambda row: row, lambda row: (row[1], row), lambda row: row[::-1]])
def test_what_is_too_much_depends_on_no_cut(
    towns: tuple[Path, Book], tmp_path: Path, order: Callable[[Any], Any]
) -> None:
    _, book = towns
    bodies = list(book.organizations)[:2]
    wrong = (("indicator-000", "2025Q1"), ("indicator-001", "2025Q9"), ("nothing", "2025Q1"), ("nothing", ""))
    rows = [(body, name, period, "1", "家") for body in bodies for name, period in wrong]
    rows += [(bodies[place % 2], f"unknown-{place % 3}", "2025Q1", str(place), "家") for place in range(5_600)]
    rows += [(bodies[place % 2], "indicator-002", "2025Q1", "x", "家") for place in range(300)]
    write_parquet(tmp_path / "in" / "all.parquet", sorted(rows, key=order), COLUMNS[:5])
    write_parquet(tmp_path / "in" / "more.parquet", rows[:30], COLUMNS[:5])
    told = []
    for number, (size, workers) in enumerate(((None, 1), (1_000, 2), (1, 1))):
        whole = check_bulk(book, [tmp_path / "in"], tmp_path / f"out{number}", size, workers)
        told.append((whole.result.findings, whole.findings, whole.result.refused, whole.verdicts))
    assert told[0] == told[1] == told[2]
    assert told[0][0]["too-many-findings"] == 1
    assert told[0][0]["unknown-indicator"] > 4_000
    assert told[0][0]["number-unreadable"] == 300


@pytest.mark.parametrize("order", ["indicator", "period", "none"])
def test_the_order_of_the_files_changes_nothing(towns: tuple[Path, Book], tmp_path: Path, order: str) -> None:
    folder, book = towns
    expected = check_bulk(book, [folder / "figures"], tmp_path / "one").verdicts
    write_figures(tmp_path / "figures", FIGURES, order)
    found = check_bulk(book, [tmp_path / "figures"], tmp_path / "other", 3_000)
    assert found.result.tiles > 1
    assert found.verdicts == expected


def test_files_by_indicator_are_cut_by_indicator(tmp_path: Path) -> None:
    count = 600_000
    towns = write_figures(tmp_path / "figures", count, "indicator")
    write_book(tmp_path, towns)
    prepared = prepare(opened(tmp_path), find_files([tmp_path / "figures"], []), [], rows_per_tile=100_000)
    assert all(tile.indicators is not None for tile in prepared.tiles)
    assert sum(tile.rows for tile in prepared.tiles) == prepared.forecast.rows


#: Rows that are not plain, one way each, for 鎮000000 and an indicator that it reports.
SPOILT: Sequence[tuple[str | None, ...]] = (
    ("無名鎮", "indicator-000", "2025-01", "1", "億元", None, None, None, None),
    ("鎮000000", "無此指標", "2025-01", "1", "億元", None, None, None, None),
    ("鎮000000", "指標000", "2025-01", "１２億元", None, None, None, None, None),
    ("鎮000000", "indicator-000", "2025-02", "1", "家", None, None, None, None),
    ("鎮000000", "indicator-000", "2025-03", "-1", "億元", None, None, None, None),
    ("鎮000000", "indicator-000", "2025-04", "約1", "億元", None, None, None, None),
    ("鎮000000", "indicator-000", "2025-05", "1", None, None, None, None, None),
    ("鎮000000", "indicator-001", "2025-01", "1", "%", None, None, None, None),
    ("鎮000000", "indicator-001", "2025-01", "1", "%", None, None, None, None),
    ("鎮000000", "indicator-001", "2025-02", "1", "%", None, None, None, None),
    ("鎮000000", "indicator-001", "2025-02", "2", "%", None, None, None, None),
    ("鎮000000", "indicator-003", "2025-01", "7.0", "%", None, None, None, None),
    ("鎮000000", "indicator-003", "2025-02", "7.1234567", "%", None, None, None, None),
    ("鎮000000", "indicator-003", "2025-13", "7", "%", None, None, None, None),
    ("鎮000000", "indicator-003", None, "7", "%", None, None, None, None),
    ("鎮000000", "indicator-002", "2025-01", "7", "萬畝", None, None, None, "累計"),
    ("鎮000000", "indicator-002", "2025-02", "7", "萬畝", None, "成員", None, None),
    ("鎮000000", "indicator-004", "2025-06", "100", "萬人", None, None, None, None),
    ("鎮000000", "indicator-004", "2025-09", "99", "萬人", None, None, None, None),
    ("鎮000000", "indicator-006", "2025-09", "99999999999", "家", None, None, None, None),
)


def test_every_row_that_is_not_plain_gets_what_the_ordinary_check_gives(
    towns: tuple[Path, Book], tmp_path: Path
) -> None:
    _, book = towns
    write_parquet(tmp_path / "in" / "spoilt.parquet", SPOILT)
    verdicts, findings = check_singly(book, [tmp_path / "in"])
    whole = check_bulk(book, [tmp_path / "in"], tmp_path / "out")
    assert whole.verdicts == verdicts
    assert whole.findings == findings
    assert whole.result.rows == len(SPOILT) == whole.result.judged + whole.result.not_needed + whole.result.refused


def test_numbers_too_long_for_64_bits_are_judged_all_the_same(towns: tuple[Path, Book], tmp_path: Path) -> None:
    _, book = towns
    rows = [("鎮000000", "indicator-000", f"2025-{month:02}", str(10**9 * month), "億元") for month in range(1, 13)]
    write_parquet(tmp_path / "in" / "large.parquet", rows, COLUMNS[:5], "DECIMAL(18,4)")
    verdicts, _ = check_singly(book, [tmp_path / "in"])
    assert check_bulk(book, [tmp_path / "in"], tmp_path / "out").verdicts == verdicts


def test_figures_of_other_years_are_named_and_not_judged(towns: tuple[Path, Book], tmp_path: Path) -> None:
    _, book = towns
    rows = [("鎮000000", "indicator-000", period, "1", "億元") for period in ("2024-12", "2025-01", "2026Q1")]
    write_parquet(tmp_path / "in" / "years.parquet", rows, COLUMNS[:5], "DECIMAL(18,4)")
    whole = check_bulk(book, [tmp_path / "in"], tmp_path / "out")
    assert (whole.result.rows, whole.result.judged, whole.result.not_needed) == (3, 1, 2)
    assert [code for code, *_ in whole.findings] == ["period-outside-plan", "period-outside-plan"]


def test_the_same_input_gives_the_same_bytes_with_any_number_of_workers(
    towns: tuple[Path, Book], tmp_path: Path
) -> None:
    folder, book = towns
    for workers in (1, 2, 3):
        check_bulk(book, [folder / "figures"], tmp_path / str(workers), 3_000, workers)
    assert len({digest(tmp_path / str(workers)) for workers in (1, 2, 3)}) == 1


RUN = """
import sys
from pathlib import Path
from engine.bulk.run import prepare, run
from engine.pipeline import open_book
from engine.submissions.read import find_files
home, out = Path(sys.argv[1]), Path(sys.argv[2])
book = open_book(home, [])
prepared = prepare(book, find_files([home / "figures"], []), [], rows_per_tile=1_000)
run(prepared, out, 2, lambda done, total: print(done, flush=True))
"""


@pytest.mark.parametrize("seed", range(int(os.environ.get("BIAOCHI_KILLS", "4"))))
def test_a_killed_run_goes_on_and_comes_to_the_same_bytes(towns: tuple[Path, Book], tmp_path: Path, seed: int) -> None:
    folder, book = towns
    expected = check_bulk(book, [folder / "figures"], tmp_path / "whole", 1_000)
    chance = random.Random(seed)
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), str(tmp_path / "out")], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for _ in range(chance.randrange(1, expected.result.tiles)):
        process.stdout.readline()
    time.sleep(chance.random() / 20)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    again = check_bulk(book, [folder / "figures"], tmp_path / "out", 1_000)
    assert again.verdicts == expected.verdicts
    assert digest(tmp_path / "out") == digest(tmp_path / "whole")


def judge(book: Book, folder: Path, output: Path) -> Whole:
    return check_bulk(book, [folder / "figures"], output, 1_000)


def edit_value(folder: Path, chance: random.Random) -> None:
    """One figure in one file becomes another."""
    edit(folder, chance, "UPDATE t SET value = value + 1 WHERE rowid = {row}")


def drop_row(folder: Path, chance: random.Random) -> None:
    edit(folder, chance, "DELETE FROM t WHERE rowid = {row}")


def double_row(folder: Path, chance: random.Random) -> None:
    edit(folder, chance, "INSERT INTO t SELECT * FROM t WHERE rowid = {row}")


def rename_body(folder: Path, chance: random.Random) -> None:
    edit(folder, chance, "UPDATE t SET organization = '無名鎮' WHERE rowid = {row}")


def edit(folder: Path, chance: random.Random, statement: str) -> None:
    import duckdb

    path = chance.choice(sorted((folder / "figures").glob("*.parquet")))
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t AS FROM '{path}'")
        (count,) = connection.execute("SELECT count(*) FROM t").fetchall()[0]
        connection.execute(statement.format(row=chance.randrange(count)))
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")


def edit_threshold(folder: Path, chance: random.Random) -> None:
    """One rule wants another number."""
    path = chance.choice(sorted((folder / "rules").glob("*.yaml")))
    lines = path.read_text(encoding="utf-8").splitlines()
    places = [place for place, line in enumerate(lines) if "threshold: '" in line]
    place = chance.choice(places)
    lines[place] = lines[place].replace("threshold: '", f"threshold: '{chance.randrange(1, 9)}", 1)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


EDITS: Sequence[Callable[[Path, random.Random], None]] = (
    edit_value, drop_row, double_row, rename_body, edit_threshold,
)  # fmt: skip


def test_after_edits_only_what_they_touch_is_judged_again_and_all_is_as_from_scratch(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    write_book(folder, write_figures(folder / "figures", FIGURES, files=4), groups=2)
    judge(opened(folder), folder, tmp_path / "out")
    chance = random.Random(7)
    kept = Counter[str]()
    for number in range(int(os.environ.get("BIAOCHI_EDITS", "10"))):
        change = EDITS[number % len(EDITS)]
        change(folder, chance)
        book = opened(folder)
        again = judge(book, folder, tmp_path / "out")
        judge(book, folder, tmp_path / "fresh")
        assert digest(tmp_path / "out") == digest(tmp_path / "fresh"), change.__name__
        shutil.rmtree(tmp_path / "fresh")
        kept[change.__name__] += again.result.kept
    assert all(kept[change.__name__] > 0 for change in EDITS)


def test_a_tile_that_lost_a_part_is_judged_again(towns: tuple[Path, Book], tmp_path: Path) -> None:
    folder, book = towns
    judge(book, folder, tmp_path / "out")
    before = digest(tmp_path / "out")
    for name in ("verdicts/00001.parquet", "tiles/00002.json", "summary/00003.parquet"):
        (tmp_path / "out" / name).unlink()
    (tmp_path / "out" / "tiles" / "00004.json").write_text("{", encoding="utf-8")
    again = judge(book, folder, tmp_path / "out")
    assert again.result.tiles - again.result.kept == 4
    assert digest(tmp_path / "out") == before


def test_run_reports_rows(towns: tuple[Path, Book], tmp_path: Path) -> None:
    folder, book = towns
    told: list[tuple[int, int]] = []
    prepared = prepare(book, find_files([folder / "figures"], []), [], rows_per_tile=3_000)
    run(prepared, tmp_path / "out", 1, lambda done, total: told.append((done, total)))
    assert told[0] == (0, prepared.forecast.rows)
    assert told[-1] == (prepared.forecast.rows, prepared.forecast.rows)


def test_the_totals_follow_their_schema(towns: tuple[Path, Book], tmp_path: Path) -> None:
    folder, book = towns
    result = judge(book, folder, tmp_path / "out").result
    told = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert errors("bulk", told) == []
    assert told["rows"]["read"] == result.rows
    assert sum(told["verdicts"].values()) == sum(result.verdicts.values()) > 0


STRANGE = ["a[1]", "b*c", "q?", "sp ace", "qu'ote", 'dou"ble', "{a,b}"]


@pytest.mark.parametrize("name", STRANGE)
def test_a_name_is_no_pattern(towns: tuple[Path, Book], tmp_path: Path, name: str) -> None:
    _, book = towns
    rows = [("鎮000000", "indicator-000", "2025Q1", "1", "家"), ("鎮000000", "indicator-000", "2025Q2", "x", "家")]
    write_parquet(tmp_path / "in.parquet", rows, COLUMNS[:5])
    prepared = None
    for home in (tmp_path / "plain", tmp_path / name):
        (home / "figures").mkdir(parents=True)
        shutil.copy(tmp_path / "in.parquet", home / "figures" / f"{home.name}.parquet")
        found: list[Diagnostic] = []
        prepared = prepare(book, find_files([home / "figures"], found), found, cache=home / "cache")
        prepared = prepare(book, find_files([home / "figures"], found), found, cache=home / "cache")
        result = run(prepared, home / "out", 1)
        assert (result.rows, found) == (2, [])
    assert prepared is not None
    # Of what stands before a = in the name of a folder no column is made, either.
    run(prepared, home / "verdict=fail", 1)
    same = [digest(home / "out" / "summary") for home in (tmp_path / "plain", tmp_path / name)]
    assert {*same, digest(home / "verdict=fail" / "summary")} == {same[0]}


def test_the_command_says_what_it_does_and_where(towns: tuple[Path, Book], tmp_path: Path, run_cli: RunCli) -> None:
    folder, _ = towns
    given = ("check", folder / "figures", "--book", folder, "--format", "parquet", "-o", tmp_path / "out")
    first, second = run_cli(*given), run_cli(*given)
    assert first.exit_code == second.exit_code == 1
    assert "about 1 MB in" in first.stderr
    assert "0 of 1 parts were there" in first.stdout
    assert "1 of 1 parts were there" in second.stdout
    assert run_cli(*given, "--fail-on", "never").exit_code == 1  # Figures that fell are errors, whatever is muted.


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--org", "鎮000000"), "--org: choose from the verdicts"),
        (("--period", "2025Q1"), "--period: choose from the verdicts"),
    ],
)
def test_the_command_leaves_choosing_to_the_reader(
    towns: tuple[Path, Book], tmp_path: Path, run_cli: RunCli, options: Sequence[str], message: str
) -> None:
    folder, _ = towns
    given = ("check", folder / "figures", "--book", folder, "--format", "parquet", "-o", tmp_path / "out")
    ran = run_cli(*given, *options)
    assert ran.exit_code == 2
    assert message in ran.stderr
    assert not (tmp_path / "out").exists()


def test_the_command_never_writes_where_it_reads_or_over_others(
    towns: tuple[Path, Book], tmp_path: Path, run_cli: RunCli
) -> None:
    folder, _ = towns
    given = ("check", folder / "figures", "--book", folder, "--format", "parquet", "-o")
    inside = run_cli(*given, folder / "figures" / "out")
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    over = run_cli(*given, tmp_path)
    nowhere = run_cli(*given[:-1])
    assert [ran.exit_code for ran in (inside, over, nowhere)] == [2, 2, 2]
    assert "lies in" in inside.stderr
    assert "letters.txt" in over.stderr
    assert "-o verdicts/" in nowhere.stderr


def test_a_place_that_cannot_be_written_is_named_as_it_was_asked_for(
    towns: tuple[Path, Book], repo: Path, tmp_path: Path, run_cli: RunCli
) -> None:
    folder, _ = towns
    (tmp_path / "letter").write_text("mine", encoding="utf-8")
    given = ("check", folder / "figures", "--book", folder, "--format", "parquet", "-o")
    whole = run_cli(*given, tmp_path / "letter" / "out")
    single = ("check", repo / "submissions" / "2025Q2", "--book", repo, "--format", "parquet", "-o")
    one = run_cli(*single, tmp_path / "no" / "v.parquet")
    assert (whole.exit_code, one.exit_code) == (2, 2)
    assert f"{tmp_path / 'letter' / 'out'} cannot be written to: Not a directory" in whole.stderr
    assert f"{tmp_path / 'no' / 'v.parquet'} cannot be written: No such file or directory" in one.stderr


def test_a_file_that_goes_away_meanwhile_leaves_the_answer_incomplete(
    towns: tuple[Path, Book], tmp_path: Path, run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = towns
    shutil.copytree(folder / "figures", tmp_path / "figures")

    def losing(*given: Any, **named: Any) -> Any:
        ready = prepare(*given, **named)
        for file in (tmp_path / "figures").iterdir():
            file.unlink()
        return ready

    monkeypatch.setattr("engine.bulk.run.prepare", losing)
    options = ("--book", folder, "--format", "parquet", "-o", tmp_path / "out")
    ran = run_cli("check", tmp_path / "figures", *options)
    assert ran.exit_code == 3
    assert "figures" in ran.stderr
    assert "cannot be written" not in ran.stderr


def test_the_first_findings_are_shown_with_place_and_words(
    towns: tuple[Path, Book], tmp_path: Path, run_cli: RunCli
) -> None:
    folder, _ = towns
    given = ("check", folder / "figures", "--book", folder, "--format", "parquet", "-o", tmp_path / "out")
    ran = run_cli(*given, "--lang", "en")
    count = ran.stdout.count(": error [year-to-date-falls] 鎮")
    assert count > 1
    assert f"  {count} × year-to-date-falls" in ran.stdout
    assert "figures-0001.parquet:" in ran.stdout.splitlines()[0]


def test_a_folder_takes_parquet_only(repo: Path, tmp_path: Path, run_cli: RunCli) -> None:
    given = ("check", repo / "submissions" / "2025Q2", "--book", repo, "--format", "parquet", "-o")
    ran = run_cli(*given, tmp_path / "out")
    assert ran.exit_code == 2
    assert "-o FILE.parquet" in ran.stderr
    one = run_cli(*given, tmp_path / "v.parquet")
    assert one.exit_code == 1
    assert (tmp_path / "v.parquet").is_file()
