"""A desk for bulk checks: submissions as Parquet, and their verdicts read back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from engine.bulk.run import BulkResult, prepare, run
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.entry import Cell, Entry
from engine.model.period import Period
from engine.pipeline import check
from engine.submissions.csvform import read_csv_submission
from engine.submissions.read import find_files, read_content
from engine.submissions.yamlform import read_yaml_submission

COLUMNS = ("organization", "indicator", "period", "value", "unit", "part", "member", "baseline", "measure")

Row = tuple[str | None, ...]

#: A verdict by whom, for what, and when: outcome, reason, progress, gap, notes.
Judgement = tuple[str, str | None, str | None, Fraction | None, tuple[str, ...]]
Judgements = dict[tuple[str, str, str, bool], Judgement]

#: Notes that say what the reader of a figure did; a bulk check says it in findings or not at all.
_OF_READERS = ("finding:", "partner-", "parts-", "inspected", "overstated")


def write_parquet(
    path: Path, rows: Sequence[Sequence[Any]], columns: Iterable[str] = COLUMNS, value: str = "VARCHAR"
) -> None:
    """Write rows as a Parquet file; `value` is the type of the values."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = list(columns)
    kinds = [value if name == "value" else "VARCHAR" for name in names]
    with duckdb.connect() as connection:
        connection.execute(
            f"CREATE TABLE t ({', '.join(f'{name} {kind}' for name, kind in zip(names, kinds, strict=True))})"
        )
        if rows:
            connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(names))})", [list(row) for row in rows])
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")


def rows_of(folder: Path) -> list[Row]:
    """The rows of every YAML and CSV submission below a folder, as a bulk file would hold them."""
    found: list[Diagnostic] = []
    rows: list[Row] = []
    for file in find_files([folder], found).files:
        text = read_content(file, found)
        assert text is not None
        read = read_csv_submission if file.suffix == ".csv" else read_yaml_submission
        period = file.folder_period.label if file.folder_period else None
        for entry in read(text, file.name, found):
            rows.extend(_rows(entry, period))
    assert found == []
    return rows


def _rows(entry: Entry, period: str | None) -> Iterable[Row]:
    named = entry.period.text if entry.period else period

    def row(cell: Cell | None, part: str | None) -> Row:
        member, baseline, measure = (
            each.text if each else None for each in (entry.member, entry.baseline, entry.measure)
        )
        cell = cell or Cell("", entry.source)
        return (
            entry.organization.text,
            entry.indicator.text,
            named,
            cell.text,
            cell.unit,
            part,
            member,
            baseline,
            measure,
        )

    if entry.stage:
        yield row(entry.stage, "stage")
    for part, cell in entry.parts.items():
        yield row(cell, part)
    if entry.value or not (entry.stage or entry.parts):
        yield row(entry.value, None)


#: Notes that weigh one body's figures against another's; a bulk check raises none.
_WEIGHED = ("ask-about-first",)


def told(code: str, params: Mapping[str, str]) -> tuple[str, str, str]:
    """What a finding says of whom: numbers in it may be written otherwise."""
    return code, params.get("organization", ""), params.get("indicator", params.get("name", ""))


@dataclass(frozen=True, slots=True)
class Whole:
    """A bulk check and its verdicts, read back from its files."""

    result: BulkResult
    verdicts: Judgements
    findings: list[tuple[str, str, str]]


def check_bulk(book: Book, paths: Sequence[Path], folder: Path, size: int | None = None, workers: int = 2) -> Whole:
    """Run a bulk check into a folder."""
    found: list[Diagnostic] = []
    prepared = prepare(book, find_files(paths, found), found, rows_per_tile=size)
    result = run(prepared, folder, workers)
    return Whole(result, read_verdicts(folder), read_findings(folder))


def read_verdicts(folder: Path) -> Judgements:
    """The verdicts of a folder; nobody may be judged twice for one thing."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT organization, rule, period, under_original, verdict, reason, progress, gap_numerator,"
            f" gap_denominator, notes FROM read_parquet('{folder}/verdicts/*.parquet')"
        ).fetchall()
    verdicts = {
        (body, rule, period, original): (
            outcome,
            reason,
            progress,
            None if above is None or not below else Fraction(above) / Fraction(below),
            tuple(notes.split(";")) if notes else (),
        )
        for body, rule, period, original, outcome, reason, progress, above, below, notes in rows
    }
    assert len(verdicts) == len(rows)
    return verdicts


def read_findings(folder: Path) -> list[tuple[str, str, str]]:
    """Codes, bodies and indicators of the findings of a folder."""
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT code, params FROM read_parquet('{folder}/findings/*.parquet')").fetchall()
    return sorted(told(code, json.loads(params)) for code, params in rows)


def check_singly(book: Book, paths: Sequence[Path]) -> tuple[Judgements, list[tuple[str, str, str]]]:
    """The verdicts and findings of the ordinary check of the same files."""
    result = check(book, [], paths)
    verdicts: Judgements = {}
    for verdict in result.verdicts:
        owed = verdict.obligation
        for each, original in ((verdict, False), (verdict.under_original, True)):
            if each is not None:
                notes = tuple(note for note in each.notes if not note.startswith(_OF_READERS))
                reason = each.reason.value if each.reason else None
                key = (owed.organization, owed.rule.id, owed.period.label, original)
                verdicts[key] = (each.outcome.value, reason, each.progress, each.gap, notes)
    findings = (finding for finding in result.findings if finding.code not in _WEIGHED)
    return verdicts, sorted(told(finding.code, finding.params) for finding in findings)


def bodies_period(label: str) -> Period:
    """The period of this label, which is one."""
    period = Period.parse(label)
    assert period is not None
    return period
