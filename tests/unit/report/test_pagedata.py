from engine.model.account import Account, AccountedCell, Fate
from engine.model.result import CheckResult
from engine.model.source import Source
from engine.report.documents import verdict_row
from engine.report.pagedata import COLUMNS, page_data
from engine.report.sentences import standing
from engine.report.words import LANGUAGES, Words
from tests.unit.report.pages_of import ENGLISH, RULE, SUBMISSIONS, page_of, result_of, verdicts_of
from tests.unit.small import book_of


def test_rows_say_what_the_check_says() -> None:
    book = book_of(RULE)
    result = result_of(book, *SUBMISSIONS)
    rows = page_data(result, book, ENGLISH)["verdicts"]["rows"]
    for verdict, row in zip(result.verdicts, rows, strict=True):
        told = dict(zip(COLUMNS, row, strict=True))
        said = verdict_row(verdict, ENGLISH, result.pace_word)
        for ours, theirs in (("verdict", "verdict"), ("due", "due"), ("gap", "gap"), ("target", "target_value")):
            assert told[ours] == (said[theirs] or "")


def test_sentences_stand_in_every_language() -> None:
    book = book_of(RULE)
    result = result_of(book, *SUBMISSIONS)
    row = dict(zip(COLUMNS, page_data(result, book, ENGLISH)["verdicts"]["rows"][0], strict=True))
    assert row["sentence"] == [standing(result.verdicts[0], Words(each), "序時進度") for each in LANGUAGES]


def test_row_names_the_cell() -> None:
    assert verdicts_of(page_of())[0]["source"] == ["2025Q2/0.yaml", 2, 18]


def test_missing_figure_has_no_place() -> None:
    missing = [row for row in verdicts_of(page_of()) if row["reason"] == "missing"]
    assert [row["source"] for row in missing] == [0]


def test_pace_is_given_for_every_quarter_and_judged_period() -> None:
    book = book_of(RULE)
    data = page_data(result_of(book, "firms: 131 家", period="2025-04"), book, ENGLISH)
    assert data["rules"][0]["pace"] == [[3, "0.25"], [4, "1/3"], [6, "0.5"], [9, "0.75"], [12, "1"]]


def test_rate_has_no_pace() -> None:
    book = book_of("indicator: growth, kind: rate, threshold: 7 %")
    rule = page_data(result_of(book, "growth: 6.1 %"), book, ENGLISH)["rules"][0]
    assert rule["pace"] == 0


def test_cells_add_up() -> None:
    book = book_of(RULE)
    sound = result_of(book, "firms: 131 家")
    cells = tuple(
        AccountedCell(Source("a.csv", line), "市經信局", "firms", "1", fate) for line, fate in enumerate(Fate)
    )
    result = CheckResult(
        sound.title,
        sound.digest,
        None,
        sound.verdicts,
        (),
        True,
        sound.pace_word,
        sound.bodies,
        Account(("a.csv",), cells),
    )
    assert page_data(result, book, ENGLISH)["cells"] == {"read": 3, "judged": 1, "not-needed": 1, "refused": 1}


def test_book_is_listed_whole() -> None:
    book = book_of(RULE)
    data = page_data(result_of(book, "firms: 131 家"), book, ENGLISH)
    assert [body["name"] for body in data["organizations"]] == list(book.organizations)
    assert [clause["number"] for clause in data["clauses"]] == ["16"]
