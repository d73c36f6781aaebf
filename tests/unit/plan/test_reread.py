"""One target, its words, and one thing in the reading that the words do not say."""

import pytest

from engine.model.diagnostic import Diagnostic
from engine.plan.clauses import read_plan
from engine.plan.reread import reread_quotes
from tests.unit.small import bind, codes

QUOTE = "城镇调查失业率控制在5%左右"
SOUND = "kind: rate, comparator: at_most, value: 5, unit: '%', soft: true"


def reread(keys: str, quote: str = QUOTE, plan: str = "") -> list[Diagnostic]:
    targets = (
        "plan: {title: 示例方案, year: 2025}\n"
        f"clauses:\n- clause: '1'\n  lead: [市經信局]\n  targets:\n  - {{id: one, quote: {quote}, {keys}}}\n"
    )
    book, found = bind({"targets.yaml": targets})
    assert book is not None
    assert found == []
    return reread_quotes(book, {clause.number: clause for clause in read_plan(plan).clauses})


def test_a_reading_that_the_words_bear_out_is_silent() -> None:
    assert reread(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "wanted"),
    [
        ("at_most", "at_least", "comparator", "at_most"),
        (", soft: true", "", "soft", "true"),
        ("unit: '%'", "unit: 個", "unit", "%"),
        ("soft: true", "soft: true, change: increase", "change", "-"),
        ("soft: true", "soft: true, year: 2030", "year", "-"),
        ("value: 5", "value: 5, upper: 6", "upper", "-"),
    ],
)
def test_a_reading_that_differs_from_the_words_is_named(old: str, new: str, key: str, wanted: str) -> None:
    (finding,) = reread(SOUND.replace(old, new))
    assert finding.code == "reading-differs"
    assert (finding.params["key"], finding.params["wanted"]) == (key, wanted)
    assert str(finding.source).startswith("targets.yaml:6:")
    assert [str(place) for place in finding.related] == ["targets.yaml:6:22"]


def test_a_difference_that_a_person_explains_is_a_note() -> None:
    assert codes(reread(SOUND.replace("at_most", "at_least") + ", reading: the office says so")) == [
        "reading-explained"
    ]


@pytest.mark.parametrize("change", ["", ", change: decrease"])
def test_there_is_nothing_to_explain_about_a_growth(change: str) -> None:
    keys = f"kind: rate, comparator: at_least, value: 7, unit: '%'{change}, reading: the office says so"
    assert codes(reread(keys, "生产总值增长7%以上")) == ["reading-differs"]


def test_another_kind_than_the_words_suggest_is_a_warning() -> None:
    assert codes(reread("kind: level, comparator: at_least, value: 30, unit: 家", "新增企业30家")) == [
        "reading-guess-differs"
    ]


def test_words_in_which_the_grammar_finds_no_promise_are_named_unless_explained() -> None:
    keys = "kind: total, comparator: at_least, value: 10, unit: 强"
    assert codes(reread(keys, "进入全省前10强")) == ["reading-not-understood"]
    assert reread(keys + ", reading: the tenth place is promised", "进入全省前10强") == []


def test_striving_is_asked_only_where_the_whole_clause_is_there() -> None:
    keys = "kind: total, comparator: at_least, value: 30, unit: 家"
    plan = "2025年方案\n一、任务\n1.力争全年新增企业30家。(牵头单位:市经信局)"
    assert reread(keys, "新增企业30家") == []
    (finding,) = reread(keys, "新增企业30家", plan)
    assert (finding.params["key"], finding.params["wanted"]) == ("striving", "true")
    assert reread(keys + ", striving: true", "新增企业30家", plan) == []


def test_an_act_of_another_kind_is_named() -> None:
    assert reread("kind: milestone", "年内一号桥建成通车") == []
    assert codes(reread("kind: coverage", "年内一号桥建成通车")) == ["reading-guess-differs"]
