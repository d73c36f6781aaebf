"""Every sentence that decides a verdict, through the command line.

Sections follow the normative description of how a figure is judged: kinds, direction, verdicts, exactness, whose
figure, time, and the sixteen worked examples. Figures go through files in a temporary folder; the book is the
repository's own where it has the target, else `tests/books/semantics`, where every clause stands for one detail.
"""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunCli

Row = dict[str, Any]

BOOKS = Path(__file__).resolve().parent / "books"
POINTS = "percentage point"

#: Who leads the clause of a rule: in the city's plan, in the book of details, in the published cases.
CITY_LEADS = {
    "affordable-housing": "市住新局",
    "budget-revenue-growth": "市財政局",
    "consumer-price-rise": "市發改委",
    "energy-and-emission-goals": "市發改委",
    "enterprises-in-total": "市經信局",
    "farmland-area": "市資建局",
    "gas-pipeline": "市發改委",
    "gdp-growth": "市發改委",
    "high-standard-farmland": "市農業農村局",
    "matching-success": "市科技局",
    "net-new-enterprises": "市經信局",
    "new-pocket-parks": "市城管執法委",
    "new-urban-jobs": "市人社局",
    "offshore-park-enterprises": "市科技局",
    "promotion-events": "市招商和投資促進局",
    "registered-unemployment-rate": "市人社局",
    "renovated-communities": "市住新局",
    "retrofitted-lifts": "市住新局",
    "road-kilometres": "市交通運輸局",
    "same-year-start-rate": "市招商和投資促進局",
    "serious-accidents": "市應急管理局",
    "startup-loans": "市人社局",
    "technology-smes": "市科技局",
    "trained-care-workers": "市人社局",
    "urban-income-in-step": "市發改委",
    "village-income": "市農業農村局",
}
DETAIL_LEADS = {
    "additive": "丙局",
    "always-strict": "乙局",
    "always-warning": "乙局",
    "amended-total": "乙局",
    "annual-only": "丙局",
    "coverage-fixed-list": "丙局",
    "coverage-to-date": "丙局",
    "each-coverage": "甲局",
    "each-total": "甲局",
    "external-awaiting": "乙局",
    "external-set": "乙局",
    "joint": "甲局",
    "level-falling": "甲局",
    "level-strict": "甲局",
    "milestone": "丙局",
    "negative-floor": "乙局",
    "pace-by-dates": "乙局",
    "pace-by-periods": "丙局",
    "quota": "丙局",
    "range-ceiling": "甲局",
    "range-floor": "乙局",
    "rate-from-growth": "甲局",
    "rate-from-ratio": "丙局",
    "rate-own-unit": "乙局",
    "rate-strict-ceiling": "甲局",
    "reduction": "丙局",
    "relative": "甲局",
    "same-rate": "甲局",
    "total-ceiling": "甲局",
    "total-soft": "乙局",
    "total-strict-ceiling": "丙局",
}
PUBLISHED_LEADS = {"foreign-capital-used": "连云港市人民政府"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What `check --format json` answered."""

    exit_code: int
    document: Row

    @property
    def codes(self) -> list[str]:
        return [finding["code"] for finding in self.document["findings"]]

    @property
    def rows(self) -> list[Row]:
        return list(self.document["verdicts"])

    def finding(self, code: str) -> Row:
        (found,) = [finding for finding in self.document["findings"] if finding["code"] == code]
        return dict(found)

    def row(self, rule: str, organization: str) -> Row:
        (found,) = [row for row in self.rows if (row["rule"], row["organization"]) == (rule, organization)]
        return found


@dataclass(slots=True)
class Desk:
    """A folder of submissions, and the command that judges them."""

    run_cli: RunCli
    folder: Path
    root: Path
    books: dict[str, Path] = field(default_factory=dict)

    def book_of(self, rule: str) -> Path:
        if rule in self.books:
            return self.books[rule]
        if rule in DETAIL_LEADS:
            return BOOKS / "semantics"
        return BOOKS / "lianyungang-2019" if rule in PUBLISHED_LEADS else self.root

    def submit(self, period: str, organization: str, figures: Mapping[str, str], name: str | None = None) -> Path:
        """Write one organization's file; a figure is the YAML text that would stand behind its indicator."""
        folder = self.folder / period
        folder.mkdir(exist_ok=True)
        path = folder / f"{name or organization}.yaml"
        written = [f"  {key}: {text}" for key, text in figures.items()]
        lines = [f"organization: {organization}", "figures:" if written else "figures: {}", *written]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def inspect(self, period: str, organization: str, indicator: str, value: str) -> None:
        """Write down what was established on site."""
        text = (
            f"inspections:\n- organization: {organization}\n  indicator: {indicator}\n  value: {value}\n"
            "  document: 督查記錄\n  date: 2025-07-08\n"
        )
        (self.folder / period).mkdir(exist_ok=True)
        (self.folder / period / "inspections.yaml").write_text(text, encoding="utf-8")

    def check(self, path: str | Path, *options: str | Path, book: Path | None = None, lang: str = "en") -> Checked:
        ran = self.run_cli(
            "check", self.folder / path, "--book", book or self.root, "--format", "json", "--lang", lang, *options
        )
        return Checked(ran.exit_code, json.loads(ran.stdout))

    def judge(
        self,
        rule: str,
        figure: str | None,
        period: str = "2025Q2",
        *,
        organization: str | None = None,
        indicator: str | None = None,
        beside: Mapping[str, str] | None = None,
        lang: str = "en",
        options: tuple[str, ...] = (),
    ) -> Row:
        """The verdict of one rule on one figure of its lead, or of the organization named."""
        body = organization or {**CITY_LEADS, **DETAIL_LEADS, **PUBLISHED_LEADS}[rule]
        figures = {**({indicator or rule: figure} if figure is not None else {}), **(beside or {})}
        self.submit(period, body, figures)
        checked = self.check(period, "--rule", rule, "--org", body, *options, book=self.book_of(rule), lang=lang)
        return checked.row(rule, body)

    def changed_book(self, *changes: tuple[str, str, str]) -> Path:
        """A copy of the book of details in which (file, old text, new text) were exchanged; no old text: a new file."""
        copy = self.folder / "book"
        if not copy.exists():
            shutil.copytree(BOOKS / "semantics", copy, ignore=shutil.ignore_patterns("submissions"))
        for name, old, new in changes:
            path = copy / name
            text = path.read_text(encoding="utf-8") if old else ""
            assert old in text, f"{name} has no {old}"
            path.write_text(text.replace(old, new) if old else new, encoding="utf-8")
        self.books.update(dict.fromkeys(DETAIL_LEADS, copy))
        return copy


def without_notes(sentence: str) -> str:
    """A sentence in Chinese without the notes that stand behind it in brackets."""
    return sentence.partition("（")[0]


@pytest.fixture
def desk(run_cli: RunCli, tmp_path: Path, repo: Path) -> Desk:
    return Desk(run_cli, tmp_path, repo)


# --- the worked examples -------------------------------------------------------------------------------------------

# None is "not printed there": it is not compared. Notes are compared as a whole, so what is not printed is absent.
WORKED = [
    # rule, period, figure, gap, unit of the gap, verdict, progress, notes
    ("gdp-growth", "2025Q2", "6.1 %", "-0.9", POINTS, "at-risk", None, []),
    ("gdp-growth", "2025Q2", "5.9 %", "-1.1", POINTS, "fail", None, []),
    ("gdp-growth", "2025Q4", "6.99 %", "-0.01", POINTS, "fail", None, []),
    ("gdp-growth", "2025Q2", "7.0 %", "0", POINTS, "pass", None, ["depends-on-rounding"]),
    ("net-new-enterprises", "2025Q2", "111 家", "0", POINTS, "pass", "on-pace", []),
    ("net-new-enterprises", "2025Q2", "110 家", "-0.45", POINTS, "at-risk", None, []),
    ("net-new-enterprises", "2025Q2", "88 家", "-10.36", POINTS, "fail", None, []),
    ("net-new-enterprises", "2025Q3", "225 家", "26.35", POINTS, "pass", "completed", ["can-fall-back"]),
    ("renovated-communities", "2025Q4", "154 個", "-0.65", POINTS, "fail", None, []),
    ("registered-unemployment-rate", "2025Q2", "3.0 %", "0", POINTS, "pass", None, ["depends-on-rounding"]),
    ("registered-unemployment-rate", "2025Q2", "3.31 %", "-0.31", POINTS, "at-risk", None, []),
    ("consumer-price-rise", "2025Q2", "0.4 %", "1.6", POINTS, "pass", None, []),
    ("enterprises-in-total", "2025Q4", "1200 家", None, None, "fail", None, []),
    ("farmland-area", "2025Q1", "244.43 萬畝", "-0.01", "萬畝", "fail", None, []),
    ("high-standard-farmland", "2025Q2", "39000 畝", "0", POINTS, "pass", None, []),
    ("foreign-capital-used", "2019Q3", "3.73 億美元", "-21.71", POINTS, "fail", None, []),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "period", "figure", "gap", "gap_unit", "verdict", "progress", "notes"), WORKED)
def test_worked_example(
    desk: Desk,
    rule: str,
    period: str,
    figure: str,
    gap: str | None,
    gap_unit: str | None,
    verdict: str,
    progress: str | None,
    notes: list[str],
) -> None:
    row = desk.judge(rule, figure, period)
    expected: Row = {"verdict": verdict, "notes": notes}
    expected |= {"gap": gap, "gap_unit": gap_unit} if gap else {}
    expected |= {"progress": progress} if progress else {}
    assert expected == {key: row[key] for key in expected}


