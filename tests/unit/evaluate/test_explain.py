"""The derivation of one verdict on a small book: which sentences it has."""

from fractions import Fraction

import pytest

from engine.evaluate.explain import derive
from engine.model.derivation import Derivation
from engine.report.explain import explain_text
from engine.report.words import Words
from engine.rules.obligations import limit_obligations, list_obligations
from engine.submissions.history import inherit_baselines
from tests.unit.small import TARGETS, bind, book_of, figures_of, judge_book, period_of, rule_file


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


def test_body_that_an_allocation_gives_nothing_is_told_so() -> None:
    rule = "indicator: firms, kind: total, threshold: 222 家, judged: {lead: city, responsible: {quota: q}}"
    files = {
        "rules/016-small.yaml": rule_file(rule),
        "allocations/q.yaml": "rule: rule\ndocument: 表\nquotas: {咸安區: 42 家}\n",
    }
    book, _ = bind(files)
    assert book is not None
    figures = figures_of(book, "2025Q2", "organization: 嘉魚縣\nfigures: {firms: 3 家}")
    owed = limit_obligations(book, list_obligations(book, period_of("2025Q2")), ())
    verdicts = judge_book(book, "2025Q2", figures)
    found = next(
        derive(book, item, verdict, figures)
        for item, verdict in zip(owed, verdicts, strict=True)
        if verdict.obligation.organization == "嘉魚縣"
    )
    assert (found.outcome, found.reason) == ("undecided", "not-applicable")
    assert {"submitted", "reason-not-applicable", "verdict"} <= set(keys(found))
    assert not any(each.equation or each.comparison for each in found.steps)


def test_number_before_an_amendment_has_its_own_arithmetic() -> None:
    amendments = "amendments: [{target: promise, threshold: 300 家, document: 甲, date: 2025-05-01}]\n"
    rule = "indicator: firms, kind: total, threshold: 222 家"
    found = derivation_of(rule, "firms: 115 家", amendments=amendments)
    now, before = (
        {each.key: each.equation.value for each in found.steps if each.equation and (each.section == "original") == old}
        for old in (False, True)
    )
    assert (now["due-paced"], before["due-paced"]) == (Fraction(150), Fraction(111))
    assert now["gap"] < 0 < before["gap"]
    assert keys(found).index("verdict") < keys(found).index("under-original") < keys(found).index("way-pass")


def test_reading_is_told_in_the_reader_s_language() -> None:
    """Whoever wrote the book writes both; where there is no Chinese one, the other is shown as it is."""
    quote = "id: promise, quote: 全市凈增規上企業222家以上, kind: total, reading: A floor."
    for more, chinese in ((", reading_zh: 「以上」為下限。", "「以上」為下限。"), ("", "A floor.")):
        targets = TARGETS.replace("id: promise, quote: 全市凈增規上企業222家以上, kind: total", quote + more)
        found = derivation_of("indicator: firms, kind: total, threshold: 222 家", "firms: 131 家", targets=targets)
        assert "  It is read so: A floor.\n" in explain_text(found, Words("en"))
        assert f"：{chinese}\n" in explain_text(found, Words("zh-Hant"))
        if more:
            assert "：「以上」为下限。\n" in explain_text(found, Words("zh-Hans"))
