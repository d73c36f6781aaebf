import pytest

from engine.bulk.tables import DUTIES, HELD, MEASURES, ORGANIZATIONS, PERIODS, SCOPE, WRITTEN
from engine.model.tables import Columns


@pytest.mark.parametrize("columns", [DUTIES, HELD, MEASURES, ORGANIZATIONS, PERIODS, SCOPE])
def test_columns_are_unique_and_never_floating(columns: Columns) -> None:
    names = [name for name, _ in columns]
    assert sorted(set(names)) == sorted(names)
    assert not any(kind in ("DOUBLE", "FLOAT", "REAL") for _, kind in columns)


def test_written_columns_are_unique() -> None:
    assert sorted(set(WRITTEN)) == sorted(WRITTEN)
