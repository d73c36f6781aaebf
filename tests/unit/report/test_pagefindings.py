from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.report.pagefindings import finding_rows
from engine.report.words import LANGUAGES, Words
from tests.unit.report.pages_of import RULE, SUBMISSIONS, result_of
from tests.unit.small import book_of

SPOKEN = [Words(language) for language in LANGUAGES]


def test_finding_at_a_figure_is_about_its_verdict() -> None:
    book = book_of(RULE)
    place = result_of(book, *SUBMISSIONS).verdicts[1].figure
    assert place is not None
    found = Diagnostic(
        "different-measure", place.source, {"indicator": "規上企業", "found": "新增", "expected": "凈增"}
    )
    row = finding_rows(result_of(book, *SUBMISSIONS, found=(found,)), book, SPOKEN)[0]
    assert row["verdicts"] == [1]
    assert row["severity"] == "warning"
    assert len(row["message"]) == len(LANGUAGES)


def test_finding_that_names_body_and_indicator_is_about_them() -> None:
    book = book_of(RULE)
    found = Diagnostic(
        "year-to-date-falls", Source("elsewhere.csv", 9), {"organization": "咸安區", "indicator": "規上企業"}
    )
    row = finding_rows(result_of(book, *SUBMISSIONS, found=(found,)), book, SPOKEN)[0]
    assert row["verdicts"] == [1]
    assert row["organizations"] == [2]


def test_finding_about_a_file_is_about_nobody() -> None:
    book = book_of(RULE)
    found = Diagnostic("year-to-date-falls", Source("elsewhere.csv"), {})
    row = finding_rows(result_of(book, *SUBMISSIONS, found=(found,)), book, SPOKEN)[0]
    assert (row["verdicts"], row["organizations"], row["source"]) == ([], [], ["elsewhere.csv"])
