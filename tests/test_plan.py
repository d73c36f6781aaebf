"""The plan as facts: every clause, every binding number, every body, and who is held to what.

The tables were typed from the plan's text. Tests that need the text itself take the fixture `plan_text` and are
skipped where it is absent; the repository does not hold it.
"""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import RunCli

Row = dict[str, Any]

CLAUSES = [*(f"一({digit})" for digit in "一二三四五六七八九十"), *(str(number) for number in range(1, 156))]
COUNTIES = ["咸安區", "嘉魚縣", "赤壁市", "通城縣", "崇陽縣", "通山縣"]
ZONE = "咸寧高新區管委會"

# fmt: off
# The 61 numbers that bind: clause, target, kind, comparator, value, unit of measure, flags
NUMBERS = [
    ("一(一)", "gdp-growth", "rate", "at_least", "7", "%", ""),
    ("一(二)", "industrial-value-added-growth", "rate", "at_least", "10", "%", ""),
    ("一(三)", "fixed-asset-investment-growth", "rate", "at_least", "9", "%", ""),
    ("一(四)", "budget-revenue-growth", "rate", "at_least", "7", "%", ""),
    ("一(五)", "retail-sales-growth", "rate", "at_least", "8", "%", ""),
    ("一(六)", "trade-growth", "rate", "at_least", "10", "%", ""),
    ("一(七)", "registered-unemployment-rate", "rate", "at_most", "3", "%", ""),
    ("一(八)", "consumer-price-rise", "rate", "at_most", "2", "%", "soft"),
    ("1", "tracked-enterprises", "each", "at_least", "30", "家", ""),
    ("2", "promotion-events", "total", "at_least", "50", "場", ""),
    ("2", "hometown-events", "total", "at_least", "10", "場", ""),
    ("2", "signed-projects-100m", "total", "at_least", "220", "個", "striving"),
    ("2", "signed-projects-5bn", "total", "at_least", "10", "個", ""),
    ("2", "signed-projects-1bn", "total", "at_least", "50", "個", ""),
    ("3", "same-year-start-rate", "rate", "at_least", "75", "%", "soft"),
    ("12", "technical-upgrade-investment-growth", "rate", "at_least", "10", "%", ""),
    ("16", "net-new-enterprises", "total", "at_least", "222", "家", ""),
    ("16", "enterprises-in-total", "level", "more_than", "1200", "家", ""),
    ("20", "specialized-smes", "total", "at_least", "30", "家", ""),
    ("20", "manufacturing-champions", "total", "at_least", "10", "家", ""),
    ("20", "innovation-demonstrators", "total", "at_least", "3", "家", ""),
    ("20", "national-green-factories", "total", "at_least", "3", "家", ""),
    ("20", "provincial-green-factories", "total", "at_least", "10", "家", ""),
    ("26", "new-enterprises-building", "total", "at_least", "40", "家", ""),
    ("26", "offshore-park-enterprises", "level", "at_least", "100", "家", "striving"),
    ("30", "high-tech-enterprises", "level", "more_than", "800", "家", "striving"),
    ("30", "technology-smes", "total", "at_least", "1500", "家", "striving"),
    ("30", "high-tech-share-of-gdp", "rate", "at_least", "17", "%", "striving"),
    ("30", "new-species-enterprises", "total", "at_least", "30", "家", ""),
    ("36", "platform-enterprises", "level", "at_least", "5500", "家", ""),
    ("36", "completed-demands", "total", "at_least", "2500", "項", ""),
    ("36", "matching-success", "rate", "more_than", "80", "%", ""),
    ("37", "technology-transfers", "total", "at_least", "120", "項", ""),
    ("37", "technology-contracts", "total", "at_least", "240", "億元", ""),
    ("39", "digital-demonstrators", "total", "at_least", "10", "家", ""),
    ("77", "renovated-communities", "total", "at_least", "155", "個", ""),
    ("77", "retrofitted-lifts", "total", "at_least", "200", "部", ""),
    ("78", "new-pocket-parks", "total", "at_least", "12", "個", ""),
    ("78", "new-parking-spaces", "total", "at_least", "6000", "個", ""),
    ("79", "affordable-housing", "total", "at_least", "1627", "套", ""),
    ("90", "high-standard-farmland", "total", "at_least", "7.8", "萬畝", ""),
    ("95", "road-kilometres", "total", "at_least", "800", "公里", ""),
    ("96", "improved-water-supply", "total", "at_least", "18", "萬人", ""),
    ("96", "tap-water-coverage", "rate", "at_least", "96", "%", ""),
    ("97", "village-income", "rate", "at_least", "70", "%", "striving"),
    ("98", "new-urban-jobs", "total", "at_least", "4", "萬人", ""),
    ("98", "graduates-in-work", "total", "at_least", "7600", "人", ""),
    ("98", "returning-entrepreneurs", "total", "at_least", "2900", "人", ""),
    ("98", "hard-to-place-employed", "total", "at_least", "5000", "人", ""),
    ("98", "startup-loans", "total", "at_least", "20", "億元", ""),
    ("99", "school-buildings", "total", "at_least", "2.5", "萬平方米", ""),
    ("99", "school-places", "total", "at_least", "6000", "個", ""),
    ("102", "teacher-exchange", "total", "at_least", "1500", "人", ""),
    ("106", "chronic-disease-screening", "total", "at_least", "90", "萬人次", ""),
    ("109", "elderly-care-complexes", "total", "at_least", "6", "個", ""),
    ("109", "community-care-facilities", "total", "at_least", "100", "個", ""),
    ("110", "trained-care-workers", "total", "at_least", "2000", "人", ""),
    ("111", "childcare-places", "rate", "at_least", "4.5", "個", ""),
    ("118", "cultural-squares", "total", "at_least", "12", "個", ""),
    ("124", "farmland-area", "always", "at_least", "244.44", "萬畝", ""),
    ("124", "permanent-farmland", "always", "at_least", "222", "萬畝", ""),
]

