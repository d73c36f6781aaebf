"""Builds the package from a copy of the source, and installs what was built where the source is not."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: `make package`: what is needed comes from the index, in the locked versions, for every Python that is here.
WHOLE = os.environ.get("BIAOCHI_PACKAGE") == "all"

#: What makes a tree larger and is no source.
_NO_SOURCE = shutil.ignore_patterns(
    ".[!e]*", "build", "dist", "node_modules", "*.egg-info", "__pycache__", "benchmarks", "corpus"
)

_BUILD = "import sys, reproducible as backend; print(getattr(backend, 'build_' + sys.argv[1])(sys.argv[2]))"


def copy_source(folder: Path) -> Path:
    """A tree with the source, and with all that must not get into the package."""
    return Path(shutil.copytree(ROOT, folder, ignore=_NO_SOURCE))


def build(source: Path, kind: str, into: Path, environment: Mapping[str, str], umask: int = 0o022) -> Path:
    """Build `sdist` or `wheel` as an installer does, with the locked setuptools and without a network."""
    into.mkdir(parents=True, exist_ok=True)
    paths = {"PYTHONPATH": str(source / "building"), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", _BUILD, kind, str(into)],
        cwd=source, env={**bare(), **paths, **environment}, umask=umask,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return into / ran.stdout.splitlines()[-1]


def unpack(sdist: Path, into: Path) -> Path:
    """Unpack a source distribution; the folder that is in it."""
    with tarfile.open(sdist) as archive:
        # Early releases of Python 3.11 know no filters, and those of 3.12 warn without one.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(into)
    (folder,) = into.iterdir()
    return folder


def bare() -> dict[str, str]:
    """The environment without what could lead a Python to the source."""
    led = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "SOURCE_DATE_EPOCH")
    return {name: value for name, value in os.environ.items() if name not in led}


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment in which the package was installed."""

    folder: Path

    @property
    def bin(self) -> Path:
        """Where its programs are."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def run(self, *words: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> tuple[int, bytes, bytes]:
        """Run one of its programs from a folder; exit code, output and errors."""
        command = [str(self.bin / str(words[0])), *map(str, words[1:])]
        fixed = {"LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(self.folder / "cache")}
        ran = subprocess.run(command, cwd=cwd, env={**bare(), **fixed, **(env or {})}, capture_output=True, check=False)
        return ran.returncode, ran.stdout, ran.stderr


def lowest() -> list[str]:
    """The lowest version of everything that the package declares to need, as an installer is asked for it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [need.replace(">=", "==") for need in settings["project"]["dependencies"]]


def install(
    package: Path,
    folder: Path,
    python: str | Path = sys.executable,
    lock: Path | None = None,
    needs: Sequence[str] = (),
) -> Installed:
    """Install a built file into a fresh environment: what it needs is lent by this one, comes as locked, or as named.

    A folder lent by a .pth file has no .pth files of its own: what is installed here from the source is not seen there.
    """
    made = Installed(folder)
    _quiet(python, "-m", "venv", *([] if lock or needs else ["--without-pip"]), folder)
    inner = made.bin / "python"
    pip = (sys.executable, "-m", "pip", "--python", inner, "--disable-pip-version-check", "--no-input", "install")
    if lock:
        _quiet(*pip, "--quiet", "--require-hashes", "--no-deps", "-r", lock)
    elif needs:
        _quiet(*pip, "--quiet", *needs)
    else:
        site = _quiet(inner, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
        (Path(site) / "lent.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    _quiet(*pip, "--quiet", "--no-deps", "--no-index", "--ignore-installed", "--no-build-isolation", package)
    return made


def _quiet(*words: str | Path) -> str:
    ran = subprocess.run(
        [*map(str, words)], env=bare(), capture_output=True, text=True, encoding="utf-8", check=False, cwd="/"
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
