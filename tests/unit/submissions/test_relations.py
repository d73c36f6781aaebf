"""Submissions held to relations: what no choice among the numbers that round to the figures can explain."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey
from engine.report.words import Words
from engine.rules.obligations import list_obligations
from engine.submissions.history import inherit_baselines
from engine.submissions.relations import hold_relations
from tests.unit.small import bind, codes, figures_of, period_of

INDICATORS = """\
- {id: huge, name: 特大項目數, unit: 個}
- {id: large, name: 大項目數, unit: 個}
- {id: all, name: 項目數, unit: 個}
- {id: started, name: 開工數, unit: 個}
- {id: rate, name: 開工率, unit: '%', parts: {ratio: [begun, signed], unit: 個}}
- {id: people, name: 常住人口, unit: 萬人}
- {id: town, name: 城鎮人口, unit: 萬人}
- {id: country, name: 鄉村人口, unit: 萬人}
- {id: output, name: 產值, unit: 億元}
- {id: sold, name: 銷售額, unit: 億元}
- {id: sales-rate, name: 產銷率, unit: '%'}
- {id: net, name: 凈增企業, unit: 家, net: true}
- {id: lost, name: 凈減企業, unit: 家, net: true}
- {id: moved, name: 凈遷企業, unit: 家, net: true}
- {id: firms, name: 企業總數, unit: 家}
"""
CHAIN = "{id: chain, at_most: [huge, large, all], reason: 示例}"
SUM = "{id: sum, sum: {whole: people, parts: [town, country]}, reason: 示例}"
SOME = "{id: some, sum: {whole: people, parts: [town, country], at_most: true}, reason: 示例}"
NETS = "{id: nets, sum: {whole: net, parts: [lost, moved]}, reason: 示例}"
RATE = "{id: rate, ratio: {numerator: started, denominator: all, rate: rate}, reason: 示例}"
SALES = "{id: sales, ratio: {numerator: sold, denominator: output, rate: sales-rate, may_exceed: true}, reason: 示例}"
STOCK = "{id: stock, stock: {level: firms, net_change: net}, reason: 示例}"


def book_with(*relations: str) -> Book:
    """A book in which 市經信局 answers for every figure but 咸安區's own."""
    rules = [
        "{id: level, target: promise, indicator: firms, kind: level, threshold: 1200 家, judged: {lead: city}}",
        "{id: total, target: promise, indicator: all, kind: total, threshold: 60 個, judged: {lead: city}}",
    ]
    text = f"clause: '16'\nindicators:\n{INDICATORS}rules:\n" + "".join(f"- {rule}\n" for rule in rules)
    stated = "relations:\n" + "".join(f"- {each}\n" for each in relations)
    book, found = bind({"rules/016-small.yaml": text, "relations.yaml": stated})
    assert found == []
    assert book is not None
    return book


def broken(relations: str | Sequence[str], *texts: str | tuple[str, str]) -> list[Diagnostic]:
    """What contradicts the relations; a text of an earlier period comes with its label."""
    book = book_with(*([relations] if isinstance(relations, str) else relations))
    figures: dict[FigureKey, Figure] = {}
    current = [text for text in texts if isinstance(text, str)]
    figures.update(figures_of(book, "2025Q2", *current))
    for period, text in (text for text in texts if not isinstance(text, str)):
        figures.update(figures_of(book, period, text))
    now = [figure for figure in figures.values() if figure.period.key == 202506]
    known = inherit_baselines(book, figures, now, [])
    found: list[Diagnostic] = []
    hold_relations(book, list_obligations(book, period_of("2025Q2")), known, [202506], found)
    return found


