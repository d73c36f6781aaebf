import pytest

from engine.model.tables import (
    FIGURES,
    GRID_DECIMALS,
    HISTORY,
    LIMITS,
    MAX_COEFFICIENT,
    MAX_CONSTANT,
    MAX_FIGURE,
    NUMBER,
    OBLIGATIONS,
    VERDICTS,
    Columns,
)


@pytest.mark.parametrize("columns", [OBLIGATIONS, FIGURES, LIMITS, HISTORY])
def test_column_names_are_unique(columns: Columns) -> None:
    names = [name for name, _ in columns]
    assert sorted(set(names)) == sorted(names)


def test_the_grid_has_the_decimals_of_its_type() -> None:
    assert f"DECIMAL(38,{GRID_DECIMALS})" == NUMBER


def test_every_sum_of_products_fits_the_grid() -> None:
    # Two products and a constant, as in the widest form of the judging text.
    assert 2 * MAX_FIGURE * MAX_COEFFICIENT + MAX_CONSTANT < 10 ** (38 - GRID_DECIMALS)


@pytest.mark.parametrize("columns", [OBLIGATIONS, FIGURES, LIMITS, HISTORY])
def test_numbers_are_never_floating(columns: Columns) -> None:
    assert [kind for _, kind in columns if "FLOAT" in kind or "DOUBLE" in kind or kind == "REAL"] == []


def test_verdict_columns_are_unique() -> None:
    assert sorted(set(VERDICTS)) == sorted(VERDICTS)
