"""What is published of checks: notices of a small book, and the places of every period of this one."""

import json
from datetime import date
from pathlib import Path

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.notice import ItemWords, State
from engine.model.verdict import Verdict
from engine.pipeline import check, open_book
from engine.publication import check_and_rank_all, follow_up, make_circular, rank
from engine.report.ranking import rank_document
from engine.report.words import Words
from tests.conftest import ROOT
from tests.unit.small import codes, period_of
from tests.unit.test_pipeline import home, put

__all__ = ["home"]


def test_notices_are_drafted_and_with_a_day_they_are_numbered(home: Path) -> None:
    put(home / "submissions/2025Q2/a.yaml", "organization: 市經信局\nfigures: {firms: 88 家}\n")
    found: list[Diagnostic] = []
    book = open_book(home, found)
    assert book is not None

    def say(verdict: Verdict) -> ItemWords:
        return ItemWords("說", "", "", verdict.submitted or "", "", "")

    period, folder = period_of("2025Q2"), Path("submissions")
    drafts = follow_up(book, found, folder, period, say)
    assert [(each.organization, each.number) for each in drafts.notices] == [
        ("市經信局", ""),
        ("咸安區", ""),
        ("嘉魚縣", ""),
    ]
    assert (drafts.day, drafts.standings, drafts.issued) == (None, (), False)
    issued = follow_up(book, found, folder, period, say, day=date(2025, 7, 20))
    assert [each.number for each in issued.notices] == [f"督辦〔2025〕{number}號" for number in (1, 2, 3)]
    assert [each.state for each in issued.standings] == [State.OPEN] * 3
    assert codes(found) == []


def test_notices_without_submissions_say_so(home: Path) -> None:
    found: list[Diagnostic] = []
    book = open_book(home, found)
    assert book is not None
    result = follow_up(book, found, Path("submissions"), period_of("2025Q2"), lambda verdict: pytest.fail("no verdict"))
    assert (result.notices, codes(found)) == ((), ["path-missing"])


def test_ranking_every_period_at_once_gives_what_each_gives_alone() -> None:
    book = open_book(ROOT, [])
    assert book is not None
    result, ranks, told = check_and_rank_all(book, [], [ROOT / "submissions"])
    assert result == check(book, [], [ROOT / "submissions"])
    assert len(list(told)) == len(result.verdicts)
    assert [each.period.label for each in ranks] == ["2025Q1", "2025Q2"]
    for each in ranks:
        alone = rank(book, [], [ROOT / "submissions"], period=each.period)
        assert alone is not None
        documents = [rank_document(one, Words("en")) for one in (each, alone)]
        assert documents[0]["groups"] == documents[1]["groups"]
        assert json.dumps(documents[0]["groups"]).count("place") > 100


def test_circular_of_what_was_not_judged_is_none(home: Path) -> None:
    book = open_book(home, [])
    assert book is not None
    assert make_circular(book, [], [home], home / "submissions", period=period_of("2025Q3")) is None


def test_circular_of_a_book_without_scoring_has_no_places(home: Path) -> None:
    put(home / "submissions/2025Q2/a.yaml", "organization: 市經信局\nfigures: {firms: 88 家}\n")
    book = open_book(home, [])
    assert book is not None
    made = make_circular(book, [], [Path("submissions/2025Q2")], Path("submissions"), day=date(2025, 7, 20))
    assert made is not None
    assert (made.ranks, made.period, made.reply_by) == (None, period_of("2025Q2"), date(2025, 8, 4))
    assert check_and_rank_all(book, [], [Path("submissions/2025Q2")])[1] == ()
