"""Fixtures for all tests: the repository, the plan's own text, and the command run in this process."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    exit_code: int
    stdout: str
    stderr: str


class RunCli(Protocol):
    """Run `biaochi` with these arguments in a working folder (the repository's root unless told)."""

    def __call__(self, *args: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Ran: ...


@pytest.fixture(scope="session", autouse=True)
def cache_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the command keeps bound books during the tests, in this process and in those that it starts.

    Nothing is written into the home of whoever runs the tests, and nothing there has a say in them.
    """
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("cache")
        for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(variable, str(home))
        yield home


@pytest.fixture(scope="session")
def repo() -> Path:
    """The repository's root, which is the book of Xianning's plan."""
    return ROOT


@pytest.fixture(scope="session")
def plan_path() -> Path:
    """The file with the plan's own text, which the repository does not hold."""
    named = os.environ.get("BIAOCHI_PLAN")
    path = Path(named) if named else ROOT.parent / "shared" / "plan" / "xianning-2025.txt"
    if named and not path.is_file():
        pytest.fail(f"BIAOCHI_PLAN names {named}, and there is no such file")
    if not path.is_file():
        pytest.skip("the plan's own text is not here; BIAOCHI_PLAN=FILE names it")
    return path


@pytest.fixture(scope="session")
def plan_text(plan_path: Path) -> str:
    """The plan's own text; tests that need it are skipped where it is absent."""
    return plan_path.read_text(encoding="utf-8")


@pytest.fixture
def run_cli(monkeypatch: pytest.MonkeyPatch) -> RunCli:
    """The command without a process around it. An exception that the command lets through fails the test."""
    from cli import cli

    # The answer must not depend on the locale of the machine that runs the tests.
    fixed = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "LANGUAGE": "", "COLUMNS": "120"}

    def run(*args: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Ran:
        monkeypatch.chdir(cwd or ROOT)
        result = CliRunner().invoke(
            cli, [str(arg) for arg in args], env={**fixed, **(env or {})}, catch_exceptions=False
        )
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run
