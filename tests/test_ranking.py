"""Ranking: recomputed by an independent script on random books, held to published tables, and shown by the command."""

import csv
import json
import random
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.model.diagnostic import Diagnostic
from engine.model.ranking import RankResult
from engine.pipeline import open_book, rank
from engine.rank.places import assign_places
from tests import ranker
from tests.conftest import ROOT, RunCli
from tests.ranker import Brute, Json, Promise, Year

METHODS: dict[str, Json] = {
    "verdict": {"name": "verdict", "points": {"pass": "100", "at-risk": "60", "fail": "10"}},
    "completion": {"name": "completion", "cap": "120"},
    "all-or-nothing": {"name": "all-or-nothing"},
    "rank": {"name": "rank", "step": "5"},
    "linear": {"name": "linear", "base": "80", "per_point": "2.5", "cap": "100"},
}
SHARES = {"2025Q1": Fraction(1, 4), "2025Q2": Fraction(1, 2), "2025Q3": Fraction(3, 4), "2025Q4": Fraction(1)}
PROMISES = (
    Promise("firms", "total", False, Fraction(20), "家", True),
    Promise("roads", "total", False, Fraction(50), "公里", False),
    Promise("growth", "rate", False, Fraction(7), "%", False),
    Promise("jobless", "rate", True, Fraction(3), "%", False),
)


def document(method: Json) -> Json:
    return {**method, "document": "示例"}


def random_year(seed: int) -> tuple[str, Year]:
    """A small year full of ties, with missing figures, bonuses, deductions and vetoes; `seed` chooses the method."""
    chance = random.Random(seed)
    bodies = tuple("甲乙丙丁戊己"[: chance.randint(2, 6)])
    label = chance.choice(list(SHARES))
    share = SHARES[label]
    figures: dict[tuple[str, str], str] = {}
    for promise in PROMISES:
        due = promise.number * (share if promise.kind == "total" else 1)
        for body in bodies:
            if chance.random() < 0.15:
                continue
            # Few different figures near what is due, so that bodies tie and stand next to their bands.
            steps = chance.randint(-4, 4)
            if promise.exact:
                figures[promise.id, body] = str(max(0, round(due) + steps))
            elif promise.kind == "total":
                figures[promise.id, body] = f"{float(due) + steps * 0.5:.1f}"
            else:
                figures[promise.id, body] = f"{float(due) + steps * 0.1:.1f}"
    names = list(METHODS)
    scheme: Json = {
        "name": "組",
        "members": list(bodies),
        "document": "示例",
        "method": document(METHODS[names[seed % len(names)]]),
        "undecided": {"missing": chance.choice(["0", "40", "left-out"])},
        "veto": chance.choice(["unranked", "zero"]),
        "targets": [
            {
                "rules": ["growth"],
                "weight": chance.choice(["1", "2", "0.5"]),
                "method": document(METHODS[chance.choice(names)]),
                "document": "示例",
            }
        ],
        "bonus": [
            {"rule": "growth", "first": ["0.5", "0.3"], "only_if": ["growth", "jobless"], "document": "示例"},
            {"rule": "roads", "first": ["0.2"], "document": "示例"},
        ],
    }
    adjustments = []
    for kind in ("bonus", "deduction", "veto"):
        if chance.random() < 0.4:
            entry = {"kind": kind, "reach": [chance.choice(bodies)], "reason": "示例", "document": "示例"}
            adjustments.append(entry if kind == "veto" else {**entry, "points": chance.choice(["0.5", "1", "10"])})
    return label, Year(share, bodies, PROMISES, figures, scheme, tuple(adjustments))


