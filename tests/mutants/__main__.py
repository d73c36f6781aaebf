"""Plant all faults into the books of the repository; the exit code is 1 where some survive."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.catch import Catcher
from tests.mutants.edit import Fault
from tests.mutants.memory import remembering

ROOT = Path(__file__).resolve().parent.parent.parent
PLAN = Path(os.environ.get("BIAOCHI_PLAN") or ROOT.parent / "shared" / "plan" / "xianning-2025.txt")
BOOKS = (ROOT, ROOT / "examples" / "xianning-2021", ROOT / "tests" / "books" / "semantics")


def sample_of(faults: Sequence[Fault], every: int) -> list[Fault]:
    """Every N-th fault of each kind, at least one of each, and not always of the first rule."""
    kinds: dict[str, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(fault.kind, []).append(fault)
    return [
        fault
        for place, listed in enumerate(kinds.values())
        for fault in listed[place % min(every, len(listed)) :: every]
    ]


def main(arguments: Sequence[str]) -> int:
    """Plant, count and list."""
    parser = argparse.ArgumentParser(description="Plant faults into the books and see who survives.")
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="try every N-th fault of each kind")
    parser.add_argument("--plan", type=Path, default=PLAN, help="the plan's own text, for the book in the root")
    parser.add_argument("--only", default="", metavar="WORDS", help="only kinds of fault with these words")
    options = parser.parse_args(arguments)
    planted: dict[str, list[int]] = {}
    lost: list[str] = []
    began = time.perf_counter()
    for folder in BOOKS:
        plan = options.plan if folder == ROOT and options.plan.is_file() else None
        with remembering():
            catcher = Catcher(folder, plan)
            faults = [fault for fault in sample_of(catcher.faults(), options.sample) if options.only in fault.kind]
            survivors = catcher.survivors(faults)
        for fault in faults:
            planted.setdefault(fault.kind, [0, 0])[0] += 1
        for fault in survivors:
            planted[fault.kind][1] += 1
            lost.append(f"{folder.name} {fault.name}")
    for kind, (count, survived) in sorted(planted.items()):
        print(f"{count:5d} {kind}" + (f", {survived} survive" if survived else ""))
    for name in lost:
        print(f"survivor  {name}")
    total = sum(count for count, _ in planted.values())
    seconds = time.perf_counter() - began
    print(f"{total} faults, {total - len(lost)} caught, {len(lost)} survive; {seconds:.0f} s")
    if not options.plan.is_file():
        print("Faults that only the plan's own text contradicts are left out: it is not here (--plan FILE).")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
