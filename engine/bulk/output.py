"""The folder that a bulk check writes: verdicts, findings and summaries in Parquet, a part for each tile.

`verdicts/`, `findings/` and `summary/` hold a file per tile; `tiles/` says of each what it was made from and what it
came to, and is written last: a tile without it is not there. `rules.parquet` says what each rule wants in each period,
`result.json` what all came to.
"""

import errno
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from engine.bulk.apart import VERDICT_ROWS
from engine.bulk.inventory import ROW_BITS, Inventory, place_of_row
from engine.bulk.read import list_names, list_parquet, read_record
from engine.bulk.store import Cell, fill, open_store, own_rows
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.source import Source
from engine.model.tables import Columns
from engine.quantities import format_decimal
from engine.report.write import make_folder, remove, settle, write_record

if TYPE_CHECKING:
    from engine.bulk.run import BulkResult
    from engine.bulk.tile import Judged, Plan

#: What stands in a findings file: a stable code, the place, and the words of its message.
FINDINGS: Columns = (
    ("code", "VARCHAR"),
    ("file", "VARCHAR"),
    ("line", "BIGINT"),
    ("cell", "VARCHAR"),
    ("params", "VARCHAR"),
    ("related", "VARCHAR"),
)

_PARTS = ("verdicts", "findings", "summary")
_PART = ".part"
#: Where another engine works until all is whole.
WORK = ".spark"
_OWN = (*_PARTS, "tiles", "result.json", ".spill", WORK)


@dataclass(slots=True)
class Record:
    """What one tile came to; `mark` is the digest of all that it was made from."""

    mark: str
    rows: int = 0
    not_needed: int = 0
    refused: int = 0
    waived_failures: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    sums: list[list[Any]] = field(default_factory=list)


@dataclass(slots=True)
class Rest:
    """What belongs to no tile: rows of `engine.bulk.apart.VERDICT_ROWS`, findings, and how many rows were refused."""

    verdicts: list[tuple[Cell, ...]] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    refused: int = 0


