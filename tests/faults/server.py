"""Loads the program once, and runs it in a fork for every line that it is given.

A line is a JSON list: the arguments, the number of the call to interrupt, the error number (0: the process ends), and
the files for the log of calls, for standard output and for standard error. The answer is the exit code, negative for a
signal.
"""

import ctypes
import importlib
import json
import os
import sys
from pathlib import Path

#: What the commands load while they run; a fork that finds it loaded takes a tenth of the time.
_LOADED = (
    "cli",
    "duckdb",
    "docx",
    "jinja2",
    "jsonschema",
    "opencc",
    "xlsxwriter",
    "engine.pipeline",
    "engine.publication",
    "engine.bulk.run",
    "engine.bulk.single",
    "engine.report.circular",
    "engine.report.forms",
    "engine.report.newbook",
    "engine.report.notices",
    "engine.report.page",
    "engine.report.write",
)


def main() -> None:
    """Answer line by line until there are no more."""
    for name in _LOADED:
        importlib.import_module(name)
    for line in sys.stdin:
        arguments, chosen, error, log, out, err = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(arguments, chosen, error, log, out, err)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _run(arguments: list[str], chosen: int, error: int, log: str, out: str, err: str) -> None:
    cli = importlib.import_module("cli")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    os.dup2(os.open(out, flags), 1)
    os.dup2(os.open(err, flags), 2)
    os.close(0)
    sys.argv = ["biaochi", *arguments]
    handle = os.open(log, flags)
    ctypes.CDLL(str(Path(os.environ["LD_PRELOAD"]))).fault_arm(chosen, error, handle)
    try:
        cli.main()
    finally:
        os._exit(99)


if __name__ == "__main__":
    main()
