"""One tile: the figures of some bodies, or of some indicators, judged from Parquet to Parquet."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from engine.bulk.inventory import ROW_BITS, Inventory, Span
from engine.bulk.measures import Understood
from engine.bulk.owed import Owed
from engine.bulk.plain import plain_text
from engine.bulk.slow import Reread, reread, rows_of
from engine.bulk.store import fill, text
from engine.bulk.sums import Summed, sum_tile, summed_indicators
from engine.bulk.tables import DUTIES, HELD, MEASURES, ORGANIZATIONS, PERIODS, SCOPE
from engine.evaluate.duckdb import sql_text
from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Form
from engine.model.noun import dataclass
from engine.model.rule import Rule
from engine.model.tables import FIGURES, LIMITS, NUMBER, SHORT, SHORT_MOST, Columns, short
from engine.model.verdict import Outcome, Progress, Reason, Role
from engine.rules.compile import BASELINE_MET, NO_BASELINE, WITH_BASELINE, WITH_PARTNER

#: Columns of names in figures and limits: rows are joined by them, and a number is a sixteenth of a text.
_NAMES = {"form": "form_name", "fault": "fault_name"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What every tile of a run needs to know; `apart` are the rules that are judged body by body afterwards."""

    book: Book
    inventory: Inventory
    understood: Understood
    apart: Mapping[str, Rule]
    owed: Owed


@dataclass(frozen=True, slots=True)
class Tile:
    """A closed part of the work: these bodies and these indicators, by their places in the book."""

    number: int
    bodies: tuple[int, ...]
    names: tuple[str, ...]
    indicators: tuple[int, ...] | None
    rows: int
    span: Span


class Fall(NamedTuple):
    """A figure of the year to date below an earlier one: of both the key, the place, and the steps."""

    key: int
    source: int
    steps: int
    earlier_key: int
    earlier_source: int
    earlier_steps: int


@dataclass(slots=True)
class Judged:
    """What became of a tile: rows read, rows that the reader of single files took, verdicts, figures refused.

    `falls` are figures that may not fall and did; `unasked` indicator, month and how
    many figures of them nobody asked for.
    """

    rows: int
    read_singly: int
    verdicts: int
    refused: int
    not_needed: int
    findings: list[Diagnostic]
    falls: list[Fall]
    unasked: list[tuple[int, int, int]]
    sums: list[Summed]


class _TooWide(Exception):
    """Some product may not fit the short type."""


