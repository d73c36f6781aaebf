"""No command reaches for a network: each runs where every call to a socket is an error, and where there is none."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.everycommand import COMMANDS, ROOT, lay_book
from tests.packagedesk import bare

#: Runs the program where whatever touches a socket, or looks up a name, ends the process with a number of its own.
_GUARDED = """
import os, sys
def refuse(event, arguments):
    if event.startswith("socket.") or event in ("urllib.Request", "http.client.connect", "ftplib.connect"):
        print("NETWORK", event, arguments, file=sys.stderr, flush=True)
        os._exit(99)
sys.addaudithook(refuse)
sys.argv[0] = "biaochi"
if sys.argv[1:] == ["reach out"]:
    import socket
    socket.create_connection(("localhost", 9))
import cli
cli.main()
"""


def run_all(head: Sequence[str | Path], folder: Path) -> None:
    """Run every command, the program being started by these words."""
    book = lay_book(folder)
    environment = {**bare(), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    for name, (arguments, codes) in COMMANDS.items():
        ran = subprocess.run([*map(str, head), *arguments], cwd=book, env=environment, capture_output=True, check=False)
        assert ran.returncode in codes, f"{name}: {ran.stderr.decode()}"


def test_a_touched_socket_would_be_seen(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _GUARDED, "reach out"], cwd=tmp_path, env={**bare(), "PYTHONPATH": str(ROOT)},
        capture_output=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr.split()[:1]) == (99, [b"NETWORK"])


#: Takes the network away from a command and what it starts: code in C, which no hook sees, is held to it, too.
_ALONE = ("unshare", "--map-root-user", "--net", "--")


def _permitted() -> bool:
    """Whether a network of one's own can be had here; in it is nothing but a loopback that is down."""
    if shutil.which("unshare") is None:
        return False
    ran = subprocess.run([*_ALONE, "cat", "/proc/net/dev"], capture_output=True, text=True, check=False)
    return ran.returncode == 0 and [line.split(":")[0].strip() for line in ran.stdout.splitlines()[2:]] == ["lo"]


def test_no_command_reaches_for_the_network(tmp_path: Path) -> None:
    # Where the second kind of refusal is not permitted, the first one stands alone.
    run_all([*(_ALONE if _permitted() else ()), sys.executable, "-c", _GUARDED], tmp_path)
    assert (tmp_path / "page.html").stat().st_size > 0
