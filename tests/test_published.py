"""Published verdicts and figures of two cities come out as their governments printed them.

Every number below was read in the source that it names and is written here as it was published.
"""

import json
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import RunCli

Row = dict[str, Any]

XIANNING = "咸宁市人民政府"
CIRCULAR = "http://xianning.gov.cn/xxgk/xxgkml/qtzdgknr/zwdc/202201/t20220110_2498525.shtml"

# Cases XN21-1 … XN21-12: the first half of 2021. The price index 100 (上年同期=100) is a rise of 0.0 %.
# rule: target, published figure as submitted, figure in the target's unit, gap
XIANNING_2021: dict[str, tuple[str, str | dict[str, str], str, str]] = {
    "gdp-growth": ("10.5", "28.6 %", "28.6", "18.1"),
    "fixed-asset-investment-growth": ("11", "86.1 %", "86.1", "75.1"),
    "industrial-value-added-growth": ("11", "39.1 %", "39.1", "28.1"),
    "budget-revenue-growth": ("26", "39.3 %", "39.3", "13.3"),
    "retail-sales-growth": ("15.5", "38.0 %", "38", "22.5"),
    "trade-growth": ("10.5", "86.2 %", "86.2", "75.7"),
    "registered-unemployment-rate": ("4.5", "3.31 %", "3.31", "1.19"),
    "consumer-price-rise": ("3", "100 上年同期=100", "0", "3"),
    "top-company-projects": ("3", {"世界500强": "3 个", "中国500强": "1 个", "上市公司或行业龙头": "2 个"}, "6", "150"),
    "projects-1bn": ("10", "25 个", "25", "200"),
    "projects-100m": ("100", "107 个", "107", "57"),
    "started-projects-100m": ("100", "80 个", "80", "30"),
}

