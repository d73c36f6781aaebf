"""What kills a mutant: verdicts against the oracle, and rows made by hand against what is written beside them."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from random import Random

import duckdb

from engine.evaluate.duckdb import Row, _create, sql_text
from engine.evaluate.operands import lay_out, settle_joint_figures
from engine.evaluate.settle import read_row, settle
from engine.model.figure import Figure, FigureKey
from engine.model.tables import TABLES, VERDICTS
from tests.sqlmutants.rows import hands, tables_of
from tests.test_oracle import Case, figures_of, limit_cases, make_cases, report

#: Obligations of each batch; small ones first, because most mutants die at once.
BATCHES = (300, 2600)


class Refused(Exception):
    """The engine does not run the text at all: a fault of grammar or of types, which proves nothing."""


def loaded(tables: dict[str, list[Row]]) -> duckdb.DuckDBPyConnection:
    """A connection that holds the tables."""
    connection = duckdb.connect(config={"threads": 1})
    for name, columns in TABLES.items():
        _create(connection, name, columns, tables[name])
    return connection


def run(connection: duckdb.DuckDBPyConnection, text: str, count: int) -> list[tuple[object, ...]] | None:
    """The rows in the order of the obligations; none where a number leaves its type, which `check` would not survive.

    One row more than `count` is enough to see that there are too many: a lost condition of a join makes millions.

    Errors: Refused.
    """
    try:
        return sorted(connection.execute(text).fetchmany(count + 1), key=lambda each: (each[0] is None, each[0]))
    except (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException) as error:
        raise Refused(str(error)) from error
    except duckdb.Error:
        return None


class Batch:
    """Random obligations, judged by the oracle."""

    def __init__(self, seed: int, size: int) -> None:
        self._cases: list[Case] = make_cases(Random(seed), size)
        figures: dict[FigureKey, Figure] = {figure.key: figure for case in self._cases for figure in figures_of(case)}
        self._limited = limit_cases(self._cases)
        self._settled, _ = settle_joint_figures(self._limited, figures)
        self._operands = lay_out(self._limited, self._settled)
        self._connection = loaded(self._operands.tables)
        self._count = len(self._operands.obligations)
        self._sound = run(self._connection, sql_text(), self._count)

    def kills(self, text: str) -> bool:
        """Whether a verdict differs from the oracle's. Rows that are the sound text's own need no second look."""
        rows = run(self._connection, text, self._count)
        if rows == self._sound:
            return False
        if rows is None or [each[0] for each in rows] != [each[0] for each in self._sound or ()]:
            return True
        try:
            verdicts = settle(self._limited, self._operands, [read_row(each) for each in rows], self._settled)
        except Exception:  # whatever a wrong row breaks on the way to a verdict, a check would break with it
            return True
        return bool(report(self._cases, verdicts))


class Hands:
    """The rows made by hand."""

    def __init__(self) -> None:
        self._hands = hands()
        self._connection = loaded(tables_of(self._hands))

    def wrong(self, text: str) -> Iterator[str]:
        """What does not come out as it is written."""
        rows = run(self._connection, text, len(self._hands))
        if rows is None or [each[0] for each in rows] != list(range(len(self._hands))):
            yield "not one row for each"
            return
        for hand, each in zip(self._hands, rows, strict=True):
            named = dict(zip(VERDICTS, each, strict=True))
            for column, value in hand.expected.items():
                if named[column] != value:
                    yield f"{hand}: {column} is {named[column]}, not {value}"

    def kills(self, text: str) -> bool:
        """Whether a row does not come out as it is written."""
        return any(self.wrong(text))


class Killers:
    """All of them, each made when it is first needed."""

    def __init__(self, sizes: Sequence[int] = BATCHES) -> None:
        # A small batch first: a lost condition of a join costs the square of the rows.
        small, *large = sizes
        self._waiting: list[Callable[[], Batch | Hands]] = [
            partial(Batch, 0, small),
            Hands,
            *(partial(Batch, seed, size) for seed, size in enumerate(large, 1)),
        ]
        self._made: list[Batch | Hands] = []

    def kill(self, text: str) -> bool:
        """Whether anything notices.

        Errors: Refused.
        """
        for place, make in enumerate(self._waiting):
            if place == len(self._made):
                self._made.append(make())
            if self._made[place].kills(text):
                return True
        return False
