"""What is claimed of figures at the year's end: by rules, by relations, and by sums over the counties."""

import pytest

from engine.model.period import Period
from engine.rules.claims import Promises, collect_promises
from engine.rules.obligations import list_obligations
from tests.unit.small import ORGANIZATIONS, TARGETS, bind

INDICATORS = """\
- {id: firms, name: 規上企業, unit: 家}
- {id: large, name: 大型企業, unit: 萬家}
- {id: net, name: 凈增企業, unit: 家, net: true, additive: true}
- {id: growth, name: 總值增速, unit: '%'}
- {id: income, name: 居民收入增速, unit: '%'}
- {id: parts, name: 固定資產投資, unit: '%', parts: {growth: [now, before], unit: 億元}}
- {id: named, name: 自來水普及率, unit: '%'}
- {id: ratio, name: 對接情況, unit: '%', parts: {ratio: [matched, demanded], unit: 項}}
- {id: turnover, name: 工業產銷率, unit: '%', parts: {ratio: [sold, made], unit: 億元, may_exceed: true}}
- {id: children, name: 篩查人數, unit: 人}
- {id: ab, name: 甲乙合計, unit: 家}
- {id: bc, name: 乙丙合計, unit: 家}
- {id: ac, name: 甲丙合計, unit: 家}
- {id: abc, name: 三項合計, unit: 家}
"""


def promises(*rules: str, target: str = "", **files: str) -> Promises:
    """The promises of a small book whose rules are named a, b, c …, each judging the lead unless it says so."""
    named = [
        f"- {{id: {'abcdef'[place]}, target: promise, {rule}"
        + ("" if "judged:" in rule else ", judged: {lead: city}")
        + "}\n"
        for place, rule in enumerate(rules)
    ]
    text = f"clause: '16'\nindicators:\n{INDICATORS}rules:\n{''.join(named)}"
    head = TARGETS.replace("kind: total}", f"kind: total{target}}}")
    extra = {f"{name.replace('__', '/')}.yaml": content for name, content in files.items()}
    book, found = bind(
        {"targets.yaml": head, "organizations.yaml": ORGANIZATIONS, "rules/016-small.yaml": text, **extra}
    )
    assert book is not None
    assert found == []
    return collect_promises(book, list_obligations(book, Period(2025, 12, "2025Q4")), ())


def said(collected: Promises) -> list[tuple[str, str, str]]:
    return [(claim.id, claim.said, "、".join(claim.bodies)) for claim in collected.claims]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("indicator: firms, kind: total, threshold: 222 家", "firms ≥ 222 家"),
        ("indicator: firms, kind: level, comparator: more_than, threshold: 0.12 萬家", "firms > 0.12 萬家"),
        ("indicator: firms, kind: always, comparator: less_than, threshold: 3 家", "firms < 3 家"),
        ("indicator: growth, kind: rate, comparator: at_most, threshold: 2 %, soft: true, tolerance: 0.5 個百分點",
         "growth ≤ 2.5 %"),
        ("indicator: firms, kind: total, threshold: 200 家, soft: true, tolerance: 5 個百分點", "firms ≥ 190 家"),
        ("indicator: growth, kind: rate, comparator: between, threshold: 4 %, upper: 5 %, bound: upper",
         "growth ≤ 5 %"),
        ("indicator: children, kind: coverage, threshold: 100 %, eligible: to-date", "children ≥ 100 %"),
        ("indicator: growth, kind: relative, partner: named", "growth ≥ named"),
        ("indicator: growth, kind: relative, partner: named, tolerance: 0.5 個百分點", "growth ≥ named - 0.5 %"),
    ],
)  # fmt: skip
def test_every_kind_says_what_it_wants(rule: str, expected: str) -> None:
    assert said(promises(rule)) == [("a", expected, "市經信局")]


def test_every_member_has_a_figure_of_its_own() -> None:
    collected = promises("indicator: firms, kind: each, inner_kind: total, threshold: 30 家, members: [食品, 電子]")
    assert said(collected) == [
        ("a", "firms[食品] ≥ 30 家", "市經信局"),
        ("a", "firms[電子] ≥ 30 家", "市經信局"),
    ]
    assert len(collected.ranges) == 2


@pytest.mark.parametrize(
    "rule",
    [
        "indicator: firms, kind: milestone, stages: [{stage: 開工, due: 2025-05-31}]",
        "indicator: growth, kind: external, inner_kind: rate",
        "indicator: firms, kind: total, threshold: 222 家, due_in: [2025Q2]",
    ],
)
def test_what_has_no_number_at_the_years_end_claims_nothing(rule: str) -> None:
    assert said(promises(rule)) == []


