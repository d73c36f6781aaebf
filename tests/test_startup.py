"""What a start of the command loads, and what it leaves alone: the net, other processes and the disk.

Every test looks into a process of its own, for this one has loaded everything already.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

#: Loaded by no check of the sample folder: each is heavy, or belongs to another command.
HEAVY = frozenset(
    {
        "asyncio", "cn2an", "difflib", "docx", "hypothesis", "jinja2", "jsonschema", "lxml", "multiprocessing",
        "narwhals", "numpy", "openpyxl", "pandas", "pint", "polars", "proces", "pyarrow", "pydantic", "pyspark",
        "pytest", "python_calamine", "requests", "rich", "scipy", "setuptools", "sqlite3", "ssl", "unittest",
        "xlsxwriter", "xml",
    }
)  # fmt: skip

#: What a command that judges nothing has no use for.
JUDGING = frozenset({"_duckdb", "opencc", "tabulate", "wcwidth", "yaml", "csv", "hashlib"})

#: What the command line needs to parse its arguments and to speak: nouns, words and their widths, no stage.
HELP_NEEDS = (
    "engine.catalogues", "engine.model", "engine.names", "engine.report.columns", "engine.report.formats",
    "engine.report.words",
)  # fmt: skip

#: Events by which a program would reach beyond its own files.
REACHING_OUT = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "subprocess.", "os.system", "os.exec", "os.fork",
                "os.posix_spawn", "os.remove", "os.rename", "os.mkdir")  # fmt: skip

#: Runs the command, then prints what was loaded and what the interpreter reported on the way.
PROBE = """
import contextlib, io, json, os, sys

before = set(sys.modules)
events = []

def watch(event, arguments):
    if event == "open":
        name, mode, flags = arguments
        if (mode and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)):
            events.append(f"write {name}")
    elif event.startswith(REACHING_OUT):
        events.append(event)

REACHING_OUT = tuple(json.loads(sys.argv[1]))
sys.argv = json.loads(sys.argv[2])
sys.addaudithook(watch)
said = io.StringIO()
code = 0
with contextlib.redirect_stdout(said):
    try:
        from cli import cli
        cli.main(prog_name="biaochi")
    except SystemExit as exit:
        code = exit.code
