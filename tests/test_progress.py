"""What a check shows while it reads many files: a bar on a terminal, and nothing anywhere else."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROW = "organization,indicator,value,unit\n市商務局,trade-growth,10.4,%\n"


def shown(folder: Path, files: int, *arguments: str) -> str:
    """What comes out of standard error where that is a terminal."""
    folder.mkdir()
    for number in range(files):
        (folder / f"{number:03d}.csv").write_text(ROW, encoding="utf-8")
    parent, child = pty.openpty()
    program = [sys.executable, "-c", "from cli import check_main; check_main()", str(folder), *arguments]
    with (folder.parent / "out.txt").open("wb") as output:
        done = subprocess.run(program, cwd=ROOT, stdout=output, stderr=child, timeout=60, check=False)
    os.close(child)
    assert done.returncode in (0, 1)
    said = b""
    try:
        while piece := os.read(parent, 65536):
            said += piece
    except OSError:
        pass  # The other end is closed: there is no more.
    finally:
        os.close(parent)
    return said.decode()


@pytest.mark.parametrize(
    ("files", "arguments", "expected"), [(60, (), True), (60, ("--quiet",), False), (5, (), False)]
)
def test_a_bar_is_shown_where_there_is_much_to_read(
    tmp_path: Path, files: int, arguments: tuple[str, ...], expected: bool
) -> None:
    said = shown(tmp_path / "2025Q2", files, "--lang", "zh-Hant", *arguments)
    assert ("讀取" in said and f"{files}/{files}" in said) == expected, said


def test_no_bar_goes_into_a_file(tmp_path: Path) -> None:
    shown(tmp_path / "2025Q2", 60)
    assert "%]" not in (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert "60/60" not in (tmp_path / "out.txt").read_text(encoding="utf-8")
