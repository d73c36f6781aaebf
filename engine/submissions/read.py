"""Finding and opening submitted files. Nothing here knows what they say."""

import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path, PurePosixPath

from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.source import Source
from engine.signatures import SUFFIX
from engine.submissions.encoding import decode

#: What stands beside submissions in a period's folder without being one.
BESIDE = ("inspections.yaml", "manifest.yaml", "replies.yaml")

READABLE = (".yaml", ".yml", ".csv", ".xlsx", ".parquet")

#: A submission is smaller by far.
MAX_BYTES = 50_000_000

#: Hidden files, and what a spreadsheet puts beside a workbook that is open.
_HIDDEN = (".", "~$")


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """A file as it lies on disk, and the period of its folder if that is named after one; `home` is that folder.

    Whoever reads it writes the digest of what was read into `digests`, by name.
    """

    name: str
    path: Path
    folder_period: Period | None
    home: Path | None = None
    digests: dict[str, str] | None = field(default=None, compare=False, repr=False)

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


@dataclass(frozen=True, slots=True, order=True)
class FolderBeside:
    """A period folder beside the given ones; `name` is how it is called as seen from where they are named."""

    path: Path
    period: Period
    name: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a check was pointed at.

    `folders` are the period folders that are held to everything that is due; `files` the submissions in
    them and the single files; `earlier` those of earlier periods beside them, for history and baselines, `later`
    those of later periods of the same year, for what they revise. `before` are the folders of the earlier ones, which
    may hold nothing but what was found on site. `digests` are those of the files that were read.
    `untrusted` lie beside submissions and count for nothing: the office has to sign them, and did not.
    """

    files: tuple[SubmittedFile, ...]
    folders: tuple[Path, ...]
    periods: tuple[Period, ...]
    earlier: tuple[SubmittedFile, ...]
    later: tuple[SubmittedFile, ...]
    single: bool
    before: tuple[FolderBeside, ...] = ()
    digests: dict[str, str] = field(default_factory=dict)
    untrusted: frozenset[Path] = frozenset()


def find_files(paths: Sequence[Path], found: list[Diagnostic]) -> Delivery:
    """List the submissions under `paths`: period folders, folders of them, or single files; sorted.

    Errors: path-missing, folder-empty, format-unknown, not-a-regular-file, file-unreadable, link-not-followed.
    """
    files: dict[Path, SubmittedFile] = {}
    folders: dict[Path, Period] = {}
    single = False
    for path in _expand(paths):
        if path.is_dir():
            inside = _period_folders(path, found) if Period.parse(_absolute(path).name) is None else {}
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
            file = SubmittedFile(_shown(path), path, above, path.parent if above else None)
            if _is_sound(file, found):
                files[path] = file
        else:
            found.append(Diagnostic("path-missing", Source(_shown(path)), {}))
    periods = tuple(sorted(set(folders.values())))
    earlier, later, before = _beside(files.values(), folders)
    digests: dict[str, str] = {}
    return Delivery(
        files=tuple(replace(file, digests=digests) for file in sorted(files.values(), key=lambda file: file.name)),
        folders=tuple(sorted(folders)),
        periods=periods,
        earlier=tuple(replace(file, digests=digests) for file in earlier),
        later=tuple(replace(file, digests=digests) for file in later),
        single=single and not folders,
        before=before,
        digests=digests,
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


def _shown(path: Path) -> str:
    """The path with `/` between its parts; bytes of a name that are no UTF-8 cannot be printed and are replaced."""
    return path.as_posix().encode(errors="surrogateescape").decode(errors="replace")


def _period_folders(path: Path, found: list[Diagnostic]) -> dict[Path, Period]:
    """The folders in `path` that are named after periods; none that is a link is looked into."""
    folders = {}
    for entry in _entries(path, found):
        period = Period.parse(entry.name)
        if period and _is_folder(entry):
            if entry.is_symlink():
                found.append(Diagnostic("link-not-followed", Source(_shown(Path(entry.path))), {}))
            else:
                folders[Path(entry.path)] = period
    return folders


def _entries(folder: Path, found: list[Diagnostic]) -> list["os.DirEntry[str]"]:
    """What lies in a folder, sorted by name; a folder that may not be listed is reported, never passed over."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        found.append(_unreadable(_shown(folder), error))
        return []


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link to itself: what it is said to be is found out when the file is looked at.
        return False