def test_sixteen_examples_are_worked() -> None:
    assert len(WORKED) == 16


def test_foreign_capital_fails_by_the_band_of_ten_points(desk: Desk) -> None:
    # 65.0 % of 7.00 is 4.55: ten points behind the 75 % that are due.
    assert desk.judge("foreign-capital-used", "4.55 億美元", "2019Q3")["verdict"] == "at-risk"


# --- two questions, kept apart -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "asked"), [("2025Q2", "低於序時進度10.4個百分點"), ("2025Q4", "低於目標60.4個百分點")]
)
def test_verdict_says_whether_pace_or_promise_was_asked(desk: Desk, period: str, asked: str) -> None:
    row = desk.judge("net-new-enterprises", "88 家", period, lang="zh-Hant")
    assert without_notes(row["sentence"]).endswith(asked)


# --- kinds ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("2025Q1", "55.5"),
        ("2025Q2", "111"),
        ("2025Q3", "166.5"),
        ("2025Q4", "222"),
        ("2025-01", "18.5"),
        ("2025", "222"),
    ],
)
def test_total_is_due_by_its_share_of_the_year(desk: Desk, period: str, due: str) -> None:
    assert due == desk.judge("net-new-enterprises", "1 家", period)["due"]


def test_total_gap_is_completion_less_time_share(desk: Desk) -> None:
    row = desk.judge("promotion-events", "27 場")
    assert (row["gap"], row["gap_unit"]) == ("4", POINTS)


def test_ceiling_on_a_total_has_its_gap_the_other_way_round(desk: Desk) -> None:
    row = desk.judge("total-ceiling", "57 萬噸標準煤")
    assert (row["verdict"], row["gap"], row["due"]) == ("pass", "2.5", "60")


def test_ceiling_on_a_total_at_the_full_target_is_judged_by_pace(desk: Desk) -> None:
    # 120 of 120 in November: 8.33 points above the pace, and the target itself is not passed.
    assert desk.judge("total-ceiling", "120 萬噸標準煤", "2025-11")["verdict"] == "at-risk"


def test_ceiling_on_a_total_fails_above_the_full_target_in_any_period(desk: Desk) -> None:
    row = desk.judge("total-ceiling", "120.001 萬噸標準煤", "2025-11")
    assert (row["verdict"], row["gap"]) == ("fail", "-8.33")


def test_level_is_due_by_its_share_of_the_way_from_the_baseline(desk: Desk) -> None:
    row = desk.judge("offshore-park-enterprises", "{value: 81 家, baseline: 62 家}")
    assert (row["due"], row["gap"], row["gap_unit"], row["verdict"]) == ("81", "0", POINTS, "pass")


def test_level_gap_is_the_way_gone_less_time_share(desk: Desk) -> None:
    # (80 − 62) ÷ (100 − 62) − 1/2
    assert desk.judge("offshore-park-enterprises", "{value: 80 家, baseline: 62 家}")["gap"] == "-2.63"


def test_falling_level_uses_the_same_formula(desk: Desk) -> None:
    row = desk.judge("level-falling", "{value: 52 萬平方米, baseline: 60 萬平方米}")
    assert (row["due"], row["gap"], row["gap_unit"]) == ("50", "-10", POINTS)


@pytest.mark.parametrize("period", ["2025Q1", "2025Q2", "2025-11", "2025Q4"])
def test_rate_is_due_whole_in_every_period(desk: Desk, period: str) -> None:
    row = desk.judge("gdp-growth", "6.1 %", period)
    assert (row["due"], row["gap"], row["gap_unit"]) == ("7", "-0.9", POINTS)


def test_ceiling_on_a_rate_has_target_less_actual_as_gap(desk: Desk) -> None:
    assert desk.judge("registered-unemployment-rate", "2.74 %")["gap"] == "0.26"


def test_gap_of_a_rate_without_per_cent_is_in_its_own_unit(desk: Desk) -> None:
    row = desk.judge("rate-own-unit", "11.6 件")
    assert (row["gap"], row["gap_unit"]) == ("-0.4", "件")


def test_always_is_due_whole_and_its_gap_is_the_headroom(desk: Desk) -> None:
    row = desk.judge("always-warning", "52.5 萬噸", "2025Q1")
    assert (row["due"], row["gap"], row["gap_unit"], row["verdict"]) == ("50", "2.5", "萬噸", "pass")


def test_milestone_gap_counts_finished_less_planned_stages(desk: Desk) -> None:
    row = desk.judge("milestone", "{stage: 裝修完成}")
    assert (row["due"], row["gap"], row["gap_unit"]) == ("2", "1", "stage")


def test_coverage_to_date_is_due_whole(desk: Desk) -> None:
    row = desk.judge("coverage-to-date", "{done: 980 人, eligible: 1000 人}", "2025Q1")
    assert (row["due"], row["gap"], row["gap_unit"]) == ("100", "-2", POINTS)


def test_coverage_of_a_fixed_list_is_due_by_its_share_of_the_year(desk: Desk) -> None:
    row = desk.judge("coverage-fixed-list", "{done: 55 所, eligible: 110 所}")
    assert (row["due"], row["gap"]) == ("50", "0")


def test_each_is_due_for_every_member_and_the_gap_is_the_worst_members(desk: Desk) -> None:
    row = desk.judge("each-total", "{members: {北園: 6 家, 中園: 5 家, 南園: 4 家}}")
    assert (row["due"], row["gap"], row["gap_unit"]) == ("5", "-10", POINTS)


@pytest.mark.parametrize(
    ("figure", "gap", "verdict"),
    [("6.3 %", "0.1", "pass"), ("5.7 %", "-0.5", "pass"), ("5.6 %", "-0.6", "at-risk"), ("5.1 %", "-1.1", "fail")],
)
def test_relative_compares_with_the_partner_less_tolerance(desk: Desk, figure: str, gap: str, verdict: str) -> None:
    row = desk.judge("relative", figure, beside={"same-rate": "6.2 %"})
    assert ("6.2", gap, POINTS, verdict) == (row["due"], row["gap"], row["gap_unit"], row["verdict"])


def test_incomes_are_in_step_when_they_equal_the_growth_of_the_gross_product(desk: Desk) -> None:
    figures = {"gdp-growth": "6.9 %"}
    row = desk.judge("urban-income-in-step", "6.9 %", indicator="urban-income-growth", beside=figures)
    assert (row["verdict"], row["gap"]) == ("pass", "0")


def test_external_is_judged_as_its_inner_kind_once_the_number_is_entered(desk: Desk) -> None:
    row = desk.judge("external-set", "84.5 %")
    assert (row["kind"], row["target_value"], row["gap"], row["verdict"]) == ("external", "85", "-0.5", "at-risk")


# --- details that decide cases: time -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "share"),
    [("2025Q1", "25.0"), ("2025Q2", "50.0"), ("2025Q3", "75.0"), ("2025-11", "91.7"), ("2025-02", "16.7")],
)
def test_time_share_is_exact_and_printed_to_a_tenth(desk: Desk, period: str, share: str) -> None:
    row = desk.judge("net-new-enterprises", "0 家", period, lang="zh-Hant")
    assert without_notes(row["sentence"]).endswith(f"低於序時進度{share}個百分點")


def test_elevenths_of_a_year_are_not_rounded_before_comparing(desk: Desk) -> None:
    # 222 × 11/12 is 203.5: with 91.7 % instead, 203.5 … 203.574 would be on pace wrongly or short wrongly.
    assert desk.judge("high-standard-farmland", "7.15 萬畝", "2025-11")["gap"] == "0"


@pytest.mark.parametrize(
    ("period", "due"), [("2025Q1", "0"), ("2025Q2", "40"), ("2025Q3", "120"), ("2025Q4", "200"), ("2025-05", "0")]
)
def test_own_pace_by_periods_replaces_the_time_share(desk: Desk, period: str, due: str) -> None:
    assert due == desk.judge("pace-by-periods", "44 萬噸", period)["due"]


@pytest.mark.parametrize(
    ("period", "due"), [("2025-03", "0"), ("2025-04", "300"), ("2025Q3", "300"), ("2025Q4", "500")]
)
def test_own_pace_by_dates_replaces_the_time_share(desk: Desk, period: str, due: str) -> None:
    assert due == desk.judge("pace-by-dates", "240 公里", period)["due"]


@pytest.mark.parametrize(
    "pace",
    [
        "{2025Q1: -1 %, 2025Q4: 100 %}",
        "{2025Q1: 60 %, 2025Q2: 40 %, 2025Q4: 100 %}",
        "{2025Q1: 25 %, 2025Q4: 99 %}",
        "{2025Q1: 25 %, 2025Q4: 101 %}",
    ],
)
def test_pace_that_is_negative_or_falls_or_does_not_end_at_the_whole_is_refused(desk: Desk, pace: str) -> None:
    sound = "{2025Q1: 0 %, 2025Q2: 20 %, 2025Q3: 60 %, 2025Q4: 100 %}"
    book = desk.changed_book(("rules/004-pace-by-periods.yaml", sound, pace))
    desk.submit("2025Q2", "丙局", {"pace-by-periods": "44 萬噸"})
    checked = desk.check("2025Q2", book=book)
    assert (checked.finding("pace-broken")["code"], checked.exit_code) == ("pace-broken", 3)