def test_who_answers_for_the_citys_figure_does_not_matter() -> None:
    """Bodies that answer jointly have one figure; the counties have their own."""
    counties = "judged: {lead: none, responsible: {same: [各縣市區]}}"
    collected = promises(
        "indicator: growth, kind: rate, threshold: 7 %",
        f"indicator: growth, kind: rate, threshold: 7 %, {counties}",
    )
    assert said(collected) == [
        ("a", "growth ≥ 7 %", "市經信局"),
        ("b", "growth ≥ 7 %", "咸安區"),
        ("b", "growth ≥ 7 %", "嘉魚縣"),
    ]
    assert [name.body for name in collected.ranges] == ["", "咸安區", "嘉魚縣"]


def test_a_body_that_answers_for_the_citys_figure_has_no_other() -> None:
    joint = TARGETS.replace("  lead: [市經信局]\n", "")
    text = f"clause: '16'\nindicators:\n{INDICATORS}rules:\n" + "".join(
        f"- {{id: {name}, target: promise, indicator: growth, kind: rate, threshold: 7 %, judged: {judged}}}\n"
        for name, judged in (("a", "{lead: city}"), ("b", "{lead: none, responsible: {same: [咸安區]}}"))
    )
    book, found = bind({"targets.yaml": joint, "rules/016-small.yaml": text})
    assert book is not None
    assert found == []
    collected = collect_promises(book, list_obligations(book, Period(2025, 12, "2025Q4")), ())
    assert said(collected) == [("a", "growth ≥ 7 %", "咸安區、嘉魚縣"), ("b", "growth ≥ 7 %", "咸安區")]
    assert len(collected.ranges) == 1


def test_a_relative_rule_compares_the_citys_figures_whoever_leads() -> None:
    """Growth is led by one office and income by another; both are the city's."""
    head = TARGETS + "- clause: '17'\n  lead: [市發改委]\n  targets:\n  - {id: other, quote: 示例, kind: rate}\n"
    first = "- {id: a, target: promise, indicator: income, kind: relative, partner: growth, judged: {lead: city}}\n"
    second = "- {id: b, target: other, indicator: growth, kind: rate, threshold: 7 %, judged: {lead: city}}\n"
    texts = {
        "targets.yaml": head,
        "rules/016-small.yaml": f"clause: '16'\nindicators:\n{INDICATORS}rules:\n{first}",
        "rules/017-small.yaml": f"clause: '17'\nrules:\n{second}",
    }
    book, found = bind(texts)
    assert book is not None
    assert found == []
    collected = collect_promises(book, list_obligations(book, Period(2025, 12, "2025Q4")), ())
    assert [(name.body, name.indicator) for name in collected.ranges] == [("", "income"), ("", "growth")]


def test_a_relation_holds_for_every_body_of_which_something_is_wanted() -> None:
    relation = "relations:\n- {id: r, at_most: [large, firms], reason: 示例}\n"
    counties = "judged: {lead: none, responsible: {same: [咸安區]}}"
    collected = promises(
        "indicator: large, kind: total, threshold: 1 萬家",
        f"indicator: firms, kind: total, threshold: 7 家, {counties}",
        "indicator: growth, kind: rate, threshold: 7 %",
        relations=relation,
    )
    assert said(collected)[3:] == [("r", "large ≤ firms", ""), ("r", "large ≤ firms", "咸安區")]
    assert collected.claims[3].source.file == "relations.yaml"


def test_a_rule_about_a_rate_is_one_about_its_parts() -> None:
    relation = "relations:\n- {id: r, ratio: {numerator: large, denominator: firms, rate: named}, reason: 示例}\n"
    collected = promises("indicator: named, kind: rate, threshold: 96 %", relations=relation)
    (product,) = collected.products
    assert (product.rate.indicator, product.scale) == ("named", 1000)
    terms = [
        ({name.indicator: int(factor) for name, factor in each.terms}, each.strict, sorted(each.because))
        for each in collected.linear
    ]
    assert terms == [
        ({"named": 1}, False, [0]),
        ({"firms": 1, "large": -1}, False, [1]),
        ({"firms": 1}, True, [1]),
        ({"large": 1000, "firms": -960}, False, [0, 1]),
    ]


def test_the_counties_of_an_additive_indicator_add_up() -> None:
    allocation = "rule: a\ndocument: 文件\nquotas: {咸安區: 130 家}\n"
    collected = promises(
        "indicator: net, kind: total, threshold: 120 家, net: true, reconcile_tolerance: 2 家, "
        "judged: {lead: city, responsible: {quota: table}}",
        allocations__table=allocation,
    )
    assert said(collected) == [
        ("a", "net ≥ 120 家", "市經信局"),
        ("a", "net ≥ 130 家", "咸安區"),
        ("net", "net = net[咸安區] + net[嘉魚縣]", "市經信局"),
    ]
    assert collected.sums == {2}
    assert [each.constant for each in collected.linear[2:]] == [2, 2]
    assert [claim.source.file for claim in collected.claims] == [
        "rules/016-small.yaml", "allocations/table.yaml", "rules/016-small.yaml",
    ]  # fmt: skip
