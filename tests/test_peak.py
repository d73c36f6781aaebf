"""The most memory of a measured run is its own, whatever the process held that started it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.peak import own_peak

_PARENT = """
import resource, sys
from pathlib import Path
from benchmarks.peak import run_measured
held = bytearray(b"x" * 300_000_000)
home = Path(sys.argv[1])
import os
small = run_measured("pass", [], home, os.environ)
large = run_measured("held = bytearray(b'x') * int(sys.argv[1])", ["100000000"], home, os.environ)
print(small, large, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(not own_peak(), reason="this system does not tell")
def test_a_large_parent_makes_no_large_child(repo: Path) -> None:
    command = [sys.executable, "-c", _PARENT, str(repo)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, cwd=repo, env=dict(os.environ))
    small, large, told = map(int, ran.stdout.split())
    assert 0 < small < 100_000
    assert 90_000 < large - small < 110_000
    assert told > 290_000  # What the parent is told counts what it held itself.


def test_the_command_says_its_peak_when_it_ends(repo: Path) -> None:
    from benchmarks.peak import run_measured

    code = "sys.argv[0] = 'biaochi'; from cli import main; main()"
    assert run_measured(code, ["targets", "--format", "json", "-o", os.devnull], repo, os.environ) > 10_000
