"""Pages of small books for tests, and the data that a finished page holds."""

import json
import re
from typing import Any

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.result import CheckResult, is_complete
from engine.report.page import report_page
from engine.report.words import Words
from tests.unit.small import book_of, figures_of, judge_book

RULE = "indicator: firms, kind: total, threshold: 222 家, judged: {lead: city, responsible: {same: [各縣市區]}}"
ENGLISH, TRADITIONAL = Words("en"), Words("zh-Hant")

SUBMISSIONS = ("firms: 131 家", "organization: 咸安區\nfigures: {firms: 110 家}")

_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def result_of(
    book: Book, *submissions: str, period: str = "2025Q2", found: tuple[Diagnostic, ...] = (), title: str = "方案"
) -> CheckResult:
    """A check of these submissions as one result."""
    verdicts = judge_book(book, period, figures_of(book, period, *submissions))
    bodies = tuple(book.organizations)
    return CheckResult(title, "sha256:0", None, tuple(verdicts), found, is_complete(found), "序時進度", bodies)


def page_of(rule: str = RULE, *submissions: str, title: str = "方案") -> str:
    """The page of a book with one rule."""
    book = book_of(rule)
    return report_page(result_of(book, *(submissions or SUBMISSIONS), title=title), book, TRADITIONAL)


def data_of(page: str) -> dict[str, Any]:
    """What a finished page holds as data, read as a browser reads it."""
    texts = _DATA.findall(page)
    assert len(texts) == 1
    data: dict[str, Any] = json.loads(texts[0])
    return data


def verdicts_of(page: str) -> list[dict[str, Any]]:
    """The rows of a finished page as mappings."""
    data = data_of(page)
    return [dict(zip(data["verdicts"]["columns"], row, strict=True)) for row in data["verdicts"]["rows"]]


def told_on_page(data: dict[str, Any], row: list[Any], language: str) -> list[tuple[str, str, str, Any]]:
    """Section, member, text and place of every sentence that a finished page holds of one verdict."""
    held, columns, spoken = data["derivations"], data["verdicts"]["columns"], data["languages"].index(language)
    own = dict(zip(columns, row, strict=True))

    def in_language(text: Any) -> Any:
        return text[spoken] if isinstance(text, list) else text

    found = []
    head, *rest = own["derivation"]
    for form, *texts in (held["heads"][head], rest):
        numbers, at = held["forms"][form], 0
        while at < len(numbers):
            section, pattern, member, place, *filling = numbers[at + 1 : at + 1 + numbers[at]]
            at += 1 + numbers[at]

            def refer(each: int, texts: list[int] = texts) -> Any:
                rows = {-1: own["source"], -2: own["sentence"], -3: None}
                return rows[each] if each < 0 else held["texts"][texts[each]]

            said = [in_language(refer(each)) for each in filling]
            parts = re.split(r"\{(\d+)\}", in_language(held["patterns"][pattern]))
            text = "".join(said[int(part)] if n % 2 else part for n, part in enumerate(parts))
            name = in_language(refer(member)) or ""
            found.append((held["sections"][section][0], name, text, refer(place)))
    return found
