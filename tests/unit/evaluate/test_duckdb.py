"""The judging text itself: its types on DuckDB, and the words that it does without."""

import re
from collections.abc import Iterator

import duckdb
import pytest

from engine.evaluate.duckdb import judge_rows, sql_text
from engine.model.tables import NUMBER, SHORT, TABLES, VERDICTS, short

#: What each alias of the text stands for, so that a comparison can be typed by itself.
ALIASES = {
    "o": "obligations",
    "f": "figures",
    "p": "partners",
    "d": "operands",
    "l": "limits",
    "h": "history",
    "s": "scores",
    "b": "breaches",
    "j": "judged",
}

_COLUMN = r"[a-z]\.\w+"
_CAST = r"CAST\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
_TERM = rf"(?:{_CAST}|{_COLUMN}|\d+|'[^']*')"
_SIDE = rf"{_TERM}(?: [-+*] {_TERM})*"
COMPARISON = re.compile(rf"({_SIDE}) (<>|>=|<=|=|<|>) ({_SIDE})")


def without_comments(text: str) -> str:
    return re.sub(r"--[^\n]*", "", text)


def with_clause(text: str) -> str:
    """The text without comments up to its last SELECT: every common table, and nothing chosen from them."""
    plain = without_comments(text)
    return plain[: plain.rindex("SELECT")]


def with_tables(number: str) -> duckdb.DuckDBPyConnection:
    opened = duckdb.connect()
    for name, columns in TABLES.items():
        kinds = short(columns) if number == SHORT else columns
        opened.execute(f"CREATE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in kinds)})")
    return opened


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    opened = with_tables(NUMBER)
    yield opened
    opened.close()


def type_of(connection: duckdb.DuckDBPyConnection, expression: str) -> str:
    aliases = dict.fromkeys(re.findall(r"\b([a-z])\.", expression))
    tables = ", ".join(f"{ALIASES[alias]} AS {alias}" for alias in aliases)
    chosen = f"SELECT {expression} AS it" + (f" FROM {tables}" if tables else "")
    (row,) = connection.execute(f"DESCRIBE {with_clause(sql_text())} {chosen}").fetchall()
    return str(row[1])


def comparisons() -> list[tuple[str, str]]:
    return [(match[1], match[3]) for match in COMPARISON.finditer(without_comments(sql_text()))]


def is_literal(side: str) -> bool:
    return re.fullmatch(r"\d+|'[^']*'", side) is not None


def test_every_comparison_is_seen() -> None:
    signs = re.findall(r" (?:<>|>=|<=|=|<|>) ", without_comments(sql_text()))
    assert len(comparisons()) == len(signs)


def test_both_sides_of_a_comparison_have_one_type(connection: duckdb.DuckDBPyConnection) -> None:
    mixed = [
        f"{left} against {right}"
        for left, right in comparisons()
        if not is_literal(left) and not is_literal(right) and type_of(connection, left) != type_of(connection, right)
    ]
    assert mixed == []


def test_numbers_are_compared_on_one_grid(connection: duckdb.DuckDBPyConnection) -> None:
    kinds = {type_of(connection, left) for left, right in comparisons() if not is_literal(right)}
    assert {kind for kind in kinds if kind.startswith("DECIMAL")} == {NUMBER}


@pytest.mark.parametrize("number", [NUMBER, SHORT])
@pytest.mark.parametrize("table", ["operands", "scores", "breaches", "judged"])
def test_no_common_table_holds_a_floating_number(number: str, table: str) -> None:
    with with_tables(number) as connection:
        rows = connection.execute(f"DESCRIBE {with_clause(sql_text())} SELECT * FROM {table}").fetchall()
    assert [row[0] for row in rows if row[1] in ("DOUBLE", "FLOAT", "REAL", "HUGEINT")] == []


@pytest.mark.parametrize("number", [NUMBER, SHORT])
def test_scores_and_gaps_keep_the_type_of_the_tables(number: str) -> None:
    with with_tables(number) as connection:
        rows = connection.execute(f"DESCRIBE {with_clause(sql_text())} SELECT * FROM scores").fetchall()
    wanted = {
        name: kind for name, kind, *_ in rows if re.search(r"_[sch]$|^gap_|^[xy]$", name) and name != "gap_in_data"
    }
    assert set(wanted.values()) == {number}


def test_the_result_has_the_declared_columns(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(f"DESCRIBE {sql_text()}").fetchall()
    assert tuple(row[0] for row in rows) == VERDICTS


@pytest.mark.parametrize(
    "word",
    [
        r"/",
        r"//",
        r"\bDIV\b",
        r"\bMOD\b",
        r"%",
        r"\bAVG\b",
        r"\bROUND\b",
        r"\bFLOOR\b",
        r"\bCEIL",
        r"\bQUALIFY\b",
        r"\bLAG\b",
        r"\bLEAD\b",
        r"\bOVER\b",
        r"\bDOUBLE\b",
        r"\bFLOAT\b",
        r"\bREAL\b",
        r"::",
        r"\bEXCLUDE\b",
        r"\bLIST\b",
    ],
)
def test_the_text_does_without(word: str) -> None:
    assert re.findall(word, without_comments(sql_text()), re.IGNORECASE) == []


def test_rows_come_back_in_the_order_of_the_obligations() -> None:
    def obligation(number: int) -> tuple[str, ...]:
        return (str(number), "0", str(number), "202506", "7", "8", "false", "0", "0")

    rows = judge_rows({"obligations": [obligation(2), obligation(0), obligation(1)]})
    assert [(row[0], row[3], row[4]) for row in rows] == [
        (0, "undecided", "missing"),
        (1, "undecided", "missing"),
        (2, "undecided", "missing"),
    ]


def test_without_obligations_there_is_nothing_to_judge() -> None:
    assert judge_rows({}) == []