# The bodies of the clauses in which these numbers stand: lead, responsible
BODIES = {
    "一(一)": ("市發改委", "各縣市區人民政府 咸寧高新區管委會"),
    "一(二)": ("市經信局", "各縣市區人民政府 咸寧高新區管委會"),
    "一(三)": ("市發改委", "各縣市區人民政府 咸寧高新區管委會"),
    "一(四)": ("市財政局", "市稅務局 各縣市區人民政府 咸寧高新區管委會"),
    "一(五)": ("市商務局", "各縣市區人民政府 咸寧高新區管委會"),
    "一(六)": ("市商務局", "各縣市區人民政府 咸寧高新區管委會"),
    "一(七)": ("市人社局", "各縣市區人民政府 咸寧高新區管委會"),
    "一(八)": ("市發改委", "各縣市區人民政府"),
    "1": ("市經信局",
        "市發改委 市科技局 市資建局 市商務局 市衛生健康委 市市場監管局 市招商和投資促進局 "
        "各縣市區人民政府 咸寧高新區管委會",
    ),
    "2": ("市招商和投資促進局",
        "市發改委 市科技局 市經信局 市資建局 市農業農村局 市商務局 市衛生健康委 各縣市區人民政府 "
        "咸寧高新區管委會",
    ),
    "3": ("市招商和投資促進局",
        "市發改委 市科技局 市經信局 市財政局 市人社局 市資建局 市生態環境局 市商務局 市文旅局 "
        "市應急管理局 市人行 咸寧金融監管分局 各縣市區人民政府 咸寧高新區管委會",
    ),
    "12": ("", "市經信局"),
    "16": ("市經信局", "各縣市區人民政府 咸寧高新區管委會"),
    "20": ("市經信局", "市科技局 市生態環境局 各縣市區人民政府 咸寧高新區管委會"),
    "26": ("市科技局", "市高投集團 各縣市區人民政府 咸寧高新區管委會"),
    "30": ("市科技局", "各縣市區人民政府 咸寧高新區管委會"),
    "36": ("市科技局", "市發改委 市經信局 市財政局 市人社局 各縣市區人民政府 咸寧高新區管委會"),
    "37": ("市科技局", "各縣市區人民政府 咸寧高新區管委會"),
    "39": ("", "市經信局"),
    "77": ("市住新局", "各縣市區人民政府"),
    "78": ("市城管執法委", "市資建局 市住新局 各縣市區人民政府"),
    "79": ("市住新局", "各縣市區人民政府"),
    "90": ("市農業農村局", "市資建局 各縣市區人民政府"),
    "95": ("市交通運輸局", "市公安局 市財政局 市資建局 市生態環境局 市農業農村局 市林業局 各縣市區人民政府"),
    "96": ("", "市水利和湖泊局"),
    "97": ("市農業農村局", "市委組織部 市民政局 市財政局 各縣市區人民政府"),
    "98": ("市人社局", "市教育局 市農業農村局 團市委 各縣市區人民政府"),
    "99": ("市教育局", "市委編辦 市發改委 市財政局 市人社局 市城發集團 各縣市區人民政府"),
    "102": ("市教育局", "各縣市區人民政府"),
    "106": ("市衛生健康委", "各縣市區人民政府"),
    "109": ("市民政局", "各縣市區人民政府"),
    "110": ("市人社局",
        "市民政局 市財政局 市文旅局 市衛生健康委 湖北科技學院 咸寧職業技術學院 咸寧職教(集團)學校 "
        "市城發集團 各縣市區人民政府",
    ),
    "111": ("市衛生健康委", "各縣市區人民政府"),
    "118": ("市文旅局", "市體育事業發展中心 各縣市區人民政府"),
    "124": ("市資建局", "市發改委 市生態環境局 市水利和湖泊局 市農業農村局 各縣市區人民政府"),
}
# fmt: on