class Output:
    """Writes the folder; what is written is whole or not there."""

    def __init__(self, folder: Path) -> None:
        """Remember where it is; nothing is made yet."""
        self.folder = folder
        self.spill = folder / ".spill"
        self.last = Record("")

    def refuse_others(self) -> None:
        """Make sure that the folder is ours, or not there.

        Errors: FileExistsError where something else is there: nothing of others is touched.
        """
        strange = [
            name for name in list_names(self.folder) if name not in _OWN and not name.startswith(".result.json.")
        ]
        if strange:
            raise FileExistsError(errno.EEXIST, f"it holds {strange[0]}, which is of no bulk check", str(self.folder))

    def start(self, tiles: int) -> None:
        """Make the folder, and take away what an earlier run left unfinished or made of more tiles.

        Errors: FileExistsError where something else is there: nothing of others is touched.
        """
        self.refuse_others()
        for name in (*_PARTS, "tiles"):
            make_folder(self.folder / name)
            for file in list_names(self.folder / name):
                number = file.split(".")[0]
                if file.endswith(_PART) or (number.isdecimal() and int(number) >= tiles):
                    remove(self.folder / name / file)
        for file in list_names(self.folder):
            if file.endswith(_PART):
                remove(self.folder / file)
        remove(self.folder / WORK)
        remove(self.spill)
        make_folder(self.spill)

    def verdict_part(self, tile: int) -> Path:
        """Where the verdicts of a tile are written until they are whole."""
        return self._path("verdicts", tile, _PART)

    def read_record(self, tile: int, mark: str) -> Record | None:
        """What a tile came to, None where it is not there, or was made from something else."""
        told = read_record(self.folder / "tiles" / f"{tile:05}.json")
        if told is None:
            return None
        try:
            for name in ("verdicts", "reasons", "findings"):
                told[name] = Counter(told[name])
            record = Record(**told)
        except (TypeError, KeyError):
            return None
        whole = all(self._path(name, tile).is_file() for name in _PARTS)
        return record if record.mark == mark and whole else None

    def write_tile(
        self, tile: int, mark: str, judged: "Judged", plan: "Plan", connection: duckdb.DuckDBPyConnection
    ) -> Record:
        """Put the parts of a tile into their places, and say last what they are."""
        record = self._describe(f"{tile:05}", mark, judged, plan, connection, self.verdict_part(tile))
        for name in _PARTS:
            settle(self._path(name, tile, _PART), self._path(name, tile))
        self._write_record(f"{tile:05}", record)
        return record

    def write_whole(self, judged: "Judged", plan: "Plan", connection: duckdb.DuckDBPyConnection) -> Record:
        """Add what belongs to verdicts that another engine has made of everything at once, and that lie here."""
        record = self._describe("00000", "", judged, plan, connection, *list_parquet(self.folder / "verdicts"))
        for name in _PARTS[1:]:
            settle(self._path(name, 0, _PART), self._path(name, 0))
        return record

    def replace_by(self, whole: Path) -> None:
        """Put in the place of what is here the parts of another folder, what all came to last.

        Errors: OSError where one cannot be.
        """
        for name in ("result.json", "tiles", *_PARTS):
            remove(self.folder / name)
        for name in (*_PARTS, "result.json"):
            (whole / name).replace(self.folder / name)

    def _describe(
        self,
        name: str,
        mark: str,
        judged: "Judged",
        plan: "Plan",
        connection: duckdb.DuckDBPyConnection,
        *verdicts: Path,
    ) -> Record:
        """Write findings and summary of some verdicts; what they came to."""
        found = [*judged.findings, *_fallen(judged, plan)]
        self._write_findings(connection, name, found)
        record = self._summarize(connection, name, mark, *verdicts)
        record.rows = max(judged.rows, 0)
        record.refused = judged.refused
        record.not_needed = judged.not_needed + sum(count for _, _, count in judged.unasked)
        record.findings = Counter(finding.code for finding in found)
        record.sums = [each.told() for each in judged.sums]
        return record

    def write_last(self, rest: Rest, inventory: Inventory) -> None:
        """Write what belongs to no tile, and keep its totals in `last`."""
        with open_store(self.spill) as connection:
            fill(connection, "rest", VERDICT_ROWS, rest.verdicts)
            self._name_files(connection, inventory)
            part = self.folder / "verdicts" / f"rest.parquet{_PART}"
            connection.execute(
                f"""COPY (
                  SELECT s.* EXCLUDE (source), f.name AS file, (s.source & {(1 << ROW_BITS) - 1}) + 1 AS line
                  FROM rest AS s LEFT JOIN files AS f ON f.file = s.source >> {ROW_BITS}
                ) TO '{_sql(part)}' (FORMAT parquet)"""
            )
            self._write_findings(connection, "rest", rest.findings)
            self.last = self._summarize(connection, "rest", "", part)
        self.last.refused = rest.refused
        self.last.findings = Counter(finding.code for finding in rest.findings)
        for name in _PARTS:
            path = self.folder / name / "rest.parquet"
            settle(path.with_name(f"rest.parquet{_PART}"), path)

    def finish(self, book: Book, result: "BulkResult") -> None:
        """Say what all came to."""
        remove(self.spill)
        document = {
            "book": {"digest": book.digest, "title": book.plan.title},
            "complete": result.complete,
            "findings": dict(sorted(result.findings.items())),
            "rows": {
                "judged": result.judged,
                "not_needed": result.not_needed,
                "read": result.rows,
                "refused": result.refused,
            },
            "undecided": dict(sorted(result.reasons.items())),
            "verdicts": dict(sorted(result.verdicts.items())),
        }
        write_record(self.folder / "result.json", {"schema": "biaochi.bulk/1", **document})

    @staticmethod
    def _name_files(connection: duckdb.DuckDBPyConnection, inventory: Inventory) -> None:
        rows = [(place, file.name) for place, file in enumerate(inventory.files)]
        fill(connection, "files", (("file", "BIGINT"), ("name", "VARCHAR")), rows)

    def _path(self, name: str, tile: int, ending: str = "") -> Path:
        return self.folder / name / f"{tile:05}.parquet{ending}"

    def _write_record(self, name: str, record: Record) -> None:
        told: dict[str, object] = {each.name: getattr(record, each.name) for each in fields(record)}
        for key in ("verdicts", "reasons", "findings"):
            told[key] = dict(sorted(getattr(record, key).items()))
        write_record(self.folder / "tiles" / f"{name}.json", told)

    def _write_findings(self, connection: duckdb.DuckDBPyConnection, name: str, found: Iterable[Diagnostic]) -> None:
        rows: list[tuple[Cell, ...]] = [
            (
                finding.code,
                finding.source.file,
                finding.source.line,
                finding.source.cell,
                json.dumps(finding.params, ensure_ascii=False, sort_keys=True),
                json.dumps([f"{place.file}:{place.line}" for place in finding.related], ensure_ascii=False),
            )
            for finding in found
        ]
        fill(connection, "found", FINDINGS, rows)
        connection.execute(
            f"COPY found TO '{_sql(self.folder / 'findings' / f'{name}.parquet{_PART}')}' (FORMAT parquet)"
        )

    def _summarize(self, connection: duckdb.DuckDBPyConnection, name: str, mark: str, *verdicts: Path) -> Record:
        connection.execute(
            f"""CREATE OR REPLACE TABLE summed AS
            SELECT organization, period, verdict, reason, COALESCE(notes, '') LIKE '%waived%' AS waived,
              count(*) AS count
            FROM {own_rows(*verdicts)} WHERE NOT under_original GROUP BY ALL ORDER BY ALL"""
        )
        connection.execute(
            f"COPY summed TO '{_sql(self.folder / 'summary' / f'{name}.parquet{_PART}')}' (FORMAT parquet)"
        )
        record = Record(mark)
        for verdict, reason, waived, count in connection.execute(
            "SELECT verdict, reason, waived, sum(count)::BIGINT FROM summed GROUP BY ALL ORDER BY ALL"
        ).fetchall():
            record.verdicts[verdict] += count
            if reason:
                record.reasons[reason] += count
            if waived and verdict == "fail":
                record.waived_failures += count
        return record


