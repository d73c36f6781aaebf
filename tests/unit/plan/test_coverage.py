"""A small plan and its book: sound but for one thing."""

import pytest

from engine.model.coverage import Coverage
from engine.model.diagnostic import Diagnostic
from engine.plan.coverage import cover_plan, covered_by_book, digest_text
from tests.unit.small import bind, codes

PLAN = """\
2025年示例方案
一、2025年主要預期目標
(一)全市凈增規上企業222家以上,總數超1200家。(牽頭單位:市經信局;責任單位:市發改委,各縣市區)
二、2025年重點工作
1.落實“5+4”產業政策,引進10億元以上項目50個,某某前10企業不談。(責任單位:市發改委)
2.深入學習。(牽頭單位:市發改委;責任單位:各縣市區)
"""
TARGETS = f"""\
plan: {{title: 示例方案, year: 2025, digest: '{digest_text(PLAN)}'}}
clauses:
- clause: 一(一)
  lead: [市經信局]
  responsible: [市發改委, 各縣市區]
  targets:
  - {{id: net, quote: 全市凈增規上企業222家以上, kind: total, comparator: at_least, value: 222, unit: 家}}
  - {{id: all, quote: 總數超1200家, kind: level, comparator: more_than, value: 1200, unit: 家}}
- clause: '1'
  responsible: [市發改委]
  targets:
  - {{id: projects, quote: 10億元以上項目50個, kind: total, comparator: at_least, value: 50, unit: 個}}
  not_targets:
  - {{quote: “5+4”, why: a name}}
  - {{quote: 10億元以上, why: a class bound}}
  - {{quote: 前10, why: a rank}}
- clause: '2'
  lead: [市發改委]
  responsible: [各縣市區]
"""


def cover(targets: str = TARGETS, plan: str = PLAN) -> tuple[Coverage, list[Diagnostic]]:
    book, found = bind({"targets.yaml": targets})
    assert book is not None
    assert found == []
    return cover_plan(book, plan, "plan.txt")


def test_every_clause_quote_body_and_number_is_accounted_for() -> None:
    assert cover() == (Coverage(7, 3, 4, 0, 3, 3), [])


def test_digest_ignores_width_and_blanks_only() -> None:
    assert digest_text("增長 ７％\n") == digest_text("增長7%")
    assert digest_text("增長7%") != digest_text("增长7%")
    assert digest_text("").startswith("sha256:e3b0c442")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("222家以上, kind", "222家以下, kind", ["number-unclaimed", "quote-not-in-clause"]),
        ("總數超1200家", "總數約1200家", ["number-unclaimed", "quote-not-in-clause"]),
        ("quote: “5+4”", "quote: “5-4”", ["number-unclaimed", "number-unclaimed", "quote-not-in-clause"]),
        ("  - {quote: 前10, why: a rank}\n", "", ["number-unclaimed"]),
        ("前10, why", "項目50個, why", ["number-claimed-twice", "number-unclaimed"]),
        ("clause: 一(一)", "clause: 一(二)", ["clause-not-in-book", "clause-not-in-plan"]),
        ("responsible: [市發改委, 各縣市區]", "responsible: [各縣市區]", ["bodies-differ"]),
        ("responsible: [市發改委, 各縣市區]", "responsible: [市發改委, 各縣市區, 嘉魚縣]", ["bodies-differ"]),
        ("responsible: [市發改委, 各縣市區]", "responsible: [各縣市區, 市發改委]", ["bodies-differ"]),
        ("  lead: [市經信局]\n", "", ["bodies-differ"]),
        (f", digest: '{digest_text(PLAN)}'", "", ["plan-digest-missing"]),
        (digest_text(PLAN), digest_text("x"), ["plan-differs"]),
    ],
)
def test_what_differs_from_the_plan_is_named(old: str, new: str, expected: list[str]) -> None:
    assert old in TARGETS
    coverage, found = cover(TARGETS.replace(old, new, 1))
    assert sorted(codes(found)) == expected
    assert coverage.unclaimed == expected.count("number-unclaimed") or "clause-not-in-book" in expected


def test_numbers_of_a_clause_that_the_book_lacks_are_unclaimed() -> None:
    coverage, _ = cover(TARGETS.replace("clause: 一(一)", "clause: 一(二)"))
    assert coverage == Coverage(7, 1, 4, 2, 3, 2)


def test_clauses_stand_in_the_plans_order() -> None:
    first, last = TARGETS.index("- clause: '1'"), TARGETS.index("- clause: '2'")
    turned = TARGETS[:first] + TARGETS[last:] + TARGETS[first:last]
    assert codes(cover(turned)[1]) == ["clauses-unordered"]


def test_a_text_without_the_books_clauses_cannot_be_used() -> None:
    for text in ("", "一封信\n沒有條款\n", "1.別的方案。(責任單位:某局)\n"):
        coverage, found = cover(plan=text)
        assert codes(found) == ["plan-differs", "plan-without-clauses"]
        assert coverage.numbers_in_plan is None


def test_findings_stand_in_the_plans_own_lines_and_show_few_of_its_words() -> None:
    _, found = cover(TARGETS.replace("  - {quote: 前10, why: a rank}\n", ""))
    (unclaimed,) = found
    assert str(unclaimed.source) == "plan.txt:5:32"
    assert unclaimed.params == {"clause": "1", "number": "10", "around": "某某前10企業不"}


def test_prose_is_never_copied() -> None:
    """Of the plan's words only bodies and what stands around a number reach a finding."""
    spoilt = TARGETS.replace("lead: [市發改委]", "lead: [市經信局]").replace("quote: 前10", "quote: 前11")
    said = "".join(text for finding in cover(spoilt)[1] for text in finding.params.values())
    assert "深入學習" not in said
    assert "落實" not in said


def test_promises_in_the_same_words_share_their_number() -> None:
    second = "  - {id: again, quote: 總數超1200家, kind: level, comparator: more_than, value: 1200, unit: 家}\n"
    coverage, found = cover(TARGETS.replace("- clause: '1'\n", f"{second}- clause: '1'\n"))
    assert (coverage.claimed, found) == (3, [])


def test_a_number_that_stands_twice_is_claimed_twice() -> None:
    plan = PLAN.replace("深入學習", "新增30家,又新增30家")
    targets = TARGETS.replace(digest_text(PLAN), digest_text(plan)) + "".join(
        f"{head}  - {{id: {name}, quote: {quote}, kind: total, comparator: at_least, value: 30, unit: 家}}\n"
        for head, name, quote in (("  targets:\n", "first", "新增30家"), ("", "second", "又新增30家"))
    )
    assert cover(targets, plan) == (Coverage(9, 5, 4, 0, 3, 3), [])


def test_an_altered_quote_shows_how_far_it_agrees() -> None:
    _, found = cover(TARGETS.replace("總數超1200家", "總數超1300家").replace("value: 1200", "value: 1300"))
    assert [each.params["prefix"] for each in found if each.code == "quote-not-in-clause"] == ["總數超1"]


def test_without_the_plan_the_book_speaks_for_itself() -> None:
    book, _ = bind({"targets.yaml": TARGETS})
    assert book is not None
    assert covered_by_book(book) == Coverage(None, 3, 4, None, 3, 1)