@pytest.mark.parametrize("period", ["2025Q1", "2025Q2", "2025Q3", "2025-11"])
def test_annual_target_is_not_due_before_its_period(desk: Desk, period: str) -> None:
    row = desk.judge("annual-only", None, period)
    assert (row["verdict"], row["reason"]) == ("undecided", "not-due")


def test_annual_target_is_judged_in_its_period(desk: Desk) -> None:
    assert desk.judge("annual-only", "89.9 %", "2025Q4")["verdict"] == "fail"


def test_figure_for_what_is_not_due_stays_visible(desk: Desk) -> None:
    row = desk.judge("village-income", "64.0 %")
    assert (row["verdict"], row["reason"], row["submitted"]) == ("undecided", "not-due", "64.0 %")


# --- details that decide cases: totals -----------------------------------------------------------------------------


def test_net_total_may_fall(desk: Desk) -> None:
    desk.submit("2025Q1", "市經信局", {"net-new-enterprises": "58 家"})
    desk.submit("2025Q2", "市經信局", {"net-new-enterprises": "57 家"})
    assert "year-to-date-falls" not in desk.check("2025Q2").codes


def test_net_total_may_be_negative(desk: Desk) -> None:
    row = desk.judge("net-new-enterprises", "-3 家")
    assert (row["gap"], row["verdict"]) == ("-51.35", "fail")


def test_total_that_is_not_net_may_not_be_negative(desk: Desk) -> None:
    row = desk.judge("promotion-events", "-3 場")
    assert (row["verdict"], row["reason"], row["notes"]) == ("undecided", "unusable", ["finding:negative-figure"])


def test_parts_of_one_promised_number_are_summed_and_the_double_count_noted(desk: Desk, repo: Path) -> None:
    parts = "{parts: {世界500强: 1 个, 中国500强: 0 个, 上市公司或行业龙头: 1 个}}"
    desk.submit("2021Q2", "咸宁市人民政府", {"top-company-projects": parts})
    checked = desk.check("2021Q2", book=repo / "examples" / "xianning-2021")
    row = checked.row("top-company-projects", "咸宁市人民政府")
    assert (row["actual"], row["gap"], row["notes"]) == ("2", "16.67", ["parts-summed"])


def test_total_that_must_be_positive_is_refused_at_zero(desk: Desk) -> None:
    book = desk.changed_book(("rules/029-joint.yaml", "threshold: 40 次", "threshold: 0 次"))
    desk.submit("2025Q2", "甲局", {"joint": "1 次"})
    assert "threshold-not-positive" in desk.check("2025Q2", book=book).codes


# --- details that decide cases: levels -----------------------------------------------------------------------------


def test_level_without_baseline_is_undecided_with_its_gap_in_its_own_unit(desk: Desk) -> None:
    row = desk.judge("level-strict", "9.8 萬戶")
    assert (row["verdict"], row["reason"]) == ("undecided", "no-baseline")
    assert (row["gap"], row["gap_unit"]) == ("-0.2", "萬戶")


def test_level_without_baseline_passes_where_the_full_target_is_met(desk: Desk) -> None:
    row = desk.judge("level-strict", "10.2 萬戶")
    assert (row["verdict"], row["gap"], row["gap_unit"]) == ("pass", "0.2", "萬戶")


def test_level_without_baseline_does_not_meet_a_strict_target_by_equality(desk: Desk) -> None:
    assert desk.judge("level-strict", "10 萬戶")["reason"] == "no-baseline"


@pytest.mark.parametrize(("figure", "verdict"), [("9.999 萬戶", "fail"), ("10 萬戶", "fail"), ("10.001 萬戶", "pass")])
def test_level_without_baseline_is_decided_at_the_years_end(desk: Desk, figure: str, verdict: str) -> None:
    assert verdict == desk.judge("level-strict", figure, "2025Q4")["verdict"]


@pytest.mark.parametrize("period", ["2025Q1", "2025Q2", "2025Q4"])
def test_baseline_that_meets_the_target_makes_the_whole_due(desk: Desk, period: str) -> None:
    row = desk.judge("level-falling", "{value: 39 萬平方米, baseline: 38 萬平方米}", period)
    assert (row["verdict"], row["due"], row["gap"], row["gap_unit"]) == ("pass", "40", "1", "萬平方米")


def test_level_that_lost_what_its_baseline_had_fails(desk: Desk) -> None:
    row = desk.judge("level-falling", "{value: 40.5 萬平方米, baseline: 40 萬平方米}", "2025Q1")
    assert (row["verdict"], row["gap"], row["gap_unit"]) == ("fail", "-0.5", "萬平方米")


def test_baseline_of_an_earlier_period_is_used(desk: Desk) -> None:
    desk.submit("2025Q1", "市科技局", {"offshore-park-enterprises": "{value: 70 家, baseline: 62 家}"})
    assert desk.judge("offshore-park-enterprises", "81 家")["gap"] == "0"


def test_last_years_end_is_the_baseline_where_none_is_stated(desk: Desk) -> None:
    desk.submit("2024Q4", "市科技局", {"offshore-park-enterprises": "62 家"})
    assert desk.judge("offshore-park-enterprises", "81 家")["gap"] == "0"


# --- details that decide cases: rates ------------------------------------------------------------------------------


def test_rate_in_another_unit_has_no_band_of_one_point(desk: Desk) -> None:
    desk.changed_book(
        ("rules/012-rate-own-unit.yaml", "  bands: [{at_least: 0, verdict: pass}, {at_least: -0.5, verdict: at-risk}, "
         "{verdict: fail}]\n", ""),
    )  # fmt: skip
    assert desk.judge("rate-own-unit", "11.9 件")["verdict"] == "fail"


@pytest.mark.parametrize(("figure", "verdict"), [("12 件", "pass"), ("11.5 件", "at-risk"), ("11.4 件", "fail")])
def test_rate_in_another_unit_states_its_own_band(desk: Desk, figure: str, verdict: str) -> None:
    assert verdict == desk.judge("rate-own-unit", figure)["verdict"]


@pytest.mark.parametrize(("figure", "gap", "verdict"), [("3.2 %", "0.2", "pass"), ("2.4 %", "-0.6", "at-risk")])
def test_reduction_is_reported_as_its_size(desk: Desk, figure: str, gap: str, verdict: str) -> None:
    row = desk.judge("reduction", figure)
    assert (gap, verdict) == (row["gap"], row["verdict"])


# --- details that decide cases: lines that always hold -------------------------------------------------------------


def test_line_without_a_warning_band_passes_at_no_headroom(desk: Desk) -> None:
    row = desk.judge("farmland-area", "244.44 萬畝", "2025Q1")
    assert (row["verdict"], row["gap"], row["progress"]) == ("pass", "0", None)


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [("52 萬噸", "pass"), ("51.99 萬噸", "at-risk"), ("50 萬噸", "at-risk"), ("49.99 萬噸", "fail")],
)
def test_line_with_a_warning_band_warns_inside_it(desk: Desk, figure: str, verdict: str) -> None:
    assert verdict == desk.judge("always-warning", figure)["verdict"]


def test_breach_stays_for_the_rest_of_the_year(desk: Desk) -> None:
    desk.submit("2025Q1", "市資建局", {"farmland-area": "244.43 萬畝"})
    row = desk.judge("farmland-area", "244.45 萬畝", "2025Q3")
    assert (row["verdict"], row["notes"]) == ("fail", ["breached-in:2025Q1"])


def test_breach_names_the_first_period(desk: Desk) -> None:
    desk.submit("2025Q1", "市資建局", {"farmland-area": "244.43 萬畝"})
    desk.submit("2025Q2", "市資建局", {"farmland-area": "244.42 萬畝"})
    assert desk.judge("farmland-area", "244.45 萬畝", "2025Q3")["notes"] == ["breached-in:2025Q1"]


def test_breach_stays_where_nothing_came_in_later(desk: Desk) -> None:
    desk.submit("2025Q1", "市資建局", {"farmland-area": "244.43 萬畝"})
    row = desk.judge("farmland-area", None)
    assert (row["verdict"], row["notes"]) == ("fail", ["breached-in:2025Q1"])


def test_breach_of_last_year_is_over(desk: Desk) -> None:
    desk.submit("2024Q4", "市資建局", {"farmland-area": "244.43 萬畝"})
    assert desk.judge("farmland-area", "244.45 萬畝", "2025Q1")["verdict"] == "pass"


def test_warning_of_an_earlier_period_is_over(desk: Desk) -> None:
    desk.submit("2025Q1", "乙局", {"always-warning": "50 萬噸"})
    row = desk.judge("always-warning", "53 萬噸")
    assert (row["verdict"], row["notes"]) == ("pass", [])


@pytest.mark.parametrize("period", ["2025Q1", "2025Q4"])
def test_strict_line_is_breached_by_equality_in_any_period(desk: Desk, period: str) -> None:
    assert desk.judge("always-strict", "175 米", period)["verdict"] == "fail"


def test_strict_line_holds_just_inside(desk: Desk) -> None:
    assert desk.judge("always-strict", "174.99 米")["verdict"] == "pass"


def test_no_accident_is_a_line_at_zero(desk: Desk) -> None:
    assert [desk.judge("serious-accidents", figure)["verdict"] for figure in ("0 起", "1 起")] == ["pass", "fail"]


# --- details that decide cases: milestones -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "verdict", "progress"),
    [
        ("未開始", "fail", "behind"),
        ("開工", "at-risk", "behind"),
        ("主體封頂", "pass", "on-pace"),
        ("裝修完成", "pass", "ahead"),
        ("建成", "pass", "completed"),
    ],
)
def test_milestone_one_stage_behind_is_at_risk_and_more_fails(
    desk: Desk, stage: str, verdict: str, progress: str
) -> None:
    row = desk.judge("milestone", f"{{stage: {stage}}}")
    assert (verdict, progress) == (row["verdict"], row["progress"])