# Promises that are no single number, each named by the clause in which it must not be lost: clause, kind, how many
OTHERS = [
    ("一(九)", "relative", 2),
    ("一(十)", "external", 1),
    ("80", "external", 1),
    ("136", "external", 1),
    ("5", "milestone", 1),
    ("6", "milestone", 1),
    ("34", "milestone", 1),
    ("66", "milestone", 1),
    ("99", "milestone", 1),
    ("103", "milestone", 1),
    ("138", "milestone", 1),
    ("57", "coverage", 1),
    ("109", "coverage", 1),
    ("112", "coverage", 2),
    ("148", "always", 1),
    ("123", "always", 1),
    ("18", "each", 1),
]

# What has to be decided by name: a target, qualitative with the reason in the file, or some of both.
DECIDED = {
    "27": "qualitative",
    "28": "both",
    "42": "target",
    "63": "qualitative",
    "67": "qualitative",
    "71": "qualitative",
    "75": "qualitative",
    "84": "qualitative",
    "89": "qualitative",
    "99": "target",
    "103": "both",
    "108": "target",
    "113": "target",
    "115": "target",
    "117": "qualitative",
    "120": "qualitative",
    "124": "both",
    "135": "qualitative",
    "145": "target",
    "154": "target",
}

NO_LEAD = ["12", "33", "39", "46", "49", "66", "67", "94", "96", "115", "121", "122", "123", "137", "141", "146"]

#: One body whose name contains the mark that separates bodies.
ONE_BODY = "市大氣、水、土壤污染防治專業委員會成員單位"

