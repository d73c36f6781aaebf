import re
from dataclasses import replace

import pytest
from wcwidth import wcswidth

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.result import CheckResult, is_complete
from engine.model.source import Source
from engine.report.table import check_table, obligations_table, targets_table
from engine.report.words import LANGUAGES, Words
from engine.rules.obligations import limit_obligations, list_obligations
from tests.unit.small import TARGETS, book_of, figures_of, judge_book, period_of

RULE = "indicator: firms, kind: total, threshold: 222 家, judged: {lead: city, responsible: {same: [各縣市區]}}"
ENGLISH, TRADITIONAL = Words("en"), Words("zh-Hant")
BODIES = ("市經信局", "市發改委", "咸安區", "嘉魚縣")


def plain(text: str, style: str) -> str:
    return text


def marked(text: str, style: str) -> str:
    return f"\x1b[31m{text}\x1b[0m"


def result_of(
    book: Book,
    *submissions: str,
    periods: tuple[str, ...] = ("2025Q2",),
    found: list[Diagnostic] | None = None,
) -> CheckResult:
    findings = tuple(found or ())
    verdicts = [
        verdict for period in periods for verdict in judge_book(book, period, figures_of(book, period, *submissions))
    ]
    period = period_of(periods[0]) if len(periods) == 1 else None
    return CheckResult("方案", "", period, tuple(verdicts), findings, is_complete(findings), "序時進度", BODIES)


SUBMISSIONS = (
    "firms: 131 家",
    "organization: 咸安區\nfigures: {firms: 110 家}",
    "organization: 嘉魚縣\nfigures: {firms: 7 個}",
)


def column_starts(line: str, rule: str) -> list[bool]:
    """Whether a blank stands before every column, by the display width; `rule` is the line of dashes."""
    edges = [match.start() for match in re.finditer(r"(?<= )-", rule)]
    widths = [0]
    for character in line:
        widths.append(widths[-1] + max(wcswidth(character), 0))
    return [edge >= widths[-1] or (edge in widths and line[widths.index(edge) - 1] == " ") for edge in edges]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", ["organization", "clause"])
def test_columns_align_by_display_width(language: str, by: str) -> None:
    text = check_table(result_of(book_of(RULE), *SUBMISSIONS), Words(language), plain, by)
    head, dashes, *rest = text.splitlines()
    rows = [line for line in rest if "規上企業" in line]
    assert len(rows) == 3
    assert all(all(column_starts(line, dashes)) for line in (head, *rows))


def test_colour_moves_no_column() -> None:
    result = result_of(book_of(RULE), *SUBMISSIONS)
    coloured = check_table(result, TRADITIONAL, marked, "organization")
    assert re.sub(r"\x1b\[\d+m", "", coloured) == check_table(result, TRADITIONAL, plain, "organization")


def test_verdicts_are_grouped_by_body_in_the_book_s_order() -> None:
    text = check_table(result_of(book_of(RULE), *SUBMISSIONS), ENGLISH, plain, "organization")
    heads = [line.split()[0] for line in text.splitlines() if line.startswith(BODIES)]
    assert heads == ["市經信局", "咸安區", "嘉魚縣"]


def test_verdicts_may_be_grouped_by_clause() -> None:
    text = check_table(result_of(book_of(RULE), *SUBMISSIONS), ENGLISH, plain, "clause")
    assert "16  pass 1 · at risk 1 · undecided 1" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_add_up(language: str) -> None:
    found = [
        Diagnostic("unit-mismatch", Source("a", 1, 1), {"found": "個", "wanted": "家"}),
        Diagnostic("not-judged", Source("a", 2, 1), {"organization": "甲", "indicator": "乙"}),
    ]
    text = check_table(result_of(book_of(RULE), *SUBMISSIONS, found=found), Words(language), plain, "organization")
    sums = [line for line in text.splitlines() if " = " in line]
    assert len(sums) == 3
    for line in sums:
        total, parts = line.split(" = ")
        assert sum(map(int, re.findall(r"\d+", parts))) == int(re.findall(r"\d+", total)[0])


