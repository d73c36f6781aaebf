"""What is proved of rules: bands, ranges, and what several rules on one indicator want."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.diagnostic import Diagnostic
from engine.model.limit import Edge, Gap
from engine.rules.proofs import lies_inside, prove_rules
from tests.unit.small import bind, codes

HEAD = """\
plan: {title: 示例方案, year: 2025}
clauses:
- clause: '16'
  lead: [市經信局]
  responsible: [各縣市區]
  targets:
  - {id: promise, quote: 示例, kind: total}
"""
INDICATORS = """\
- {id: firms, name: 規上企業, unit: 家}
- {id: net, name: 凈增企業, unit: 家, net: true}
- {id: growth, name: 投資增速, unit: '%'}
- {id: share, name: 需求對接成功率, unit: '%', parts: {ratio: [matched, demanded], unit: 項}}
- {id: turnover, name: 工業產銷率, unit: '%', parts: {ratio: [sold, made], unit: 億元, may_exceed: true}}
- {id: named, name: 自來水普及率, unit: '%'}
- {id: grown, name: 固定資產投資, unit: '%', parts: {growth: [now, before], unit: 億元}}
- {id: children, name: 新生兒篩查人數, unit: 人}
"""


def proofs(*rules: str, target: str = "", **files: str) -> list[Diagnostic]:
    """What is proved of these rules, which are named a, b, c … and judge the lead unless they say so."""
    named = [
        f"- {{id: {'abcdef'[place]}, target: promise, {rule}"
        + ("" if "judged:" in rule else ", judged: {lead: city}")
        + "}\n"
        for place, rule in enumerate(rules)
    ]
    text = f"clause: '16'\nindicators:\n{INDICATORS}rules:\n{''.join(named)}"
    head = HEAD.replace("kind: total}", f"kind: total{target}}}")
    extra = {f"{name}.yaml": content for name, content in files.items()}
    book, found = bind({"targets.yaml": head, "rules/016-small.yaml": text, **extra})
    assert book is not None
    assert found == []
    return prove_rules(book)


TOTAL = "indicator: firms, kind: total, threshold: 222 家"


# --- bands -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule",
    [
        TOTAL,
        TOTAL + ", soft: true, tolerance: 3 個百分點",
        TOTAL + ", comparator: at_most",
        TOTAL + ", pace: {2025Q1: 10 %, 2025-05: 40 %, 2025Q4: 100 %}",
        "indicator: firms, kind: level, comparator: more_than, threshold: 1200 家",
        "indicator: firms, kind: level, comparator: at_most, threshold: 40 家",
        "indicator: growth, kind: rate, threshold: 7 %",
        "indicator: growth, kind: rate, comparator: between, threshold: 4 %, upper: 5 %, bound: upper",
        "indicator: share, kind: rate, threshold: 80 %",
        "indicator: grown, kind: rate, comparator: less_than, threshold: 80 %",
        "indicator: children, kind: coverage, threshold: 100 %, eligible: fixed-list",
        "indicator: firms, kind: milestone, stages: [{stage: 開工, due: 2025-05-31}, {stage: 完工, due: 2025-11-30}]",
        "indicator: growth, kind: relative, partner: named",
        "indicator: firms, kind: always, comparator: at_most, threshold: 3 家, soft: true, tolerance: 1 家, "
        "bands: [{at_least: 2, verdict: pass}, {at_least: 0, verdict: at-risk}, {verdict: fail}]",
    ],
)
def test_every_kind_has_bands_that_lie_inside_each_other(rule: str) -> None:
    assert [each for each in proofs(rule) if each.code == "edges-cross"] == []


LINE = Gap(nq=1, np=0, nc=0, dp=0, dc=1)
QUOTIENT = Gap(nq=1, np=-1, nc=0, dp=1, dc=0)


@pytest.mark.parametrize(
    ("inner", "outer", "gap", "expected"),
    [
        (Edge(1, 0, 5), Edge(1, 0, 4), LINE, True),
        (Edge(1, 0, 5), Edge(1, 0, 5), LINE, True),
        (Edge(1, 0, 5), Edge(1, 0, 6), LINE, False),
        (Edge(1, 0, 5), Edge(1, 0, 5, strict=True), LINE, False),
        (Edge(1, 0, 5, strict=True), Edge(1, 0, 5, strict=True), LINE, True),
        (Edge(2, 0, 10), Edge(3, 0, 15), LINE, True),
        (Edge(1, 0, 5), Edge(-1, 0, -9), LINE, False),
        (Edge(1, -2, 0), Edge(1, -1, 0), QUOTIENT, True),
        (Edge(1, -1, 0), Edge(1, -2, 0), QUOTIENT, False),
        (Edge(1, -1, 0), Edge(1, -1, 0), QUOTIENT, True),
        (Edge(1, 0, 5), Edge(1, 1, 5), LINE, False),
        (Edge(0, 1, 0), Edge(0, 1, 0), LINE, False),
    ],
)
def test_one_edge_lies_inside_the_other(inner: Edge, outer: Edge, gap: Gap, expected: bool) -> None:
    assert lies_inside(inner, outer, gap) is expected


SMALL = st.integers(-6, 6)


@given(
    st.integers(1, 4), SMALL, SMALL, st.booleans(), st.integers(1, 4), SMALL, SMALL, st.booleans(),
    st.sampled_from([LINE, QUOTIENT, Gap(1, 0, 0, -1, 3)]),
)  # fmt: skip
def test_no_point_disproves_what_is_proved(
    q: int, p: int, c: int, strict: bool, oq: int, op: int, oc: int, ostrict: bool, gap: Gap
) -> None:
    inner, outer = Edge(q, p, c, strict), Edge(oq, op, oc, ostrict)
    points = [
        (Fraction(c - p * y, q) + shift, Fraction(y))
        for y in range(-9, 10)
        if gap.dp * y + gap.dc > 0
        for shift in (Fraction(0), Fraction(1, 100), Fraction(50))
    ]
    if lies_inside(inner, outer, gap):
        assert all(outer.holds(x, y) for x, y in points if inner.holds(x, y))


# --- ranges ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("indicator: share, kind: rate, threshold: 100 %", []),
        ("indicator: share, kind: rate, threshold: 100.1 %", ["threshold-impossible"]),
        ("indicator: share, kind: rate, comparator: more_than, threshold: 100 %", ["threshold-impossible"]),
        ("indicator: share, kind: rate, comparator: more_than, threshold: 99.9 %", []),
        ("indicator: share, kind: rate, comparator: at_most, threshold: 120 %", ["threshold-impossible"]),
        ("indicator: share, kind: rate, comparator: at_most, threshold: 100 %", ["rule-never-fails"]),
        ("indicator: share, kind: rate, threshold: 0 %", ["rule-never-fails"]),
        ("indicator: named, kind: rate, threshold: 101 %", ["threshold-impossible"]),
        ("indicator: turnover, kind: rate, threshold: 101 %", []),
        ("indicator: growth, kind: rate, threshold: 130 %", []),
        ("indicator: grown, kind: rate, threshold: -3 %", []),
        ("indicator: grown, kind: rate, threshold: -100 %", ["rule-never-fails"]),
        ("indicator: grown, kind: rate, threshold: -101 %", ["threshold-impossible"]),
        ("indicator: share, kind: rate, comparator: between, threshold: 90 %, upper: 101 %", ["threshold-impossible"]),
        ("indicator: share, kind: rate, comparator: between, threshold: 90 %, upper: 100 %", []),
        (
            "indicator: share, kind: rate, comparator: between, threshold: -1 %, upper: 90 %, bound: upper",
            ["threshold-impossible"],
        ),
        ("indicator: firms, kind: level, threshold: 0 家", ["rule-never-fails"]),
        ("indicator: firms, kind: level, threshold: -1 家", ["threshold-impossible"]),
        ("indicator: net, kind: level, threshold: -1 家", []),
        ("indicator: firms, kind: always, comparator: at_most, threshold: 0 家", []),
        ("indicator: firms, kind: always, comparator: less_than, threshold: 0 家", ["threshold-impossible"]),
        ("indicator: children, kind: coverage, threshold: 101 %, eligible: to-date", ["threshold-impossible"]),
        (
            "indicator: children, kind: coverage, comparator: at_most, threshold: 100 %, eligible: to-date",
            ["rule-never-fails"],
        ),
    ],
)
def test_thresholds_lie_where_figures_can_be(rule: str, expected: list[str]) -> None:
    assert codes(proofs(rule)) == expected


def test_a_growth_has_no_bounds_whatever_its_name() -> None:
    assert proofs("indicator: named, kind: rate, threshold: 120 %", target=", change: increase") == []


def test_a_quota_or_an_amendment_is_held_to_the_range_too() -> None:
    amended = "amendments: [{target: promise, threshold: 120 %, document: 批復, date: 2025-05-20}]\n"
    found = proofs("indicator: share, kind: rate, threshold: 80 %", amendments=amended)
    assert [(each.code, each.params["found"], each.source.file) for each in found] == [
        ("threshold-impossible", "120 %", "amendments.yaml")
    ]


def test_a_number_that_was_amended_is_held_to_the_range_too() -> None:
    later = "amendments: [{target: promise, threshold: 90 %, document: 批復, date: 2025-05-20}]\n"
    found = proofs("indicator: share, kind: rate, threshold: 120 %", amendments=later)
    assert [(each.code, each.params["found"]) for each in found] == [("threshold-impossible", "120 %")]


# --- several rules on one indicator ------------------------------------------------------------------------------


def rate(comparator: str, number: str, more: str = "") -> str:
    return f"indicator: growth, kind: rate, comparator: {comparator}, threshold: {number} %{more}"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([rate("at_least", "10"), rate("at_most", "5")], [("rules-conflict", "", "a、b")]),
        ([rate("at_least", "5"), rate("at_most", "5")], []),
        ([rate("more_than", "5"), rate("at_most", "5")], [("rules-conflict", "", "a、b")]),
        ([rate("at_least", "5"), rate("less_than", "5")], [("rules-conflict", "", "a、b")]),
        ([rate("at_least", "5"), rate("at_most", "4.5", ", soft: true, tolerance: 0.5 個百分點")], []),
        ([rate("at_least", "5"), rate("at_most", "4.5", ", soft: true, tolerance: 0.4 個百分點")],
         [("rules-conflict", "", "a、b")]),
        ([rate("at_least", "10"), rate("at_least", "7")], [("rule-implied", "b", "a")]),
        ([rate("at_least", "7"), rate("at_least", "10")], [("rule-implied", "a", "b")]),
        ([rate("at_least", "7"), rate("more_than", "7")], [("rule-implied", "a", "b")]),
        ([rate("at_least", "7"), rate("at_least", "7")], [("rule-implied", "b", "a")]),
        ([rate("at_least", "9"), rate("at_most", "30"), rate("at_most", "5")],
         [("rules-conflict", "", "a、c")]),
        ([rate("at_least", "5"), rate("at_least", "6"), rate("at_least", "7")],
         [("rule-implied", "a", "c"), ("rule-implied", "b", "c")]),
        ([rate("at_least", "10"), rate("at_most", "5"), rate("at_most", "4")],
         [("rules-conflict", "", "a、b"), ("rules-conflict", "", "a、c")]),
    ],
)  # fmt: skip
def test_the_smallest_set_that_conflicts_is_two_rules(rules: list[str], expected: list[tuple[str, str, str]]) -> None:
    found = [(each.code, each.params.get("rule", ""), each.params["other"]) for each in proofs(*rules)]
    assert sorted(found) == sorted(expected)


def test_rules_on_different_bodies_do_not_meet() -> None:
    counties = ", judged: {lead: none, responsible: {same: [各縣市區]}}"
    assert proofs(rate("at_least", "10"), rate("at_most", "5", counties)) == []


def test_a_conflict_names_what_both_want_and_the_body() -> None:
    (found,) = proofs(rate("at_least", "10"), rate("at_most", "5"))
    assert found.params["claims"] == "a: growth ≥ 10 %; b: growth ≤ 5 %"
    assert found.params["organization"] == "市經信局"
    assert (found.source.line, [source.line for source in found.related]) == (12, [13])