def test_milestone_unfinished_at_the_years_end_fails(desk: Desk) -> None:
    row = desk.judge("milestone", "{stage: 裝修完成}", "2025Q4")
    assert (row["verdict"], row["gap"]) == ("fail", "-1")


def test_milestone_is_not_due_before_its_first_planned_stage(desk: Desk) -> None:
    row = desk.judge("gas-pipeline", "{stage: 線路焊接完成}", "2025Q1")
    assert (row["verdict"], row["reason"]) == ("undecided", "not-due")


def test_milestone_without_a_report_is_missing_once_a_stage_is_due(desk: Desk) -> None:
    row = desk.judge("gas-pipeline", None)
    assert (row["verdict"], row["reason"]) == ("undecided", "missing")


# --- details that decide cases: coverage ---------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["coverage-to-date", "coverage-fixed-list"])
def test_coverage_with_nobody_eligible_passes_with_a_note(desk: Desk, rule: str) -> None:
    unit = "人" if rule == "coverage-to-date" else "所"
    row = desk.judge(rule, f"{{done: 0 {unit}, eligible: 0 {unit}}}")
    assert (row["verdict"], row["notes"]) == ("pass", ["nothing-eligible"])


def test_coverage_with_more_done_than_eligible_is_unusable(desk: Desk) -> None:
    row = desk.judge("coverage-to-date", "{done: 1001 人, eligible: 1000 人}")
    assert (row["verdict"], row["reason"], row["notes"]) == ("undecided", "unusable", ["finding:parts-impossible"])


@pytest.mark.parametrize(
    ("done", "verdict"), [("1000", "pass"), ("999", "at-risk"), ("900", "at-risk"), ("899", "fail")]
)
def test_coverage_to_date_falls_short_by_one(desk: Desk, done: str, verdict: str) -> None:
    assert verdict == desk.judge("coverage-to-date", f"{{done: {done} 人, eligible: 1000 人}}")["verdict"]


# --- details that decide cases: every member of a list -------------------------------------------------------------


def test_each_fails_with_one_member_that_fails(desk: Desk) -> None:
    row = desk.judge("each-total", "{members: {北園: 6 家, 中園: 4 家, 南園: 3 家}}")
    assert (row["verdict"], row["short_members"]) == ("fail", ["中園", "南園"])


def test_each_fails_even_where_another_member_is_missing(desk: Desk) -> None:
    row = desk.judge("each-total", "{members: {北園: 3 家}}")
    assert (row["verdict"], row["short_members"], row["missing_members"]) == ("fail", ["北園"], ["中園", "南園"])


def test_each_without_a_failing_member_is_missing_where_one_is(desk: Desk) -> None:
    row = desk.judge("each-total", "{members: {北園: 4 家, 中園: 6 家}}")
    assert (row["verdict"], row["reason"], row["missing_members"]) == ("undecided", "missing", ["南園"])


def test_each_is_the_worst_member_otherwise(desk: Desk) -> None:
    row = desk.judge("each-total", "{members: {北園: 10 家, 中園: 4 家, 南園: 5 家}}")
    assert (row["verdict"], row["actual"], row["short_members"]) == ("at-risk", "4", ["中園"])


def test_each_passes_only_where_all_do(desk: Desk) -> None:
    row = desk.judge("each-total", "{members: {北園: 10 家, 中園: 6 家, 南園: 5 家}}")
    assert (row["verdict"], row["progress"], row["short_members"]) == ("pass", "on-pace", [])


def test_each_holds_coverage_for_every_member(desk: Desk) -> None:
    done = "{done: 10 家, eligible: 20 家}"
    row = desk.judge(
        "each-coverage", f"{{members: {{鋼鐵: {done}, 紡織: {done}, 食品: {{done: 9 家, eligible: 20 家}}}}}}"
    )
    assert (row["verdict"], row["gap"], row["short_members"]) == ("at-risk", "-5", ["食品"])


def test_missing_member_is_named_in_a_warning(desk: Desk) -> None:
    desk.submit("2025Q2", "甲局", {"each-total": "{members: {北園: 6 家, 中園: 6 家}}"})
    finding = desk.check("2025Q2", book=BOOKS / "semantics").finding("member-missing")
    assert finding["severity"] == "warning"
    assert "南園" in finding["message"]


# --- details that decide cases: relative and external --------------------------------------------------------------


def test_missing_partner_is_named(desk: Desk) -> None:
    row = desk.judge("relative", "6.0 %")
    assert (row["verdict"], row["reason"], row["notes"]) == ("undecided", "missing", ["partner-missing:same-rate"])


def test_partner_is_a_figure_of_the_same_body(desk: Desk) -> None:
    desk.submit("2025Q2", "東縣", {"same-rate": "5.0 %"})
    assert desk.judge("relative", "6.0 %")["reason"] == "missing"


def test_partner_is_a_figure_of_the_same_period(desk: Desk) -> None:
    desk.submit("2025Q1", "甲局", {"same-rate": "5.0 %"})
    assert desk.judge("relative", "6.0 %")["reason"] == "missing"


def test_external_awaits_its_target_before_the_documents_date(desk: Desk) -> None:
    row = desk.judge("external-set", "86.1 %", "2025-02")
    assert (row["verdict"], row["reason"]) == ("undecided", "awaiting-target")


# --- direction and softness ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "kept", "broken"),
    [
        ("retrofitted-lifts", "200 部", "199 部"),
        ("gdp-growth", "7.00 %", "6.99 %"),
        ("enterprises-in-total", "1201 家", "1200 家"),
        ("matching-success", "80.01 %", "80 %"),
        ("registered-unemployment-rate", "3 %", "3.01 %"),
        ("rate-strict-ceiling", "1.99 %", "2 %"),
        ("total-ceiling", "120 萬噸標準煤", "120.01 萬噸標準煤"),
        ("total-strict-ceiling", "59 件", "60 件"),
    ],
)
def test_direction_decides_at_its_edge(desk: Desk, rule: str, kept: str, broken: str) -> None:
    assert [desk.judge(rule, figure, "2025Q4")["verdict"] for figure in (kept, broken)] == ["pass", "fail"]


@pytest.mark.parametrize(
    ("figure", "verdict"), [("4.5 %", "pass"), ("4.49 %", "at-risk"), ("3.49 %", "fail"), ("5.6 %", "pass")]
)
def test_range_is_due_at_its_lower_bound(desk: Desk, figure: str, verdict: str) -> None:
    assert verdict == desk.judge("range-floor", figure)["verdict"]


@pytest.mark.parametrize(
    ("figure", "verdict"), [("2.5 %", "pass"), ("2.51 %", "at-risk"), ("3.51 %", "fail"), ("0.9 %", "pass")]
)
def test_range_that_is_held_down_is_due_at_its_upper_bound(desk: Desk, figure: str, verdict: str) -> None:
    assert verdict == desk.judge("range-ceiling", figure)["verdict"]


def test_other_end_of_a_range_is_recorded(desk: Desk) -> None:
    ran = desk.run_cli(
        "obligations", "2025Q2", "--book", BOOKS / "semantics", "--format", "json", "--rule", "range-floor"
    )
    (row,) = json.loads(ran.stdout)["obligations"]
    assert (row["target_value"], row["upper"], row["comparator"]) == ("4.5", "5", "between")


@pytest.mark.parametrize("figure", ["1.1 %", "-0.3 %", "2.1 %", "2.5 %"])
def test_soft_ceiling_is_met_below_it_and_within_its_tolerance(desk: Desk, figure: str) -> None:
    assert desk.judge("consumer-price-rise", figure)["verdict"] == "pass"


@pytest.mark.parametrize(("figure", "verdict"), [("2.51 %", "at-risk"), ("3 %", "at-risk"), ("3.01 %", "fail")])
def test_soft_ceiling_is_missed_beyond_its_tolerance(desk: Desk, figure: str, verdict: str) -> None:
    assert verdict == desk.judge("consumer-price-rise", figure)["verdict"]


@pytest.mark.parametrize(("figure", "verdict"), [("82 %", "pass"), ("70 %", "pass"), ("69.9 %", "fail")])
def test_soft_floor_is_met_above_it_and_within_its_tolerance(desk: Desk, figure: str, verdict: str) -> None:
    assert verdict == desk.judge("same-year-start-rate", figure)["verdict"]


@pytest.mark.parametrize(("figure", "verdict"), [("47 萬株", "pass"), ("46.9 萬株", "at-risk"), ("39.9 萬株", "fail")])
def test_tolerance_of_a_soft_total_is_in_points(desk: Desk, figure: str, verdict: str) -> None:
    assert verdict == desk.judge("total-soft", figure)["verdict"]


@pytest.mark.parametrize(("figure", "verdict"), [("2.5 %", "pass"), ("2.51 %", "fail")])
def test_soft_promise_is_kept_within_its_tolerance_at_the_years_end(desk: Desk, figure: str, verdict: str) -> None:
    assert verdict == desk.judge("consumer-price-rise", figure, "2025Q4")["verdict"]


def test_soft_rule_must_declare_its_tolerance(desk: Desk) -> None:
    book = desk.changed_book(("rules/003-total-soft.yaml", "  tolerance: 3 個百分點\n", ""))
    desk.submit("2025Q2", "乙局", {"total-soft": "48 萬株"})
    checked = desk.check("2025Q2", book=book)
    assert "tolerance-missing" in checked.codes
    assert checked.exit_code == 3