#: Responsible bodies that are judged on a figure of their own: at the same rate, or at quotas from a table.
SAME_RATE = [
    "gdp-growth",
    "industrial-value-added-growth",
    "fixed-asset-investment-growth",
    "budget-revenue-growth",
    "retail-sales-growth",
    "trade-growth",
    "registered-unemployment-rate",
]
QUOTAS = {
    "net-new-enterprises": [*COUNTIES, ZONE],
    "renovated-communities": COUNTIES,
    "road-kilometres": COUNTIES,
    "new-urban-jobs": COUNTIES,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """`targets --format json`."""

    document: Row

    @property
    def clauses(self) -> dict[str, Row]:
        return {row["clause"]: row for row in self.document["clauses"]}

    @property
    def targets(self) -> dict[str, Row]:
        return {row["id"]: row for row in self.document["targets"]}

    def targets_of(self, clause: str) -> list[Row]:
        return [row for row in self.document["targets"] if row["clause"] == clause]


@pytest.fixture
def plan(run_cli: RunCli) -> Plan:
    ran = run_cli("targets", "--format", "json")
    assert ran.exit_code == 0
    return Plan(json.loads(ran.stdout))


def obligations(run_cli: RunCli, period: str) -> list[Row]:
    ran = run_cli("obligations", period, "--format", "json")
    assert ran.exit_code == 0
    return list(json.loads(ran.stdout)["obligations"])


# --- the plan's text, read independently ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Printed:
    """A clause as it is printed: its words, and the bodies in the bracket behind them."""

    body: str
    lead: list[str]
    responsible: list[str]


def read_clauses(text: str) -> dict[str, Printed]:
    """Every clause of the plan's text, in its order."""
    printed: dict[str, Printed] = {}
    in_headlines = False
    for line in text.splitlines():
        if line.startswith("一、2025年經濟社會發展"):
            in_headlines = True
        elif line.startswith("二、2025年"):
            in_headlines = False
        head = re.match(r"(\([一二三四五六七八九十]\))" if in_headlines else r"(\d+)\.", line)
        if not head:
            continue
        number = f"一{head[1]}" if in_headlines else head[1]
        assert number not in printed, f"clause {number} stands twice"
        printed[number] = read_clause(line[head.end() :].rstrip())
    return printed


def read_clause(line: str) -> Printed:
    """Split a clause before its last bracket, which names the bodies and may hold brackets itself."""
    depth = 0
    for place in range(len(line) - 1, -1, -1):
        depth += (line[place] in ")〕") - (line[place] in "(〔")
        if depth == 0:
            break
    else:
        raise AssertionError(f"no bracket at the end of {line}")
    named = {"牽頭單位": "", "責任單位": ""}
    for part in line[place + 1 : -1].split(";"):
        role, _, bodies = part.partition(":")
        assert role in named, f"{role} is no role"
        named[role] = bodies
    return Printed(line[:place], split_bodies(named["牽頭單位"]), split_bodies(named["責任單位"]))


def split_bodies(words: str) -> list[str]:
    """The bodies between 、 and commas and before 及其他; one body's own 、 is kept."""
    kept = words.replace(ONE_BODY, ONE_BODY.replace("、", "|")).replace("及其他", "、其他")
    return [body.strip().replace("|", "、") for body in re.split("[、,]", kept) if body.strip()]


def number_places(text: str) -> list[tuple[int, str]]:
    """The runs of Arabic digits of a text, decimals included, with their places."""
    return [(match.start(), match[0]) for match in re.finditer(r"\d+(?:\.\d+)?", text)]


def claimed_places(body: str, quote: str, value: str | None = None) -> list[int]:
    """Where a quote's numbers stand in the clause; with `value` only that number, the last one so written."""
    start = body.index(quote)
    places = [start + place for place, number in number_places(quote) if value in (None, number)]
    return places if value is None else places[-1:]


# --- every clause once ---------------------------------------------------------------------------------------------


def test_all_165_clauses_stand_once_in_the_plans_order(plan: Plan) -> None:
    assert [row["clause"] for row in plan.document["clauses"]] == CLAUSES


def test_targets_stand_in_the_order_of_their_clauses(plan: Plan) -> None:
    places = [CLAUSES.index(row["clause"]) for row in plan.document["targets"]]
    assert places == sorted(places)


def test_every_target_is_listed_by_its_clause(plan: Plan) -> None:
    listed = [target for row in plan.document["clauses"] for target in row["targets"]]
    assert listed == [row["id"] for row in plan.document["targets"]]


def test_class_of_a_clause_follows_from_the_kinds_of_its_targets(plan: Plan) -> None:
    quantitative = {"total", "level", "rate", "always", "coverage", "each", "relative"}
    expected = {}
    for clause in CLAUSES:
        kinds = {row["kind"] for row in plan.targets_of(clause)}
        words = (
            ("quantitative", bool(kinds & quantitative)),
            ("milestone", "milestone" in kinds),
            ("external", bool(kinds)),
        )
        expected[clause] = next((word for word, holds in words if holds), "qualitative")
    assert {row["clause"]: row["class"] for row in plan.document["clauses"]} == expected


def test_document_names_the_plan_and_its_year(plan: Plan) -> None:
    assert plan.document["schema"] == "biaochi.targets/1"
    assert plan.document["plan"] == {"title": "2025年市《政府工作報告》確定的主要目標任務責任分解方案", "year": 2025}


# --- every binding number ------------------------------------------------------------------------------------------


def test_table_holds_eight_headline_numbers_and_53_of_the_items() -> None:
    assert Counter(clause.startswith("一") for clause, *_ in NUMBERS) == {True: 8, False: 53}


@pytest.mark.parametrize(("clause", "target", "kind", "comparator", "value", "unit", "flags"), NUMBERS)
def test_binding_number(
    plan: Plan, clause: str, target: str, kind: str, comparator: str, value: str, unit: str, flags: str
) -> None:
    row = plan.targets[target]
    lead, responsible = BODIES[clause]
    assert {key: row[key] for key in ("clause", "kind", "comparator", "value", "unit", "soft", "striving")} == {
        "clause": clause,
        "kind": kind,
        "comparator": comparator,
        "value": value,
        "unit": unit,
        "soft": "soft" in flags.split(),
        "striving": "striving" in flags.split(),
    }
    assert (row["lead"], row["responsible"]) == (lead.split(), responsible.split())


def test_no_other_target_has_a_number(plan: Plan) -> None:
    numbered = [row["id"] for row in plan.document["targets"] if row["value"] is not None]
    assert sorted(numbered) == sorted(target for _, target, *_ in NUMBERS)


def test_target_without_a_number_has_neither_comparator_nor_unit(plan: Plan) -> None:
    rows = [row for row in plan.document["targets"] if row["value"] is None]
    assert {(row["comparator"], row["unit"], row["upper"]) for row in rows} == {(None, None, None)}


@pytest.mark.parametrize(("clause", "kind", "count"), OTHERS)
def test_promise_without_a_number_is_a_target_of_its_kind(plan: Plan, clause: str, kind: str, count: int) -> None:
    assert Counter(row["kind"] for row in plan.targets_of(clause))[kind] == count


def test_incomes_of_town_and_country_are_two_targets_with_one_quote(plan: Plan) -> None:
    rows = plan.targets_of("一(九)")
    assert [row["id"] for row in rows] == ["urban-income-in-step", "rural-income-in-step"]
    assert len({row["quote"] for row in rows}) == 1


@pytest.mark.parametrize(("clause", "decision"), DECIDED.items())
def test_open_wording_is_decided_by_name(plan: Plan, clause: str, decision: str) -> None:
    row = plan.clauses[clause]
    assert (bool(row["targets"]), bool(row["why_qualitative"])) == (decision != "qualitative", decision != "target")


def test_reading_of_an_open_wording_is_stated(plan: Plan) -> None:
    rows = [row for row in plan.document["targets"] if row["clause"] in DECIDED and row["value"] is None]
    assert [row["id"] for row in rows if not row["reading"]] == []


def test_growth_and_reduction_are_marked(plan: Plan) -> None:
    changes = {row["id"]: row["change"] for row in plan.document["targets"] if row["change"]}
    growing = [*SAME_RATE[:-1], "consumer-price-rise", "technical-upgrade-investment-growth"]
    assert changes == dict.fromkeys(growing, "increase")


@pytest.mark.parametrize("clause", NO_LEAD)
def test_clause_without_a_lead_has_none(plan: Plan, clause: str) -> None:
    assert plan.clauses[clause]["lead"] == []
    assert plan.clauses[clause]["responsible"]


def test_every_other_clause_has_one_lead(plan: Plan) -> None:
    counts = {clause: len(row["lead"]) for clause, row in plan.clauses.items() if clause not in NO_LEAD}
    assert set(counts.values()) == {1}


# --- against the plan's own text -----------------------------------------------------------------------------------


def test_text_has_165_clauses(plan_text: str) -> None:
    assert list(read_clauses(plan_text)) == CLAUSES


def test_digest_is_that_of_the_text(plan_text: str, repo: Path) -> None:
    stated = yaml.safe_load((repo / "targets.yaml").read_text(encoding="utf-8"))["plan"]["digest"]
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", plan_text))
    assert stated == f"sha256:{hashlib.sha256(folded.encode()).hexdigest()}"


def test_every_quote_stands_verbatim_in_its_clause(plan: Plan, plan_text: str) -> None:
    printed = read_clauses(plan_text)
    rows = [*plan.document["targets"], *plan.document["not_targets"]]
    assert [(row["clause"], row["quote"]) for row in rows if row["quote"] not in printed[row["clause"]].body] == []


def test_bodies_are_those_of_the_brackets(plan: Plan, plan_text: str) -> None:
    printed = read_clauses(plan_text)
    stated = {clause: (row["lead"], row["responsible"]) for clause, row in plan.clauses.items()}
    assert stated == {clause: (each.lead, each.responsible) for clause, each in printed.items()}


def test_typed_bodies_are_those_of_the_brackets(plan_text: str) -> None:
    printed = read_clauses(plan_text)
    typed = {clause: (lead.split(), responsible.split()) for clause, (lead, responsible) in BODIES.items()}
    assert typed == {clause: (printed[clause].lead, printed[clause].responsible) for clause in BODIES}


def test_text_has_79_numbers(plan_text: str) -> None:
    assert sum(len(number_places(each.body)) for each in read_clauses(plan_text).values()) == 79


def test_every_number_is_claimed_by_one_target_or_declared_to_be_none(plan: Plan, plan_text: str) -> None:
    claimed: list[tuple[str, int]] = []
    declared: list[tuple[str, int]] = []
    printed = read_clauses(plan_text)
    for clause, each in printed.items():
        for row in plan.targets_of(clause):
            if row["value"] is not None:
                claimed += [(clause, place) for place in claimed_places(each.body, row["quote"], row["value"])]
        for row in plan.document["not_targets"]:
            if row["clause"] == clause:
                declared += [(clause, place) for place in claimed_places(each.body, row["quote"])]
    every = [(clause, place) for clause, each in printed.items() for place, _ in number_places(each.body)]
    counted = {(clause, place) for clause, place in declared if (clause, place) not in claimed}
    assert (len(claimed), len(set(claimed))) == (61, 61)
    assert len(counted) == 18
    assert sorted({*claimed, *counted}) == sorted(every)


def test_every_number_that_is_no_target_has_its_reason(plan: Plan) -> None:
    assert all(row["why"] for row in plan.document["not_targets"])


# --- every promise judged, and by whom -----------------------------------------------------------------------------


def test_every_target_is_judged_by_a_rule(plan: Plan) -> None:
    assert [row["id"] for row in plan.document["targets"] if not row["rules"]] == []


def test_every_clause_that_is_not_qualitative_is_judged_by_a_rule(plan: Plan) -> None:
    judged = {row["clause"] for row in plan.document["targets"] if row["rules"]}
    assert {row["clause"] for row in plan.document["clauses"] if row["class"] != "qualitative"} == judged


def test_every_rule_declares_who_is_judged(repo: Path) -> None:
    silent = []
    for path in sorted((repo / "rules").glob("*.yaml")):
        for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]:
            if set(rule.get("judged", {})) != {"lead", "responsible"}:
                silent.append(rule["id"])
    assert silent == []


