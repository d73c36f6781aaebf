"""One contender in a process of its own: `python -m benchmarks.contenders.child NAME FOLDER`.

It answers in lines of JSON: first what the start-up took, then to every line `run` the seconds of one alignment and
one judgement, and to `end` the outcomes and the most memory it held. `python -m … NAME FOLDER OUTPUT` does the whole
job once, from the submitted file to a file of outcomes.
"""

import json
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.contenders.register import find_contender


def tell(**told: Any) -> None:
    """One line for the parent."""
    print(json.dumps(told), flush=True)


def peak() -> int:
    """The most memory that this process has held, in MB; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def main(name: str, folder: Path, output: Path | None = None) -> None:
    """Serve the parent until it says `end`."""
    warnings.simplefilter("ignore")
    kind = find_contender(name)
    start = time.perf_counter()
    try:
        contender = kind(folder)
    except ImportError as error:
        tell(skipped=str(error))
        return
    startup = time.perf_counter() - start
    contender.load()
    if output:
        contender.align()
        contender.judge()
        contender.save(output)
        return
    number = version(kind.package) if kind.package else ".".join(map(str, sys.version_info[:3]))
    tell(startup=startup, version=number, package=kind.package or "python", title=kind.name)
    for line in sys.stdin:
        if line.strip() != "run":
            break
        times = [time.perf_counter()]
        for step in (contender.align, contender.judge):
            step()
            times.append(time.perf_counter())
        tell(align=times[1] - times[0], judge=times[2] - times[1])
    tell(letters=contender.letters(), peak=peak())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
