"""Follow the README and the tutorial as somebody who has nothing yet: `python -m tests.newcomer` (or `make newcomer`).

In a bare Debian root with Python, git and make and nothing else, an ordinary user clones this repository and types,
line by line, what the pages say; a step that is missing there fails here. How long each took is printed, and more than
ten minutes in all fail. `--full` runs the second command of the README, too, which is all of CI and takes longer.
It needs to be root and have debootstrap, and the settings of this machine's package index are lent to the root.
`--keep` names folders that these settings mention and that the root has to see.
"""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from docs.generate import examples, matches

ROOT = Path(__file__).resolve().parent.parent

#: All that the README asks for; Debian has Python's venv module in a package of its own, and
#: recommends OpenSSH to whoever installs git.
PACKAGES = ("python3", "python3-venv", "git", "openssh-client", "make", "ca-certificates")

#: Minutes for everything but the whole of CI.
GOAL = 10

_USER = "newcomer"
_FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"title=(\S+)")

#: Exit codes of a line that is to be typed: nothing to object, and findings, which the sample has.
_FINE = (0, 1)


@dataclass(frozen=True, slots=True)
class Step:
    """What a page has somebody do: write a file, or type a line and see what it shows."""

    page: str
    line: str = ""
    shown: tuple[str, ...] | None = None
    file: str = ""
    text: str = ""


def readme_steps(full: bool) -> Iterator[Step]:
    """Every line of the README, in its order, but those that need a plan's text, which is not in the repository."""
    made = 0
    for match in _FENCE.finditer((ROOT / "README.md").read_text(encoding="utf-8")):
        if match["info"] == "console":
            for example in examples(match["body"]):
                yield Step("README.md", example.command, example.shown)
        elif match["info"] == "sh":
            for line in (each.partition("#")[0].strip() for each in match["body"].splitlines()):
                made += line.startswith("make ")
                if "PLAN." not in line and (full or not line.startswith("make ") or made == 1):
                    yield Step("README.md", line)
    if made != 2:
        raise ValueError("the README has no two commands any more")


def tutorial_steps() -> Iterator[Step]:
    """Every file and every line of the tutorial, in its order."""
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        title = _TITLE.search(match["info"])
        if title:
            yield Step("tutorial.md", file=title[1], text=match["body"])
        elif match["info"].strip() == "console":
            for example in examples(match["body"]):
                yield Step("tutorial.md", example.command, example.shown)


