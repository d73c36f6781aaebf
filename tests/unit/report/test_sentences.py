"""Sentences word for word, as published circulars put them."""

import pytest

from engine.report.sentences import sentence, standing, written_number
from engine.report.words import Words
from tests.unit.small import TARGETS, book_of, figures_of, judge_book, verdict_of

TRADITIONAL, SIMPLIFIED, ENGLISH = Words("zh-Hant"), Words("zh-Hans"), Words("en")

INDICATORS = (
    "- {id: gdp, name: 總值增速, unit: '%', phrase: 增長, parts: {growth: [now, before], unit: 億元}}\n"
    "- {id: income, name: 收入增速, unit: '%', phrase: 增長}\n"
    "- {id: grown, name: 經濟增速, unit: '%', phrase: 增長}\n"
    "- {id: jobless, name: 失業率, unit: '%'}\n"
    "- {id: capital, name: 實際到資, unit: 美元, phrase: 實際到資}\n"
    "- {id: firms, name: 規上企業, unit: 家, phrase: 凈增}\n"
    "- {id: stock, name: 企業總數, unit: 家, phrase: 達}\n"
    "- {id: land, name: 耕地面積, unit: 畝}\n"
)
GDP = "indicator: gdp, kind: rate, threshold: 7 %"
CAPITAL = "indicator: capital, kind: total, threshold: 7.00 億美元"
JOBLESS = "indicator: jobless, kind: rate, comparator: at_most, threshold: 3 %"
FIRMS = "indicator: firms, kind: total, threshold: 222 家"
STOCK = "indicator: stock, kind: level, comparator: more_than, threshold: 1200 家"
LAND = "indicator: land, kind: always, threshold: 244.44 萬畝"
STAGES = "indicator: firms, kind: milestone, stages: [{stage: 開工, due: 2025-03-31}, {stage: 封頂, due: 2025-06-30}]"
COVERED = "indicator: firms, kind: coverage, threshold: 100 %, eligible: to-date"


def said(rule: str, period: str, figure: str, words: Words = TRADITIONAL, pace_word: str = "序時進度") -> str:
    return sentence(verdict_of(book_of(rule, INDICATORS), period, figure), words, pace_word)


