"""The grammar of promises against the plan's own text, and against phrases in the style of other plans."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.model.target import Comparator
from engine.plan.clauses import read_plan
from engine.plan.draft import draft_plan
from engine.plan.phrases import Promise, read_promises
from engine.report.draft import draft_document
from engine.report.words import Words
from engine.units import find_unit

PHRASES = Path(__file__).parent / "phrases"
SIGNS = {
    Comparator.AT_LEAST: ">=", Comparator.MORE_THAN: ">", Comparator.AT_MOST: "<=",
    Comparator.LESS_THAN: "<", Comparator.BETWEEN: "=",
}  # fmt: skip


def rows(*names: str) -> list[tuple[str, list[str], list[str]]]:
    """The phrases of these files, each with its two lists of what is expected."""
    found = []
    for name in names:
        for line in (PHRASES / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                phrase, promises, others = [*line.split("\t"), "", ""][:3]
                found.append((phrase, _cells(promises), _cells(others)))
    return found


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.split("|") if cell.strip()]


def show(promise: Promise) -> str:
    """A promise in the writing of the phrase files: `>=7% ~ ! + @2030`."""
    assert promise.comparator is not None
    value = f"{promise.value}..{promise.upper}" if promise.upper else promise.value
    marks = [sign for sign, is_set in (("~", promise.soft), ("!", promise.striving)) if is_set]
    marks += [{"increase": "+", "decrease": "-"}[promise.change]] if promise.change else []
    marks += [f"@{promise.year}"] if promise.year else []
    return " ".join([f"{SIGNS[promise.comparator]}{value}{promise.unit or ''}", *marks])


NUMBERED = rows("first-half.tsv", "second-half.tsv", "third.tsv", "fourth.tsv", "fifth.tsv")
DEEDS = rows("deeds.tsv")


@pytest.mark.parametrize(("phrase", "promises", "others"), NUMBERED, ids=[row[0] for row in NUMBERED])
def test_phrase_is_read(phrase: str, promises: list[str], others: list[str]) -> None:
    found, refused = read_promises(phrase, 2025)
    assert [show(promise) for promise in found if promise.value] == promises
    assert [word for word in others if not any(word in other.quote for other in refused)] == []
    assert all(phrase[one.start : one.end] == one.quote for one in found)
    assert all(phrase[one.start : one.end] == one.quote for one in refused)
    assert all(other.why for other in refused)


@pytest.mark.parametrize(("phrase", "kinds", "_"), DEEDS, ids=[row[0] for row in DEEDS])
def test_promise_without_a_number_is_read(phrase: str, kinds: list[str], _: list[str]) -> None:
    found, _refused = read_promises(phrase, 2025)
    shown = [one.kind.value + (f"/{one.inner_kind.value}" if one.inner_kind else "") for one in found]
    assert shown == " ".join(kinds).split()
    assert all(one.doubts for one in found), "what the words support weakly is for a person to look at"


@pytest.mark.parametrize(("phrase", "_promises", "_others"), NUMBERED, ids=[row[0] for row in NUMBERED])
def test_every_run_of_digits_is_accounted_for(phrase: str, _promises: list[str], _others: list[str]) -> None:
    found, refused = read_promises(phrase, 2025)
    held = [(one.start, one.end) for one in found] + [(one.start, one.end) for one in refused]
    runs = [match.span() for match in re.finditer(r"\d+(?:[.．]\d+)?", phrase)]
    assert [run for run in runs if not any(start <= run[0] and run[1] <= end for start, end in held)] == []


def test_there_are_phrases_enough() -> None:
    assert len(NUMBERED) + len(DEEDS) >= 500
    assert len({row[0] for row in NUMBERED}) == len(NUMBERED), "no phrase counts twice"


@pytest.fixture(scope="module")
def truth(repo: Path) -> list[dict[str, Any]]:
    """What a person read in the plan."""
    clauses: list[dict[str, Any]] = yaml.safe_load((repo / "targets.yaml").read_text(encoding="utf-8"))["clauses"]
    return clauses


def test_plan_has_its_title_year_and_clauses(plan_text: str, truth: list[dict[str, Any]]) -> None:
    plan = read_plan(plan_text)
    assert (plan.title, plan.year) == ("2025年市《政府工作報告》確定的主要目標任務責任分解方案", 2025)
    assert [clause.number for clause in plan.clauses] == [clause["clause"] for clause in truth]
    assert all(plan_text[one.start : one.start + len(one.body)] == one.body for one in plan.clauses)


def test_bodies_of_the_plan_are_the_books(plan_text: str, truth: list[dict[str, Any]]) -> None:
    found = {clause.number: (list(clause.lead), list(clause.responsible)) for clause in read_plan(plan_text).clauses}
    assert found == {one["clause"]: (one.get("lead", []), one.get("responsible", [])) for one in truth}


def test_binding_numbers_of_the_plan_are_found_and_no_other(plan_text: str, truth: list[dict[str, Any]]) -> None:
    keys = ("clause", "quote", "kind", "comparator", "value", "unit", "change", "soft", "striving")
    drafted = [target for target in _listed(document(plan_text)["targets"]) if target["value"] is not None]
    found = [tuple(target[key] for key in keys) for target in drafted]
    expected = [
        (one["clause"], target["quote"], target["kind"], target["comparator"], str(target["value"]), target["unit"],
         target.get("change"), target.get("soft", False), target.get("striving", False))
        for one in truth for target in one.get("targets", []) if "value" in target
    ]  # fmt: skip
    assert len(expected) == 61
    assert found == expected
    assert all(find_unit(target["unit"]) for target in drafted)


def test_other_targets_of_the_plan_are_found_with_their_kinds(plan_text: str, truth: list[dict[str, Any]]) -> None:
    found = [
        (target["clause"], target["quote"], target["kind"], target["inner_kind"])
        for target in _listed(document(plan_text)["targets"])
        if target["value"] is None
    ]
    expected = [
        (one["clause"], target["quote"], target["kind"], target.get("inner_kind"))
        for one in truth
        for target in one.get("targets", [])
        if "value" not in target
    ]
    assert found == expected


def test_other_numbers_of_the_plan_have_their_reasons(plan_text: str, truth: list[dict[str, Any]]) -> None:
    found = [(other["clause"], other["quote"]) for other in _listed(document(plan_text)["not_targets"])]
    expected = [(one["clause"], other["quote"]) for one in truth for other in one.get("not_targets", [])]
    assert found == expected
    assert all(other["why"] for other in _listed(document(plan_text)["not_targets"]))


def test_plan_in_the_other_script_reads_the_same(plan_text: str) -> None:
    from engine.plan.fold import fold_text

    def read(text: str) -> list[tuple[Any, ...]]:
        keys = ("clause", "kind", "comparator", "value", "change", "soft", "striving")
        return [tuple(target[key] for key in keys) for target in _listed(document(text)["targets"])]

    assert read(fold_text(plan_text)) == read(plan_text)


def document(text: str) -> dict[str, Any]:
    return draft_document(draft_plan(text), Words("en"))


def _listed(rows: Any) -> list[dict[str, Any]]:
    return list(rows)
