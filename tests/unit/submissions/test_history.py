import pytest

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey
from engine.submissions.history import check_history, inherit_baselines
from engine.submissions.revisions import apply_revisions
from tests.unit.small import book_of, codes, figures_of

TOTAL = "indicator: firms, kind: total, threshold: 222 家"
LEVEL = "indicator: firms, kind: level, threshold: 1200 家"


def known(book: Book, *texts: tuple[str, str]) -> dict[FigureKey, Figure]:
    """The figures of several periods, with the revisions that they declare."""
    figures = {key: value for period, text in texts for key, value in figures_of(book, period, text).items()}
    return apply_revisions(book, figures, [figure for figure in figures.values() if figure.revises], [])


def history_of(rule: str, *texts: tuple[str, str]) -> list[Diagnostic]:
    """What is wrong between the figures of several periods, of which the last is current."""
    book = book_of(rule)
    figures = known(book, *texts)
    found: list[Diagnostic] = []
    check_history(book, figures, [max(figure.period.key for figure in figures.values())], found)
    return found


@pytest.mark.parametrize(
    ("rule", "before", "now", "expected"),
    [
        (TOTAL, "110 家", "109 家", ["year-to-date-falls"]),
        (TOTAL, "110 家", "110 家", []),
        (TOTAL, "110 家", "111 家", []),
        (TOTAL + ", net: true", "110 家", "109 家", []),
        (LEVEL, "110 家", "109 家", []),
        ("indicator: firms, kind: rate, threshold: 5 家", "110 家", "109 家", []),
        ("indicator: firms, kind: always, threshold: 5 家", "110 家", "109 家", []),
        (TOTAL, "110 個", "109 家", []),
    ],
)
def test_only_what_adds_up_over_the_year_may_not_fall(rule: str, before: str, now: str, expected: list[str]) -> None:
    assert codes(history_of(rule, ("2025Q1", f"firms: {before}"), ("2025Q2", f"firms: {now}"))) == expected


def test_a_fall_is_shown_with_both_figures_and_both_places() -> None:
    (finding,) = history_of(TOTAL, ("2025Q1", "firms: 110 家"), ("2025Q2", "firms: 109 家"))
    assert finding.params == {
        "organization": "市經信局",
        "indicator": "規上企業",
        "now": "109 家",
        "before": "110 家",
        "period": "2025Q1",
    }
    assert (finding.source.file, finding.related[0].file) == ("2025Q2/0.yaml", "2025Q1/0.yaml")


def test_a_figure_is_held_to_the_latest_before_it() -> None:
    texts = [("2025Q1", "firms: 120 家"), ("2025-05", "firms: 100 家"), ("2025Q2", "firms: 110 家")]
    assert history_of(TOTAL, *texts) == []


def test_a_new_year_begins_at_zero() -> None:
    assert history_of(TOTAL, ("2024Q4", "firms: 200 家"), ("2025Q1", "firms: 20 家")) == []


@pytest.mark.parametrize(
    ("revises", "expected"),
    [
        ("{period: 2025Q1, from: 190 家, to: 188 家, reason: 核減重複}", []),
        ("{period: 2025Q1, from: 190 家, to: 189.5 家, reason: 核減重複}", ["year-to-date-falls"]),
        ("{period: 2024Q4, from: 190 家, to: 188 家, reason: 核減重複}", ["year-to-date-falls"]),
    ],
)
def test_a_declared_revision_takes_the_earlier_figure_s_place(revises: str, expected: list[str]) -> None:
    now = f"firms: {{value: 189 家, revises: {revises}}}"
    found = history_of(TOTAL, ("2025Q1", "firms: 190 家"), ("2025Q2", now))
    assert [code for code in codes(found) if code == "year-to-date-falls"] == expected


def test_members_are_compared_with_themselves() -> None:
    rule = "indicator: firms, kind: each, inner_kind: total, members: [食品, 電子], threshold: 9 家"
    found = history_of(
        rule,
        ("2025Q1", "firms: {members: {食品: 5 家, 電子: 2 家}}"),
        ("2025Q2", "firms: {members: {食品: 4 家, 電子: 3 家}}"),
    )
    assert codes(found) == ["year-to-date-falls"]


