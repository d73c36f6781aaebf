"""Run the study and print its figures; the exit code is 1 where a promise about them is broken."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from engine.model.diagnostic import Severity
from engine.pipeline import open_book
from tests.study.faults import CONTRADICTING, ODD
from tests.study.score import First, Score, study

ROOT = Path(__file__).resolve().parent.parent.parent

#: What is promised: of contradictions so many are found, and of clean submissions at most so many raise an alarm.
RECALL, ALARMS = 0.95, 0.05


def lines(score: Score) -> list[str]:
    """The figures of a study, to be printed."""
    said = ["fault                        planted  found  recall  any finding at the cell"]
    for title, kinds in (("contradictions", CONTRADICTING), ("odd figures", ODD)):
        for name in kinds:
            kind = score.kinds.get(name)
            if kind is not None:
                share = 100 * kind.found / kind.planted
                said.append(f"{_wide(name)} {kind.planted:7d} {kind.found:6d} {share:6.1f}%  {kind.seen:5d}")
        planted = sum(score.kinds[name].planted for name in kinds if name in score.kinds)
        said.append(f"{_wide('all ' + title)} {planted:7d} {'':6s} {100 * score.recall(kinds):6.1f}%")
    for severity in (Severity.ERROR, Severity.NOTE):
        said.append(
            f"precision of {severity.value}s: {100 * score.precision(severity):.1f} % of them name a planted cell"
        )
    unfounded = ", ".join(f"{code} {count}" for code, count in sorted(score.unfounded.items()) if count)
    said.append(f"findings that name no planted cell: {unfounded or 'none'}")
    said.append("")
    said.append(
        "ask about first              faults  named alone  among ties  nothing said  another cell  answers each"
    )
    total = First()
    for name, first in sorted(score.first.items()):
        said.append(_first(name, first))
        for field in ("faults", "silent", "alone", "tied", "missed", "ties"):
            setattr(total, field, getattr(total, field) + getattr(first, field))
    said.append(_first("all", total))
    said.append("")
    codes = ", ".join(sorted({code for found in score.alarms.values() for code in found}))
    said.append(
        f"false alarms: {len(score.alarms)} of {score.clean} clean submissions"
        f" ({100 * len(score.alarms) / max(score.clean, 1):.1f} %){': ' + codes if codes else ''}"
    )
    return said


def _first(name: str, first: First) -> str:
    spoken = first.faults - first.silent
    each = f"{first.ties / spoken:.1f}" if spoken else "-"
    counts = f"{first.faults:6d} {first.alone:12d} {first.tied:11d} {first.silent:13d} {first.missed:13d} {each:>13s}"
    return f"{_wide(name)} {counts}"


def _wide(name: str) -> str:
    """Padded to a column, where a Chinese sign is as wide as two others."""
    return name + " " * (28 - sum(2 if ord(sign) > 0x2E80 else 1 for sign in name))


def main(arguments: Sequence[str]) -> int:
    """Make, plant, check and count."""
    parser = argparse.ArgumentParser(description="Plant known faults into made-up submissions and count what is found.")
    parser.add_argument("--faulty", type=int, default=300, metavar="N", help="submissions with faults")
    parser.add_argument("--clean", type=int, default=300, metavar="N", help="submissions without")
    parser.add_argument("--seed", default="2025", help="what all numbers are made up from")
    parser.add_argument("--missed", action="store_true", help="list the faults that were not found")
    options = parser.parse_args(arguments)
    book = open_book(ROOT, [])
    assert book is not None
    began = time.perf_counter()
    score = study(book, options.faulty, options.clean, options.seed)
    print("\n".join(lines(score)))
    if options.missed:
        print("\n".join(["", *score.missed, *(f"clean {number}: {codes}" for number, codes in score.alarms.items())]))
    print(f"{options.faulty + options.clean} submissions, {time.perf_counter() - began:.0f} s")
    kept = score.recall(CONTRADICTING) >= RECALL and len(score.alarms) <= ALARMS * score.clean
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
