"""Quotas: who may have one, and whether they keep the promise, before and after amendments."""

import pytest

from engine.rules.quotas import check_quotas
from tests.unit.small import INDICATORS, TARGETS, bind, rule_file

RULE = "indicator: firms, kind: total, threshold: 222 家, judged: {lead: city, responsible: {quota: table}}"
ENOUGH = "咸安區: 122 家, 嘉魚縣: 100 家"


def found(quotas: str, rule: str = RULE, amendments: str = "", head: str = TARGETS) -> list[tuple[str, int, int]]:
    """The codes of what is found, with line and column in the table of quotas."""
    texts = {
        "targets.yaml": head,
        "rules/016-small.yaml": rule_file(rule, INDICATORS.replace("phrase: 凈增", "additive: true")),
        "allocations/table.yaml": f"rule: rule\ndocument: 分解表\nquotas: {{{quotas}}}\n",
    }
    if amendments:
        texts["amendments.yaml"] = f"amendments: [{amendments}]\n"
    book, diagnostics = bind(texts)
    assert book is not None
    assert diagnostics == []
    said = check_quotas(book)
    assert {each.source.file for each in said} <= {"allocations/table.yaml"}
    return [(each.code, each.source.line, each.source.column) for each in said]


SHORT = [("quotas-short", 1, 1)]


@pytest.mark.parametrize(
    ("quotas", "expected"),
    [
        (ENOUGH, []),
        ("咸安區: 0.0122 萬家, 嘉魚縣: 101 家", []),
        ("咸安區: 122 家, 嘉魚縣: 99 家", SHORT),
        ("咸安區: 222 家, 市發改委: 1 家", [("quota-not-responsible", 3, 28)]),
    ],
)
def test_quotas_keep_the_promise_and_go_to_responsible_bodies(quotas: str, expected: list[object]) -> None:
    assert found(quotas) == expected


def test_quotas_under_a_ceiling_stay_below_it() -> None:
    ceiling = RULE.replace("threshold", "comparator: at_most, threshold")
    assert found(ENOUGH, ceiling) == []
    assert found("咸安區: 122 家, 嘉魚縣: 101 家", ceiling) == SHORT


def test_figures_on_quotas_add_up_as_the_quotas_do() -> None:
    texts = {
        "rules/016-small.yaml": rule_file(RULE),
        "allocations/table.yaml": f"rule: rule\ndocument: 分解表\nquotas: {{{ENOUGH}}}\n",
    }
    book, _ = bind(texts)
    assert book is not None
    assert [each.code for each in check_quotas(book)] == ["additive-missing"]


def test_a_table_that_no_rule_uses_is_pointed_out() -> None:
    assert found(ENOUGH, "indicator: firms, kind: total, threshold: 222 家") == [("allocation-unused", 1, 1)]


@pytest.mark.parametrize(
    ("amendments", "expected"),
    [
        ("{target: promise, threshold: 222 家, document: 批復, date: 2025-05-20}", []),
        ("{target: promise, threshold: 223 家, document: 批復, date: 2025-05-20}", SHORT),
        ("{target: promise, threshold: 90 家, reach: [嘉魚縣], document: 批復, date: 2025-05-20}", SHORT),
        ("{target: promise, threshold: 110 家, reach: [嘉魚縣], document: 批復, date: 2025-05-20}", []),
        # The promise grows and so does a quota; in between they are too small.
        (
            "{target: promise, threshold: 250 家, document: 批復, date: 2025-05-20}, "
            "{target: promise, threshold: 130 家, reach: [嘉魚縣], document: 批復, date: 2025-05-20}",
            [],
        ),
        (
            "{target: promise, threshold: 250 家, document: 批復, date: 2025-05-20}, "
            "{target: promise, threshold: 130 家, reach: [嘉魚縣], document: 批復, date: 2025-07-20}",
            SHORT,
        ),
        ("{target: promise, threshold: 250 家, document: 批復, date: 2026-01-20}", []),
    ],
)
def test_quotas_keep_the_promise_whatever_is_amended(amendments: str, expected: list[object]) -> None:
    assert found(ENOUGH, amendments=amendments) == expected


def test_a_body_that_an_amendment_gives_a_number_counts() -> None:
    given = "{target: promise, threshold: 100 家, reach: [嘉魚縣], document: 批復, date: 2025-05-20}"
    assert found("咸安區: 122 家", amendments=given) == SHORT
    assert found("咸安區: 222 家", amendments=given) == []


def test_a_number_set_from_above_is_held_against_the_quotas_too() -> None:
    external = RULE.replace("kind: total, threshold: 222 家", "kind: external, inner_kind: total")
    assert found(ENOUGH, external) == []
    for number, expected in (("222", []), ("223", SHORT)):
        amendment = f"{{target: promise, threshold: {number} 家, document: 批復, date: 2025-05-20}}"
        assert found(ENOUGH, external, amendment) == expected


def test_lines_add_up_where_the_indicator_does() -> None:
    line = RULE.replace("kind: total", "kind: always")
    assert found("咸安區: 122 家, 嘉魚縣: 99 家", line) == SHORT
    assert found("咸安區: 122 畝, 嘉魚縣: 99 畝", line.replace("firms", "land").replace("222 家", "222 畝")) == []


def test_quotas_of_rates_do_not_add_up() -> None:
    rate = RULE.replace("firms", "growth").replace("kind: total, threshold: 222 家", "kind: rate, threshold: 7 %")
    assert found("咸安區: 6 %, 嘉魚縣: 6 %", rate) == []


def test_the_quota_of_a_body_that_answers_for_the_city_is_never_judged() -> None:
    also = TARGETS.replace("[各縣市區]", "[各縣市區, 市經信局]")
    assert found("咸安區: 122 家, 市經信局: 100 家", head=also) == [("quota-never-judged", 3, 28)]
    joint = TARGETS.replace("  lead: [市經信局]\n", "")
    assert found(ENOUGH, head=joint) == [("quota-never-judged", 3, 15), ("quota-never-judged", 3, 27)]
    assert found(ENOUGH, RULE.replace("lead: city", "lead: none"), head=joint) == []
