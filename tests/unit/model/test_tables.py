import pytest

from engine.model.tables import (
    COEFFICIENT,
    GRID_DECIMALS,
    MAX_COEFFICIENT,
    MAX_CONSTANT,
    MAX_FIGURE,
    NUMBER,
    SHORT,
    TABLES,
    VERDICTS,
    Columns,
    short,
)


@pytest.mark.parametrize("columns", TABLES.values())
def test_column_names_are_unique(columns: Columns) -> None:
    names = [name for name, _ in columns]
    assert sorted(set(names)) == sorted(names)


def test_numbers_are_whole() -> None:
    assert (NUMBER, COEFFICIENT) == ("DECIMAL(38,0)", "DECIMAL(18,0)")


def test_every_sum_of_products_fits_the_grid() -> None:
    # Two products and a constant, as in the widest form of the judging text, in steps of the grid.
    assert (2 * MAX_FIGURE * MAX_COEFFICIENT + MAX_CONSTANT) * 10**GRID_DECIMALS < 10**38


@pytest.mark.parametrize("columns", TABLES.values())
def test_numbers_are_never_floating(columns: Columns) -> None:
    assert [kind for _, kind in columns if "FLOAT" in kind or "DOUBLE" in kind or kind == "REAL"] == []


@pytest.mark.parametrize("columns", TABLES.values())
def test_short_tables_differ_in_their_numbers_alone(columns: Columns) -> None:
    for (name, wide), (same, narrow) in zip(columns, short(columns), strict=True):
        assert (same, narrow) == (name, SHORT if wide in (NUMBER, COEFFICIENT) else wide)


def test_verdict_columns_are_unique() -> None:
    assert sorted(set(VERDICTS)) == sorted(VERDICTS)
