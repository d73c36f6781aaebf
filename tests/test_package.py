"""The built package: what is in it, that it is the same each time, and that it works where the source is not.

`BIAOCHI_PACKAGE=all` (`make package`) installs from the index what is locked, for every Python that is here, and from
the source distribution, too; otherwise what is needed is lent by the environment of the tests.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path

import pytest

from tests.everycommand import COMMANDS, lay_book
from tests.packagedesk import ROOT, WHOLE, Installed, build, copy_source, install, lowest, unpack

#: What stands in the folders of the packages and is for those who change them: sources of the catalogues.
_FOR_AUTHORS = (".po", ".pot")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("built")
    source = copy_source(folder / "source")
    return {kind: build(source, kind, folder / "dist", {}) for kind in ("sdist", "wheel")}


@pytest.fixture(scope="module")
def installed(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(built["wheel"], tmp_path_factory.mktemp("installed") / "venv")


def wheel_names(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def sdist_names(path: Path) -> set[str]:
    with tarfile.open(path) as archive:
        return {each.name.partition("/")[2] for each in archive.getmembers() if each.isfile()}


def shipped() -> set[str]:
    """Every file of the program, its data among them: what git keeps in the folders of the packages."""
    names = {"cli.py"}
    for package in ("commands", "biaochi", "engine"):
        names |= {path.relative_to(ROOT).as_posix() for path in (ROOT / package).rglob("*") if path.is_file()}
    return {name for name in names if "__pycache__" not in name}


def test_the_wheel_holds_the_program_with_its_data_and_nothing_else(built: dict[str, Path]) -> None:
    program = {name for name in shipped() if not name.endswith(_FOR_AUTHORS)}
    names = wheel_names(built["wheel"])
    assert {name for name in names if ".dist-info/" not in name} == program
    own = {name.partition(".dist-info/")[2] for name in names if ".dist-info/" in name}
    assert own == {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", "top_level.txt"}


def test_the_source_distribution_holds_what_the_build_takes_and_nothing_else(built: dict[str, Path]) -> None:
    names = {name for name in sdist_names(built["sdist"]) if not name.startswith("biaochi.egg-info/")}
    beside = {
        "LICENSE", "README.md", "README.zh.md", "CHANGELOG.md", "MANIFEST.in", "pyproject.toml", "PKG-INFO",
        "setup.cfg", "building/reproducible.py",
    }  # fmt: skip
    assert names == shipped() | beside


def test_both_carry_the_licence_and_say_which(built: dict[str, Path]) -> None:
    licence = (ROOT / "LICENSE").read_bytes()
    with zipfile.ZipFile(built["wheel"]) as archive:
        (home,) = {name.partition("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        assert archive.read(f"{home}/licenses/LICENSE") == licence
        told = Parser().parsestr(archive.read(f"{home}/METADATA").decode())
    assert (told["License-Expression"], told.get_all("License-File")) == ("MIT", ["LICENSE"])
    with tarfile.open(built["sdist"]) as archive:
        (member,) = (each for each in archive.getmembers() if each.name.endswith("/LICENSE"))
        stream = archive.extractfile(member)
        assert stream is not None
        assert stream.read() == licence


def test_building_again_elsewhere_gives_the_same_bytes(built: dict[str, Path], tmp_path: Path) -> None:
    source = copy_source(tmp_path / "elsewhere")
    for path in source.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
        path.chmod(0o700 if path.is_dir() else 0o600)
    again = {kind: build(source, kind, tmp_path / "dist", {"TZ": "Asia/Shanghai"}, 0o077) for kind in built}
    assert {kind: path.read_bytes() for kind, path in again.items()} == {
        kind: path.read_bytes() for kind, path in built.items()
    }


def test_the_hour_of_the_build_is_the_one_that_is_asked_for(tmp_path: Path) -> None:
    source = copy_source(tmp_path / "source")
    asked = {"SOURCE_DATE_EPOCH": "1763856000"}
    with zipfile.ZipFile(build(source, "wheel", tmp_path, asked)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2025, 11, 23, 0, 0, 0)}
    with tarfile.open(build(source, "sdist", tmp_path, asked)) as archive:
        assert {member.mtime for member in archive.getmembers()} == {1_763_856_000}


def test_the_source_distribution_builds_the_same_wheel(built: dict[str, Path], tmp_path: Path) -> None:
    source = unpack(built["sdist"], tmp_path / "unpacked")
    assert build(source, "wheel", tmp_path / "dist", {}).read_bytes() == built["wheel"].read_bytes()


def run_all(made: Installed, folder: Path) -> None:
    """Run every command in an environment, on a book that lies in a folder of its own."""
    book = lay_book(folder)
    for name, (arguments, codes) in COMMANDS.items():
        code, out, err = made.run("biaochi", *arguments, cwd=book)
        assert code in codes, f"{name}: {err.decode()}"
        assert b"Traceback" not in err, name
        assert out or err or "-o" in arguments, name
    code, out, _ = made.run("python", "-c", _INTERFACE, cwd=book)
    assert (code, out.decode().split()) == (0, ["pass", "59.0", str(made.folder)])
    # A command under a name of its own.
    assert made.run("check", "submissions/2025Q2/education.yaml", cwd=book)[0] in (0, 1)


#: The public interface, and where it was imported from.
_INTERFACE = """
import sys, biaochi, pathlib
book = biaochi.Book.open(".")
result = book.check("submissions/2025Q2", organizations=["市經信局"])
verdict = next(each for each in result.verdicts if each.rule == "net-new-enterprises")
home = pathlib.Path(biaochi.__file__)
assert home.is_relative_to(sys.prefix), home
print(verdict.verdict, verdict.sentence.split(" %")[0].split()[-1], sys.prefix)
"""


def test_the_installed_wheel_runs_every_command(installed: Installed, tmp_path: Path) -> None:
    run_all(installed, tmp_path)
    written = {path.name for path in tmp_path.iterdir()}
    assert written == {
        "book", "plan.txt", "result.json", "verdicts.parquet", "page.html", "circular.docx", "forms", "notices",
        "newbook",
    }  # fmt: skip


def pythons() -> Iterator[str]:
    """Every supported Python that answers here."""
    for minor in range(11, 15):
        found = shutil.which(f"python3.{minor}")
        answers = found and subprocess.run([found, "-c", "import venv, ensurepip"], capture_output=True, check=False)
        if found and answers and answers.returncode == 0:
            yield found


@pytest.mark.skipif(not WHOLE, reason="make package")
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_with_the_locked_dependencies_every_python_runs_every_command(
    built: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    tried = [sys.executable, *pythons()] if kind == "wheel" else [sys.executable]
    for number, python in enumerate(tried):
        lock = ROOT / "requirements.lock"
        run_all(install(built[kind], tmp_path / f"venv{number}", python, lock), tmp_path / f"run{number}")


@pytest.mark.skipif(not WHOLE, reason="make package")
def test_with_the_lowest_dependencies_every_command_says_the_same(
    built: dict[str, Path], installed: Installed, tmp_path: Path
) -> None:
    low = install(built["wheel"], tmp_path / "venv", needs=lowest())
    books = [lay_book(tmp_path / name) for name in ("low", "now")]
    for name, (arguments, codes) in COMMANDS.items():
        said = [made.run("biaochi", *arguments, cwd=book) for made, book in zip((low, installed), books, strict=True)]
        assert said[0][0] in codes, f"{name}: {said[0][2].decode()}"
        assert said[0] == said[1], name
    # Receipts name the versions, and the libraries that write workbooks and Parquet write other bytes.
    low_result, result = (json.loads((book.parent / "result.json").read_text(encoding="utf-8")) for book in books)
    assert {**low_result, "receipt": None} == {**result, "receipt": None}
    for name in ("circular.docx", "notices", "newbook"):
        assert digest_all(books[0].parent / name) == digest_all(books[1].parent / name), name


def digest_all(path: Path) -> dict[str, str]:
    files = [path] if path.is_file() else [each for each in sorted(path.rglob("*")) if each.is_file()]
    return {each.relative_to(path.parent).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def test_every_dependency_states_its_lowest_version() -> None:
    for need in lowest():
        assert re.fullmatch(r"[\w.-]+==[\d.]+", need), need
