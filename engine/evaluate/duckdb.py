"""Running the judging text on DuckDB, in memory."""

import threading
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


#: What stands between the values of a row, and between rows: no number, truth or code holds either.
_VALUE, _ROW = "\x1f", "\x1e"


class Opening:
    """A database that opens in the background: that takes as long as reading the submissions of a city."""

    def __init__(self) -> None:
        """Begin."""
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._problem: BaseException | None = None
        self._thread = threading.Thread(target=self._open, daemon=True)
        self._thread.start()

    def _open(self) -> None:
        try:
            self._connection = _connect()
        except BaseException as problem:
            self._problem = problem

    def connection(self) -> duckdb.DuckDBPyConnection:
        """The database, as soon as it is there; whoever takes it closes it."""
        self._thread.join()
        if self._problem is not None:
            raise self._problem
        assert self._connection is not None, "a database opens, or there is a problem"
        return self._connection


def judge_rows(tables: Mapping[str, Sequence[Row]], opening: Opening | None = None) -> list[tuple[object, ...]]:
    """The verdict rows of the given tables, ordered by obligation.

    Shape: rows in the columns of `engine.model.tables.TABLES`; the result has those of VERDICTS. `opening` is a
    database that began to open before.
    """
    connection = opening.connection() if opening else _connect()
    try:
        for name, columns in TABLES.items():
            _create(connection, name, columns, tables.get(name, ()))
        return sorted(connection.execute(sql_text()).fetchall(), key=lambda row: row[0])
    finally:
        connection.close()


def _connect() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


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
    """Make a table. All rows travel as one text: handing over value by value takes three times as long."""
    if not rows:
        connection.execute(f"CREATE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in columns)})")
        return
    values = ", ".join(
        f"CAST(NULLIF(line[{place}], '') AS {kind}) AS {column}" for place, (column, kind) in enumerate(columns, 1)
    )
    lines = f"SELECT string_split(unnest(string_split($1, '{_ROW}')), '{_VALUE}') AS line"
    text = _ROW.join([_VALUE.join([value or "" for value in row]) for row in rows])
    connection.execute(f"CREATE TABLE {name} AS SELECT {values} FROM ({lines})", [text])
