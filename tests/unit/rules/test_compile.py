"""At, just under and just over every edge, for every kind and comparator.

Figures stand in the rule's own unit of measure: base units are taken from its threshold.
"""

from fractions import Fraction

import pytest

from engine.model.limit import Limit
from engine.rules.compile import compile_limits
from engine.rules.obligations import list_obligations
from tests.unit.small import INDICATORS, book_of, period_of

WIDE = "bands: [{at_least: 0, verdict: pass}, {at_least: -30, verdict: at-risk}, {verdict: fail}]"
NO_BAND = "bands: [{at_least: 0, verdict: pass}, {verdict: fail}]"
LOWERED = "bands: [{at_least: -5, verdict: pass}, {at_least: -15, verdict: at-risk}, {verdict: fail}]"
PARTS = (
    "- {id: share, name: 占比, unit: '%', parts: {ratio: [part, whole], unit: 家}}\n"
    "- {id: rise, name: 增速, unit: '%', parts: {growth: [now, before], unit: 家}}\n"
)


def limits_of(rule: str, period: str, indicators: str = INDICATORS) -> dict[str, Limit]:
    """The limits of a rule by form."""
    book = book_of(rule, indicators)
    (obligation,) = list_obligations(book, period_of(period))
    threshold = obligation.threshold.base if obligation.threshold else None
    limits = compile_limits(
        obligation.rule, obligation.indicator, threshold, obligation.period, book.policy, limit_id="limit"
    )
    return {limit.form: limit for limit in limits}


def outcome(limit: Limit, x: Fraction, y: Fraction) -> str:
    if limit.passing.holds(x, y):
        return "pass"
    return "at-risk" if limit.risk.holds(x, y) else limit.below.value


def progress(limit: Limit, x: Fraction, y: Fraction) -> str | None:
    if limit.even is None:
        return None
    if limit.full and limit.full.holds(x, y):
        return "completed"
    if limit.ahead and limit.ahead.holds(x, y):
        return "ahead"
    return "on-pace" if limit.even.holds(x, y) else "behind"


def gap(limit: Limit, x: Fraction, y: Fraction) -> Fraction:
    numerator = limit.gap.nq * x + limit.gap.np * y + limit.gap.nc
    return numerator / (limit.gap.dp * y + limit.gap.dc)


def points(figures: str, factor: int) -> list[tuple[Fraction, Fraction]]:
    """`110 1080/1000`: figures, each alone or before its second operand, in base units."""
    pairs = [(*figure.split("/"), "0")[:2] for figure in figures.split()]
    return [(Fraction(x) * factor, Fraction(y) * factor) for x, y in pairs]


def outcomes(rule: str, period: str, figures: str, form: str = "value", indicators: str = INDICATORS) -> str:
    """The outcomes of figures, in their order; `factor` follows from the unit of measure of the rule."""
    limit = limits_of(rule, period, indicators)[form]
    threshold = book_of(rule, indicators).rules[0].threshold
    counted = form in ("parts", "counted", "stage")
    factor = 1 if counted or threshold is None else threshold.unit.factor
    return " ".join(outcome(limit, x, y) for x, y in points(figures, factor))


BAND = "pass at-risk at-risk fail"
SHARP = "pass fail"