def _fallen(judged: "Judged", plan: "Plan") -> list[Diagnostic]:
    """What the tables of a tile tell: figures of the year to date that fell, and those that nobody asked for."""
    names, indicators = tuple(plan.book.organizations), plan.understood.order
    found = []
    for fall in judged.falls:
        body, number = divmod(fall.key >> 4, len(indicators))
        indicator = plan.book.indicators[indicators[number]]
        step = plan.understood.grids[indicator.id] / indicator.unit.factor
        params = {
            "organization": names[body],
            "indicator": indicator.name,
            "now": f"{format_decimal(fall.steps * step)} {indicator.unit.symbol}",
            "before": f"{format_decimal(fall.earlier_steps * step)} {indicator.unit.symbol}",
            "period": Period.ending(plan.book.plan.year, fall.earlier_key & 15).label,
        }
        earlier = (place_of_row(plan.inventory, fall.earlier_source),)
        found.append(Diagnostic("year-to-date-falls", place_of_row(plan.inventory, fall.source), params, earlier))
    for number, month, count in judged.unasked:
        period = Period.ending(plan.book.plan.year, month)
        indicator = plan.book.indicators[indicators[number]]
        params = {"indicator": indicator.name, "period": period.label, "count": str(count)}
        found.append(Diagnostic("figures-not-asked", Source(plan.inventory.files[0].name), params))
    return found


def _sql(path: Path) -> str:
    return path.as_posix().replace("'", "''")
