"""A bulk check on Spark: the engine makes figures and obligations, judges and writes; the driver does the rest."""

from collections.abc import Iterable
from dataclasses import field, replace
from pathlib import Path

from engine.bulk.inventory import ROW_BITS
from engine.bulk.output import WORK, Output, Record
from engine.bulk.read import list_parquet
from engine.bulk.run import BulkResult, Prepared, Progress, add_up, gather_rest
from engine.bulk.store import open_store, own_rows, text
from engine.bulk.sums import Summed, summed_indicators
from engine.bulk.tile import Fall, Judged
from engine.evaluate.duckdb import sql_text
from engine.model.noun import dataclass
from engine.model.tables import FIGURES, NUMBER, SHORT
from engine.report.write import make_folder, remove, settle
from engine.spark.rows import plain_text, show_rows
from engine.spark.session import Engine
from engine.spark.singles import Singles, find_odd, read_singles
from engine.spark.tables import LANES, SINGLY, VERDICTS, kind_of, load_tables, settle_empty

#: Bytes that a row takes there, rounded up: its figure, and a copy of it for an engine that cannot number rows.
WORK_BYTES = 32


def run(prepared: Prepared, folder: Path, engine: Engine, on_rows: Progress | None = None) -> BulkResult:
    """Judge everything at once, and put the folder in its place when it is whole.

    What was there stays until then; what a run left that was stopped is taken away. Input and output have to be where
    the engine sees them under the same paths.

    Errors: EngineError; OSError where the folder cannot be written to.
    """
    Output(folder).refuse_others()
    work = folder.absolute() / WORK
    remove(work)
    make_folder(work)
    try:
        return _Run(prepared, engine, work, on_rows).run(folder)
    finally:
        remove(work)


