"""The manual page: every command and option is in it, and the tools that show such pages find nothing wrong with it."""

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from cli import cli
from docs.manpage import commands_of, main, page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages") / "man1"
    assert main([str(folder)]) == 0
    return folder


def shown(path: Path) -> str:
    """The page as a reader sees it, in one line."""
    ran = subprocess.run(
        ["mandoc", "-T", "utf8", "-O", "width=500", str(path)], capture_output=True, text=True, check=True
    )
    return " ".join(re.sub(r".\x08", "", ran.stdout).split())


def test_without_a_folder_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "name the folder" in capsys.readouterr().err


def test_every_command_and_option_is_in_the_source() -> None:
    text = page().replace("\\-", "-")
    for name, command in commands_of("biaochi", cli):
        section = text.split(f".SS {name}\n")[1].split("\n.S")[0]
        for param in command.params:
            for word in param.opts if isinstance(param, click.Option) else [param.make_metavar(click.Context(command))]:
                assert word in section, (name, word)


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not here")
def test_mandoc_finds_nothing_wrong(folder: Path) -> None:
    ran = subprocess.run(
        ["mandoc", "-T", "lint", "-W", "warning", "biaochi.1"], cwd=folder, capture_output=True, text=True, check=False
    )
    # That it has no date is meant: the same commands give the same bytes.
    assert [line for line in ran.stdout.splitlines() if "missing date" not in line] == []


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not here")
def test_the_page_shows_helps_as_they_are_written(folder: Path) -> None:
    text = shown(folder / "biaochi.1")
    for name, command in commands_of("biaochi", cli):
        assert " ".join(str(command.help).split()) in text, name


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not here")
def test_man_finds_both_names(folder: Path) -> None:
    bare = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "200"}
    words = ["man", "--warnings", "-M", str(folder.parent), "check"]
    ran = subprocess.run(words, env=bare, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "BIAOCHI(1)" in ran.stdout