def write_book(folder: Path, label: str, year: Year) -> None:
    """The year as the files of a book and its submissions."""
    targets = []
    indicators, rules = [], []
    for promise in year.promises:
        targets.append({"id": promise.id, "quote": f"{promise.id}{promise.number}", "kind": promise.kind})
        indicators.append({"id": promise.id, "name": promise.id, "unit": promise.unit})
        rules.append(
            {
                "id": promise.id,
                "target": promise.id,
                "indicator": promise.id,
                "kind": promise.kind,
                "comparator": "at_most" if promise.ceiling else "at_least",
                "threshold": f"{promise.number} {promise.unit}",
                "judged": {"lead": "none", "responsible": {"same": list(year.bodies)}},
            }
        )
    files: dict[str, Any] = {
        "targets.yaml": {
            "plan": {"title": "示例方案", "year": "2025"},
            "clauses": [{"clause": "1", "lead": ["市"], "responsible": list(year.bodies), "targets": targets}],
        },
        "organizations.yaml": {
            "organizations": [{"name": body, "tier": "county"} for body in ("市", *year.bodies)],
        },
        "policy.yaml": {
            "scoring": {"groups": [year.scheme], "variation": {"draws": "20", "seed": "1"}},
        },
        "adjustments.yaml": {"adjustments": [{**each, "period": label} for each in year.adjustments]},
        "rules/001-all.yaml": {"clause": "1", "indicators": indicators, "rules": rules},
    }
    units = {promise.id: promise.unit for promise in year.promises}
    for body in year.bodies:
        own = {rule: f"{text} {units[rule]}" for (rule, name), text in year.figures.items() if name == body}
        if own:
            files[f"submissions/{label}/{body}.yaml"] = {"organization": body, "figures": own}
    if not year.adjustments:
        del files["adjustments.yaml"]
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Said once more as JSON, because what stands in two places of a value would become an alias.
        text = yaml.dump(json.loads(json.dumps(value)), allow_unicode=True, default_style='"')
        path.write_text(text, encoding="utf-8")


def rank_folder(folder: Path, label: str) -> RankResult:
    found: list[Diagnostic] = []
    book = open_book(folder, found)
    assert book is not None
    assert found == []
    result = rank(book, found, [folder / "submissions" / label])
    assert result is not None
    return result


def brute_of(result: RankResult) -> Brute:
    """What the engine found, in the shape of what the independent script finds."""
    (group,) = result.groups
    placed = [standing for standing in group.standings if standing.place is not None]
    return Brute(
        places={standing.organization: standing.place for standing in placed if standing.place},
        scores={standing.organization: standing.score for standing in placed if standing.score is not None},
        ranges={each.organization: (each.best, each.worst) for each in placed if each.best and each.worst},
        mixed={frozenset((each.organization, other)) for each in placed for other in each.not_separable},
        flips={
            (flip.ahead, flip.behind, (flip.case.kind, flip.case.rule, flip.case.organization)) for flip in group.flips
        },
        count=group.cases,
    )


@pytest.mark.parametrize("seed", range(40))
def test_ranking_equals_that_of_an_independent_script(tmp_path: Path, seed: int) -> None:
    label, year = random_year(seed)
    write_book(tmp_path, label, year)
    result = rank_folder(tmp_path, label)
    wanted, found = ranker.rank(year), brute_of(result)
    assert found.places == wanted.places
    assert found.scores == wanted.scores
    assert found.ranges == wanted.ranges
    assert found.mixed == wanted.mixed
    assert found.flips == wanted.flips
    assert found.count == wanted.count


def test_random_years_hold_everything_that_can_happen() -> None:
    years = [random_year(seed)[1] for seed in range(40)]
    ranked = [ranker.rank(year) for year in years]
    assert any(len(set(each.places.values())) < len(each.places) for each in ranked), "no tie"
    assert any(len(each.places) < len(year.bodies) for each, year in zip(ranked, years, strict=True)), "nobody unranked"
    assert any(each.flips for each in ranked)
    kinds = {kind for each in ranked for _, _, (kind, _, _) in each.flips}
    assert kinds == {"weight-low", "weight-high", "left-out", "rounding-low", "rounding-high"}
    assert {each["kind"] for year in years for each in year.adjustments} == {"bonus", "deduction", "veto"}
    assert {year.scheme["method"]["name"] for year in years} == set(METHODS)


# --- published -------------------------------------------------------------------------------------------------

#: 濟寧 2015, first quarter: scores and places as published; two share place 9, and the next is 11.
JINING = {
    "兖州区": ("95.71", 1), "济宁高新区": ("91.64", 2), "邹城市": ("88.14", 3), "曲阜市": ("87.79", 4),
    "任城区": ("86.43", 5), "金乡县": ("81.5", 6), "微山县": ("80.79", 7), "泗水县": ("80.14", 8),
    "嘉祥县": ("77.93", 9), "汶上县": ("77.93", 9), "梁山县": ("75.5", 11), "鱼台县": ("73.43", 12),
    "济宁经济技术开发区": ("69.07", 13),
}  # fmt: skip


