"""A script as one writes it for a spreadsheet: merge, multiply, compare whole columns."""

from pathlib import Path
from typing import Any

from benchmarks.contenders.rows import align_pandas, pandas_frames


class PandasFloat:
    """Columns of floats, the type that pandas gives to numbers."""

    package = "pandas"
    name = "pandas, float"

    def __init__(self, folder: Path) -> None:
        import numpy
        import pandas  # noqa: F401

        self._folder, self._numpy = folder, numpy

    def load(self) -> None:
        self._frames = pandas_frames(self._folder)
        for frame, column in ((0, "value"), (2, "threshold"), (3, "worth")):
            self._frames[frame][column] = self.numbers(self._frames[frame][column])

    def numbers(self, column: Any) -> Any:
        """A column of decimals as the type that is compared."""
        return column.astype("float64")

    def align(self) -> None:
        self._frame = align_pandas(*self._frames)

    def judge(self) -> None:
        frame, numpy = self._frame, self._numpy
        kept = numpy.where(
            frame["comparator"] == "at_least",
            frame["amount"] >= frame["threshold"],
            frame["amount"] <= frame["threshold"],
        )
        frame["outcome"] = numpy.select([frame["amount"].isna(), kept], ["u", "p"], "f")

    def letters(self) -> str:
        return "".join(self._frame["outcome"])

    def save(self, path: Path) -> None:
        """Write organization, indicator, period and outcome."""
        self._frame[["organization", "indicator", "period", "outcome"]].to_parquet(path)


class PandasDecimal(PandasFloat):
    """Columns of Decimal objects, as pandas reads exact numbers."""

    name = "pandas, Decimal"

    def numbers(self, column: Any) -> Any:
        return column

    def judge(self) -> None:
        # A comparison with a missing object is an error in pandas, so only what came in is compared.
        whole = self._frame
        frame = whole[whole["amount"].notna()]
        lower = frame["comparator"] == "at_least"
        kept = self._numpy.where(lower, frame["amount"] >= frame["threshold"], frame["amount"] <= frame["threshold"])
        whole["outcome"] = "u"
        whole.loc[frame.index, "outcome"] = self._numpy.where(kept, "p", "f")


class PandasWhole(PandasFloat):
    """Columns of whole numbers, ten-thousandths, for those who know that floats err."""

    name = "pandas, whole numbers"

    def numbers(self, column: Any) -> Any:
        # A whole number that may be missing has a type of its own; floats would take its place otherwise.
        return (column * 10_000).astype("int64").astype("Int64")

    def load(self) -> None:
        super().load()
        # An amount is a product of two numbers of ten-thousandths, so limits are as fine.
        self._frames[2]["threshold"] *= 10_000

    def judge(self) -> None:
        frame, numpy = self._frame, self._numpy
        lower = frame["comparator"] == "at_least"
        amount, limit = frame["amount"].fillna(0).astype("int64"), frame["threshold"].astype("int64")
        kept = numpy.where(lower, amount >= limit, amount <= limit)
        frame["outcome"] = numpy.select([frame["amount"].isna(), kept], ["u", "p"], "f")