def test_striving_is_recorded_and_loosens_nothing(desk: Desk) -> None:
    ran = desk.run_cli("targets", "--format", "json")
    (target,) = [row for row in json.loads(ran.stdout)["targets"] if row["id"] == "technology-smes"]
    assert target["striving"] is True
    assert desk.judge("technology-smes", "1499 家", "2025Q4")["verdict"] == "fail"


def test_price_index_is_read_as_a_rise(desk: Desk) -> None:
    assert desk.judge("consumer-price-rise", "100.4 上年同期=100")["actual"] == "0.4"


@pytest.mark.parametrize(
    ("written", "actual"),
    [("１３１家", "131"), ("1,131 家", "1131"), ("一百一十一家", "111"), ("131家", "131"), ('"131 家"', "131")],
)
def test_figure_is_read_in_the_forms_of_chinese_offices(desk: Desk, written: str, actual: str) -> None:
    assert actual == desk.judge("net-new-enterprises", written)["actual"]


def test_full_width_per_cent_is_read(desk: Desk) -> None:
    assert desk.judge("gdp-growth", "６．１％")["gap"] == "-0.9"


# --- verdicts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "on_pace"),
    [
        ("net-new-enterprises", "111 家"),
        ("total-ceiling", "60 萬噸標準煤"),
        ("total-strict-ceiling", "30 件"),
        ("gdp-growth", "7 %"),
        ("matching-success", "80 %"),
        ("rate-strict-ceiling", "2.0 %"),
        ("enterprises-in-total", "{value: 1100 家, baseline: 1000 家}"),
        ("level-falling", "{value: 50 萬平方米, baseline: 60 萬平方米}"),
        ("coverage-fixed-list", "{done: 55 所, eligible: 110 所}"),
    ],
)
def test_equality_is_on_pace_during_the_year_even_for_strict_words(desk: Desk, rule: str, on_pace: str) -> None:
    row = desk.judge(rule, on_pace)
    assert (row["verdict"], row["gap"]) == ("pass", "0")


@pytest.mark.parametrize(
    ("rule", "inside", "beyond"),
    [
        ("road-kilometres", "240 公里", "239.999 公里"),
        ("total-ceiling", "72 萬噸標準煤", "72.001 萬噸標準煤"),
        ("gdp-growth", "6.00 %", "5.99 %"),
        ("registered-unemployment-rate", "4.00 %", "4.01 %"),
        ("offshore-park-enterprises", "{value: 70 家, baseline: 50 家}", "{value: 69.99 家, baseline: 50 家}"),
        (
            "level-falling",
            "{value: 52 萬平方米, baseline: 60 萬平方米}",
            "{value: 52.001 萬平方米, baseline: 60 萬平方米}",
        ),
        ("coverage-fixed-list", "{done: 44 所, eligible: 110 所}", "{done: 43 所, eligible: 110 所}"),
    ],
)
def test_default_band_is_ten_points_for_paced_kinds_and_one_for_rates(
    desk: Desk, rule: str, inside: str, beyond: str
) -> None:
    assert (desk.judge(rule, inside)["verdict"], desk.judge(rule, beyond)["verdict"]) == ("at-risk", "fail")


@pytest.mark.parametrize(
    ("rule", "short"),
    [
        ("net-new-enterprises", "221 家"),
        ("total-ceiling", "120.1 萬噸標準煤"),
        ("gdp-growth", "6.9 %"),
        ("rate-own-unit", "11.9 件"),
        ("enterprises-in-total", "{value: 1199 家, baseline: 1000 家}"),
        ("milestone", "{stage: 裝修完成}"),
        ("coverage-to-date", "{done: 999 人, eligible: 1000 人}"),
        ("each-total", "{members: {北園: 10 家, 中園: 9 家, 南園: 10 家}}"),
        ("external-set", "84.9 %"),
    ],
)
def test_promise_missed_by_however_little_fails_at_the_years_end(desk: Desk, rule: str, short: str) -> None:
    assert desk.judge(rule, short, "2025Q4")["verdict"] == "fail"


def test_line_inside_its_warning_band_is_not_at_risk_at_the_years_end(desk: Desk) -> None:
    assert desk.judge("always-warning", "50.5 萬噸", "2025Q4")["verdict"] == "pass"


def test_band_is_the_books_policy(desk: Desk) -> None:
    ladder = "[{at_least: 0, verdict: pass}, {at_least: -30, verdict: at-risk}, {verdict: fail}]"
    desk.changed_book(("policy.yaml", "", f"bands:\n  paced: {ladder}\n"))
    verdicts = [desk.judge("joint", figure, organization="甲局")["verdict"] for figure in ("8 次", "7 次")]
    assert verdicts == ["at-risk", "fail"]


def test_band_of_one_rule_goes_before_the_books(desk: Desk) -> None:
    ladder = "[{at_least: 0, verdict: pass}, {at_least: -1, verdict: at-risk}, {verdict: fail}]"
    desk.changed_book(("rules/029-joint.yaml", "  threshold: 40 次\n", f"  threshold: 40 次\n  bands: {ladder}\n"))
    assert desk.judge("joint", "19 次")["verdict"] == "fail"


@pytest.mark.parametrize(
    "ladder",
    [
        "[{at_least: 0, verdict: pass}, {at_least: -10, verdict: at-risk}]",
        "[{at_least: 0, verdict: pass}, {at_least: 5, verdict: at-risk}, {verdict: fail}]",
        "[{at_least: 0, verdict: at-risk}, {at_least: -10, verdict: pass}, {verdict: fail}]",
        "[{at_least: 0, verdict: pass}, {at_least: 0, verdict: at-risk}, {verdict: fail}]",
        "[{at_least: 0, verdict: pass}, {verdict: at-risk}, {verdict: fail}]",
    ],
)
def test_ladder_with_a_gap_an_overlap_or_a_turn_is_refused(desk: Desk, ladder: str) -> None:
    book = desk.changed_book(("policy.yaml", "", f"bands:\n  paced: {ladder}\n"))
    desk.submit("2025Q2", "甲局", {"joint": "19 次"})
    assert "ladder-broken" in desk.check("2025Q2", book=book).codes


# --- progress ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "progress"),
    [
        ("50 場", "completed"),
        ("49 場", "ahead"),
        ("28 場", "ahead"),
        ("27.5 場", "on-pace"),
        ("25 場", "on-pace"),
        ("24 場", "behind"),
    ],
)
def test_progress_class_of_a_total(desk: Desk, figure: str, progress: str) -> None:
    assert progress == desk.judge("promotion-events", figure)["progress"]


@pytest.mark.parametrize(
    ("rule", "figure", "notes"),
    [
        ("promotion-events", "50 場", []),
        ("net-new-enterprises", "222 家", ["can-fall-back"]),
        ("offshore-park-enterprises", "{value: 100 家, baseline: 62 家}", ["can-fall-back"]),
        ("level-falling", "{value: 40 萬平方米, baseline: 60 萬平方米}", ["can-fall-back"]),
        ("milestone", "{stage: 建成}", []),
    ],
)
def test_completed_can_fall_back_only_for_net_totals_and_levels(
    desk: Desk, rule: str, figure: str, notes: list[str]
) -> None:
    row = desk.judge(rule, figure)
    assert ("completed", notes) == (row["progress"], row["notes"])


def test_strict_level_is_not_completed_by_equality(desk: Desk) -> None:
    row = desk.judge("enterprises-in-total", "{value: 1200 家, baseline: 1000 家}")
    assert (row["verdict"], row["progress"]) == ("pass", "ahead")


@pytest.mark.parametrize(
    ("rule", "figure"),
    [("gdp-growth", "9 %"), ("farmland-area", "245 萬畝"), ("coverage-to-date", "{done: 9 人, eligible: 9 人}")],
)
def test_progress_is_null_where_there_is_no_pace(desk: Desk, rule: str, figure: str) -> None:
    row = desk.judge(rule, figure)
    assert (row["verdict"], row["progress"], row["remaining"]) == ("pass", None, None)


def test_margin_of_ahead_is_the_books_policy(desk: Desk) -> None:
    desk.changed_book(("policy.yaml", "", "ahead_margin: 2\n"))
    assert desk.judge("joint", "21 次")["progress"] == "ahead"


def test_progress_goes_with_what_remains_and_what_each_period_must_bring(desk: Desk) -> None:
    row = desk.judge("net-new-enterprises", "131 家")
    assert (row["remaining"], row["remaining_per_period"]) == ("91", "45.5")


def test_what_remains_is_said_where_a_body_is_behind(desk: Desk) -> None:
    sentence = desk.judge("net-new-enterprises", "88 家", lang="zh-Hant")["sentence"]
    assert "尚需134家" in sentence
    assert "每期67家" in sentence


def test_what_remains_of_a_falling_level_is_the_way_down(desk: Desk) -> None:
    row = desk.judge("level-falling", "{value: 52 萬平方米, baseline: 60 萬平方米}", "2025Q3")
    assert (row["remaining"], row["remaining_per_period"]) == ("12", "12")


def test_nothing_remains_of_what_is_completed(desk: Desk) -> None:
    assert desk.judge("net-new-enterprises", "225 家", "2025Q3")["remaining"] == "0"


# --- reasons -------------------------------------------------------------------------------------------------------

