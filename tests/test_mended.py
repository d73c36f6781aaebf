"""Defects that were found by running the program as its users would; each test failed before its mend."""

import shutil
from pathlib import Path

import pytest
import yaml

from tests.conftest import RunCli
from tests.test_published import check as check_book
from tests.test_published import without_notes
from tests.test_same_bytes import check, reverse_mappings, shuffle_rows, without_places
from tests.test_semantics import BOOKS, Desk

SEEDS = (1, 2, 3)


@pytest.fixture
def desk(run_cli: RunCli, tmp_path: Path, repo: Path) -> Desk:
    return Desk(run_cli, tmp_path, repo)


@pytest.fixture
def copied(repo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(repo / "submissions", tmp_path / "submissions"))


@pytest.mark.parametrize("seed", SEEDS)
def test_shuffled_rows_give_the_same_apart_from_sources(run_cli: RunCli, repo: Path, copied: Path, seed: int) -> None:
    expected = without_places(check(run_cli, copied / "2025Q2", repo))
    shuffle_rows(copied / "2025Q2" / "counties.csv", seed)
    assert without_places(check(run_cli, copied / "2025Q2", repo)) == expected


def test_reordered_members_and_parts_give_the_same_apart_from_sources(
    run_cli: RunCli, repo: Path, copied: Path
) -> None:
    expected = without_places(check(run_cli, copied / "2025Q2", repo))
    for path in sorted((copied / "2025Q2").glob("*.yaml")):
        document = reverse_mappings(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader))
        path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert without_places(check(run_cli, copied / "2025Q2", repo)) == expected


@pytest.fixture
def lianyungang(repo: Path) -> Path:
    return repo / "tests" / "books" / "lianyungang-2019"


TRADITIONAL = {
    "gdp-growth": "增長6.1%，低於目標0.9個百分點",
    "foreign-capital-used": "實際到資3.73億美元，完成年度目標的53.3%，低於目標21.7個百分點",
}


@pytest.mark.parametrize("rule", TRADITIONAL)
def test_sentence_of_the_office_is_reproduced_in_traditional_script(
    run_cli: RunCli, lianyungang: Path, rule: str
) -> None:
    row = check_book(run_cli, lianyungang, "2019Q3", "zh-Hant").rows[rule]
    assert without_notes(row["sentence"]) == TRADITIONAL[rule]


def test_sentence_in_simplified_script_holds_no_traditional_phrase(desk: Desk) -> None:
    assert desk.judge("gdp-growth", "6.2 %", lang="zh-Hans")["sentence"] == "增长6.2%，低于目标0.8个百分点"


def test_figure_established_in_an_earlier_period_counts_for_the_year(desk: Desk) -> None:
    desk.submit("2025Q1", "市資建局", {"farmland-area": "244.45 萬畝"})
    desk.inspect("2025Q1", "市資建局", "farmland-area", "244.43 萬畝")
    row = desk.judge("farmland-area", "244.45 萬畝")
    assert (row["verdict"], row["notes"]) == ("fail", ["breached-in:2025Q1"])


def test_earlier_period_in_which_only_an_inspection_came_counts_for_the_year(desk: Desk) -> None:
    desk.inspect("2025Q1", "市資建局", "farmland-area", "244.43 萬畝")
    row = desk.judge("farmland-area", "244.45 萬畝")
    assert (row["verdict"], row["notes"]) == ("fail", ["breached-in:2025Q1"])


def test_figure_lowered_on_site_is_no_year_to_date_that_falls(desk: Desk) -> None:
    desk.submit("2025Q1", "市交通運輸局", {"road-kilometres": "190 公里"})
    desk.submit("2025Q2", "市交通運輸局", {"road-kilometres": "320 公里"})
    desk.inspect("2025Q2", "市交通運輸局", "road-kilometres", "180 公里")
    assert desk.check("2025Q2").codes == ["overstated"]


def test_nothing_submitted_is_not_shown_as_submitted_where_a_figure_was_established(desk: Desk) -> None:
    desk.inspect("2025Q2", "市住新局", "renovated-communities", "70 個")
    row = desk.judge("renovated-communities", None)
    assert (row["actual"], row["submitted"]) == ("70", None)


def test_revision_of_the_same_period_written_as_a_half_year_counts(desk: Desk) -> None:
    desk.submit("2025Q2", "市交通運輸局", {"road-kilometres": "320 公里"})
    revises = "{period: 2025H1, from: 320 公里, to: 318 公里, reason: 核減重複}"
    desk.submit("2025Q3", "市交通運輸局", {"road-kilometres": f"{{value: 319 公里, revises: {revises}}}"})
    assert "year-to-date-falls" not in desk.check("2025Q3").codes


def test_revision_with_a_blank_reason_is_a_finding(desk: Desk) -> None:
    desk.submit("2025Q1", "市交通運輸局", {"road-kilometres": "190 公里"})
    revises = "{period: 2025Q1, from: 190 公里, to: 188 公里, reason: ' '}"
    desk.submit("2025Q2", "市交通運輸局", {"road-kilometres": f"{{value: 189 公里, revises: {revises}}}"})
    assert desk.check("2025Q2").codes != []


def test_coverage_established_on_site_replaces_the_submitted_one(desk: Desk) -> None:
    desk.submit("2025Q2", "丙局", {"coverage-to-date": "{done: 1000 人, eligible: 1000 人}"})
    text = (
        "inspections:\n- organization: 丙局\n  indicator: coverage-to-date\n  done: 800 人\n  eligible: 1000 人\n"
        "  document: 督查記錄\n  date: 2025-07-08\n"
    )
    (desk.folder / "2025Q2" / "inspections.yaml").write_text(text, encoding="utf-8")
    checked = desk.check("2025Q2", "--rule", "coverage-to-date", book=BOOKS / "semantics")
    assert (checked.rows[0]["verdict"], "overstated" in checked.codes) == ("fail", True)


def test_stage_established_on_site_replaces_the_submitted_one(desk: Desk) -> None:
    desk.submit("2025Q2", "丙局", {"milestone": "{stage: 主體封頂}"})
    text = (
        "inspections:\n- organization: 丙局\n  indicator: milestone\n  stage: 開工\n"
        "  document: 督查記錄\n  date: 2025-07-08\n"
    )
    (desk.folder / "2025Q2" / "inspections.yaml").write_text(text, encoding="utf-8")
    checked = desk.check("2025Q2", "--rule", "milestone", book=BOOKS / "semantics")
    assert (checked.rows[0]["verdict"], "overstated" in checked.codes) == ("at-risk", True)


def test_inspection_of_parts_is_compared_with_the_rate_submitted(desk: Desk) -> None:
    desk.submit("2025Q2", "丙局", {"rate-from-ratio": "{parts: {closed: 98 件, received: 100 件}}"})
    desk.inspect("2025Q2", "丙局", "rate-from-ratio", "94.0 %")
    checked = desk.check("2025Q2", "--rule", "rate-from-ratio", book=BOOKS / "semantics")
    assert (checked.rows[0]["verdict"], "overstated" in checked.codes) == ("at-risk", True)