def baselines(*texts: tuple[str, str], rule: str = LEVEL) -> tuple[list[int | None], list[str]]:
    """The baselines of the figures in the order of periods, and the findings; the last period is current."""
    book = book_of(rule)
    figures = known(book, *texts)
    last = max(figure.period for figure in figures.values())
    found: list[Diagnostic] = []
    completed = inherit_baselines(book, figures, [each for each in figures.values() if each.period == last], found)
    ordered = sorted(completed.values(), key=lambda figure: figure.period)
    return [None if figure.y is None else int(figure.y) for figure in ordered], codes(found)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([("2025Q1", "{value: 1050 家, baseline: 1000 家}"), ("2025Q2", "1100 家")], [1000, 1000]),
        ([("2024Q4", "1000 家"), ("2025Q1", "1050 家"), ("2025Q2", "1100 家")], [None, 1000, 1000]),
        ([("2025Q1", "1050 家"), ("2025Q2", "1100 家")], [None, None]),
        ([("2024Q3", "990 家"), ("2025Q1", "1050 家")], [None, None]),
        # What this year's submissions state comes before last year's figure.
        (
            [("2024Q4", "1000 家"), ("2025Q1", "{value: 1050 家, baseline: 1001 家}"), ("2025Q2", "1100 家")],
            [None, 1001, 1001],
        ),
    ],
)
def test_a_baseline_is_inherited(texts: list[tuple[str, str]], expected: list[int | None]) -> None:
    assert baselines(*((period, f"firms: {text}") for period, text in texts))[0] == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("{value: 1100 家, baseline: 1000 家}", []),
        ("{value: 1100 家, baseline: 990 家}", ["baseline-changed"]),
        ("{value: 1100 家, baseline: 990 家, revises: {period: 2025Q1, from: 1000 家, to: 990 家, reason: 核減}}", []),
    ],
)
def test_a_baseline_may_not_change_silently(now: str, expected: list[str]) -> None:
    texts = (("2025Q1", "firms: {value: 1050 家, baseline: 1000 家}"), ("2025Q2", f"firms: {now}"))
    assert baselines(*texts)[1] == expected


def test_only_levels_have_baselines() -> None:
    texts = (("2024Q4", "firms: 1000 家"), ("2025Q1", "firms: 50 家"))
    assert baselines(*texts, rule=TOTAL)[0] == [None, None]


def test_an_unusable_figure_of_last_year_is_no_baseline() -> None:
    assert baselines(("2024Q4", "firms: 1000 個"), ("2025Q1", "firms: 1050 家"))[0] == [None, None]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("3.5 萬家", "34600 家", []),
        ("3.5 萬家", "34500 家", []),
        ("3.5 萬家", "34499 家", ["year-to-date-falls"]),
        ("35000 家", "3.46 萬家", ["year-to-date-falls"]),
        ("35000 家", "3.5 萬家", []),
    ],
)
def test_what_rounding_explains_is_no_fall(before: str, now: str, expected: list[str]) -> None:
    assert codes(history_of(TOTAL, ("2025Q1", f"firms: {before}"), ("2025Q2", f"firms: {now}"))) == expected


STAGES = "indicator: firms, kind: milestone, stages: [{stage: 開工, due: 2025-03-31}, {stage: 完工, due: 2025-12-31}]"
LIST = "indicator: firms, kind: coverage, threshold: 100 %, eligible: fixed-list"
TO_DATE = "indicator: firms, kind: coverage, threshold: 100 %, eligible: to-date"


@pytest.mark.parametrize(
    ("rule", "before", "now", "expected"),
    [
        (STAGES, "{stage: 完工}", "{stage: 開工}", ["year-to-date-falls"]),
        (STAGES, "{stage: 開工}", "{stage: 未開工}", ["year-to-date-falls"]),
        (STAGES, "{stage: 開工}", "{stage: 開工}", []),
        (
            STAGES,
            "{stage: 完工}",
            "{stage: 開工, revises: {period: 2025Q1, from: 完工, to: 開工, reason: 誤報}}",
            [],
        ),
        (LIST, "{done: 5 家, eligible: 9 家}", "{done: 4 家, eligible: 9 家}", ["year-to-date-falls"]),
        (LIST, "{done: 5 家, eligible: 9 家}", "{done: 5 家, eligible: 9 家}", []),
        (LIST, "{done: 5 家, eligible: 9 家}", "{done: 6 家, eligible: 8 家}", ["list-changed"]),
        (LIST, "{done: 5 家, eligible: 9 家}", "{done: 6 家, eligible: 10 家}", ["list-changed"]),
        (
            LIST,
            "{done: 5 家, eligible: 9 家}",
            "{done: 4 家, eligible: 8 家, revises: {period: 2025Q1, from: 5 家, to: 4 家, reason: 一家遷出}}",
            [],
        ),
        (TO_DATE, "{done: 5 家, eligible: 9 家}", "{done: 4 家, eligible: 9 家}", ["year-to-date-falls"]),
        (TO_DATE, "{done: 5 家, eligible: 9 家}", "{done: 6 家, eligible: 10 家}", []),
    ],
)
def test_what_is_finished_stays_finished(rule: str, before: str, now: str, expected: list[str]) -> None:
    assert codes(history_of(rule, ("2025Q1", f"firms: {before}"), ("2025Q2", f"firms: {now}"))) == expected


def test_a_revision_of_what_is_not_known_is_believed() -> None:
    now = "firms: {value: 195 家, revises: {period: 2025Q1, from: 190 家, to: 188 家, reason: 核減重複}}"
    assert history_of(TOTAL, ("2025-02", "firms: 100 家"), ("2025Q2", now)) == []


def test_the_baseline_can_be_what_is_revised() -> None:
    now = "{value: 1100 家, baseline: 990 家, revises: {period: 2025Q1, from: 1000 家, to: 990 家, reason: 核減}}"
    texts = (("2025Q1", "firms: {value: 1050 家, baseline: 1000 家}"), ("2025Q2", f"firms: {now}"))
    assert history_of(LEVEL, *texts) == []
