"""Finding and opening submitted files. Nothing here knows what they say."""

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.model.diagnostic import Diagnostic
from engine.model.period import Period
from engine.model.source import Source
from engine.submissions.encoding import decode

#: What stands beside submissions in a period's folder without being one.
BESIDE = ("inspections.yaml", "manifest.yaml", "replies.yaml")

_READABLE = (".yaml", ".yml", ".csv", ".xlsx", ".parquet")

#: Hidden files, and what a spreadsheet puts beside a workbook that is open.
_HIDDEN = (".", "~$")


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """A file as it lies on disk, and the period of its folder if that is named after one; `home` is that folder."""

    name: str
    path: Path
    folder_period: Period | None
    home: Path | None = None

    @property
    def suffix(self) -> str:
        """The ending in lower case, which decides the reader."""
        return self.path.suffix.lower()

    @property
    def within(self) -> str:
        """Its name as seen from its period's folder."""
        return self.path.relative_to(self.home).as_posix() if self.home else self.path.name

    @property
    def place(self) -> Source:
        """The file as a whole."""
        return Source(self.name)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a check was pointed at.

    `folders` are the period folders that are held to everything that is due; `files` the submissions in
    them and the single files; `earlier` those of earlier periods beside them, for history and baselines, `later`
    those of later periods of the same year, for what they revise.
    """

    files: tuple[SubmittedFile, ...]
    folders: tuple[Path, ...]
    periods: tuple[Period, ...]
    earlier: tuple[SubmittedFile, ...]
    later: tuple[SubmittedFile, ...]
    single: bool


def find_files(paths: Sequence[Path], found: list[Diagnostic]) -> Delivery:
    """List the submissions under `paths`: period folders, folders of them, or single files; sorted.

    Errors: path-missing, folder-empty, format-unknown, not-a-regular-file.
    """
    files: dict[Path, SubmittedFile] = {}
    folders: dict[Path, Period] = {}
    single = False
    for path in _expand(paths):
        if path.is_dir():
            inside = _period_folders(path) if Period.parse(_absolute(path).name) is None else {}
            own = Period.parse(_absolute(path).name)
            if own:
                inside = {path: own}
            if not inside:
                single = True
                files.update({file.path: file for file in _list_folder(path, None, found)})
            if own is None and inside:
                files.update({file.path: file for file in _list_loose(path, found)})
            for folder, period in inside.items():
                folders[folder] = period
                files.update({file.path: file for file in _list_folder(folder, period, found)})
        elif path.exists() or path.is_symlink():
            single = True
            above = Period.parse(_absolute(path).parent.name)
            file = SubmittedFile(path.as_posix(), path, above, path.parent if above else None)
            if _is_sound(file, found):
                files[path] = file
        else:
            found.append(Diagnostic("path-missing", Source(path.as_posix()), {}))
    periods = tuple(sorted(set(folders.values())))
    earlier, later = _files_beside(files.values(), folders)
    return Delivery(
        files=tuple(sorted(files.values(), key=lambda file: file.name)),
        folders=tuple(sorted(folders)),
        periods=periods,
        earlier=tuple(earlier),
        later=tuple(later),
        single=single and not folders,
    )


def _expand(paths: Sequence[Path]) -> list[Path]:
    """The paths, and in the place of a pattern such as `submissions/*/*.csv` what it matches."""
    expanded: list[Path] = []
    for path in paths:
        matched: list[Path] = []
        if is_pattern(path):
            home = Path(path.anchor)
            matched = sorted(home.glob(path.relative_to(path.anchor).as_posix()))
        expanded.extend(matched or [path])
    return expanded


def is_pattern(path: Path) -> bool:
    """Whether this is a pattern that the shell left as it is, and not the name of something."""
    return any(sign in str(path) for sign in "*?[") and not path.exists()


def _absolute(path: Path) -> Path:
    """The path from the root, without following links: a loop of links has no end."""
    return Path(os.path.abspath(path))


def _period_folders(path: Path) -> dict[Path, Period]:
    return {
        folder: period for folder in sorted(path.iterdir()) if folder.is_dir() and (period := Period.parse(folder.name))
    }


def _list_folder(folder: Path, period: Period | None, found: list[Diagnostic]) -> list[SubmittedFile]:
    for path in sorted(folder.rglob("*")):
        if path.is_dir() and path.suffix.lower() in _READABLE:
            found.append(Diagnostic("not-a-regular-file", Source(path.as_posix()), {}))
    listed = [
        SubmittedFile(path.as_posix(), path, period, folder if period else None)
        for path in sorted(folder.rglob("*"))
        if not path.is_dir() and not path.name.startswith(_HIDDEN) and path.name not in BESIDE
    ]
    if not listed:
        found.append(Diagnostic("folder-empty", Source(folder.as_posix()), {}))
    return [file for file in listed if _is_sound(file, found)]


def _list_loose(path: Path, found: list[Diagnostic]) -> list[SubmittedFile]:
    """Files that lie beside period folders; they must say their period themselves."""
    listed = [
        SubmittedFile(file.as_posix(), file, None)
        for file in sorted(path.iterdir())
        if not file.is_dir() and not file.name.startswith(_HIDDEN) and file.name not in BESIDE
    ]
    return [file for file in listed if _is_sound(file, found)]


def _is_sound(file: SubmittedFile, found: list[Diagnostic]) -> bool:
    try:
        mode = file.path.stat().st_mode
    except OSError as error:
        params = {"problem": error.strerror or type(error).__name__}
        found.append(Diagnostic("file-unreadable", Source(file.name), params))
        return False
    if not stat.S_ISREG(mode):
        found.append(Diagnostic("not-a-regular-file", Source(file.name), {}))
        return False
    if file.suffix not in _READABLE:
        params = {"found": file.suffix or file.path.name, "known": ", ".join(_READABLE)}
        found.append(Diagnostic("format-unknown", Source(file.name), params))
        return False
    return True


def _files_beside(
    files: Iterable[SubmittedFile], folders: dict[Path, Period]
) -> tuple[list[SubmittedFile], list[SubmittedFile]]:
    """The submissions of other period folders beside the given ones: earlier ones, and later ones of the same year."""
    homes = dict(folders)
    for file in files:
        if file.folder_period and file.path.parent not in homes:
            homes[file.path.parent] = file.folder_period
    if not homes:
        return [], []
    latest = max(homes.values())
    given = {_absolute(folder) for folder in folders}
    ignored: list[Diagnostic] = []
    beside: dict[Path, SubmittedFile] = {}
    for home in sorted(homes):
        above = _absolute(home).parent
        shown = home.parent
        for folder, period in _period_folders(above).items():
            wanted = period < latest or (period > latest and period.year == latest.year)
            if wanted and _absolute(folder) not in given:
                for file in _list_folder(folder, period, ignored):
                    name = (shown / file.path.relative_to(above)).as_posix()
                    beside[file.path] = SubmittedFile(name, file.path, period, folder)
    listed = sorted(beside.values(), key=lambda file: file.name)
    earlier = [file for file in listed if file.folder_period and file.folder_period < latest]
    return earlier, [file for file in listed if file not in earlier]


def read_content(file: SubmittedFile, found: list[Diagnostic]) -> str | None:
    """The text of a submission; None where it cannot be read or its encoding is doubtful.

    Errors: file-unreadable, file-too-large, not-utf8, encoding-doubtful; read-as-gb18030 (a note).
    """
    content = read_binary(file, found)
    return None if content is None else decode(content, file.name, file.suffix == ".csv", found)


def read_binary(file: SubmittedFile, found: list[Diagnostic]) -> bytes | None:
    """The bytes of a submission; None where it cannot be read.

    Errors: file-unreadable, file-too-large.
    """
    limit = 50_000_000
    try:
        with file.path.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        params = {"problem": error.strerror or type(error).__name__}
        found.append(Diagnostic("file-unreadable", Source(file.name), params))
        return None
    if len(content) > limit:
        found.append(Diagnostic("file-too-large", Source(file.name), {"limit": str(limit)}))
        return None
    return content


def read_beside(
    name: str, files: Iterable[SubmittedFile], folders: Iterable[Path], found: list[Diagnostic]
) -> list[tuple[SubmittedFile, str]]:
    """The texts of the files of this name in these period folders and in the folders of these files.

    Errors: those of `read_content`.
    """
    homes = {folder: Period.parse(_absolute(folder).name) for folder in folders}
    for file in files:
        if file.home is not None:
            homes.setdefault(file.home, file.folder_period)
    texts = []
    for home, period in sorted(homes.items()):
        path = home / name
        if path.is_file():
            file = SubmittedFile(path.as_posix(), path, period, home)
            text = read_content(file, found)
            if text is not None:
                texts.append((file, text))
    return texts
