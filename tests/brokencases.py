"""The table of broken submissions: what lies in tests/broken/, and what is made when it is needed.

Every file of tests/broken/ declares itself, in remarks at its beginning or beside it in `<name>.expect`:

    # expect: CODE PLACE "WORD" ...     PLACE is LINE, LINE:COLUMN, FILE:LINE:COLUMN, SHEET!CELL, - for the whole file
    # also: CODE                        of a further finding that follows from the same fault
    # way out: "WORD" ...               words of the hint
    # sound: ORGANIZATION INDICATOR     what is judged all the same; nothing else may be
    # exit: 0                           where it is not 3

What no file in a repository can be (pipes, links, names that git refuses, files of many megabytes) is declared in the
same words by tests/hostile.py.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.hostile import HOSTILE, Hostile

BROKEN = Path(__file__).resolve().parent / "broken"

_PLACE = re.compile(r"(?P<cell>[^\s!:]+![A-Z]+\d+)|(?:(?P<file>\D[^:]*):)?(?P<line>\d+)?(?::(?P<column>\d+))?|-")


@dataclass(frozen=True, slots=True)
class Case:
    """One broken submission, a file or a folder, and what it declares.

    `hostile` is what makes it where it is not in tests/broken/.
    """

    name: str
    code: str
    file: str
    line: int | None
    column: int | None
    cell: str | None
    words: tuple[str, ...]
    way_out: tuple[str, ...]
    also: tuple[str, ...]
    sound: frozenset[tuple[str, str]]
    exit_code: int
    hostile: Hostile | None = None

    def put(self, folder: Path) -> list[Path]:
        """Put the files of the case into `folder`; what there a check is pointed at."""
        if self.hostile is not None:
            return self.hostile.put(folder)
        path = BROKEN / self.name
        sources = sorted(path.iterdir()) if path.is_dir() else [path]
        names = [f"{self.name}-{source.name}" if path.is_dir() else source.name for source in sources]
        return [Path(shutil.copy(source, folder / name)) for source, name in zip(sources, names, strict=True)]

    def written(self) -> str:
        """What stands in the files but for remarks."""
        if self.hostile is not None:
            return ""
        path = BROKEN / self.name
        sources = sorted(path.iterdir()) if path.is_dir() else [path]
        lines = "\n".join(source.read_text(encoding="utf-8", errors="replace") for source in sources).splitlines()
        return "\n".join(line for line in lines if not line.startswith("#"))


def _declared(name: str, text: str, hostile: Hostile | None = None) -> Case:
    said: dict[str, list[str]] = {}
    for match in re.finditer(r"^# (expect|also|way out|sound|exit): (.*)$", text, re.MULTILINE):
        said.setdefault(match[1], []).append(match[2])
    assert len(said.get("expect", [])) == 1, f"{name} declares not exactly one finding"
    code, written, *_ = said["expect"][0].split()
    place = _PLACE.fullmatch(written)
    assert place is not None, f"{name}: {written} is no place"
    return Case(
        name=name,
        code=code,
        # As it is shown: bytes of a name that are no UTF-8 are replaced.
        file=(f"{name}-{place['file']}" if place["file"] else name)
        .encode(errors="surrogateescape")
        .decode(errors="replace"),
        line=int(place["line"]) if place["line"] else None,
        column=int(place["column"]) if place["column"] else None,
        cell=place["cell"],
        words=tuple(re.findall(r'"([^"]*)"', said["expect"][0])),
        way_out=tuple(word for line in said.get("way out", []) for word in re.findall(r'"([^"]*)"', line)),
        also=tuple(said.get("also", [])),
        sound=frozenset((each.split()[0], each.split()[1]) for each in said.get("sound", [])),
        exit_code=int(said.get("exit", ["3"])[0]),
        hostile=hostile,
    )


def _read_case(path: Path) -> Case:
    beside = path.with_name(f"{path.name}.expect")
    text = (beside if beside.exists() else path).read_text(encoding="utf-8", errors="replace")
    return _declared(path.name, text)


FILES = [_read_case(path) for path in sorted(BROKEN.iterdir()) if path.suffix != ".expect"]
CASES = [*FILES, *(_declared(each.name, each.declared, each) for each in HOSTILE)]