REASONS = [
    # reason, rule, figure, organization
    ("missing", "gdp-growth", None, None),
    ("not-due", "village-income", None, None),
    ("awaiting-target", "energy-and-emission-goals", None, None),
    ("no-baseline", "offshore-park-enterprises", "80 家", None),
    ("unusable", "gdp-growth", "6.1", None),
    ("different-measure", "new-pocket-parks", "{value: 200 個, measure: 近年累計}", None),
    ("not-applicable", "renovated-communities", None, "通山縣"),
]


@pytest.mark.parametrize(("reason", "rule", "figure", "organization"), REASONS)
def test_reason_of_undecided(desk: Desk, reason: str, rule: str, figure: str | None, organization: str | None) -> None:
    row = desk.judge(rule, figure, organization=organization)
    assert ("undecided", reason) == (row["verdict"], row["reason"])


def test_every_reason_has_its_own_message(desk: Desk) -> None:
    sentences = set()
    for _, rule, figure, organization in REASONS:
        sentences.add(desk.judge(rule, figure, organization=organization, lang="zh-Hant")["sentence"])
        shutil.rmtree(desk.folder / "2025Q2")
    assert len(sentences) == len(REASONS)


def test_missing_is_not_read_as_zero(desk: Desk) -> None:
    row = desk.judge("net-new-enterprises", None)
    assert (row["actual"], row["gap"], row["progress"]) == (None, None, None)


def test_missing_does_not_count_as_a_failure(desk: Desk) -> None:
    desk.submit("2025Q2", "市應急管理局", {"serious-accidents": "0 起"})
    checked = desk.check("2025Q2", "--org", "市農業農村局")
    assert [row["reason"] for row in checked.rows] == ["missing", "not-due"]
    assert checked.exit_code == 0


def test_unusable_names_the_finding(desk: Desk) -> None:
    assert desk.judge("gdp-growth", "6.1 家")["notes"] == ["finding:unit-mismatch"]


def test_unusable_figure_keeps_what_was_submitted(desk: Desk) -> None:
    row = desk.judge("gdp-growth", "6.1 家")
    assert (row["submitted"], row["actual"]) == ("6.1 家", None)


@pytest.mark.parametrize(
    ("rule", "figure"),
    [
        ("net-new-enterprises", "{value: 131 家, measure: 新增}"),
        ("new-pocket-parks", "{value: 200 個, measure: 近年累計}"),
    ],
)
def test_figure_that_says_it_measures_something_else_is_not_judged(desk: Desk, rule: str, figure: str) -> None:
    assert desk.judge(rule, figure)["reason"] == "different-measure"


def test_figure_that_says_it_measures_what_is_wanted_is_judged(desk: Desk) -> None:
    assert desk.judge("net-new-enterprises", "{value: 131 家, measure: 净增}")["verdict"] == "pass"


def test_not_applicable_is_printed_as_a_dash(desk: Desk) -> None:
    desk.submit("2025Q2", "通山縣", {"gdp-growth": "6 %"})
    ran = desk.run_cli(
        "check", desk.folder / "2025Q2", "--org", "通山縣", "--rule", "renovated-communities", "--format", "table"
    )
    line = next(line for line in ran.stdout.splitlines() if "改造老舊小區數" in line)
    assert re.search(r"改造老舊小區數\s+-\s", line)


# --- exactness -----------------------------------------------------------------------------------------------------


def test_same_number_with_more_decimals_is_the_same_number(desk: Desk) -> None:
    gaps = {desk.judge("gdp-growth", figure)["gap"] for figure in ("7.2 %", "7.20 %", "7.200 %")}
    assert gaps == {"0.2"}


@pytest.mark.parametrize(("figure", "shown"), [("8 %", "8 %"), ("8.0 %", "8.0 %"), ("8.00 %", "8.00 %")])
def test_precision_of_a_figure_is_remembered(desk: Desk, figure: str, shown: str) -> None:
    row = desk.judge("gdp-growth", figure)
    assert row["submitted"] == figure
    assert row["sentence"].startswith(f"{shown}, ")


def test_precision_decides_what_a_figure_stands_for(desk: Desk) -> None:
    notes = [desk.judge("gdp-growth", figure)["notes"] for figure in ("6 %", "6.4 %")]
    assert notes == [["depends-on-rounding"], []]


@pytest.mark.parametrize(("rule", "bare"), [("gdp-growth", "7.2"), ("gdp-growth", "0.07"), ("promotion-events", "27")])
def test_bare_number_is_refused(desk: Desk, rule: str, bare: str) -> None:
    row = desk.judge(rule, bare)
    assert (row["reason"], row["notes"]) == ("unusable", ["finding:unit-missing"])


def test_bare_number_makes_the_answer_incomplete(desk: Desk) -> None:
    desk.submit("2025Q2", "市發改委", {"gdp-growth": "7.2"})
    checked = desk.check("2025Q2", "--fail-on", "never")
    assert (checked.exit_code, checked.document["complete"]) == (3, False)


def test_share_written_as_a_fraction_is_never_mended(desk: Desk) -> None:
    assert desk.judge("gdp-growth", "0.07 %")["actual"] == "0.07"


@pytest.mark.parametrize(
    ("closed", "received", "verdict", "gap"),
    [
        ("19000000", "20000000", "pass", "0"),
        ("18999998", "20000000", "at-risk", "-0.00001"),
        ("19000002", "20000000", "pass", "0.00001"),
    ],
)
def test_rate_from_parts_is_compared_without_a_rounded_quotient(
    desk: Desk, closed: str, received: str, verdict: str, gap: str
) -> None:
    row = desk.judge("rate-from-ratio", f"{{parts: {{closed: {closed} 件, received: {received} 件}}}}")
    assert (verdict, gap) == (row["verdict"], row["gap"])


@pytest.mark.parametrize(("current", "verdict"), [("1.1", "pass"), ("1.09999", "at-risk"), ("1.089", "fail")])
def test_growth_from_parts_is_compared_without_a_rounded_quotient(desk: Desk, current: str, verdict: str) -> None:
    row = desk.judge("rate-from-growth", f"{{parts: {{current: {current} 億元, previous: 1 億元}}}}")
    assert verdict == row["verdict"]


def test_rate_without_an_exact_decimal_is_an_exact_fraction(desk: Desk) -> None:
    row = desk.judge("rate-from-ratio", "{parts: {closed: 2 件, received: 3 件}}")
    assert (row["actual"], row["gap"]) == ("200/3", "-28.33")


@pytest.mark.parametrize(("figure", "gap"), [("401 公里", "10.13"), ("319 公里", "-0.13")])
def test_printed_gap_is_rounded_half_away_from_zero(desk: Desk, figure: str, gap: str) -> None:
    # 401/800 is 50.125 %, 319/800 is 39.875 %; 40 % are due.
    assert gap == desk.judge("road-kilometres", figure)["gap"]


def test_printed_gap_has_more_digits_where_it_would_read_zero(desk: Desk) -> None:
    row = desk.judge("startup-loans", "9.9996 億元")
    assert (row["gap"], row["verdict"]) == ("-0.002", "at-risk")


def test_printed_sentence_has_more_digits_where_it_would_read_zero(desk: Desk) -> None:
    row = desk.judge("startup-loans", "9.9996 億元", lang="zh-Hant")
    assert without_notes(row["sentence"]).endswith("低於序時進度0.002個百分點")


def test_zero_is_never_printed_with_a_sign(desk: Desk) -> None:
    row = desk.judge("consumer-price-rise", "-0.0 %")
    assert (row["actual"], row["gap"]) == ("0", "2")


def test_gap_of_exactly_nothing_is_plain_zero_for_a_ceiling(desk: Desk) -> None:
    assert desk.judge("total-ceiling", "60 萬噸標準煤")["gap"] == "0"


@pytest.mark.parametrize(
    ("rule", "figure", "period", "depends"),
    [
        ("gdp-growth", "7.0 %", "2025Q2", True),
        ("gdp-growth", "7 %", "2025Q2", True),
        ("gdp-growth", "7.1 %", "2025Q2", False),
        ("gdp-growth", "6.9 %", "2025Q2", False),
        ("gdp-growth", "6.0 %", "2025Q2", True),
        ("gdp-growth", "7.0 %", "2025Q4", True),
        ("gdp-growth", "6.0 %", "2025Q4", False),
        ("consumer-price-rise", "2.5 %", "2025Q2", True),
        ("range-ceiling", "2 %", "2025Q2", False),
        ("range-ceiling", "3 %", "2025Q2", True),
        ("range-ceiling", "3 %", "2025Q4", True),
        ("range-ceiling", "4 %", "2025Q2", True),
        ("rate-own-unit", "12 件", "2025Q2", True),
        ("matching-success", "80 %", "2025Q4", True),
        ("consumer-price-rise", "102.5 上年同期=100", "2025Q2", True),
        ("registered-unemployment-rate", "30 ‰", "2025Q2", True),
    ],
)
def test_verdict_that_depends_on_rounding_says_so(
    desk: Desk, rule: str, figure: str, period: str, depends: bool
) -> None:
    assert depends is ("depends-on-rounding" in desk.judge(rule, figure, period)["notes"])


@pytest.mark.parametrize(
    ("figure", "depends"),
    # −2 stands for (−2.5, −1.5], −3 for (−3.5, −2.5]: the end at −2.5 belongs to −3 alone.
    [("-2 %", False), ("-3 %", True), ("-2.5 %", True), ("-2.6 %", False)],
)
def test_rounding_is_mirrored_below_zero(desk: Desk, figure: str, depends: bool) -> None:
    assert depends is ("depends-on-rounding" in desk.judge("negative-floor", figure)["notes"])


