"""The command line speaks the reader's language before it has parsed anything: helps, wrong usage, click's words."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from wcwidth import wcswidth

from cli import cli
from commands.check import check
from commands.shared.speech import asked_language, wrap
from engine.names import to_simplified

CHINESE = ("zh-Hant", "zh-Hans")

#: Two English words side by side: what is named in a Chinese sentence (a format, a command, a file) is one.
ENGLISH = re.compile(r"(?<![-\w/.`{])[a-z]{2,} [a-z]{2,}(?![-\w/.])")

#: Commands as they are typed.
TYPED = re.compile(r"`[^`]*`|pip install|biaochi \w+( \w+)*")


def commands(command: click.Command, *path: str) -> Iterator[tuple[str, ...]]:
    """The path of every command, the program itself among them."""
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, *path, name)


def ran(*arguments: str, lang: str = "") -> Result:
    """What the program says to this command line, where the locale asks for `lang`."""
    environment = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": lang or "C.UTF-8", "LANGUAGE": None}
    return CliRunner().invoke(cli, arguments, prog_name="biaochi", env=environment, terminal_width=80)


@pytest.mark.parametrize("language", CHINESE)
@pytest.mark.parametrize("path", list(commands(cli)), ids=" ".join)
def test_every_help_is_chinese_and_no_wider_than_the_terminal(path: tuple[str, ...], language: str) -> None:
    said = ran("--lang", language, *path, "--help")
    assert said.exit_code == 0
    assert said.output.startswith("用法：biaochi")
    assert ENGLISH.findall(TYPED.sub("", said.output)) == []
    assert [line for line in said.output.splitlines() if wcswidth(line) > 80] == []
    assert (to_simplified(said.output) == said.output) is (language == "zh-Hans")


WRONG = (
    (("check",), "Missing argument 'PATHS...'.", "缺少參數 'PATHS...'"),
    (("check", "x", "--colr"), "No such option '--colr'.", "沒有選項 '--colr'。"),
    (("chekc",), "No such command 'chekc'.", "沒有命令 'chekc'。"),
    (("check", "x", "--format"), "Option '--format' requires an argument.", "選項 '--format' 須有 1 個值。"),
    (("check", "x", "--by", "y"), "'y' is not one of", "'y' 不在 "),
    (("check", "nonesuch"), "there is no such file or folder: nonesuch", "沒有這個文件或文件夾：nonesuch"),
    (("obligations", "2025Q9"), "'2025Q9' is no period", "'2025Q9' 不是期別"),
    (("check", ".", "--as-of", "x"), "'x' is no date", "'x' 不是日期"),
    (("targets", "--book", "engine"), "there is no book (targets.yaml) in", "engine 中沒有規則冊（targets.yaml）"),
    (("obligations", "2025Q2", "--rule", "y"), "the book has no rule y", "本冊沒有規則 y"),
    (("obligations", "2024Q2"), "the book's plan is of 2025, and 2024Q2", "本冊方案為 2025 年，2024Q2 不在該年"),
    (("explain", "code", "not-utf"), "the nearest are not-utf8", "相近的有 not-utf8"),
    (("schema", "y"), "there is no schema y", "沒有名為 y 的 Schema"),
    (("check", ".", "--format", "parquet"), "Parquet is written to a file", "Parquet 須寫入文件或文件夾"),
)  # fmt: skip


@pytest.mark.parametrize(("arguments", "english", "chinese"), WRONG, ids=[" ".join(each[0]) for each in WRONG])
def test_wrong_usage_is_answered_in_the_language(
    repo: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], english: str, chinese: str
) -> None:
    monkeypatch.chdir(repo)
    for language, error, expected in (
        ("en", "Error: ", english),
        ("zh-Hant", "錯誤：", chinese),
        ("zh-Hans", "错误：", to_simplified(chinese)),
    ):
        said = ran("--lang", language, *arguments)
        assert said.exit_code == 2
        assert error in said.output
        assert expected in said.output
        if language != "en":
            assert ENGLISH.findall(TYPED.sub("", said.output)) == []


@pytest.mark.parametrize(
    ("arguments", "lang", "expected"),
    [
        ((), "", "Usage: "),
        ((), "zh_CN.UTF-8", "用法："),
        ((), "zh_TW.UTF-8", "用法："),
        (("--lang", "en"), "zh_CN.UTF-8", "Usage: "),
        (("--lang=zh-Hant",), "", "用法："),
        (("--lang", "klingon"), "", "Usage: "),
        (("--lang", "klingon"), "zh_CN.UTF-8", "用法："),
    ],
)
def test_the_language_is_known_before_anything_is_parsed(arguments: tuple[str, ...], lang: str, expected: str) -> None:
    assert ran("check", "--nonesuch", *arguments, lang=lang).output.startswith(expected)


def test_a_language_before_the_command_holds_for_the_command(repo: Path) -> None:
    book = ("--book", str(repo))
    before, behind = ran("--lang", "zh-Hant", "targets", *book), ran("targets", "--lang", "zh-Hant", *book)
    assert before.output == behind.output != ran("targets", *book).output


def test_behind_two_dashes_nothing_is_an_option() -> None:
    assert asked_language(["check", "--lang", "zh-Hant", "--", "--lang=en"]) == "zh-Hant"


def test_the_program_check_speaks_as_well() -> None:
    said = CliRunner().invoke(check, ["--help", "--lang", "zh-Hans"], prog_name="check")
    assert said.output.startswith("用法：check [OPTIONS] PATHS...")


def test_nothing_of_the_language_is_left_behind() -> None:
    before = os.environ.get("LANGUAGE")
    ran("--lang", "zh-Hant", "--help")
    assert os.environ.get("LANGUAGE") == before
    assert ran("--help").output.startswith("Usage: ")


@pytest.mark.parametrize("width", [12, 20, 37])
def test_lines_lose_no_word_and_begin_with_no_closing_mark(width: int) -> None:
    text = "把文件（.docx）寫入 out，須為新建或空的；“草稿”除外。退出碼：0 已寫入，2 用法錯誤。"
    lines = wrap(text, width).splitlines()
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert [line for line in lines if line[0] in "，。；：）”"] == []
    assert all(wcswidth(line) <= width for line in lines)
