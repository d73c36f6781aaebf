"""Small books with one thing wrong, and what the program finds in each.

They are the examples of codes that no single submission can give.
`tests/data/codecases.json` holds the files of each book by the code that it is an example of. Every question that the
program answers is asked of it, as an author and an office would: the book is opened with its cases, validated, its
cases run, its submissions judged period by period, ranked and followed up.
"""

import json
from dataclasses import replace
from pathlib import Path

from engine.model.diagnostic import Diagnostic
from engine.model.notice import ItemWords
from engine.model.period import Period
from engine.model.verdict import Verdict
from engine.pipeline import check, open_book, run_cases, validate
from engine.publication import follow_up, rank
from engine.report.noticewords import item_words
from engine.report.words import Words

CASES_FILE = Path(__file__).resolve().parent / "data" / "codecases.json"

#: A plan's own text beside a book, where its case needs one.
PLAN = "plan.txt"


def load_cases() -> dict[str, dict[str, str]]:
    """The files of every case by its code."""
    loaded: dict[str, dict[str, str]] = json.loads(CASES_FILE.read_text(encoding="utf-8"))
    return loaded


def put_book(files: dict[str, str], folder: Path) -> None:
    """Write the files of a case into a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def findings_of_book(folder: Path) -> list[Diagnostic]:
    """Everything that the program finds in a book and in what was submitted; places are below the folder."""
    found: list[Diagnostic] = []
    book = open_book(folder, found, with_cases=True)
    if book is None:
        return found
    known = tuple(found)
    text = folder / PLAN
    found += validate(book, known, text if text.is_file() else None).findings
    found += run_cases(book, known).findings
    submissions = folder / "submissions"
    periods = sorted(path for path in submissions.iterdir() if path.is_dir()) if submissions.is_dir() else []
    for path in periods:
        found += check(book, known, [path]).findings
        if book.policy.scoring is not None:
            ranked = rank(book, known, [path])
            found += ranked.findings if ranked else ()
        period = Period.parse(path.name)
        if period is not None:
            follow_up(book, found, submissions, period, _say)
    return [_below(each, folder) for each in found]


def _say(verdict: Verdict) -> ItemWords:
    return item_words(verdict, Words("zh-Hant"), "")


def _below(finding: Diagnostic, folder: Path) -> Diagnostic:
    """A finding whose files are named from the folder, and so the same wherever it lies."""
    inside = f"{folder}/"
    params = {name: value.replace(inside, "") for name, value in finding.params.items()}
    return replace(
        finding,
        source=replace(finding.source, file=finding.source.file.replace(inside, "")),
        params=params,
        related=(),
    )
