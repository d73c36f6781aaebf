"""A first book holds together in every language, for any year, and its cases try every position."""

from pathlib import Path

import pytest

from engine.pipeline import check, open_book, run_cases, validate
from engine.report.firstbook import first_book_texts
from engine.report.words import LANGUAGES, Words
from engine.report.write import write_folder
from tests.test_schemas import PATTERNS, errors, load_texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("year", [1999, 2026])
def test_nothing_is_found_in_it(tmp_path: Path, language: str, year: int) -> None:
    write_folder(tmp_path / "book", first_book_texts(year, Words(language)))
    found: list[object] = []
    book = open_book(tmp_path / "book", found, with_cases=True)  # type: ignore[arg-type]
    assert book is not None
    assert found == []
    assert list(validate(book, (), None).findings) == []
    cases = run_cases(book, ())
    assert list(cases.findings) == []
    result = check(book, (), [tmp_path / "book" / "submissions"])
    assert list(result.findings) == []
    assert [verdict.outcome.value for verdict in result.verdicts] == ["pass"]


def test_remarks_are_in_the_language_and_the_figure_is_marked() -> None:
    chinese = first_book_texts(2026, Words("zh-Hans"))
    assert "水利局" in chinese["organizations.yaml"]
    assert "示意" in chinese["submissions/2026Q1/canals.yaml"]
    english = first_book_texts(2026, Words("en"))
    assert "illustrative" in english["submissions/2026Q1/canals.yaml"]
    assert "公里" in english["targets.yaml"]
    assert english.keys() == chinese.keys()


def test_its_files_follow_their_schemas() -> None:
    for name, text in first_book_texts(2026, Words("en")).items():
        if name.endswith(".yaml"):
            schema = [schema for pattern, schema in PATTERNS.items() if Path(name).match(pattern)][-1]
            assert errors(schema, load_texts(text)) == [], name
