"""Receipts: a result names what it was made of, and yesterday's can be made again today."""

import hashlib
import json
import random
from pathlib import Path

import pytest

from engine.followup.receipts import own_digest, read_receipt
from tests.conftest import Ran, RunCli
from tests.receiptdesk import SUBMISSIONS, WORKBOOK, YESTERDAY, lay_out, receipt_of, revise


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


# --- verifying -------------------------------------------------------------------------------------------------


def verify(run_cli: RunCli, desk: Path, *arguments: str | Path) -> Ran:
    return run_cli("verify", *arguments, cwd=desk)


@pytest.mark.parametrize("form", ["json", "table", "csv", "markdown", "sarif", "junit", "github"])
def test_a_result_of_any_form_is_made_again(run_cli: RunCli, desk: Path, form: str) -> None:
    check(run_cli, desk, "--format", form, "-o", "result", "--receipt", "result.receipt.json", "--lang", "zh-Hans")
    ran = verify(run_cli, desk, "result")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert "the same" in ran.stdout
    assert verify(run_cli, desk, "result.receipt.json").exit_code == 0
    before = (desk / "result").read_bytes()
    (desk / "result").write_bytes(before.replace(b"14", b"15", 1))
    assert "[result-differs]" in verify(run_cli, desk, "result").stderr


def test_a_folder_can_be_moved(run_cli: RunCli, desk: Path) -> None:
    check(run_cli, desk, "--format", "json", "-o", "result.json")
    moved = desk.rename(desk.parent / "elsewhere")
    assert verify(run_cli, moved, "result.json").exit_code == 0


def test_one_changed_byte_in_any_input_or_result_is_found_and_named(run_cli: RunCli, desk: Path) -> None:
    """Any byte of any file, remarks and blanks too; whatever it becomes."""
    check(run_cli, desk, "--format", "json", "-o", "result.json")
    check(run_cli, desk, "-o", "table.txt", "--receipt", "table.txt.receipt.json")
    inputs = sorted(set(receipt_of(desk / "result.json")["book"]["files"]) | {*SUBMISSIONS, WORKBOOK})
    chance = random.Random(7)
    flips = 0
    for name in [*inputs, "result.json", "table.txt"]:
        content = (desk / name).read_bytes()
        for _ in range(14):
            place, bits = chance.randrange(len(content)), chance.randrange(1, 256)
            flipped = content[:place] + bytes([content[place] ^ bits]) + content[place + 1 :]
            (desk / name).write_bytes(flipped)
            ran = verify(run_cli, desk, "table.txt" if name == "table.txt" else "result.json")
            assert ran.exit_code in (1, 3), f"{name} at {place}: {ran.stdout}"
            assert name in ran.stderr, f"{name} at {place}: {ran.stderr}"
            assert ran.stdout == ""
            if name in inputs:
                assert ran.exit_code == 1
                assert f"{name}: error [input-changed]" in ran.stderr
            flips += 1
        (desk / name).write_bytes(content)
    assert flips >= 200
    assert verify(run_cli, desk, "result.json", "--quiet").exit_code == 0


def test_every_byte_of_a_receipt_counts(run_cli: RunCli, desk: Path) -> None:
    check(run_cli, desk, "-o", "table.txt", "--receipt", "table.txt.receipt.json")
    sidecar = desk / "table.txt.receipt.json"
    document = json.loads(sidecar.read_text("utf-8"))
    for key, value in (
        ("options", {**document["options"], "lang": "zh-Hant"}),
        ("previous", "sha256:0"),
        ("result", "x"),
    ):
        sidecar.write_text(json.dumps({**document, key: value}), "utf-8")
        ran = verify(run_cli, desk, "table.txt")
        assert ran.exit_code == 1, key
        assert "[receipt-broken]" in ran.stderr


def test_files_that_were_added_or_taken_away_are_named(run_cli: RunCli, desk: Path) -> None:
    check(run_cli, desk, "--format", "json", "-o", "result.json")
    (desk / "submissions/2025Q2/東縣.yaml").rename(desk / "submissions/2025Q2/東縣二.yaml")
    (desk / "units.txt").rename(desk / "rules/002-units.yaml")
    ran = verify(run_cli, desk, "result.json")
    assert ran.exit_code == 1
    assert "rules/002-units.yaml: error [input-added]" in ran.stderr
    assert "units.txt: error [input-removed]" in ran.stderr
    (desk / "rules/002-units.yaml").rename(desk / "units.txt")
    ran = verify(run_cli, desk, "result.json")
    assert "submissions/2025Q2/東縣.yaml: error [input-removed]" in ran.stderr
    assert "submissions/2025Q2/東縣二.yaml: error [input-added]" in ran.stderr


