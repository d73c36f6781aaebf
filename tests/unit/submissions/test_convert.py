from fractions import Fraction

import pytest

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, Form
from engine.submissions.convert import Converter, index_figures
from engine.submissions.csvform import read_csv_submission
from engine.submissions.yamlform import read_yaml_submission
from tests.unit.small import book_of, codes, period_of

TOTAL = "indicator: firms, kind: total, threshold: 222 家"
RATE = "indicator: growth, kind: rate, threshold: 7 %"
INDICATORS = (
    "- {id: firms, name: 規上企業, unit: 家, measure: 凈增}\n"
    "- {id: share, name: 佔比, unit: '%', parts: {ratio: [part, whole], unit: 億元}}\n"
    "- {id: sites, name: 點位, unit: 個, parts: {sum: [town, village], unit: 個}}\n"
)


def convert(
    book: Book, text: str, folder: str | None = "2025Q2", wanted: str | None = None
) -> tuple[list[Figure], list[str]]:
    """The figures of a whole YAML submission, and the codes of what is wrong."""
    found: list[Diagnostic] = []
    entries = read_yaml_submission(text, "a.yaml", found)
    figures = Converter(book, found).convert(
        entries, period_of(folder) if folder else None, period_of(wanted) if wanted else None
    )
    return figures, codes(found)


def figure_of(rule: str, figure: str, indicators: str = INDICATORS) -> tuple[Figure, list[str]]:
    """The only figure of the lead's submission."""
    (converted,), found = convert(book_of(rule, indicators), f"organization: 市經信局\nfigures: {{{figure}}}")
    return converted, found


def test_a_figure_becomes_exact_in_base_units() -> None:
    (figure,), found = convert(book_of(RATE), "organization: 市經信局\nfigures: {growth: 6.10 %}")
    assert (figure.x, figure.x_half, figure.x_sign, figure.decimals, figure.submitted, found) == (
        Fraction(61),
        Fraction(1, 20),
        1,
        2,
        "6.10 %",
        [],
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [("６.１％", "61"), ("-2.6 %", "-26"), ("61 ‰", "61"), ("百分之六", "60"), ("106.1 上年同期=100", "61")],
)
def test_numbers_are_read_in_all_their_writings(written: str, expected: str) -> None:
    (figure,), found = convert(book_of(RATE), f"organization: 市經信局\nfigures: {{growth: '{written}'}}")
    assert (figure.x, found) == (Fraction(expected), [])


@pytest.mark.parametrize("name", ["市經信局", "市经信局", "市經濟和信息化局", "市经济和信息化局", " 市經信局 "])
def test_a_body_is_found_by_every_name_in_both_scripts(name: str) -> None:
    (figure,), found = convert(book_of(TOTAL), f"organization: '{name}'\nfigures: {{firms: 1 家}}")
    assert (figure.organization, found) == ("市經信局", [])