@pytest.mark.parametrize(
    ("figure", "depends"),
    # 5.6 against 6.2 stays below −0.5 and 5.8 above it, for the ends that would reach it do not belong to both.
    [("5.6 %", False), ("5.7 %", True), ("5.8 %", False)],
)
def test_rounding_of_both_figures_counts_where_two_are_compared(desk: Desk, figure: str, depends: bool) -> None:
    row = desk.judge("relative", figure, beside={"same-rate": "6.2 %"})
    assert depends is ("depends-on-rounding" in row["notes"])


def test_unrounded_figure_is_asked_for(desk: Desk) -> None:
    assert "請補報未捨入的數" in desk.judge("gdp-growth", "7.0 %", lang="zh-Hant")["sentence"]


def test_parts_do_not_depend_on_rounding(desk: Desk) -> None:
    assert desk.judge("rate-from-ratio", "{parts: {closed: 95 件, received: 100 件}}")["notes"] == []


@pytest.mark.parametrize(
    ("rule", "figure", "actual"),
    [
        ("high-standard-farmland", "3.9 萬畝", "3.9"),
        ("high-standard-farmland", "39000 畝", "3.9"),
        ("high-standard-farmland", "2600 公頃", "3.9"),
        ("high-standard-farmland", "26000000 平方米", "3.9"),
        ("startup-loans", "10 億元", "10"),
        ("startup-loans", "100000 萬元", "10"),
        ("startup-loans", "1000000000 元", "10"),
        ("new-urban-jobs", "20000 人", "2"),
        ("registered-unemployment-rate", "27.4 ‰", "2.74"),
    ],
)
def test_units_of_measure_convert_exactly(desk: Desk, rule: str, figure: str, actual: str) -> None:
    assert actual == desk.judge(rule, figure)["actual"]


@pytest.mark.parametrize(
    ("rule", "figure"),
    [
        ("trained-care-workers", "1000 人次"),
        ("net-new-enterprises", "111 個"),
        ("renovated-communities", "77 家"),
        ("gdp-growth", "7 個百分點"),
        ("high-standard-farmland", "3.9 億元"),
    ],
)
def test_unit_of_another_kind_is_an_error_and_no_guess(desk: Desk, rule: str, figure: str) -> None:
    row = desk.judge(rule, figure)
    assert (row["reason"], row["notes"]) == ("unusable", ["finding:unit-mismatch"])


# --- whose figure, whose verdict -----------------------------------------------------------------------------------


def test_lead_answers_for_the_citys_figure(desk: Desk) -> None:
    desk.submit("2025Q2", "市資建局", {"farmland-area": "244.45 萬畝"})
    rows = desk.check("2025Q2", "--clause", "124").rows
    assert {("市資建局", "lead")} == {(row["organization"], row["role"]) for row in rows}


def test_joint_lead_needs_one_figure_only(desk: Desk) -> None:
    desk.submit("2025Q2", "乙局", {"joint": "20 次"})
    rows = desk.check("2025Q2", "--rule", "joint", book=BOOKS / "semantics").rows
    expected = [("甲局", "lead", "pass", "20"), ("乙局", "lead", "pass", "20")]
    assert expected == [(row["organization"], row["role"], row["verdict"], row["actual"]) for row in rows]


def test_joint_lead_may_give_the_same_figure_twice(desk: Desk) -> None:
    desk.submit("2025Q2", "甲局", {"joint": "20 次"})
    desk.submit("2025Q2", "乙局", {"joint": "20.0 次"})
    checked = desk.check("2025Q2", "--rule", "joint", book=BOOKS / "semantics")
    assert [row["verdict"] for row in checked.rows] == ["pass", "pass"]
    assert "joint-figures-differ" not in checked.codes


def test_two_different_figures_of_a_joint_lead_are_a_finding(desk: Desk) -> None:
    desk.submit("2025Q2", "甲局", {"joint": "20 次"})
    desk.submit("2025Q2", "乙局", {"joint": "21 次"})
    checked = desk.check("2025Q2", "--rule", "joint", book=BOOKS / "semantics")
    finding = checked.finding("joint-figures-differ")
    files = {Path(source["file"]).name for source in (finding["source"], *finding["related"])}
    assert files == {"甲局.yaml", "乙局.yaml"}
    assert [row["reason"] for row in checked.rows] == ["unusable", "unusable"]


def test_responsible_body_is_judged_at_the_same_rate_where_the_rule_says_so(desk: Desk) -> None:
    row = desk.judge("gdp-growth", "6.1 %", organization="通城縣")
    assert (row["role"], row["target_value"], row["verdict"]) == ("responsible", "7", "at-risk")


def test_responsible_body_is_judged_at_its_quota_where_the_rule_says_so(desk: Desk) -> None:
    row = desk.judge("net-new-enterprises", "26 家", organization="咸安區")
    assert (row["role"], row["target_value"], row["due"], row["verdict"]) == ("responsible", "42", "21", "pass")


def test_responsible_body_owes_nothing_otherwise_and_its_figure_is_noted(desk: Desk) -> None:
    desk.submit("2025Q2", "咸安區", {"affordable-housing": "30 套"})
    checked = desk.check("2025Q2", "--rule", "affordable-housing")
    assert [row["organization"] for row in checked.rows] == ["市住新局"]
    finding = checked.finding("not-judged")
    assert finding["severity"] == "note"
    assert "咸安區" in finding["message"]


def test_group_word_expands_to_its_members(desk: Desk) -> None:
    desk.submit("2025Q2", "市發改委", {"gdp-growth": "7 %"})
    rows = desk.check("2025Q2", "--rule", "gdp-growth").rows
    counties = ["咸安區", "嘉魚縣", "赤壁市", "通城縣", "崇陽縣", "通山縣"]
    assert ["市發改委", *counties, "咸寧高新區管委會"] == [row["organization"] for row in rows]


def test_plans_words_for_a_group_are_kept(desk: Desk) -> None:
    (target,) = [
        row
        for row in json.loads(desk.run_cli("targets", "--format", "json").stdout)["targets"]
        if row["id"] == "gdp-growth"
    ]
    assert target["responsible"] == ["各縣市區人民政府", "咸寧高新區管委會"]
    assert "嘉魚縣" in target["organizations"]


@pytest.mark.parametrize(
    "name", ["市發改委", "市发改委", "咸寧市發展和改革委員會", "咸宁市发展和改革委员会", "市发展改革委"]
)
def test_organization_is_found_in_both_scripts_and_by_alias(desk: Desk, name: str) -> None:
    desk.submit("2025Q2", name, {"gdp-growth": "7.1 %"})
    assert desk.check("2025Q2").row("gdp-growth", "市發改委")["actual"] == "7.1"


@pytest.mark.parametrize("name", ["gdp-growth", "地區生產總值增速", "地区生产总值增速"])
def test_indicator_is_found_by_id_and_by_name_in_both_scripts(desk: Desk, name: str) -> None:
    desk.submit("2025Q2", "市發改委", {name: "7.1 %"})
    assert desk.check("2025Q2").row("gdp-growth", "市發改委")["actual"] == "7.1"


def test_near_miss_of_an_organization_is_an_error_with_the_nearest_names(desk: Desk) -> None:
    desk.submit("2025Q2", "市發改局", {"gdp-growth": "7.1 %"})
    checked = desk.check("2025Q2")
    finding = checked.finding("unknown-organization")
    assert (finding["severity"], checked.exit_code) == ("error", 3)
    assert "市發改委" in finding["hint"]
    assert checked.row("gdp-growth", "市發改委")["reason"] == "missing"


def test_near_miss_of_an_indicator_is_an_error_with_the_nearest_names(desk: Desk) -> None:
    desk.submit("2025Q2", "市發改委", {"地區生產總值增幅": "7.1 %"})
    checked = desk.check("2025Q2")
    finding = checked.finding("unknown-indicator")
    assert (finding["severity"], checked.exit_code) == ("error", 3)
    assert "地區生產總值增速" in finding["hint"]


def test_quotes_keep_the_characters_of_the_text(desk: Desk) -> None:
    targets = json.loads(desk.run_cli("targets", "--format", "json", "--lang", "zh-Hans").stdout)["targets"]
    quotes = {row["id"]: row["quote"] for row in targets}
    assert quotes["net-new-enterprises"] == "全市凈增規上企業222家以上"
    assert "不少于" in quotes["tracked-enterprises"]


def test_period_folder_is_held_to_everything_that_is_due(desk: Desk) -> None:
    desk.submit("2025Q2", "市應急管理局", {"serious-accidents": "0 起"})
    rows = desk.check("2025Q2").rows
    listed = json.loads(desk.run_cli("obligations", "2025Q2", "--format", "json").stdout)["obligations"]
    assert [(row["rule"], row["organization"]) for row in listed] == [
        (row["rule"], row["organization"]) for row in rows
    ]


def test_single_file_is_held_only_to_the_bodies_it_names(desk: Desk) -> None:
    path = desk.submit("2025Q2", "市農業農村局", {"high-standard-farmland": "39000 畝"})
    desk.submit("2025Q2", "市應急管理局", {"serious-accidents": "0 起"})
    rows = desk.check(path).rows
    expected = [("high-standard-farmland", "pass"), ("village-income", "undecided")]
    assert expected == [(row["rule"], row["verdict"]) for row in rows]
    assert {"市農業農村局"} == {row["organization"] for row in rows}


def reconciled(desk: Desk, city: str, counties: Mapping[str, str]) -> Checked:
    desk.submit("2025Q2", "丙局", {"additive": city})
    for county, figure in counties.items():
        desk.submit("2025Q2", county, {"additive": figure})
    return desk.check("2025Q2", "--rule", "additive", book=BOOKS / "semantics")


