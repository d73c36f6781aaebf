"""Reporting periods: always from 1 January to the end of a month of the same year."""

import calendar
import re
import unicodedata

# Periods are handed out to programs of others: those are told at run time, too, that a period never changes.
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Self

_QUARTER = re.compile(r"([0-9]{4})Q([1-4])")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR = re.compile(r"([0-9]{4})")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The year to date up to the end of `month`; two labels of the same stretch are equal."""

    year: int
    month: int
    label: str = field(compare=False)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read `2025Q2`, `2025H1`, `2025-11` or `2025`; None for anything else.

        >>> Period.parse("2025H1")
        Period(year=2025, month=6, label='2025Q2')
        """
        folded = unicodedata.normalize("NFKC", text).strip().upper()
        if folded.startswith("0000"):
            return None
        if folded.endswith("H1"):
            folded = folded[:-2] + "Q2"
        if match := _QUARTER.fullmatch(folded):
            return cls(int(match[1]), int(match[2]) * 3, folded)
        if match := _MONTH.fullmatch(folded):
            year, month = int(match[1]), int(match[2])
            if not 1 <= month <= 12:
                return None
            return cls.ending(year, month)
        if match := _YEAR.fullmatch(folded):
            return cls(int(match[1]), 12, folded)
        return None

    @classmethod
    def ending(cls, year: int, month: int) -> Self:
        """The period that ends with this month, under its usual label."""
        label = f"{year}Q{month // 3}" if month % 3 == 0 else f"{year}-{month:02d}"
        return cls(year, month, label)

    @property
    def key(self) -> int:
        """A number that orders periods, for the tables: 202506 for 2025Q2."""
        return self.year * 100 + self.month

    @property
    def share(self) -> Fraction:
        """Time share of the year, exact: 1/2 for 2025Q2, 11/12 for 2025-11."""
        return Fraction(self.month, 12)

    @property
    def is_year_end(self) -> bool:
        """Whether the year is over at the end of this period."""
        return self.month == 12

    @property
    def end(self) -> date:
        """The last day of the period."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def remaining(self) -> int:
        """How many periods of the same kind are left in the year (quarters, or months between quarters)."""
        left = 12 - self.month
        return left // 3 if self.month % 3 == 0 else left

    @property
    def next_in_year(self) -> Self | None:
        """The period of the same kind after this one; None at the year's end.

        >>> [str(Period.ending(2025, month).next_in_year) for month in (3, 4, 12)]
        ['2025Q2', '2025-05', 'None']
        """
        if self.is_year_end:
            return None
        return self.ending(self.year, self.month + (3 if self.month % 3 == 0 else 1))

    def __str__(self) -> str:
        return self.label
