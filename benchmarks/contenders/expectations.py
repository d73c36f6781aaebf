"""great_expectations: expectations over a pandas frame, which is aligned with pandas."""

import os
from pathlib import Path
from typing import Any

from benchmarks.contenders.pandas_script import PandasFloat
from benchmarks.contenders.rows import from_missed, pandas_frames


class ExpectColumns(PandasFloat):
    """Two expectations, which compare the amounts with a column of limits: the rules turned into data."""

    package = "great_expectations"
    name = "great_expectations, limits as a column"

    def __init__(self, folder: Path) -> None:
        os.environ["GX_ANALYTICS_ENABLED"] = "false"
        import great_expectations as gx

        self._folder = folder
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}
        asset = context.data_sources.add_pandas("figures").add_dataframe_asset("figures")
        suite = gx.ExpectationSuite("limits")
        for expectation in self._expectations():
            suite.add_expectation(expectation)
        batch = asset.add_batch_definition_whole_dataframe("all")
        data = gx.ValidationDefinition(name="check", data=batch, suite=context.suites.add(suite))
        self._definition = context.validation_definitions.add(data)

    def _expectations(self) -> list[Any]:
        from great_expectations.expectations import ExpectColumnPairValuesAToBeGreaterThanB
        from great_expectations.expectations.row_conditions import Column

        return [
            ExpectColumnPairValuesAToBeGreaterThanB(
                column_A=first, column_B=second, or_equal=True, ignore_row_if="either_value_is_missing",
                row_condition=Column("comparator") == comparator,
            )
            for comparator, first, second in (
                ("at_least", "amount", "threshold"), ("at_most", "threshold", "amount")
            )
        ]  # fmt: skip

    def judge(self) -> None:
        parameters, form = {"dataframe": self._frame}, {"result_format": "COMPLETE"}
        self._result = self._definition.run(batch_parameters=parameters, result_format=form)

    def letters(self) -> str:
        missed: list[int] = []
        for result in self._result.results:
            if result.exception_info.get("raised_exception"):
                raise RuntimeError(str(result.exception_info)[:500])
            missed.extend(result.result["unexpected_index_list"] or ())
        frame = self._frame
        return from_missed(len(frame), missed, frame.index[frame["amount"].isna()])


class ExpectBounds(ExpectColumns):
    """An expectation per limit, on the limit's rows."""

    name = "great_expectations, an expectation per limit"

    def _expectations(self) -> list[Any]:
        from great_expectations.expectations import ExpectColumnValuesToBeBetween
        from great_expectations.expectations.row_conditions import Column

        made = []
        for name, period, comparator, limit in pandas_frames(self._folder)[2].itertuples(index=False):
            bound = {"min_value" if comparator == "at_least" else "max_value": float(limit)}
            rows = (Column("indicator") == name) & (Column("period") == period)
            made.append(ExpectColumnValuesToBeBetween(column="amount", row_condition=rows, **bound))
        return made
