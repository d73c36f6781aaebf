"""Codes and the places that raise them, compared over the engine's syntax trees."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.catalogues import catalogue
from engine.model.codes import CODES
from engine.model.diagnostic import Severity
from engine.model.question import Question

#: Characters that the Traditional texts write as they stand though a converter would change them.
KEPT = {"凈", "于", "制", "着", "核"}

#: Half-width punctuation that touches Chinese text; behind a key (`revises: `) a blank follows.
HALF_WIDTH = re.compile(r"[,;:!?](?=[\u4e00-\u9fff{“])|(?<=[\u4e00-\u9fff”}])[,;:!?()]")


def called_name(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", None) or getattr(call.func, "id", ""))


def words_of_dict(node: ast.expr) -> set[str]:
    """The constant keys of a dictionary that is written out."""
    keys = node.keys if isinstance(node, ast.Dict) else []
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)}


def assigned_keys(function: ast.AST) -> dict[str, set[str]]:
    """The keys that dictionaries are given in a function, by the name of the variable."""
    keys: dict[str, set[str]] = {}
    for node in ast.walk(function):
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name):
                keys.setdefault(target.id, set()).update(words_of_dict(node.value))
            elif isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
                keys.setdefault(ast.unparse(target.value), set()).add(str(target.slice.value))
    return keys


def params_of(call: ast.Call, variables: dict[str, set[str]]) -> set[str]:
    """The words that one call gives to the message."""
    given: set[str] = set()
    for value in (*call.args[2:3], *(keyword.value for keyword in call.keywords if keyword.arg in (None, "params"))):
        given |= variables.get(value.id, set()) if isinstance(value, ast.Name) else words_of_dict(value)
    return given | {keyword.arg for keyword in call.keywords if keyword.arg}


def raised(source: str) -> Iterator[tuple[str, set[str], int]]:
    """(code, params, line) of every `Diagnostic("…")`, `…_report("…")` and `Fault("…")` of a module's text."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        variables = assigned_keys(function)
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            name = called_name(call)
            if not call.args or not (name in ("Diagnostic", "Fault") or name.endswith("report")):
                continue
            params = {"found", "nearest"} if name == "Fault" else params_of(call, variables)
            for code in ast.walk(call.args[0]):
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value, params, call.lineno


def all_raised(repo: Path) -> list[tuple[str, set[str], str]]:
    """Every call of the engine that raises a code it writes out."""
    found = []
    for path in sorted((repo / "engine").rglob("*.py")):
        # The converter gives every finding about a figure its indicator and unit of measure.
        added = {"indicator", "unit"} if path.name == "convert.py" else set()
        for code, params, line in raised(path.read_text(encoding="utf-8")):
            found.append((code, params | added, f"{path.relative_to(repo)}:{line}"))
    return found


def mentioned(repo: Path) -> set[str]:
    """Every text that is written out in a call somewhere in the engine, as a code that a helper is handed."""
    return {
        node.value
        for path in sorted((repo / "engine").rglob("*.py"))
        if path.name != "codes.py"
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, (ast.Call, ast.Return, ast.Tuple))
        for node in ast.walk(call)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def braces(template: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", template))


def wanted_words(code: str) -> set[str]:
    """The words that a finding of this code needs; a hint that knows no unit of measure takes 家."""
    message, hint = CODES[code].message, CODES[code].hint
    return braces(message) | (braces(hint) - {"unit"})


def test_every_raised_code_is_registered(repo: Path) -> None:
    unknown = [f"{place}: {code}" for code, _, place in all_raised(repo) if code not in CODES]
    assert unknown == []


def test_every_registered_code_is_raised(repo: Path) -> None:
    asked = {question.code for question in Question}
    assert sorted(set(CODES) - mentioned(repo) - asked) == []


def test_call_sites_fill_every_brace(repo: Path) -> None:
    empty = [
        f"{place}: {code} lacks {', '.join(sorted(lacking))}"
        for code, params, place in all_raised(repo)
        if code in CODES and (lacking := wanted_words(code) - params)
    ]
    assert empty == []


def test_every_code_has_a_message_and_a_way_out() -> None:
    assert [name for name, code in CODES.items() if not (code.message and code.hint)] == []


def chinese_texts() -> list[str]:
    said = catalogue("zh-Hant").pgettext
    return [said(name, text) for name, code in CODES.items() for text in (code.message, code.hint)]


def test_chinese_messages_use_full_width_punctuation() -> None:
    assert [text for text in chinese_texts() if HALF_WIDTH.search(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("請寫明期別,謝謝", True), ("不是 YAML:{problem}", True), ("請寫明 revises: 及原因", False), ("如 131 家", False)],
)
def test_half_width_punctuation_is_seen(text: str, expected: bool) -> None:
    assert bool(HALF_WIDTH.search(text)) is expected


def test_codes_are_stable_words() -> None:
    assert [code for code in CODES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)] == []


def test_only_errors_leave_an_answer_incomplete() -> None:
    assert [name for name, code in CODES.items() if code.incomplete and code.severity is not Severity.ERROR] == []


def test_raised_codes_are_seen_with_their_words() -> None:
    source = """
def f(self, found):
    params = {"name": "x"}
    params["near"] = "y"
    found.append(Diagnostic("a-code", source, params))
    self._report("b-code", source, key="z")
    return Fault("c-code", text)
"""
    assert {code: params for code, params, _ in raised(source)} == {
        "a-code": {"name", "near"},
        "b-code": {"key"},
        "c-code": {"found", "nearest"},
    }