def test_what_was_added_since_with_its_day_leaves_yesterday_s_result_the_same(run_cli: RunCli, desk: Path) -> None:
    check(run_cli, desk, "--format", "json", "-o", "result.json")
    revise(desk)
    ran = verify(run_cli, desk, "result.json")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert "as they were known on 2025-07-20" in ran.stdout
    assert verify(run_cli, desk, "result.json", "--as-of", YESTERDAY).exit_code == 0
    ran = verify(run_cli, desk, "result.json", "--as-of", "2025-07-21")
    assert "amendments.yaml: error [input-changed]" in ran.stderr


def test_another_version_is_named_and_nothing_more_where_nothing_else_differs(
    run_cli: RunCli, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(run_cli, desk, "--format", "json", "-o", "result.json")
    monkeypatch.setattr("engine.verification.__version__", "9.9")
    ran = verify(run_cli, desk, "result.json")
    assert ran.exit_code == 0
    assert "[made-by-another-version]" in ran.stderr
    assert "9.9" in ran.stderr


def test_a_result_without_a_receipt_cannot_be_verified(run_cli: RunCli, desk: Path) -> None:
    check(run_cli, desk, "-o", "table.txt")
    ran = verify(run_cli, desk, "table.txt", "nothing.json")
    assert ran.exit_code == 3
    assert "table.txt: error [receipt-missing]" in ran.stderr
    assert "nothing.json: error [file-unreadable]" in ran.stderr
    check(run_cli, desk, "-o", "table.txt", "--receipt", "other.json")
    assert verify(run_cli, desk, "table.txt", "--receipt", "other.json").exit_code == 0
    document = json.loads((desk / "other.json").read_text("utf-8"))
    document["options"]["command"] = "another"
    receipt = read_receipt(document)
    assert receipt is not None
    document["digest"] = own_digest(receipt)
    (desk / "other.json").write_text(json.dumps(document), "utf-8")
    ran = verify(run_cli, desk, "table.txt", "--receipt", "other.json")
    assert (ran.exit_code, "[receipt-foreign]" in ran.stderr) == (3, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "submissions", "--format", "parquet", "-o", "a.parquet", "--receipt", "a.json"),
        ("check", "submissions", "--after", "a.json"),
        ("verify", "a", "b", "--receipt", "a.json"),
        ("verify", "a", "--book", "submissions"),
    ],
)
def test_what_cannot_be_receipted_is_wrong_usage(run_cli: RunCli, desk: Path, arguments: tuple[str, ...]) -> None:
    assert run_cli(*arguments, cwd=desk).exit_code == 2


# --- chains ----------------------------------------------------------------------------------------------------


@pytest.fixture
def chain(run_cli: RunCli, desk: Path) -> Path:
    """Three results, each after the one before it; the last one is a table with its receipt beside it."""
    check(run_cli, desk, "--format", "json", "-o", "1.json", "--org", "東縣")
    check(run_cli, desk, "--format", "json", "-o", "2.json", "--after", "1.json")
    check(run_cli, desk, "-o", "3.txt", "--receipt", "3.txt.receipt.json", "--after", "2.json")
    return desk


@pytest.mark.parametrize(
    ("order", "broken"),
    [
        (("1.json", "2.json", "3.txt"), None),
        (("1.json", "2.json"), None),
        (("2.json", "3.txt"), "2.json"),
        (("1.json", "3.txt"), "3.txt"),
        (("2.json", "1.json", "3.txt"), "2.json"),
        (("1.json", "3.txt", "2.json"), "3.txt"),
    ],
)
def test_nothing_in_a_chain_is_dropped_or_reordered_unseen(
    run_cli: RunCli, chain: Path, order: tuple[str, ...], broken: str | None
) -> None:
    ran = verify(run_cli, chain, *order)
    assert ran.exit_code == (0 if broken is None else 1)
    if broken is None:
        assert f"the chain is whole: {len(order)} results" in ran.stdout
    else:
        assert f"{broken}: error [chain-broken]" in ran.stderr
        assert ran.stderr.count("error [") == 1


def test_nothing_in_a_chain_is_exchanged_unseen(run_cli: RunCli, chain: Path) -> None:
    """A result that is sound in itself takes the place of another one."""
    check(run_cli, chain, "--format", "json", "-o", "2.json", "--after", "1.json", "--lang", "zh-Hans")
    ran = verify(run_cli, chain, "1.json", "2.json", "3.txt")
    assert ran.exit_code == 1
    assert "3.txt: error [chain-broken]" in ran.stderr


def test_a_chain_does_not_begin_with_what_has_no_receipt(run_cli: RunCli, desk: Path) -> None:
    ran = check(run_cli, desk, "--format", "json", "--after", "none.json")
    assert ran.exit_code == 3
    assert "[file-unreadable]" in ran.stderr
