"""Late, replaced, revised, and as of a day: what a check says of figures that did not stay what they were."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunCli

Json = dict[str, Any]

MANIFEST = """\
due: 2025-07-10
received:
- {file: first.yaml, date: 2025-07-09}
- {file: second.xlsx, date: 2025-07-14, replaces: first.yaml, reason: 核減}
- {file: other.csv, date: 2025-07-08}
"""
INSPECTIONS = """\
inspections:
- {organization: 市經信局, indicator: net-new-enterprises, value: 90 家, document: 督查第2號, date: 2025-07-25}
- {organization: 市經信局, indicator: net-new-enterprises, value: 95 家, document: 督查第1號, date: 2025-07-20}
"""
REVISION = "{value: 170 家, revises: {period: 2025Q2, from: 119 家, to: 118 家, reason: 核減一家}}"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Two folders: a replaced file and one of another body; a later quarter that revises."""
    from tests.workbooks import table

    second, third = tmp_path / "2025Q2", tmp_path / "2025Q3"
    second.mkdir()
    third.mkdir()
    (second / "first.yaml").write_text("organization: 市經信局\nfigures: {net-new-enterprises: 121 家}\n", "utf-8")
    (second / "second.xlsx").write_bytes(table(("市經信局", "net-new-enterprises", "119", "家")))
    (second / "other.csv").write_text("organization,indicator,value,unit\n市商務局,trade-growth,10.4,%\n", "utf-8")
    (second / "manifest.yaml").write_text(MANIFEST, "utf-8")
    (third / "later.yaml").write_text(
        f"organization: 市經信局\nfigures: {{net-new-enterprises: {REVISION}}}\n", "utf-8"
    )
    return tmp_path


def check(run_cli: RunCli, path: Path, *arguments: str) -> Json:
    ran = run_cli("check", path, "--format", "json", "--fail-on", "never", *arguments)
    assert ran.exit_code in (0, 1), ran.stdout + ran.stderr
    document: Json = json.loads(ran.stdout)
    return document


def lead(document: Json) -> Json:
    row: Json
    (row,) = [each for each in document["verdicts"] if each["rule"] == "net-new-enterprises" and each["role"] == "lead"]
    return row


@pytest.mark.parametrize(
    ("as_of", "actual", "submitted", "notes", "read"),
    [
        ((), "118", "119 家", ["revised"], 3),
        (("--as-of", "2025-09-30"), "118", "119 家", ["revised"], 3),
        (("--as-of", "2025-09-29"), "119", "119 家", [], 3),
        (("--as-of", "2025-07-13"), "121", "121 家", [], 2),
        (("--as-of", "2025-07-08"), None, None, [], 1),
    ],
)
def test_a_check_can_be_asked_as_of_a_day(
    run_cli: RunCli,
    desk: Path,
    as_of: tuple[str, ...],
    actual: str | None,
    submitted: str | None,
    notes: list[str],
    read: int,
) -> None:
    document = check(run_cli, desk / "2025Q2", *as_of)
    row = lead(document)
    assert (row["actual"], row["submitted"], row["notes"]) == (actual, submitted, notes)
    total = document["account"]["total"]
    # What was not there yet is no part of the answer.
    assert total["read"] == read == total["judged"] + total["not-needed"] + total["refused"]
    named = {each["code"] for each in document["findings"]}
    assert {each["because"] for each in document["account"]["cells"]} - {None} <= named


def test_what_is_late_or_was_not_sent_is_stated_from_the_manifest(run_cli: RunCli, desk: Path) -> None:
    document = check(run_cli, desk / "2025Q2")
    came = {Path(each["file"]).name: each for each in document["arrivals"] if each["file"]}
    assert {name: (each["received"], each["days_late"], each["standing"]) for name, each in came.items()} == {
        "second.xlsx": ("2025-07-14", 4, "late"),
        "other.csv": ("2025-07-08", 0, "on-time"),
    }
    missing = {each["organization"] for each in document["arrivals"] if each["standing"] == "missing"}
    waited_for = {each["organization"] for each in document["verdicts"] if each["reason"] == "missing"}
    assert missing == waited_for - {"市經信局", "市商務局"}
    codes = [each["code"] for each in document["findings"]]
    assert codes.count("submitted-late") == 1
    assert codes.count("nothing-submitted") == len(missing)


def test_without_a_manifest_nothing_is_said_of_arrivals(run_cli: RunCli, desk: Path) -> None:
    (desk / "2025Q2" / "manifest.yaml").unlink()
    (desk / "2025Q2" / "first.yaml").unlink()
    document = check(run_cli, desk / "2025Q2")
    assert document["arrivals"] == []
    assert {each["code"] for each in document["findings"]} == {"revised"}


def test_the_latest_inspection_by_a_day_holds(run_cli: RunCli, desk: Path) -> None:
    (desk / "2025Q2" / "inspections.yaml").write_text(INSPECTIONS, "utf-8")
    for day, actual in (("2025-07-31", "90"), ("2025-07-24", "95"), ("2025-07-19", "119")):
        document = check(run_cli, desk / "2025Q2", "--as-of", day)
        assert lead(document)["actual"] == actual, day
        inspected = document["summary"]["inspections"]
        checked = int(actual != "119")
        assert inspected == {"judged": 2, "inspected": checked, "overstated": inspected["overstated"]}
        assert bool(inspected["overstated"]) == bool(checked)


def test_the_later_period_is_held_to_the_revised_number(run_cli: RunCli, desk: Path) -> None:
    later = desk / "2025Q3" / "later.yaml"
    later.write_text(later.read_text("utf-8").replace("from: 119", "from: 121"), "utf-8")
    codes = [each["code"] for each in check(run_cli, desk / "2025Q3")["findings"]]
    assert codes == ["revision-differs"]
    # The replaced file is not on record; without the manifest's replacement the two would contradict each other.
    shutil.rmtree(desk / "2025Q2")
    assert check(run_cli, desk / "2025Q3")["findings"] == []