def test_undecided_verdicts_are_counted_by_their_reasons() -> None:
    text = check_table(result_of(book_of(RULE), SUBMISSIONS[0], SUBMISSIONS[2]), ENGLISH, plain, "organization")
    assert "2 undecided = 1 nothing came in + 1 the figure cannot be used" in text


def test_for_a_missing_figure_the_table_shows_what_is_due_now() -> None:
    text = check_table(result_of(book_of(RULE)), ENGLISH, plain, "organization")
    assert ("111 家" in text, "222 家" in text) == (True, False)


def test_an_incomplete_answer_says_so() -> None:
    found = [Diagnostic("unit-mismatch", Source("a", 1, 1), {"found": "個", "wanted": "家"})]
    sentence = "this answer is incomplete"
    assert sentence in check_table(result_of(book_of(RULE), found=found), ENGLISH, plain, "organization")
    assert sentence not in check_table(result_of(book_of(RULE)), ENGLISH, plain, "organization")


def test_several_periods_are_told_apart() -> None:
    text = check_table(result_of(book_of(RULE), periods=("2025Q1", "2025Q2")), ENGLISH, plain, "organization")
    assert ("16 2025Q1" in text, "16 2025Q2" in text) == (True, True)


def test_control_characters_of_a_submission_never_reach_the_terminal() -> None:
    found = [Diagnostic("unknown-indicator", Source("a", 1, 1), {"name": "\x1b[2Jgone\x07", "nearest": ""})]
    text = check_table(result_of(book_of(RULE), found=found), ENGLISH, plain, "organization")
    assert [character for character in text if character != "\n" and not character.isprintable()] == []


def test_without_verdicts_the_counts_stand_alone() -> None:
    text = check_table(CheckResult("", "", None, (), (), True, "", ()), TRADITIONAL, plain, "organization")
    assert text.splitlines()[0] == "共 0 項判定 = 0 達標 + 0 預警 + 0 未達標 + 0 未判定"


def test_targets_show_the_reading_beside_the_plan_s_words() -> None:
    targets = (
        TARGETS.replace(
            "kind: total}",
            "kind: total, comparator: between, value: 200, upper: 222, unit: 家, soft: true, reading: 左右 is soft}",
        )
        + "- {clause: '17', qualitative: no number, lead: [市發改委]}\n"
    )
    lines = targets_table(book_of(RULE, targets=targets), ENGLISH).splitlines()
    assert "between 200–222 家 soft" in lines[2]
    assert "全市凈增規上企業222家以上" in lines[2]
    assert lines[2].endswith("rule")
    assert lines[-2:] == ["16  promise: 左右 is soft", "17  no number"]
    assert all(all(column_starts(line, lines[1])) for line in lines[:3])


def test_obligations_say_who_reports_what_in_which_unit() -> None:
    book = book_of(RULE)
    limited = limit_obligations(book, list_obligations(book, period_of("2025Q2")), [])
    head, dashes, first, *rest = obligations_table(limited, ENGLISH).splitlines()
    assert first.split() == ["市經信局", "lead", "16", "規上企業", "firms", "家", "111", "家", "due"]
    assert all(all(column_starts(line, dashes)) for line in (head, first, *rest))


def test_a_name_of_two_lines_stays_on_the_line_of_its_verdict() -> None:
    result = result_of(book_of(RULE), *SUBMISSIONS)
    text = check_table(result, ENGLISH, plain, "organization")
    broken = replace_indicator(result, "firms of\ntwo lines")
    lines = check_table(broken, ENGLISH, plain, "organization").splitlines()
    assert len(lines) == len(text.splitlines())
    assert sum("firms of�two lines" in line for line in lines) == len(result.verdicts)


def replace_indicator(result: CheckResult, name: str) -> CheckResult:
    """The same result with another name for what is measured."""
    verdicts = []
    for verdict in result.verdicts:
        indicator = replace(verdict.obligation.indicator, name=name)
        verdicts.append(replace(verdict, obligation=replace(verdict.obligation, indicator=indicator)))
    return replace(result, verdicts=tuple(verdicts))