@pytest.mark.parametrize(
    ("rule", "period", "figures", "expected"),
    [
        # At least: 111 are due, 88.8 are ten points behind.
        ("threshold: 222 家", "2025Q2", "111 110.999 88.8 88.799", BAND),
        ("threshold: 222 家", "2025Q1", "55.5 55.499 33.3 33.299", BAND),
        ("threshold: 222 家", "2025-11", "203.5 203.499 181.3 181.299", BAND),
        ("threshold: 222 家", "2025Q4", "222 221.999", SHARP),
        # More than: equal counts as on pace, and breaks the promise at the year's end.
        ("comparator: more_than, threshold: 222 家", "2025Q2", "111 110.999 88.8 88.799", BAND),
        ("comparator: more_than, threshold: 222 家", "2025Q4", "222.001 222 221.999", "pass fail fail"),
        # Ceilings, whose gap is time share less completion.
        ("comparator: at_most, threshold: 222 家", "2025Q2", "111 111.001 133.2 133.201", BAND),
        ("comparator: at_most, threshold: 222 家", "2025Q4", "222 222.001", SHARP),
        ("comparator: less_than, threshold: 222 家", "2025Q2", "111 111.001 133.2 133.201", BAND),
        ("comparator: less_than, threshold: 222 家", "2025Q4", "221.999 222 222.001", "pass fail fail"),
        # Above the full target a ceiling fails, however wide the band.
        ("comparator: at_most, threshold: 222 家", "2025-11", "203.5 203.501 222 222.001", BAND),
        (f"comparator: at_most, threshold: 100 家, {WIDE}", "2025Q3", "75 75.001 100 100.001", BAND),
        (f"comparator: at_most, threshold: 100 家, {WIDE}", "2025Q2", "50 50.001 80 80.001", BAND),
        # Soft: the tolerance is taken off the gap, at the year's end too.
        ("threshold: 100 家, soft: true, tolerance: 5 個百分點", "2025Q2", "45 44.999 40 39.999", BAND),
        ("threshold: 100 家, soft: true, tolerance: 5 個百分點", "2025Q4", "95 94.999", SHARP),
        ("comparator: more_than, threshold: 100 家, soft: true, tolerance: 5 個百分點", "2025Q4", "95 94.999", SHARP),
        (
            "comparator: at_most, threshold: 100 家, soft: true, tolerance: 5 個百分點",
            "2025Q2",
            "55 55.001 60 60.001",
            BAND,
        ),
        ("comparator: at_most, threshold: 100 家, soft: true, tolerance: 5 個百分點", "2025Q4", "105 105.001", SHARP),
        # A rule's own ladder, which the year's end does not know.
        (f"threshold: 100 家, {WIDE}", "2025Q2", "50 49.999 20 19.999", BAND),
        (f"threshold: 100 家, {NO_BAND}", "2025Q2", "50 49.999", SHARP),
        (f"threshold: 100 家, {LOWERED}", "2025Q2", "45 44.999 35 34.999", BAND),
        (f"threshold: 100 家, {WIDE}", "2025Q4", "100 99.999", SHARP),
        (f"threshold: 100 家, {LOWERED}", "2025Q4", "100 99.999", SHARP),
        # Of a range one bound is due.
        ("comparator: between, threshold: 100 家, upper: 200 家", "2025Q4", "100 99.999 201", "pass fail pass"),
        (
            "comparator: between, threshold: 100 家, upper: 200 家, bound: upper",
            "2025Q4",
            "200 200.001 99",
            "pass fail pass",
        ),
        # An own pace instead of the time share.
        ("threshold: 100 家, pace: {2025Q1: 0 %, 2025Q3: 40 %, 2025Q4: 100 %}", "2025Q2", "0", "pass"),
        ("threshold: 100 家, pace: {2025Q1: 0 %, 2025Q3: 40 %, 2025Q4: 100 %}", "2025Q3", "40 39.999 30 29.999", BAND),
        ("threshold: 100 家, pace: {2025Q2: 100 %}", "2025Q3", "100 99.999 90 89.999", BAND),
    ],
)
def test_total_at_its_edges(rule: str, period: str, figures: str, expected: str) -> None:
    assert outcomes(f"indicator: firms, kind: total, {rule}", period, figures) == expected


@pytest.mark.parametrize(
    ("rule", "period", "figures", "expected"),
    [
        ("threshold: 7 %", "2025Q2", "7 6.999 6 5.999", BAND),
        ("threshold: 7 %", "2025Q1", "7 6.999 6 5.999", BAND),
        ("threshold: 7 %", "2025Q4", "7 6.999", SHARP),
        ("comparator: more_than, threshold: 7 %", "2025Q2", "7 6.999 6 5.999", BAND),
        ("comparator: more_than, threshold: 7 %", "2025Q4", "7.001 7", SHARP),
        ("comparator: at_most, threshold: 3 %", "2025Q2", "3 3.001 4 4.001", BAND),
        ("comparator: at_most, threshold: 3 %", "2025Q4", "3 3.001", SHARP),
        ("comparator: less_than, threshold: 3 %", "2025Q2", "3 3.001 4 4.001", BAND),
        ("comparator: less_than, threshold: 3 %", "2025Q4", "2.999 3", SHARP),
        (
            "comparator: at_most, threshold: 2 %, soft: true, tolerance: 0.5 個百分點",
            "2025Q2",
            "2.5 2.501 3 3.001",
            BAND,
        ),
        ("comparator: at_most, threshold: 2 %, soft: true, tolerance: 0.5 個百分點", "2025Q4", "2.5 2.501", SHARP),
        # A tolerance as wide as the band leaves nothing at risk.
        ("threshold: 8 %, soft: true, tolerance: 1 個百分點", "2025Q2", "7 6.999", SHARP),
        ("comparator: between, threshold: 4.5 %, upper: 5 %", "2025Q4", "4.5 4.499 6", "pass fail pass"),
        ("comparator: between, threshold: 4.5 %, upper: 5 %, bound: upper", "2025Q4", "5 5.001 0", "pass fail pass"),
        ("threshold: -3 %", "2025Q2", "-3 -3.001 -4 -4.001", BAND),
    ],
)
def test_rate_at_its_edges_is_never_scaled(rule: str, period: str, figures: str, expected: str) -> None:
    assert outcomes(f"indicator: growth, kind: rate, {rule}", period, figures) == expected


