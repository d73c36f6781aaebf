"""Every English phrase that the engine gives a finding along is one that can be said in Chinese."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.report.particulars import PARTICULARS, put
from engine.report.words import Words

CHINESE = Words("zh-Hant")

#: Calls whose argument of this number ends up in a message.
GIVEN = {"_refuse": 2, "UnitDefinitionsError": 1, "PlanFileError": 0}

WIDE = re.compile("[\u4e00-\u9fff]")


def texts(node: ast.expr | None) -> Iterator[str]:
    """The texts that an expression can be; what is filled in is an x."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(each.value) if isinstance(each, ast.Constant) else "x" for each in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*texts(node.body), *texts(node.orelse))
    elif isinstance(node, ast.BinOp):
        yield from (f"{head}x" for head in texts(node.left))


def given(source: str) -> Iterator[str]:
    """The phrases that a module gives findings along."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from (text for each in node.keywords if each.arg == "expected" for text in texts(each.value))
            place = GIVEN.get(getattr(node.func, "id", ""))
            if place is not None and len(node.args) > place:
                yield from texts(node.args[place])
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value in ("expected", "problem"):
                    yield from texts(value)
        elif isinstance(node, ast.FunctionDef) and node.name.endswith("_problem"):
            yield from (text for each in ast.walk(node) if isinstance(each, ast.Return) for text in texts(each.value))


def test_every_phrase_of_the_engine_is_said_in_chinese(repo: Path) -> None:
    # What the examples of codes hold was found in their files.
    modules = [path for path in (repo / "engine").rglob("*.py") if path.name != "codeexamples.py"]
    phrases = {text for path in modules for text in given(path.read_text(encoding="utf-8"))}
    assert len(phrases) > 40
    assert [text for text in sorted(phrases) if not WIDE.search(put(text, CHINESE.said))] == []


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("a mapping of value, unit", "鍵值對，鍵為 value, unit"),
        ("a number from 0 to 100", "0 至 100 之間的數"),
        ("a whole number from 1 to 9999", "1 至 9999 之間的整數"),
        ("a number from 100", "不小於 100 的數"),
        ("the document is damaged: no element found", "文檔已損壞"),
        ("2025-13", "2025-13"),
    ],
)
def test_the_phrase_with_most_words_of_its_own_is_taken(english: str, expected: str) -> None:
    assert put(english, CHINESE.said) == expected


def test_a_message_says_the_phrase_in_its_language() -> None:
    finding = Diagnostic("pace-broken", Source("rules/a.yaml", 1, 1), {"problem": "each day stands once"})
    said = {language: Words(language).message(finding) for language in ("en", "zh-Hant", "zh-Hans")}
    assert said["en"].endswith("each day stands once")
    assert said["zh-Hant"] == "進度安排無法使用：同一日只能出現一次"
    assert said["zh-Hans"] == "进度安排无法使用：同一日只能出现一次"


def test_no_phrase_stands_twice() -> None:
    assert len(set(PARTICULARS)) == len(PARTICULARS)
