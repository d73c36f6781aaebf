"""Makes engine/report/codeexamples.py, the examples that `biaochi explain code` shows, from tests/broken/.

`python -m tests.codeexamples` writes it; a test holds it against the folder.
"""

from pathlib import Path

from tests.brokencases import BROKEN, FILES, Case

MODULE = Path(__file__).resolve().parent.parent / "engine" / "report" / "codeexamples.py"

_HEAD = '''"""An example of each finding that a submission can give: what is wrong, the lines around it, and the place.

Made from tests/broken/ by `python -m tests.codeexamples`; change the files there, not this one.
"""
# fmt: off
# ruff: noqa: E501

#: Title, lines and place by code.
EXAMPLES: dict[str, tuple[str, tuple[str, ...], str]] = {
'''

_LONGEST_LINE = 100


def example_of(case: Case) -> tuple[str, tuple[str, ...], str] | None:
    """Title, lines and place of a case; None where there is no short text to be shown."""
    path = BROKEN / case.name
    if path.is_dir() or path.suffix not in (".yaml", ".csv") or case.line is None:
        return None
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return None
    beside = path.with_name(f"{path.name}.expect")
    said = (beside.read_text(encoding="utf-8") if beside.exists() else "\n".join(lines)).splitlines()
    title = said[0].removeprefix("#").strip() if said and said[0].startswith("#") else ""
    around = lines[max(0, case.line - 3) : case.line]
    shown = tuple(line for line in around if line.strip() and not line.startswith("#"))
    if not title or title.startswith(("expect", "biaochi.")) or not shown:
        return None
    if any(len(line) > _LONGEST_LINE or not line.isprintable() for line in shown):
        return None
    return title, shown, f"{case.file}:{case.line}" + (f":{case.column}" if case.column else "")


def module_text() -> str:
    """The whole module: for every code its first case that can be shown."""
    chosen: dict[str, tuple[str, tuple[str, ...], str]] = {}
    for case in FILES:
        found = example_of(case)
        if found is not None:
            chosen.setdefault(case.code, found)
    rows = "".join(f"    {code!r}: {example!r},\n" for code, example in sorted(chosen.items()))
    return f"{_HEAD}{rows}}}\n"


if __name__ == "__main__":
    MODULE.write_text(module_text(), encoding="utf-8")