def test_a_rate_in_another_unit_has_no_band_unless_it_states_one() -> None:
    bands = "bands: [{at_least: 0, verdict: pass}, {at_least: -0.1, verdict: at-risk}, {verdict: fail}]"
    rule = "indicator: firms, kind: rate, threshold: 4.5 家"
    assert outcomes(rule, "2025Q2", "4.5 4.499") == SHARP
    assert outcomes(f"{rule}, {bands}", "2025Q2", "4.5 4.499 4.4 4.399") == BAND


@pytest.mark.parametrize(
    ("rule", "period", "figures", "expected"),
    [
        ("indicator: share, threshold: 70 %", "2025Q2", "70/100 69.999/100 69/100 68.999/100", BAND),
        ("indicator: share, threshold: 70 %", "2025Q4", "7/10 6.999/10", SHARP),
        ("indicator: share, comparator: more_than, threshold: 70 %", "2025Q4", "7.001/10 7/10", SHARP),
        (
            "indicator: share, comparator: at_most, threshold: 70 %",
            "2025Q2",
            "70/100 70.001/100 71/100 71.001/100",
            BAND,
        ),
        # A third is no decimal, and is compared as a third.
        (
            "indicator: share, threshold: 33.33333 %, " + NO_BAND,
            "2025Q2",
            "1/3 33333.33/100000 33333.32/100000",
            "pass pass fail",
        ),
        ("indicator: rise, threshold: 9 %", "2025Q2", "109/100 108.999/100 108/100 107.999/100", BAND),
        ("indicator: rise, threshold: 9 %", "2025Q4", "218/200 217.999/200", SHARP),
        ("indicator: rise, threshold: -9 %", "2025Q4", "91/100 90.999/100", SHARP),
    ],
)
def test_rate_from_parts_is_compared_by_cross_multiplication(
    rule: str, period: str, figures: str, expected: str
) -> None:
    assert outcomes(f"kind: rate, {rule}", period, figures, "parts", PARTS) == expected


@pytest.mark.parametrize(
    ("rule", "period", "figures", "expected"),
    [
        ("indicator: land, threshold: 244.44 萬畝", "2025Q1", "244.44 244.439", SHARP),
        ("indicator: land, threshold: 244.44 萬畝", "2025Q4", "244.44 244.439", SHARP),
        ("indicator: land, comparator: more_than, threshold: 100 畝", "2025Q1", "100.001 100", SHARP),
        ("indicator: firms, comparator: at_most, threshold: 0 家", "2025Q1", "0 1", SHARP),
        ("indicator: firms, comparator: less_than, threshold: 1 家", "2025Q1", "0 1", SHARP),
        ("indicator: land, threshold: 100 畝, soft: true, tolerance: 2 畝", "2025Q1", "98 97.999", SHARP),
    ],
)
def test_a_line_that_may_never_be_crossed(rule: str, period: str, figures: str, expected: str) -> None:
    assert outcomes(f"kind: always, {rule}", period, figures) == expected


def test_a_line_with_a_warning_band_warns_above_itself() -> None:
    bands = "bands: [{at_least: 10, verdict: pass}, {at_least: 0, verdict: at-risk}, {verdict: fail}]"
    rule = f"indicator: land, kind: always, threshold: 100 畝, {bands}"
    assert outcomes(rule, "2025Q3", "110 109.999 100 99.999") == BAND
    assert outcomes(rule, "2025Q4", "110 100 99.999") == "pass pass fail"
    strict = rule.replace("threshold", "comparator: more_than, threshold")
    assert outcomes(strict, "2025Q3", "110 109.999 100.001 100") == BAND


