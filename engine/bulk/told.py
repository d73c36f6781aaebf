"""The first findings of a bulk check, read back from its folder: those that a terminal shows."""

import json
from collections.abc import Collection
from pathlib import Path

from engine.bulk.read import list_parquet
from engine.bulk.store import fill, open_store, own_rows
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic, Severity
from engine.model.source import Source

#: So many are shown; the others are counted.
SHOWN = 10


def first_findings(folder: Path, told: Collection[Diagnostic], most: int = SHOWN) -> list[Diagnostic]:
    """The first findings that are not among those `told` already: errors before warnings, then by place.

    However the work was cut, they are the same.
    """
    files = list_parquet(folder / "findings")
    severities = list(Severity)
    with open_store(None) as connection:
        ranks = [(code, severities.index(known.severity)) for code, known in CODES.items()]
        fill(connection, "ranks", (("code", "VARCHAR"), ("rank", "INTEGER")), ranks)
        rows = connection.execute(
            f"""SELECT f.* FROM {own_rows(*files)} AS f INNER JOIN ranks AS r USING (code)
            ORDER BY r.rank, f.file, f.line, f.cell NULLS FIRST, f.code, f.params LIMIT {most + len(told)}"""
        ).fetchall()
    found = [
        Diagnostic(code, Source(file, line, 0, cell), json.loads(params), tuple(map(_place, json.loads(related))))
        for code, file, line, cell, params, related in rows
    ]
    known = {_identity(each) for each in told}
    return [each for each in found if _identity(each) not in known][:most]


def _place(written: str) -> Source:
    file, _, line = written.rpartition(":")
    return Source(file, int(line))


def _identity(finding: Diagnostic) -> tuple[str, str, int]:
    return finding.code, finding.source.file, finding.source.line
