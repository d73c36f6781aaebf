"""The bill of materials: everything that is locked is in it, and nothing of the machine that wrote it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

SCRIPT = "building/sbom.py"


@pytest.fixture(scope="module")
def bill(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("bill") / "sub" / "sbom.json"
    subprocess.run([sys.executable, SCRIPT, str(path)], cwd=repo, check=True, capture_output=True)
    return path.read_text(encoding="utf-8")


def test_it_names_what_is_locked_with_its_digests(repo: Path, bill: str) -> None:
    lock = (repo / "requirements.lock").read_text(encoding="utf-8")
    locked = {}
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        name, version = re.match(r"([\w.-]+)==([^\s;]+)", entry).groups()  # type: ignore[union-attr]
        locked[name] = (version, sorted(re.findall(r"sha256:([0-9a-f]{64})", entry)))
    named = {
        each["name"]: (
            each["version"],
            sorted(digest["content"] for place in each["externalReferences"] for digest in place["hashes"]),
        )
        for each in json.loads(bill)["components"]
    }
    assert named == locked


def test_it_is_sound_by_the_published_schema(bill: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill) is None


def test_it_says_what_it_is_about(bill: str) -> None:
    about = json.loads(bill)["metadata"]["component"]
    assert (about["name"], about["type"]) == ("biaochi", "application")


def test_another_machine_writes_the_same_bytes(repo: Path, bill: str, tmp_path: Path) -> None:
    path = tmp_path / "again.json"
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "TZ": "Asia/Shanghai"}
    subprocess.run([sys.executable, SCRIPT, str(path)], cwd=repo, env=environment, check=True, capture_output=True)
    assert path.read_text(encoding="utf-8") == bill
    assert str(repo) not in bill
    assert "serialNumber" not in json.loads(bill)
    assert "timestamp" not in json.loads(bill)["metadata"]


def test_without_a_file_nothing_is_written(repo: Path) -> None:
    ran = subprocess.run([sys.executable, SCRIPT], cwd=repo, check=False, capture_output=True)
    assert ran.returncode == 2
