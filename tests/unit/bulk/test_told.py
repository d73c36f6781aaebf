from pathlib import Path

from engine.bulk.run import run
from engine.bulk.told import first_findings
from tests.unit.bulk.desk import PLAIN, Rows, prepared

ODD: Rows = [
    *PLAIN,
    ("咸安區", "firms", "2025Q3", "-1", "家"),
    ("嘉魚縣", "firms", "2025Q2", "8", "家"),
    ("無名縣", "firms", "2025Q1", "1", "家"),
    ("無名縣", "capital", "2025Q1", "1", "美元"),
]


def test_the_first_are_the_same_however_the_work_is_cut(tmp_path: Path) -> None:
    told = []
    for size in (None, 1):
        ready = prepared(tmp_path, ODD, size=size)
        run(ready, tmp_path / f"out{size}", 1)
        told.append(first_findings(tmp_path / f"out{size}", ()))
    assert told[0] == told[1]
    assert [finding.code for finding in told[0]] == ["negative-figure", "year-to-date-falls", "unknown-organization"]
    # Whole findings: the place, the words, and the other places.
    assert (told[0][0].source.line, told[0][0].params["found"]) == (4, "-1.0000")
    assert [place.line for place in told[0][1].related] == [3]


def test_only_the_first_are_read_and_none_twice(tmp_path: Path) -> None:
    run(prepared(tmp_path, ODD), tmp_path / "out", 1)
    known = first_findings(tmp_path / "out", (), 1)
    assert [finding.code for finding in known] == ["negative-figure"]
    assert first_findings(tmp_path / "out", known, 1)[0].code == "year-to-date-falls"
