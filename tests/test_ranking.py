"""Ranking: recomputed by an independent script on random books, held to published tables, and shown by the command."""

import csv
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.model.diagnostic import Diagnostic
from engine.pipeline import open_book
from engine.publication import rank
from engine.rank.places import assign_places
from engine.report.ranking import rank_document
from engine.report.words import Words
from tests import ranker
from tests.conftest import ROOT, RunCli
from tests.rankbooks import GOALS, METHODS, MONTHS, QUARTERS, RandomBook
from tests.ranker import Brute, Json, World


def rank_folder(folder: Path, label: str) -> Json:
    """The document of a random book's period."""
    found: list[Diagnostic] = []
    book = open_book(folder, found)
    assert book is not None
    assert found == []
    result = rank(book, found, [folder / "submissions" / label])
    assert result is not None
    # There and back, so that what is compared is what is written.
    document: Json = json.loads(json.dumps(rank_document(result, Words("en"))))
    return document


def brute_of(group: Json) -> Brute:
    """What the engine found, in the shape of what the independent script finds."""
    placed = [each for each in group["places"] if each["place"] is not None]
    names = ("kind", "rule", "organization", "indicator", "member")
    return Brute(
        places={each["organization"]: each["place"] for each in placed},
        scores={each["organization"]: Fraction(each["score_exact"]) for each in placed},
        ranges={each["organization"]: (each["range"][0], each["range"][1]) for each in placed},
        mixed={frozenset((each["organization"], other)) for each in placed for other in each["not_separable_from"]},
        flips=Counter(
            (flip["ahead"], flip["behind"], tuple(flip["case"][name] for name in names)) for flip in group["flips"]
        ),
        count=group["cases"],
    )


def facts_of(world: World, before: World | None) -> dict[str, Any]:
    """What stands with every body beside its place, worked out by hand."""
    previous = ranker.places(ranker.scores_of(before)) if before else {}
    places = ranker.places(ranker.scores_of(world))
    facts: dict[str, Any] = {}
    last = world.counted[-1].label
    for body in world.bodies:
        place, had = places.get(body), previous.get(body)
        targets = {}
        for goal in world.goals:
            weight, method = ranker.rule_of(world, goal)
            cell, points = world.columns[last, goal.id][body], ranker.rolled(world, goal, body)
            why = cell.why if len(world.shares) == 1 else None
            targets[goal.id] = (
                cell.verdict.outcome, weight, points, 100, cell.place, method["name"], method["document"], why,
            )  # fmt: skip
        added: list[tuple[str, Fraction, str | None]] = []
        added += [("bonus", points, rule) for rule, points in ranker.bonuses(world, body)]
        added += [(kind, points, None) for kind, points in ranker.given_to(world, body)]
        facts[body] = {
            "previous": had,
            "change": None if place is None or had is None else had - place,
            "why": ranker.why_unranked(world, body),
            "adjustments": added,
            "targets": targets,
        }
    return facts


def seen_of(group: Json, rolled: bool) -> dict[str, Any]:
    """The same as the document says it."""
    facts: dict[str, Any] = {}
    for each in group["places"]:
        targets = {}
        for target in each["targets"]:
            points = None if target["points"] is None else Fraction(target["points"])
            key, weight, full = target["rule"], Fraction(target["weight"]), Fraction(target["full"])
            why = None if rolled else target["why"]
            targets[key] = (
                target["verdict"], weight, points, full, target["place"], target["method"], target["document"], why,
            )  # fmt: skip
        facts[each["organization"]] = {
            "previous": each["previous_place"],
            "change": each["change"],
            "why": each["why"],
            "adjustments": [(one["kind"], Fraction(one["points"]), one["rule"]) for one in each["adjustments"]],
            "targets": targets,
        }
    return facts


