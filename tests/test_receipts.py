"""Receipts: a result names what it was made of, and yesterday's can be made again today."""

import hashlib
from pathlib import Path

import pytest

from tests.conftest import Ran, RunCli
from tests.receiptdesk import YESTERDAY, lay_out, receipt_of, revise


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "book")


def check(run_cli: RunCli, desk: Path, *options: str | Path) -> Ran:
    return run_cli("check", "submissions/2025Q2", "--fail-on", "never", *options, cwd=desk)


# --- what a receipt names --------------------------------------------------------------------------------------


def test_a_receipt_names_every_file_of_which_a_result_is_made(run_cli: RunCli, desk: Path) -> None:
    check(run_cli, desk, "--format", "json", "-o", "result.json")
    receipt = receipt_of(desk / "result.json")
    lying = {path.relative_to(desk).as_posix(): path for path in desk.rglob("*") if path.is_file()}
    del lying["result.json"]
    named = {**receipt["book"]["files"], **receipt["submissions"]}
    assert named == {name: f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}" for name, path in lying.items()}
    assert receipt["previous"] is None


# --- as of a day -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "table", "csv", "markdown", "sarif", "junit", "github"])
def test_as_of_yesterday_gives_yesterday_s_bytes(run_cli: RunCli, desk: Path, form: str) -> None:
    yesterday = check(run_cli, desk, "--format", form)
    asked = check(run_cli, desk, "--format", form, "--as-of", YESTERDAY)
    assert asked.stdout == yesterday.stdout
    revise(desk)
    assert check(run_cli, desk, "--format", form).stdout != yesterday.stdout
    again = check(run_cli, desk, "--format", form, "--as-of", YESTERDAY)
    assert again.stdout == yesterday.stdout
    assert "received-later" in again.stderr


@pytest.mark.parametrize("place", range(4))
def test_every_single_thing_that_was_added_since_is_left_out(run_cli: RunCli, desk: Path, place: int) -> None:
    yesterday = check(run_cli, desk, "--format", "json").stdout
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    revise(desk)
    kinds = ("submissions/2025Q2/manifest.yaml", "submissions/2025Q2/inspections.yaml", "amendments.yaml", "rules")
    for name in kinds[:place] + kinds[place + 1 :]:
        if name == "rules":
            (desk / "rules/001-more.yaml").unlink()
        else:
            (desk / name).write_bytes(before[desk / name])
    if place:
        (desk / "submissions/2025Q2/東縣-更正.yaml").unlink()
    assert check(run_cli, desk, "--format", "json").stdout != yesterday
    assert check(run_cli, desk, "--format", "json", "--as-of", YESTERDAY).stdout == yesterday


def test_a_day_at_which_everything_was_there_changes_nothing(run_cli: RunCli, desk: Path) -> None:
    revise(desk)
    today = check(run_cli, desk, "--format", "json").stdout
    assert check(run_cli, desk, "--format", "json", "--as-of", "2025-07-25").stdout == today
