"""Dated targets through the command line: amendments that change numbers, waivers that excuse for a time.

Everything is judged by copies of `tests/books/dated`, in which one entry at a time is changed.
"""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.model.codes import CODES
from tests.conftest import ROOT, RunCli
from tests.test_schemas import errors

Row = dict[str, Any]

BOOK = ROOT / "tests" / "books" / "dated"


@dataclass(frozen=True, slots=True)
class Desk:
    """A copy of the book, and the commands that read it."""

    run_cli: RunCli
    folder: Path

    def change(self, file: str, *changes: tuple[str, str]) -> None:
        """Exchange texts that stand in a file of the book once or more; the first place counts."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"{file} has no {old}"
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")

    def add(self, file: str, entry: str) -> None:
        """Put one more entry at the end of a list."""
        path = self.folder / file
        path.write_text(path.read_text(encoding="utf-8") + f"- {entry}\n", encoding="utf-8")

    def submit(self, period: str, organization: str, figure: str) -> None:
        folder = self.folder / "submissions" / period
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        text = f"organization: {organization}\nfigures: {{{figure}}}\n"
        (folder / "one.yaml").write_text(text, encoding="utf-8")

    def run(self, *words: str | Path) -> tuple[int, Row]:
        ran = self.run_cli(*words, "--book", self.folder, "--format", "json", "--lang", "en")
        return ran.exit_code, json.loads(ran.stdout)

    def check(self, period: str, *options: str) -> tuple[int, Row]:
        code, document = self.run("check", self.folder / "submissions" / period, *options)
        assert errors("check", document) == []
        return code, document

    def row(self, period: str, rule: str, organization: str, *options: str) -> Row:
        _, document = self.check(period, "--rule", rule, "--org", organization, *options)
        (row,) = document["verdicts"]
        return dict(row)

    def codes(self, *words: str) -> list[str]:
        return [finding["code"] for finding in self.run(*(words or ("validate",)))[1]["findings"]]


@pytest.fixture
def desk(run_cli: RunCli, tmp_path: Path) -> Desk:
    folder = tmp_path / "book"
    shutil.copytree(BOOK, folder)
    return Desk(run_cli, folder)


# --- a waiver changes no verdict, and counts apart -----------------------------------------------------------------


def test_waived_verdict_stays_what_it_is_with_note_and_document(desk: Desk) -> None:
    row = desk.row("2025Q2", "canals", "水利局")
    assert (row["verdict"], row["gap"], row["notes"]) == ("fail", "-27.78", ["waived"])
    assert row["waiver"] == {
        "document": "關于同意延期整修灌渠的批復",
        "date": "2025-05-25",
        "approver": "示例市人民政府",
        "start": "2025-04-01",
        "end": "2025-07-31",
        "reason": "汛期停工",
    }


def test_what_is_waived_is_counted_twice_over_and_the_verdicts_still_add_up(desk: Desk) -> None:
    _, document = desk.check("2025Q2")
    summary = document["summary"]
    assert summary["by_verdict"] == {"pass": 5, "at-risk": 1, "fail": 3, "undecided": 2}
    assert sum(summary["by_verdict"].values()) == len(document["verdicts"])
    waived = [(row["organization"], row["rule"]) for row in document["verdicts"] if "waived" in row["notes"]]
    assert waived == [("水利局", "canals"), ("東縣", "growth"), ("西縣", "schoolrooms")]
    assert summary["waived"] == 3
    counted = {row["organization"]: row["waived"] for row in summary["by_organization"]}
    assert {name: count for name, count in counted.items() if count} == {"水利局": 1, "東縣": 1, "西縣": 1}


def test_terminal_says_how_many_of_which_verdict_are_waived(desk: Desk) -> None:
    ran = desk.run_cli("check", desk.folder / "submissions" / "2025Q2", "--book", desk.folder, "--lang", "en")
    assert "Verdicts: 11 = 5 pass + 1 at risk + 3 fail + 2 undecided\n" in ran.stdout
    assert "of which waived: 3 = 2 fail + 1 undecided\n" in ran.stdout
    assert "西縣  pass 1 · undecided 1 (waived 1)\n" in ran.stdout
    assert "✗ fail · behind · waived" in ran.stdout
    assert "waived until 2025-07-31 by 示例市人民政府: 關于同意延期整修灌渠的批復; 70 公里 to go" in ran.stdout


def test_terminal_says_it_in_chinese(desk: Desk) -> None:
    ran = desk.run_cli("check", desk.folder / "submissions" / "2025Q2", "--book", desk.folder, "--lang", "zh-Hant")
    assert "其中已豁免：3 = 2 未達標 + 1 未判定\n" in ran.stdout
    assert "示例市人民政府批准豁免至2025-07-31：關于同意延期整修灌渠的批復；尚需70公里" in ran.stdout
    assert "目標由80公里調整為90公里，按原目標：未達標" in ran.stdout


@pytest.mark.parametrize(
    ("rule", "organization", "fail_on", "waived"),
    [
        ("canals", "水利局", "fail", "waivers.yaml"),
        ("schoolrooms", "西縣", "undecided", "waivers.yaml"),
        ("growth", "東縣", "fail", "waivers.yaml"),
    ],
)
def test_waived_verdict_does_not_count_for_the_exit_code(
    desk: Desk, rule: str, organization: str, fail_on: str, waived: str
) -> None:
    options = ("--rule", rule, "--org", organization, "--fail-on", fail_on)
    assert desk.check("2025Q2", *options)[0] == 0
    (desk.folder / waived).unlink()
    assert desk.check("2025Q2", *options)[0] == 1


def test_waived_at_risk_does_not_count_either(desk: Desk) -> None:
    desk.submit("2025Q2", "水利局", "canals: 40 公里")
    options = ("--rule", "canals", "--fail-on", "at-risk")
    assert (desk.row("2025Q2", "canals", "水利局")["verdict"], desk.check("2025Q2", *options)[0]) == ("at-risk", 0)
    (desk.folder / "waivers.yaml").unlink()
    assert desk.check("2025Q2", *options)[0] == 1


def test_unusable_input_leaves_the_answer_incomplete_waiver_or_not(desk: Desk) -> None:
    desk.submit("2025Q2", "水利局", "canals: 40 家")
    code, document = desk.check("2025Q2", "--rule", "canals")
    assert (code, document["verdicts"][0]["reason"], document["verdicts"][0]["notes"]) == (
        3,
        "unusable",
        ["finding:unit-mismatch", "waived"],
    )


@pytest.mark.parametrize(("rule", "organization"), [("growth", "西縣"), ("schoolrooms", "南縣"), ("growth", "南縣")])
def test_what_passes_or_is_not_owed_or_not_in_reach_is_not_waived(desk: Desk, rule: str, organization: str) -> None:
    desk.change("waivers.yaml", ("reach: [西縣]", "reach: [西縣, 南縣]"))
    row = desk.row("2025Q2", rule, organization)
    assert (row["notes"], row["waiver"]) == ([], None)


def test_csv_and_obligations_show_the_waiver(desk: Desk) -> None:
    ran = desk.run_cli(
        "check", desk.folder / "submissions" / "2025Q2", "--book", desk.folder, "--format", "csv", "--rule", "canals"
    )
    header, line = ran.stdout.splitlines()
    shown = dict(zip(header.split(","), line.split(","), strict=False))
    assert shown["waiver"].startswith("document 關于同意延期整修灌渠的批復；date 2025-05-25；approver 示例市人民政府；")
    assert shown["notes"] == "waived"
    _, document = desk.run("obligations", "2025Q2", "--rule", "canals")
    assert document["obligations"][0]["waiver"]["end"] == "2025-07-31"
    assert document["obligations"][0]["status"] == "due"


# --- a waiver begins and ends by itself ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "waived"),
    [
        ("2025-06-30", "2025-06-30", True),
        ("2025-01-01", "2025-06-29", False),
        ("2025-07-01", "2025-12-31", False),
        ("2024-01-01", "2026-12-31", True),
    ],
)
def test_waiver_counts_where_the_last_day_of_the_period_lies_in_it(
    desk: Desk, start: str, end: str, waived: bool
) -> None:
    desk.change("waivers.yaml", ("start: 2025-04-01", f"start: {start}"), ("end: 2025-07-31", f"end: {end}"))
    assert (desk.row("2025Q2", "canals", "水利局")["notes"] == ["waived"]) is waived


def test_after_its_end_the_verdict_counts_again_and_says_so(desk: Desk) -> None:
    code, document = desk.check("2025Q3", "--rule", "canals")
    assert (code, document["verdicts"][0]["notes"], document["summary"]["waived"]) == (1, [], 0)
    expired = [finding for finding in document["findings"] if finding["code"] == "waiver-expired"]
    assert [(each["severity"], each["source"]["line"]) for each in expired] == [("warning", 8), ("warning", 16)]
    assert expired[0]["message"].endswith("ended on 2025-07-31; in 2025Q3 this counts again: 水利局 canals")


def test_a_prolonged_waiver_is_not_expired(desk: Desk) -> None:
    text = (desk.folder / "waivers.yaml").read_text(encoding="utf-8")
    first = re.search(r"(?s)- document: 關于同意延期整修.*?汛期停工\n", text)
    assert first is not None
    longer = first[0].replace("2025-07-31", "2025-09-30").replace("2025-04-01", "2025-08-01")
    (desk.folder / "waivers.yaml").write_text(text + longer, encoding="utf-8")
    _, document = desk.check("2025Q3", "--rule", "canals")
    assert document["verdicts"][0]["waiver"]["end"] == "2025-09-30"
    assert "水利局 canals" not in str(document["findings"])
    assert desk.codes() == []


def test_once_the_promise_is_kept_an_ended_waiver_says_nothing(desk: Desk) -> None:
    desk.submit("2025Q3", "水利局", "canals: 80 公里")
    assert "水利局 canals" not in str(desk.check("2025Q3")[1]["findings"])


@pytest.mark.parametrize(
    ("as_of", "waived"), [("2025-05-24", False), ("2025-05-25", True), ("2025-06-30", True), ("2025-12-31", True)]
)
def test_as_of_leaves_out_waivers_that_were_dated_later(desk: Desk, as_of: str, waived: bool) -> None:
    row = desk.row("2025Q2", "canals", "水利局", "--as-of", as_of)
    assert (row["notes"] == ["waived"]) is waived


@pytest.mark.parametrize(("as_of", "waived"), [("2025-06-09", False), ("2025-06-10", True)])
def test_as_of_leaves_out_waivers_that_start_later(desk: Desk, as_of: str, waived: bool) -> None:
    desk.change("waivers.yaml", ("date: 2025-06-10", "date: 2025-01-10"))
    row = desk.row("2025Q2", "schoolrooms", "西縣", "--as-of", as_of)
    assert (row["notes"] == ["waived"]) is waived


def test_a_waiver_that_was_not_needed_is_pointed_out(desk: Desk) -> None:
    desk.submit("2025Q2", "水利局", "canals: 45 公里")
    code, document = desk.check("2025Q2", "--rule", "canals")
    (useless,) = [finding for finding in document["findings"] if finding["code"] == "waiver-useless"]
    assert (code, useless["severity"], useless["source"]["line"]) == (0, "note", 4)
    assert useless["message"].endswith("is not needed in 2025Q2, this passes: 水利局 canals")


def test_a_waiver_of_several_bodies_is_needed_where_one_of_them_is_behind(desk: Desk) -> None:
    assert "waiver-useless" not in [finding["code"] for finding in desk.check("2025Q2")[1]["findings"]]


# --- what validate says of waivers ---------------------------------------------------------------------------------

#: What is exchanged in waivers.yaml, the code that names it, its line and column, exit code, words of the message.
FAULTS = [
    ("end: 2025-07-31", "end: 2025-03-31", "waiver-dates-crossed", (8, 8), 3, "2025-03-31, before it starts"),
    ("reach: [水利局]", "reach: [水务局]", "body-unknown", (9, 10), 3, "水务局"),
    ("rules: [canals]", "rules: [canal]", "waiver-rule-unknown", (10, 10), 3, "no rule canal"),
    ("targets: [schoolrooms]", "targets: [schools]", "target-unknown", (26, 12), 3, "schools"),
    ("clauses: ['2']", "clauses: ['12']", "clause-unknown", (18, 12), 3, "no clause 12"),
    ("- document: 關于同意延期整修灌渠的批復\n  date", "- date", "key-missing", (4, 3), 3, "document is missing"),
    ("  approver: 示例市人民政府\n", "", "key-missing", (4, 3), 3, "approver is missing"),
    ("  rules: [canals]\n", "", "key-missing", (4, 3), 3, "rules / targets / clauses is missing"),
    ("reach: [水利局]", "reach: []", "wrong-shape", (9, 10), 3, "a list of texts for reach"),
    ("start: 2025-04-01", "start: 4月1日", "not-a-date", (7, 10), 3, "4月1日"),
    ("reason: 汛期停工", "because: 汛期停工", "unknown-key", (11, 3), 3, "because"),
    ("approver: 示例市人民政府", "approver: 水利局", "waiver-self-approved", (6, 13), 1, "水利局 exempts itself"),
    ("approver: 統計局", "approver: 各縣", "waiver-self-approved", (14, 13), 1, "東縣、西縣"),
    ("approver: 示例市人民政府", "approver: 甲某某", "waiver-approver-no-office", (6, 13), 0, "甲某某"),
    ("reach: [水利局]", "reach: [教育局]", "waiver-reaches-nobody", (9, 10), 1, "教育局"),
    ("reach: [水利局]", "reach: [水利局, 教育局]", "waiver-reaches-nobody", (9, 10), 1, "教育局"),
    ("rules: [canals]", "rules: [canals, growth]", "waiver-reaches-nobody", (10, 10), 1, "growth"),
    ("reach: [西縣]", "reach: [南縣]", "waiver-reaches-nobody", (25, 10), 1, "南縣"),
    ("start: 2025-04-01\n  end: 2025-07-31", "start: 2024-04-01\n  end: 2024-12-31", "waiver-outside-year", (7, 10), 1,
     "outside 2025"),
    ("start: 2025-04-01\n  end: 2025-07-31", "start: 2025-07-01\n  end: 2025-07-30", "waiver-covers-no-period", (7, 10),
     0, "from 2025-07-01 to 2025-07-30"),
    ("date: 2025-05-25", "date: 2025-08-01", "waiver-after-the-fact", (5, 9), 0, "after the waiver ended"),
    ("reach: [西縣]\n  targets: [schoolrooms]", "reach: [東縣]\n  rules: [growth]", "waiver-overlaps", (20, 3), 1,
     "東縣 growth"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "place", "exit_code", "words"), FAULTS)
def test_fault_of_a_waiver_is_named_with_its_place(
    desk: Desk, old: str, new: str, code: str, place: tuple[int, int], exit_code: int, words: str
) -> None:
    desk.change("waivers.yaml", (old, new))
    if code == "unknown-key":
        desk.add("waivers.yaml", "reason: 汛期停工")
    ended, document = desk.run("validate")
    named = [finding for finding in document["findings"] if finding["code"] == code]
    assert named, document["findings"]
    source = named[0]["source"]
    assert (source["file"], source["line"], source["column"]) == ("waivers.yaml", *place)
    assert words in named[0]["message"]
    assert "{" not in named[0]["message"] + named[0]["hint"]
    if code not in ("unknown-key", "key-missing"):
        assert [finding["code"] for finding in document["findings"]] == [code]
    assert ended == exit_code


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault[4] == 3 or fault[2] == "waiver-self-approved"])
def test_a_waiver_that_cannot_be_relied_on_excuses_nobody(desk: Desk, fault: tuple[Any, ...]) -> None:
    desk.change("waivers.yaml", (fault[0], fault[1]))
    code, document = desk.check("2025Q2")
    assert document["summary"]["waived"] == 2
    assert code == fault[4]


def test_a_milestone_or_yearly_survey_is_not_due_while_the_waiver_lasts(desk: Desk) -> None:
    desk.change("rules/001-canals.yaml", ("  judged:", "  due_in: [2025Q4]\n  judged:"))
    assert desk.codes() == ["waiver-covers-no-period"]


def test_every_fault_of_waivers_is_tried() -> None:
    tried = {fault[2] for fault in FAULTS} | {"waiver-expired", "waiver-useless"}
    assert {code for code in CODES if code.startswith("waiver-")} <= tried


# --- amendments: the number changes, and never by accident ---------------------------------------------------------


def test_new_and_original_number_stand_side_by_side(desk: Desk) -> None:
    row = desk.row("2025Q2", "schoolrooms", "東縣")
    assert (row["target_value"], row["due"], row["verdict"]) == ("26", "13", "fail")
    assert row["under_original"] == {"target_value": "20", "due": "10", "gap": "0", "verdict": "pass"}
    assert row["amended_by"] == {"document": "關于調增校舍任務的通知", "date": "2025-05-01"}
    ran = desk.run_cli(
        "check", desk.folder / "submissions" / "2025Q2", "--book", desk.folder, "--lang", "en", "--org", "東縣"
    )
    assert "13 間 (was 10)" in ran.stdout
    assert "target 26 間, was 20 間; under the original: pass" in ran.stdout


def test_an_amended_number_in_another_unit_of_measure_stands_beside_the_original_in_that_unit(desk: Desk) -> None:
    row = desk.row("2025Q2", "workshops", "園區辦")
    assert (row["unit"], row["target_value"], row["due"], row["verdict"]) == (
        "億平方米", "0.0012", "0.0006", "at-risk",
    )  # fmt: skip
    assert row["under_original"] == {"target_value": "0.001", "due": "0.0005", "gap": "0", "verdict": "pass"}


def test_obligations_and_targets_show_both_numbers_and_the_document(desk: Desk) -> None:
    _, document = desk.run("obligations", "2025Q2", "--org", "東縣", "--rule", "schoolrooms")
    (row,) = document["obligations"]
    assert (row["target_value"], row["original_value"], row["amended_by"]["date"]) == ("26", "20", "2025-05-01")
    _, listed = desk.run("targets")
    canals = listed["targets"][0]
    assert (canals["value"], [(each["value"], each["restores"]) for each in canals["amendments"]]) == (
        "80",
        [("90", False), ("80", True)],
    )
    table = desk.run_cli("obligations", "2025Q2", "--book", desk.folder, "--lang", "en", "--rule", "canals").stdout
    assert "45 公里 (target 90 公里, was 80 公里)" in table
    assert "due · waived → 2025-07-31" in table
    plan = desk.run_cli("targets", "--book", desk.folder, "--lang", "en").stdout
    assert "at_least 6 %; 2025-04-01 → 5 % (南縣)" in plan
    assert "2  growth: 2025-04-01 → 5 % (南縣): 關于調整南縣增長目標的批復" in plan


def test_number_set_from_above_names_its_document_and_has_none_beside_it(desk: Desk) -> None:
    row = desk.row("2025Q2", "clear-days", "統計局")
    assert (row["target_value"], row["under_original"]) == ("85", None)
    assert row["amended_by"] == {"document": "示例省下達空氣質量目標的通知", "date": "2025-01-10"}


@pytest.mark.parametrize(
    ("period", "number"), [("2025-04", "80"), ("2025Q2", "90"), ("2025-07", "90"), ("2025Q3", "80")]
)
def test_each_period_has_the_number_of_the_last_document_before_its_end(desk: Desk, period: str, number: str) -> None:
    desk.submit(period, "水利局", "canals: 20 公里")
    assert desk.row(period, "canals", "水利局")["target_value"] == number


def test_a_restored_number_has_nothing_beside_it(desk: Desk) -> None:
    row = desk.row("2025Q3", "canals", "水利局")
    assert (row["under_original"], row["amended_by"]["date"]) == (None, "2025-08-15")


def test_an_older_document_entered_later_changes_nothing_after_the_newer_one(desk: Desk) -> None:
    desk.add("amendments.yaml", "{target: canals, threshold: 70 公里, document: 舊通知, date: 2025-02-01}")
    assert desk.row("2025Q2", "canals", "水利局")["target_value"] == "90"
    assert desk.row("2025Q2", "canals", "水利局", "--as-of", "2025-03-01")["target_value"] == "70"


def test_bodies_that_only_the_older_document_reaches_keep_its_number(desk: Desk) -> None:
    desk.add("amendments.yaml", "{target: growth, threshold: 5.5 %, document: 乙, date: 2025-05-02, reach: [各縣]}")
    desk.add("amendments.yaml", "{target: growth, threshold: 5.2 %, document: 丙, date: 2025-06-02, reach: [西縣]}")
    values = {name: desk.row("2025Q2", "growth", name)["target_value"] for name in ("統計局", "東縣", "西縣", "南縣")}
    assert values == {"統計局": "6", "東縣": "5.5", "西縣": "5.2", "南縣": "5.5"}
    assert desk.codes() == []


@pytest.mark.parametrize("first", [True, False])
def test_of_one_day_the_number_for_some_goes_before_the_number_for_all(desk: Desk, first: bool) -> None:
    general = "{target: growth, threshold: 5.8 %, document: 乙, date: 2025-05-02}"
    special = "{target: growth, threshold: 5.1 %, document: 乙, date: 2025-05-02, reach: [東縣]}"
    for entry in (general, special) if first else (special, general):
        desk.add("amendments.yaml", entry)
    values = {name: desk.row("2025Q2", "growth", name)["target_value"] for name in ("統計局", "東縣", "西縣")}
    assert values == {"統計局": "5.8", "東縣": "5.1", "西縣": "5.8"}


def test_a_number_for_everybody_gives_none_to_whom_the_table_gives_nothing(desk: Desk) -> None:
    desk.add("amendments.yaml", "{target: schoolrooms, threshold: 70 間, document: 乙, date: 2025-05-02}")
    rows = {name: desk.row("2025Q2", "schoolrooms", name) for name in ("教育局", "東縣", "西縣", "南縣")}
    assert [row["target_value"] for row in rows.values()] == ["70", "26", "40", None]
    assert rows["南縣"]["reason"] == "not-applicable"


def test_a_first_quota_has_no_original_beside_it(desk: Desk) -> None:
    desk.add("amendments.yaml", "{target: schoolrooms, threshold: 4 間, document: 乙, date: 2025-05-02, reach: [南縣]}")
    row = desk.row("2025Q2", "schoolrooms", "南縣")
    assert (row["target_value"], row["under_original"], row["reason"]) == ("4", None, "missing")


#: One more amendment, the code that names it, exit code of validate, words of the message.
AMENDED = [
    ("canals, threshold: 85 公里, document: 乙, date: 2025-05-20", "amendment-repeated", 1, "twice on 2025-05-20"),
    ("growth, threshold: 4 %, document: 乙, date: 2025-04-01, reach: [各縣]", "amendment-repeated", 1, "(南縣)"),
    ("canals, threshold: 90 公里, document: 乙, date: 2025-09-01", "amendment-restores", 1, "back to 90 公里"),
    ("growth, threshold: 6 %, document: 乙, date: 2025-09-01, reach: [南縣]", "amendment-restores", 1, "bound 南縣"),
    ("canals, threshold: 95 公里, document: 乙, date: 2025-09-01, restores: true", "amendment-restores-nothing", 1,
     "95 公里 is no number"),
    ("canals, threshold: 80 公里, document: 乙, date: 2025-09-01", "amendment-changes-nothing", 0, "80 公里 binds"),
    ("growth, threshold: 5.5 %, document: 乙, date: 2025-09-01", "amendment-sweeps", 1, "own number of 南縣"),
    ("canals, threshold: 70 公里, document: 乙, date: 2025-01-19", "amendment-before-plan", 1, "plan of 2025-01-20"),
    ("canals, threshold: 70 公里, document: 乙, date: 2026-01-01", "amendment-after-year", 0, "after 2025"),
    ("growth, threshold: 5 %, document: 乙, date: 2025-05-01, reach: [教育局]", "amendment-reaches-nobody", 0,
     "教育局"),
    ("schoolrooms, threshold: 80 間, document: 乙, date: 2025-06-01, reach: [教育局]", "quotas-short", 1, "80 間"),
    ("schoolrooms, threshold: 25 間, document: 乙, date: 2025-06-01, reach: [東縣]", "quotas-short", 1, "65 間"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "code", "exit_code", "words"), AMENDED)
def test_fault_of_an_amendment_is_named_with_its_place(
    desk: Desk, entry: str, code: str, exit_code: int, words: str
) -> None:
    line = (desk.folder / "amendments.yaml").read_text(encoding="utf-8").count("\n") + 1
    desk.add("amendments.yaml", f"{{target: {entry}}}")
    ended, document = desk.run("validate")
    assert [finding["code"] for finding in document["findings"]] == [code]
    (finding,) = document["findings"]
    # That quotas fall short is a matter of their table; the document that made them so is named beside it.
    places = [finding["source"], *finding["related"]] if code == "quotas-short" else [finding["source"]]
    assert ("amendments.yaml", line) in [(place["file"], place["line"]) for place in places]
    assert words in finding["message"]
    assert "{" not in finding["message"] + finding["hint"]
    assert ended == exit_code


def test_a_number_that_comes_back_by_leaving_out_the_word_is_found(desk: Desk) -> None:
    desk.change("amendments.yaml", ("  restores: true\n", ""))
    assert desk.codes() == ["amendment-restores"]


def test_an_amendment_has_no_end_after_which_an_older_number_would_return(desk: Desk) -> None:
    desk.change("amendments.yaml", ("date: 2025-05-20", "date: 2025-05-20\n  end: 2025-06-01"))
    assert desk.codes() == ["unknown-key"]


def test_a_number_given_earlier_by_a_higher_authority_is_not_older_than_the_plan(desk: Desk) -> None:
    # The plan prints none for it, so there is nothing that it could take the place of.
    assert "date: 2025-01-10" in (desk.folder / "amendments.yaml").read_text(encoding="utf-8")
    assert desk.codes() == []


def test_an_empty_reach_does_not_mean_everybody(desk: Desk) -> None:
    desk.change("amendments.yaml", ("reach: [南縣]", "reach: []"))
    assert desk.codes() == ["wrong-shape"]


def test_stages_have_no_number_to_amend(desk: Desk) -> None:
    desk.change(
        "rules/001-canals.yaml",
        ("kind: total", "kind: milestone"),
        ("  comparator: at_least\n  threshold: 80 公里\n", "  stages: [{stage: 完工, due: 2025-11-30}]\n"),
    )
    desk.change(
        "targets.yaml", ("kind: total\n    comparator: at_least\n    value: 80\n    unit: 公里", "kind: milestone")
    )
    assert desk.codes().count("amendment-unfit") == 2
