"""Running the judging text on DuckDB, in memory."""

from collections.abc import Mapping, Sequence
from pkgutil import get_data

try:
    # The engine itself: the package around it also loads layers for dataframes, which no check needs and which
    # take longer than the judging. The name is the package's own and not promised, hence the fallback.
    import _duckdb as duckdb
except ImportError:  # pragma: no cover - a release that names its engine otherwise
    import duckdb  # type: ignore[no-redef]

from engine.model.tables import TABLES, Columns

#: One row of any of the tables: whole numbers and decimals travel as text, so that no float touches them.
Row = tuple[str | None, ...]


def judge_rows(tables: Mapping[str, Sequence[Row]]) -> list[tuple[object, ...]]:
    """The verdict rows of the given tables, ordered by obligation.

    Shape: rows in the columns of `engine.model.tables.TABLES`; the result has those of VERDICTS.
    """
    connection = duckdb.connect(config={"threads": 1})
    try:
        for name, columns in TABLES.items():
            _create(connection, name, columns, tables.get(name, ()))
        return sorted(connection.execute(sql_text()).fetchall(), key=lambda row: row[0])
    finally:
        connection.close()


def engine_version() -> str:
    """The version of the engine, which receipts name."""
    return str(duckdb.__version__)


def sql_text() -> str:
    """The judging text, the same for every engine."""
    # importlib.resources would do the same, and takes longer to load than the text to run.
    text = get_data("engine.evaluate", "verdicts.sql")
    assert text is not None, "the package ships its judging text"
    return text.decode("utf-8")


def _create(connection: duckdb.DuckDBPyConnection, name: str, columns: Columns, rows: Sequence[Row]) -> None:
    values = ", ".join(
        f"CAST(unnest(CAST(${place + 1} AS VARCHAR[])) AS {kind}) AS {column}"
        for place, (column, kind) in enumerate(columns)
    )
    by_column = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in columns]
    connection.execute(f"CREATE TABLE {name} AS SELECT {values}", by_column)