def differences(world: World, before: World | None, group: Json) -> list[str]:
    """Where the engine and the independent script differ, in words."""
    said = []
    wanted, found = ranker.rank(world), brute_of(group)
    for key in ("places", "scores", "ranges", "mixed", "flips", "count"):
        if getattr(wanted, key) != getattr(found, key):
            said.append(f"{key}: engine {getattr(found, key)}, by hand {getattr(wanted, key)}")
    facts, seen = facts_of(world, before), seen_of(group, len(world.shares) > 1)
    if set(facts) != set(seen):
        said.append(f"bodies: {set(facts) ^ set(seen)}")
    for body in set(facts) & set(seen):
        for key, value in facts[body].items():
            if seen[body][key] != value:
                said.append(f"{key}: {body}, engine {seen[body][key]}, by hand {value}")
    commended, named = ranker.distinguished(world)
    if (set(group["commended"]), set(group["named"])) != (commended, named):
        said.append(f"named: engine {group['commended']} {group['named']}, by hand {commended} {named}")
    sample = group["variation"]
    counts = {
        row["organization"]: Counter({each["place"]: each["count"] for each in row["counts"]})
        for row in (sample["places"] if sample else [])
    }
    if counts != (ranker.vary(world, 30, 7) if len(wanted.places) > 1 else {}):
        said.append(f"variation: engine {counts}")
    if any(sum(each.values()) != 30 for each in counts.values()):
        said.append(f"draws: {counts}")
    return said


#: Random books, four groups each.
BOOKS = 80


@pytest.mark.parametrize("seed", range(BOOKS))
def test_ranking_equals_that_of_an_independent_script(tmp_path: Path, seed: int) -> None:
    book = RandomBook(seed)
    book.write(tmp_path)
    document = rank_folder(tmp_path, book.last)
    assert document["previous_period"] == (book.labels[-2] if len(book.labels) > 1 else None)
    assert document["quarters"] == (book.labels if book.rolled else [])
    weights = dict(zip(MONTHS, QUARTERS, strict=True))
    assert document["quarter_weights"] == [weights[label] for label in document["quarters"]]
    for world, group in zip(book.worlds(), document["groups"], strict=True):
        assert differences(world, book.before(world), group) == []


def test_random_books_hold_everything_that_can_happen() -> None:
    books = [RandomBook(seed) for seed in range(BOOKS)]
    worlds = [world for book in books for world in book.worlds()]
    cells = [
        (ranker.rule_of(world, goal)[1]["name"], goal.id, cell)
        for world in worlds
        for goal in world.goals
        for cell in world.columns[world.counted[-1].label, goal.id].values()
    ]
    assert {(method, name) for method, name, _ in cells} >= {(method, goal.id) for method in METHODS for goal in GOALS}
    assert {cell.why for _, _, cell in cells} == {
        "missing", "not-due", "awaiting-target", "no-baseline", "unusable", "different-measure", "not-applicable",
        "waived", "annual-only", None,
    }  # fmt: skip
    assert {cell.verdict.outcome for _, _, cell in cells} == {"pass", "at-risk", "fail", "undecided"}
    places = [ranker.places(ranker.scores_of(world)) for world in worlds]
    assert any(len(set(each.values())) < len(each) for each in places), "no tie"
    assert {ranker.why_unranked(world, body) for world in worlds for body in world.bodies} == {
        "vetoed", "nothing-scored", None,
    }  # fmt: skip
    assert any(book.rolled for book in books)


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


JINING_BOOK = {
    "targets.yaml": """\
plan: {title: 濟寧, year: 2015}
clauses:
- {clause: '1', lead: [市], responsible: [各縣], targets: [{id: done, quote: 完成, kind: always}]}
""",
    "policy.yaml": """\
scoring:
  groups:
  - name: 各縣
    members: [各縣]
    document: 濟寧2015
    method: {name: all-or-nothing, document: 濟寧2015}
    undecided: {missing: 0}
""",
    "rules/001-done.yaml": """\
clause: '1'
indicators: [{id: done, name: 完成, unit: 起}]
rules:
- id: done
  target: done
  indicator: done
  kind: always
  comparator: at_most
  threshold: 0 起
  judged: {lead: none, responsible: {same: [各縣]}}
""",
}


