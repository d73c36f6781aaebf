from collections.abc import Sequence
from fractions import Fraction

import pytest

from engine.evaluate.operands import Operands, fits_grid, lay_out, limit_row, settle_joint_figures
from engine.model.book import Book
from engine.model.limit import Edge, Gap, Limit, LimitedObligation
from engine.model.tables import FIGURES, HISTORY, LIMITS, MAX_COEFFICIENT, MAX_CONSTANT, OBLIGATIONS, TABLES, Columns
from engine.model.verdict import Outcome
from engine.rules.obligations import limit_obligations, list_obligations
from tests.unit.small import TARGETS, book_of, codes, figures_of, period_of

NET = "indicator: firms, kind: total, threshold: 222 家"
LINE = "indicator: land, kind: always, threshold: 100 畝"
EACH = "indicator: firms, kind: each, inner_kind: total, members: [食品, 電子], threshold: 10 家"


def limited(book: Book, period: str = "2025Q2", *past: str) -> list[LimitedObligation]:
    return limit_obligations(book, list_obligations(book, period_of(period)), [period_of(label) for label in past])


def columns(rows: Sequence[tuple[str | None, ...]], declared: Columns, *names: str) -> list[tuple[str | None, ...]]:
    """The named columns of some rows."""
    places = [[name for name, _ in declared].index(name) for name in names]
    return [tuple(row[place] for place in places) for row in rows]


def laid_out(rule: str, *submissions: str) -> Operands:
    book = book_of(rule)
    return lay_out(limited(book), figures_of(book, "2025Q2", *submissions))


def test_rows_have_as_many_cells_as_their_tables_have_columns() -> None:
    book = book_of(LINE)
    figures = {**figures_of(book, "2025Q1", "land: 99 畝"), **figures_of(book, "2025Q2", "land: 99 畝")}
    operands = lay_out(limited(book, "2025Q2", "2025Q1"), figures)
    widths = {name: {len(row) for row in rows} for name, rows in operands.tables.items() if rows}
    assert widths == {name: {len(TABLES[name])} for name in ("obligations", "figures", "limits", "history")}


def test_figures_travel_as_whole_steps_of_the_grid() -> None:
    operands = laid_out("indicator: growth, kind: rate, threshold: 7 %", "growth: -6.25 %")
    assert columns(operands.figures, FIGURES, "form", "x", "y", "x_half", "x_sign") == [
        ("value", "-62500000", None, "50000", "-1")
    ]


def test_what_is_compared_with_stands_among_the_partners_too() -> None:
    operands = laid_out("indicator: growth, kind: relative, partner: income", "growth: 7 %", "income: 6 %")
    (asked,) = columns(operands.obligations, OBLIGATIONS, "figure", "partner")
    assert columns(operands.figures, FIGURES, "figure", "x") == [(asked[0], "70000000"), (asked[1], "60000000")]
    assert columns(operands.partners, FIGURES, "figure", "x") == [(asked[1], "60000000")]


def test_a_coarser_grid_scales_limits_and_figures_alike() -> None:
    book = book_of(NET)
    ((item,),) = [limited(book)]
    fine, coarse = (limit_row(item.limits[0], "0", grid) for grid in (Fraction(1, 10**6), Fraction(1, 2)))
    names = ("pass_q", "pass_c", "gap_nq", "gap_nc", "gap_dc")
    assert columns([fine], LIMITS, *names) == [("1", "111000000", "1", "-111000000", "2220000")]
    assert columns([coarse], LIMITS, *names) == [("1", "222", "25", "-5550", "111")]


def test_a_fault_travels_with_its_figure() -> None:
    operands = laid_out(NET, "firms: 7 %")
    assert columns(operands.figures, FIGURES, "x", "fault") == [(None, "unit-mismatch")]


def test_every_member_of_a_list_is_owed() -> None:
    operands = laid_out(EACH, "firms: {members: {食品: 6 家, 電子: 5 家}}")
    assert columns(operands.obligations, OBLIGATIONS, "obligation", "figure") == [("0", "0"), ("1", "1")]
    assert [(place, member) for place, member, _ in operands.owners] == [(0, "食品"), (0, "電子")]


def test_what_is_not_owed_is_not_put_to_the_engine() -> None:
    assert laid_out(NET + ", due_in: [2025Q4]", "firms: 6 家").obligations == []


def test_equal_limits_stand_once() -> None:
    counties = [f"organization: {name}\nfigures: {{firms: 110 家}}" for name in ("咸安區", "嘉魚縣")]
    operands = laid_out(NET + ", judged: {lead: city, responsible: {same: [各縣市區]}}", *counties)
    assert (len(operands.obligations), len(operands.figures), len(operands.limits)) == (3, 2, 1)


def test_limits_are_laid_out_where_a_figure_came_in() -> None:
    rule = f"{NET}, judged: {{lead: city, responsible: {{same: [各縣市區]}}}}"
    nothing = laid_out(rule)
    assert (len(nothing.obligations) > 1, nothing.limits) == (True, [])
    # One of several that are held to the same number is enough.
    some = laid_out(rule, "organization: 咸安區\nfigures: {firms: 110 家}")
    assert columns(some.limits, LIMITS, "limit_id") == [columns(some.obligations, OBLIGATIONS, "limit_id")[1]]