@pytest.mark.parametrize(
    ("rule", "period", "figure", "expected"),
    [
        (GDP, "2025Q2", "gdp: 6.1 %", "增長6.1%，低於目標0.9個百分點"),
        (GDP, "2025Q2", "gdp: -8.0 %", "下降8.0%，低於目標15.0個百分點"),
        (GDP, "2025Q2", "gdp: 7.5 %", "增長7.5%，高於目標0.5個百分點"),
        (GDP, "2025Q2", "gdp: 7.0 %", "增長7.0%，與目標持平"),
        (GDP, "2025Q4", "gdp: 6.99 %", "增長6.99%，低於目標0.01個百分點"),
        (GDP, "2025Q2", "gdp: {parts: {now: 100 億元, before: 93 億元}}", "增長7.53%，高於目標0.53個百分點"),
        (JOBLESS, "2025Q2", "jobless: 3.31 %", "3.31%，高於目標0.31個百分點"),
        (JOBLESS, "2025Q2", "jobless: 2.7 %", "2.7%，低於目標0.3個百分點"),
        (FIRMS, "2025Q2", "firms: 110 家", "凈增110家，完成年度目標的49.5%，低於序時進度0.5個百分點"),
        (FIRMS, "2025Q2", "firms: 111 家", "凈增111家，完成年度目標的50.0%，與序時進度持平"),
        (FIRMS, "2025Q4", "firms: 221 家", "凈增221家，完成年度目標的99.5%，低於目標0.5個百分點"),
        (
            STOCK,
            "2025Q2",
            "stock: {value: 1131 家, baseline: 1000 家}",
            "達1131家，完成自基期目標增量的65.5%，高於序時進度15.5個百分點",
        ),
        (STOCK, "2025Q4", "stock: 1200 家", "達1200家，與目標持平，須超過方為完成"),
        (STOCK, "2025Q2", "stock: 1250 家", "達1250家，高於目標50家"),
        (LAND, "2025Q1", "land: 244.43 萬畝", "244.43萬畝，低於底線0.01萬畝"),
        (LAND, "2025Q1", "land: 244.44 萬畝", "244.44萬畝，守住底線"),
        (STAGES, "2025Q2", "firms: {stage: 開工}", "已完成“開工”，落後計劃1個節點"),
        (STAGES, "2025Q2", "firms: {stage: 封頂}", "已完成“封頂”，符合節點計劃"),
        (STAGES, "2025Q1", "firms: {stage: 封頂}", "已完成“封頂”，超前計劃1個節點"),
        (STAGES, "2025Q1", "firms: {stage: 未開工}", "尚無節點完成，落後計劃1個節點"),
        (
            COVERED,
            "2025Q2",
            "firms: {done: 905 家, eligible: 918 家}",
            "應辦918家，已辦905家，占98.6%，低於目標1.4個百分點",
        ),
        (
            "indicator: income, kind: relative, partner: grown",
            "2025Q2",
            "income: 6.8 %, grown: 7.0 %",
            "增長6.8%，低於經濟增速0.2個百分點",
        ),
        (FIRMS + ", due_in: [2025Q4]", "2025Q2", "firms: 110 家", "未到考核期（110 家）"),
        (FIRMS, "2025Q2", "stock: 1 家", "未報送"),
        (FIRMS, "2025Q2", "firms: 110 個", "報送數無法使用（110 個）"),
        (STOCK, "2025Q2", "stock: 1100 家", "缺基期數，無法判定進度（1100 家）"),
    ],
)
def test_a_standing_is_said_as_circulars_say_it(rule: str, period: str, figure: str, expected: str) -> None:
    assert said(rule, period, figure) == expected


def test_the_office_s_own_word_for_the_pace_is_used() -> None:
    expected = "實際到資3.73億美元，完成年度目標的53.3%，低於目標21.7個百分點"
    assert said(CAPITAL, "2025Q3", "capital: 3.73 億美元", pace_word="目標") == expected


@pytest.mark.parametrize(
    ("rule", "figure", "expected"),
    [
        (
            "indicator: firms, kind: total, comparator: at_most, threshold: 10 家",
            "firms: 6 家",
            "凈增6家，占年度控制目標的60.0%，高於序時進度10.0個百分點",
        ),
        (
            "indicator: stock, kind: level, comparator: at_most, threshold: 100 家",
            "stock: {value: 170 家, baseline: 200 家}",
            "達170家，完成自基期目標降量的30.0%，低於序時進度20.0個百分點",
        ),
    ],
)
def test_ceilings_are_missed_from_above(rule: str, figure: str, expected: str) -> None:
    assert said(rule, "2025Q2", figure) == expected


@pytest.mark.parametrize(
    ("rule", "figure", "expected"),
    [
        (JOBLESS, "jobless: 3.31 %", "3.31%，高于目标0.31个百分点"),
        (GDP, "gdp: -8.0 %", "下降8.0%，低于目标15.0个百分点"),
        (FIRMS, "firms: 110 個", "报送数无法使用（110 個）"),
    ],
)
def test_in_simplified_script_the_words_change_and_what_was_submitted_stays(
    rule: str, figure: str, expected: str
) -> None:
    assert said(rule, "2025Q2", figure, SIMPLIFIED) == expected


