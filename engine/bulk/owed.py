"""What everybody owes, as the two tables that every tile reads, and what is known of them without looking.

Compiling thousands of rules for every month takes longer than judging a million figures, and comes out the same as
long as the book does: so the tables may be kept between runs, beside the bound book.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, fields
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from engine.bulk.duties import Duties, list_duties
from engine.bulk.measures import Understood
from engine.bulk.store import Cell, fill, open_store, own_rows
from engine.bulk.tables import DUTIES
from engine.evaluate.operands import limit_row, meets_numbers
from engine.model.book import Book
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.tables import LIMITS, Columns
from engine.model.target import Kind
from engine.rules.cache import KeptFiles

Rows = list[tuple[Cell, ...]]


@dataclass(slots=True)
class Owed:
    """All duties of a book in some periods.

    Shape: `classes[n]` is the class of the organization at place n of the book, `months[c]` pairs of a month and how
    many duties a body of class c has in it, `marks[c]` the digest of all that these duties say. `labels` are the
    periods by key; `indicators` and `partners` the places of those that somebody is asked for. `unjudged`: some duty
    is not due, or has no number yet. `additive` are rule, month, role, class and whether it is due, for figures that
    add up. `widest` bounds what a score may be: how much of the largest figure, and what is added to it.
    """

    classes: list[int]
    months: list[list[tuple[int, int]]]
    duties: int
    labels: list[tuple[int, str]]
    indicators: list[int]
    partners: list[int]
    unjudged: bool
    additive: list[tuple[str, int, str, int, bool]]
    widest: tuple[int, int]
    marks: list[str]
    tables: "Tables | KeptTables" = field(repr=False)

    def count(self, number: int, months: Iterable[int] | None = None) -> int:
        """How many duties a body of this class has, in these months or in all."""
        wanted = None if months is None else set(months)
        return sum(count for month, count in self.months[number] if wanted is None or month in wanted)


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of `engine.bulk.tables.DUTIES` and of LIMITS, in memory."""

    duties: Rows
    limits: Rows

    def rows(self) -> tuple[Rows, Rows]:
        """The rows of both."""
        return self.duties, self.limits

    def load(self, connection: duckdb.DuckDBPyConnection, duties: str, limits: str) -> None:
        """Make the two tables under these names."""
        fill(connection, duties, DUTIES, self.duties)
        fill(connection, limits, LIMITS, self.limits)


@dataclass(frozen=True, slots=True)
class KeptTables:
    """The same in two Parquet files."""

    duties: Path
    limits: Path

    def rows(self) -> tuple[Rows, Rows]:
        """The rows of both."""
        with open_store(None) as connection:
            duties, limits = (
                connection.execute(f"FROM {own_rows(path)}").fetchall() for path in (self.duties, self.limits)
            )
        return duties, limits

    def load(self, connection: duckdb.DuckDBPyConnection, duties: str, limits: str) -> None:
        """Make the two tables under these names."""
        for name, path, columns in ((duties, self.duties, DUTIES), (limits, self.limits, LIMITS)):
            cast = ", ".join(f"CAST({column} AS {kind}) AS {column}" for column, kind in columns)
            connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {cast} FROM {own_rows(path)}")


def owe(
    book: Book, periods: Sequence[Period], as_of: date | None, understood: Understood, cache: Path | None = None
) -> Owed:
    """What everybody owes in these periods: from the folder `cache` where an earlier run kept it, else made anew."""
    if cache is None:
        return _compile(book, periods, as_of, understood)
    kept = KeptFiles(cache, "owed", ("duties", "limits"))
    grids = [f"{name} {understood.grids[name]}" for name in understood.order]
    told = (book.digest, str(as_of), duckdb.__version__, *(period.label for period in periods), *grids)
    found = kept.find(told)
    if found is not None:
        summary, (duties, limits) = found
        return Owed(**_read(summary), tables=KeptTables(duties, limits))
    owed = _compile(book, periods, as_of, understood)
    kept.keep(told, _tell(owed), lambda paths: _write(owed, paths))
    return owed


def _tell(owed: Owed) -> dict[str, Any]:
    return {each.name: getattr(owed, each.name) for each in fields(owed) if each.name != "tables"}


def _read(summary: Mapping[str, Any]) -> dict[str, Any]:
    """What JSON holds as lists, as it was."""
    read = dict(summary)
    read["months"] = [[(month, count) for month, count in own] for own in summary["months"]]
    for name in ("labels", "additive"):
        read[name] = [tuple(each) for each in summary[name]]
    read["widest"] = tuple(summary["widest"])
    return read


def _write(owed: Owed, paths: Sequence[Path]) -> None:
    """The tables as Parquet; names that are numbers while a run lasts are written as names."""
    with open_store(None) as connection:
        for path, columns, rows in zip(paths, (DUTIES, LIMITS), (owed.tables.duties, owed.tables.limits), strict=True):
            plain: Columns = tuple((name, "VARCHAR" if kind.endswith("_name") else kind) for name, kind in columns)
            assert isinstance(rows, list)
            fill(connection, "kept", plain, rows)
            place = path.as_posix().replace("'", "''")
            connection.execute(f"COPY kept TO '{place}' (FORMAT parquet)")