def test_a_crossed_line_fails_whatever_the_band() -> None:
    bands = "bands: [{at_least: 0, verdict: pass}, {at_least: -10, verdict: at-risk}, {verdict: fail}]"
    assert outcomes(f"indicator: land, kind: always, threshold: 100 畝, {bands}", "2025Q2", "100 99.999 95") == (
        "pass fail fail"
    )


STAGES = "stages: [{stage: 甲, due: 2025-03-31}, {stage: 乙, due: 2025-06-30}, {stage: 丙, due: 2025-11-30}]"


@pytest.mark.parametrize(
    ("period", "figures", "expected"),
    [
        ("2025Q1", "1 0", "pass at-risk"),
        ("2025Q2", "3 2 1 0", "pass pass at-risk fail"),
        ("2025Q3", "2 1 0", "pass at-risk fail"),
        ("2025Q4", "3 2", SHARP),
    ],
)
def test_one_stage_behind_is_at_risk_and_more_fails(period: str, figures: str, expected: str) -> None:
    assert outcomes(f"indicator: firms, kind: milestone, {STAGES}", period, figures, "stage") == expected


@pytest.mark.parametrize(
    ("rule", "period", "figures", "expected"),
    [
        ("threshold: 100 %, eligible: to-date", "2025Q1", "100/100 99.999/100 90/100 89.999/100", BAND),
        ("threshold: 100 %, eligible: to-date", "2025Q4", "100/100 99.999/100", SHARP),
        ("threshold: 80 %, eligible: to-date", "2025Q2", "80/100 79.999/100 70/100 69.999/100", BAND),
        ("threshold: 80 %, eligible: fixed-list", "2025Q2", "40/100 39.999/100 30/100 29.999/100", BAND),
        ("threshold: 80 %, eligible: fixed-list", "2025Q4", "80/100 79.999/100", SHARP),
        ("comparator: more_than, threshold: 80 %, eligible: to-date", "2025Q4", "80.001/100 80/100", SHARP),
        ("threshold: 80 %, eligible: to-date, soft: true, tolerance: 5 個百分點", "2025Q4", "75/100 74.999/100", SHARP),
    ],
)
def test_coverage_at_its_edges(rule: str, period: str, figures: str, expected: str) -> None:
    assert outcomes(f"indicator: firms, kind: coverage, {rule}", period, figures, "counted") == expected


@pytest.mark.parametrize(
    ("rule", "period", "figures", "expected"),
    [
        ("partner: growth", "2025Q2", "7/7 6.999/7 6/7 5.999/7", BAND),
        ("partner: growth", "2025Q4", "7/7 6.999/7", SHARP),
        ("partner: growth, tolerance: 0.5 個百分點", "2025Q4", "6.5/7 6.499/7", SHARP),
        ("partner: growth, tolerance: 0.5 個百分點", "2025Q2", "6.5/7 6.499/7 6/7 5.999/7", BAND),
    ],
)
def test_relative_at_its_edges(rule: str, period: str, figures: str, expected: str) -> None:
    limit = limits_of(f"indicator: income, kind: relative, {rule}", period)["partner"]
    assert " ".join(outcome(limit, x, y) for x, y in points(figures, 10)) == expected


RISING = "indicator: firms, kind: level, threshold: 1200 家"
FALLING = "indicator: firms, kind: level, comparator: at_most, threshold: 100 家"


@pytest.mark.parametrize(
    ("rule", "period", "figures", "expected"),
    [
        # From 1000 to 1200: 1100 are due by June, 1080 are ten points behind.
        (RISING, "2025Q2", "1100/1000 1099.999/1000 1080/1000 1079.999/1000", BAND),
        (RISING, "2025Q4", "1200/1000 1199.999/1000", SHARP),
        (
            RISING.replace("threshold", "comparator: more_than, threshold"),
            "2025Q2",
            "1100/1000 1099.999/1000",
            "pass at-risk",
        ),
        (RISING.replace("threshold", "comparator: more_than, threshold"), "2025Q4", "1200.001/1000 1200/1000", SHARP),
        (
            RISING + ", soft: true, tolerance: 5 個百分點",
            "2025Q2",
            "1090/1000 1089.999/1000 1080/1000 1079.999/1000",
            BAND,
        ),
        (RISING + ", soft: true, tolerance: 5 個百分點", "2025Q4", "1190/1000 1189.999/1000", SHARP),
        # From 200 down to 100.
        (FALLING, "2025Q2", "150/200 150.001/200 160/200 160.001/200", BAND),
        (FALLING, "2025Q4", "100/200 100.001/200", SHARP),
        (FALLING.replace("at_most", "less_than"), "2025Q4", "99.999/200 100/200", SHARP),
    ],
)
def test_level_on_its_way_from_the_baseline(rule: str, period: str, figures: str, expected: str) -> None:
    assert outcomes(rule, period, figures, "baseline") == expected