def test_the_published_places_of_jining_come_out() -> None:
    scores = {body: Fraction(score) for body, (score, _) in reversed(JINING.items())}
    assert assign_places(scores) == {body: place for body, (_, place) in JINING.items()}


def test_the_table_is_the_published_one() -> None:
    path = ROOT.parent / "shared" / "data" / "ranking_example_jining_2015Q1.csv"
    if not path.is_file():
        pytest.skip("the published table is not here")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert {row["unit"]: (row["score"], int(row["rank"])) for row in rows} == JINING


# --- the command -----------------------------------------------------------------------------------------------


def group_rows(document: Json) -> Iterator[tuple[str, Json]]:
    for group in document["groups"]:
        for place in group["places"]:
            yield group["group"], place


@pytest.fixture
def book(tmp_path: Path) -> Path:
    label, year = "2025Q2", random_year(3)[1]
    figures = {(rule, body): text for (rule, body), text in year.figures.items() if (rule, body) != ("firms", "甲")}
    write_book(tmp_path, label, Year(SHARES[label], year.bodies, PROMISES, figures, {**year.scheme, "targets": []}))
    return tmp_path


def test_json_says_what_the_contract_says(run_cli: RunCli) -> None:
    ran = run_cli("rank", "submissions/2025Q2", "--format", "json")
    assert ran.exit_code == 0
    document = json.loads(ran.stdout)
    assert document["schema"] == "biaochi.rank/1"
    counties = document["groups"][0]
    assert {place["organization"] for place in counties["places"]} == {
        "咸安區", "嘉魚縣", "赤壁市", "通城縣", "崇陽縣", "通山縣", "咸寧高新區管委會",
    }  # fmt: skip
    for _, place in group_rows(document):
        if place["place"] is not None:
            assert place["range"][0] <= place["place"] <= place["range"][1]
            assert place["organization"] not in place["not_separable_from"]


def test_nobody_is_ranked_in_two_groups(run_cli: RunCli) -> None:
    document = json.loads(run_cli("rank", "submissions/2025Q2", "--format", "json").stdout)
    bodies = [place["organization"] for _, place in group_rows(document)]
    assert len(bodies) == len(set(bodies))


def test_places_of_the_period_before_are_those_that_it_had(run_cli: RunCli) -> None:
    before = json.loads(run_cli("rank", "submissions/2025Q1", "--format", "json").stdout)
    after = json.loads(run_cli("rank", "submissions/2025Q2", "--format", "json").stdout)
    assert after["previous_period"] == "2025Q1"
    had = {place["organization"]: place["place"] for _, place in group_rows(before)}
    for _, place in group_rows(after):
        assert place["previous_place"] == had.get(place["organization"])


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("form", ["table", "markdown", "csv"])
def test_every_form_names_every_body_with_its_place(run_cli: RunCli, form: str, language: str) -> None:
    document = json.loads(run_cli("rank", "submissions/2025Q2", "--format", "json").stdout)
    ran = run_cli("rank", "submissions/2025Q2", "--format", form, "--lang", language)
    assert ran.exit_code == 0
    for _, place in group_rows(document):
        lines = [line for line in ran.stdout.splitlines() if place["organization"] in line]
        assert any((place["score"] or "-") in line for line in lines)


def test_a_target_that_is_not_set_is_a_dash_with_a_footnote(run_cli: RunCli) -> None:
    shown = run_cli("rank", "submissions/2025Q2", "--lang", "zh-Hant").stdout
    row = next(line for line in shown.splitlines() if "改造老舊小區數" in line)
    assert " -  " in row
    assert "括號內數字為位次；“-”表示未設置該項目標。" in shown


def test_a_book_without_scoring_has_nothing_to_rank(run_cli: RunCli) -> None:
    home = ROOT / "tests" / "books" / "lianyungang-2019"
    ran = run_cli("rank", home / "submissions" / "2019Q3", "--book", home)
    assert ran.exit_code == 2
    assert "scoring" in ran.stderr


def test_missing_is_priced_and_never_a_verdict(run_cli: RunCli, book: Path) -> None:
    document = json.loads(run_cli("rank", "submissions/2025Q2", "--format", "json", cwd=book).stdout)
    row = next(place for _, place in group_rows(document) if place["organization"] == "甲")
    target = next(target for target in row["targets"] if target["rule"] == "firms")
    assert target["verdict"] == "undecided"
    assert target["why"] == "missing"