@pytest.mark.parametrize(
    ("relation", "figures", "expected"),
    [
        (CHAIN, "huge: 3 個, large: 24 個, all: 128 個", []),
        (CHAIN, "huge: 3 個, large: 3 個, all: 3 個", []),
        (CHAIN, "huge: 4 個, large: 3 個, all: 8 個", ["part-exceeds-whole"]),
        (CHAIN, "huge: 4 個, large: 3 個, all: 2 個", ["part-exceeds-whole", "part-exceeds-whole"]),
        (CHAIN, "huge: 9 個, all: 8 個", ["part-exceeds-whole"]),
        (CHAIN, "huge: 9 個", []),
        (CHAIN, "huge: 9 個, large: 8 家, all: 9 個", []),
        (SUM, "people: 260.5 萬人, town: 150.2 萬人, country: 110.3 萬人", []),
        (SUM, "people: 260.5 萬人, town: 150.2 萬人, country: 110.4 萬人", []),
        (SUM, "people: 260.5 萬人, town: 150.2 萬人, country: 110.5 萬人", ["parts-sum-differs"]),
        (SUM, "people: 260.5 萬人, town: 150.2 萬人, country: 110.1 萬人", ["parts-sum-differs"]),
        (SUM, "people: 2605000 人, town: 1502000 人, country: 1103001 人", ["parts-sum-differs"]),
        (SUM, "people: 260.5 萬人, town: 260.5 萬人", []),
        (SUM, "people: 260.5 萬人, town: 260.55 萬人", []),
        (SUM, "people: 260.5 萬人, town: 260.6 萬人", ["parts-exceed-whole"]),
        (SUM, "town: 260.61 萬人, country: 1.0 萬人", []),
        (SOME, "people: 260.5 萬人, town: 1.0 萬人, country: 2.0 萬人", []),
        (SOME, "people: 260.5 萬人, town: 200.0 萬人, country: 61.0 萬人", ["parts-exceed-whole"]),
        (NETS, "net: 3 家, lost: 5 家", []),
        (NETS, "net: 3 家, lost: 5 家, moved: -1 家", ["parts-sum-differs"]),
        (NETS, "net: 3 家, lost: 5 家, moved: -2 家", []),
        (RATE, "started: 92 個, all: 128 個, rate: 71.9 %", []),
        (RATE, "started: 92 個, all: 128 個, rate: 71.875 %", []),
        (RATE, "started: 92 個, all: 128 個, rate: 72 %", []),
        (RATE, "started: 92 個, all: 128 個, rate: 71.8 %", ["rate-differs"]),
        (RATE, "started: 92 個, all: 128 個, rate: 0.719 %", ["rate-differs"]),
        (RATE, "started: 92 個, all: 128 個, rate: {parts: {begun: 92 個, signed: 128 個}}", []),
        (RATE, "started: 92 個, all: 128 個, rate: {parts: {begun: 46 個, signed: 64 個}}", []),
        (RATE, "started: 92 個, all: 128 個, rate: {parts: {begun: 92 個, signed: 127 個}}", ["rate-differs"]),
        (RATE, "started: 129 個, all: 128 個", ["part-exceeds-whole"]),
        (RATE, "started: 0 個, all: 0 個, rate: 0 %", []),
        (SALES, "sold: 10.6 億元, output: 10.0 億元, sales-rate: 106 %", []),
        (SALES, "sold: 10.6 億元, output: 10.0 億元, sales-rate: 105 %", []),
        (SALES, "sold: 10.6 億元, output: 10.0 億元, sales-rate: 104 %", ["rate-differs"]),
        (STOCK, "firms: {value: 1131 家, baseline: 1000 家}, net: 131 家", []),
        (STOCK, "firms: {value: 1131 家, baseline: 1000 家}, net: 130 家", ["stock-differs"]),
        (STOCK, "firms: {value: 1131 家, baseline: 0.1 萬家}, net: 130 家", []),
        (STOCK, "firms: {value: 990 家, baseline: 1000 家}, net: -10 家", []),
        (STOCK, "firms: 1131 家, net: 130 家", []),
    ],
)
def test_a_relation_is_broken_where_no_rounding_explains_it(relation: str, figures: str, expected: list[str]) -> None:
    assert codes(broken(relation, figures)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("firms: 1131 家, net: 131 家", []),
        ("firms: 1131 家, net: 130 家", ["stock-differs"]),
        ("firms: {value: 1131 家, baseline: 1001 家}, net: 131 家", ["stock-differs"]),
    ],
)
def test_the_level_before_is_last_year_s_end(now: str, expected: list[str]) -> None:
    assert codes(broken(STOCK, now, ("2024Q4", "firms: 1000 家"))) == expected


@pytest.mark.parametrize(
    ("now", "expected"), [("firms: 1131 家, net: 131 家", []), ("firms: 1131 家, net: 130 家", ["stock-moves"])]
)
def test_without_a_baseline_level_and_change_move_alike(now: str, expected: list[str]) -> None:
    found = broken(STOCK, now, ("2025Q1", "firms: 1060 家, net: 60 家"))
    assert codes(found) == expected
    for finding in found:
        assert [each.file for each in finding.related[1:3]] == ["2025Q1/0.yaml", "2025Q1/0.yaml"]


def test_figures_of_different_bodies_are_not_held_against_each_other() -> None:
    assert broken(CHAIN, "large: 3 個", "organization: 咸安區\nfigures: {huge: 9 個}") == []
    own = "organization: 咸安區\nfigures: {huge: 9 個, large: 3 個}"
    assert [each.params["organization"] for each in broken(CHAIN, "large: 30 個", own)] == ["咸安區"]


TWO_LEADS = """\
plan: {title: 示例方案, year: 2025}
clauses:
- {clause: '1', lead: [市經信局], targets: [{id: one, quote: 項目60個, kind: total}]}
- {clause: '2', lead: [市發改委], targets: [{id: two, quote: 大項目9個, kind: total}]}
"""