def test_every_rule_is_owed_by_the_lead_or_by_all_where_there_is_none(plan: Plan, run_cli: RunCli) -> None:
    owed: dict[str, list[str]] = {}
    for row in obligations(run_cli, "2025Q4"):
        if row["role"] == "lead":
            owed.setdefault(row["rule"], []).append(row["organization"])
    expected = {}
    for target in plan.document["targets"]:
        for rule in target["rules"]:
            expected[rule] = sorted(target["lead"] or target["responsible"])
    assert {rule: sorted(bodies) for rule, bodies in owed.items()} == expected


def test_responsible_bodies_are_held_where_the_rule_says_so_and_nowhere_else(run_cli: RunCli) -> None:
    owed: dict[str, list[str]] = {}
    for row in obligations(run_cli, "2025Q4"):
        if row["role"] == "responsible":
            owed.setdefault(row["rule"], []).append(row["organization"])
    assert owed == {**{rule: [*COUNTIES, ZONE] for rule in SAME_RATE}, **QUOTAS}


def test_quotas_name_their_document_and_cover_the_promise(repo: Path) -> None:
    for path in sorted((repo / "allocations").glob("*.yaml")):
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert table["document"], path.name
        assert table["illustrative"] is True, path.name


# --- obligations of a period ---------------------------------------------------------------------------------------

