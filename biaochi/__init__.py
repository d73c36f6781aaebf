"""Biaochi's public interface: open a book, judge what was reported, and have the results as objects and tables.

    book = Book.open("xianning-2025")
    result = book.check("xianning-2025/submissions/2025Q2")
    for verdict in result.verdicts: ...

The names below and what they document are a promise: they may grow, not change. The commands are built on them.
What lies in `engine` is the inside, and moves without notice.
"""

from biaochi.book import Book
from biaochi.errors import BiaochiError
from biaochi.results import CasesResult, CheckResult, Explanation, Obligations, RankResult, ValidateResult
from biaochi.rows import Finding, Obligation, Verdict
from biaochi.tables import Table
from engine.model.period import Period

__all__ = [
    "BiaochiError",
    "Book",
    "CasesResult",
    "CheckResult",
    "Explanation",
    "Finding",
    "Obligation",
    "Obligations",
    "Period",
    "RankResult",
    "Table",
    "ValidateResult",
    "Verdict",
]
