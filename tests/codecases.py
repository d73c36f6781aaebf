"""Small books with one thing wrong, and what the program finds in each.

They are the examples of codes that no single submission can give.
`tests/data/codecases.json` holds the files of each book by the code that it is an example of. Every question that the
program answers is asked of it, as an author and an office would: the book is opened with its cases, validated, its
cases run, its submissions judged period by period, ranked and followed up.
"""

import json
from contextlib import chdir
from dataclasses import replace
from datetime import date
from pathlib import Path

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.notice import ItemWords
from engine.model.period import Period
from engine.model.verdict import Verdict
from engine.pipeline import check, cited_files, open_book, run_cases, validate
from engine.publication import follow_up, rank
from engine.report.formats import CHECK, View
from engine.report.noticewords import item_words
from engine.report.words import Words
from engine.verification import make_receipt, receive, verify, with_receipt

CASES_FILE = Path(__file__).resolve().parent / "data" / "codecases.json"

#: A plan's own text beside a book, where its case needs one.
PLAN = "plan.txt"

#: The day as of which is asked, where a case needs one.
AS_OF = "as-of.txt"

#: What was written after a result was made: files, each whole (empty: taken away), and of the result itself a change,
#: as `old -> new`.
LATER = "later"
RESULT = "result.json"


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
    text, asked = folder / PLAN, folder / AS_OF
    as_of = date.fromisoformat(asked.read_text(encoding="utf-8").strip()) if asked.is_file() else None
    found += validate(book, known, text if text.is_file() else None).findings
    found += run_cases(book, known).findings
    submissions = folder / "submissions"
    periods = sorted(path for path in submissions.iterdir() if path.is_dir()) if submissions.is_dir() else []
    for path in periods:
        result = check(book, known, [path], as_of=as_of)
        found += (*result.findings, *result.left_out)
        if book.policy.scoring is not None:
            ranked = rank(book, known, [path])
            found += ranked.findings if ranked else ()
        period = Period.parse(path.name)
        if period is not None:
            follow_up(book, found, submissions, period, _say)
    loose = sorted(path for path in submissions.glob("*.yaml"))
    if loose:
        found += check(book, known, loose).findings
        if book.policy.scoring is not None:
            ranked = rank(book, known, loose)
            found += ranked.findings if ranked else ()
    if (folder / LATER).is_dir():
        found += _of_result(book, folder)
    return [_below(each, folder) for each in found]


def _of_result(book: Book, folder: Path) -> list[Diagnostic]:
    """What is found when a result is made again after something was changed."""
    found: list[Diagnostic] = []
    with chdir(folder):
        paths = sorted(path for path in Path("submissions").iterdir() if path.is_dir())
        result = check(book, (), paths)
        options = {
            "command": "check", "paths": [path.as_posix() for path in paths], "format": "json", "by": "organization",
            "lang": "en", "organizations": [], "clauses": [], "rules": [], "only": [], "period": None, "fail_on": [],
        }  # fmt: skip
        receipt = make_receipt(result.digest, result.inputs, options, None)
        files = cited_files(Path(), paths, Path())
        view = View(Words("en"), _plain, files, sign_off=lambda document: with_receipt(document, receipt))
        text = CHECK["json"](result, view)
        for path in sorted(Path(LATER).rglob("*.*")):
            place, content = path.relative_to(LATER), path.read_text(encoding="utf-8")
            if place.name == RESULT:
                old, new = content.split(" -> ")
                text = text.replace(old, new, 1)
            elif content:
                place.write_text(content, encoding="utf-8", newline="")
            else:
                place.unlink()
        Path(RESULT).write_text(text, encoding="utf-8", newline="")
        received = receive(Path(RESULT), None, found)
        if received is not None:
            verify(received, Path(), Path(), found)
    return found


def _plain(text: str, style: str) -> str:
    return text


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
