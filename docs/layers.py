"""What the page on the architecture takes from the code: the picture of the flow, and what every package holds."""

import ast
import inspect
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def layers() -> list[list[str]]:
    """The layers of the engine from the top down, as the contract of imports in `pyproject.toml` has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    direction = next(each for each in settings["tool"]["importlinter"]["contracts"] if each["id"] == "direction")
    return [[name.strip() for name in layer.split("|")] for layer in direction["layers"]]


def words(name: str) -> str:
    """What a module or package of the engine, `biaochi`, `commands` or `cli` says of itself."""
    below = ROOT if name in ("cli", "commands", "biaochi") else ROOT / "engine"
    module = below / f"{name}.py"
    text = (module if module.exists() else below / name / "__init__.py").read_text(encoding="utf-8")
    return inspect.cleandoc(ast.get_docstring(ast.parse(text)) or "")


def flow() -> str:
    """The picture of the flow as the engine draws it, in a block."""
    picture = (ast.get_docstring(ast.parse((ROOT / "engine/__init__.py").read_text(encoding="utf-8"))) or "").split(
        "\n\n"
    )
    return f"```text\n{picture[1]}\n```\n"


def packages() -> str:
    """A table with a row for every part of the layers: its place, and the first sentence that it says of itself."""
    lines = ["| part | holds |", "| --- | --- |"]
    for name in ["cli", "commands", "biaochi", *(name for layer in layers() for name in layer)]:
        path = name if name in ("cli", "commands", "biaochi") else f"engine/{name}"
        is_folder = (ROOT / path).is_dir()
        first = " ".join(words(name).split("\n\n")[0].split()).replace("|", "\\|")
        lines.append(f"| `{path}{'/' if is_folder else '.py'}` | {first} |")
    return "\n".join(lines) + "\n"
