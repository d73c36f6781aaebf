"""The most memory that a process has held, as that process alone sees it.

What the system tells the parent (`ru_maxrss`) is never less than what the parent itself held when it started the
child, and a parent that has written figures holds much. So the process that is measured says it itself, at its end.
"""

import atexit
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

_CODE = "import sys; from benchmarks.peak import note_peak; note_peak(sys.argv.pop(1)); {code}"


def own_peak() -> int:
    """The most memory that this process has held since it began to run its program. Units: KiB; 0 if nobody tells."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def note_peak(path: str) -> None:
    """Have this process write its peak into a file when it ends, be it without a farewell, as our command does."""
    leave = os._exit

    def tell() -> None:
        Path(path).write_text(str(own_peak()), encoding="utf-8")

    def tell_and_leave(status: int) -> NoReturn:
        tell()
        leave(status)

    atexit.register(tell)
    os._exit = tell_and_leave


def run_measured(code: str, arguments: Sequence[str], home: Path, environment: Mapping[str, str]) -> int:
    """Run Python code with these arguments; the most memory that it held, in KiB."""
    handle, path = tempfile.mkstemp(suffix=".peak")
    os.close(handle)
    try:
        command = [sys.executable, "-c", _CODE.format(code=code), path, *arguments]
        subprocess.run(command, check=False, cwd=home, env=dict(environment))
        return int(Path(path).read_text(encoding="utf-8") or 0)
    finally:
        Path(path).unlink()