def test_the_city_s_figures_belong_together_whoever_reports_them() -> None:
    rule = "{{id: {0}, target: {0}, indicator: {1}, kind: total, threshold: 9 個, judged: {{lead: city}}}}"
    files = {
        "targets.yaml": TWO_LEADS,
        "rules/001-all.yaml": f"clause: '1'\nindicators:\n{INDICATORS}rules: [{rule.format('one', 'all')}]\n",
        "rules/002-large.yaml": f"clause: '2'\nrules: [{rule.format('two', 'large')}]\n",
        "relations.yaml": f"relations:\n- {CHAIN}\n",
    }
    book, _ = bind(files)
    assert book is not None
    texts = ["all: 3 個", "organization: 市發改委\nfigures: {large: 9 個}"]
    found: list[Diagnostic] = []
    obligations = list_obligations(book, period_of("2025Q2"))
    hold_relations(book, obligations, figures_of(book, "2025Q2", *texts), [202506], found)
    assert [(each.code, each.params["organization"]) for each in found] == [
        ("part-exceeds-whole", "市發改委、市經信局")
    ]


def test_what_is_no_longer_current_is_not_held_to_anything() -> None:
    book = book_with(CHAIN)
    found: list[Diagnostic] = []
    hold_relations(book, (), figures_of(book, "2025Q1", "huge: 9 個, all: 3 個"), [202506], found)
    assert found == []


def test_a_finding_names_every_figure_with_its_place_and_the_relation() -> None:
    (finding,) = broken(SUM, "people: 260.5 萬人, town: 150.2 萬人, country: 111 萬人")
    assert finding.params == {
        "organization": "市經信局",
        "relation": "sum",
        "whole": "常住人口",
        "whole_figure": "260.5 萬人",
        "parts": "城鎮人口 150.2 萬人、鄉村人口 111 萬人",
        "sum": "261.2 萬人",
    }
    assert [(each.file, each.line) for each in finding.related] == [
        ("2025Q2/0.yaml", 2), ("2025Q2/0.yaml", 2), ("relations.yaml", 2),
    ]  # fmt: skip


CONTRADICTIONS = [
    (CHAIN, "huge: 9 個, all: 8 個"),
    (SUM, "people: 260.5 萬人, town: 150.2 萬人, country: 111 萬人"),
    (SOME, "people: 260.5 萬人, town: 200.0 萬人, country: 61.0 萬人"),
    (RATE, "started: 92 個, all: 128 個, rate: 71.8 %"),
    (STOCK, "firms: {value: 1131 家, baseline: 1000 家}, net: 130 家"),
]


@pytest.mark.parametrize(("relation", "figures"), CONTRADICTIONS)
@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_every_message_is_filled_in(language: str, relation: str, figures: str) -> None:
    words = Words(language)
    (finding,) = broken(relation, figures)
    assert "{" not in words.message(finding) + words.hint(finding)
    written = [word for word in figures.replace("{", " ").replace(",", " ").split() if word.isdecimal()]
    assert all(number in words.message(finding) for number in written)


def test_the_rate_that_should_have_been_written_is_shown() -> None:
    (finding,) = broken(RATE, "started: 92 個, all: 128 個, rate: 71.8 %")
    assert finding.params["computed"] == "71.875 %"


_COUNTS = st.integers(0, 99_999)
_PLACES = st.integers(0, 3)


@given(_COUNTS, _COUNTS, _PLACES, _PLACES, _PLACES)
def test_rounding_what_is_true_contradicts_nothing(town: int, country: int, one: int, two: int, three: int) -> None:
    figures = [_rounded(number, places) for number, places in ((town + country, one), (town, two), (country, three))]
    text = "people: {}, town: {}, country: {}".format(*figures)
    assert broken(SUM, text) == []


@given(_COUNTS, _COUNTS, st.integers(1, 999))
def test_what_is_off_by_more_than_the_last_digits_is_always_found(town: int, country: int, off: int) -> None:
    text = f"people: {town + country + off} 人, town: {town} 人, country: {country} 人"
    assert codes(broken(SUM, text)) == ["parts-sum-differs"]


@given(st.integers(0, 999), st.integers(1, 999), st.integers(0, 4))
def test_a_rate_rounded_to_any_digit_follows_from_its_parts(above: int, below: int, places: int) -> None:
    rate = _half_up(Fraction(100 * above, below), places)
    assert broken(SALES, f"sold: {above} 萬元, output: {below} 萬元, sales-rate: {rate} %") == []


def _rounded(number: int, places: int) -> str:
    """A number of people in 萬人, with so many decimals."""
    return f"{_half_up(Fraction(number, 10_000), places)} 萬人"


def _half_up(number: Fraction, places: int) -> str:
    scaled = int(number * 10**places + Fraction(1, 2))
    return f"{scaled // 10**places}" + (f".{scaled % 10**places:0{places}d}" if places else "")
