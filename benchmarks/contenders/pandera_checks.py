"""pandera: checks of a schema over a Polars frame, which is aligned with Polars."""

from pathlib import Path
from typing import Any

from benchmarks.contenders.rows import align_polars, from_missed, polars_frames


class PanderaColumns:
    """One check of the whole frame, which compares the amounts with a column of limits: the rules turned into data."""

    package = "pandera"
    name = "pandera, limits as a column"

    def __init__(self, folder: Path) -> None:
        import pandera.polars
        import polars

        self._folder, self._errors, self._polars = folder, pandera.errors.SchemaErrors, polars
        self._limits = polars_frames(folder)[2]
        self._make(pandera.polars)

    def _make(self, pandera: Any) -> None:
        pl = self._polars

        def kept(data: Any) -> Any:
            lower = pl.col("comparator") == "at_least"
            amount, limit = pl.col("amount"), pl.col("threshold")
            return data.lazyframe.select(pl.when(lower).then(amount >= limit).otherwise(amount <= limit))

        self._schema = pandera.DataFrameSchema(checks=pandera.Check(kept, ignore_na=True))

    def load(self) -> None:
        self._frames = polars_frames(self._folder)

    def align(self) -> None:
        self._frame = align_polars(*self._frames)

    def judge(self) -> None:
        self._reports = []
        try:
            self._schema.validate(self._frame, lazy=True)
        except self._errors as error:
            self._reports.append((self._frame, error.failure_cases))

    def letters(self) -> str:
        missed: list[int] = []
        for part, cases in self._reports:
            rows = part["row"]
            missed.extend(rows[place] for place in cases["index"])
        return from_missed(len(self._frame), missed, self._frame.filter(self._frame["amount"].is_null())["row"])


class PanderaSchemas(PanderaColumns):
    """A schema with a built-in check per limit, over the limit's part of the frame."""

    name = "pandera, a schema per limit"

    def _make(self, pandera: Any) -> None:
        self._schemas = {}
        for name, period, comparator, limit in self._limits.iter_rows():
            check = pandera.Check.ge if comparator == "at_least" else pandera.Check.le
            column = pandera.Column(None, check(limit), nullable=True)
            self._schemas[name, period] = pandera.DataFrameSchema({"amount": column})

    def judge(self) -> None:
        self._reports = []
        for key, part in self._frame.partition_by("indicator", "period", as_dict=True).items():
            try:
                self._schemas[key].validate(part, lazy=True)
            except self._errors as error:
                self._reports.append((part, error.failure_cases))