@pytest.mark.parametrize(
    ("rule", "period", "figures", "expected"),
    [
        (RISING, "2025Q1", "1200/1300 1199.999/1300", SHARP),
        (RISING, "2025Q4", "1200/1200 1199.999/1200", SHARP),
        (FALLING, "2025Q1", "100/90 100.001/90", SHARP),
    ],
)
def test_level_whose_baseline_meets_the_target_is_wholly_due(
    rule: str, period: str, figures: str, expected: str
) -> None:
    assert outcomes(rule, period, figures, "baseline-met") == expected


@pytest.mark.parametrize(
    ("rule", "period", "figures", "expected"),
    [
        (RISING, "2025Q1", "1200 1199.999", "pass undecided"),
        (RISING.replace("threshold", "comparator: more_than, threshold"), "2025Q1", "1200.001 1200", "pass undecided"),
        (RISING, "2025Q4", "1200 1199.999", SHARP),
        (FALLING, "2025Q3", "100 100.001", "pass undecided"),
    ],
)
def test_level_without_a_baseline_passes_or_waits_for_the_year_s_end(
    rule: str, period: str, figures: str, expected: str
) -> None:
    assert outcomes(rule, period, figures, "no-baseline") == expected


@pytest.mark.parametrize(("baseline", "expected"), [("1199.999", False), ("1200", True), ("1300", True)])
def test_which_baseline_already_meets_the_target(baseline: str, expected: bool) -> None:
    meets = limits_of(RISING, "2025Q2")["baseline"].meets
    assert meets is not None
    assert meets.holds(Fraction(baseline), Fraction(0)) is expected


def test_each_and_external_compile_as_their_inner_kind() -> None:
    each = "indicator: firms, kind: each, inner_kind: total, members: [甲, 乙], threshold: 100 家"
    external = "indicator: growth, kind: external, inner_kind: rate, threshold: 7 %"
    assert outcomes(each, "2025Q2", "50 49.999 40 39.999") == BAND
    assert outcomes(external, "2025Q2", "7 6.999 6 5.999") == BAND


@pytest.mark.parametrize(
    ("rule", "form", "period", "figures", "expected"),
    [
        (
            "kind: total, threshold: 100 家",
            "value",
            "2025Q2",
            "49.999 50 55 55.001 99.999 100",
            "behind on-pace on-pace ahead ahead completed",
        ),
        ("kind: total, comparator: more_than, threshold: 100 家", "value", "2025Q2", "100 100.001", "ahead completed"),
        # What a ceiling leaves room for can still be used up.
        (
            "kind: total, comparator: at_most, threshold: 100 家",
            "value",
            "2025Q2",
            "0 44.999 45 50 50.001",
            "ahead ahead on-pace on-pace behind",
        ),
        ("kind: total, comparator: at_most, threshold: 100 家", "value", "2025Q4", "100 100.001", "completed behind"),
        (
            "kind: level, threshold: 1200 家",
            "baseline",
            "2025Q2",
            "1099.999/1000 1100/1000 1110.001/1000 1200/1000",
            "behind on-pace ahead completed",
        ),
        ("kind: level, threshold: 1200 家", "baseline-met", "2025Q2", "1200/1300 1199/1300", "completed behind"),
        (f"kind: milestone, {STAGES}", "stage", "2025Q1", "0 1 2 3", "behind on-pace ahead completed"),
        (
            "kind: coverage, threshold: 80 %, eligible: fixed-list",
            "counted",
            "2025Q2",
            "39.999/100 40/100 45.001/100 80/100",
            "behind on-pace ahead completed",
        ),
        ("kind: coverage, threshold: 80 %, eligible: to-date", "counted", "2025Q2", "80/100", "None"),
        ("kind: rate, threshold: 5 家", "value", "2025Q2", "5", "None"),
        ("kind: always, threshold: 5 家", "value", "2025Q2", "5", "None"),
    ],
)
def test_progress_class_at_its_edges(rule: str, form: str, period: str, figures: str, expected: str) -> None:
    limit = limits_of(f"indicator: firms, {rule}", period)[form]
    assert " ".join(str(progress(limit, x, y)) for x, y in points(figures, 1)) == expected