class Worker:
    """Judges tiles one after the other in a database of its own."""

    def __init__(self, plan: Plan, connection: duckdb.DuckDBPyConnection) -> None:
        """Load what all tiles share."""
        self._plan = plan
        self._connection = connection
        self._kind = ""
        self._chosen: list[str] = []
        self._summed = summed_indicators(plan.book, plan.owed, plan.understood)
        numbers = {name: place for place, name in enumerate(plan.understood.order)}
        rules = plan.apart.values()
        names = {name for rule in rules for name in (rule.indicator, rule.partner) if name}
        fill(connection, "apart", (("indicator", "INTEGER"),), [(numbers[name],) for name in sorted(names)])
        self._name_types()
        fill(connection, "all_measures", MEASURES, plan.understood.measures)
        fill(connection, "periods", PERIODS, plan.understood.periods)
        plan.owed.tables.load(connection, "all_duties", "all_limits")
        counts = (plan.owed.duties, len(plan.understood.order))
        fill(connection, "numbers", (("duties", "BIGINT"), ("indicators", "BIGINT")), [counts])
        fill(connection, "labels", (("period", "INTEGER"), ("label", "period_name")), plan.owed.labels)
        rows = [(place, file.name) for place, file in enumerate(plan.inventory.files)]
        fill(connection, "files", (("file", "BIGINT"), ("name", "file_name")), rows)
        self._asked = self._fully_asked()

    def _name_types(self) -> None:
        """Types of the names that stand in every verdict or figure: a number each, which is written as the name."""
        plan = self._plan
        types: dict[str, Sequence[str]] = {
            "organization_name": list(plan.book.organizations),
            "rule_name": [rule.id for rule in plan.book.rules],
            "file_name": [file.name for file in plan.inventory.files],
            "role_name": list(Role),
            "period_name": sorted({label for _, label in plan.owed.labels}),
            "verdict_name": list(Outcome),
            "reason_name": list(Reason),
            "progress_name": list(Progress),
            "form_name": sorted({*Form, WITH_BASELINE, BASELINE_MET, NO_BASELINE, WITH_PARTNER}),
            "fault_name": sorted(CODES),
        }
        for name, members in types.items():
            listed = ", ".join("'" + str(member).replace("'", "''") + "'" for member in dict.fromkeys(members or [""]))
            self._connection.execute(f"CREATE TYPE {name} AS ENUM ({listed})")

    def judge(self, tile: Tile, output: Path, mark: str) -> Judged:
        """Write the verdicts of a tile to `output`, marked with the digest of all that they come from."""
        self._open(tile)
        try:
            return self._judge(tile, output, mark, SHORT)
        except _TooWide:
            return self._judge(tile, output, mark, NUMBER)

    def _open(self, tile: Tile) -> None:
        """Make the tables of the tile's bodies."""
        connection = self._connection
        classes = self._plan.owed.classes
        names = tuple(self._plan.book.organizations)
        fill(connection, "scope", SCOPE, [(place, names[place], classes[place]) for place in tile.bodies])
        months = self._plan.understood.months
        held = [(place, month) for place in tile.bodies for month in sorted(months.get(place, ()))]
        fill(connection, "held", HELD, held)
        bodies = self._plan.understood.bodies
        fill(connection, "organizations", ORGANIZATIONS, [(name, bodies[name]) for name in tile.names])

    def _judge(self, tile: Tile, output: Path, mark: str, kind: str) -> Judged:
        connection, plan = self._connection, self._plan
        self._use(kind, tile)
        for name in ("own", "others"):
            connection.execute(f"CREATE OR REPLACE TABLE {name} (series BIGINT, source BIGINT)")
        connection.execute(f"CREATE OR REPLACE VIEW plain AS {plain_text(plan.inventory, tile.span)}")
        plain = self._read_plain()
        singly = Reread()
        if tile.rows < 0 or plain < tile.rows:
            singly = reread(connection, plan.book, plan.inventory, plan.understood, tile.span, tile.indicators)
            self._take_in(singly, kind)
        self._require_fit(kind)
        written, owed = self._write(output, mark), self._owed()
        if written != owed:
            # Only a figure that came in twice makes a verdict twice.
            self._read_plain()
            singly = reread(
                connection, plan.book, plan.inventory, plan.understood, tile.span, tile.indicators, repeated=True
            )
            self._take_in(singly, kind)
            self._require_fit(kind)
            written = self._write(output, mark)
            assert written == owed, f"{written} verdicts for {owed} obligations"
        return Judged(
            tile.rows,
            singly.rows,
            written,
            singly.refused,
            self._count_others() + singly.not_needed,
            singly.findings,
            self._falls(),
            self._unasked(tile, singly),
            sum_tile(self._connection, self._summed),
        )

    def _read_plain(self) -> int:
        """Make figures of all plain rows: how many. Those of another year than the plan's are set aside."""
        try:
            named = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in _NAMES.items())
            lanes = f"SELECT * REPLACE ({named}) FROM ({text('lanes.sql')})"
            self._connection.execute(f"CREATE OR REPLACE TABLE figures AS {lanes}")
        except duckdb.OutOfRangeException as error:
            raise _TooWide from error
        (plain,) = self._connection.execute("SELECT count(*) FROM figures").fetchall()[0]
        if self._plan.understood.other_years:
            self._connection.execute(
                "CREATE OR REPLACE TABLE others AS"
                " SELECT figure >> 4 AS series, source FROM figures WHERE figure & 15 = 0"
            )
            self._connection.execute("DELETE FROM figures WHERE figure & 15 = 0")
        return int(plain)

    def _count_others(self) -> int:
        """Plain rows of another year than the plan's, but for those that the reader took with their series."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM others ANTI JOIN own ON own.series = others.series"
        ).fetchall()[0]
        return int(count)

    def _use(self, kind: str, tile: Tile) -> None:
        """Make the shared tables of this type, and of a tile of indicators only theirs."""
        connection = self._connection
        if kind != self._kind:
            for name, columns in (("limits", LIMITS), ("duties", DUTIES), ("measures", MEASURES)):
                cast = ", ".join(f"CAST({column} AS {each}) AS {column}" for column, each in _typed(columns, kind))
                try:
                    connection.execute(f"CREATE OR REPLACE TABLE judged_{name} AS SELECT {cast} FROM all_{name}")
                except duckdb.ConversionException as error:
                    raise _TooWide from error
            empty = ", ".join(f"CAST(NULL AS {each}) AS {name}" for name, each in _typed(FIGURES, kind))
            connection.execute(f"CREATE OR REPLACE VIEW nobody AS SELECT {empty} WHERE false")
            self._kind = kind
            self._make_views()
        classes = sorted({self._plan.owed.classes[place] for place in tile.bodies})
        own = [f"class IN ({', '.join(map(str, classes))})"] if len(classes) < len(self._plan.owed.months) else []
        wanted = [] if tile.indicators is None else [f"indicator IN ({', '.join(map(str, tile.indicators))})"]
        if [*own, *wanted] != self._chosen:
            self._choose(own, wanted)

    def _choose(self, own: list[str], wanted: list[str]) -> None:
        """Leave of duties, measures and limits only those of a tile: what is not there costs nothing."""
        for name, conditions in (("duties", [*own, *wanted]), ("measures", wanted)):
            where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
            self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM judged_{name}{where}")
        where = " WHERE limit_id IN (SELECT limit_id FROM duties)" if own or wanted else ""
        self._connection.execute(f"CREATE OR REPLACE VIEW limits AS SELECT * FROM judged_limits{where}")
        self._chosen = [*own, *wanted]

    def _make_views(self) -> None:
        """The texts between the tables; what they read is replaced for every tile."""
        connection = self._connection
        self._choose([], [])
        connection.execute("CREATE OR REPLACE TABLE figures AS SELECT * FROM nobody")
        connection.execute("CREATE OR REPLACE TABLE partners AS SELECT * FROM nobody")
        connection.execute(f"CREATE OR REPLACE VIEW obligations AS {text('obligations.sql')}")
        connection.execute(f"CREATE OR REPLACE VIEW history AS {text('history.sql')}")
        connection.execute(f"CREATE OR REPLACE VIEW judged AS {sql_text()}")

    def _take_in(self, singly: Reread, kind: str) -> None:
        """Put the figures that the reader made in the place of all that stood for their series."""
        connection, plan = self._connection, self._plan
        fill(connection, "own", (("series", "BIGINT"),), [(series,) for series in sorted(singly.series)])
        connection.execute("DELETE FROM figures WHERE figure >> 4 IN (SELECT series FROM own)")
        year = plan.book.plan.year
        current = [figure for figure in singly.figures if figure.period.year == year and not figure.member]
        rows = rows_of(plan.book, current, plan.inventory, plan.understood)
        columns = (*FIGURES, ("slack", NUMBER))
        fill(connection, "singly", columns, rows)
        cast = ", ".join(f"CAST({name} AS {each})" for name, each in _typed(columns, kind))
        try:
            connection.execute(f"INSERT INTO figures SELECT {cast}, false FROM singly")
        except duckdb.ConversionException as error:
            raise _TooWide from error

    def _require_fit(self, kind: str) -> None:
        """Make sure that every product of the judging text fits the short type."""
        if kind != SHORT:
            return
        (largest,) = self._connection.execute(
            "SELECT COALESCE(max(greatest(abs(x), abs(COALESCE(y, 0))) + x_half), 0) FROM figures"
        ).fetchall()[0]
        factor, constant = self._plan.owed.widest
        if factor * int(largest) + constant > SHORT_MOST:
            raise _TooWide

    def _write(self, output: Path, mark: str) -> int:
        connection = self._connection
        if self._plan.owed.partners:
            partners = map(str, self._plan.owed.partners)
            of = f"(figure >> 4) % {len(self._plan.understood.order)} IN ({', '.join(partners)})"
            columns = ", ".join(name for name, _ in FIGURES)
            connection.execute(f"CREATE OR REPLACE TABLE partners AS SELECT {columns} FROM figures WHERE {of}")
        chosen = text("written.sql").format(div="//")
        if self._plan.owed.unjudged:
            chosen += f" UNION ALL {text('unjudged.sql')}"
        # The number of a row is counted from 1, as messages name it.
        chosen = f"""
            SELECT s.* EXCLUDE (source) REPLACE (
              CAST(verdict AS verdict_name) AS verdict,
              CAST(reason AS reason_name) AS reason,
              CAST(progress AS progress_name) AS progress
            ), f.name AS file, (s.source & {(1 << ROW_BITS) - 1}) + 1 AS line
            FROM ({chosen}) AS s LEFT JOIN files AS f ON f.file = s.source >> {ROW_BITS}"""
        place = output.as_posix().replace("'", "''")
        (count,) = connection.execute(
            f"COPY ({chosen}) TO '{place}' (FORMAT parquet, COMPRESSION snappy, KV_METADATA {{biaochi: '{mark}'}})"
        ).fetchall()[0]
        return int(count)

    def _owed(self) -> int:
        (count,) = self._connection.execute(
            """SELECT count(*) FROM scope AS o INNER JOIN duties AS d ON d.class = o.class
            INNER JOIN held AS h ON h.organization = o.organization AND h.month = d.month"""
        ).fetchall()[0]
        return int(count)

    def _falls(self) -> list[Fall]:
        """Every figure of the year to date that is below the latest one before, whatever both round from."""
        connection = self._connection
        # 3.4 stands for [3.35, 3.45), which ends before 3.45 does; what is counted one by one ends where it is.
        fallen = "(f.x + f.slack < p.x - p.slack OR (f.slack > 0 AND f.x + f.slack = p.x - p.slack))"
        connection.execute(
            f"""CREATE OR REPLACE TABLE suspects AS
            SELECT f.figure, f.source, f.x, f.slack, p.figure AS earlier, p.source AS earlier_source, p.x AS before
            FROM figures AS f LEFT JOIN figures AS p ON p.figure = f.figure - 1
            WHERE f.adds AND f.figure & 15 > 1 AND (p.figure IS NULL OR (p.adds AND {fallen}))"""
        )
        # A month without a figure hides the one before it.
        for months in range(2, 12):
            (open_ones,) = connection.execute("SELECT count(*) FROM suspects WHERE earlier IS NULL").fetchall()[0]
            if not open_ones:
                break
            connection.execute(
                f"""CREATE OR REPLACE TABLE suspects AS
                SELECT * FROM suspects WHERE earlier IS NOT NULL
                UNION ALL
                SELECT f.figure, f.source, f.x, f.slack, p.figure, p.source, p.x
                FROM (SELECT * FROM suspects WHERE earlier IS NULL AND figure & 15 > {months}) AS f
                LEFT JOIN (
                  SELECT p.* FROM figures AS p
                  SEMI JOIN suspects AS s ON s.earlier IS NULL AND p.figure = s.figure - {months}
                ) AS p ON p.figure = f.figure - {months}
                WHERE p.figure IS NULL OR (p.adds AND {fallen})"""
            )
        rows = connection.execute(
            """SELECT figure, source, x, earlier, earlier_source, before FROM suspects
            WHERE earlier IS NOT NULL ORDER BY figure"""
        )
        return [Fall(*map(int, row)) for row in rows.fetchall()]

    def _fully_asked(self) -> set[int]:
        """The classes of bodies that owe every indicator which can be read at once, in every period that was named."""
        (wanted,) = self._connection.execute(
            "SELECT count(*) FROM (SELECT DISTINCT m.indicator, p.month FROM all_measures AS m, periods AS p)"
        ).fetchall()[0]
        rows = self._connection.execute(
            """SELECT class FROM (
              SELECT class, month, unnest([indicator, partner]) AS indicator FROM all_duties
            ) AS d
            WHERE d.indicator IN (SELECT indicator FROM all_measures) AND d.month IN (SELECT month FROM periods)
            GROUP BY class HAVING count(DISTINCT d.indicator * 16 + d.month) = ?""",
            [wanted],
        )
        return {number for (number,) in rows.fetchall()}

    def _unasked(self, tile: Tile, singly: Reread) -> list[tuple[int, int, int]]:
        """Indicator, period and how many figures of it nobody asked for."""
        classes = self._plan.owed.classes
        if not singly.rows and all(classes[place] in self._asked for place in tile.bodies):
            return []
        return [
            (int(a), int(b), int(c))
            for a, b, c in self._connection.execute(
                """SELECT f.indicator, f.month, sum(f.count)::BIGINT FROM (
                  SELECT (figure >> 4) % n.indicators AS indicator, figure & 15 AS month, o.class, count(*) AS count
                  FROM figures AS f CROSS JOIN numbers AS n
                  INNER JOIN scope AS o ON o.organization = (figure >> 4) // n.indicators GROUP BY ALL
                ) AS f
                WHERE NOT EXISTS (SELECT 1 FROM apart AS a WHERE a.indicator = f.indicator) AND NOT EXISTS (
                  SELECT 1 FROM duties AS d
                  WHERE d.class = f.class AND f.indicator IN (d.indicator, d.partner) AND d.month = f.month
                )
                GROUP BY ALL ORDER BY ALL"""
            ).fetchall()
        ]


def _typed(columns: Columns, kind: str) -> Columns:
    """The columns with numbers of this type, and with the types of names."""
    numbered = short(columns) if kind == SHORT else columns
    return tuple((name, _NAMES.get(name, each)) for name, each in numbered)
