"""Run every mutant of the judging text; the exit code is 1 where a survivor is unexplained, or an explanation stale."""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from engine.evaluate.duckdb import sql_text
from tests.sqlmutants.killers import Killers, Refused
from tests.sqlmutants.mutate import Mutant, mutants_of

EXPLAINED = Path(__file__).resolve().parent.parent / "mutation" / "survivors.md"


def explained() -> set[str]:
    """The names of the mutants of SQL that the file explains: each in a line of its own as code."""
    part = EXPLAINED.read_text(encoding="utf-8").partition("## The judging text")[2].partition("\n## ")[0]
    return {line[3:].partition("`")[0] for line in part.splitlines() if line.startswith("- `")}


def sort_out(mutants: Sequence[Mutant], killers: Killers) -> dict[str, list[Mutant]]:
    """The mutants under `killed`, `survive` and `refused`."""
    sorted_out: dict[str, list[Mutant]] = {"killed": [], "survive": [], "refused": []}
    for mutant in mutants:
        try:
            fate = "killed" if killers.kill(mutant.of(sql_text())) else "survive"
        except Refused:
            fate = "refused"
        sorted_out[fate].append(mutant)
        if fate == "survive":
            print(f"survives: {mutant.name}", flush=True)
    return sorted_out


def main(arguments: Sequence[str]) -> int:
    """Run, count and list."""
    parser = argparse.ArgumentParser(description="Make mutants of the judging text and see who survives.")
    parser.add_argument("--sample", type=int, metavar="N", help="try N of them")
    parser.add_argument("--seed", type=int, default=0, help="which N")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the figures as JSON")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    mutants = mutants_of(sql_text())
    if options.sample:
        mutants = Random(options.seed).sample(mutants, min(options.sample, len(mutants)))
    fates = sort_out(mutants, Killers())
    for kind in sorted({mutant.kind for mutant in mutants}):
        counts = Counter(fate for fate, listed in fates.items() for mutant in listed if mutant.kind == kind)
        print(f"{kind:12} {counts['killed']:4d} killed {counts['survive']:4d} survive {counts['refused']:4d} refused")
    known, survivors = explained(), {mutant.name for mutant in fates["survive"]}
    wrong = [f"survives without an explanation: {name}" for name in sorted(survivors - known)]
    tried = {mutant.name for mutant in mutants}
    wrong += [f"explained, and does not survive: {name}" for name in sorted(known - survivors)
              if not options.sample or name in tried]  # fmt: skip
    for line in wrong:
        print(line)
    killed, ran = len(fates["killed"]), len(mutants) - len(fates["refused"])
    share = f"{100 * killed / ran:.1f}"
    print(f"{ran} mutants ran, {killed} killed ({share} %), {len(survivors)} survive; {len(fates['refused'])} refused; "
          f"{time.perf_counter() - began:.0f} s")  # fmt: skip
    if options.report:
        figures = {"ran": ran, "killed": killed, "refused": len(fates["refused"]), "survivors": sorted(survivors)}
        options.report.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