@pytest.mark.parametrize(
    ("rule", "form", "figure", "expected", "unit"),
    [
        ("indicator: firms, kind: total, threshold: 222 家", "value", "110", "-50/111", "percentage point"),
        (
            "indicator: firms, kind: total, comparator: at_most, threshold: 100 家",
            "value",
            "60",
            "-10",
            "percentage point",
        ),
        ("indicator: growth, kind: rate, threshold: 7 %", "value", "61", "-9/10", "percentage point"),
        (
            "indicator: growth, kind: rate, comparator: at_most, threshold: 3 %",
            "value",
            "33.1",
            "-0.31",
            "percentage point",
        ),
        ("indicator: firms, kind: rate, threshold: 4.5 家", "value", "4.32", "-0.18", "家"),
        ("indicator: land, kind: always, threshold: 244.44 萬畝", "value", "4888600000", "-0.01", "萬畝"),
        ("indicator: firms, kind: level, threshold: 1200 家", "baseline", "1050/1000", "-25", "percentage point"),
        ("indicator: firms, kind: level, threshold: 1200 家", "baseline-met", "1190/1300", "-10", "家"),
        ("indicator: firms, kind: level, threshold: 1200 家", "no-baseline", "1190", "-10", "家"),
        (
            "indicator: firms, kind: coverage, threshold: 80 %, eligible: fixed-list",
            "counted",
            "1/3",
            "-20/3",
            "percentage point",
        ),
        ("indicator: income, kind: relative, partner: growth", "partner", "68/69", "-0.1", "percentage point"),
        (f"indicator: firms, kind: milestone, {STAGES}", "stage", "0", "-2", "stage"),
    ],
)
def test_gap_is_exact_and_in_its_unit(rule: str, form: str, figure: str, expected: str, unit: str) -> None:
    limit = limits_of(rule, "2025Q2")[form]
    ((x, y),) = points(figure, 1)
    assert (gap(limit, x, y), limit.gap_unit) == (Fraction(expected), unit)


@pytest.mark.parametrize(
    ("rule", "form", "expected"),
    [
        ("indicator: firms, kind: total, threshold: 222 家", "value", (0, 111)),
        ("indicator: growth, kind: rate, threshold: 7 %", "value", (0, 70)),
        ("indicator: firms, kind: level, threshold: 1200 家", "baseline", (Fraction(1, 2), 600)),
        ("indicator: income, kind: relative, partner: growth", "partner", (1, 0)),
        ("indicator: firms, kind: coverage, threshold: 80 %, eligible: fixed-list", "counted", (0, 400)),
    ],
)
def test_what_is_due_follows_from_the_second_operand(rule: str, form: str, expected: tuple[Fraction, Fraction]) -> None:
    limit = limits_of(rule, "2025Q2")[form]
    assert (limit.due_p, limit.due_c) == expected


@pytest.mark.parametrize(
    ("rule", "form", "expected"),
    [
        ("indicator: growth, kind: rate, threshold: 7 %", "value", True),
        ("indicator: income, kind: relative, partner: growth", "partner", True),
        ("indicator: firms, kind: total, threshold: 222 家", "value", False),
        ("indicator: land, kind: always, threshold: 100 畝", "value", False),
    ],
)
def test_only_rates_depend_on_rounding(rule: str, form: str, expected: bool) -> None:
    assert limits_of(rule, "2025Q2")[form].rounding is expected


def test_rates_from_parts_do_not_depend_on_rounding() -> None:
    assert limits_of("indicator: share, kind: rate, threshold: 70 %", "2025Q2", PARTS)["parts"].rounding is False


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (
            "bands: {paced: [{at_least: 0, verdict: pass}, {at_least: -30, verdict: at-risk}, {verdict: fail}]}",
            "50 49.999 20 19.999",
        ),
        ("bands: {percent: [{at_least: 0, verdict: pass}, {verdict: fail}]}", "50 49.999 40 39.999"),
    ],
)
def test_bands_are_a_policy_of_the_book(policy: str, expected: str) -> None:
    book = book_of("indicator: firms, kind: total, threshold: 100 家", policy=policy + "\n")
    (obligation,) = list_obligations(book, period_of("2025Q2"))
    (limit,) = compile_limits(
        obligation.rule, obligation.indicator, Fraction(100), obligation.period, book.policy, "limit"
    )
    assert " ".join(outcome(limit, x, y) for x, y in points(expected, 1)) == BAND
