"""A verdict is asked for in the book's own folder."""

from pathlib import Path

from engine.inquiry import describe, explain_verdict
from engine.model.diagnostic import Diagnostic
from engine.pipeline import open_book
from tests.unit.small import period_of


def test_body_that_a_rule_does_not_judge_gets_those_that_it_does(repo: Path) -> None:
    found: list[Diagnostic] = []
    book = open_book(repo, found)
    assert book is not None
    rule = next(rule for rule in book.rules if rule.id == "net-new-enterprises")
    period, paths = period_of("2025Q2"), [repo / "submissions" / "2025Q2"]
    answer = explain_verdict(book, found, paths, rule, "市財政局", period)
    assert answer.derivation is None
    assert "市經信局" in answer.judged
    assert "市財政局" not in answer.judged
    explained = explain_verdict(book, found, paths, rule, "市經信局", period)
    assert explained.derivation is not None
    assert explained.derivation.outcome == "pass"


def test_every_rule_of_this_book_can_be_described(repo: Path) -> None:
    book = open_book(repo, [], with_cases=True)
    assert book is not None
    for rule in book.rules:
        found = describe(book, rule)
        assert {"rule", "bodies", "periods", "cases"} <= {each.section for each in found.steps}


def test_document_of_an_inspection_is_named_with_its_day(repo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "2025Q2"
    folder.mkdir()
    told = "organization: 市經信局, indicator: net-new-enterprises, value: 80 家, document: 督查通報第3號"
    (folder / "inspections.yaml").write_text(f"inspections: [{{{told}, date: 2025-07-10}}]\n", encoding="utf-8")
    (folder / "a.yaml").write_text("organization: 市經信局\nfigures: {net-new-enterprises: 131 家}\n", encoding="utf-8")
    found: list[Diagnostic] = []
    book = open_book(repo, found)
    assert book is not None
    rule = next(rule for rule in book.rules if rule.id == "net-new-enterprises")
    answer = explain_verdict(book, found, [folder], rule, "市經信局", period_of("2025Q2"))
    assert answer.derivation is not None
    told_of = {each.key: dict(each.params) for each in answer.derivation.steps}
    assert told_of["inspection-document"] == {"document": "督查通報第3號", "day": "2025-07-10"}
