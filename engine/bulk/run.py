"""A bulk check: from an inventory of Parquet files to a folder of verdicts, tile by tile, resumable."""

import hashlib
import queue
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path

from engine import __version__
from engine.bulk.apart import judge_apart
from engine.bulk.duties import rules_apart
from engine.bulk.inventory import Inventory, take_inventory
from engine.bulk.measures import understand
from engine.bulk.output import Output, Record, Rest
from engine.bulk.owed import owe
from engine.bulk.slow import read_strays
from engine.bulk.store import disk_trouble, open_store, text
from engine.bulk.sums import Summed, reconcile_sums
from engine.bulk.tile import Plan, Tile, Worker
from engine.bulk.tiling import cut_tiles
from engine.evaluate.duckdb import sql_text
from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic, Severity
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.source import Source
from engine.submissions.read import Delivery

#: Rows that are done, and of how many.
Progress = Callable[[int, int], None]

#: Bytes that a verdict takes in a file, rounded up: for the forecast of disk use.
BYTES_PER_VERDICT = 16


@dataclass(slots=True)
class BulkResult:
    """What a bulk check came to; the verdicts themselves lie in the folder.

    `verdicts` counts outcomes, `reasons` those of undecided ones, `findings` codes. Rows add up: read = judged + not
    needed + refused.
    """

    rows: int = 0
    not_needed: int = 0
    refused: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    waived_failures: int = 0
    tiles: int = 0
    kept: int = 0

    @property
    def judged(self) -> int:
        """Rows that a verdict used."""
        return self.rows - self.not_needed - self.refused

    @property
    def complete(self) -> bool:
        """Whether all input could be read and used."""
        return not any(CODES[code].incomplete for code in self.findings)

    @property
    def errors(self) -> bool:
        """Whether some finding is an error."""
        return any(CODES[code].severity is Severity.ERROR for code in self.findings)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a run will take: rows to judge, verdicts to write, and bytes on the disk."""

    rows: int
    verdicts: int
    bytes: int
    tiles: int


@dataclass(slots=True)
class Prepared:
    """A run that is ready to start: its plan, its tiles, and what was found on the way."""

    plan: Plan
    tiles: list[Tile]
    forecast: Forecast
    found: list[Diagnostic]
    as_of: date | None


def prepare(
    book: Book,
    delivery: Delivery,
    found: list[Diagnostic],
    *,
    as_of: date | None = None,
    rows_per_tile: int | None = None,
    threads: int = 1,
    cache: Path | None = None,
) -> Prepared:
    """Look at everything and plan the work; nothing is written yet but what is kept in the folder `cache`."""
    with open_store(None, threads) as connection:
        inventory = take_inventory(connection, delivery.files, found, cache)
    periods = _periods(book, inventory)
    apart = rules_apart(book)
    understood = understand(book, inventory, apart)
    owed = owe(book, periods, as_of, understood, cache)
    plan = Plan(book, inventory, understood, apart, owed)
    tiles = cut_tiles(plan, rows_per_tile)
    alike = Counter((number, understood.months.get(place, frozenset())) for place, number in enumerate(owed.classes))
    verdicts = sum(count * owed.count(number, months) for (number, months), count in alike.items())
    forecast = Forecast(inventory.rows, verdicts, verdicts * BYTES_PER_VERDICT, len(tiles))
    return Prepared(plan, tiles, forecast, found, as_of)


def _periods(book: Book, inventory: Inventory) -> list[Period]:
    """The periods that the files name, of the plan's year."""
    named = {Period.parse(written) or _of_folder(folder) for folder, written in inventory.by_period}
    named |= {_of_folder(folder) for folder, _ in inventory.by_period}
    return sorted({Period.ending(each.year, each.month) for each in named if each and each.year == book.plan.year})


