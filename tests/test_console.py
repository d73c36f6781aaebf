"""What terminals and files get, whatever encoding the system speaks."""

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-c", "from cli import main; main()"]
QUESTION = ["check", "submissions/2025Q2", "--clause", "16", "--clause", "20", "--lang", "zh-Hans"]


def environment_of(repo: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "SYSTEMROOT")}
    return {**kept, "PYTHONPATH": str(repo), "PYTHONCOERCECLOCALE": "0", "NO_COLOR": "1", **settings}


def on_a_terminal(repo: Path, environment: Mapping[str, str], arguments: list[str]) -> bytes:
    """What the program sends to a terminal."""
    inside, outside = pty.openpty()
    with subprocess.Popen([*PROGRAM, *arguments], cwd=repo, env=environment, stdout=outside, stderr=outside) as process:
        os.close(outside)
        said = b""
        # The other end is gone when the program ends, which a terminal reports as an error.
        try:
            while part := os.read(inside, 65536):
                said += part
        except OSError:
            pass
    os.close(inside)
    assert process.returncode in (0, 1, 2)
    return said.replace(b"\r\n", b"\n")


def into_a_pipe(repo: Path, environment: Mapping[str, str], arguments: list[str]) -> bytes:
    ran = subprocess.run([*PROGRAM, *arguments], cwd=repo, env=environment, capture_output=True, check=False)
    assert ran.returncode in (0, 1, 2)
    return ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def expected(repo: Path) -> str:
    return into_a_pipe(repo, environment_of(repo, LC_ALL="C.UTF-8"), QUESTION).decode()


def test_the_question_has_signs_that_gbk_lacks(expected: str) -> None:
    assert "✓ 达标" in expected
    with pytest.raises(UnicodeEncodeError):
        expected.encode("gbk")


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_a_terminal_gets_its_own_encoding(repo: Path, expected: str, encoding: str) -> None:
    said = on_a_terminal(repo, environment_of(repo, PYTHONIOENCODING=encoding), QUESTION).decode(encoding)
    assert said.replace("√", "✓").replace("×", "✗") == expected


def test_what_a_terminal_lacks_comes_as_its_number(repo: Path) -> None:
    # Simplified characters are not among those of Taiwan.
    said = on_a_terminal(repo, environment_of(repo, PYTHONIOENCODING="big5"), QUESTION).decode("big5")
    assert "\\u8fbe" in said


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8", "utf-16"])
def test_a_pipe_gets_utf_8(repo: Path, expected: str, encoding: str) -> None:
    assert into_a_pipe(repo, environment_of(repo, PYTHONIOENCODING=encoding), QUESTION).decode() == expected


@pytest.mark.parametrize("settings", [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}])
def test_a_terminal_of_which_nothing_is_known_gets_utf_8(repo: Path, expected: str, settings: dict[str, str]) -> None:
    assert on_a_terminal(repo, environment_of(repo, **settings), QUESTION).decode() == expected


@pytest.mark.skipif(shutil.which("localedef") is None, reason="localedef is not here")
def test_a_system_that_speaks_gbk(repo: Path, tmp_path: Path, expected: str) -> None:
    made = subprocess.run(
        ["localedef", "--no-archive", "-i", "zh_CN", "-f", "GBK", str(tmp_path / "zh_CN.GBK")], capture_output=True,
        check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip(f"this system cannot make the locale: {made.stderr.decode(errors='replace').strip()}")
    settings = environment_of(repo, LOCPATH=str(tmp_path), LC_ALL="zh_CN.GBK")
    assert into_a_pipe(repo, settings, QUESTION[:-2]).decode() == expected
    assert on_a_terminal(repo, settings, ["check", "--help"]).decode("gbk").startswith("用法：biaochi check")
    # The arguments are in the terminal's encoding, too.
    asked = [word.encode("gbk") for word in (*PROGRAM, "check", "submissions/2025Q2", "--org", "市經信局")]
    ran = subprocess.run(asked, cwd=repo, env=settings, capture_output=True, check=False)
    assert "\n市經信局  " in ran.stdout.decode()


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_names_that_are_no_text_end_in_no_trace(repo: Path, tmp_path: Path, encoding: str) -> None:
    folder = tmp_path / os.fsdecode(b"2025Q2\xff")
    folder.mkdir()
    shutil.copyfile(repo / "submissions/2025Q2/education.yaml", folder / os.fsdecode(b"\xfe.yaml"))
    asked = ["check", str(folder), "--period", "2025Q2", "--book", str(repo)]
    unknown = environment_of(repo, LC_ALL="C", PYTHONUTF8="0")
    for said in (
        into_a_pipe(tmp_path, unknown, [*asked, "--org", "市發改委"]),
        into_a_pipe(tmp_path, environment_of(repo, PYTHONIOENCODING=encoding), asked),
        on_a_terminal(tmp_path, environment_of(repo, PYTHONIOENCODING=encoding), asked),
        into_a_pipe(tmp_path, environment_of(repo, PYTHONIOENCODING=encoding), [*asked, "-o", str(folder / "no/x")]),
    ):
        assert b"Traceback" not in said
        assert b"defect" not in said