def _compile(book: Book, periods: Sequence[Period], as_of: date | None, understood: Understood) -> Owed:
    made = list_duties(book, periods, as_of)
    limits, rows = limit_table(made, understood), duty_table(made, understood)
    months = [Counter(int(str(row[5])) for row in rows[span.start : span.stop]) for span in made.spans]
    return Owed(
        classes=made.classes,
        months=[sorted(own.items()) for own in months],
        duties=len(rows),
        labels=sorted({(int(str(row[4])), str(row[6])) for row in rows}),
        indicators=sorted({int(str(row[7])) for row in rows}),
        partners=sorted({int(str(row[8])) for row in rows if row[8] is not None}),
        unjudged=any(row[9] is None for row in rows),
        additive=_additive(made),
        widest=widest(limits, rows),
        marks=_marks(made, limits, rows),
        tables=Tables(rows, limits),
    )


def _additive(made: Duties) -> list[tuple[str, int, str, int, bool]]:
    found = []
    for number, span in enumerate(made.spans):
        for duty in made.duties[span.start : span.stop]:
            owed = duty.limited.obligation
            if owed.indicator.additive and not duty.original:
                found.append((owed.rule.id, owed.period.month, owed.role.value, number, owed.owed))
    return found


def _marks(made: Duties, limits: Rows, rows: Rows) -> list[str]:
    """For every class the digest of its duties and limits."""
    own: dict[str, list[tuple[Cell, ...]]] = {}
    for limit in limits:
        own.setdefault(str(limit[0]), []).append(limit[1:])
    marks = []
    for span in made.spans:
        digest = hashlib.sha256()
        for row in rows[span.start : span.stop]:
            # Numbers that count duties and limits mean nothing by themselves: what they stand for does.
            _, _, *told, limit_id, line, status, falls_back, waived, original, is_level, meets_q, meets_c = row
            place = None if line is None else int(line) - span.start
            known = own.get(str(limit_id), [])
            said = (told, known, place, status, falls_back, waived, original, is_level, meets_q, meets_c)
            digest.update(json.dumps(said, ensure_ascii=False).encode() + b"\n")
        marks.append(digest.hexdigest())
    return marks


def limit_table(duties: Duties, understood: Understood) -> Rows:
    """Every limit on the grid of its indicator."""
    rows: Rows = []
    seen: set[int] = set()
    for duty in duties.duties:
        if duty.limit is not None and duty.limit not in seen:
            seen.add(duty.limit)
            grid = understood.grids[duty.limited.obligation.indicator.id]
            rows.extend(limit_row(limit, str(duty.limit), grid) for limit in duty.limits)
    return rows


def duty_table(duties: Duties, understood: Understood) -> Rows:
    """The duties as rows of `engine.bulk.tables.DUTIES`."""
    numbers = {name: place for place, name in enumerate(understood.order)}
    owner = {number: place for place, span in enumerate(duties.spans) for number in span}
    met: dict[tuple[int | None, str], tuple[str | None, ...]] = {}
    rows: Rows = []
    for duty in duties.duties:
        owed = duty.limited.obligation
        rule = owed.rule
        falls_back = (rule.net or rule.judging_kind is Kind.LEVEL) and not owed.period.is_year_end
        if (duty.limit, rule.indicator) not in met:
            met[duty.limit, rule.indicator] = meets_numbers(duty.limits, understood.grids[rule.indicator])
        rows.append(
            (
                duty.number, owner[duty.number], rule.id, owed.role.value, owed.period.key, owed.period.month,
                owed.period.label, numbers[owed.indicator.id], numbers[rule.partner] if rule.partner else None,
                duty.limit, duty.line, None if owed.owed else owed.status, falls_back, owed.waiver is not None,
                duty.original, rule.judging_kind is Kind.LEVEL, *met[duty.limit, rule.indicator],
            )
        )  # fmt: skip
    return rows


def widest(rows: Sequence[tuple[Cell, ...]], duties: Sequence[tuple[Cell, ...]]) -> tuple[int, int]:
    """The largest sum of coefficients of any form of any limit or baseline, and the largest constant."""
    names = [name for name, _ in LIMITS]
    pairs = [(f"{edge}_q", f"{edge}_p") for edge in ("pass", "risk", "even", "ahead", "full")]
    pairs += [("gap_nq", "gap_np"), ("gap_dp", "gap_dp")]
    both = [(names.index(first), names.index(second)) for first, second in pairs]
    constants = [names.index(name) for name in names if name.endswith(("_c", "nc", "dc"))]
    factors = [abs(int(row[a] or 0)) + abs(int(row[b] or 0)) for row in rows for a, b in both]
    numbers = [abs(int(row[place] or 0)) for row in rows for place in constants]
    meets_q, meets_c = ([abs(int(row[place] or 0)) for row in duties] for place in (-2, -1))
    return max((*factors, *meets_q), default=0), max((*numbers, *meets_c), default=0)