@dataclass(slots=True)
class _Run:
    prepared: Prepared
    engine: Engine
    work: Path
    on_rows: Progress | None
    singles: Singles = field(default_factory=Singles)

    def run(self, folder: Path) -> BulkResult:
        plan, engine, work = self.prepared.plan, self.engine, self.work
        rows = sum(sum(plan.inventory.by_organization[name].values()) for name in plan.understood.bodies)
        self._tell(0)
        kind = self._read_plain()
        plain, others = self._count()
        if plain < rows:
            find_odd(engine, plan, work, repeated=False)
            self.singles = read_singles(plan, work)
        written = self._judge(kind)
        if written != self.prepared.forecast.verdicts:
            # Only a figure that came in twice makes a verdict twice.
            find_odd(engine, plan, work, repeated=True)
            self.singles = read_singles(plan, work)
            written = self._judge(kind)
            assert written == self.prepared.forecast.verdicts, (
                f"{written} verdicts for {self.prepared.forecast.verdicts} obligations"
            )
        self._tell(rows)
        sums, unasked = self._add_up()
        judged = Judged(
            rows,
            self.singles.rows,
            written,
            self.singles.refused,
            others + self.singles.not_needed,
            self.singles.findings,
            self._falls(),
            unasked,
            sums,
        )
        return self._publish(judged, folder)

    def _tell(self, rows: int) -> None:
        if self.on_rows:
            self.on_rows(rows, max(self.prepared.plan.inventory.rows, 1))

    def _read_plain(self) -> str:
        """Have figures made of all plain rows; the type of their numbers."""
        plan, engine, work = self.prepared.plan, self.engine, self.work
        show_rows(engine, plan.inventory, work)
        engine.view("plain", plain_text(plan.inventory))
        most = engine.rows(
            """SELECT indicator, COALESCE(unit, ''), max(abs(digits)), max(steps) FROM plain
            WHERE digits IS NOT NULL GROUP BY indicator, COALESCE(unit, '')"""
        )
        bounds = {(str(name), str(unit)): (int(digits), int(steps)) for name, unit, digits, steps in most}
        kind = kind_of(plan, bounds)
        load_tables(engine, plan, kind, self.prepared.forecast.verdicts, work)
        engine.write(text("lanes.sql"), work / "lanes")
        settle_empty(work / "lanes", LANES)
        engine.name("lanes", engine.read([work / "lanes"]))
        return kind

    def _count(self) -> tuple[int, int]:
        """How many plain rows there are, and how many of them are of another year than the plan's."""
        ((plain, others),) = self.engine.rows(
            "SELECT count(*), COALESCE(sum(CASE WHEN figure % 16 = 0 THEN 1 ELSE 0 END), 0) FROM lanes"
        )
        return int(plain), int(others)

    def _judge(self, kind: str) -> int:
        """Have all verdicts written; how many they are."""
        engine, plan = self.engine, self.prepared.plan
        if kind == SHORT and kind_of(plan, {}, self.singles.largest) != SHORT:
            kind = NUMBER
            load_tables(engine, plan, kind, self.prepared.forecast.verdicts, self.work)
        self._name_figures(kind)
        columns = ", ".join(name for name, _ in FIGURES)
        partners = list(map(str, plan.owed.partners))
        of = f"(figure div 16) % {len(plan.understood.order)} IN ({', '.join(partners)})" if partners else "false"
        engine.view("partners", f"SELECT {columns} FROM figures WHERE {of}")
        engine.view("obligations", text("obligations.sql"))
        engine.view("history", text("history.sql"))
        engine.view("judged", sql_text())
        chosen = text("written.sql").format(div="div")
        if plan.owed.unjudged:
            chosen += f" UNION ALL {text('unjudged.sql')}"
        # The number of a row is counted from 1, as messages name it.
        engine.write(
            f"""SELECT {", ".join(f"s.{name}" for name, _ in VERDICTS[:-2])}, f.name AS file,
              s.source % {1 << ROW_BITS} + 1 AS line
            FROM ({chosen}) AS s LEFT JOIN files AS f ON f.file = s.source div {1 << ROW_BITS}""",
            self.work / "written",
        )
        settle_empty(self.work / "written", VERDICTS)
        with open_store(None) as connection:
            written = own_rows(*list_parquet(self.work / "written"))
            ((count,),) = connection.execute(f"SELECT count(*) FROM {written}").fetchall()
        return int(count)

    def _name_figures(self, kind: str) -> None:
        """The figures of the year: those of plain rows, and in the place of whole series those of the reader."""
        types = {name: each if each != NUMBER else kind for name, each in SINGLY}
        sql = {"VARCHAR": "STRING", "INTEGER": "INT"}
        cast = ", ".join(f"CAST({name} AS {sql.get(each, each)}) AS {name}" for name, each in types.items())
        plain = f"SELECT {cast}, adds FROM lanes AS f WHERE figure % 16 <> 0"
        if not self.singles.series:
            self.engine.view("figures", plain)
            return
        self.engine.load("own", self.work / "own.parquet", (("series", "BIGINT"),))
        self.engine.load("singly", self.work / "singly.parquet", SINGLY)
        self.engine.view(
            "figures",
            f"""{plain} AND NOT EXISTS (SELECT 1 FROM own AS o WHERE o.series = f.figure div 16)
            UNION ALL SELECT {cast}, false AS adds FROM singly""",
        )

    def _falls(self) -> list[Fall]:
        """Every figure of the year to date that is below the latest one before, whatever both round from."""
        if not any(row[-2] for row in self.prepared.plan.understood.measures):
            return []
        before = ", ".join(
            f"lag({name}) OVER (PARTITION BY figure div 16 ORDER BY figure) AS earlier_{name}"
            for name in ("figure", "source", "x", "slack")
        )
        # 3.4 stands for [3.35, 3.45), which ends before 3.45 does; what is counted one by one ends where it is.
        rows = self.engine.rows(
            f"""SELECT figure, source, x, earlier_figure, earlier_source, earlier_x
            FROM (SELECT figure, source, x, slack, {before} FROM figures WHERE adds) AS f
            WHERE earlier_figure IS NOT NULL AND (
              x + slack < earlier_x - earlier_slack OR (slack > 0 AND x + slack = earlier_x - earlier_slack)
            )"""
        )
        return [Fall(*map(int, row)) for row in sorted(rows)]

    def _add_up(self) -> tuple[list[Summed], list[tuple[int, int, int]]]:
        """Sums of the indicators that are held against the lead's, and how many figures nobody asked for."""
        plan = self.prepared.plan
        wanted = summed_indicators(plan.book, plan.owed, plan.understood)
        usable = f"f.fault IS NULL AND f.form = 'value' AND f.x IS NOT NULL AND {_among('indicator', wanted)}"
        rows = self.engine.rows(
            f"""SELECT f.indicator, f.month, f.class, count(*), sum(CASE WHEN {usable} THEN 1 ELSE 0 END),
              sum(CASE WHEN {usable} THEN CAST(f.x AS DECIMAL(38, 0)) END),
              sum(CASE WHEN {usable} THEN CAST(f.slack AS DECIMAL(38, 0)) END),
              max(CASE WHEN {usable} AND f.slack > 0 AND f.x <= 0 THEN 1 ELSE 0 END),
              max(CASE WHEN {usable} AND f.slack > 0 AND f.x >= 0 THEN 1 ELSE 0 END),
              max(CASE WHEN {usable} THEN f.source END)
            FROM (
              SELECT CAST((g.figure div 16) % n.indicators AS INT) AS indicator, CAST(g.figure % 16 AS INT) AS month,
                o.class, g.fault, g.form, g.x, g.slack, g.source
              FROM figures AS g CROSS JOIN numbers AS n
              INNER JOIN scope AS o ON o.organization = (g.figure div 16) div n.indicators
            ) AS f GROUP BY f.indicator, f.month, f.class"""
        )
        sums = [
            Summed(place, month, bodies, int(count), int(x), int(slack), bool(low), bool(high), int(source))
            for place, month, bodies, _, count, x, slack, low, high, source in sorted(rows, key=lambda row: row[:3])
            if count
        ]
        return sums, self._unasked((place, month, bodies, int(count)) for place, month, bodies, count, *_ in rows)

    def _unasked(self, counted: Iterable[tuple[int, int, int, int]]) -> list[tuple[int, int, int]]:
        plan = self.prepared.plan
        duties, _ = plan.owed.tables.rows()
        asked = {(row[1], each, row[5]) for row in duties for each in (row[7], row[8]) if each is not None}
        numbers = {name: place for place, name in enumerate(plan.understood.order)}
        rules = plan.apart.values()
        apart = {numbers[name] for rule in rules for name in (rule.indicator, rule.partner) if name}
        counts: dict[tuple[int, int], int] = {}
        for place, month, bodies, count in counted:
            if (bodies, place, month) not in asked and place not in apart:
                counts[place, month] = counts.get((place, month), 0) + count
        return [(*key, count) for key, count in sorted(counts.items())]

    def _publish(self, judged: Judged, folder: Path) -> BulkResult:
        """Lay out the folder beside its place, and put its parts there; `result.json` comes last."""
        whole = self.work / "whole"
        output = Output(whole)
        output.start(1)
        for number, part in enumerate(list_parquet(self.work / "written")):
            settle(part, whole / "verdicts" / f"{number:05}.parquet")
        with open_store(output.spill) as connection:
            record: Record = output.write_whole(judged, self.prepared.plan, connection)
        output.write_last(gather_rest(replace(self.prepared, tiles=[]), output, [record]), self.prepared.plan.inventory)
        result = add_up(self.prepared, [record, output.last])
        result.tiles = 1
        output.finish(self.prepared.plan.book, result)
        Output(folder).replace_by(whole)
        return result


def _among(name: str, numbers: set[int]) -> str:
    return f"f.{name} IN ({', '.join(map(str, sorted(numbers)))})" if numbers else "false"
