"""What shells offer while a command is typed, asked of the shells themselves."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import cli
from commands.shared.options import PROGRAMS
from engine.model.codes import CODES
from tests.everycommand import lay_book

#: Asks bash what it would offer for a line, in the words that it gives to completions.
BASH = """
eval "$({program} completion bash)"
COMP_WORDS=({line} "$1"); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_{first}_completion {first}; printf '%s\\n' "${{COMPREPLY[@]}}"
"""

#: The same of fish, which is asked for a whole line.
FISH = """
{program} completion fish | source
complete --do-complete "{line} $argv[1]"
"""


#: The same of zsh, which offers through compadd; that needs a terminal, and so it is asked what it was given.
ZSH = """
autoload -U compinit; compinit -u; eval "$({program} completion zsh)"
compadd() {{ print -rl -- ${{(P)@[-1]}} }}
words=({line} $1); CURRENT=$#words; _{first}_completion
"""

#: Completes like a shell does, then names what was loaded for it.
LOADED = """
import os, sys
os._exit = lambda code: None
from cli import check_main
try:
    check_main()
finally:
    print(*sorted({each.partition(".")[0] for each in sys.modules}))
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, repo: Path) -> Path:
    """A folder with a book and, in `bin/`, the two programs as an installation would put them there."""
    desk = tmp_path_factory.mktemp("desk")
    lay_book(desk)
    (desk / "bin").mkdir()
    for program in PROGRAMS:
        main = "main" if program == "biaochi" else f"{program}_main"
        script = desk / "bin" / program
        script.write_text(
            f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(repo)!r})\nfrom cli import {main}\n{main}()\n",
            encoding="utf-8",
        )
        script.chmod(0o755)
    return desk


def ask(desk: Path, shell: list[str], script: str, folder: Path, word: str) -> list[str]:
    environment = {
        "PATH": f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}", "HOME": str(desk), "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    ran = subprocess.run(
        [*shell, script, *([] if shell[0] == "fish" else ["-"]), word],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stderr == ""
    # fish puts what a word means beside it.
    return [line.partition("\t")[0] for line in ran.stdout.splitlines() if line]


def of_bash(desk: Path, line: str, word: str, folder: Path | None = None) -> list[str]:
    script = BASH.format(program="biaochi", line=line, first=line.split()[0])
    return ask(desk, ["bash", "--norc", "-c"], script, folder or next(desk.glob("*/targets.yaml")).parent, word)


LINES = [
    ("biaochi", "che", {"check"}),
    ("biaochi", "ex", {"explain"}),
    ("biaochi explain", "", {"code", "rule", "verdict"}),
    ("biaochi check --format", "j", {"json", "junit"}),
    ("check --format", "j", {"json", "junit"}),
    ("check --fail-on", "at", {"at-risk"}),
    ("check --org", "市發", {"市發改委"}),
    ("check --org", "市发", {"市發改委"}),
    ("check --rule", "net-new-e", {"net-new-enterprises"}),
    ("check --clause", "一(十", {"一(十)"}),
    ("biaochi obligations", "2025Q", {"2025Q1", "2025Q2", "2025Q3", "2025Q4"}),
    ("biaochi rank --period", "2025-1", {"2025-10", "2025-11", "2025-12"}),
    ("biaochi explain rule", "net-new-e", {"net-new-enterprises"}),
    ("biaochi explain code", "not-", {code for code in CODES if code.startswith("not-")}),
    ("biaochi schema", "rule-f", {"rule-file"}),
    ("biaochi completion", "", {"bash", "fish", "zsh"}),
]  # fmt: skip


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")
@pytest.mark.parametrize(("line", "word", "offered"), LINES)
def test_bash_offers_what_can_stand_there(desk: Path, line: str, word: str, offered: set[str]) -> None:
    assert set(of_bash(desk, line, word)) == offered


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")
@pytest.mark.parametrize("spoilt", [None, "", "targets: [", "\x00"])
def test_without_a_sound_book_nothing_is_offered_and_nothing_said(
    desk: Path, tmp_path: Path, spoilt: str | None
) -> None:
    if spoilt is not None:
        (tmp_path / "targets.yaml").write_text(spoilt, encoding="utf-8")
    assert of_bash(desk, "check --org", "", tmp_path) == []
    assert of_bash(desk, "biaochi obligations", "", tmp_path) == []


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not here")
def test_fish_offers_what_can_stand_there(desk: Path) -> None:
    book = next(desk.glob("*/targets.yaml")).parent
    script = FISH.format(program="biaochi", line="biaochi check --org")
    assert ask(desk, ["fish", "-c"], script, book, "市發") == ["市發改委"]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not here")
def test_zsh_takes_the_script(desk: Path) -> None:
    taken = "print -r -- $_comps[biaochi] $_comps[check]"
    script = f'autoload -U compinit; compinit -u; eval "$(biaochi completion zsh)"; {taken}'
    assert ask(desk, ["zsh", "-fc"], script, desk, "") == ["_biaochi_completion _check_completion"]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not here")
@pytest.mark.parametrize(
    ("line", "word", "offered"), [("check --org", "市發", ["市發改委"]), ("check --fail-on", "at", ["at-risk"])]
)
def test_zsh_offers_what_can_stand_there(desk: Path, line: str, word: str, offered: list[str]) -> None:
    script = ZSH.format(program="biaochi", line=line, first=line.split()[0])
    assert ask(desk, ["zsh", "-fc"], script, next(desk.glob("*/targets.yaml")).parent, word) == offered


def test_a_name_of_the_book_is_offered_without_what_judges(desk: Path, repo: Path) -> None:
    typed = {"_CHECK_COMPLETE": "bash_complete", "COMP_WORDS": "check --org 市發", "COMP_CWORD": "2"}
    ran = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=next(desk.glob("*/targets.yaml")).parent, capture_output=True, text=True,
        env={**os.environ, **typed, "PYTHONPATH": str(repo), "PYTHONUTF8": "1"}, check=True,
    )  # fmt: skip
    offered, loaded = ran.stdout.splitlines()
    assert offered == "plain,市發改委"
    assert {"click", "engine"} <= set(loaded.split())
    assert set(loaded.split()) & {"duckdb", "_duckdb", "openpyxl", "jinja2", "tabulate", "docx", "z3"} == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_for_both_programs(shell: str) -> None:
    ran = CliRunner().invoke(cli, ["completion", shell])
    assert ran.exit_code == 0
    for program in PROGRAMS:
        assert f"_{program.upper()}_COMPLETE={shell}_complete" in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (["chek"], "'check'"),
        (["explain", "verdit"], "'verdict'"),
        (["check", ".", "--fromat", "json"], "'--format'"),
        (["check", ".", "--format", "jsn"], "the nearest are json"),
        (["check", ".", "--only", "fial"], "the nearest are fail"),
        (["completion", "bsh"], "the nearest are bash"),
        (["explain", "code", "not-utf"], "not-utf8"),
        (["schema", "targts"], "targets"),
    ],
)
def test_what_is_mistyped_is_told_what_was_meant(arguments: list[str], nearest: str) -> None:
    ran = CliRunner().invoke(cli, arguments)
    assert (ran.exit_code, nearest in ran.stderr) == (2, True), ran.stderr