# period, rule, organization, status, target, due, unit of what is due, stage that is due
OWED = [
    ("2025Q1", "gdp-growth", "市發改委", "due", "7", "7", "%", None),
    ("2025Q3", "gdp-growth", "通山縣", "due", "7", "7", "%", None),
    ("2025Q2", "consumer-price-rise", "市發改委", "due", "2", "2", "%", None),
    ("2025Q1", "net-new-enterprises", "市經信局", "due", "222", "55.5", "家", None),
    ("2025Q2", "net-new-enterprises", "市經信局", "due", "222", "111", "家", None),
    ("2025-11", "net-new-enterprises", "市經信局", "due", "222", "203.5", "家", None),
    ("2025Q2", "net-new-enterprises", "咸安區", "due", "42", "21", "家", None),
    ("2025-11", "net-new-enterprises", "通山縣", "due", "22", "121/6", "家", None),
    ("2025Q2", "renovated-communities", "通山縣", "not-applicable", None, None, None, None),
    ("2025Q1", "road-kilometres", "市交通運輸局", "due", "800", "80", "公里", None),
    ("2025-11", "road-kilometres", "市交通運輸局", "due", "800", "600", "公里", None),
    ("2025Q2", "graduates-in-work", "市人社局", "due", "7600", "2280", "人", None),
    ("2025Q2", "new-urban-jobs", "咸安區", "due", "9500", "4750", "人", None),
    ("2025Q2", "high-standard-farmland", "市農業農村局", "due", "7.8", "3.9", "萬畝", None),
    ("2025Q1", "farmland-area", "市資建局", "due", "244.44", "244.44", "萬畝", None),
    ("2025Q2", "top-ten-visits", "市經信局", "due", "100", "50", "%", None),
    ("2025Q2", "newborn-hearing-screening", "市衛生健康委", "due", "100", "100", "%", None),
    ("2025Q2", "enterprises-in-total", "市經信局", "due", "1200", None, "家", None),
    ("2025Q4", "enterprises-in-total", "市經信局", "due", "1200", "1200", "家", None),
    ("2025Q1", "gas-pipeline", "市發改委", "not-due", "4", None, None, None),
    ("2025Q2", "gas-pipeline", "市發改委", "due", "4", "1", "stage", "線路焊接完成"),
    ("2025-11", "gas-pipeline", "市發改委", "due", "4", "3", "stage", "場站聯調完成"),
    ("2025Q4", "gas-pipeline", "市發改委", "due", "4", "4", "stage", "通氣"),
    ("2025Q3", "village-income", "市農業農村局", "not-due", "70", None, "%", None),
    ("2025Q4", "village-income", "市農業農村局", "due", "70", "70", "%", None),
    ("2025Q4", "pollution-goals", "市生態環境局", "awaiting-target", None, None, None, None),
    ("2025Q2", "urban-income-in-step", "市發改委", "due", None, None, None, None),
    ("2025Q2", "systemic-risk", "市財政局", "due", "0", "0", "起", None),
]