def _of_folder(folder: int) -> Period | None:
    return Period.ending(folder // 100, folder % 100) if folder else None


def run(prepared: Prepared, folder: Path, workers: int, on_rows: Progress | None = None) -> BulkResult:
    """Judge every tile that is not there yet, and write what all came to.

    A run that was killed goes on with the tiles that lack; a tile whose input, rules or program changed is judged
    again. Afterwards the folder is the same, byte by byte, as after one run from scratch.
    """
    output = Output(folder)
    output.start(len(prepared.tiles))
    marks = _marks(prepared)
    waiting = [tile for tile in prepared.tiles if output.read_record(tile.number, marks[tile.number]) is None]
    kept = len(prepared.tiles) - len(waiting)
    done = _rows(prepared.tiles) - _rows(waiting)
    with disk_trouble(folder):
        _judge_all(prepared, waiting, output, marks, workers, done, on_rows)
    records = [record for tile in prepared.tiles if (record := output.read_record(tile.number, marks[tile.number]))]
    with disk_trouble(folder):
        output.write_last(gather_rest(prepared, output, records), prepared.plan.inventory)
    result = add_up(prepared, [*records, output.last])
    result.kept = kept
    output.finish(prepared.plan.book, result)
    return result


def _judge_all(
    prepared: Prepared,
    waiting: Sequence[Tile],
    output: Output,
    marks: Sequence[str],
    workers: int,
    done: int,
    on_rows: Progress | None,
) -> None:
    """Hand the tiles to the workers; the first problem stops all of them."""
    total = _rows(prepared.tiles)
    waiting_line: queue.SimpleQueue[Tile] = queue.SimpleQueue()
    for tile in waiting:
        waiting_line.put(tile)
    problems: list[BaseException] = []
    lock = threading.Lock()
    progress = done

    def work() -> None:
        nonlocal progress
        try:
            with open_store(output.spill, workers=workers) as connection:
                worker = Worker(prepared.plan, connection)
                while not problems:
                    try:
                        tile = waiting_line.get_nowait()
                    except queue.Empty:
                        return
                    mark = marks[tile.number]
                    judged = worker.judge(tile, output.verdict_part(tile.number), mark)
                    output.write_tile(tile.number, mark, judged, prepared.plan, connection)
                    with lock:
                        progress += _rows([tile])
                        if on_rows:
                            on_rows(progress, total)
        except BaseException as error:
            problems.append(error)

    if on_rows:
        on_rows(done, total)
    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(workers, len(waiting)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


def _rows(tiles: Iterable[Tile]) -> int:
    return sum(max(tile.rows, 0) for tile in tiles)


def gather_rest(prepared: Prepared, output: Output, records: Sequence[Record]) -> Rest:
    """What belongs to no tile: verdicts made from several figures, rows of unknown bodies, findings about files."""
    plan = prepared.plan
    rest = Rest(findings=list(prepared.found))
    for folder, written in sorted(plan.inventory.by_period):
        period = Period.parse(written) or _of_folder(folder)
        if period and period.year != plan.book.plan.year and folder in (0, period.key):
            params = {"period": period.label, "year": str(plan.book.plan.year)}
            rest.findings.append(Diagnostic("period-outside-plan", Source(plan.inventory.files[0].name), params))
    sums = (Summed.read(told) for record in records for told in record.sums)
    rest.findings.extend(reconcile_sums(plan.book, plan.inventory, plan.understood, plan.owed, sums))
    with open_store(output.spill) as connection:
        rest.refused, said = read_strays(connection, plan.book, plan.inventory, plan.understood)
        rest.findings.extend(said)
        for rows, said in judge_apart(connection, plan, _periods(plan.book, plan.inventory), prepared.as_of):
            rest.verdicts.extend(rows)
            rest.findings.extend(said)
    return rest


def _marks(prepared: Prepared) -> list[str]:
    """For every tile the digest of all that its verdicts come from: files, names, numbers, duties, limits, texts."""
    plan = prepared.plan
    texts = [
        sql_text(),
        *(text(name) for name in ("lanes.sql", "obligations.sql", "history.sql", "written.sql", "unjudged.sql")),
    ]
    common = _digest(
        [__version__, *texts, str(plan.book.plan.year), repr(plan.understood.periods), str(plan.inventory.decimals)]
    )
    reader = _reader_digest(plan.book)
    measures = _digest([repr(row) for row in plan.understood.measures])
    names = tuple(plan.book.organizations)
    classes = plan.owed.classes
    marks = []
    for tile in prepared.tiles:
        files = sorted({file for name in tile.names for file in plan.inventory.by_organization[name]})
        marks.append(
            _digest(
                [
                    common,
                    measures,
                    repr([(names[place], place) for place in tile.bodies]),
                    repr(tile.names),
                    repr([sorted(plan.understood.months.get(place, ())) for place in tile.bodies]),
                    repr(tile.indicators),
                    *(plan.owed.marks[number] for number in sorted({classes[place] for place in tile.bodies})),
                    *(f"{plan.inventory.files[file].name} {plan.inventory.digests[file]}" for file in files),
                    reader,
                ]
            )
        )
    return marks


def _reader_digest(book: Book) -> str:
    """Of everything that the reader of single files holds figures to, but for the numbers of rules."""
    return _digest(
        [
            repr(sorted(book.words.items())),
            book.definitions,
            *(
                repr((one.id, one.name, one.unit, one.measure, one.additive, one.net, one.parts))
                for one in book.indicators.values()
            ),
            *(
                repr(
                    (
                        rule.indicator,
                        rule.judging_kind,
                        rule.members,
                        [stage.name for stage in rule.stages],
                        rule.net,
                        rule.eligible,
                    )
                )
                for rule in book.rules
            ),
        ]
    )


def _digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()


def add_up(prepared: Prepared, records: Iterable[Record]) -> BulkResult:
    """The totals of all parts."""
    result = BulkResult(rows=prepared.plan.inventory.rows, tiles=len(prepared.tiles))
    for record in records:
        result.not_needed += record.not_needed
        result.refused += record.refused
        result.verdicts.update(record.verdicts)
        result.reasons.update(record.reasons)
        result.findings.update(record.findings)
        result.waived_failures += record.waived_failures
    return result