def test_sum_of_the_counties_that_differs_is_a_finding_against_both(desk: Desk) -> None:
    checked = reconciled(desk, "15.2 萬畝", {"東縣": "6.1 萬畝", "西縣": "5 萬畝", "南縣": "3.9 萬畝"})
    finding = checked.finding("sum-differs")
    assert (finding["severity"], Path(finding["source"]["file"]).name) == ("error", "丙局.yaml")
    assert {"東縣.yaml", "西縣.yaml", "南縣.yaml"} == {Path(source["file"]).name for source in finding["related"]}


def test_sum_of_the_counties_within_tolerance_is_no_finding(desk: Desk) -> None:
    checked = reconciled(desk, "15.2 萬畝", {"東縣": "6.1 萬畝", "西縣": "5 萬畝", "南縣": "40000 畝"})
    assert "sum-differs" not in checked.codes


def test_sum_is_not_compared_where_a_county_is_missing(desk: Desk) -> None:
    assert "sum-differs" not in reconciled(desk, "15.2 萬畝", {"東縣": "6.1 萬畝", "西縣": "5 萬畝"}).codes


def test_leads_figure_is_judged_where_the_sum_differs(desk: Desk) -> None:
    checked = reconciled(desk, "15.2 萬畝", {"東縣": "6.1 萬畝", "西縣": "5 萬畝", "南縣": "1 萬畝"})
    row = checked.row("additive", "丙局")
    assert (row["actual"], row["verdict"], checked.exit_code) == ("15.2", "pass", 1)


def test_figure_established_on_site_replaces_the_submitted_one(desk: Desk) -> None:
    desk.inspect("2025Q2", "市住新局", "renovated-communities", "70 個")
    row = desk.judge("renovated-communities", "84 個")
    assert (row["actual"], row["verdict"]) == ("70", "at-risk")


def test_submitted_and_established_figures_are_both_shown(desk: Desk) -> None:
    desk.inspect("2025Q2", "市住新局", "renovated-communities", "70 個")
    row = desk.judge("renovated-communities", "84 個")
    assert (row["actual"], row["submitted"], row["notes"]) == ("70", "84 個", ["inspected"])


def test_overstatement_is_a_finding(desk: Desk) -> None:
    desk.submit("2025Q2", "市住新局", {"renovated-communities": "84 個"})
    desk.inspect("2025Q2", "市住新局", "renovated-communities", "70 個")
    finding = desk.check("2025Q2").finding("overstated")
    assert finding["severity"] == "error"
    assert all(words in finding["message"] for words in ("84 個", "70 個"))


def test_overstatement_of_a_ceiling_is_a_figure_too_low(desk: Desk) -> None:
    desk.submit("2025Q2", "市人社局", {"registered-unemployment-rate": "2.7 %"})
    desk.inspect("2025Q2", "市人社局", "registered-unemployment-rate", "3.4 %")
    assert "overstated" in desk.check("2025Q2").codes


def test_overstatement_within_tolerance_is_no_finding(desk: Desk) -> None:
    desk.submit("2025Q2", "丙局", {"additive": "15.2 萬畝"})
    desk.inspect("2025Q2", "丙局", "additive", "15.15 萬畝")
    assert "overstated" not in desk.check("2025Q2", book=BOOKS / "semantics").codes


def test_understatement_is_no_finding(desk: Desk) -> None:
    desk.submit("2025Q2", "市住新局", {"renovated-communities": "70 個"})
    desk.inspect("2025Q2", "市住新局", "renovated-communities", "84 個")
    assert "overstated" not in desk.check("2025Q2").codes


# --- time ----------------------------------------------------------------------------------------------------------


def test_half_year_is_the_second_quarter(desk: Desk) -> None:
    desk.submit("2025H1", "市經信局", {"net-new-enterprises": "111 家"})
    checked = desk.check("2025H1")
    row = checked.row("net-new-enterprises", "市經信局")
    assert (checked.document["period"], row["period"], row["gap"]) == ("2025Q2", "2025Q2", "0")


def test_half_year_in_a_folder_of_the_second_quarter_does_not_contradict_it(desk: Desk) -> None:
    path = desk.submit("2025Q2", "市經信局", {"net-new-enterprises": "111 家"})
    path.write_text("period: 2025H1\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert desk.check("2025Q2").row("net-new-enterprises", "市經信局")["verdict"] == "pass"


def test_month_is_the_year_to_date(desk: Desk) -> None:
    row = desk.judge("net-new-enterprises", "203.5 家", "2025-11")
    assert (row["due"], row["gap"]) == ("203.5", "0")


def test_year_is_its_end(desk: Desk) -> None:
    assert desk.judge("gdp-growth", "6.99 %", "2025")["verdict"] == "fail"


def test_year_to_date_may_not_fall(desk: Desk) -> None:
    desk.submit("2025Q1", "市交通運輸局", {"road-kilometres": "190 公里"})
    desk.submit("2025Q2", "市交通運輸局", {"road-kilometres": "189 公里"})
    checked = desk.check("2025Q2", "--fail-on", "never")
    assert (checked.finding("year-to-date-falls")["severity"], checked.exit_code) == ("error", 1)


def test_year_to_date_may_not_fall_behind_a_monthly_figure(desk: Desk) -> None:
    desk.submit("2025-05", "市交通運輸局", {"road-kilometres": "320 公里"})
    desk.submit("2025Q2", "市交通運輸局", {"road-kilometres": "319 公里"})
    assert "year-to-date-falls" in desk.check("2025Q2").codes


def test_year_to_date_may_fall_where_a_revision_is_declared_with_its_reason(desk: Desk) -> None:
    desk.submit("2025Q1", "市交通運輸局", {"road-kilometres": "190 公里"})
    revises = "{period: 2025Q1, from: 190 公里, to: 188 公里, reason: 核減重複}"
    desk.submit("2025Q2", "市交通運輸局", {"road-kilometres": f"{{value: 189 公里, revises: {revises}}}"})
    assert desk.check("2025Q2").codes == []


@pytest.mark.parametrize("reason", ["", ", reason: ''"])
def test_revision_without_a_reason_is_a_finding(desk: Desk, reason: str) -> None:
    desk.submit("2025Q1", "市交通運輸局", {"road-kilometres": "190 公里"})
    revises = f"{{period: 2025Q1, from: 190 公里, to: 188 公里{reason}}}"
    desk.submit("2025Q2", "市交通運輸局", {"road-kilometres": f"{{value: 189 公里, revises: {revises}}}"})
    checked = desk.check("2025Q2", "--fail-on", "never")
    assert {"key-missing", "year-to-date-falls"} & set(checked.codes)
    assert checked.exit_code in (1, 3)


def test_year_to_date_may_not_fall_below_its_own_revision(desk: Desk) -> None:
    desk.submit("2025Q1", "市交通運輸局", {"road-kilometres": "190 公里"})
    revises = "{period: 2025Q1, from: 190 公里, to: 188 公里, reason: 核減重複}"
    desk.submit("2025Q2", "市交通運輸局", {"road-kilometres": f"{{value: 187 公里, revises: {revises}}}"})
    assert "year-to-date-falls" in desk.check("2025Q2").codes


@pytest.mark.parametrize(
    ("rule", "before", "now"),
    [
        ("net-new-enterprises", "58 家", "50 家"),
        ("offshore-park-enterprises", "{value: 71 家, baseline: 62 家}", "{value: 70 家, baseline: 62 家}"),
        ("gdp-growth", "7.4 %", "7.1 %"),
        ("farmland-area", "244.46 萬畝", "244.45 萬畝"),
    ],
)
def test_net_totals_levels_and_rates_may_fall(desk: Desk, rule: str, before: str, now: str) -> None:
    desk.submit("2025Q1", CITY_LEADS[rule], {rule: before})
    desk.submit("2025Q2", CITY_LEADS[rule], {rule: now})
    assert "year-to-date-falls" not in desk.check("2025Q2").codes


def test_amendment_binds_from_its_date(desk: Desk) -> None:
    values = [desk.judge("amended-total", "40 公里", period)["target_value"] for period in ("2025-04", "2025-05")]
    assert values == ["80", "90"]


def test_verdict_under_the_old_number_is_shown_beside_it(desk: Desk) -> None:
    row = desk.judge("amended-total", "40 公里")
    assert (row["verdict"], row["due"], row["gap"]) == ("at-risk", "45", "-5.56")
    assert row["under_original"] == {"target_value": "80", "due": "40", "gap": "0", "verdict": "pass"}


def test_nothing_is_shown_beside_a_number_that_never_changed(desk: Desk) -> None:
    assert desk.judge("amended-total", "40 公里", "2025Q1")["under_original"] is None


def test_amendment_changes_only_whom_it_reaches(desk: Desk) -> None:
    values = {
        county: desk.judge("same-rate", "5.1 %", organization=county)["target_value"] for county in ("南縣", "西縣")
    }
    assert values == {"南縣": "5", "西縣": "6"}


def test_as_of_leaves_out_later_amendments(desk: Desk) -> None:
    values = [
        desk.judge("amended-total", "40 公里", options=("--as-of", day))["target_value"]
        for day in ("2025-05-19", "2025-05-20")
    ]
    assert values == ["80", "90"]


def test_first_number_set_from_above_has_no_old_one_beside_it(desk: Desk) -> None:
    assert desk.judge("external-set", "86.1 %")["under_original"] is None
