"""Reading `scoring` and `adjustments.yaml`: what is refused, and what holds where nothing is said."""

from dataclasses import replace
from fractions import Fraction

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.scoring import MethodName, Scoring
from engine.rules.scoring import Known, bind_adjustments, bind_scoring, read_adjustments, read_scoring
from tests.unit.small import codes, node_of

GROUP = "name: 組, members: [甲], document: 示例, undecided: {missing: 0}"
KNOWN = Known({"甲": ("甲",), "乙": ("乙",), "組詞": ("甲", "乙")}, ("growth",), ("甲", "乙"), 2025)


def read(method: str, more: str = "") -> tuple[Scoring, list[Diagnostic]]:
    found: list[Diagnostic] = []
    text = f"groups:\n- {{{GROUP}, method: {{document: 示例, {method}}}{more}}}\n"
    return read_scoring(node_of(text), found), found


def test_parameters_that_are_not_said_keep_their_defaults() -> None:
    scoring, found = read("name: completion")
    assert found == []
    method = scoring.schemes[0].method
    assert (method.name, method.cap) == (MethodName.COMPLETION, Fraction(100))
    assert (scoring.draws, scoring.seed, scoring.quarters) == (1000, 1, None)
    assert scoring.schemes[0].undecided == {
        "missing": 0,
        "unusable": 0,
        "different-measure": 0,
        "no-baseline": None,
        "not-applicable": None,
    }


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("name: rank", "key-missing"),
        ("name: verdict", "key-missing"),
        ("name: linear, base: 80", "key-missing"),
        ("name: completion, step: 5", "wrong-shape"),
        ("name: completion, cap: 90", "wrong-shape"),
        ("name: linear, base: 80, per_point: -1", "wrong-shape"),
        ("name: efficacy", "key-missing"),
        ("name: efficacy, base: 101", "wrong-shape"),
        ("name: met-then-rank, met: 4, most: 6", "key-missing"),
        ("name: met-then-rank, met: 7, most: 6, step: 5", "wrong-shape"),
        ("name: met-then-rank, met: 0, most: 0, step: 5", "wrong-shape"),
        ("name: votes", "unknown-word"),
        ("name: verdict, points: {pass: 100, fail: 0}", "key-missing"),
    ],
)
def test_a_method_without_its_parameters_is_refused(method: str, code: str) -> None:
    assert codes(read(method)[1]) == [code]


def test_points_for_meeting_a_target_are_said_in_the_scheme_s_own_points() -> None:
    scoring, found = read("name: met-then-rank, met: 4, most: 6, step: 5")
    assert found == []
    assert scoring.schemes[0].method.met == Fraction(200, 3)


@pytest.mark.parametrize("weights", ["[15, 25, 25]", "[15, 25, 25, 36]", "[a, 25, 25, 35]"])
def test_quarters_make_a_hundred(weights: str) -> None:
    found: list[Diagnostic] = []
    read_scoring(node_of(f"quarters: {{weights: {weights}, document: 示例}}\ngroups: []\n"), found)
    assert codes(found) == ["wrong-shape"]


def test_words_become_bodies_and_unknown_names_are_reported() -> None:
    found: list[Diagnostic] = []
    scoring = bind_scoring(read("name: all-or-nothing")[0], KNOWN, found)
    assert (scoring.schemes[0].members, found) == (("甲",), [])
    text = f"groups:\n- {{{GROUP}, method: {{name: all-or-nothing, document: 示例}}, annual_only: [grow]}}\n"
    text += "- {name: 另組, members: [組詞, 丙], document: 示例, undecided: {missing: 0}, "
    text += "method: {name: all-or-nothing, document: 示例}, "
    text += "targets: [{rules: [growth, growth], document: 示例}]}\n"
    noticed: list[Diagnostic] = []
    scoring = bind_scoring(read_scoring(node_of(text), noticed), KNOWN, noticed)
    assert codes(noticed) == ["scored-rule-unknown", "scored-twice", "body-unknown", "scored-twice"]
    assert [scheme.members for scheme in scoring.schemes] == [("甲",), ("乙",)]


def test_a_deduction_takes_points_and_a_veto_has_none() -> None:
    found: list[Diagnostic] = []
    text = "adjustments:\n"
    text += "- {kind: deduction, period: 2025Q2, reach: [組詞], points: 1.5, reason: 示例, document: 示例}\n"
    text += "- {kind: veto, period: 2025, reach: [甲], reason: 示例, document: 示例}\n"
    entries = bind_adjustments(read_adjustments(node_of(text), found), KNOWN, found)
    assert found == []
    assert [(entry.kind, entry.points, entry.reach) for entry in entries] == [
        ("deduction", Fraction("-1.5"), ("甲", "乙")),
        ("veto", Fraction(0), ("甲",)),
    ]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("kind: veto, points: 1", "wrong-shape"),
        ("kind: bonus", "key-missing"),
        ("kind: deduction, points: -1", "wrong-shape"),
        ("kind: praise, points: 1", "wrong-shape"),
    ],
)
def test_an_adjustment_whose_points_do_not_fit_is_refused(entry: str, code: str) -> None:
    found: list[Diagnostic] = []
    text = f"adjustments:\n- {{{entry}, period: 2025Q2, reach: [甲], reason: 示例, document: 示例}}\n"
    assert read_adjustments(node_of(text), found) == ()
    assert codes(found) == [code]
    assert all(each.source.line == 2 and each.source.column for each in found)


@pytest.mark.parametrize(
    ("period", "reach", "names"), [("2024Q2", "甲", "甲"), ("2025Q2", "丁", "丁"), ("2025Q2", "組詞", None)]
)
def test_an_adjustment_that_counts_nowhere_is_named(period: str, reach: str, names: str | None) -> None:
    found: list[Diagnostic] = []
    known = replace(KNOWN, words={**KNOWN.words, "丁": ("丁",)})
    entry = f"kind: bonus, points: 1, period: {period}, reach: [{reach}], reason: 示例, document: 示例"
    text = f"adjustments:\n- {{{entry}}}\n"
    bind_adjustments(read_adjustments(node_of(text), found), known, found)
    assert [each.params["names"] for each in found] == ([names] if names else [])
    assert set(codes(found)) <= {"adjustment-idle"}