def _list_folder(folder: Path, period: Period | None, found: list[Diagnostic]) -> list[SubmittedFile]:
    """The submissions in a folder and in those below it, in the order of their paths."""
    listed: list[SubmittedFile] = []
    before = len(found)
    # A list of what is still to do, because folders may be nested deeper than calls can be.
    waiting = [folder]
    while waiting:
        for entry in _entries(waiting.pop(), found):
            path = Path(entry.path)
            linked = entry.is_symlink()
            if _is_folder(entry):
                if linked:
                    found.append(Diagnostic("link-not-followed", Source(_shown(path)), {}))
                    continue
                if path.suffix.lower() in READABLE:
                    found.append(Diagnostic("not-a-regular-file", Source(_shown(path)), {}))
                waiting.append(path)
            elif _is_signature(path, found):
                continue
            elif not path.name.startswith(_HIDDEN) and path.name not in BESIDE:
                listed.append(SubmittedFile(_shown(path), path, period, folder if period else None))
    if not listed and len(found) == before:
        found.append(Diagnostic("folder-empty", Source(_shown(folder)), {}))
    listed.sort(key=lambda file: file.path)
    return [file for file in listed if _is_inside(file, folder, found) and _is_sound(file, found)]


def _list_loose(path: Path, found: list[Diagnostic]) -> list[SubmittedFile]:
    """Files that lie beside period folders; they must say their period themselves."""
    listed = [
        SubmittedFile(_shown(Path(entry.path)), Path(entry.path), None)
        for entry in _entries(path, found)
        if not _is_folder(entry)
        and not entry.name.startswith(_HIDDEN)
        and entry.name not in BESIDE
        and not _is_signature(Path(entry.path), found)
    ]
    return [file for file in listed if _is_inside(file, path, found) and _is_sound(file, found)]


def _is_signature(path: Path, found: list[Diagnostic]) -> bool:
    """Whether a file is the signature of another, which it lies beside."""
    if path.suffix != SUFFIX:
        return False
    if not os.path.lexists(path.with_suffix("")):
        found.append(Diagnostic("signature-alone", Source(_shown(path)), {"file": path.stem}))
    return True


def signature_beside(file: SubmittedFile) -> SubmittedFile | None:
    """The signature of a file, None where there is none."""
    path = file.path.with_name(file.path.name + SUFFIX)
    if not os.path.lexists(path):
        return None
    return replace(file, name=file.name + SUFFIX, path=path, digests=file.digests)


def _is_inside(file: SubmittedFile, folder: Path, found: list[Diagnostic]) -> bool:
    """Whether what is read lies in the folder that was named: a link could lead to anything of this machine."""
    if not file.path.is_symlink():
        return True
    try:
        # A link to nothing, or to itself, is named for what it is when the file is looked at.
        inside = file.path.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True
    if not inside:
        found.append(Diagnostic("link-not-followed", Source(file.name), {}))
    return inside


def _unreadable(name: str, error: OSError) -> Diagnostic:
    return Diagnostic("file-unreadable", Source(name), {"problem": error.strerror or type(error).__name__})


def _is_sound(file: SubmittedFile, found: list[Diagnostic]) -> bool:
    try:
        mode = file.path.stat().st_mode
    except OSError as error:
        found.append(_unreadable(file.name, error))
        return False
    if not stat.S_ISREG(mode):
        found.append(Diagnostic("not-a-regular-file", Source(file.name), {}))
        return False
    if file.suffix not in READABLE:
        params = {"found": file.suffix or Path(file.name).name, "known": ", ".join(READABLE)}
        found.append(Diagnostic("format-unknown", Source(file.name), params))
        return False
    return True


def _beside(
    files: Iterable[SubmittedFile], folders: dict[Path, Period]
) -> tuple[list[SubmittedFile], list[SubmittedFile], tuple[FolderBeside, ...]]:
    """What lies in other period folders beside the given ones.

    The submissions of earlier periods, those of later ones of the same year, and the folders of the earlier ones.
    """
    homes = dict(folders)
    for file in files:
        if file.folder_period and file.path.parent not in homes:
            homes[file.path.parent] = file.folder_period
    if not homes:
        return [], [], ()
    latest = max(homes.values())
    given = {_absolute(folder) for folder in folders}
    ignored: list[Diagnostic] = []
    beside: dict[Path, SubmittedFile] = {}
    before: dict[Path, FolderBeside] = {}
    for home in sorted(homes):
        above = _absolute(home).parent
        shown = home.parent
        for folder, period in _period_folders(above, ignored).items():
            wanted = period < latest or (period > latest and period.year == latest.year)
            if not wanted or _absolute(folder) in given:
                continue
            if period < latest:
                before[folder] = FolderBeside(folder, period, _shown(shown / folder.name))
            for file in _list_folder(folder, period, ignored):
                name = _shown(shown / file.path.relative_to(above))
                beside[file.path] = SubmittedFile(name, file.path, period, folder)
    listed = sorted(beside.values(), key=lambda file: file.name)
    earlier = [file for file in listed if file.folder_period and file.folder_period < latest]
    return earlier, [file for file in listed if file not in earlier], tuple(before.values())


def find_periods(delivery: Delivery) -> dict[Period, Path]:
    """The period folders of a delivery and those beside them, by period; a given folder wins over one beside it."""
    folders: dict[Period, Path] = {}
    homes = [*delivery.folders, *(file.home for file in delivery.files if file.home is not None)]
    for home in sorted(set(homes)):
        for folder, period in _period_folders(_absolute(home).parent, []).items():
            folders.setdefault(period, home.parent / folder.name)
    for folder in delivery.folders:
        own = Period.parse(_absolute(folder).name)
        if own is not None:
            folders[own] = folder
    return folders