# Cases LYG19-1 … LYG19-8: January to September 2019, gaps in percentage points as printed.
# rule: figure, gap, office's sentence
LIANYUNGANG_2019 = {
    "gdp-growth": ("6.1", "-0.9", "增长6.1%，低于目标0.9个百分点"),
    "budget-revenue-growth": ("3.9", "-11.1", "增长3.9%，低于目标11.1个百分点"),
    "fixed-asset-investment-growth": ("6.0", "-3.0", "增长6.0%，低于目标3.0个百分点"),
    "industrial-investment-growth": ("14.6", "-0.4", "增长14.6%，低于目标0.4个百分点"),
    "retail-sales-growth": ("6.7", "-1.8", "增长6.7%，低于目标1.8个百分点"),
    "trade-growth": ("-8.0", "-15.0", "下降8.0%，低于目标15.0个百分点"),
    "urban-income-growth": ("8.2", "-0.3", "增长8.2%，低于目标0.3个百分点"),
    "foreign-capital-used": ("3.73", "-21.7", "实际到资3.73亿美元，完成年度目标的53.3%，低于目标21.7个百分点"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What `check --format json` answered, by rule."""

    exit_code: int
    document: Row
    rows: dict[str, Row]


def check(run_cli: RunCli, book: Path, period: str, lang: str = "en") -> Checked:
    ran = run_cli("check", book / "submissions" / period, "--book", book, "--format", "json", "--lang", lang)
    document = json.loads(ran.stdout)
    return Checked(ran.exit_code, document, {row["rule"]: row for row in document["verdicts"]})


@pytest.fixture
def xianning(repo: Path) -> Path:
    return repo / "examples" / "xianning-2021"


@pytest.fixture
def lianyungang(repo: Path) -> Path:
    return repo / "tests" / "books" / "lianyungang-2019"


# --- Xianning, first half of 2021 ----------------------------------------------------------------------------------


def test_all_twelve_promises_of_2021_are_kept_or_on_pace(run_cli: RunCli, xianning: Path) -> None:
    checked = check(run_cli, xianning, "2021Q2")
    assert {rule: row["verdict"] for rule, row in checked.rows.items()} == dict.fromkeys(XIANNING_2021, "pass")


def test_example_ends_without_objection(run_cli: RunCli, xianning: Path) -> None:
    checked = check(run_cli, xianning, "2021Q2")
    assert (checked.exit_code, checked.document["complete"], checked.document["findings"]) == (0, True, [])


@pytest.mark.parametrize("rule", XIANNING_2021)
def test_published_figure_target_and_gap_of_2021(run_cli: RunCli, xianning: Path, rule: str) -> None:
    target, _, actual, gap = XIANNING_2021[rule]
    row = check(run_cli, xianning, "2021Q2").rows[rule]
    assert (row["target_value"], row["actual"], row["gap"]) == (target, actual, gap)


def test_published_figures_of_2021_stand_unchanged_in_the_submission(xianning: Path) -> None:
    names = {}
    for path in sorted((xianning / "rules").glob("*.yaml")):
        (indicator,) = yaml.safe_load(path.read_text(encoding="utf-8"))["indicators"]
        names[indicator["name"]] = indicator["id"]
    text = (xianning / "submissions" / "2021Q2" / "published.yaml").read_text(encoding="utf-8")
    submitted = {names[name]: figure for name, figure in yaml.safe_load(text)["figures"].items()}
    expected = {rule: figure for rule, (_, figure, _, _) in XIANNING_2021.items()}
    assert {rule: figure.get("parts") or figure["value"] for rule, figure in submitted.items()} == expected


def test_every_figure_of_2021_names_its_source(xianning: Path) -> None:
    text = (xianning / "submissions" / "2021Q2" / "published.yaml").read_text(encoding="utf-8")
    assert {tuple(figure["evidence"]) for figure in yaml.safe_load(text)["figures"].values()} == {(CIRCULAR,)}


def test_price_index_is_held_against_a_ceiling(run_cli: RunCli, xianning: Path) -> None:
    row = check(run_cli, xianning, "2021Q2").rows["consumer-price-rise"]
    assert (row["comparator"], row["submitted"], row["actual"]) == ("at_most", "100 上年同期=100", "0")


def test_reading_of_the_ceiling_that_breaks_off_is_stated(run_cli: RunCli, xianning: Path) -> None:
    ran = run_cli("targets", "--book", xianning, "--format", "json")
    (target,) = [row for row in json.loads(ran.stdout)["targets"] if row["id"] == "consumer-price-rise"]
    assert target["quote"] == "居民消费价格涨幅控制在3%"
    assert "breaks off" in target["reading"]


@pytest.mark.parametrize(
    ("rule", "progress"),
    [("started-projects-100m", "ahead"), ("projects-100m", "completed"), ("projects-1bn", "completed")],
)
def test_progress_of_the_counts_of_2021(run_cli: RunCli, xianning: Path, rule: str, progress: str) -> None:
    assert check(run_cli, xianning, "2021Q2").rows[rule]["progress"] == progress


def test_promise_reported_in_three_parts_is_summed(run_cli: RunCli, xianning: Path) -> None:
    row = check(run_cli, xianning, "2021Q2").rows["top-company-projects"]
    assert (row["actual"], row["progress"], row["notes"]) == ("6", "completed", ["parts-summed"])


def test_example_is_found_from_inside_its_own_folder(run_cli: RunCli, xianning: Path) -> None:
    ran = run_cli("check", "submissions/2021Q2/", "--format", "json", cwd=xianning)
    assert len(json.loads(ran.stdout)["verdicts"]) == len(XIANNING_2021)


# --- Lianyungang, first three quarters of 2019 ---------------------------------------------------------------------


def printed_digits(gap: str, published: str) -> str:
    """A gap of the result with as many decimals as the office printed."""
    return str(Decimal(gap).quantize(Decimal(published), ROUND_HALF_UP))


def without_notes(sentence: str) -> str:
    """A sentence without what the program adds behind it in brackets, as what remains to be done."""
    return sentence.partition("（")[0]


@pytest.mark.parametrize("rule", LIANYUNGANG_2019)
def test_published_gap_is_reproduced_to_the_printed_digit(run_cli: RunCli, lianyungang: Path, rule: str) -> None:
    figure, gap, _ = LIANYUNGANG_2019[rule]
    row = check(run_cli, lianyungang, "2019Q3").rows[rule]
    assert row["submitted"].split()[0] == figure
    assert (printed_digits(row["gap"], gap), row["gap_unit"]) == (gap, "percentage point")


def test_published_shortfalls_all_read_as_behind(run_cli: RunCli, lianyungang: Path) -> None:
    checked = check(run_cli, lianyungang, "2019Q3")
    assert checked.exit_code == 1
    assert {row["verdict"] for row in checked.rows.values()} == {"at-risk", "fail"}


@pytest.mark.parametrize("rule", LIANYUNGANG_2019)
def test_sentence_of_the_office_is_reproduced_word_for_word(run_cli: RunCli, lianyungang: Path, rule: str) -> None:
    row = check(run_cli, lianyungang, "2019Q3", "zh-Hans").rows[rule]
    assert without_notes(row["sentence"]) == LIANYUNGANG_2019[rule][2]