@pytest.mark.parametrize(
    ("rule", "period", "figure", "expected"),
    [
        (GDP, "2025Q2", "gdp: 6.1 %", "6.1 %, 0.9 points below target"),
        (FIRMS, "2025Q2", "firms: 110 家", "110 家, 49.5 % of the year's target, 0.5 points below pace"),
        (JOBLESS, "2025Q2", "jobless: 3.31 %", "3.31 %, 0.31 points above target"),
        (LAND, "2025Q1", "land: 244.43 萬畝", "244.43 萬畝, 0.01 萬畝 below the line"),
        (STAGES, "2025Q2", "firms: {stage: 未開工}", "no stage finished, 2 stages behind plan"),
        (STOCK, "2025Q4", "stock: 1200 家", "1200 家, equal to target, which has to be passed"),
        (COVERED, "2025Q2", "firms: {done: 0 家, eligible: 4 家}", "0 of 4 家, 0 %, 100.0 points below target"),
        (FIRMS, "2025Q2", "stock: 1 家", "nothing came in"),
    ],
)
def test_a_standing_in_english(rule: str, period: str, figure: str, expected: str) -> None:
    assert said(rule, period, figure, ENGLISH) == expected


def test_a_small_gap_is_never_printed_as_none() -> None:
    rule = "indicator: firms, kind: total, threshold: 100000 家"
    assert said(rule, "2025Q4", "firms: 99999 家") == "凈增99999家，完成年度目標的100.0%，低於目標0.001個百分點"


@pytest.mark.parametrize(
    ("rule", "figure", "expected"),
    [
        (GDP, "gdp: 7.00 %", "7.00"),
        (GDP, "gdp: 61 ‰", "6.1"),
        (GDP, "gdp: 61.50 ‰", "6.150"),
        ("indicator: land, kind: total, threshold: 7.8 萬畝", "land: 39000 畝", "3.9"),
        (GDP, "gdp: {parts: {now: 100 億元, before: 97 億元}}", "3.09"),
        (FIRMS, "firms: 131 家", "131"),
    ],
)
def test_a_number_keeps_the_decimals_that_were_written(rule: str, figure: str, expected: str) -> None:
    assert written_number(verdict_of(book_of(rule, INDICATORS), "2025Q2", figure)) == expected


def whole(rule: str, period: str, figure: str, words: Words = TRADITIONAL) -> str:
    return standing(verdict_of(book_of(rule, INDICATORS), period, figure), words, "序時進度")


@pytest.mark.parametrize(
    ("rule", "period", "figure", "expected"),
    [
        (GDP, "2025Q2", "gdp: 7.0 %", "增長7.0%，與目標持平（結論取決於四捨五入，請補報未捨入的數）"),
        (FIRMS, "2025Q2", "firms: 110 個", "報送數無法使用（110 個）（見問題 unit-mismatch）"),
        (
            FIRMS + ", net: true",
            "2025Q2",
            "firms: 222 家",
            "凈增222家，完成年度目標的100.0%，高於序時進度50.0個百分點（可能回落）",
        ),
    ],
)
def test_notes_stand_behind_the_sentence(rule: str, period: str, figure: str, expected: str) -> None:
    assert whole(rule, period, figure) == expected


def test_where_nobody_was_eligible_the_note_says_so() -> None:
    assert whole(COVERED, "2025Q2", "firms: {done: 0 家, eligible: 0 家}").endswith("（無應辦對象）")


def test_a_breach_without_a_figure_says_that_the_line_was_crossed() -> None:
    book = book_of(LAND, INDICATORS)
    verdict = judge_book(book, "2025Q2", figures_of(book, "2025Q1", "land: 1 畝"))[0]
    assert standing(verdict, TRADITIONAL, "序時進度") == "已突破底線（2025Q1 已突破底線）"


EACH = "indicator: firms, kind: each, inner_kind: total, members: [食品, 電子], threshold: 10 家"


def test_short_members_are_named() -> None:
    text = whole(EACH, "2025Q2", "firms: {members: {食品: 4 家, 電子: 6 家}}")
    assert "短板：食品" in text
    assert "凈增4家，完成年度目標的40.0%，低於序時進度10.0個百分點" in text


def test_missing_members_are_named() -> None:
    text = whole(EACH, "2025Q2", "firms: {members: {電子: 6 家}}")
    assert text == "部分成員未報送（電子 6 家）（缺報：食品）"


