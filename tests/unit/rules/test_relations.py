"""`relations.yaml`: what is read of it, and what cannot be a relation."""

import pytest

from engine.model.relation import RelationForm
from engine.model.source import Source
from engine.rules.relations import read_relations
from tests.unit.small import bind, codes, node_of

INDICATORS = """\
- {id: firms, name: 規上企業, unit: 家}
- {id: large, name: 大型企業, unit: 萬家}
- {id: net, name: 凈增企業, unit: 家, net: true}
- {id: share, name: 大型企業占比, unit: '%'}
- {id: density, name: 每千人企業數, unit: 家/千人}
- {id: people, name: 受益人數, unit: 人}
- {id: stages, name: 工程進度, unit: 個}
- {id: screened, name: 篩查人數, unit: 人}
- {id: tracked, name: 跟蹤企業數, unit: 家}
"""
RULES = """\
clause: '16'
indicators:
{indicators}rules:
- {{id: a, target: promise, indicator: firms, kind: total, threshold: 222 家, judged: {{lead: city}}}}
- {{id: b, target: promise, indicator: stages, kind: milestone, judged: {{lead: city}},
   stages: [{{stage: 開工, due: 2025-05-31}}]}}
- {{id: c, target: promise, indicator: screened, kind: coverage, threshold: 100 %, eligible: to-date,
   judged: {{lead: city}}}}
- {{id: d, target: promise, indicator: tracked, kind: each, inner_kind: total, threshold: 30 家, members: [食品, 電子],
   judged: {{lead: city}}}}
"""


def bound(*relations: str) -> tuple[list[str], list[tuple[str, int]]]:
    """The ids of the relations that stand, and the codes and lines of what was found."""
    text = "relations:\n" + "".join(f"- {{reason: 示例, {each}}}\n" for each in relations)
    rules = RULES.format(indicators=INDICATORS)
    book, found = bind({"rules/016-small.yaml": rules, "relations.yaml": text})
    assert book is not None
    assert {finding.source.file for finding in found} <= {"relations.yaml"}
    assert all(finding.source.column for finding in found)
    return [each.id for each in book.relations], [(each.code, each.source.line) for each in found]


def test_every_form_is_read_with_its_places() -> None:
    text = """\
relations:
- id: chain
  at_most: [large, firms]
  reason: 示例
- {id: sum, sum: {whole: firms, parts: [large, net], at_most: true}, document: 文件, note: 示例}
- {id: rate, ratio: {numerator: large, denominator: firms, rate: share}, document: 文件, reason: 示例}
- {id: sold, ratio: {numerator: large, denominator: firms, rate: share, may_exceed: true}, document: 文件}
- {id: stock, stock: {level: firms, net_change: net}, document: 文件}
"""
    found: list[object] = []
    relations = read_relations(node_of(text, "relations.yaml"), found)  # type: ignore[arg-type]
    assert found == []
    assert [(each.form, each.indicators, each.partial, each.may_exceed) for each in relations] == [
        (RelationForm.AT_MOST, ("large", "firms"), False, False),
        (RelationForm.SUM, ("firms", "large", "net"), True, False),
        (RelationForm.RATIO, ("large", "firms", "share"), False, False),
        (RelationForm.RATIO, ("large", "firms", "share"), False, True),
        (RelationForm.STOCK, ("firms", "net"), False, False),
    ]
    assert [(each.document, each.reason) for each in relations[:3]] == [
        (None, "示例"),
        ("文件", None),
        ("文件", "示例"),
    ]
    assert relations[0].place("at_most") == Source("relations.yaml", 3, 12)


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("id: r, at_most: [large, firms]", []),
        ("id: r, at_most: [large, nobody]", ["indicator-unknown"]),
        ("id: r, at_most: [firms, firms]", ["relation-with-itself"]),
        ("id: r, at_most: [firms, large, firms]", ["relation-with-itself"]),
        ("id: r, sum: {whole: firms, parts: [large, firms]}", ["relation-with-itself"]),
        ("id: r, stock: {level: net, net_change: net}", ["relation-with-itself"]),
        ("id: r, at_most: [people, firms]", ["unit-mismatch"]),
        ("id: r, sum: {whole: firms, parts: [large, people]}", ["unit-mismatch"]),
        ("id: r, stock: {level: firms, net_change: share}", ["unit-mismatch"]),
        ("id: r, ratio: {numerator: large, denominator: firms}", []),
        ("id: r, ratio: {numerator: large, denominator: people}", ["unit-mismatch"]),
        ("id: r, ratio: {numerator: large, denominator: firms, rate: share}", []),
        ("id: r, ratio: {numerator: large, denominator: firms, rate: density}", ["unit-mismatch"]),
        ("id: r, ratio: {numerator: large, denominator: firms, may_exceed: true}", ["key-missing"]),
        ("id: r, at_most: [stages, firms]", ["relation-unfit", "unit-mismatch"]),
        ("id: r, at_most: [screened, people]", ["relation-unfit"]),
        ("id: r, at_most: [tracked, firms]", ["relation-unfit"]),
        ("id: r", ["wrong-shape"]),
        ("id: r, at_most: [large]", ["wrong-shape"]),
        ("id: r, at_most: large", ["wrong-shape", "wrong-shape"]),
        ("id: r, sum: {whole: firms, parts: [large]}", ["wrong-shape"]),
        ("id: r, sum: {parts: [large, net]}", ["key-missing"]),
        ("id: r, sum: [large, net]", ["wrong-shape"]),
        ("id: r, at_most: [large, firms], stock: {level: firms, net_change: net}", ["wrong-shape"]),
        ("at_most: [large, firms]", ["key-missing"]),
        ("id: r, at_least: [large, firms]", ["unknown-key", "wrong-shape"]),
    ],
)
def test_what_is_no_relation_is_said_at_its_place_and_left_out(relation: str, expected: list[str]) -> None:
    stand, found = bound(relation)
    assert found == [(code, 2) for code in expected]
    assert stand == ([] if expected else ["r"])


def test_a_relation_needs_a_document_or_a_reason() -> None:
    book, found = bind({"relations.yaml": "relations:\n- {id: r, at_most: [a, b]}\n"})
    assert book is not None
    assert book.relations == ()
    assert [(each.code, each.params["key"]) for each in found] == [("key-missing", "document / reason")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("id: r, at_most: [large, firms]", "id: r, at_most: [net, firms]"),
        ("id: r, at_most: [large, firms]", "id: s, at_most: [large, firms]"),
        ("id: r, sum: {whole: firms, parts: [large, net]}", "id: s, sum: {whole: firms, parts: [net, large]}"),
    ],
)
def test_what_is_said_twice_is_kept_once(first: str, second: str) -> None:
    assert bound(first, second) == (["r"], [("relation-repeated", 3)])


def test_two_relations_that_only_look_alike_both_stand() -> None:
    assert bound("id: r, at_most: [large, firms]", "id: s, at_most: [firms, large]") == (["r", "s"], [])


def test_an_indicator_that_only_a_relation_uses_is_used() -> None:
    from engine.rules.agreement import check_agreement

    rules = RULES.format(indicators=INDICATORS)
    relations = "relations:\n- {id: One_more, at_most: [large, firms], reason: 示例}\n"
    book, found = bind({"rules/016-small.yaml": rules, "relations.yaml": relations})
    assert book is not None
    assert codes(found) == []
    said = [(each.code, each.params) for each in check_agreement(book, ())]
    assert ("indicator-unused", {"indicator": "large"}) not in said
    assert ("indicator-unused", {"indicator": "people"}) in said
    assert ("name-not-kebab", {"name": "One_more"}) in said