def read_content(file: SubmittedFile, found: list[Diagnostic]) -> str | None:
    """The text of a submission; None where it cannot be read or its encoding is doubtful.

    Errors: those of `read_binary`, not-utf8, encoding-doubtful; read-as-gb18030 (a note).
    """
    content = read_binary(file, found)
    return None if content is None else decode(content, file.name, file.suffix == ".csv", found)


def read_binary(file: SubmittedFile, found: list[Diagnostic]) -> bytes | None:
    """The bytes of a submission; None where it cannot be read, or changed meanwhile.

    Errors: file-unreadable, file-too-large, not-a-regular-file, file-changed.
    """
    try:
        # Since the folder was listed a pipe may have taken the file's place, and would keep a reader waiting.
        with os.fdopen(os.open(file.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
            before = os.fstat(stream.fileno())
            if not stat.S_ISREG(before.st_mode):
                found.append(Diagnostic("not-a-regular-file", Source(file.name), {}))
                return None
            if before.st_size > MAX_BYTES:
                found.append(Diagnostic("file-too-large", Source(file.name), {"limit": str(MAX_BYTES)}))
                return None
            content = stream.read(before.st_size + 1)
            after = os.fstat(stream.fileno())
    except OSError as error:
        found.append(_unreadable(file.name, error))
        return None
    if _state(before) != _state(after) or len(content) != after.st_size:
        # Part of it could be of yesterday and part of today: such a file says nothing that anybody wrote.
        found.append(Diagnostic("file-changed", Source(file.name), {}))
        return None
    if file.digests is not None:
        file.digests[file.name] = f"sha256:{hashlib.sha256(content).hexdigest()}"
    return content


def digest_text(text: str) -> str:
    """The digest of a text as if it lay on the disk."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def digest_whole(file: SubmittedFile) -> None:
    """Write down the digest of a file that others read by its path; one that cannot be read has none."""
    try:
        with file.path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return
    if file.digests is not None:
        file.digests[file.name] = f"sha256:{digest}"


def read_end(file: SubmittedFile, count: int) -> bytes:
    """The last bytes of a file that others read by its path; none where it cannot be read or is shorter."""
    try:
        with file.path.open("rb") as stream:
            stream.seek(-count, os.SEEK_END)
            return stream.read(count)
    except OSError:
        return b""


def file_state(file: SubmittedFile, found: list[Diagnostic]) -> tuple[int, ...] | None:
    """What differs when a file that others read by its path is written meanwhile; its size comes first.

    Errors: file-unreadable, and None.
    """
    try:
        now = file.path.stat()
    except OSError as error:
        found.append(_unreadable(file.name, error))
        return None
    return (*_state(now), now.st_dev, now.st_ino)


def _state(state: os.stat_result) -> tuple[int, int, int]:
    return (state.st_size, state.st_mtime_ns, state.st_ctime_ns)


def list_beside(
    name: str,
    files: Iterable[SubmittedFile],
    folders: Iterable[Path | FolderBeside],
    digests: dict[str, str] | None = None,
) -> Iterator[SubmittedFile]:
    """What lies under this name in these period folders and in the folders of these files, whatever it is."""
    homes: dict[Path, tuple[str, Period | None]] = {}
    for folder in folders:
        if isinstance(folder, FolderBeside):
            homes[folder.path] = folder.name, folder.period
        else:
            homes[folder] = _shown(folder), Period.parse(_absolute(folder).name)
    for file in files:
        if file.home is not None:
            # A file beside the given folders is named from the caller's folder, wherever that lies.
            shown = PurePosixPath(file.name).parents[len(file.path.relative_to(file.home).parts) - 1]
            homes.setdefault(file.home, (shown.as_posix(), file.folder_period))
    for home, (shown_home, period) in sorted(homes.items()):
        # What lies there under this name was meant to be read: a link that leads away may not pass for nothing.
        if os.path.lexists(home / name):
            yield SubmittedFile(f"{shown_home}/{name}", home / name, period, home, digests)


def read_beside(
    name: str,
    files: Iterable[SubmittedFile],
    folders: Iterable[Path | FolderBeside],
    found: list[Diagnostic],
    digests: dict[str, str] | None = None,
    untrusted: Collection[Path] = (),
) -> list[tuple[SubmittedFile, str]]:
    """The texts of the files of this name in these period folders and in the folders of these files.

    An `untrusted` one is read, and its text left out.

    Errors: those of `read_content`.
    """
    texts = []
    for file in list_beside(name, files, folders, digests):
        if _is_inside(file, file.home or file.path.parent, found) and _is_sound(file, found):
            text = read_content(file, found)
            if text is not None and file.path not in untrusted:
                texts.append((file, text))
    return texts
