"""`biaochi test` over the book of this repository: its cases hold, cover every edge, and see what changes."""

import json
import re
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from cli import cli
from commands.check import check
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.pipeline import open_book, run_cases
from tests.conftest import ROOT, RunCli

#: What a book is made of beside its submissions.
BOOK = ("targets.yaml", "organizations.yaml", "policy.yaml", "rules", "allocations")


@pytest.fixture(scope="module")
def book() -> Book:
    found: list[Diagnostic] = []
    opened = open_book(ROOT, found, with_cases=True)
    assert opened is not None
    assert found == []
    return opened


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A book that a test may change."""
    for name in BOOK:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    return tmp_path


def change(book: Path, file: str, old: str, new: str, count: int = 1) -> None:
    path = next((book / "rules").glob(f"{file}-*.yaml")) if "/" not in file else book / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


# --- the book itself -------------------------------------------------------------------------------------------


def test_all_cases_of_the_book_come_out_as_expected(run_cli: RunCli) -> None:
    ran = run_cli("test")
    assert (ran.exit_code, ran.stderr) == (0, "")
    cases, coverage = ran.stdout.splitlines()
    assert re.fullmatch(r"(\d+) cases = \1 passed \+ 0 failed", cases)
    assert re.fullmatch(r"100 % of the edges and situations are tried \((\d+) of \1 positions\)", coverage)


def test_every_rule_has_cases_at_its_edges(book: Book) -> None:
    result = run_cases(book, [])
    tried = {trial.case.obligation.rule.id for trial in result.trials}
    assert tried == {rule.id for rule in book.rules}
    assert {position.rule for position in result.positions} == tried
    assert result.uncovered == ()


def test_no_case_of_the_book_could_be_taken_out_unseen(book: Book) -> None:
    assert [str(trial.case.source) for trial in run_cases(book, []).redundant] == []


def test_every_quota_has_a_case(book: Book) -> None:
    tried = {(case.obligation.rule.id, case.obligation.organization) for case in book.cases}
    owed = {(table.rule, body) for table in book.allocations.values() for body in table.quotas}
    assert owed - tried == set()


def test_every_number_that_a_case_expects_is_complete(book: Book) -> None:
    """Where a gap or a reason comes out, the case says which: else a changed threshold might pass unseen."""
    for trial in run_cases(book, []).trials:
        expected, place = trial.case.expected, str(trial.case.source)
        assert (expected.gap is None) == (trial.printed_gap is None or trial.verdict.reason is not None), place
        assert (expected.reason is None) == (trial.verdict.reason is None), place
        assert (expected.progress is None) == (trial.verdict.progress is None), place
        assert (expected.notes is None) == (trial.verdict.notes == ()), place


def test_the_book_lists_at_most_as_many_lines_as_can_be_read() -> None:
    for path in sorted((ROOT / "rules").glob("*.yaml")):
        assert max(len(line) for line in path.read_text(encoding="utf-8").splitlines()) <= 150, path.name


# --- what a change does ----------------------------------------------------------------------------------------

CHANGES = {
    "threshold raised": ("016", "threshold: 222 家", "threshold: 223 家", 1),
    "threshold lowered": ("h01", "threshold: 7 %", "threshold: 6.9 %", 1),
    "ceiling raised": ("h07", "threshold: 3 %", "threshold: 3.1 %", 1),
    "a strict word made lenient": ("016", "comparator: more_than", "comparator: at_least", 1),
    "a lenient word made strict": ("077", "comparator: at_least", "comparator: more_than", 1),
    "a floor made a ceiling": ("124", "comparator: at_least", "comparator: at_most", 1),
    "softness taken off": ("003", "  soft: true\n  tolerance: 5 個百分點\n", "", 1),
    "softness put on": (
        "080",
        "comparator: at_least\n",
        "comparator: at_least\n  soft: true\n  tolerance: 1 個百分點\n",
        1,
    ),
    "tolerance widened": ("h08", "tolerance: 0.5 個百分點", "tolerance: 0.6 個百分點", 1),
    "a rate made a line": ("h01", "kind: rate", "kind: always", 1),
    "a pace flattened": ("095", "2025Q1: 10 %", "2025Q1: 11 %", 1),
    "a band of its own widened": ("111", "at_least: -0.2", "at_least: -0.3", 1),
    "the book's band widened": ("./policy.yaml", "at_least: -10", "at_least: -30", 1),
    "a fixed list made to date": ("057", "eligible: fixed-list", "eligible: to-date", 1),
    "a quota lowered": ("allocations/016-net-new-enterprises.yaml", "咸安區: 42 家", "咸安區: 41 家", 1),
    "an annual target made quarterly": ("097", "  due_in: [2025Q4]\n", "", 1),
    "a stage planned later": ("103", "竣工驗收, due: 2025-06-30", "竣工驗收, due: 2025-07-31", 1),
    "a case taken out": ("h07", "- {rule: registered-unemployment-rate, figures: {2025Q4: 3.1 %}", "# {", 1),
}
UNUSABLE = {
    "another unit of measure": ("077", "unit: 個", "unit: 家", 1),
    "a member dropped": ("154", "members: [保基本民生, ", "members: [", 1),
    "a body dropped": ("h01", "same: [各縣市區人民政府, 咸寧高新區管委會]", "same: [各縣市區人民政府]", 1),
    "a stage dropped": ("103", "  - {stage: 試運營, due: 2025-10-31}\n", "", 1),
    "a rule renamed": ("h01", "- id: gdp-growth\n  target", "- id: gdp\n  target", 1),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_makes_a_case_fail(run_cli: RunCli, copy: Path, name: str) -> None:
    change(copy, *CHANGES[name])
    ran = run_cli("test", "--threshold", "100", "--book", copy)
    assert ran.exit_code == 1, ran.stdout


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_change_leaves_a_case_that_cannot_be_run(run_cli: RunCli, copy: Path, name: str) -> None:
    change(copy, *UNUSABLE[name])
    ran = run_cli("test", "--book", copy)
    assert ran.exit_code == 3, ran.stdout


def test_a_failed_case_is_named_with_its_place(run_cli: RunCli, copy: Path) -> None:
    change(copy, "h01", "2025Q2: 7.1 %}, expect: {verdict: pass", "2025Q2: 7.1 %}, expect: {verdict: fail")
    ran = run_cli("test", "--book", copy)
    head, line, mark, detail = ran.stdout.splitlines()[:4]
    assert re.fullmatch(r"rules/h01-gdp-growth\.yaml:\d+:3: failed gdp-growth 2025Q2 \S+: 7\.1 %", head)
    assert line[mark.index("^") :].startswith("{rule: gdp-growth, ")
    assert detail == "    verdict: expected fail, found pass"


def test_cases_do_not_touch_a_check(copy: Path) -> None:
    """Judging does not read them, so whatever stands there leaves every verdict as it is."""
    change(copy, "h01", "\ncases:\n", "\ncases:\n- nonsense\n")
    args = [str(ROOT / "submissions" / "2025Q2"), "--format", "json", "--fail-on", "never", "--book"]
    said = [json.loads(CliRunner().invoke(check, [*args, str(book)]).stdout) for book in (ROOT, copy)]
    assert said[0]["verdicts"] == said[1]["verdicts"]
    assert said[0]["findings"] == said[1]["findings"]


# --- the command -----------------------------------------------------------------------------------------------


def document(run_cli: RunCli, *args: str) -> Any:
    return json.loads(run_cli("test", "--format", "json", *args).stdout)


def test_only_the_chosen_rules_are_run(run_cli: RunCli) -> None:
    rule = document(run_cli, "--rule", "gdp-growth")
    assert {case["rule"] for case in rule["cases"]} == {"gdp-growth"}
    assert (rule["coverage"]["positions"], rule["coverage"]["threshold"]) == (20, 100)
    clause = document(run_cli, "--clause", "16", "--clause", "一（八）")
    assert [*dict.fromkeys(case["clause"] for case in clause["cases"])] == ["一(八)", "16"]


def test_coverage_below_the_threshold_is_an_objection(run_cli: RunCli, copy: Path) -> None:
    change(copy, "h07", "- {rule: registered-unemployment-rate, figures: {2025Q4: 3.1 %}", "# {")
    args = ("test", "--book", copy, "--rule", "registered-unemployment-rate")
    # The book asks for all of them; the option asks for less.
    codes = [run_cli(*args, *more).exit_code for more in ((), ("--threshold", "95"), ("--threshold", "96"))]
    assert codes == [1, 0, 1]
    assert "no case for registered-unemployment-rate: year-end pass under" in run_cli(*args).stdout


def test_junit_counts_every_case(run_cli: RunCli) -> None:
    ran = run_cli("test", "--format", "junit", "--threshold", "100")
    root = ElementTree.fromstring(ran.stdout)
    assert (ran.exit_code, root.get("failures"), root.get("errors")) == (0, "0", "0")
    assert len(root.findall("testsuite")) == len(list((ROOT / "rules").glob("*.yaml"))) + 1
    assert root.get("tests") == str(document(run_cli)["summary"]["total"] + 1)


def test_a_broken_case_file_is_unusable_input(run_cli: RunCli, copy: Path) -> None:
    change(copy, "h01", "\ncases:\n", "\ncases:\n- {rule: gdp-growth\n")
    ran = run_cli("test", "--book", copy)
    assert ran.exit_code == 3
    assert "[yaml-syntax]" in ran.stdout


@pytest.mark.parametrize("args", [("--rule", "gdp"), ("--clause", "200"), ("--threshold", "101"), ("--format", "xml")])
def test_wrong_usage_is_2(run_cli: RunCli, args: tuple[str, str]) -> None:
    assert run_cli("test", *args).exit_code == 2


def test_a_book_that_asks_for_no_cases_needs_none(run_cli: RunCli) -> None:
    ran = run_cli("test", "--book", ROOT / "tests" / "books" / "lianyungang-2019")
    assert ran.exit_code == 0
    assert "0 % of the edges and situations are tried" in ran.stdout


def test_the_same_book_gives_the_same_bytes(run_cli: RunCli) -> None:
    for form in ("table", "json", "junit"):
        assert run_cli("test", "--format", form).stdout == run_cli("test", "--format", form).stdout


def test_help_says_what_it_is_for() -> None:
    said = CliRunner().invoke(cli, ["test", "--help"]).stdout
    assert "worked cases" in said
    assert "--threshold" in said
