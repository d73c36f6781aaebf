"""A short run of `make fuzz`, and everything that long ones have found; the fuzzing itself finds what is planted."""

import json
import subprocess
import sys
from argparse import Namespace
from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.submissions.account import settle_account
from engine.submissions.convert import ReadEntry
from tests.fuzz import properties, targets
from tests.fuzz.__main__ import grown
from tests.fuzz.drive import Driver, drive_without_coverage
from tests.fuzz.properties import BrokenPromise
from tests.fuzz.seeds import CORPUS, kept

KEPT = [pytest.param(name, path, id=f"{name}-{path.name}") for name in targets.BY_NAME for path in kept(name)]


@pytest.mark.parametrize(("name", "path"), KEPT)
def test_what_was_found_stays_mended(name: str, path: Path) -> None:
    target = targets.BY_NAME[name]
    content = path.read_bytes()
    assert target.attempt(content) == target.attempt(content)


def test_every_folder_of_the_corpus_is_of_a_target() -> None:
    assert {folder.name for folder in CORPUS.iterdir()} <= set(targets.BY_NAME)


def test_the_shares_make_a_million() -> None:
    assert sum(target.share for target in targets.TARGETS) == 1000


def test_a_short_run_finds_nothing(repo: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--runs", "2000", "--seed", "4", "--jobs", "2"]
    ran = subprocess.run(command, cwd=repo, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.returncode == 0, ran.stdout
    assert "0 kinds of fault" in ran.stdout
    assert all(f"\n{target.name} " in ran.stdout for target in targets.TARGETS)


def _fail(_: bytes) -> Hashable:
    raise ZeroDivisionError("planted")


def _loop(_: bytes) -> Hashable:
    while True:
        pass


class _Forgetful:
    """Gives another result every time."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, _: bytes) -> Hashable:
        self.count += 1
        return self.count


class _Hoarder:
    """Keeps something of every input."""

    def __init__(self) -> None:
        self.kept: list[list[bytes]] = []

    def __call__(self, content: bytes) -> Hashable:
        self.kept.append([content] * 2)
        return None


def _driver(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, planted: targets.Target, runs: int = 10) -> Driver:
    monkeypatch.setitem(targets.BY_NAME, "planted", planted)
    return Driver(_options(tmp_path, runs))


def _options(tmp_path: Path, runs: int) -> Namespace:
    places = {"found": str(tmp_path / "found"), "report": str(tmp_path / "report.json")}
    return Namespace(target="planted", runs=runs, seed=1, **places)


def _planted(attempt: properties.Attempt) -> targets.Target:
    return replace(targets.BY_NAME["yaml"], name="planted", attempt=attempt, seeds=list)


@pytest.mark.parametrize(
    ("attempt", "kind"),
    [(_fail, "ZeroDivisionError"), (_loop, "Hang"), (_Forgetful(), "AssertionError")],
)
def test_what_is_planted_is_found(
    attempt: properties.Attempt, kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tests.fuzz.drive.SECONDS", 0.05)
    driver = _driver(monkeypatch, tmp_path, _planted(attempt))
    for number in range(10):
        driver.attempt(bytes([number]))
    assert [key.split()[0] for key in driver.faults] == [kind]
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (report["inputs"], report["faults"]) == (10, driver.faults)
    assert len((tmp_path / "found" / driver.faults.popitem()[1]).read_bytes()) == 1


def test_memory_that_grows_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.fuzz.__main__.SLACK", 100)
    grew = {}
    for name, attempt in (("hoarder", _Hoarder()), ("plain", len)):
        driver = _driver(monkeypatch, tmp_path, _planted(attempt), 3000)
        for number in range(3000):
            driver.attempt(number.to_bytes(2, "big"))
        grew[name] = grown(json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["looks"])
    assert grew == {"hoarder": True, "plain": False}


def test_without_coverage_as_many_inputs_are_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tried: list[bytes] = []
    target = replace(_planted(lambda content: tried.append(content)), seeds=lambda: [b"a: 1", b"b: 2"])
    monkeypatch.setitem(targets.BY_NAME, "planted", target)
    drive_without_coverage(_options(tmp_path, 60))
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["inputs"] == 60
    assert len(set(tried)) > 30


@pytest.mark.parametrize(
    ("name", "spoilt", "words"),
    [
        ("settle_account", lambda files, read, *rest: _twice(files, read, *rest), "counted twice"),
        ("read_figures", lambda *_: [], "nothing says why"),
    ],
)
def test_a_broken_account_is_noticed(name: str, spoilt: object, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = "organization: 市農業農村局\nfigures: {high-standard-farmland: 39000 畝}\n".encode()
    assert properties.read_submission(content, ".yaml") == properties.read_submission(content, ".yaml")
    monkeypatch.setattr(properties, name, spoilt)
    with pytest.raises(BrokenPromise, match=words):
        properties.read_submission(content, ".yaml")


def _twice(files: list[str], read: list[ReadEntry], *rest: Any) -> object:
    return settle_account(files, [*read, *read], *rest)