@pytest.mark.parametrize("name", ["firms", "規上企業", "规上企业"])
def test_an_indicator_is_found_by_id_and_name_in_both_scripts(name: str) -> None:
    (figure,), found = convert(book_of(TOTAL), f"organization: 市經信局\nfigures: {{{name}: 1 家}}")
    assert (figure.indicator, found) == ("firms", [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [("市經信委", "unknown-organization"), ("各縣市區", "group-as-organization"), ("' '", "name-missing")],
)
def test_a_body_that_is_not_listed_is_never_guessed(name: str, expected: str) -> None:
    assert convert(book_of(TOTAL), f"organization: {name}\nfigures: {{firms: 1 家}}") == ([], [expected])


def test_a_misspelt_body_is_reported_once_for_its_file() -> None:
    text = "organization: 市經信委\nfigures: {firms: 1 家, growth: 1 %}"
    assert convert(book_of(TOTAL), text) == ([], ["unknown-organization"])


def test_a_near_miss_comes_with_the_nearest_names() -> None:
    found: list[Diagnostic] = []
    entries = read_yaml_submission("organization: 市經信委\nfigures: {firms: 1 家}", "a.yaml", found)
    Converter(book_of(TOTAL), found).convert(entries, period_of("2025Q2"), None)
    assert found[0].params["nearest"].startswith("市經信局")


def test_an_unknown_indicator_leaves_the_others_usable() -> None:
    figures, found = convert(book_of(TOTAL), "organization: 市經信局\nfigures: {frims: 1 家, firms: 2 家}")
    assert ([figure.x for figure in figures], found) == ([Fraction(2)], ["unknown-indicator"])


@pytest.mark.parametrize(
    ("period", "folder", "wanted", "expected"),
    [
        ("", "2025Q2", None, "2025Q2"),
        ("", None, "2025Q3", "2025Q3"),
        ("", "2025Q2", "2025Q3", "2025Q2"),
        ("period: 2025H1\n", "2025Q2", None, "2025Q2"),
        ("period: 2025-05\n", None, None, "2025-05"),
    ],
)
def test_the_period_comes_from_the_file_its_folder_or_the_question(
    period: str, folder: str | None, wanted: str | None, expected: str
) -> None:
    text = f"organization: 市經信局\n{period}figures: {{firms: 1 家}}"
    (figure,), found = convert(book_of(TOTAL), text, folder, wanted)
    assert (figure.period, found) == (period_of(expected), [])


@pytest.mark.parametrize(
    ("period", "folder", "expected"),
    [
        ("", None, "period-missing"),
        ("period: 2025Q5\n", "2025Q2", "period-unreadable"),
        ("period: 2025Q1\n", "2025Q2", "period-differs"),
    ],
)
def test_a_doubtful_period_is_refused(period: str, folder: str | None, expected: str) -> None:
    text = f"organization: 市經信局\n{period}figures: {{firms: 1 家}}"
    assert convert(book_of(TOTAL), text, folder) == ([], [expected])


@pytest.mark.parametrize(
    ("rule", "figure", "expected"),
    [
        (TOTAL, "firms: 131", "unit-missing"),
        (TOTAL, "firms: 131 個", "unit-mismatch"),
        (TOTAL, "firms: 131 坨坨", "unit-unknown"),
        (TOTAL, "firms: {value: 131 家, unit: 個}", "unit-contradicts"),
        (TOTAL, "firms: 約131家", "number-unreadable"),
        (TOTAL, "firms: ''", "number-missing"),
        (TOTAL, "firms: {note: 甲}", "number-missing"),
        (TOTAL, "firms: 1234567890123456 家", "too-many-digits"),
        (TOTAL, "firms: -3 家", "negative-figure"),
        (TOTAL, "firms: {stage: 開工}", "needs-value"),
        (TOTAL, "firms: {value: 3 家, stage: 開工}", "forms-mixed"),
        (TOTAL, "firms: {parts: {a: 1 家}}", "parts-unknown"),
        (TOTAL, "firms: {members: {食品: 1 家}}", "needs-value"),
        (TOTAL, "firms: {value: 200 家, measure: 近年累計}", "different-measure"),
        (
            "indicator: sites, kind: total, threshold: 9 個",
            "sites: {parts: {town: -5 個, village: 10 個}}",
            "negative-figure",
        ),
        (
            "indicator: share, kind: rate, threshold: 7 %",
            "share: {parts: {part: 1 億元, part: 9 億元, whole: 10 億元}}",
            "repeated-key",
        ),
        ("indicator: share, kind: rate, threshold: 7 %", "share: {parts: {part: 1 億元}}", "parts-unknown"),
        (
            "indicator: share, kind: rate, threshold: 7 %",
            "share: {parts: {part: 2 億元, whole: 1 億元}}",
            "parts-impossible",
        ),
        (
            "indicator: share, kind: rate, threshold: 7 %",
            "share: {parts: {part: 0 億元, whole: 0 億元}}",
            "parts-impossible",
        ),
        (
            "indicator: share, kind: rate, threshold: 7 %",
            "share: {parts: {part: 1 家, whole: 2 億元}}",
            "unit-mismatch",
        ),
        ("indicator: firms, kind: coverage, threshold: 100 %, eligible: to-date", "firms: 50 %", "needs-counted"),
        (
            "indicator: firms, kind: coverage, threshold: 100 %, eligible: to-date",
            "firms: {done: 3 家}",
            "needs-counted",
        ),
        (
            "indicator: firms, kind: coverage, threshold: 100 %, eligible: to-date",
            "firms: {done: 3 家, eligible: 2 家}",
            "parts-impossible",
        ),
        ("indicator: firms, kind: milestone, stages: [{stage: 開工, due: 2025-03-31}]", "firms: 50 %", "needs-stage"),
        (
            "indicator: firms, kind: milestone, stages: [{stage: 開工, due: 2025-03-31}]",
            "firms: {stage: 竣工}",
            "stage-unknown",
        ),
    ],
)
def test_a_doubtful_figure_is_kept_with_its_fault(rule: str, figure: str, expected: str) -> None:
    converted, found = figure_of(rule, figure)
    assert (converted.fault, converted.x, found) == (expected, None, [expected])


def test_a_list_without_members_is_refused() -> None:
    rule = "indicator: firms, kind: each, inner_kind: total, members: [食品, 電子], threshold: 3 家"
    figures, found = convert(book_of(rule), "organization: 市經信局\nfigures: {firms: 5 家}")
    assert ({figure.fault for figure in figures}, found) == ({"members-missing"}, ["members-missing"])


@pytest.mark.parametrize("name", ["電子", "电子"])
def test_a_member_is_found_in_both_scripts(name: str) -> None:
    rule = "indicator: firms, kind: each, inner_kind: total, members: [食品, 電子], threshold: 3 家"
    figure, found = figure_of(rule, f"firms: {{members: {{{name}: 5 家}}}}")
    assert (figure.member, figure.x, found) == ("電子", Fraction(5), [])


@pytest.mark.parametrize(("stage", "expected"), [("未開始", 0), ("未开工", 0), ("開工", 1), ("封顶", 2)])
def test_a_stage_counts_the_finished_ones(stage: str, expected: int) -> None:
    rule = "indicator: firms, kind: milestone, stages: [{stage: 開工, due: 2025-03-31}, {stage: 封頂, due: 2025-06-30}]"
    figure, found = figure_of(rule, f"firms: {{stage: {stage}}}")
    assert (figure.form, figure.x, figure.submitted, found) == (Form.STAGE, Fraction(expected), stage, [])


@pytest.mark.parametrize("measure", ["凈增", "净增", "規上企業", "firms"])
def test_the_measure_that_is_wanted_is_no_other_measure(measure: str) -> None:
    figure, found = figure_of(TOTAL, f"firms: {{value: 5 家, measure: {measure}}}")
    assert (figure.fault, found) == (None, [])


def test_a_net_total_may_fall_below_zero() -> None:
    figure, found = figure_of(TOTAL + ", net: true", "firms: -3 家")
    assert (figure.x, figure.fault, found) == (Fraction(-3), None, [])


def test_an_indicator_may_be_net_for_all_its_rules() -> None:
    indicators = "- {id: firms, name: 凈增, unit: 家, net: true}\n"
    figure, found = figure_of(TOTAL, "firms: -3 家", indicators)
    assert (figure.x, figure.fault, found) == (Fraction(-3), None, [])


def test_a_rate_may_come_in_parts() -> None:
    figure, found = figure_of(
        "indicator: share, kind: rate, threshold: 7 %", "share: {parts: {whole: 1250 億元, part: 10100 萬元}}"
    )
    assert (figure.form, figure.x, figure.y) == (Form.PARTS, Fraction(10_100 * 10**6), Fraction(1250 * 10**10))
    assert found == []
    assert figure.submitted == "part 10100 萬元，whole 1250 億元"


def test_parts_of_a_sum_are_added_and_noted() -> None:
    figure, found = figure_of(
        "indicator: sites, kind: total, threshold: 9 個", "sites: {parts: {town: 3 個, village: 4 個}}"
    )
    assert (figure.form, figure.x, figure.notes, found) == (Form.VALUE, Fraction(7), ("parts-summed",), [])


@pytest.mark.parametrize(
    ("value", "fault", "expected"),
    [
        ("33.3 %", None, []),
        ("33 %", None, []),
        ("33.4 %", "parts-differ", ["parts-differ"]),
        ("33.33 %", None, []),
        ("33.34 %", "parts-differ", ["parts-differ"]),
    ],
)
def test_a_rate_beside_its_parts_must_be_what_they_come_to(value: str, fault: str | None, expected: list[str]) -> None:
    parts = f"share: {{value: {value}, parts: {{part: 1 億元, whole: 3 億元}}}}"
    figure, found = figure_of("indicator: share, kind: rate, threshold: 7 %", parts)
    assert (figure.form, figure.fault, found) == (Form.PARTS, fault, expected)


def test_a_member_that_is_not_listed_is_reported_with_the_known_ones() -> None:
    rule = "indicator: firms, kind: each, inner_kind: total, members: [食品, 電子], threshold: 3 家"
    figure, found = figure_of(rule, "firms: {members: {紡織: 5 家}}")
    assert (figure.fault, found) == ("member-unknown", ["member-unknown"])


def test_a_baseline_is_the_second_operand() -> None:
    figure, found = figure_of(
        "indicator: firms, kind: level, threshold: 1200 家", "firms: {value: 1131 家, baseline: 1000 家}"
    )
    assert (figure.x, figure.y, found) == (Fraction(1131), Fraction(1000), [])


def test_a_broken_baseline_makes_the_figure_unusable() -> None:
    figure, found = figure_of(
        "indicator: firms, kind: level, threshold: 1200 家", "firms: {value: 1131 家, baseline: 1000}"
    )
    assert (figure.fault, found) == ("unit-missing", ["unit-missing"])


def test_one_bulk_file_may_hold_several_bodies() -> None:
    found: list[Diagnostic] = []
    text = "organization,indicator,value,unit\n咸安區,firms,3,家\n嘉魚縣,firms,4,家\n咸寧縣,firms,5,家\n"
    entries = read_csv_submission(text, "a.csv", found)
    figures = Converter(book_of(TOTAL), found).convert(entries, period_of("2025Q2"), None)
    assert [(figure.organization, str(figure.x)) for figure in figures] == [("咸安區", "3"), ("嘉魚縣", "4")]
    assert codes(found) == ["unknown-organization"]


def indexed(*values: str) -> tuple[list[tuple[str, str | None]], list[str]]:
    """What is left of several files' figures for one indicator, and the findings."""
    found: list[Diagnostic] = []
    book, figures = book_of(TOTAL), []
    for place, value in enumerate(values):
        entries = read_yaml_submission(f"organization: 市經信局\nfigures: {{firms: {value}}}", f"{place}.yaml", found)
        figures += Converter(book, found).convert(entries, period_of("2025Q2"), None)
    index = index_figures(figures, found, book.indicators)
    return [(str(figure.x), figure.fault) for figure in index.values()], codes(found)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("5 家",), ([("5", None)], [])),
        (("5 家", "5 家"), ([("5", None)], ["figure-repeated"])),
        (("5 家", "5.0 家"), ([("5", None)], ["figure-repeated"])),
        (("5 家", "6 家"), ([("5", "figures-conflict")], ["figures-conflict"])),
        (("5 家", "6 家", "5 家"), ([("5", "figures-conflict")], ["figures-conflict", "figures-conflict"])),
    ],
)
def test_two_figures_that_differ_leave_none_usable(
    values: tuple[str, ...], expected: tuple[list[tuple[str, str | None]], list[str]]
) -> None:
    assert indexed(*values) == expected


def test_a_conflict_does_not_depend_on_the_order_of_files() -> None:
    assert indexed("5 家", "6 家")[1] == indexed("6 家", "5 家")[1]


def test_a_period_that_a_file_lacks_is_missed_once() -> None:
    book = book_of(TOTAL, INDICATORS)
    text = "organization: 市經信局\nfigures: {firms: 1 家, share: 2 %}"
    assert convert(book, text, folder=None) == ([], ["period-missing"])
