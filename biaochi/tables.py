"""Tables: rows of plain values, for whatever works with tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from biaochi.errors import BiaochiError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

#: What a cell may hold.
Cell = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns.

    Shape: `columns` in the order of the CSV form; every row has all of them. Numbers that were judged with are text,
    exactly (`"131"`, `"1000/111"`), because neither a float nor a fixed number of decimals holds them: take the
    objects (`result.verdicts`) to work on in fractions. Lists are joined by ；, places are file:line:column.
    """

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Mapping[str, Cell]]:
        return iter(self.rows)

    def to_dicts(self) -> list[dict[str, Cell]]:
        """The rows as dictionaries of their own, which may be changed."""
        return [dict(row) for row in self.rows]

    def to_csv(self) -> str:
        """The table as CSV, byte for byte as the command prints it: what a spreadsheet would run has an apostrophe."""
        from engine.report.csvtext import to_csv

        return to_csv([dict(row) for row in self.rows], self.columns)

    def to_duckdb(self, connection: "DuckDBPyConnection | None" = None) -> "DuckDBPyRelation":
        """The table as a relation of DuckDB, in `connection` or in a database of its own in memory.

        Shape: the columns as they are; VARCHAR, but BIGINT and BOOLEAN where all values are such.
        """
        import duckdb

        into = connection or duckdb.connect()
        types = [self._type(column) for column in self.columns]
        holes = ", ".join(f"{_quoted(name)} {kind}" for name, kind in zip(self.columns, types, strict=True))
        name = f"biaochi_{_shortened(self)}"
        into.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({holes})")
        if self.rows:
            values = [[row[column] for column in self.columns] for row in self.rows]
            into.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(self.columns))})", values)
        return into.table(name)

    def to_arrow(self) -> Any:
        """The table as a `pyarrow.Table`.

        Errors: BiaochiError `package-missing` where pyarrow is not installed.
        """
        arrow = _package("pyarrow")
        kinds = {"VARCHAR": arrow.string(), "BIGINT": arrow.int64(), "BOOLEAN": arrow.bool_()}
        schema = arrow.schema([(column, kinds[self._type(column)]) for column in self.columns])
        return arrow.Table.from_pylist(self.to_dicts(), schema=schema)

    def to_pandas(self) -> Any:
        """The table as a `pandas.DataFrame`.

        Errors: BiaochiError `package-missing` where pandas is not installed.
        """
        return _package("pandas").DataFrame(self.to_dicts(), columns=list(self.columns))

    def _type(self, column: str) -> str:
        kinds = {type(row[column]) for row in self.rows} - {type(None)}
        return {frozenset({bool}): "BOOLEAN", frozenset({int}): "BIGINT"}.get(frozenset(kinds), "VARCHAR")


def table_of(rows: Sequence[dict[str, Any]]) -> Table:
    """The rows of a document as a table."""
    columns = tuple(rows[0]) if rows else ()
    return Table(columns, tuple({column: _flat(row.get(column)) for column in columns} for row in rows))


def _flat(value: Any) -> Cell:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list):
        return "；".join(str(item) for item in value)
    if isinstance(value, dict) and "file" in value:
        return ":".join(str(value[part]) for part in ("file", "line", "column") if value.get(part))
    if isinstance(value, dict):
        return "；".join(f"{key} {item}" for key, item in value.items())
    return str(value)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _shortened(table: Table) -> str:
    """A name for the rows: the same rows have the same one."""
    import hashlib

    return hashlib.sha256(repr((table.columns, table.rows)).encode()).hexdigest()[:16]


def _package(name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise BiaochiError(
            "package-missing", "{name} is not installed; install it with: pip install {name}", name=name
        ) from error
