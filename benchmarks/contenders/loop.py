"""A plain loop in Python."""

import csv
from pathlib import Path
from typing import Any

from benchmarks.contenders.rows import Lists


class DecimalLoop(Lists):
    """Names in dictionaries, numbers as `Decimal`."""

    package = ""
    name = "Python loop, Decimal"

    def align(self) -> None:
        limits = self.limits
        self._aligned = [(None if value is None else value * worth, *limits[key]) for key, value, worth in self.given()]

    def judge(self) -> None:
        outcomes = []
        for amount, comparator, limit in self._aligned:
            if amount is None:
                outcomes.append("u")
            elif comparator == "at_least":
                outcomes.append("p" if amount >= limit else "f")
            else:
                outcomes.append("p" if amount <= limit else "f")
        self._outcomes = outcomes

    def letters(self) -> str:
        return "".join(self._outcomes)

    def save(self, path: Path) -> None:
        """Write organization, indicator, period and outcome."""
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows((*key, outcome) for key, outcome in zip(self.owed, self._outcomes, strict=True))


class FloatLoop(DecimalLoop):
    """The same with floats."""

    name = "Python loop, float"
    number: Any = float