class Shell:
    """One shell inside the root that stays open, as a newcomer's does."""

    def __init__(self, root: Path, environment: dict[str, str]) -> None:
        """Open it in the user's home."""
        words = ["chroot", f"--userspec={_USER}:{_USER}", str(root), "/usr/bin/env", "-i"]
        settings = [f"{name}={value}" for name, value in environment.items()]
        self._home = root / "home" / _USER
        self._shell = subprocess.Popen(
            [*words, *settings, "bash", "--norc", "-c", "cd; exec bash --norc"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1,
        )  # fmt: skip

    def type(self, line: str) -> tuple[list[str], int]:
        """What a line prints, and its exit code."""
        assert self._shell.stdin
        assert self._shell.stdout
        end = "--- end of the answer"
        self._shell.stdin.write(f"{line}\nprintf '\\n%s %s\\n' '{end}' $?\n")
        self._shell.stdin.flush()
        said: list[str] = []
        for answer in self._shell.stdout:
            if answer.startswith(end):
                while said and not said[-1]:
                    said.pop()
                return said, int(answer.split()[-1])
            said.append(answer.rstrip())
        raise RuntimeError(f"the shell ended at: {line}")

    def write(self, name: str, text: str) -> None:
        """Write a file below the working folder, as with an editor."""
        self.type(f"mkdir -p {shlex.quote(str(Path(name).parent))}")
        self.type(f"cat > {shlex.quote(name)} <<'END OF FILE'\n{text}END OF FILE")

    def close(self) -> None:
        """Leave it."""
        assert self._shell.stdin
        self._shell.stdin.close()
        self._shell.wait()


@contextmanager
def bare_root(folder: Path, lent: Sequence[Path]) -> Iterator[Path]:
    """A root with the packages and a user, which sees the network's settings and what is lent to it."""
    root = folder / "root"
    suite = re.search(r"VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text(encoding="utf-8"))
    assert suite, "debootstrap needs the name of a Debian"
    run("debootstrap", "--variant=minbase", f"--include={','.join(PACKAGES)}", suite[1], str(root))
    with ExitStack() as mounts:
        run("chroot", str(root), "useradd", "--create-home", "--shell", "/bin/bash", _USER)
        for path in map(
            Path, ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")
        ):
            if path.exists():
                shutil.copyfile(path, root / path.relative_to("/"))
        # Its own, or read only: whatever happens to the root, nothing of this machine is taken down with it.
        mount(mounts, root / "proc", "-t", "proc", "proc")
        mount(mounts, root / "dev/pts", "-t", "devpts", "-o", "newinstance,ptmxmode=666,gid=5,mode=620", "devpts")
        mount(mounts, root / "dev/shm", "-t", "tmpfs", "tmpfs")
        for path in lent:
            inside = root / path.relative_to("/")
            mount(mounts, inside, "--bind", str(path))
            run("mount", "-o", "remount,bind,ro", str(inside))
        yield root


def mount(mounts: ExitStack, place: Path, *words: str) -> None:
    """Mount something until the stack is left."""
    place.mkdir(parents=True, exist_ok=True)
    run("mount", *words, str(place))
    mounts.callback(run, "umount", str(place))


def run(*words: str) -> None:
    """Run a command of the preparation, whose words matter only if it fails."""
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(f"{' '.join(words)}: {ran.stdout}{ran.stderr}")


def follow(shell: Shell, steps: Sequence[Step]) -> list[str]:
    """Do what the steps say; what they show and did not come, and what failed unannounced."""
    missing = []
    code = 0
    for step in steps:
        if step.file:
            shell.write(step.file, step.text)
            continue
        said, code = shell.type(step.line if step.line != "echo $?" else f"echo {code}")
        if step.shown is None and code not in (_FINE if step.line.startswith(("check ", "biaochi ")) else (0,)):
            missing.append(f"{step.page}: {step.line}: exit code {code}\n" + "\n".join(said[-20:]))
        elif step.shown is not None and not matches(step.shown, said):
            missing.append(f"{step.page}: {step.line}: it prints\n" + "\n".join(said))
    return missing


def main(arguments: Sequence[str]) -> int:
    """Run the newcomer's way; 1 where a step is missing or it takes too long, 2 where it cannot be tried here."""
    parser = argparse.ArgumentParser(description="Follow the README and the tutorial in a bare root.")
    parser.add_argument("--full", action="store_true", help="run the README's second command, too")
    parser.add_argument("--keep", nargs="*", type=Path, default=[], help="what the settings of the index mention")
    options = parser.parse_args(arguments)
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        print("a bare root takes debootstrap, and root to run it", file=sys.stderr)
        return 2
    lent = {name: value for name, value in os.environ.items() if name.startswith("PIP_") or name.endswith("_proxy")}
    environment = {
        **lent, "HOME": f"/home/{_USER}", "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "dumb",
        "COLUMNS": "120",
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, bare_root(Path(folder), options.keep) as root:
        run("git", "clone", "--quiet", "--bare", str(ROOT), str(root / "srv/biaochi.git"))
        run("chroot", str(root), "chown", "-R", f"{_USER}:{_USER}", "/srv/biaochi.git")
        parts = {
            "clone": [Step("README.md", "git clone -q /srv/biaochi.git && cd biaochi")],
            "README": [*readme_steps(options.full)],
            "tutorial": [Step("tutorial.md", 'cd "$(mktemp -d)"'), *tutorial_steps()],
        }
        shell = Shell(root, environment)
        missing, minutes = [], 0.0
        for name, steps in parts.items():
            began = time.monotonic()
            missing += follow(shell, steps)
            took = (time.monotonic() - began) / 60
            minutes += took
            print(f"{name:<10} {len(steps):>3} steps {took:6.2f} minutes")
        shell.close()
    print(f"{'in all':<10} {sum(map(len, parts.values())):>3} steps {minutes:6.2f} minutes (at most {GOAL})")
    for each in missing:
        print(each)
    return 1 if missing or (minutes > GOAL and not options.full) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
