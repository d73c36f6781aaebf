"""A verdict is told in the same sentences by `explain`, on the page and in the circular, in every language."""

import io
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from engine.derivations import derive_checked
from engine.inquiry import explain_verdict
from engine.model.book import Book
from engine.model.derivation import Derivation
from engine.model.diagnostic import Diagnostic
from engine.model.result import CheckResult
from engine.model.verdict import Outcome
from engine.names import to_simplified
from engine.pipeline import check_whole, open_book
from engine.publication import make_circular
from engine.report.circular import circular_files
from engine.report.circularderivations import derivation_entries, step_text
from engine.report.circularwords import circular_values
from engine.report.explain import explain_text
from engine.report.page import report_page
from engine.report.sentences import standing
from engine.report.words import LANGUAGES, Words
from tests.browser import chromium_program, opened, running_browser
from tests.conftest import ROOT
from tests.unit.report.pages_of import data_of, told_on_page
from tests.unit.report.test_circular import TEMPLATE

PATHS = [ROOT / "submissions"]

needs_browser = pytest.mark.skipif(
    chromium_program() is None or find_spec("playwright") is None,
    reason="there is no Chromium (Debian's package chromium), or playwright is not installed",
)


@cache
def sample() -> tuple[Book, CheckResult, tuple[Derivation, ...]]:
    """This book, its sample submissions judged, and how every verdict came about."""
    found: list[Diagnostic] = []
    book = open_book(ROOT, found)
    assert book is not None
    checked = check_whole(book, found, PATHS, None, None)
    return book, checked.result, tuple(derive_checked(book, checked, PATHS))


@cache
def page() -> str:
    book, result, told = sample()
    return report_page(result, book, Words("en"), (), told)


def said_by_explain(derivation: Derivation, words: Words) -> list[str]:
    """The sentences that `explain` prints, without headings, names of members and places."""
    lines = [line for line in explain_text(derivation, words).splitlines()[1:] if line.startswith("  ")]
    return [re.sub(r"  \[[^\]]*\]$", "", line).removeprefix("  ") for line in lines]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_says_of_every_verdict_what_explain_says(language: str) -> None:
    _, result, told = sample()
    data = data_of(page())
    assert len(data["verdicts"]["rows"]) == len(told) == len(result.verdicts) > 300
    for row, derivation in zip(data["verdicts"]["rows"], told, strict=True):
        shown = [text for _, _, text, _ in told_on_page(data, row, language)]
        assert shown == said_by_explain(derivation, Words(language))


def test_page_names_every_place_and_member_that_explain_names() -> None:
    _, _, told = sample()
    data = data_of(page())
    members = 0
    for row, derivation in zip(data["verdicts"]["rows"], told, strict=True):
        shown = [(section, member, place) for section, member, _, place in told_on_page(data, row, "en")]
        wanted = [
            (each.section, each.member, [each.source.file, each.source.line] if each.source else None)
            for each in derivation.steps
        ]
        assert [(section, member, place[:2] if place else None) for section, member, place in shown] == wanted
        members += any(member for _, member, _ in shown)
    assert members > 0


def test_one_verdict_is_derived_as_it_is_among_all() -> None:
    book, result, told = sample()
    for place in range(0, len(told), 23):
        owed = result.verdicts[place].obligation
        alone = explain_verdict(book, (), [PATHS[0] / owed.period.label], owed.rule, owed.organization, owed.period)
        assert alone.derivation is not None
        assert explain_text(alone.derivation, Words("en")) == explain_text(told[place], Words("en"))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_circular_says_of_every_verdict_what_explain_says(language: str) -> None:
    book, result, told = sample()
    period = max(each.obligation.period for each in result.verdicts)
    circular = make_circular(book, (), PATHS, PATHS[0], period=period)
    assert circular is not None
    words = Words(language)
    wanted = {
        (verdict.obligation.rule.id, verdict.obligation.organization): said_by_explain(each, words)
        for verdict, each in zip(result.verdicts, told, strict=True)
        if verdict.obligation.period == period
    }
    # The workbook holds every step of every verdict, each in a row.
    content = circular_files(circular, TEMPLATE, (".xlsx",), words, [])[".xlsx"]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(words.in_script("推導"))
    rows = [str(row[6]) for row in sheet.to_python()[1:]]
    in_order = [
        wanted[verdict.obligation.rule.id, verdict.obligation.organization] for verdict in circular.result.verdicts
    ]
    assert rows == [text for texts in in_order for text in texts]
    # The document holds those of what is not on pace, the steps of a section in one text.
    entries = derivation_entries(circular, words)
    assert len(entries) == len(circular.lagging) > 20
    for verdict, entry in zip(circular.lagging, entries, strict=True):
        texts = wanted[verdict.obligation.rule.id, verdict.obligation.organization]
        said = [str(each["推算"]) for each in _list(entry["步驟"])]
        assert "；".join(texts).endswith("；".join(said))
        assert texts[-1] in said[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_output_shows_the_same_sentence_of_a_verdict(language: str) -> None:
    """The one that stands in tables, on the page's head and in the circular is the one that `explain` ends with."""
    book, result, told = sample()
    words = Words(language)
    heading = {"en": "In one sentence: ", "zh-Hans": "概述：", "zh-Hant": "概述："}[language]
    for verdict, derivation in zip(result.verdicts, told, strict=True):
        said = [each for each in said_by_explain(derivation, words) if each.startswith(heading)]
        assert said == [heading + standing(verdict, words, book.policy.pace_word)]


def test_circular_shows_the_same_sentence_in_its_list_of_details() -> None:
    book, result, _told = sample()
    period = max(each.obligation.period for each in result.verdicts)
    circular = make_circular(book, (), PATHS, PATHS[0], period=period)
    assert circular is not None
    for language in ("zh-Hans", "zh-Hant"):
        words = Words(language)
        details = [str(each["情況"]) for each in _list(circular_values(circular, words)["明細"])]
        ends = [
            next(step_text(step, words) for step in each.steps if step.key == "summary").removeprefix("概述：")
            for each in circular.derivations
        ]
        # The circular turns what is quoted of submissions into its own script too.
        turn = to_simplified if language == "zh-Hans" else str
        assert details == [turn(each) for each in ends]
    assert {each.outcome for each in circular.result.verdicts} == set(Outcome)


@needs_browser
def test_browser_shows_what_explain_says(tmp_path: Path) -> None:
    _, result, told = sample()
    file = tmp_path / "report.html"
    file.write_text(page(), encoding="utf-8")
    with running_browser() as browser, opened(browser, file) as seen:
        for language in LANGUAGES:
            seen.page.click(f'button[lang="{language}"]')
            for place in range(LANGUAGES.index(language), len(told), 37):
                owed = result.verdicts[place].obligation
                seen.show(f"#/verdict/{owed.rule.id}/{owed.organization}/{owed.period.label}")
                shown = seen.page.locator(".steps p").evaluate_all(
                    "all => all.map(each => [...each.childNodes].filter(part => !(part.className === 'place'))"
                    ".map(part => part.textContent).join('').replace(/ $/, ''))"
                )
                assert shown == said_by_explain(told[place], Words(language))
        assert seen.messages == []


def _list(value: Any) -> list[dict[str, Any]]:
    assert isinstance(value, list)
    return value
