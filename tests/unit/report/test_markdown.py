import re

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.report.markdown import check_markdown
from engine.report.words import LANGUAGES, Words
from tests.unit.report.test_table import RULE, SUBMISSIONS, result_of
from tests.unit.small import book_of

FOUND = [Diagnostic("unknown-indicator", Source("a|b.yaml", 1, 1), {"name": "x|y <b>\x1b[2J", "nearest": ""})]


def cells(line: str) -> list[str]:
    """The cells of a row, as a reader of Markdown parts them."""
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", ["organization", "clause"])
def test_every_row_has_the_cells_of_its_table(language: str, by: str) -> None:
    text = check_markdown(result_of(book_of(RULE), *SUBMISSIONS, found=FOUND), Words(language), by)
    tables = [block.splitlines() for block in text.split("\n\n") if block.startswith("|")]
    assert len(tables) == (5 if by == "organization" else 3)
    for head, rule, *rows in tables:
        assert set(cells(rule)) == {"---"}
        assert {len(cells(line)) for line in (head, rule, *rows)} == {len(cells(head))}
        assert rows


def test_the_counts_add_up() -> None:
    text = check_markdown(result_of(book_of(RULE), *SUBMISSIONS), Words("en"), "organization")
    table = text.split("\n\n")[1].splitlines()[2:]
    counts = {name: int(count) for name, count in map(cells, table)}
    assert counts == {"pass": 1, "at risk": 1, "fail": 0, "undecided": 1, "total": 3}


def test_verdicts_are_grouped_as_in_the_table() -> None:
    result = result_of(book_of(RULE), *SUBMISSIONS)
    text = check_markdown(result, Words("en"), "organization")
    assert re.findall(r"^### (.*)$", text, re.MULTILINE) == ["市經信局", "咸安區", "嘉魚縣"]
    assert "| 16 | 規上企業 | 111 家 | ✓ pass · ahead | 131 家, 59.0 % of the year's target" in text
    assert "### 16" in check_markdown(result, Words("en"), "clause")


def test_text_from_outside_is_neither_markup_nor_control() -> None:
    text = check_markdown(result_of(book_of(RULE), found=FOUND), Words("en"), "organization")
    assert "a\\|b.yaml:1:1" in text
    assert "x\\|y \\<b\\>�\\[2J" in text
    assert [character for character in text if character != "\n" and not character.isprintable()] == []