def test_a_level_carries_the_edge_that_its_baseline_may_meet() -> None:
    operands = laid_out("indicator: firms, kind: level, comparator: at_most, threshold: 100 家")
    wanted = columns(operands.obligations, OBLIGATIONS, "is_level", "meets_q", "meets_c")
    assert wanted == [("true", "-1", "-100000000")]


def test_an_earlier_period_is_laid_out_for_lines_alone() -> None:
    book = book_of(LINE)
    assert columns(lay_out(limited(book, "2025Q3", "2025Q1"), {}).history, HISTORY, "period") == [("202503",)]
    assert lay_out(limited(book_of(NET), "2025Q3", "2025Q1"), {}).history == []


def test_where_bodies_answer_jointly_the_one_that_reported_is_asked() -> None:
    book = book_of(NET, targets=TARGETS.replace("  lead: [市經信局]\n", ""))
    figures = figures_of(book, "2025Q2", "organization: 嘉魚縣\nfigures: {firms: 1 家}")
    operands = lay_out(limited(book), figures)
    (reported,) = columns(operands.figures, FIGURES, "figure")
    assert columns(operands.obligations, OBLIGATIONS, "figure") == [reported, reported]


def limit_with(passing: Edge, gap: Gap) -> Limit:
    return Limit(
        "l",
        "value",
        passing,
        passing,
        None,
        None,
        None,
        Outcome.FAIL,
        None,
        gap,
        "家",
        False,
        None,
        Fraction(0),
        Fraction(0),
    )


SMALL_EDGE, SMALL_GAP = Edge(1, 0, 1), Gap(1, 0, -1, 0, 1)


@pytest.mark.parametrize(
    ("edge", "gap", "expected"),
    [
        (SMALL_EDGE, SMALL_GAP, True),
        (Edge(MAX_COEFFICIENT - 1, 0, 1), SMALL_GAP, True),
        (Edge(MAX_COEFFICIENT, 0, 1), SMALL_GAP, False),
        (Edge(0, -MAX_COEFFICIENT, 1), SMALL_GAP, False),
        (Edge(1, 0, MAX_CONSTANT - 1), SMALL_GAP, True),
        (Edge(1, 0, -MAX_CONSTANT), SMALL_GAP, False),
        (SMALL_EDGE, Gap(MAX_COEFFICIENT, 0, 0, 0, 1), False),
        (SMALL_EDGE, Gap(1, 0, 0, 0, MAX_CONSTANT), False),
    ],
)
def test_what_leaves_the_grid_is_seen_beforehand(edge: Edge, gap: Gap, expected: bool) -> None:
    assert fits_grid(limit_with(edge, gap)) is expected


def settled(*counts: int) -> tuple[list[str | None], list[str]]:
    """The faults of two bodies' joint figures, and the findings."""
    book = book_of(NET, targets=TARGETS.replace("  lead: [市經信局]\n", ""))
    names = ("咸安區", "嘉魚縣")
    texts = [
        f"organization: {name}\nfigures: {{firms: {count} 家}}" for name, count in zip(names, counts, strict=False)
    ]
    figures, found = settle_joint_figures(limited(book), figures_of(book, "2025Q2", *texts))
    return [figure.fault for figure in figures.values()], codes(found)


@pytest.mark.parametrize(
    ("counts", "faults", "found"),
    [
        ((5,), [None], []),
        ((5, 5), [None, None], []),
        ((5, 6), ["joint-figures-differ"] * 2, ["joint-figures-differ"]),
    ],
)
def test_joint_figures_agree_or_cannot_be_used(counts: tuple[int, ...], faults: list[str], found: list[str]) -> None:
    assert settled(*counts) == (faults, found)


def test_joint_figures_that_differ_are_shown_with_both_places() -> None:
    book = book_of(NET, targets=TARGETS.replace("  lead: [市經信局]\n", ""))
    texts = [f"organization: {name}\nfigures: {{firms: {count} 家}}" for name, count in (("咸安區", 5), ("嘉魚縣", 6))]
    _, (finding,) = settle_joint_figures(limited(book), figures_of(book, "2025Q2", *texts))
    assert finding.params == {"indicator": "規上企業", "figures": "咸安區 5 家；嘉魚縣 6 家"}
    assert (finding.source.file, [source.file for source in finding.related]) == ("2025Q2/0.yaml", ["2025Q2/1.yaml"])


def test_an_unusable_figure_does_not_contradict_its_joint_one() -> None:
    book = book_of(NET, targets=TARGETS.replace("  lead: [市經信局]\n", ""))
    texts = ["organization: 咸安區\nfigures: {firms: 5 %}", "organization: 嘉魚縣\nfigures: {firms: 6 家}"]
    assert settle_joint_figures(limited(book), figures_of(book, "2025Q2", *texts))[1] == []
