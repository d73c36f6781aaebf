"""Makes engine/report/codeexamples.py, the examples that `biaochi explain code` shows.

They are what the program finds in the broken submissions of tests/broken/, in the small books of tests/codecases.py,
and in what tests/codesmade.py makes: workbooks, templates, results. `python -m tests.codeexamples` writes the
module; a test holds it against them.
"""

import tempfile
from pathlib import Path

from engine.model.diagnostic import Diagnostic
from engine.pipeline import check, open_book
from tests.brokencases import BROKEN, CASES, Case
from tests.codecases import findings_of_book, load_cases, put_book
from tests.codesmade import MADE

ROOT = Path(__file__).resolve().parent.parent
MODULE = ROOT / "engine" / "report" / "codeexamples.py"

#: Title, lines, place, and the words that fill the message.
Example = tuple[str, tuple[str, ...], str, dict[str, str]]

#: Codes that no file of a repository can show, each with the reason.
CANNOT_BE_SHOWN = {
    "edges-cross": "the readers of bands and tolerances refuse what could give it; it guards the compiler of rules",
    "engine-blind": "a cluster has to see other files than the driver",
    "engine-failed": "a cluster has to break off its work",
    "engine-not-ansi": "a cluster has to be set up so that it forgives what leaves a type",
    "engine-unreachable": "it is about what is not there: a cluster",
    "file-changed": "a file has to be written at the moment in which it is read",
    "signatures-unchecked": "it is about what is not there: OpenSSH",
    "path-missing": "it is about what is not there: the path of a command",
}

_HEAD = '''"""An example of each finding: what is wrong, the lines around it, the place, and what fills the message.

Made from tests/broken/, tests/codecases.py and tests/codesmade.py by `python -m tests.codeexamples`; change those.
"""
# fmt: off
# ruff: noqa: E501

#: Title, lines, place and the words of the message by code.
EXAMPLES: dict[str, tuple[str, tuple[str, ...], str, dict[str, str]]] = {
'''

_LONGEST_LINE = 100
_WIDEST = 160


def example_of(case: Case) -> Example | None:
    """Title, lines and place of a case; None where there is no short text to be shown."""
    path = BROKEN / case.name
    if case.hostile is not None or path.is_dir() or path.suffix not in (".yaml", ".csv") or case.line is None:
        return None
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return None
    title = _title(case)
    around = lines[max(0, case.line - 3) : case.line]
    shown = tuple(line for line in around if line.strip() and not line.startswith("#"))
    if not title or not shown:
        return None
    if any(len(line) > _LONGEST_LINE or not line.isprintable() for line in shown):
        return None
    return title, shown, f"{case.file}:{case.line}" + (f":{case.column}" if case.column else ""), {}


def _title(case: Case) -> str:
    """What the case says of itself; empty where it says nothing."""
    if case.hostile is not None:
        return case.hostile.remark
    path = BROKEN / case.name
    beside = path.with_name(f"{path.name}.expect")
    said = (beside if beside.exists() else path).read_text(encoding="utf-8", errors="replace").splitlines()
    title = said[0].removeprefix("#").strip() if said and said[0].startswith("#") else ""
    return "" if title.startswith(("expect", "biaochi.")) else title


def _without_text(case: Case) -> Example | None:
    """A case of which no lines can be shown: a workbook, a link, a file of many megabytes."""
    place = case.cell or (f"{case.line}" if case.line else "")
    title = _title(case)
    if not title or not case.file.isprintable():
        return None
    return title, (), f"{case.file}:{place}" if place else case.file, {}


def _of_book(code: str, files: dict[str, str]) -> Example:
    """What the program finds in a small book; the case has to give its code."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        put_book(files, folder)
        finding = next((each for each in findings_of_book(folder) if each.code == code), None)
    assert finding is not None, f"the book of {code} does not give it"
    source = finding.source
    lines = files.get(source.file, "").splitlines()[max(0, source.line - 3) : source.line]
    shown = tuple(line if len(line) <= _WIDEST else f"{line[:_WIDEST]}…" for line in lines if line.strip())
    return "", shown, str(source), finding.params


def _of_made(code: str) -> Example:
    """What the program finds in what is made for the code."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        lines, findings = MADE[code](folder)
        finding = next((each for each in findings if each.code == code), None)
    assert finding is not None, f"what is made for {code} does not give it"
    return "", lines, str(finding.source).removeprefix(f"{folder}/"), finding.params


def _said_of(case: Case) -> dict[str, str]:
    """The words with which the program fills its message for a submission."""
    found: list[Diagnostic] = []
    book = open_book(ROOT, found)
    assert book is not None
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "2025Q2"
        folder.mkdir()
        findings = check(book, found, case.put(folder)).findings
    finding = next(each for each in findings if each.code == case.code and each.source.line == case.line)
    return {name: value.replace(f"{folder}/", "") for name, value in finding.params.items()}


def module_text() -> str:
    """The whole module: for every code its first case that can be shown."""
    chosen: dict[str, Example] = {}
    for case in CASES:
        found = example_of(case)
        if found is not None and case.code not in chosen:
            chosen[case.code] = (*found[:3], _said_of(case))
    for code, files in load_cases().items():
        if code not in chosen:
            chosen[code] = _of_book(code, files)
    for code in MADE:
        chosen.setdefault(code, _of_made(code))
    for case in CASES:
        found = _without_text(case)
        if found is not None:
            chosen.setdefault(case.code, found)
    rows = "".join(f"    {code!r}: {example!r},\n" for code, example in sorted(chosen.items()))
    return f"{_HEAD}{rows}}}\n"


if __name__ == "__main__":
    MODULE.write_text(module_text(), encoding="utf-8")
