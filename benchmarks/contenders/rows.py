"""What the contenders load: rows as Python objects, or as frames."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.peerbook import LIMITS, OWED, SUBMITTED, UNITS

Rows = list[tuple[Any, ...]]


def read_rows(path: Path) -> Rows:
    """The rows of a Parquet file as tuples of text and decimals."""
    import duckdb

    with duckdb.connect() as connection:
        return connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()


class Lists:
    """For scripts and engines that take one figure at a time."""

    #: What a number becomes; a library that takes no decimals names another.
    number: Any = staticmethod(lambda value: value)

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        number = self.number
        self.limits = {row[:2]: (row[2], number(row[3])) for row in read_rows(folder / LIMITS)}
        self.units = {(name, unit): number(worth) for name, unit, worth in read_rows(folder / UNITS)}

    def load(self) -> None:
        """Rows in memory, the numbers in the form that the contender takes."""
        number = self.number
        self.submitted = [(*row[:3], number(row[3]), row[4]) for row in read_rows(self.folder / SUBMITTED)]
        self.owed = read_rows(self.folder / OWED)

    def given(self) -> Iterator[tuple[Any, Any, Any]]:
        """Of everything owed, in order: indicator and period, the figure, and what its unit is worth, or None."""
        units = self.units
        found = {(name, what, when): (value, units[what, unit]) for name, what, when, value, unit in self.submitted}
        nothing = (None, None)
        for key in self.owed:
            yield key[1:], *found.get(key, nothing)


def pandas_frames(folder: Path) -> tuple[Any, Any, Any, Any]:
    """Submitted, owed, limits and units as pandas frames; numbers are decimals."""
    import pandas

    submitted, owed, limits, units = (pandas.read_parquet(folder / name) for name in (SUBMITTED, OWED, LIMITS, UNITS))
    return submitted, owed, limits, units


def align_pandas(submitted: Any, owed: Any, limits: Any, units: Any) -> Any:
    """One row for everything owed, in order: the amount in the usual unit, and the limit."""
    frame = owed.merge(submitted, on=["organization", "indicator", "period"], how="left")
    frame = frame.merge(units, on=["indicator", "unit"], how="left").merge(limits, on=["indicator", "period"])
    frame["amount"] = frame["value"] * frame["worth"]
    return frame


def polars_frames(folder: Path) -> tuple[Any, Any, Any, Any]:
    """Submitted, owed, limits and units as Polars frames; numbers are decimals."""
    import polars

    submitted, owed, limits, units = (polars.read_parquet(folder / name) for name in (SUBMITTED, OWED, LIMITS, UNITS))
    return submitted, owed, limits, units


def align_polars(submitted: Any, owed: Any, limits: Any, units: Any) -> Any:
    """One row for everything owed, in order: the amount in the usual unit, and the limit."""
    import polars as pl

    keys = ["organization", "indicator", "period"]
    return (
        owed.lazy()
        .join(submitted.lazy(), on=keys, how="left", maintain_order="left")
        .join(units.lazy(), on=["indicator", "unit"], how="left", maintain_order="left")
        .join(limits.lazy(), on=["indicator", "period"], how="left", maintain_order="left")
        .with_columns((pl.col("value") * pl.col("worth")).alias("amount"))
        .with_row_index("row")
        .collect()
    )


def from_missed(rows: int, missed: Any, missing: Any) -> str:
    """The outcomes of so many rows, given the places of those that a validation named, and of those without figure."""
    letters = bytearray(b"p" * rows)
    for row in missed:
        letters[row] = ord("f")
    for row in missing:
        letters[row] = ord("u")
    return letters.decode()