loaded = sorted(set(sys.modules) - before)
print(json.dumps({"code": code, "said": said.getvalue(), "loaded": loaded, "events": events}))
"""


@dataclass(frozen=True, slots=True)
class Started:
    """What one run of the command left in its process."""

    code: int
    said: str
    modules: tuple[str, ...]
    events: tuple[str, ...]

    @property
    def packages(self) -> set[str]:
        return {module.split(".")[0] for module in self.modules}

    @property
    def engine(self) -> list[str]:
        return [module for module in self.modules if module.startswith("engine.")]


#: Events that do not say in this probe which file they are about.
RENAMES = ("os.rename", "os.mkdir")


def start(repo: Path, *arguments: str, cache: Path | None = None) -> Started:
    """Run `biaochi` with these arguments in a process of its own."""
    argv = [json.dumps(REACHING_OUT), json.dumps(["biaochi", *arguments])]
    environment = {**os.environ, "PYTHONPATH": str(repo), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    if cache is not None:
        environment |= {"XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache)}
    # Coverage of child processes would load what is looked for here.
    environment.pop("COVERAGE_PROCESS_START", None)
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, *argv], cwd=repo, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    answer = json.loads(ran.stdout.splitlines()[-1])
    return Started(answer["code"], answer["said"], tuple(answer["loaded"]), tuple(answer["events"]))


@pytest.fixture(scope="module")
def checked(repo: Path) -> Started:
    """A check of a book that was checked before."""
    start(repo, "check", "submissions/2025Q2/")
    return start(repo, "check", "submissions/2025Q2/")


@pytest.fixture(scope="module")
def helped(repo: Path) -> Started:
    return start(repo, "--help")


def test_check_ran(checked: Started) -> None:
    assert checked.code in (0, 1)
    assert "市發改委" in checked.said


def test_check_loads_nothing_heavy(checked: Started) -> None:
    assert sorted(checked.packages & HEAVY) == []


@pytest.mark.parametrize("form", ["json", "csv", "markdown", "sarif", "github"])
def test_check_loads_nothing_heavy_for_other_forms(repo: Path, form: str) -> None:
    assert sorted(start(repo, "check", "submissions/2025Q2/", "--format", form).packages & HEAVY) == []


def test_check_draws_its_own_columns(checked: Started) -> None:
    assert checked.packages.isdisjoint({"tabulate", "wcwidth"})


def test_check_draws_no_table_for_a_document(repo: Path) -> None:
    assert "tabulate" not in start(repo, "check", "submissions/2025Q2/", "--format", "json").packages


def test_check_is_seen_to_load_what_it_needs(checked: Started) -> None:
    # The lists above would be blind if the probe looked into the wrong process.
    assert {"click", "_duckdb", "yaml"} <= checked.packages


def test_check_of_a_book_without_waivers_loads_nothing_for_them(checked: Started) -> None:
    assert {"engine.rules.waivers", "engine.rules.waived", "engine.rules.dated"}.isdisjoint(checked.engine)


def test_check_of_a_book_with_waivers_loads_only_what_judging_needs(repo: Path) -> None:
    book = repo / "tests" / "books" / "dated"
    started = start(repo, "check", str(book / "submissions" / "2025Q2"), "--book", str(book), "--no-cache")
    assert {"engine.rules.waivers", "engine.rules.waived"} <= set(started.engine)
    assert "engine.rules.dated" not in started.engine
    assert sorted(started.packages & HEAVY) == []


def test_check_of_a_book_without_relations_and_suspicions_loads_nothing_for_them(repo: Path) -> None:
    book = repo / "tests" / "books" / "dated"
    started = start(repo, "check", str(book / "submissions" / "2025Q2"), "--book", str(book))
    assert {"engine.submissions.relations", "engine.submissions.suspicions"}.isdisjoint(started.engine)


def test_check_that_asks_questions_loads_no_solver(checked: Started) -> None:
    assert {"engine.submissions.relations", "engine.submissions.suspicions"} <= set(checked.engine)
    assert "engine.exact.solver" not in checked.engine
    assert "z3" not in checked.packages


def test_check_loads_no_stage_of_other_commands(checked: Started) -> None:
    assert [module for module in checked.engine if module.startswith(("engine.plan", "engine.report.schemas"))] == []


@pytest.mark.parametrize("arguments", [("--help",), ("check", "--help"), ("obligations", "--help"), ()])
def test_help_loads_no_reader_and_no_database(repo: Path, arguments: tuple[str, ...]) -> None:
    assert sorted(start(repo, *arguments).packages & (HEAVY | JUDGING)) == []


def test_help_loads_only_nouns_and_words(helped: Started) -> None:
    parents = {"engine.report"}
    stages = [module for module in helped.engine if not module.startswith(HELP_NEEDS) and module not in parents]
    assert stages == []


def test_help_names_every_command_of_the_first_release(helped: Started) -> None:
    assert helped.code == 0
    assert [name for name in ("check", "targets", "obligations", "schema") if f"\n  {name} " not in helped.said] == []


@pytest.mark.parametrize("arguments", [("targets", "--format", "json"), ("obligations", "2025Q2", "--format", "json")])
def test_commands_that_judge_nothing_load_nothing_heavy(repo: Path, arguments: tuple[str, ...]) -> None:
    started = start(repo, *arguments)
    assert started.code == 0
    assert sorted(started.packages & HEAVY) == []


def test_check_opens_no_socket_starts_no_process_and_writes_nothing(checked: Started) -> None:
    assert checked.events == ()


def test_a_book_that_was_bound_before_loads_no_binder(checked: Started) -> None:
    binding = {"engine.rules.book", "engine.rules.rulefiles", "engine.rules.cases", "engine.rules.scoring"}
    assert binding.isdisjoint(checked.engine)


def test_plan_and_obligations_open_no_socket_and_write_nothing(repo: Path) -> None:
    assert start(repo, "targets", "--no-cache").events == ()
    assert start(repo, "obligations", "2025Q2", "--no-cache").events == ()


def test_the_first_run_writes_the_kept_book_and_nothing_else(repo: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = start(repo, "targets", cache=home)
    assert first.events != ()
    elsewhere = [event for event in first.events if str(home / "biaochi") not in event]
    # A file that is open already is named by its number.
    assert [event for event in elsewhere if event not in RENAMES and not event[-1].isdigit()] == []
    assert start(repo, "targets", cache=home).events == ()


def test_sockets_would_be_seen(repo: Path) -> None:
    probe = PROBE.replace("from cli import cli", "import socket; socket.socket().close(); from cli import cli")
    argv = [json.dumps(REACHING_OUT), json.dumps(["biaochi", "--help"])]
    environment = {**os.environ, "PYTHONPATH": str(repo), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", probe, *argv], cwd=repo, env=environment, capture_output=True, text=True, check=True
    )
    assert "socket.__new__" in json.loads(ran.stdout.splitlines()[-1])["events"]


def test_programs_end_with_their_exit_code_and_all_their_output(repo: Path) -> None:
    """The process ends without taking itself apart; nothing that was printed may be lost by that."""
    for program, arguments, code in (
        ("check_main", ["submissions/2025Q2/", "--format", "json"], 1),
        ("check_main", ["submissions/2025Q2/", "--format", "json", "--fail-on", "never"], 0),
        ("main", ["targets", "--format", "json"], 0),
        ("main", ["targets", "--no-such-option"], 2),
    ):
        script = f"import sys; from cli import {program}; sys.argv = ['x', *{arguments!r}]; {program}()"
        ran = subprocess.run([sys.executable, "-c", script], cwd=repo, capture_output=True, check=False)
        assert ran.returncode == code
        if code < 2:
            assert json.loads(ran.stdout)["schema"].startswith("biaochi.")