@pytest.mark.parametrize(("period", "rule", "organization", "status", "target", "due", "unit", "stage"), OWED)
def test_obligation(
    run_cli: RunCli,
    period: str,
    rule: str,
    organization: str,
    status: str,
    target: str | None,
    due: str | None,
    unit: str | None,
    stage: str | None,
) -> None:
    listed = obligations(run_cli, period)
    (row,) = [row for row in listed if (row["rule"], row["organization"]) == (rule, organization)]
    found = (row["status"], row["target_value"], row["due_value"], row["due_unit"], row["due_stage"])
    assert found == (status, target, due, unit, stage)


@pytest.mark.parametrize(
    ("period", "not_due"),
    [
        ("2025Q1", 8),
        ("2025Q2", 5),
        ("2025Q3", 3),
        ("2025-11", 3),
        ("2025Q4", 0),
    ],
)
def test_statuses_of_a_period_add_up(run_cli: RunCli, period: str, not_due: int) -> None:
    listed = obligations(run_cli, period)
    counts = Counter(row["status"] for row in listed)
    expected = {"not-due": not_due, "awaiting-target": 3, "not-applicable": 1}
    assert {status: counts[status] for status in expected} == expected
    assert counts["due"] == len(listed) - not_due - 4


def test_everything_owed_is_named_once(run_cli: RunCli) -> None:
    owed = Counter((row["rule"], row["organization"]) for row in obligations(run_cli, "2025Q2"))
    assert set(owed.values()) == {1}


def test_soft_obligation_states_its_tolerance(run_cli: RunCli) -> None:
    soft = {row["rule"]: row["tolerance"] for row in obligations(run_cli, "2025Q2") if row["soft"]}
    assert soft == {"consumer-price-rise": "0.5", "same-year-start-rate": "5"}


def test_figure_is_asked_for_in_the_indicators_unit(run_cli: RunCli) -> None:
    listed = obligations(run_cli, "2025Q2")
    (row,) = [row for row in listed if (row["rule"], row["organization"]) == ("new-urban-jobs", "咸安區")]
    assert (row["unit"], row["due_unit"]) == ("萬人", "人")


def test_milestone_states_its_stages(run_cli: RunCli) -> None:
    (row,) = [row for row in obligations(run_cli, "2025Q2") if row["rule"] == "gas-pipeline"]
    assert row["stages"] == ["線路焊接完成", "管道試壓合格", "場站聯調完成", "通氣"]
