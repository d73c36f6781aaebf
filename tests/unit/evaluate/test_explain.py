"""The derivation of one verdict on a small book: which sentences it has."""

import pytest

from engine.evaluate.explain import derive
from engine.model.derivation import Derivation
from engine.rules.obligations import limit_obligations, list_obligations
from engine.submissions.history import inherit_baselines
from tests.unit.small import book_of, figures_of, judge_book, period_of


def derivation_of(rule: str, figure: str, period: str = "2025Q2", **files: str) -> Derivation:
    book = book_of(rule, **files)
    figures = figures_of(book, period, *([figure] if figure else []))
    known = inherit_baselines(book, figures, list(figures.values()), [])
    verdict = judge_book(book, period, figures)[0]
    item = limit_obligations(book, list_obligations(book, period_of(period)), ())[0]
    return derive(book, item, verdict, known)


def keys(derivation: Derivation) -> list[str]:
    return [each.key for each in derivation.steps]


def test_promise_leads_and_what_remains_ends() -> None:
    found = derivation_of("indicator: firms, kind: total, threshold: 222 家", "firms: 131 家")
    assert keys(found)[:3] == ["quote", "lead", "responsible"]
    assert keys(found)[-2:] == ["left", "each-period"]
    assert (found.outcome, found.reason) == ("pass", "")


def test_other_unit_of_measure_is_converted_over_base_units() -> None:
    found = derivation_of("indicator: land, kind: total, threshold: 7.8 萬畝", "land: 39000 畝")
    equations = {each.key: each.equation for each in found.steps if each.equation}
    assert equations["to-base"].value == 78_000_000
    assert equations["to-base"].unit == "三分之一平方米"
    assert equations["from-base"].value * 10 == 39


@pytest.mark.parametrize(
    ("rule", "figure", "reason"),
    [
        ("indicator: firms, kind: total, threshold: 222 家", "", "missing"),
        ("indicator: firms, kind: total, threshold: 222 家, due_in: [2025Q4]", "", "not-due"),
        ("indicator: firms, kind: level, threshold: 1200 家", "firms: 1131 家", "no-baseline"),
        (
            "indicator: firms, kind: total, threshold: 222 家",
            "firms: {value: 1 家, measure: 累計}",
            "different-measure",
        ),
        ("indicator: firms, kind: total, threshold: 222 家", "firms: 131 人", "unusable"),
    ],
)
def test_reason_of_undecided_is_told(rule: str, figure: str, reason: str) -> None:
    found = derivation_of(rule, figure)
    assert found.reason == reason
    assert f"reason-{reason}" in keys(found)


def test_members_are_told_one_after_the_other() -> None:
    rule = "indicator: firms, kind: each, inner_kind: total, members: [食品, 電子], threshold: 10 家"
    found = derivation_of(rule, "firms: {members: {食品: 9 家, 電子: 1 家}}")
    told = [each.member for each in found.steps if each.key == "member-verdict"]
    assert told == ["食品", "電子"]
    assert keys(found).index("each") < keys(found).index("verdict")