def test_what_a_list_submitted_as_counts_is_said_in_chinese() -> None:
    inner = "inner_kind: coverage, threshold: 100 %, eligible: fixed-list"
    rule = f"indicator: firms, kind: each, members: [食品, 電子], {inner}"
    text = whole(rule, "2025Q2", "firms: {members: {電子: {done: 6 家, eligible: 10 家}}}")
    assert text == "部分成員未報送（電子 已辦6 家，應辦10 家）（缺報：食品）"


def test_a_changed_number_shows_the_verdict_under_the_old_one() -> None:
    amendments = "amendments: [{target: promise, threshold: 300 家, document: 甲, date: 2025-05-01}]\n"
    book = book_of(FIRMS, INDICATORS, amendments=amendments)
    text = standing(verdict_of(book, "2025Q2", "firms: 150 家"), TRADITIONAL, "序時進度")
    assert text == "凈增150家，完成年度目標的50.0%，與序時進度持平（目標由222家調整為300家，按原目標：達標）"


def test_where_nothing_is_decided_both_numbers_stand_alone() -> None:
    amendments = "amendments: [{target: promise, threshold: 300 家, document: 甲, date: 2025-05-01}]\n"
    book = book_of(FIRMS, INDICATORS, amendments=amendments)
    assert standing(verdict_of(book, "2025Q2"), TRADITIONAL, "序時進度") == "未報送（目標由222家調整為300家）"


def test_a_waiver_is_named_with_office_end_and_document() -> None:
    waivers = (
        "waivers: [{document: 批復, date: 2025-03-01, approver: 省政府, start: 2025-04-01, end: 2025-06-30, "
        "reach: [市經信局], rules: [rule], reason: 汛期}]\n"
    )
    book = book_of(FIRMS, INDICATORS, waivers=waivers)
    assert standing(verdict_of(book, "2025Q2"), TRADITIONAL, "序時進度") == "未報送（省政府批准豁免至2025-06-30：批復）"
    text = standing(verdict_of(book, "2025Q2"), Words("en"), "序時進度")
    assert text == "nothing came in (waived until 2025-06-30 by 省政府: 批復)"


def test_bodies_that_answer_jointly_get_the_same_sentence() -> None:
    book = book_of(FIRMS, INDICATORS, targets=TARGETS.replace("  lead: [市經信局]\n", ""))
    verdicts = judge_book(book, "2025Q2", figures_of(book, "2025Q2", "organization: 嘉魚縣\nfigures: {firms: 111 家}"))
    assert len({standing(verdict, TRADITIONAL, "序時進度") for verdict in verdicts}) == 1


@pytest.mark.parametrize(
    ("figure", "words", "expected"),
    [
        ("jobless: 3.1 %", ENGLISH, "within the tolerance of 0.2 points"),
        ("jobless: 3.1 %", TRADITIONAL, "在容許幅度 0.2個百分點 以內"),
        ("jobless: 3.0 %", ENGLISH, None),
        ("jobless: 3.3 %", ENGLISH, None),
    ],
)
def test_what_a_soft_promise_forgives_is_said(figure: str, words: Words, expected: str | None) -> None:
    verdict = verdict_of(book_of(f"{JOBLESS}, soft: true, tolerance: 0.2 個百分點", INDICATORS), "2025Q2", figure)
    text = standing(verdict, words, "序時進度")
    assert expected in text if expected else "tolerance" not in text


@pytest.mark.parametrize(
    ("baseline", "expected"),
    [
        ("70", "75.0 %, 5.0 points above target"),
        ("72", "75.0 %, 5.0 points above target"),
        ("60", "75.0 %, 150.0 % of the way from the baseline, 100.0 points above pace"),
    ],
)
def test_level_in_per_cent_whose_baseline_meets_the_target_is_not_on_its_way(baseline: str, expected: str) -> None:
    """Its gap is in percentage points as one of progress would be; there is no way to have covered a share of."""
    rule = "indicator: jobless, kind: level, threshold: 70 %"
    found = said(rule, "2025Q2", f"jobless: {{value: 75.0 %, baseline: {baseline}.0 %}}", Words("en"))
    assert found == expected
