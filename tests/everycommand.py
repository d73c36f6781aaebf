"""Every command of the program once, on a book that lies in the working folder; what is written goes beside it."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: The book of the plan: no Python, and nothing of the repository.
BOOK = ("rules", "targets.yaml", "organizations.yaml", "policy.yaml", "relations.yaml", "allocations", "submissions")

_PERIOD, _FILE = "submissions/2025Q2", "submissions/2025Q2/education.yaml"

#: What is run, and the exit codes that are answers. In this order: later ones read what earlier ones wrote.
COMMANDS: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "version": (("--version",), (0,)),
    "help": (("--help",), (0,)),
    "help-zh": (("check", "--help", "--lang", "zh-Hant"), (0,)),
    "check": (("check", _PERIOD, "--lang", "zh-Hans"), (1,)),
    "check-markdown": (("check", _FILE, "--format", "markdown", "--lang", "zh-Hant"), (0, 1)),
    "check-json": (("check", _PERIOD, "--format", "json", "-o", "../result.json"), (1,)),
    "check-parquet": (("check", _PERIOD, "--format", "parquet", "-o", "../verdicts.parquet"), (1,)),
    "explain-code": (("explain", "code", "not-utf8"), (0,)),
    "explain-rule": (("explain", "rule", "net-new-enterprises"), (0,)),
    "explain-verdict": (
        ("explain", "verdict", "net-new-enterprises", "--org", "市經信局", "--period", "2025Q2"),
        (0, 3),
    ),
    "report": (("report", _PERIOD, "-o", "../page.html"), (0,)),
    "circular": (("circular", _PERIOD, "-o", "../circular.docx"), (0,)),
    "form": (("form", "2025Q2", "--org", "市教育局", "-o", "../forms"), (0,)),
    "notices": (("notices", "2025Q2", "-o", "../notices"), (0,)),
    "obligations": (("obligations", "2025Q2"), (0,)),
    "rank": (("rank", _PERIOD), (0,)),
    "targets": (("targets",), (0,)),
    "validate": (("validate",), (0,)),
    "test": (("test",), (0,)),
    "schema": (("schema", "rule-file"), (0,)),
    "completion": (("completion", "bash"), (0,)),
    "verify": (("verify", "../result.json"), (0,)),
    "diff": (("diff", "../result.json", "../result.json"), (0,)),
    "draft": (("draft", "../plan.txt", "-o", "../newbook"), (0, 1)),
    "wrong": (("chekc", "數據"), (2,)),
}


def lay_book(folder: Path) -> Path:
    """Copy the book, and the plan that `draft` reads, into an empty folder; the place to run from."""
    book = folder / "book"
    for name in BOOK:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        book.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, book / name)
    shutil.copyfile(ROOT / "examples/new-city/plan.txt", folder / "plan.txt")
    return book
