"""Writes what the program is made of as a software bill of materials: `python building/sbom.py FILE`.

It names every library of requirements.lock with its version and digests, in the format CycloneDX 1.6 (JSON). The same
lock gives the same bytes: no day, no number drawn at random, no place of this machine.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_COMMAND = (
    "-m", "cyclonedx_py", "requirements", "--pyproject", "pyproject.toml", "--output-reproducible", "--spec-version",
    "1.6", "--output-format", "JSON", "--mc-type", "application", "requirements.lock",
)  # fmt: skip


def bill() -> str:
    """The bill of materials as text."""
    ran = subprocess.run([sys.executable, *_COMMAND], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    document = json.loads(ran.stdout)
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the bill into the file that is named; 2 where none is."""
    if len(arguments) != 1:
        print("name the file: python building/sbom.py FILE", file=sys.stderr)
        return 2
    path = Path(arguments[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(bill(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
