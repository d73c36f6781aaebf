"""pointblank: steps of a validation over a Polars frame, which is aligned with Polars."""

from pathlib import Path
from typing import Any

from benchmarks.contenders.rows import align_polars, from_missed, polars_frames


class PointblankColumns:
    """Two steps in all, which compare the amounts with a column of limits: the rules turned into data.

    Its steps refuse columns of decimals, so numbers are floats, and it lets missing ones pass when told to.
    """

    package = "pointblank"
    name = "pointblank, limits as a column"

    def __init__(self, folder: Path) -> None:
        import pointblank
        import polars

        self._folder, self._pointblank, self._polars = folder, pointblank, polars

    def load(self) -> None:
        as_floats = self._polars.selectors.decimal().cast(self._polars.Float64)
        self._frames = tuple(frame.with_columns(as_floats) for frame in polars_frames(self._folder))

    def align(self) -> None:
        self._frame = align_polars(*self._frames)

    def judge(self) -> None:
        validation = self._pointblank.Validate(self._frame)
        for comparator in ("at_least", "at_most"):
            rows = self._polars.col("comparator") == comparator
            validation = self._step(validation, comparator, self._pointblank.col("threshold"), rows)
        # It keeps 500 rows that fail unless told otherwise.
        self._validation = validation.interrogate(extract_limit=len(self._frame))

    def _step(self, validation: Any, comparator: str, limit: Any, rows: Any) -> Any:
        step = validation.col_vals_ge if comparator == "at_least" else validation.col_vals_le
        return step(columns="amount", value=limit, na_pass=True, pre=lambda frame: frame.filter(rows))

    def letters(self) -> str:
        missed: list[int] = []
        for step in range(len(self._validation.validation_info)):
            rows = self._validation.get_data_extracts(i=step + 1, frame=True)
            missed.extend([] if rows is None else rows["row"].to_list())
        return from_missed(len(self._frame), missed, self._frame.filter(self._frame["amount"].is_null())["row"])


class PointblankSteps(PointblankColumns):
    """A step per limit, on the limit's rows."""

    name = "pointblank, a step per limit"

    def judge(self) -> None:
        validation, pl = self._pointblank.Validate(self._frame), self._polars
        for name, period, comparator, limit in self._frames[2].iter_rows():
            rows = (pl.col("indicator") == name) & (pl.col("period") == period)
            validation = self._step(validation, comparator, limit, rows)
        self._validation = validation.interrogate(extract_limit=len(self._frame))
