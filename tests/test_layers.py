"""What the import contracts of pyproject.toml cannot see: who opens files, asks the clock, or is heavy."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

#: Calls by which a program reaches the disk, as a function (`open(…)`) or as a method (`path.read_text()`).
DISK_CALLS = frozenset(
    {
        "open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "listdir",
        "scandir", "mkdir", "makedirs", "touch", "unlink", "rmdir", "rename",
    }
)  # fmt: skip

#: Modules that may reach the disk besides every `read.py`, each with what it reads.
MAY_REACH_THE_DISK = {
    "report/write.py": "writes every output",
    "rules/cache.py": "keeps bound books between runs, in the folder that it is given",
    "submissions/archive.py": "opens parts of a workbook whose bytes are given",
    "catalogues.py": "the compiled catalogues, which ship in the package",
    "units.py": "units.txt, which ships in the package",
    "report/schemas.py": "the schemas, which ship in the package",
}

#: Folders whose modules may read the SQL text that ships beside them.
MAY_READ_SQL = ("evaluate/",)

#: Imports by which the same input could give another answer tomorrow, or elsewhere.
CHANGEFUL_IMPORTS = frozenset({"time", "random", "secrets", "socket", "uuid", "urllib", "http", "locale"})

#: Calls and names that ask the clock or the environment.
CHANGEFUL_NAMES = frozenset({"now", "utcnow", "today", "fromtimestamp", "environ", "environb", "getenv", "putenv"})


def nodes_of(source: str) -> Iterator[ast.AST]:
    """All nodes of a module's syntax tree."""
    return ast.walk(ast.parse(source))


def disk_calls(source: str) -> list[str]:
    """The calls of a module's text that reach the disk, as `line: name`."""
    found = []
    for node in nodes_of(source):
        if isinstance(node, ast.Call):
            function = node.func
            name = getattr(function, "id", None) or getattr(function, "attr", None)
            if name in DISK_CALLS:
                found.append(f"{node.lineno}: {name}")
    return found


def imported_modules(source: str) -> list[tuple[int, str]]:
    """Every module that a module's text imports, anywhere in it, with its line."""
    found = []
    for node in nodes_of(source):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.lineno, node.module or ""))
    return found


def changeful_uses(source: str) -> list[str]:
    """The imports and names of a module's text that ask the clock, chance, the net or the environment."""
    imports = [f"{line}: {name}" for line, name in imported_modules(source) if name.split(".")[0] in CHANGEFUL_IMPORTS]
    names = [
        f"{node.lineno}: {node.attr}"
        for node in nodes_of(source)
        if isinstance(node, ast.Attribute) and node.attr in CHANGEFUL_NAMES
    ]
    taken = [
        f"{node.lineno}: {alias.name}"
        for node in nodes_of(source)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in CHANGEFUL_NAMES
    ]
    return imports + names + taken


def may_reach_the_disk(module: str) -> bool:
    """Whether engine/<module> is one of the places where files are opened."""
    return module.endswith("read.py") or module in MAY_REACH_THE_DISK or module.startswith(MAY_READ_SQL)


def engine_modules(repo: Path) -> list[tuple[str, str]]:
    """Every module of the engine: its path below engine/ and its text."""
    engine = repo / "engine"
    return [
        (path.relative_to(engine).as_posix(), path.read_text(encoding="utf-8")) for path in sorted(engine.rglob("*.py"))
    ]


def test_files_are_opened_only_at_the_edges(repo: Path) -> None:
    found = [
        f"engine/{module}:{call}"
        for module, text in engine_modules(repo)
        if not may_reach_the_disk(module)
        for call in disk_calls(text)
    ]
    assert found == [], "only */read.py reads and report/write.py writes:\n" + "\n".join(found)


def test_allowed_modules_exist(repo: Path) -> None:
    gone = [module for module in MAY_REACH_THE_DISK if not (repo / "engine" / module).is_file()]
    assert gone == [], "allowed to reach the disk, and not there"


def test_engine_asks_no_clock_and_no_environment(repo: Path) -> None:
    found = [f"engine/{module}:{use}" for module, text in engine_modules(repo) for use in changeful_uses(text)]
    assert found == [], "pass dates and settings in as arguments:\n" + "\n".join(found)


@pytest.mark.parametrize("folder", ["rules", "submissions", "allocations", "examples"])
def test_the_book_holds_no_python(repo: Path, folder: str) -> None:
    assert [str(path) for path in (repo / folder).rglob("*.py*")] == []


def test_command_line_imports_nothing_heavy(repo: Path) -> None:
    allowed = {"click", "biaochi", "engine", "commands"} | sys.stdlib_module_names
    modules = [repo / "cli.py", *(repo / "commands").rglob("*.py")]
    found = {name.split(".")[0] for path in modules for _, name in imported_modules(path.read_text(encoding="utf-8"))}
    assert found - allowed == set()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("text = open('x').read()", ["1: open"]),
        ("def f(path):\n    return path.read_text()", ["2: read_text"]),
        ("path.write_bytes(b'')", ["1: write_bytes"]),
        ("text = read(opened)", []),
    ],
)
def test_disk_call_is_seen(source: str, expected: list[str]) -> None:
    assert disk_calls(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import time", ["1: time"]),
        ("def f():\n    from random import choice", ["2: random"]),
        ("today = date.today()", ["1: today"]),
        ("import os\nhome = os.environ['HOME']", ["2: environ"]),
        ("from os import getenv", ["1: getenv"]),
        ("from datetime import date\nday = date(2025, 1, 9)", []),
    ],
)
def test_changeful_use_is_seen(source: str, expected: list[str]) -> None:
    assert changeful_uses(source) == expected