def test_same_input_gives_the_same_bytes(run_cli: RunCli) -> None:
    one, other = (run_cli("rank", "submissions/2025Q2", "--format", "json").stdout for _ in range(2))
    assert one == other


# --- the year's end --------------------------------------------------------------------------------------------


def year_folder(folder: Path) -> Path:
    """The book's own second quarter, submitted once more as if it were the fourth; all numbers are illustrative."""
    home = folder / "2025Q4"
    shutil.copytree(ROOT / "submissions" / "2025Q2", home)
    for path in home.iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("2025Q2", "2025Q4"), encoding="utf-8")
    return home


def test_every_clause_of_the_plan_is_settled_once_and_as_its_verdicts_say(run_cli: RunCli, tmp_path: Path) -> None:
    home = year_folder(tmp_path)
    ranked = json.loads(run_cli("rank", home, "--period", "2025", "--book", ROOT, "--format", "json").stdout)
    checked = json.loads(run_cli("check", home, "--book", ROOT, "--format", "json").stdout)
    plan = json.loads(run_cli("targets", "--book", ROOT, "--format", "json").stdout)
    led: dict[str, set[str]] = {}
    for verdict in checked["verdicts"]:
        if verdict["role"] == "lead":
            led.setdefault(verdict["target"], set()).add(verdict["verdict"])
    later = {target["id"] for target in plan["targets"] if target["year"] is not None}
    assert [clause["clause"] for clause in ranked["clauses"]] == [clause["clause"] for clause in plan["clauses"]]
    assert len(ranked["clauses"]) == 165
    for clause, promised in zip(ranked["clauses"], plan["clauses"], strict=True):
        assert [promise["target"] for promise in clause["promises"]] == promised["targets"]
        kept = []
        for promise in clause["promises"]:
            outcomes = set() if promise["target"] in later else led.get(promise["target"], set())
            wanted = "not-kept" if "fail" in outcomes else "kept" if outcomes == {"pass"} else "undecided"
            assert promise["kept"] == wanted, promise
            assert (promise["why"] is None) == (wanted != "undecided")
            kept.append(wanted)
        order = ("not-kept", "undecided", "kept")
        assert clause["kept"] == next((word for word in order if word in kept), "qualitative")
        assert (clause["kept"] == "qualitative") == (promised["class"] == "qualitative")
    absent = [finding for finding in ranked["findings"] if finding["code"] == "quarter-absent"]
    assert len(absent) == 3


@pytest.mark.parametrize("seed", range(5))
def test_quarters_are_rolled_up_with_the_weights_of_the_policy(tmp_path: Path, seed: int) -> None:
    quarters: list[tuple[Fraction, Year]] = []
    scheme = {**random_year(seed)[1].scheme, "bonus": [], "undecided": {"missing": "30"}}
    bodies = ("甲", "乙", "丙")
    weights = {"2025Q1": "15", "2025Q2": "25", "2025Q3": "25", "2025Q4": "35"}
    scheme["members"] = list(bodies)
    for place, (label, weight) in enumerate(weights.items()):
        chance = random.Random(100 * seed + place)
        share = SHARES[label]
        figures = {
            (promise.id, body): f"{float(promise.number * (share if promise.kind == 'total' else 1)) + step:.0f}"
            for promise in PROMISES
            for body in bodies
            if chance.random() > 0.2
            for step in [chance.randint(0, 3)]
        }
        year = Year(share, bodies, PROMISES, figures, scheme)
        write_book(tmp_path, label, year)
        quarters.append((Fraction(weight), year))
    policy = {
        "scoring": {"groups": [scheme], "quarters": {"weights": list(weights.values()), "document": "示例"}},
    }
    text = yaml.dump(json.loads(json.dumps(policy)), allow_unicode=True, default_style='"')
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    result = rank_folder(tmp_path, "2025Q4")
    wanted: dict[str, Fraction] = {}
    for body in bodies:
        earned = full = Fraction(0)
        for promise in PROMISES:
            factor = ranker.rule_of(quarters[0][1], promise)[0]
            for share, year in quarters:
                points = ranker.points(year, promise, body)
                assert points is not None
                earned += factor * share * points / 100
            full += factor
        wanted[body] = earned / full
    found = brute_of(result)
    assert found.scores == wanted
    assert found.places == {body: 1 + sum(other > own for other in wanted.values()) for body, own in wanted.items()}
    assert [period.label for period in result.quarters] == list(weights)
