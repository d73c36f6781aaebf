"""Writes the Word templates that ship: `python docs/templates.py --write`; without it, says which are out of date.

The book in the repository's root has a copy in `templates/`, where an office keeps its own.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from engine.report.circulartemplate import make_circular_template  # noqa: E402
from engine.report.noticetemplate import make_notice_template  # noqa: E402

#: What makes each template, by its name.
MAKERS = {"circular.docx": make_circular_template, "notice.docx": make_notice_template}

SHIPPED, OWN = ROOT / "engine" / "report" / "templates", ROOT / "templates"


def stale() -> list[Path]:
    """The shipped templates that are not what their makers make."""
    paths = [(SHIPPED / name, make) for name, make in MAKERS.items()]
    return [path for path, make in paths if not path.is_file() or path.read_bytes() != make()]


def main(arguments: list[str]) -> int:
    """Write the templates with `--write`; else 1 where one is out of date."""
    if arguments not in ([], ["--write"]):
        print("usage: python docs/templates.py [--write]", file=sys.stderr)
        return 2
    found = stale()
    for path in found:
        if arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(MAKERS[path.name]())
        print(f"{'written' if arguments else 'out of date'}: {path.relative_to(ROOT)}")
    return 1 if found and not arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