def test_the_published_scores_of_jining_come_to_its_places_through_the_command(run_cli: RunCli, tmp_path: Path) -> None:
    """The scores were votes, which are no figures: here each stands as 100 with what is missing to it deducted."""
    bodies = sorted(JINING)
    organizations = [{"name": "市", "tier": "city-department"}, *({"name": body, "tier": "county"} for body in bodies)]
    deductions = [
        {"kind": "deduction", "period": "2015Q1", "reach": [body], "points": str(100 - Decimal(JINING[body][0])),
         "reason": "得票", "document": "濟寧2015"}
        for body in bodies
    ]  # fmt: skip
    files = (
        JINING_BOOK
        | {
            "organizations.yaml": yaml.dump(
                {"organizations": organizations, "groups": [{"name": "各縣", "members": bodies}]}, allow_unicode=True
            ),
            "adjustments.yaml": yaml.dump({"adjustments": deductions}, allow_unicode=True),
        }
        | {f"submissions/2015Q1/{body}.yaml": f"{{organization: {body}, figures: {{done: 0 起}}}}" for body in bodies}
    )
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = run_cli("rank", "submissions/2015Q1", "--format", "json", cwd=tmp_path)
    places = json.loads(ran.stdout)["groups"][0]["places"]
    assert {each["organization"]: (Fraction(each["score"]), each["place"]) for each in places} == {
        body: (Fraction(score), place) for body, (score, place) in JINING.items()
    }
    shared = next(each for each in places if each["place"] == 9)
    assert len(shared["not_separable_from"]) == 1


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
def book(tmp_path: Path) -> RandomBook:
    random_book = next(book for book in map(RandomBook, range(BOOKS)) if not book.rolled)
    random_book.write(tmp_path)
    return random_book


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


def test_places_among_the_bodies_of_single_files_are_said_to_be_no_places_of_the_group(run_cli: RunCli) -> None:
    document = json.loads(run_cli("rank", "submissions/2025Q2/counties.csv", "--format", "json").stdout)
    (finding,) = [each for each in document["findings"] if each["code"] == "ranked-in-part"]
    assert "4 of 40" in finding["message"]
    assert document["previous_period"] is None
    assert {place["change"] for _, place in group_rows(document)} == {None}
    whole = json.loads(run_cli("rank", "submissions/2025Q2", "--format", "json").stdout)
    assert "ranked-in-part" not in {each["code"] for each in whole["findings"]}


def test_the_group_s_weights_and_the_methods_of_single_targets_are_printed(run_cli: RunCli) -> None:
    document = json.loads(run_cli("rank", "submissions/2025Q2", "--format", "json").stdout)
    shown = run_cli("rank", "submissions/2025Q2", "--format", "markdown", "--lang", "zh-Hant").stdout
    counties = document["groups"][0]
    cells = {
        tuple(cell.strip() for cell in line.strip("|").split("|")[:3])
        for line in shown.splitlines()
        if line.startswith("| ")
    }
    for target in counties["places"][1]["targets"]:
        weights = {weight for clause, _, weight in cells if clause == target["clause"]}
        assert target["weight"] in weights
    otherwise = {target["document"] for target in counties["places"][1]["targets"] if target["method"] == "linear"}
    assert otherwise
    assert all(f"基礎分加減分（{document}）" in shown for document in otherwise)
    assert "升降：與 2025Q1 相比。" in shown


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


def test_missing_is_priced_and_never_a_verdict(run_cli: RunCli, book: RandomBook, tmp_path: Path) -> None:
    document = json.loads(
        run_cli("rank", f"submissions/{book.last}", "--format", "json", cwd=tmp_path).stdout,
    )
    prices = {scheme["name"]: scheme["undecided"]["missing"] for scheme in book.schemes}
    missing = [
        (prices[group], target)
        for group, place in group_rows(document)
        for target in place["targets"]
        if target["why"] == "missing"
    ]
    assert missing
    for price, target in missing:
        assert (target["verdict"], target["place"]) == ("undecided", None)
        assert target["points"] == (None if price == "left-out" else price)


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
    said = run_cli("rank", home, "--period", "2025", "--book", ROOT, "--lang", "zh-Hant").stdout
    assert "  16: 未兌現 (凈增規上企業、規上企業總數)" in said.splitlines()
    absent = [finding for finding in ranked["findings"] if finding["code"] == "quarter-absent"]
    assert len(absent) == 3
